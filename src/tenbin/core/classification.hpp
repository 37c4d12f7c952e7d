// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace tenbin {

/// Bounds between classes of risk.
inline constexpr std::array<double, 8> risk_bounds{0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6};

/// Probabilities of rare events against what came: a group of cases.
struct Reliability {
  int cases = 0, events = 0;
  double expected = 0;  // events, the sum of the probabilities
};
struct Classification {
  int cases = 0, events = 0;
  double auc = 0;       // probability that an event was given more than a non-event (ties: half)
  double brier = 0;     // mean squared error
  double log_loss = 0;  // mean of -log p of what came
  double expected = 0;  // events
  std::vector<Reliability> tenths;  // ten groups of equal size, by rising probability
  std::array<Reliability, risk_bounds.size() + 1> classes{};  // by risk_bounds
};
/// The class of a risk.
inline std::size_t risk_class(double p) {
  std::size_t k = 0;
  while (k < risk_bounds.size() && p >= risk_bounds[k]) ++k;
  return k;
}

}  // namespace tenbin
