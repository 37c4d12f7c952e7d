// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

/// What callers hold of studies and results: numbers in the place of pointers, each used once, so
/// that a handle that is closed or made up is noticed and touches no memory.

/// Guards all handles. No fork happens while it is held, so that a child can use it.
std::mutex& handles_guard();

template <class T>
class Handles {
 public:
  /// The handle of an object. Throws bad_alloc.
  T* add(std::shared_ptr<T> object) {
    const std::lock_guard lock(handles_guard());
    const std::uintptr_t number = next_;
    objects_.emplace(number, std::move(object));
    next_ += step;
    return reinterpret_cast<T*>(number);
  }
  /// The object of a handle; empty where it is closed or none.
  std::shared_ptr<T> find(const T* handle) const {
    const std::lock_guard lock(handles_guard());
    const auto found = objects_.find(reinterpret_cast<std::uintptr_t>(handle));
    return found == objects_.end() ? nullptr : found->second;
  }
  /// The object stays until the calls that use it have ended.
  void close(const T* handle) {
    std::shared_ptr<T> last;  // ends after the guard is free
    const std::lock_guard lock(handles_guard());
    const auto found = objects_.find(reinterpret_cast<std::uintptr_t>(handle));
    if (found == objects_.end()) return;
    last = std::move(found->second);
    objects_.erase(found);
  }
  /// For a child after a fork, where no other thread is.
  template <class Visit>
  void each(Visit&& visit) const {
    for (const auto& [number, object] : objects_) visit(*object);
  }

 private:
  static constexpr std::uintptr_t step = 16;  // as far apart as objects are
  std::unordered_map<std::uintptr_t, std::shared_ptr<T>> objects_;
  std::uintptr_t next_ = step;
};

/// Those that are open. Never destroyed: a caller may close one while the program ends.
Handles<struct tenbin_study>& studies();
Handles<struct tenbin_result>& results();
