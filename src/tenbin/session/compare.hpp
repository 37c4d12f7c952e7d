// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "tenbin/analyse/answers.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/session/runs.hpp"

/// Paired differences of scenarios from the first, split by who sees the change.

namespace tenbin {

inline constexpr std::array compared_quantities{Quantity::milex, Quantity::burden};
inline constexpr std::array<const char*, 6> compared_effects{"whole",  "direct", "rivals",
                                                             "allies", "others", "disputes"};

/// What is asked of one scenario against the baseline.
struct Compared {
  std::size_t scenario;
  std::array<std::array<Place, compared_effects.size()>, compared_quantities.size()> effect;
  std::array<Place, compared_quantities.size()> changed;  // for what unpaired ensembles would give
};

struct ComparisonQuestion {
  Projection projection;  // the baseline, then each scenario's stages
  std::vector<Measure> measures;
  std::array<Place, compared_quantities.size()> baseline;
  std::vector<Compared> scenarios;
  std::vector<int> whole;  // by scenario: the run in which everyone sees everything
};
ComparisonQuestion ask_comparisons(const Runs& runs);

/// Monte Carlo error that the mean difference of two independent ensembles would have.
double unpaired_error(const Tally& tally, const Place& a, const Place& b, int year, int state);

/// Columns baseline, scenario, state, year, quantity, effect, quantiles and mean, error,
/// unpaired_error, positive and negative with their errors. One row a difference that exists.
TidyTable comparison_table(const Runs& runs, const ComparisonQuestion& asked, const Tally& tally);

}  // namespace tenbin
