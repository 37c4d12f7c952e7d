// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/density.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/model/world.hpp"

/// The equations of docs/model.md section 2 (Spending) and docs/model.md section 3 (Economy) the
/// other way round: from parameters to figures.

namespace tenbin {

/// Expected change of log milex in a row, under a state's parameters and the wave of its year.
inline double expected(const Row& row, const StateParameters<double>& own, double wave) {
  return terms_of_year(own, own.target, year_before(row), row.gdp_growth, wave).mean();
}

/// One draw from the prior, laid out as `columns` (those of the equation's density). `number` keys
/// it. `mean_danger`: of the fitted states; empty: all have the typical.
std::vector<double> prior_draw(Equation equation, const Priors& priors,
                               const std::vector<Column>& columns, std::uint64_t seed,
                               std::uint32_t number, std::span<const double> mean_danger = {});

/// Draws anew what states and years have of their own, given the spending equation's globals in
/// `values` (laid out as `columns`).
void draw_states_and_years(const std::vector<Column>& columns, std::uint64_t seed,
                           std::uint32_t number, std::span<const double> mean_danger,
                           std::vector<double>& values);

/// The rows with the equation's response drawn anew under the given values; all covariates stay as
/// they are, lagged responses too.
RowTable simulate(Equation equation, RowTable rows, const std::vector<Column>& columns,
                  std::span<const double> values, std::uint64_t seed, std::uint32_t number);

}  // namespace tenbin
