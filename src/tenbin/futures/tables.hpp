// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/futures/answers.hpp"
#include "tenbin/model/past.hpp"

/// Tables of a panel in one year, and of an ensemble against targets.

namespace tenbin {

/// Whom a state's missiles reach, capital to capital.
struct Reaching {
  StateIndex from, to;
  double distance_km;
  int since;           // first year in which a system in the file reaches
  std::string system;  // that system
};
/// Every ordered pair (with hostility in the past's year, or all of them) in which `from` reaches
/// `to`, by from, then distance.
std::vector<Reaching> reach_table(const Past& past, bool all = false);

/// An announced target by the panel's measure, and what the futures say of it.
struct TargetOutlook {
  StateIndex state;
  double announced,
      target;  // share of GDP: in the announcer's definition, and by the panel's measure
  int announced_in, by;
  std::string definition, status, source;
  double now;        // burden in the start year
  double gap;        // (target - now) times GDP in the start year, M USD; below 0: met
  Chance in_time;    // of a burden at or above the target in `by`; p is NaN: `by` is no future year
  Chance ever;       // of one in any year from the start on
  int year_reached;  // first year with probability >= 1/2; 0: not by the end
  Chance in_that_year;
  PledgeKind kind = PledgeKind::government_plan;
  bool by_kind = false;  // kept as promises of its kind are
};
/// Whether a burden meets a target, within the two per cent that definitions blur.
inline bool meets(double burden, double target) { return burden >= 0.98 * target; }

/// Targets that were known at the start, and where their chances lie in a tally.
struct TargetQuestion {
  struct Row {
    PlanRow plan;                    // of plans.csv, or a promise in force
    std::vector<std::size_t> years;  // chance of each year from the start on
    std::size_t ever;
  };
  std::vector<Row> rows;
  int start = 0, end = 0;
};
TargetQuestion ask_targets(std::vector<Measure>& measures, const Panel& panel,
                           const Schedule& schedule, int run);
std::vector<TargetOutlook> read_targets(const Tally& tally, const TargetQuestion& question,
                                        const Panel& panel);

}  // namespace tenbin
