// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/density.hpp"

/// The equations of docs/model.md section 4 the other way round: from parameters to figures.

namespace tenbin {

/// What the spending equation needs to know of a row's state and year.
struct SpendingValues {
  double target, pull, persistence, income, rival_response, ally_response, threat_slope,
      support_slope, wave;
};
/// Expected change of log milex in a row.
inline double expected(const Row& row, const SpendingValues& v) {
  return v.pull * (v.target + v.threat_slope * row.threat_lag + v.support_slope * row.support_lag -
                   row.log_burden_lag) +
         v.persistence * row.milex_growth_lag + v.income * row.gdp_growth +
         v.rival_response * row.rival_growth_lag + v.ally_response * row.ally_growth_lag + v.wave;
}

/// One draw from the prior, laid out as `columns` (those of the equation's density). `number` keys
/// it.
std::vector<double> prior_draw(Equation equation, const Priors& priors,
                               const std::vector<Column>& columns, std::uint64_t seed,
                               std::uint32_t number);

/// The rows with the equation's response drawn anew under the given values; all covariates stay as
/// they are, lagged responses too.
RowTable simulate(Equation equation, RowTable rows, const std::vector<Column>& columns,
                  std::span<const double> values, std::uint64_t seed, std::uint32_t number);

}  // namespace tenbin
