// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// A number that a lever carries: fixed (sd 0) or a normal cut to [low, high], drawn once a future.
struct Value {
  double mean = 0;  // before cutting
  double sd = 0;    // before cutting
  double low = 0, high = 0;

  bool operator==(const Value&) const = default;
};

enum class LeverKind { plan, cap, growth, commitment, hostility, reach };
enum class PlanMode { at_least, exactly, at_most };

/// One change in a scenario. Which members count depends on the kind; lever_table says which.
struct Lever {
  LeverKind kind = LeverKind::plan;
  StateIndex state = 0;  // commitment: the protector; hostility: one of the dyad
  StateIndex other = 0;  // commitment: the protected; hostility: the other
  int from = 0;          // first year of effect
  int by = 0;            // plan: year of the target
  Value value;  // plan, cap: share of GDP; growth: per year; commitment, hostility: 0-1; reach: km
  Value adherence{1, 0, 0, 1.5};  // plan
  PlanMode as = PlanMode::at_least;
  std::string why;
  int line = 0;  // of the scenario file; 0: a row of plans.csv
};

struct Bloc {
  std::string name;
  std::vector<StateIndex> members;
};

/// A validated scenario on a panel.
struct Scenario {
  std::string id;    // name of its file without folder and ending
  std::string name;  // one line for a reader
  std::string about;
  std::string panel_folder;  // as found from the scenario's file
  int start = 0;             // last observed year used
  int end = 0;               // last projected year
  int futures = 4000;
  std::uint64_t seed = 20261122;
  StateIndex focus = 0;
  bool announced_plans = true;  // whether plans.csv acts
  std::vector<Bloc> blocs;
  std::vector<Lever> levers;

  int years() const { return end - start + 1; }  // start included
};

}  // namespace tenbin
