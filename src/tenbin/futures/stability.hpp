// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/futures/distribution.hpp"
#include "tenbin/futures/linear.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/parallel/execution.hpp"

/// Does the system of answers die out? docs/model.md section 9 (Stability).

namespace tenbin {

inline constexpr int gain_years = 10;

/// One posterior draw's system of states: its world at a scenario's start, its reactions and
/// relations as the scenario's levers have them in its last year.
struct System {
  Topology topology;
  std::vector<double> threat_weight, cover_weight;  // by link
  std::vector<StateParameters<double>> own;
  std::vector<Law> law;
  std::vector<double> log_milex, milex_growth, log_gdp, stock, stock_before;  // by state
  std::vector<double> growth;  // [years after the start - 1][state], expected: of GDP, or of milex
                               // for a state without burden
  std::vector<ExpectedGrowth<double>> expected;  // by state, for the start
};
System system_of(const Schedule& schedule, const Draws& spending, const Draws& economy,
                 std::uint32_t future);

/// The derivative of next year's (m, dm, log K) of the states with an equation by this year's,
/// state by state, without limits: GDP and the other states stand still, and last year's stock is
/// that which leads to this year's.
Matrix linear_map(const System& system);

/// Total milex after gain_years without shocks, over that in which nobody answers a change: threat
/// and cover stay as they are felt at the start, and no rise is answered.
double loop_gain(const System& system);

/// A reaction, or a pair's hostility or cover, of which a part is left.
struct Weakened {
  enum class What { nothing, rivals, allies, threat, support, hostility, cover };
  What what = What::nothing;
  StateIndex a = -1, b = -1;  // of hostility: the dyad; of cover: protector, protected
  double left = 1;
};
System weakened(System system, const Weakened& by);
/// The same without any reaction.
System alone(System system);

/// States with an equation: the map has three rows for each, and the work grows with their cube.
int states_judged(const std::vector<Law>& law);
/// Up to so many a thousand draws take seconds, and a cure is sought among pairs too.
inline constexpr int most_states_in_short = 60;

struct StabilityOptions {
  int draws = 1000;           // spread over the posterior
  int draws_in_search = 100;  // for the dominant dyad and the smallest change
};
struct Stability {
  int draws = 0;
  Band radius;            // of the linear map
  Band radius_alone;      // of the same without reactions: habit and momentum
  Band difference;        // what the reactions add
  Chance unstable;        // that the radius is above 1
  Chance unstable_alone;  // the same without reactions: its base rate
  Band gain;              // loop_gain()
  Weakened dominant;  // the hostility or cover that lowers the mean gain most when it is set to 0
  double gain_less = 0;      // by how much
  bool cure_sought = false;  // where more than half of the draws of the search are unstable
  Weakened cure;  // the smallest change after which no more than half of the draws are unstable;
                  // nothing: none is needed, or none does it
};
/// If stopped (`go_on` says no) the result is of no use.
Stability stability(const Schedule& schedule, const Draws& spending, const Draws& economy,
                    const StabilityOptions& options, const Execution& execution,
                    const std::function<bool(double)>& go_on = {});

}  // namespace tenbin
