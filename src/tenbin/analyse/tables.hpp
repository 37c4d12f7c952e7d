// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/ensemble.hpp"
#include "tenbin/core/panel.hpp"

/// Tables of a panel in one year, and of an ensemble against targets.

namespace tenbin {

/// One rival of a state: how much of the threat it feels comes from there.
struct ThreatShare {
  StateIndex state, rival;
  double hostility;     // 0-1
  double reach_weight;  // 0-1
  double share;         // part of the state's threat, 0-1
};
/// Every pair with hostility in `year`, by state, largest share first.
std::vector<ThreatShare> threat_shares(const Panel& panel, int year);

/// Whom a state's missiles reach, capital to capital.
struct Reaching {
  StateIndex from, to;
  double distance_km;
  int since;           // first year in which a system in the file reaches
  std::string system;  // that system
};
/// Every ordered pair with hostility in `year` in which `from` reaches `to`, by from, then
/// distance.
std::vector<Reaching> reach_table(const Panel& panel, int year);

/// An announced target by the panel's measure, and what the futures say of it.
struct TargetOutlook {
  StateIndex state;
  double announced,
      target;  // share of GDP: in the announcer's definition, and by the panel's measure
  int announced_in, by;
  std::string definition, status, source;
  double now;          // burden in the start year
  double gap;          // (target - now) times GDP in the start year, M USD; below 0: met
  double probability;  // of a burden at or above the target in `by`; NaN: `by` is not in the future
  int year_reached;    // first year with probability >= 1/2; 0: not by the end
};
/// Whether a burden meets a target, within the two per cent that definitions blur.
inline bool meets(double burden, double target) { return burden >= 0.98 * target; }
std::vector<TargetOutlook> target_outlook(const Panel& panel, const Ensemble& ensemble);

}  // namespace tenbin
