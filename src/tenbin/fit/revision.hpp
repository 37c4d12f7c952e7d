// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"
#include "tenbin/futures/races.hpp"

/// Two releases of a panel: what changed in the figures, and which conclusions moved with them.

namespace tenbin {

/// How many of the later panel's dollars one of the earlier panel's is. Constant dollars of another
/// year differ by a factor a state: its prices and its exchange rate between the two years. It is
/// the ratio of later to earlier on which most years agree, years near the earlier price year
/// counting more, because price indices of long ago are revised too and those are revisions. A
/// revision of all years of a state in proportion cannot be told from a change of the price year.
struct CommonMoney {
  std::vector<double> factor;  // by state of the earlier panel; NaN: it is not in the later one
  bool same = true;            // both are of one price year: all factors are 1
  std::vector<StateIndex> by_others;  // without a year in common: the median state's factor
};
CommonMoney common_money(const Panel& before, const Panel& after);

/// A figure that is not the same in both, the earlier in the later's money.
struct Revision {
  enum class What { milex, burden, kind };
  std::string state;
  int year = 0;
  What what = What::milex;
  double before = missing, after = missing;
  MilexKind kind_before = MilexKind::none, kind_after = MilexKind::none;

  double change() const { return after / before - 1; }
};

/// A number three ways: the earlier release, the later one up to the earlier one's last year,
/// and the later one.
struct Moved {
  double before = missing, revised = missing, after = missing;
};

/// What changed in one state's figures.
struct StateRevision {
  std::string state;
  int in_both = 0;                      // years
  std::vector<int> added, gone;         // years with milex in one panel only
  int milex = 0, burden = 0, kind = 0;  // revised years
  Revision largest;                     // of milex, by size; year 0 where none was revised
  int last = 0;                         // the last year in both
  Moved last_milex, last_burden;        // of that year; `revised` is not used
};

/// Rows of another table that stand in one panel only, as text.
struct TableRevision {
  std::string table;
  std::vector<std::string> added, gone;
};

struct FigureRevisions {
  std::vector<std::string> states_added, states_gone;
  std::vector<StateRevision> states;  // with a change, in the order of ids
  std::vector<Revision> all;          // by state and year
  int compared = 0;                   // years of states with milex in both
  std::vector<TableRevision> tables;  // with a change
};
/// `tolerance`: relative; a smaller difference is none.
FigureRevisions compare_figures(const Panel& before, const Panel& after, const CommonMoney& money,
                                double tolerance);

/// The median of a state's milex or burden in a year of the baseline, and what the new year
/// brought.
struct MovedMedian {
  std::string state;
  Moved milex, burden;  // milex in the later panel's money
  // Monte Carlo errors of a difference of two of these medians, relative: of the futures and of the
  // fits' draws
  double milex_error = missing, burden_error = missing;
  // the later panel's last year: the median that the revised figures of the year before foretold,
  // and what came; missing where the panels end in one year
  double foretold = missing, came = missing;
};

/// A parameter of the spending equation.
struct MovedParameter {
  const ParameterSpec* spec = nullptr;
  Moved mean, sd, above_0;
  double error = missing;  // Monte Carlo error of a mean
};

/// A race by the rule that one side has and another has not.
struct MovedRace {
  std::string a, b;
  int start = 0, end = 0;
  enum class Because { revision, new_years } because = Because::new_years;
  bool gone = false;        // else it came
  double chance = missing;  // that underlying growth was above the rule's, given the noise, in
                            // the side that has it
  double chance_other = missing;  // and with the other side's figures
};

struct Conclusions {
  int year = 0;  // of the medians
  int last_before = 0, last_after = 0;
  std::vector<MovedMedian> medians;
  std::vector<MovedParameter> parameters;
  int races_before = 0, races_after = 0;
  std::vector<MovedRace> races;  // that came or went
};

struct ConclusionOptions {
  FitOptions before, revised, after;  // of the three fits
  int year = 0;                       // of the medians; 0: five years after the later panel's end
  std::int64_t futures = 8000;
};

/// Fits and projects all three. `money`: as common_money() gives it. If `go_on` says no, the
/// result is of no use.
Conclusions compare_conclusions(const Panel& before, const Panel& after, const CommonMoney& money,
                                const ConclusionOptions& options, const Execution& execution,
                                const std::function<bool(double)>& go_on = {});

/// Races that came or went, and what by.
std::vector<MovedRace> compare_races(const Panel& before, const Panel& revised, const Panel& after,
                                     const RaceRule& rule = {});

}  // namespace tenbin
