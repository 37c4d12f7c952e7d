// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tenbin/analyse/answers.hpp"
#include "tenbin/analyse/risk.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/session/runs.hpp"

/// What futures hold: their quantiles, and the races and disputes to come.

namespace tenbin {

/// Both quantities of the first scenario.
struct QuantileQuestion {
  std::vector<Measure> measures;
  Place burden, milex;
};
QuantileQuestion ask_quantiles(const Runs& runs);
/// Columns scenario, state, year, quantity, q05 ... q95, mean; `written`: how numbers stand in a
/// CSV file.
TidyTable quantile_table(const Runs& runs, const QuantileQuestion& asked, const Tally& tally,
                         const std::string& written = "{:.6g}");
/// SHA-256 of all quantiles as 64-bit numbers, the lowest byte first: burden then milex, by year
/// (the start included), by state, by level (0.05 ... 0.95). Where there is no quantile its bits
/// are 7ff8000000000000. The same digest from the command line, Python and R means the same bits.
std::string quantile_digest(const Fan& burden, const Fan& milex);

/// Races and disputes to come, by scenario and dyad.
struct Outlook {
  std::vector<std::vector<RaceOutlook>> races;        // [scenario]
  std::vector<DisputeRisk> risks;                     // of a dispute next year, under the baseline
  std::vector<std::vector<DisputeOutlook>> disputes;  // [scenario]; empty where none are drawn
};
Outlook outlook(const Runs& runs, const Tallying& tallying, bool every_year);
/// Columns scenario, state_a, state_b, year, what, probability, error. `what` is race (by that
/// year), dispute next year, dispute (in that year) or dispute by then.
TidyTable outlook_table(const Runs& runs, const Outlook& outlook);

}  // namespace tenbin
