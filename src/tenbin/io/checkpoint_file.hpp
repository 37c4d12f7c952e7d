// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/draws.hpp"

namespace tenbin {

/// What the blocks of a checkpoint hold, up to the first that is torn or does not follow: one part
/// a chain with its last state and all its records, and how many bytes they take. Any bytes may be
/// given; what states and records must be is for the sampler to check.
struct CheckpointParts {
  std::vector<ChainPart> done;
  std::size_t good = 0;
};
CheckpointParts checkpoint_parts_of(std::string_view blocks);
/// A part as a block: a frame (core/archive.hpp).
std::string checkpoint_block(const ChainPart& part);

/// A fit under way on disk: a frame with the run's key, then one for each part of a chain. A kill
/// leaves at most a torn last block, which is dropped. One run at a time writes it (a lock that
/// ends with its process). Format: docs/formats.md.
class CheckpointFile {
 public:
  /// Reads the file if there is one. `key` names all that decides the bits; throws Error where the
  /// file is of another run, no checkpoint, or in use.
  CheckpointFile(const std::filesystem::path& path, const std::string& key);

  /// What the file held: one part a chain with its last state and all its records.
  const std::vector<ChainPart>& done() const { return done_; }
  /// Adds a block, handing it to the system at once; makes the file if there is none. Callable from
  /// any thread. Throws Error (output).
  void append(const ChainPart& part);
  /// The fit is done and written: the file goes.
  void remove();

 private:
  void open(const char* mode);

  std::filesystem::path path_;
  std::string header_;
  std::vector<ChainPart> done_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::mutex guard_;
};

}  // namespace tenbin
