// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
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

enum class LeverKind {
  plan,
  pressure,
  cap,
  growth,
  commitment,
  hostility,
  reach,
  efficiency,
  weight,
  response,
  path
};
enum class PlanMode { at_least, exactly, at_most };
/// Reactions that a response lever can set.
enum class Reaction { rival_response, ally_response, threat_slope, support_slope };
inline constexpr std::array<std::string_view, 4> reaction_names{"rival_response", "ally_response",
                                                                "threat_slope", "support_slope"};
inline constexpr StateIndex all_states = -1;

/// A number in one year.
struct YearValue {
  int year = 0;
  Value value;

  bool operator==(const YearValue&) const = default;
};

/// One change in a scenario. Which members count depends on the kind; lever_table says which.
struct Lever {
  LeverKind kind = LeverKind::plan;
  StateIndex state = 0;  // commitment: the protector; hostility: one of the dyad; pressure: who
                         // presses; response: all_states or one
  StateIndex other = 0;  // commitment: the protected; hostility: the other
  int from = 0;          // first year of effect
  int by = 0;            // plan, pressure: year of the target
  Value value;           // in the unit that lever_table says; path: in `path`
  Value adherence{1, 0, 0, 1.5};  // plan, pressure
  PlanMode as = PlanMode::at_least;
  std::string why;
  std::vector<StateIndex> states;  // pressure: on whom
  Reaction reaction = Reaction::rival_response;
  std::vector<YearValue> path;  // M USD of the panel's prices, by year
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
  std::int64_t futures = 4000;
  std::uint64_t seed = 20261122;
  StateIndex focus = 0;
  bool announced_plans = true;  // whether plans.csv acts
  bool disputes = true;         // whether futures draw them, where the panel has a model of them
  std::vector<Bloc> blocs;
  std::vector<Lever> levers;

  int years() const { return end - start + 1; }  // start included
};

}  // namespace tenbin
