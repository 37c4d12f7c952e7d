// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace tenbin {

/// The files that one command writes. They change together: all are written and flushed to disk
/// before the first one takes its name. An error leaves the old files. A process that is killed
/// while they take their names may leave a name without a file, but never an old file beside a new
/// one.
class Outputs {
 public:
  Outputs() = default;
  /// Removes what has not taken its name.
  ~Outputs();
  Outputs(Outputs&&) noexcept = default;
  Outputs& operator=(Outputs&&) = delete;

  /// Writes a text beside `path`. Throws Error (output).
  void write(const std::filesystem::path& path, std::string_view text);
  /// Takes over a finished file that stands `beside` the name `path` (name_beside()).
  void add(std::filesystem::path beside, std::filesystem::path path);
  /// Gives all files their names, the first one first. Throws Error (output).
  void finish();

 private:
  using Parts = std::vector<std::pair<std::filesystem::path, std::filesystem::path>>;
  Parts parts_;  // what is finished, and the name that it shall have
};

}  // namespace tenbin
