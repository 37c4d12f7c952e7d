// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/read_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "tenbin/io/nearest.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

/// A descriptor that closes itself.
class OpenFile {
 public:
  explicit OpenFile(const fs::path& path)
      : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int number() const { return file_; }

 private:
  int file_;
};

std::string fix_for_missing(const fs::path& path) {
  std::error_code failure;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, failure))
    return "Its folder does not exist either: look at the path";
  // A table of a panel has the name that it must have.
  if (path.extension() == ".csv") return "Look at the name and the folder";
  std::vector<std::string> names;
  try {
    names = names_in(folder);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): then without a name to suggest
  }
  const std::string near = nearest(path.filename().string(), names);
  return near.empty() ? "Look at the name and the folder" : fmt::format("Did you mean {}?", near);
}

}  // namespace

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  errno = 0;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  while (const dirent* entry = open ? ::readdir(open.get()) : nullptr) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno == ENOMEM) throw std::bad_alloc();
  if (errno != 0)
    throw Error({{folder.string(),
                  fmt::format("the folder cannot be read to its end: {}", std::strerror(errno)),
                  "Look at its permissions and the disk"}});
  std::ranges::sort(names);
  return names;
}

std::optional<std::string> read_file(const fs::path& path, std::uint64_t most, Problems& problems) {
  const auto refuse = [&](std::string what, std::string fix) {
    problems.push_back({path.string(), std::move(what), std::move(fix)});
    return std::nullopt;
  };
  const OpenFile file(path);
  const int why = errno;
  if (file.number() < 0 && why == ENOMEM) throw std::bad_alloc();
  struct stat about {};
  if (file.number() < 0)
    return why == ENOENT || why == ENOTDIR
               ? refuse("there is no such file", fix_for_missing(path))
               : refuse(fmt::format("the file cannot be read: {}", std::strerror(why)),
                        "Look at its permissions");
  if (::fstat(file.number(), &about) != 0)
    return refuse(fmt::format("the file cannot be read: {}", std::strerror(errno)),
                  "Look at the disk");
  if (S_ISDIR(about.st_mode)) return refuse("this is a folder, not a file", "Give the file");
  // A pipe that the caller opened, as /dev/stdin or /dev/fd/63, is read; a pipe that lies somewhere
  // may never end.
  const bool given = S_ISFIFO(about.st_mode) && path.string().starts_with("/dev/");
  if (given) ::fcntl(file.number(), F_SETFL, O_RDONLY);
  if (!S_ISREG(about.st_mode) && !given)
    return refuse("this is a device or a pipe, not a file", "Write it to a file first");
  const auto size = static_cast<std::uint64_t>(about.st_size);
  const auto too_large = [&](std::uint64_t bytes) {
    return refuse(fmt::format("the file has {} MB; at most {} are read", bytes >> 20, most >> 20),
                  "Give a smaller file");
  };
  if (size > most) return too_large(size);
  std::string bytes;
  bytes.reserve(size);
  std::array<char, 1 << 16> piece;
  for (;;) {
    const ssize_t got = ::read(file.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return refuse(fmt::format("the file cannot be read to its end: {}", std::strerror(errno)),
                    "Look at the disk, or copy the file anew");
    if (got == 0) break;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
    if (bytes.size() > most) return too_large(bytes.size());
  }
  if (bytes.size() < size)
    return refuse("the file became shorter while it was read", "Try again when it is written");
  return bytes;
}

}  // namespace tenbin
