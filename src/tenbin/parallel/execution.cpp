// SPDX-License-Identifier: Apache-2.0
#include "tenbin/parallel/execution.hpp"

#ifndef __wasm__
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#endif

namespace tenbin {

#ifdef __wasm__  // the page's engine runs in one worker
int threads_for(const Execution&, int) { return 1; }

void for_each_block(const Execution&, int blocks, const std::function<void(int, int)>& work) {
  for (int b = 0; b < blocks; ++b) work(b, 0);
}
#else
int threads_for(const Execution& execution, int blocks) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return std::clamp(execution.threads > 0 ? execution.threads : cores, 1, std::max(1, blocks));
}

void for_each_block(const Execution& execution, int blocks,
                    const std::function<void(int, int)>& work) {
  std::atomic<int> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  const auto worker = [&](int self) {
    for (int b = next++; b < blocks; b = next++) {
      try {
        work(b, self);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!failure) failure = std::current_exception();
        next = blocks;
      }
    }
  };
  const int threads = threads_for(execution, blocks);
  {
    std::vector<std::jthread> team;
    try {
      for (int t = 1; t < threads; ++t) team.emplace_back(worker, t);
    } catch (...) {  // NOLINT(bugprone-empty-catch): no room for another: those there do it all
    }
    worker(0);
  }
  if (failure) std::rethrow_exception(failure);
}
#endif

}  // namespace tenbin
