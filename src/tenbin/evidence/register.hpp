// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tenbin/core/register.hpp"
#include "tenbin/futures/risk.hpp"
#include "tenbin/futures/tally.hpp"

/// Forecasts of futures as entries of a register: docs/register.md.

namespace tenbin {

/// The last year that a register of a panel speaks of: five years after its figures, or the last
/// year of a promise that is due within fifteen.
int register_end(const Panel& panel, int start);

/// What announced plans say of a state's share of GDP in a year after `start`: from the share of
/// `start` to the promised one in equal steps of the log by its year, then level; the highest of
/// the plans and promises in force. NaN where none is above the share of `start`.
double planned_share(const Panel& panel, StateIndex i, int start, int year);
/// The same of spending in the panel's money: the planned share of a GDP that grows as growth.csv
/// expects. NaN without one of them.
double planned_spending(const Panel& panel, StateIndex i, int start, int year);

/// What the entries of one schedule ask of its futures, and where it lies in their tally.
struct RegisterQuestion {
  struct Figure {
    Registered what;
    StateIndex state;
    int year;
    std::size_t at;
  };
  struct Incident {
    StateIndex a, b;
    int span;
    std::size_t any, force, death;
  };
  struct Promise {
    PlanRow plan;
    double share;  // by the panel's measure, to four digits: what is registered
    std::size_t at;
  };
  std::vector<Figure> figures;
  std::vector<Incident> incidents;
  std::vector<Promise> promises;
  RaceQuestion races;
};
/// Spending and shares of states whose figures of the start are observed.
RegisterQuestion ask_figures(std::vector<Measure>& measures, const Past& past,
                             const Schedule& schedule);
/// The same, and incidents, races and promises.
RegisterQuestion ask_baseline(std::vector<Measure>& measures, const Past& past,
                              const Schedule& schedule);

/// What all entries of a register share.
struct RegisterMaker {
  std::string made_by;   // program and version
  std::string settings;  // what decides the bits
};

/// Pairs are registered if at least this chance of an incident of any kind within five years is
/// given.
inline constexpr double least_incident = 0.1;
/// A scenario's forecast is registered if its median differs by at least this part from the
/// baseline's.
inline constexpr double least_difference = 0.002;

/// Entries of the baseline: spending, shares, incidents, races, promises.
std::vector<RegisterEntry> baseline_entries(const Tally& tally, const RegisterQuestion& question,
                                            const Past& past, const RegisterMaker& maker);

/// Entries of a scenario's spending and shares, each with its condition, where they differ from
/// those of the baseline. None if a lever of the scenario can be decided by no table:
/// undecided_lever() names it.
std::vector<RegisterEntry> scenario_entries(const Tally& tally, const RegisterQuestion& question,
                                            const Past& past, const Scenario& scenario,
                                            const std::vector<RegisterEntry>& baseline,
                                            const RegisterMaker& maker);

}  // namespace tenbin
