// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/tally_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "tenbin/core/archive.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/read_file.hpp"

namespace tenbin {
namespace {

constexpr std::uint64_t largest_part = std::uint64_t{8} << 30;  // bytes

namespace fs = std::filesystem;

std::string begin_of(const fs::path& out) { return out.filename().string() + ".checkpoint."; }

fs::path lock_of(const fs::path& out) { return folder_of(out) / (begin_of(out) + "lock"); }

std::vector<fs::path> parts_beside(const fs::path& out) {
  std::vector<fs::path> parts;
  const std::string begin = begin_of(out);
  for (const std::string& name : names_in(folder_of(out)))
    if (name.starts_with(begin) && name != begin + "lock") parts.push_back(folder_of(out) / name);
  return parts;
}

}  // namespace

TallyLock::TallyLock(const fs::path& out) : path_(lock_of(out)) {
  file_ = ::open(path_.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  if (file_ < 0 || ::flock(file_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return;  // some file systems have no locks: go without
  ::close(file_);
  throw Error({{out.string(), "another run is writing this file",
                "Wait until it is done, or give another name"}},
              Error::Reason::output);
}

TallyLock::~TallyLock() {
  if (file_ < 0) return;
  std::error_code ignored;
  fs::remove(path_, ignored);
  ::close(file_);
}

void write_tally_part(const fs::path& out, const std::string& name, const TallyPart& part) {
  write_text(folder_of(out) / (begin_of(out) + name), archive(ArchiveKind::tally_part, part));
}

bool has_tally_parts(const fs::path& out) { return !parts_beside(out).empty(); }

std::vector<std::string> read_tally_parts(const fs::path& out, const std::string& key) {
  std::vector<std::string> parts;
  for (const fs::path& path : parts_beside(out)) {
    Problems problems;
    const auto bytes = read_file(path, largest_part, problems);
    if (!bytes) throw Error(std::move(problems));
    auto part = from_archive<TallyPart>(ArchiveKind::tally_part, *bytes);
    if (!part) continue;
    if (part->key != key)
      throw Error({{path.string(), "this checkpoint is of another run (other input, or futures)",
                    "Give the same command as before, or remove the checkpoint to start anew"}});
    parts.push_back(std::move(part->tally));
  }
  return parts;
}

void remove_tally_parts(const fs::path& out, const std::string& but) {
  std::error_code ignored;
  try {
    for (const fs::path& path : parts_beside(out))
      if (but.empty() || path.filename().string() != begin_of(out) + but) fs::remove(path, ignored);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): what it was kept for is done
  }
}

}  // namespace tenbin
