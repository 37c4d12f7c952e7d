// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/scenario.hpp"
#include "tenbin/model/world.hpp"

namespace tenbin {

/// A plan that may move milex in from .. by, where no later one does.
struct ScheduledPlan {
  StateIndex state = 0;
  int from = 0, by = 0;
  Value burden, adherence;  // share of GDP by the panel's measure; 0 - 1.5
  PlanMode as = PlanMode::at_least;
  std::uint32_t key = 0;  // under which its values are drawn
};

/// What a scenario does to a panel, year by year, before any posterior draw: everything that all
/// futures share.
struct Schedule {
  int first = 0;  // year from which states are stepped: `start`, or up to three years before it
  int start = 0, end = 0;  // last observed year used; last projected year
  std::uint64_t seed = 0;
  Topology topology;                    // pairs of the panel's spells and of the levers
  std::vector<std::string> ids;         // of states
  std::vector<std::uint32_t> keys;      // of states, in random keys
  std::vector<Law> law;                 // by state
  std::vector<int> own_last;            // by state: last year whose figures are used
  std::vector<Relations<double>> base;  // [year - first], before levers
  std::vector<double> expected_growth;  // [year - first][state]; NaN: the state's own trend
  std::vector<double> log_milex, log_gdp,
      stock;  // [year - first + 1][state], observed, from first-1 to start; NaN: unknown
  std::vector<ScheduledPlan> plans;  // in order of precedence, last wins
  std::vector<Lever> levers;         // all but plans, in order of precedence
  std::vector<std::uint32_t> lever_keys;
  std::vector<std::string> notes;

  int states() const { return topology.states; }
  std::size_t at(int year, StateIndex i) const {
    return static_cast<std::size_t>(year - first) * states() + i;
  }
  std::size_t observed_at(int year, StateIndex i) const {
    return static_cast<std::size_t>(year - first + 1) * states() + i;
  }
  /// Number of the plan that moves state i in `year`, or -1.
  int plan_in_force(StateIndex i, int year) const;
  /// Year before the one from which plan k, in force in `year`, has been without a break: its way
  /// is measured from there.
  int way_begins(int k, int year) const;
};

/// Compiles a scenario. The panel is used up to the scenario's start only (plans and expected
/// growth excepted).
Schedule schedule(const Panel& panel, const Scenario& scenario);

}  // namespace tenbin
