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

std::optional<TallyPart> tally_part_of(std::string_view bytes) {
  if (!bytes.starts_with(tally_line) || bytes.size() < tally_line.size() + tally_digest_size)
    return std::nullopt;
  std::string_view body = bytes.substr(0, bytes.size() - tally_digest_size);
  if (sha256(body) != bytes.substr(body.size())) return std::nullopt;
  body.remove_prefix(tally_line.size());
  const std::size_t end = body.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  TallyPart part{std::string(body.substr(0, end)), {}};
  body.remove_prefix(end + 1);
  if (body.size() % sizeof(std::uint64_t) != 0) return std::nullopt;
  part.words.resize(body.size() / sizeof(std::uint64_t));
  if (!body.empty()) std::memcpy(part.words.data(), body.data(), body.size());
  return part;
}

bool has_tally_parts(const fs::path& out) { return !parts_beside(out).empty(); }

std::vector<std::vector<std::uint64_t>> read_tally_parts(const fs::path& out,
                                                         const std::string& key) {
  std::vector<std::vector<std::uint64_t>> parts;
  for (const fs::path& path : parts_beside(out)) {
    std::ifstream in(path, std::ios::binary);
    auto part = tally_part_of(std::string((std::istreambuf_iterator<char>(in)), {}));
    if (!part) continue;
    if (part->key != key)
      throw Error({{path.string(), "this checkpoint is of another run (other input, or futures)",
                    "Give the same command as before, or remove the checkpoint to start anew"}});
    parts.push_back(std::move(part->words));
  }
  return parts;
}

void remove_tally_parts(const fs::path& out, const std::string& but) {
  std::error_code ignored;
  for (const fs::path& path : parts_beside(out))
    if (but.empty() || path.filename().string() != begin_of(out) + but) fs::remove(path, ignored);
}

}  // namespace tenbin
