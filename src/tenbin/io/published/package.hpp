// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/text.hpp"

/// Files as their makers publish them: bytes, zip packages, and what a file is if it is not what it
/// should be. Nothing here allocates more than a stated bound, whatever the bytes say.

namespace tenbin {

/// Why a file cannot be read: thrown inside a reader, told as a Problem of the file.
struct Refusal {
  std::string what, mend;
  int line = 0;  // 0: of the whole file
};

inline constexpr const char* get_again = "Get the file again from its maker";
inline constexpr const char* do_not_trust =
    "No published file is like this: do not trust it, and get it from its maker";

/// A file in memory, at most `largest_file` bytes.
struct PublishedFile {
  std::string name;  // as problems and the ledger call it
  std::string bytes;
};
inline constexpr std::uint64_t largest_file = std::uint64_t{128} << 20;

/// The file, or nothing and a problem.
std::optional<PublishedFile> read_published(const std::filesystem::path& path, Problems& problems);

bool is_zip(std::string_view bytes);
/// A zip package over bytes that outlive it.
class Package {
 public:
  /// Throws Refusal.
  explicit Package(std::string_view bytes);

  struct Member {
    std::string name;
    std::uint64_t bytes = 0;  // as the package says
    bool locked = false;      // with a password
  };
  const std::vector<Member>& members() const { return members_; }
  bool has(const std::string& name) const;

  /// Gives a member to `take`, piece by piece, until that answers false. Throws Refusal where it is
  /// damaged, locked, or holds more than `most` bytes.
  void read(const std::string& name, std::uint64_t most,
            const std::function<bool(std::string_view)>& take) const;

 private:
  std::shared_ptr<void> zip_;
  std::vector<Member> members_;
};

}  // namespace tenbin
