// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "tenbin/futures/answers.hpp"

/// How much of one bloc's accumulated spending bears on another's.

namespace tenbin {

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
