// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tenbin/io/published/findings.hpp"

/// One maker's current dollars in another's constant ones.

namespace tenbin {

using StateYears = std::map<std::pair<std::string, int>, double>;

struct Scales {
  std::map<int, double> price;             // of a year: their dollars for one of ours
  std::map<std::string, double> of_state;  // ours for one of theirs, prices taken out
};

/// The price level of a year is the ratio of the two makers' figures for the United States; a
/// state's scale is the median of what is left of its ratios over the years in which both have it
/// (of an even number the geometric mean of the middle two). Without such a year a state has none.
Scales scales_of(const std::vector<FoundMilex>& theirs, const StateYears& ours);

}  // namespace tenbin
