// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/handles.hpp"

#include <pthread.h>

#include "tenbin/capi/study.hpp"

namespace {

void before_fork() { handles_guard().lock(); }
void in_parent() { handles_guard().unlock(); }

/// A study that another thread was using has lost that thread, which would have let it go.
void in_child() {
  studies().each([](tenbin_study& study) {
    if (study.guard.try_lock())
      study.guard.unlock();
    else
      study.lost = true;
  });
  handles_guard().unlock();
}

[[maybe_unused]] const int watched = ::pthread_atfork(before_fork, in_parent, in_child);

}  // namespace

std::mutex& handles_guard() {
  static std::mutex& guard = *new std::mutex;
  return guard;
}

Handles<tenbin_study>& studies() {
  static auto& all = *new Handles<tenbin_study>;
  return all;
}

Handles<tenbin_result>& results() {
  static auto& all = *new Handles<tenbin_result>;
  return all;
}
