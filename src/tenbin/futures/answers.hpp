// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tenbin/futures/stages.hpp"
#include "tenbin/futures/tally.hpp"

/// Answers from futures. Each is asked first (measures are added to a list), then read from the
/// tally of that list.

namespace tenbin {

/// One number of a future of a block.
using OutcomeReader = std::function<double(const Ensemble&, int future)>;

enum class Quantity { milex, burden };  // M USD; share of GDP
inline double unit_of(Quantity q) { return q == Quantity::milex ? milex_unit : share_unit; }
/// A row of a block.
inline std::span<const double> row(const Ensemble& e, Quantity q, int year, int state) {
  return q == Quantity::milex ? e.milex(year, state) : e.burden(year, state);
}

/// Where the parts of an answer for every year and state lie in a tally.
struct Place {
  std::size_t at = 0;
  int start = 0, end = 0, states = 0;

  std::size_t of(int year, int state) const {
    return at + static_cast<std::size_t>(year - start) * states + state;
  }
  std::size_t size() const { return static_cast<std::size_t>(end - start + 1) * states; }
};

/// [year][state] bands of a run.
struct Fan {
  int start = 0, states = 0;
  std::vector<Band> bands;
  const Band& at(int year, int state) const {
    return bands[static_cast<std::size_t>(year - start) * states + state];
  }
};
Place ask_fan(std::vector<Measure>& measures, const Schedule& schedule, int run, Quantity quantity,
              bool quantiles = true);
Fan read_fan(const Tally& tally, const Place& place);

/// Paired difference of two runs, future by future.
struct Difference {
  Band band;
  Chance positive, negative;  // of a difference above and below 0, however small
  double error = 0;           // Monte Carlo error of the mean
};
struct Comparison {
  int start = 0, states = 0;
  std::vector<Difference> differences;  // [year][state]
  const Difference& at(int year, int state) const {
    return differences[static_cast<std::size_t>(year - start) * states + state];
  }
};
/// `changed` minus `base`, both places among the runs.
Place ask_comparison(std::vector<Measure>& measures, const Schedule& schedule, int base,
                     int changed, Quantity quantity);
/// The same where the fans of both runs are asked for with their quantiles.
Place ask_comparison(std::vector<Measure>& measures, const Schedule& schedule, int base,
                     int changed, Quantity quantity, const std::array<Place, 2>& fans);
Comparison read_comparison(const Tally& tally, const Place& place);

/// The probability that a state's quantity is at least `limit` in a year.
std::size_t ask_at_least(std::vector<Measure>& measures, int run, Quantity quantity, int state,
                         int year, double limit);

/// How 10 % more milex of one state for good changes the others' milex, as a part (0.01: 1 % more).
struct Response {
  StateIndex of, to;  // whose milex changes; who raises its own
  int years;          // after the start
  Band change;
  Chance positive, negative;
};
inline constexpr double raised = 1.10;
inline constexpr std::array<int, 3> response_years{1, 5, 10};
/// Runs and measures of the whole table, behind the baseline that `runs` holds: for each state that
/// is projected, one run.
struct ResponseTable {
  struct Row {
    StateIndex of, to;
    int years;
    std::size_t at;
  };
  std::vector<Row> rows;
};
ResponseTable ask_responses(std::vector<Run>& runs, std::vector<Measure>& measures);
std::vector<Response> read_responses(const Tally& tally, const ResponseTable& table);

/// How far the outcome of each of several runs lies behind the best one's, future by future.
struct Regret {
  Band behind;  // >= 0, in the outcome's unit
  Chance best;  // of being the best (ties count for all)
};
/// One number of a future of one run.
struct RunOutcome {
  int run;
  OutcomeReader read;
};
/// Places: for each run its regret, then whether it is the best.
std::size_t ask_regret(std::vector<Measure>& measures, const std::vector<RunOutcome>& runs,
                       bool more_is_better, double unit);
Regret read_regret(const Tally& tally, std::size_t at, std::size_t which);

}  // namespace tenbin
