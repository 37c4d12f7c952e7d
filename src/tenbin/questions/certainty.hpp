// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/problem.hpp"
#include "tenbin/fit/fit.hpp"
#include "tenbin/futures/distribution.hpp"

namespace tenbin {

/// Counts probabilities whose Monte Carlo error is larger than the percentage point that is shown.
class Certainty {
 public:
  void see(const Chance& chance) {
    ++seen_;
    if (chance.error > 0.01) ++unsure_;
    if (chance.error > worst_) worst_ = chance.error;
  }
  /// A note if there is one; `futures` is their number.
  Problems notes(std::int64_t futures) const;

 private:
  int seen_ = 0, unsure_ = 0;
  double worst_ = 0;
};

/// "62 %", with its error if that is larger than the digit shown; empty for no probability.
std::string chance_text(const Chance& chance);

/// What placebos say of the answers to rivals and allies, as a line below a table of them; empty
/// where none is known.
std::string placebo_line(const Posterior& posterior);

}  // namespace tenbin
