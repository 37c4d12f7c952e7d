// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "expect.hpp"
#include "tenbin/core/problem.hpp"

/// Files in memory for readers that take a path, and what their messages must have.

namespace tenbin::fuzz {

/// A file without a name. Its path holds for this process.
class MemoryFile {
 public:
  MemoryFile() : file_(::memfd_create("tenbin", MFD_CLOEXEC)) { expect(file_ >= 0); }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(file_); }
  void write(std::string_view text) const {
    expect(::ftruncate(file_, 0) == 0);
    expect(::pwrite(file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
  }

 private:
  int file_;
};

/// A folder of /dev/shm, which goes when the process ends; the working folder's where that is
/// missing.
class MemoryFolder {
 public:
  MemoryFolder() {
    std::string name = std::filesystem::exists("/dev/shm") ? "/dev/shm/" : "./";
    name += "tenbin-fuzz-XXXXXX";
    expect(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~MemoryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(std::string_view name, std::string_view text) const {
    std::FILE* file = std::fopen((path_ / name).c_str(), "wb");
    expect(file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size());
    expect(std::fclose(file) == 0);
  }
  void remove(std::string_view name) const { std::filesystem::remove(path_ / name); }

 private:
  std::filesystem::path path_;
};

/// The line that a place names, "milex.csv:7"; 0 where it names none.
inline int line_of(std::string_view where) {
  const auto colon = where.rfind(':');
  if (colon == std::string_view::npos || where.size() - colon > 9) return 0;
  int line = 0;
  for (const char c : where.substr(colon + 1)) {
    if (c < '0' || c > '9') return 0;
    line = 10 * line + (c - '0');
  }
  return line;
}

/// A message says where and what. A refusal says how to fix it, and a line is one of `text`.
inline void expect_said(const Problems& problems, std::string_view text) {
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const Problem& p : problems) {
    expect(!p.where.empty() && !p.what.empty());
    expect(p.kind == Problem::Kind::note || !p.mend.empty());
    expect(line_of(p.where) <= lines);
  }
}

}  // namespace tenbin::fuzz
