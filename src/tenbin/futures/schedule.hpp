// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "tenbin/core/scenario.hpp"
#include "tenbin/model/past.hpp"
#include "tenbin/model/world.hpp"

namespace tenbin {

/// A number that is drawn once a future, under a key of its own.
struct KeyedValue {
  Value value;
  std::uint32_t key = 0;
  int which = 0;  // number within the key

  bool operator==(const KeyedValue&) const = default;
};

/// A plan that may move milex in from .. by, where no later one does.
struct ScheduledPlan {
  StateIndex state = 0;
  int from = 0, by = 0;
  int target = 0, adherence = 0;  // places in Schedule::values: share of GDP by the panel's
                                  // measure, or M USD; 0 - 1.5
  bool in_money = false;
  double lateness = 1;  // of its way
  PlanMode as = PlanMode::at_least;
};

/// A lever's plan that bounds what would act without it, year by year from the schedule's first.
struct ScheduledBound {
  int plan = 0;                        // place in Schedule::plans
  std::vector<PlanYear> years, ended;  // [year - first]: as it acts; where it ended the year before
};

/// A link whose value a lever gives from a year on.
struct SetLink {
  int from = 0;
  int until = 0;                   // last year
  std::vector<std::size_t> links;  // in the topology's threats or covers
  int value = 0;                   // place in Schedule::values
};

/// Troops of a guest in a host, set by a lever.
struct SetTroops {
  StateIndex host = 0;
  int from = 0, until = 0;  // years
  double others = 0;        // of other guests there
  int value = 0;            // place in Schedule::values
};

/// An aggression that a lever brings.
struct SetWar {
  int from = 0, until = 0;          // years in which its nearness is felt
  int value = 0;                    // place in Schedule::values: of an aggression like those fitted
  std::vector<double> nearness;     // by state, 0-1
  std::array<StateIndex, 2> own{};  // states that are at war
};

/// A pair of states whose disputes would be a danger, as it stands at the start.
struct DangerLink {
  StateIndex a = 0, b = 0;
  double log_odds = 0;  // of a fatal dispute in a year, without hostility and ties
  bool border = false;
  int threats[2]{-1, -1}, covers[2]{-1, -1};  // links both ways; -1: none
};

/// The promises of pledges.csv that bind states after `start`, as plans that are kept by their
/// kind. None if the panel does not know how promises are kept. A promise is left out if plans.csv
/// has a plan of its state in force, or if another promise of the state is as large, as soon and as
/// firm.
std::vector<PlanRow> promises_in_force(const Panel& panel, int start);

/// What a scenario does to a panel, year by year, before any posterior draw: everything that all
/// futures share.
struct Schedule {
  int first = 0;  // year from which states are stepped: `start`, or up to three years before it
  int start = 0, end = 0;  // last observed year used; last projected year
  std::uint64_t seed = 0;
  Topology topology;                    // pairs of the panel's spells and of the levers
  std::vector<std::string> ids;         // of states
  std::vector<std::string> regions;     // of states; empty: not known
  std::vector<std::uint32_t> keys;      // of states, in random keys
  std::vector<Law> law;                 // by state
  std::vector<int> own_last;            // by state: last year whose figures are used
  std::vector<Relations<double>> base;  // [year - first], before levers
  std::vector<char> changes;            // [year - first]: relations differ from the year before's
  std::vector<double> expected_growth;  // [year - first][state]; NaN: by the economy equation
  std::vector<Wedge> wedge;             // by state, between that and the panel's growth of GDP
  std::vector<double> share_keeping;    // by state: part of the futures in which it keeps its share
  std::vector<double> log_milex, log_gdp, stock,
      unrest;  // [year - first + 1][state], observed, from first-1 to start; NaN: unknown
  std::vector<LastingGrowth<double>> lasting;  // the same; of weight 0: unknown
  double world_growth = typical_growth;        // lasting, in `first`
  std::vector<double> income;          // by state: log of GDP a head relative to the United States
  std::vector<KeyedValue> values;      // every number of a lever or plan
  std::vector<ScheduledPlan> plans;    // of `acting` the last wins
  std::vector<ScheduledBound> bounds;  // in order of states and lines
  std::vector<Acting> acting;          // [year - first][state]
  std::vector<SetLink> hostility, cover;  // in order of precedence, last wins
  std::vector<SetTroops> troops_set;      // the same
  std::vector<SetWar> wars_set;
  std::vector<double> troops;         // [year - first + presence_years + 1][state]; NaN: not known
  std::vector<double> war, exposure;  // [year - first][state], by the panel's wars
  std::vector<DangerLink> dangers;    // empty: the panel has no model of them
  double danger_of_rivals = 0, danger_of_allies = 0;  // slopes of the log odds
  std::vector<double> outside;      // by state: log(1 - danger of states outside the panel)
  std::vector<double> mean_danger;  // by state, percentage points
  std::vector<Dyad> dyads;          // whose disputes can be drawn; empty: none
  bool disputes = false;            // whether they are
  std::shared_ptr<const DisputeModel> dispute_model;  // where there are dyads
  double share_of_world = 1;                          // part of the world's stock that is here
  std::vector<Lever> levers;                          // of the scenario, announced plans first
  std::vector<std::string> notes;

  int states() const { return topology.states; }
  /// The dyads whose disputes are drawn.
  std::span<const Dyad> drawn() const {
    return disputes ? std::span<const Dyad>(dyads) : std::span<const Dyad>();
  }
  std::size_t at(int year, StateIndex i) const {
    return static_cast<std::size_t>(year - first) * states() + i;
  }
  std::size_t troops_at(int year, StateIndex i) const {
    return static_cast<std::size_t>(year - first + presence_years + 1) * states() + i;
  }
  std::size_t observed_at(int year, StateIndex i) const {
    return static_cast<std::size_t>(year - first + 1) * states() + i;
  }
  const Acting& acts(int year, StateIndex i) const { return acting[at(year, i)]; }
};

/// Compiles a scenario on what was known at its start.
Schedule schedule(const Past& past, const Scenario& scenario);

/// Scenarios of one past, start, end and seed, compiled, so that their futures are pairs.
struct Compiled {
  std::shared_ptr<const Past> past;  // of the panel as it was known at their start
  std::vector<Scenario> scenarios;   // the first is the baseline
  std::vector<Schedule> schedules;   // one a scenario

  const Panel& panel() const { return past->panel(); }
};
Compiled compile(std::shared_ptr<const Past> past, std::vector<Scenario> scenarios);

/// Probabilities are kept off 0 and 1, so that a range far from the mean gives its nearer end.
inline constexpr double least_tail = 1e-300, most_tail = 1 - 0x1p-53;

/// The number that value `v` of a schedule takes in a future: a normal cut to its range, by inverse
/// CDF.
double value_of(const Schedule& schedule, int v, std::int64_t future);

/// States on which two schedules of one panel lay different hands: those whose own milex, GDP,
/// stock, reactions, hostility or cover a lever or plan sets in one of them and not in the other.
/// By state.
std::vector<char> changed_states(const Schedule& a, const Schedule& b);

}  // namespace tenbin
