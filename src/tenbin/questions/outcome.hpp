// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/futures/outcome.hpp"
#include "tenbin/questions/runs.hpp"

namespace tenbin {

/// Reads "burden:JPN:2035", "milex:...", "stock:...", "cost:..." or "balance:alliance/china:2035".
/// Throws Error with what is wrong, naming the flag.
Outcome parse_outcome(const std::string& text, const std::string& flag, const Runs& runs);

/// A condition "burden:JPN:2035 >= 2 %"; or one whose limit is what the outcome is without the
/// lever that is asked about, in the middle future: "... >= baseline", or of another year "... >=
/// in 2025".
struct Condition {
  Outcome outcome;
  bool at_least = true;
  double limit = 0;       // missing: that of the baseline in
  int baseline_year = 0;  // this year
};
Condition parse_condition(const std::string& text, const std::string& flag, const Runs& runs);

/// A value of the outcome in words: "1.87 %", "$61.9 bn", "1.32".
std::string outcome_text(const Outcome& outcome, double value, const Panel& panel);

}  // namespace tenbin
