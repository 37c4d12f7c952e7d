// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace tenbin {

/// Probabilities of rare events against what came.
struct Reliability {  // cases in ten groups of equal size, by rising probability
  int cases = 0, events = 0;
  double expected = 0;  // events, the sum of the probabilities
};
struct Classification {
  int cases = 0, events = 0;
  double auc = 0;       // probability that an event was given more than a non-event (ties: half)
  double brier = 0;     // mean squared error
  double log_loss = 0;  // mean of -log p of what came
  double expected = 0;  // events
  std::vector<Reliability> tenths;
};
/// Probabilities in (0, 1) and whether the event came, case by case.
Classification classify(std::span<const double> probability, std::span<const char> came);

}  // namespace tenbin
