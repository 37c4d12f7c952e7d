// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/futures/outcome.hpp"

namespace tenbin {

/// Which value of a lever brings an outcome to a target with a probability.
struct SolveQuestion {
  std::size_t lever = 0;     // of the scenario's levers
  double low = 0, high = 0;  // the values looked at
  bool smallest = true;      // else the largest
  Outcome outcome;
  bool at_least = true;  // outcome >= target, else <=
  double target = 0;
  double probability = 0.5;
};

struct SolveStep {
  double value;
  Chance chance;
};

struct Solution {
  bool found = false;
  double value = 0;                 // to 1e-4 of the range (or as the bisection could not go finer)
  Chance chance;                    // at it
  double earliest = 0, latest = 0;  // values at which the chance is within two Monte Carlo errors
                                    // of the probability asked for, among those looked at
  bool everywhere = false;          // every value looked at does
  std::vector<SolveStep> steps;     // by value: what was looked at
};

inline constexpr int solve_grid = 9;  // values of the first look, ends included

/// Looks at solve_grid values, takes the first neighbours (from the side asked for) between which
/// the chance crosses the probability, and halves them. All looks share draws and shocks, so that
/// the chance moves with the value and not with luck.
Solution solve(const Past& past, const Scenario& scenario, const Draws& spending,
               const Draws& economy, const SolveQuestion& question, const Execution& execution,
               const std::function<bool(double)>& go_on = {});

}  // namespace tenbin
