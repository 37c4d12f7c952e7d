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

/// How far a member's stock counts in a balance.
enum class BalanceCut {
  whole,             // all of it, at market prices
  by_treaty,         // as far as it is bound to defend a member of its bloc; who is bound to nobody
                     // there counts whole
  in_region,         // a share, if no member of the other bloc lies in its region
  purchasing_power,  // all of it, at military price levels of the start
};
inline constexpr std::array<std::string_view, 4> balance_cut_names{
    "whole", "by treaty", "in the region", "purchasing power"};
inline constexpr std::array<std::string_view, 4> balance_cut_words{
    "all spending, market prices", "weighted by treaty", "weighted by region",
    "all spending, purchasing power"};
inline constexpr double share_in_region = 0.3;  // an assumption
/// The cuts that the panel's tables and ties allow for two blocs.
std::vector<BalanceCut> balance_cuts(const Panel& panel, int year, const Bloc& first,
                                     const Bloc& second);

/// How much of each bloc's stock bears on the other, year by year: the stock of a member counts
/// with its reach weight, averaged over the members of the other bloc, and with its weight lever.
struct BalanceYear {
  int year;
  Band first, second;  // M USD
  Band ratio;          // first over second
  Chance first_ahead;
};
struct BalanceQuestion {
  int start = 0, end = 0;
  std::size_t at = 0;
};
/// `run` must be a run of `schedule`. Members without a place in states.csv reach nobody; those
/// without figures at the start are left out.
BalanceQuestion ask_balance(std::vector<Measure>& measures, const Panel& panel,
                            const Schedule& schedule, int run, const Bloc& first,
                            const Bloc& second, BalanceCut cut = BalanceCut::whole);
std::vector<BalanceYear> read_balance(const Tally& tally, const BalanceQuestion& question);

/// Part of a bloc's stock that bears on another in one future of a block; see BalanceYear.
class BlocStock {
 public:
  BlocStock(const Panel& panel, const Schedule& schedule, const Bloc& of, const Bloc& on,
            BalanceCut cut = BalanceCut::whole);
  /// M USD.
  double operator()(const Ensemble& e, int year, int future) const;

 private:
  double weight(std::size_t member, int year, std::int64_t future) const;
  double promised(std::size_t member, int year, std::int64_t future) const;

  const Schedule* schedule_;
  std::vector<double> counts_;                    // [member]: a factor that does not change
  std::vector<std::vector<std::size_t>> covers_;  // [member]: links of what it gives its bloc
  std::vector<StateIndex> members_;
  std::vector<std::vector<double>> distance_;  // [member][state of the other bloc], km
};

}  // namespace tenbin
