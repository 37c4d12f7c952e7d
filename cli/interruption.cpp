// SPDX-License-Identifier: Apache-2.0
#include "interruption.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <string_view>

#include "common.hpp"
#include "screen.hpp"

namespace tenbin::cli {
namespace {

// What the handler touches: lock-free, so that it may.
std::atomic<bool> held{false};
std::atomic<bool> terminal{false};
std::atomic<long long> asked_at{0};  // milliseconds of the monotonic clock; 0: not yet
static_assert(std::atomic<long long>::is_always_lock_free);

// A terminal that closes, or a service that is stopped, sends two signals (HUP and HUP, TERM and
// HUP) within milliseconds: they are one request.
constexpr long long one_request = 100;  // milliseconds

long long now() noexcept {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return 1000LL * time.tv_sec + time.tv_nsec / 1'000'000 + 1;
}

void end_at_once(std::string_view words) noexcept {
  tell_bytes(words);
  ::_exit(interrupted);
}

extern "C" void hear(int) {
  const int kept_errno = errno;
  long long first = 0;
  if (!held) end_at_once("interrupted; nothing was written\n");
  if (asked_at.compare_exchange_strong(first, now())) {
    if (terminal) tell_bytes("\nstopping; once more ends at once, and may lose the last work\n");
  } else if (now() - first > one_request) {
    end_at_once("interrupted again; ended at once\n");
  }
  errno = kept_errno;
}

}  // namespace

void watch_for_interruption() noexcept {
  terminal = ::isatty(STDERR_FILENO) != 0;
  struct sigaction action {};
  action.sa_handler = hear;
  action.sa_flags = SA_RESTART;  // reading and writing go on: the work asks when it can stop
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&action.sa_mask, signal);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction inherited {};
    if (::sigaction(signal, nullptr, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
      ::sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

void hold_interruption() noexcept { held = true; }
bool interruption_asked() noexcept { return asked_at != 0; }

}  // namespace tenbin::cli
