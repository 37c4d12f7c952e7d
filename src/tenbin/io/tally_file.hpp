// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
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

/// What one worker has added up so far.
struct TallyPart {
  std::string key;    // of its run
  std::string tally;  // to_bytes() of it
};
/// Writes a part in a frame (core/archive.hpp): OUT.checkpoint.NAME.
void write_tally_part(const std::filesystem::path& out, const std::string& name,
                      const TallyPart& part);

/// Whether an earlier run left parts beside `out`.
bool has_tally_parts(const std::filesystem::path& out);

/// The tallies of all parts beside `out` that are whole and of this run, in the order of their
/// names. Throws Error where one is of another run.
std::vector<std::string> read_tally_parts(const std::filesystem::path& out, const std::string& key);

/// Removes all parts beside `out` but the one named `but`.
void remove_tally_parts(const std::filesystem::path& out, const std::string& but = {});

}  // namespace tenbin
