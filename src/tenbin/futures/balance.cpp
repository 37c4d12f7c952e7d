// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/balance.hpp"

#include <algorithm>

namespace tenbin {
namespace {

bool holds(const Bloc& bloc, StateIndex i) {
  return std::find(bloc.members.begin(), bloc.members.end(), i) != bloc.members.end();
}

/// Whether a state lies in the region of some member of a bloc; where a region is not known it is
/// taken as so.
bool in_region_of(const Panel& panel, StateIndex i, const Bloc& bloc) {
  const std::string& region = panel.states[i].region;
  return region.empty() || std::any_of(bloc.members.begin(), bloc.members.end(), [&](StateIndex j) {
           return panel.states[j].region.empty() || panel.states[j].region == region;
         });
}

}  // namespace

std::vector<BalanceCut> balance_cuts(const Panel& panel, int year, const Bloc& first,
                                     const Bloc& second) {
  std::vector<BalanceCut> cuts{BalanceCut::whole};
  const auto of_either = [&](auto&& is_so) {
    return std::any_of(first.members.begin(), first.members.end(),
                       [&](StateIndex i) { return is_so(i, first, second); }) ||
           std::any_of(second.members.begin(), second.members.end(),
                       [&](StateIndex i) { return is_so(i, second, first); });
  };
  if (of_either([&](StateIndex i, const Bloc& own, const Bloc&) {
        return std::any_of(panel.ties.begin(), panel.ties.end(), [&](const Spell& tie) {
          return tie.a == i && tie.holds(year) && holds(own, tie.b);
        });
      }))
    cuts.push_back(BalanceCut::by_treaty);
  if (of_either([&](StateIndex i, const Bloc&, const Bloc& other) {
        return !in_region_of(panel, i, other);
      }))
    cuts.push_back(BalanceCut::in_region);
  if (!of_either([&](StateIndex i, const Bloc&, const Bloc&) {
        return !known(military_price(panel, i, year));
      }))
    cuts.push_back(BalanceCut::purchasing_power);
  return cuts;
}

BlocStock::BlocStock(const Panel& panel, const Schedule& schedule, const Bloc& of, const Bloc& on,
                     BalanceCut cut)
    : schedule_(&schedule) {
  // what nobody knows of a member since years is not its old stock, to the dollar
  for (const StateIndex j : of.members)
    if (schedule.law[j] != Law::idle) members_.push_back(j);
  for (const StateIndex j : members_) {
    std::vector<Link> links;
    for (const StateIndex i : on.members) links.push_back({i, j});
    distance_.push_back(distances(panel, links));
    counts_.push_back(
        cut == BalanceCut::purchasing_power ? 1 / military_price(panel, j, schedule.start)
        : cut == BalanceCut::in_region && !in_region_of(panel, j, on) ? share_in_region
                                                                      : 1);
    std::vector<std::size_t>& covers = covers_.emplace_back();
    for (std::size_t k = 0; k < schedule.topology.covers.size() && cut == BalanceCut::by_treaty;
         ++k)
      if (schedule.topology.covers[k].j == j && holds(of, schedule.topology.covers[k].i))
        covers.push_back(k);
  }
}

/// The strongest promise that a member has given another, under levers; 1 where it gave none.
double BlocStock::promised(std::size_t member, int year, std::int64_t future) const {
  double strongest = covers_[member].empty() ? 1 : 0;
  for (const std::size_t k : covers_[member]) {
    double strength = schedule_->base[year - schedule_->first].cover[k];
    for (const SetLink& set : schedule_->cover)
      if (set.from <= year && year <= set.until &&
          std::find(set.links.begin(), set.links.end(), k) != set.links.end())
        strength = value_of(*schedule_, set.value, future);
    strongest = std::max(strongest, strength);
  }
  return strongest;
}

double BlocStock::weight(std::size_t member, int year, std::int64_t future) const {
  const StateIndex j = members_[member];
  const Acting& acting = schedule_->acts(year, j);
  const double reach = acting.reach >= 0 ? value_of(*schedule_, acting.reach, future)
                                         : schedule_->base[year - schedule_->first].reach[j];
  const double factor = acting.weight >= 0 ? value_of(*schedule_, acting.weight, future) : 1.0;
  double total = 0;
  for (const double d : distance_[member])
    if (known(d)) total += reach_weight(schedule_->topology.stock_rule, d, reach);
  return factor * counts_[member] * promised(member, year, future) * total /
         static_cast<double>(distance_[member].size());
}

double BlocStock::operator()(const Ensemble& e, int year, int future) const {
  double total = 0;
  for (std::size_t m = 0; m < members_.size(); ++m)
    total += weight(m, year, e.first + future) *
             e.stock(year, members_[m])[static_cast<std::size_t>(future)];
  return total;
}

BalanceQuestion ask_balance(std::vector<Measure>& measures, const Panel& panel,
                            const Schedule& schedule, int run, const Bloc& first,
                            const Bloc& second, BalanceCut cut) {
  const BalanceQuestion q{schedule.start, schedule.end, measures.size()};
  const BlocStock one(panel, schedule, first, second, cut),
      two(panel, schedule, second, first, cut);
  const auto ask = [&](int year, auto what, double unit, bool quantiles) {
    measures.push_back(
        {[=](std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
           for (std::size_t f = 0; f < room.size(); ++f) {
             const int k = static_cast<int>(f);
             room[f] = what(one(runs[run], year, k), two(runs[run], year, k));
           }
           return room;
         },
         unit, quantiles});
  };
  for (int year = q.start; year <= q.end; ++year) {
    ask(
        year, [](double a, double) { return a; }, milex_unit, true);
    ask(
        year, [](double, double b) { return b; }, milex_unit, true);
    ask(
        year, [](double a, double b) { return b > 0 ? a / b : missing; }, 0x1p-30, true);
    ask(
        year, [](double a, double b) { return a - b; }, milex_unit, false);
  }
  return q;
}

std::vector<BalanceYear> read_balance(const Tally& tally, const BalanceQuestion& q) {
  std::vector<BalanceYear> years;
  for (int year = q.start; year <= q.end; ++year) {
    const Distribution* d = &tally.parts[q.at + static_cast<std::size_t>(4 * (year - q.start))];
    years.push_back({year, d[0].band(), d[1].band(), d[2].band(), d[3].positive()});
  }
  return years;
}

}  // namespace tenbin
