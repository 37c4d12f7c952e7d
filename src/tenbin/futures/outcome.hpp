// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/futures/balance.hpp"
#include "tenbin/futures/tables.hpp"

namespace tenbin {

/// One number that a question is about.
struct Outcome {
  enum class Kind {
    milex,   // of a state in a year, M USD
    burden,  // share of GDP
    stock,   // M USD
    cost,    // milex from the first future year to this one, added up, M USD
    balance  // of two blocs in a year: first over second, as in BalanceYear
  };
  Kind kind = Kind::burden;
  StateIndex state = 0;
  Bloc first, second;
  int year = 0;
};

/// Reads the outcome of a run of `schedule`.
OutcomeReader reader(const Outcome& outcome, const Panel& panel, const Schedule& schedule);

/// Unit of its sums; see Measure.
double unit_of(const Outcome& outcome);

/// Whether it is a share of GDP.
inline bool is_share(const Outcome& o) { return o.kind == Outcome::Kind::burden; }

}  // namespace tenbin
