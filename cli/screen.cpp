// SPDX-License-Identifier: Apache-2.0
#include "screen.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>

namespace tenbin::cli {
namespace {

std::atomic<int> first_loss{0};  // errno of the first write to standard output that failed

void note_loss() noexcept {
  int none = 0;
  first_loss.compare_exchange_strong(none, errno != 0 ? errno : EIO);
}

}  // namespace

void open_closed_streams() noexcept {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF)  // open() takes the lowest free one
      static_cast<void>(
          ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));  // NOLINT
}

void print_bytes(std::string_view bytes) noexcept {
  errno = 0;
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) note_loss();
}

void print_data(std::string_view bytes) {
  if (::isatty(STDOUT_FILENO) == 0) return print_bytes(bytes);
  print_bytes(printable(bytes));
}

void tell_bytes(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

int screen_loss() noexcept {
  errno = 0;
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) note_loss();
  return first_loss;
}

}  // namespace tenbin::cli
