// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/in_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace tenbin {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

/// All that comes before the end of a pipe.
std::string read_all(int file) {
  std::string bytes;
  std::array<char, 1 << 16> piece;
  for (;;) {
    const ssize_t got = ::read(file, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  }
}

/// A crash is silent: no handler of the program it was, no core, no word of the C library.
void be_silent() {
  ::signal(SIGPIPE, SIG_IGN);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) ::signal(signal, SIG_DFL);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere < 0) return;
  for (int file = 0; file <= 2; ++file) ::dup2(nowhere, file);
}

/// Sends the length of the bytes, and them.
[[noreturn]] void answer_and_end(int pipe, const std::function<std::string()>& make) {
  be_silent();
  try {
    const std::string bytes = make();
    const std::uint64_t size = bytes.size();
    write_all(pipe, {reinterpret_cast<const char*>(&size), sizeof size}) && write_all(pipe, bytes);
  } catch (...) {  // what has no answer is told by its end
  }
  ::_exit(0);
}

/// A process that makes an answer, and the pipe from it.
class Child {
 public:
  explicit Child(const std::function<std::string()>& make) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::bad_alloc();
    reading_ = ends[0];
    process_ = ::fork();
    if (process_ == 0) answer_and_end(ends[1], make);
    ::close(ends[1]);
    if (process_ > 0) return;
    ::close(reading_);
    throw std::bad_alloc();
  }
  /// What is not read any more ends the process: it cannot write.
  ~Child() {
    ::close(reading_);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  std::string answer() const { return read_all(reading_); }

 private:
  int reading_ = -1;
  pid_t process_ = -1;
};

}  // namespace

std::string in_child(const std::function<std::string()>& make) {
  const Child child(make);
  std::string bytes = child.answer();
  std::uint64_t size = 0;
  if (bytes.size() < sizeof size) throw std::bad_alloc();
  std::memcpy(&size, bytes.data(), sizeof size);
  if (size != bytes.size() - sizeof size) throw std::bad_alloc();
  bytes.erase(0, sizeof size);
  return bytes;
}

}  // namespace tenbin
