// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tenbin {

/// All futures of one scenario. Years run from `start` (observed) to `end`.
struct Ensemble {
  int states = 0, start = 0, end = 0, futures = 0;
  std::vector<double>
      log_milex;  // [year][state][future], M USD of the panel's prices; NaN: not projected
  std::vector<double> log_burden;  // [year][state][future]; NaN for a state without burden
  std::vector<std::string> notes;  // what a reader of the result must know, one sentence each

  int years() const { return end - start + 1; }
  std::size_t row(int year, int state) const {
    return (static_cast<std::size_t>(year - start) * states + state) * futures;
  }
  std::span<const double> milex(int year, int state) const {
    return {log_milex.data() + row(year, state), static_cast<std::size_t>(futures)};
  }
  std::span<const double> burden(int year, int state) const {
    return {log_burden.data() + row(year, state), static_cast<std::size_t>(futures)};
  }
};

}  // namespace tenbin
