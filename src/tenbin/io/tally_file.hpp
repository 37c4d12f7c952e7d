// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenbin {

/// Holds OUT.checkpoint.lock, so that two runs do not keep their parts beside one output. Throws
/// Error while another run holds it. Lets go, and removes it, at its end.
class TallyLock {
 public:
  explicit TallyLock(const std::filesystem::path& out);
  ~TallyLock();
  TallyLock(const TallyLock&) = delete;
  TallyLock& operator=(const TallyLock&) = delete;

 private:
  std::filesystem::path path_;
  int file_ = -1;
};

/// What one worker has added up so far, on disk: OUT.checkpoint.NAME. `key` says of which run.
void write_tally_part(const std::filesystem::path& out, const std::string& name,
                      const std::string& key, const std::vector<std::uint64_t>& words);

/// A part as a file holds it: the key of its run, and its words.
struct TallyPart {
  std::string key;
  std::vector<std::uint64_t> words;
};
/// Nothing where the bytes are no part, or are torn: their last 32 are not the SHA-256 of the
/// others.
std::optional<TallyPart> tally_part_of(std::string_view bytes);

/// Whether an earlier run left parts beside `out`.
bool has_tally_parts(const std::filesystem::path& out);

/// All parts beside `out` that are whole and of this run, in the order of their names. Throws Error
/// where one is of another run.
std::vector<std::vector<std::uint64_t>> read_tally_parts(const std::filesystem::path& out,
                                                         const std::string& key);

/// Removes all parts beside `out` but the one named `but`.
void remove_tally_parts(const std::filesystem::path& out, const std::string& but = {});

}  // namespace tenbin
