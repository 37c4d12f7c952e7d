// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/stability.hpp"

#include <algorithm>
#include <atomic>

#include "tenbin/futures/futures.hpp"
#include "tenbin/num/dual.hpp"

namespace tenbin {
namespace {

template <class Real>
Relations<Real> relations_of(const System& s) {
  Relations<Real> r;
  r.threat_weight.assign(s.threat_weight.begin(), s.threat_weight.end());
  r.cover_weight.assign(s.cover_weight.begin(), s.cover_weight.end());
  return r;
}

/// A variable of the map, and what it moves.
enum Variable { milex, growth, stock, variables };

/// Weaker reactions of every state.
void weaken(System& s, double StateParameters<double>::*reaction, double left) {
  for (auto& own : s.own) own.*reaction *= left;
}

/// Draws among which the dominant dyad and the smallest change are sought.
struct Few {
  std::vector<System> systems;
  const Execution& execution;

  /// Mean of what `read` makes of each with something weakened; the same bits for any threads.
  template <class Read>
  double mean(const Weakened& by, Read&& read) const {
    std::vector<double> all(systems.size());
    for_each_block(execution, static_cast<int>(all.size()),
                   [&](int d, int) { all[d] = read(weakened(systems[d], by)); });
    double sum = 0;
    for (const double x : all) sum += x;
    return sum / static_cast<double>(all.size());
  }
  double gain(const Weakened& by) const { return mean(by, loop_gain); }
  /// Part of the draws whose map does not die out.
  double unstable(const Weakened& by) const {
    return mean(by, [](const System& s) { return spectral_radius(linear_map(s)) > 1 ? 1.0 : 0.0; });
  }
};

/// Hostilities of dyads and covers that weigh anything.
std::vector<Weakened> pairs_of(const System& s) {
  std::vector<Weakened> pairs;
  const auto add = [&](Weakened::What what, StateIndex a, StateIndex b) {
    for (const Weakened& w : pairs)
      if (w.what == what && w.a == a && w.b == b) return;
    pairs.push_back({.what = what, .a = a, .b = b});
  };
  for (std::size_t k = 0; k < s.threat_weight.size(); ++k) {
    const auto [i, j] = s.topology.threats[k];
    if (s.threat_weight[k] > 0) add(Weakened::What::hostility, std::min(i, j), std::max(i, j));
  }
  for (std::size_t k = 0; k < s.cover_weight.size(); ++k) {
    const auto [i, j] = s.topology.covers[k];
    if (s.cover_weight[k] > 0) add(Weakened::What::cover, j, i);
  }
  return pairs;
}

/// Spectral radius without reactions: each state stands alone, its block is the map of itself.
double radius_alone(const System& s) {
  const Matrix whole = linear_map(alone(s));
  double largest = 0;
  for (int at = 0; at < whole.n; at += variables) {
    Matrix block(variables);
    for (int i = 0; i < variables; ++i)
      for (int j = 0; j < variables; ++j) block(i, j) = whole(at + i, at + j);
    largest = std::max(largest, spectral_radius(block));
  }
  return largest;
}

/// The smallest single change that leaves at most half of the draws unstable.
Weakened smallest_cure(const Few& few, const std::function<bool()>& go_on) {
  const System& first = few.systems[0];
  std::vector<Weakened> candidates;
  if (states_judged(first.law) <= most_states_in_short) candidates = pairs_of(first);
  for (const auto what : {Weakened::What::rivals, Weakened::What::allies, Weakened::What::threat,
                          Weakened::What::support})
    candidates.push_back({.what = what});
  Weakened best{.left = 0};
  for (Weakened w : candidates) {
    // Only what leaves more than the best one so far is of interest.
    w.left = best.left;
    if (!go_on() || few.unstable(w) > 0.5) continue;
    double cures = best.left, fails = 1;
    for (int step = 0; step < 10 && go_on(); ++step) {
      w.left = (cures + fails) / 2;
      (few.unstable(w) > 0.5 ? fails : cures) = w.left;
    }
    w.left = cures;
    best = w;
  }
  return best.what == Weakened::What::nothing ? Weakened{} : best;
}

}  // namespace

int states_judged(const std::vector<Law>& law) {
  return static_cast<int>(std::count(law.begin(), law.end(), Law::equation));
}

namespace {

/// Growth that is expected in the years after the start, without shocks: [year][state].
std::vector<double> growth_ahead(const Schedule& schedule, const Parameters<double>& p,
                                 bool remembers, World<double> x) {
  std::vector<double> growth;
  for (int year = schedule.start + 1; year <= schedule.start + gain_years; ++year) {
    const double world = world_growth(x);
    for (StateIndex i = 0; i < schedule.states(); ++i) {
      const double given = schedule.expected_growth[schedule.at(std::min(year, schedule.end), i)];
      double next = no_burden_growth;
      if (known(given))
        next = given + (remembers ? schedule.wedge[i].mean : 0);
      else if (x.law[i] != Law::no_burden)
        next = expected_growth(p, i, {x.lasting[i].mean - world, world, schedule.income[i]});
      growth.push_back(clamp(next, -Limits::gdp_growth, Limits::gdp_growth));
      x.lasting[i].add(growth.back());
    }
  }
  return growth;
}

}  // namespace

System system_of(const Schedule& schedule, const Draws& spending, const Draws& economy,
                 std::uint32_t future) {
  const ParameterPlaces places = parameter_places(schedule, spending, economy);
  const Run run{.schedule = &schedule, .disputes = RunDisputes::none};
  FutureRunner<double> runner(run, spending, economy, places);
  runner.begin(future);
  const auto go_to = [&](int year) {
    while (runner.year() < year) runner.advance(nullptr, [](StateIndex, const Terms<double>&) {});
  };
  go_to(schedule.start);
  System s{.topology = schedule.topology, .law = schedule.law};
  const World<double> start = runner.world();
  s.log_milex = start.log_milex;
  s.milex_growth = start.milex_growth;
  s.log_gdp = start.log_gdp;
  s.expected = start.expected;
  s.stock = start.stock;
  s.stock_before = start.stock_before;
  go_to(schedule.end);
  s.own = runner.parameters().state;
  for (StateIndex i = 0; i < schedule.states(); ++i) {  // what no spending moves
    s.own[i].target += s.own[i].danger_within * runner.world().danger[i] +
                       s.own[i].cover_slope * runner.world().felt[i].treaty;
  }
  s.threat_weight = runner.world().relations.threat_weight;
  s.cover_weight = runner.world().relations.cover_weight;
  s.growth = growth_ahead(schedule, runner.parameters(), places.remembers(), start);
  return s;
}

Matrix linear_map(const System& s) {
  std::vector<StateIndex> in;
  for (StateIndex i = 0; i < s.topology.states; ++i)
    if (s.law[i] == Law::equation) in.push_back(i);
  const Relations<Dual> relations = relations_of<Dual>(s);
  std::vector<Dual> now(s.stock.begin(), s.stock.end()),
      before(s.stock_before.begin(), s.stock_before.end());
  std::vector<Felt<Dual>> felt(s.topology.states);
  Matrix map(static_cast<int>(in.size()) * variables);
  for (std::size_t from = 0; from < in.size(); ++from)
    for (const Variable variable : {milex, growth, stock}) {
      const StateIndex j = in[from];
      const auto slope = [&](StateIndex i, Variable of) {
        return i == j && of == variable ? 1.0 : 0.0;
      };
      for (const StateIndex i : in) {
        const Dual spent = exp(Dual(s.log_milex[i], slope(i, milex))),
                   k = Dual(s.stock[i], s.stock[i] * slope(i, stock));
        now[i] = k;
        before[i] = (k - spent) / Dual(1 - s.topology.stock_rule.decay);
      }
      feel<Dual>(s.topology, relations, now, before, felt);
      for (std::size_t to = 0; to < in.size(); ++to) {
        const StateIndex i = in[to];
        const auto& own = s.own[i];
        const Dual m(s.log_milex[i], slope(i, milex)), d(s.milex_growth[i], slope(i, growth));
        const Dual implied = Dual(own.target) + Dual(own.threat_slope) * felt[i].threat +
                             Dual(own.support_slope) * felt[i].support;  // danger and cover: there
        const bool keeps = own.keeps > 0.5;
        const double along = keeps ? s.growth[i] : 0, before = keeps ? s.expected[i].now : 0;
        const Dual change = Dual(own.pull) * (implied - (m - Dual(s.log_gdp[i]))) +
                            Dual(own.persistence) * (d - Dual(before)) +
                            Dual(along + own.income * (s.growth[i] - along)) +
                            Dual(own.rival_response) * felt[i].rival_rise +
                            Dual(own.ally_response) * felt[i].ally_rise;
        const Dual next = m + change;
        const Dual grown = log(next_stock(s.topology.stock_rule, now[i], exp(next)));
        const int column = static_cast<int>(from) * variables + variable;
        const int row = static_cast<int>(to) * variables;
        map(row + milex, column) = next.d;
        map(row + growth, column) = change.d;
        map(row + stock, column) = grown.d;
      }
    }
  return map;
}

double loop_gain(const System& s) {
  const Relations<double> relations = relations_of<double>(s);
  const int n = s.topology.states;
  const auto total = [&](bool answering) {
    std::vector<double> m = s.log_milex, d = s.milex_growth, g = s.log_gdp, k = s.stock,
                        before = s.stock_before;
    std::vector<ExpectedGrowth<double>> expected = s.expected;
    std::vector<Felt<double>> felt(n);
    feel<double>(s.topology, relations, k, before, felt);
    for (auto& f : felt)
      if (!answering) f.rival_rise = f.ally_rise = 0;
    double sum = 0;
    for (int year = 0; year < gain_years; ++year) {
      if (answering && year > 0) feel<double>(s.topology, relations, k, before, felt);
      sum = 0;
      for (StateIndex i = 0; i < n; ++i) {
        before[i] = k[i];
        k[i] = next_stock(s.topology.stock_rule, before[i], 0.0);
        if (s.law[i] == Law::idle) continue;
        const double growth = s.growth[static_cast<std::size_t>(year) * n + i];
        expected[i] = {growth, expected[i].now};
        if (s.law[i] == Law::no_burden)
          d[i] = growth;
        else
          d[i] = terms_of_future<double>(s.own[i], s.own[i].target, {m[i] - g[i], d[i], felt[i]},
                                         growth, expected[i], 0.0)
                     .mean();
        g[i] += growth;
        m[i] += d[i];
        k[i] = next_stock(s.topology.stock_rule, before[i], exp(m[i]));
        sum += exp(m[i]);
      }
    }
    return sum;
  };
  return total(true) / total(false);
}

System weakened(System s, const Weakened& by) {
  using Own = StateParameters<double>;
  using What = Weakened::What;
  if (by.what == What::rivals) weaken(s, &Own::rival_response, by.left);
  if (by.what == What::allies) weaken(s, &Own::ally_response, by.left);
  if (by.what == What::threat) weaken(s, &Own::threat_slope, by.left);
  if (by.what == What::support) weaken(s, &Own::support_slope, by.left);
  for (std::size_t k = 0; k < s.threat_weight.size() && by.what == What::hostility; ++k)
    if (std::minmax(s.topology.threats[k].i, s.topology.threats[k].j) == std::minmax(by.a, by.b))
      s.threat_weight[k] *= by.left;
  for (std::size_t k = 0; k < s.cover_weight.size() && by.what == What::cover; ++k)
    if (s.topology.covers[k].j == by.a && s.topology.covers[k].i == by.b)
      s.cover_weight[k] *= by.left;
  return s;
}

System alone(System s) {
  for (auto& own : s.own)
    own.rival_response = own.ally_response = own.threat_slope = own.support_slope = 0;
  return s;
}

Stability stability(const Schedule& schedule, const Draws& spending, const Draws& economy,
                    const StabilityOptions& options, const Execution& execution,
                    const std::function<bool(double)>& go_on) {
  constexpr int a_block = 20;
  const int all = static_cast<int>(std::min(spending.size(), economy.size()));
  const int draws = std::min(options.draws, all);
  std::vector<double> radius(draws), base(draws), gain(draws), added(draws);
  const int blocks = (draws + a_block - 1) / a_block;
  std::atomic<int> done = 0;
  std::atomic<bool> stopped = false;
  const auto asked = [&](double part) {
    if (go_on && !go_on(part)) stopped = true;
    return !stopped;
  };
  const auto future = [&](int d, int of) {
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(d) * all / of);
  };
  for_each_block(execution, blocks, [&](int block, int worker) {
    if (stopped || (worker == 0 && !asked(0.7 * done / blocks))) return;
    for (int d = block * a_block; d < std::min(draws, (block + 1) * a_block); ++d) {
      const System s = system_of(schedule, spending, economy, future(d, draws));
      radius[d] = spectral_radius(linear_map(s));
      base[d] = radius_alone(s);
      added[d] = radius[d] - base[d];
      gain[d] = loop_gain(s);
    }
    ++done;
  });
  Stability result{.draws = draws};
  if (stopped) return result;
  const auto above_1 = [&](const std::vector<double>& radii) {
    const double n = draws;
    const auto count = std::count_if(radii.begin(), radii.end(), [](double r) { return r > 1; });
    const double p = static_cast<double>(count) / n;
    return Chance{p, square_root(p * (1 - p) / n)};
  };
  result.unstable = above_1(radius);
  result.unstable_alone = above_1(base);
  result.radius = band(radius);
  result.radius_alone = band(base);
  result.difference = band(added);
  result.gain = band(gain);

  const int searched = std::min(options.draws_in_search, draws);
  if (searched == 0) return result;
  Few few{std::vector<System>(searched), execution};
  for_each_block(execution, searched, [&](int d, int) {
    few.systems[d] = system_of(schedule, spending, economy, future(d, searched));
  });
  const double whole = few.gain({});
  for (Weakened w : pairs_of(few.systems[0])) {
    if (!asked(0.8)) return result;
    w.left = 0;
    const double less = whole - few.gain(w);
    if (less > result.gain_less) result.gain_less = less, result.dominant = w;
  }
  result.cure_sought = few.unstable({}) > 0.5;
  if (result.cure_sought) result.cure = smallest_cure(few, [&] { return asked(0.9); });
  return result;
}

}  // namespace tenbin
