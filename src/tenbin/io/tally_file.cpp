// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/tally_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;
const std::string tally_line = "tenbin tally 1\n";
constexpr std::size_t tally_digest_size = 32;

fs::path folder_of(const fs::path& out) {
  return out.has_parent_path() ? out.parent_path() : fs::path(".");
}
std::string begin_of(const fs::path& out) { return out.filename().string() + ".checkpoint."; }

fs::path lock_of(const fs::path& out) { return folder_of(out) / (begin_of(out) + "lock"); }

std::vector<fs::path> parts_beside(const fs::path& out) {
  std::vector<fs::path> parts;
  const std::string begin = begin_of(out);
  for (const auto& entry : fs::directory_iterator(folder_of(out)))
    if (const std::string name = entry.path().filename().string();
        name.starts_with(begin) && name != begin + "lock")
      parts.push_back(entry.path());
  std::ranges::sort(parts);
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

void write_tally_part(const fs::path& out, const std::string& name, const std::string& key,
                      const std::vector<std::uint64_t>& words) {
  std::string bytes = tally_line + key + "\n";
  bytes.append(reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint64_t));
  bytes += sha256(bytes);
  write_text(folder_of(out) / (begin_of(out) + name), bytes);
}

bool has_tally_parts(const fs::path& out) { return !parts_beside(out).empty(); }

std::vector<std::vector<std::uint64_t>> read_tally_parts(const fs::path& out,
                                                         const std::string& key) {
  std::vector<std::vector<std::uint64_t>> parts;
  const std::size_t head = tally_line.size() + key.size() + 1;
  for (const fs::path& path : parts_beside(out)) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (bytes.size() < head + tally_digest_size || !bytes.starts_with(tally_line)) continue;
    const std::size_t size = bytes.size() - tally_digest_size;
    if (sha256(std::string_view(bytes).substr(0, size)) != bytes.substr(size)) continue;
    if (bytes.compare(tally_line.size(), key.size(), key) != 0)
      throw Error({{path.string(), "this checkpoint is of another run (other input, or futures)",
                    "Give the same command as before, or remove the checkpoint to start anew"}});
    std::vector<std::uint64_t> words((size - head) / sizeof(std::uint64_t));
    std::memcpy(words.data(), bytes.data() + head, words.size() * sizeof(std::uint64_t));
    parts.push_back(std::move(words));
  }
  return parts;
}

void remove_tally_parts(const fs::path& out, const std::string& but) {
  std::error_code ignored;
  for (const fs::path& path : parts_beside(out))
    if (but.empty() || path.filename().string() != begin_of(out) + but) fs::remove(path, ignored);
}

}  // namespace tenbin
