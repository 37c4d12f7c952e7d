// SPDX-License-Identifier: Apache-2.0
// What every lever that says at least or at most promises, over 2,000 scenarios made of keyed
// numbers; and what may never change a number: the order of states, their names, a stranger.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "fixture.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/futures/schedule.hpp"

namespace bounds_test {

using namespace tenbin;

namespace {

constexpr int scenarios = 2000, futures = 32;
constexpr StateIndex fitted = 4;  // ALP, BET, GAM, DEL

double unit(int n, std::uint32_t what) { return fixture::unit(9000u + n, what, 77); }
int whole(int n, std::uint32_t what, int low, int high) {
  return low + std::min(high - low, static_cast<int>(unit(n, what) * (high - low + 1)));
}

/// `most` is the largest part of the gap that it may close, `years` the fewest that it takes. Its
/// mean lies below that, or every future would land there.
Lever plan(int n, std::uint32_t key, PlanMode as, double most = most_adherence, int years = 0) {
  const int from = whole(n, key, 2018, 2030);
  Lever l{.kind = LeverKind::plan,
          .state = whole(n, key + 1, 0, fitted - 1),
          .from = from,
          .by = from + years + whole(n, key + 2, 0, 9),
          .value = {std::exp(std::log(0.003) + unit(n, key + 3) * std::log(30)), 0, 1e-6, 0.5},
          .adherence = {0.8 * most * unit(n, key + 4), 0.5 * unit(n, key + 5), 0, most},
          .as = as};
  if (const double kind = unit(n, key + 6); kind < 0.5) {
    if (kind < 0.2) {
      static const Panel panel = fixture::panel();
      const double now = panel.cell(l.state, fixture::scenario().start).milex;
      l.kind = LeverKind::budget;
      l.value = {now * std::exp(2.5 * unit(n, key + 3) - 0.7), 0, 1e-3, 1e8};
    }
    return l;
  }
  l.kind = LeverKind::pressure;
  for (StateIndex i = 0; i < fitted; ++i)
    if (unit(n, key + 7 + i) < 0.6) l.states.push_back(i);
  if (l.states.empty()) l.states = {l.state};
  return l;
}

/// A world with announced plans, or without, and up to two other plans of the same kind, of five
/// years or more. None closes more than the gap, and none says just how much: one that overshoots
/// from a higher start ends lower, and one that must land somewhere, or leaps there in a year, gets
/// there with less momentum from a higher start, whoever raised it.
Scenario base_of(int n, PlanMode as) {
  Scenario s = fixture::scenario();
  s.levers.clear();
  s.seed = 1000 + n;
  s.announced_plans = unit(n, 1) < 0.7;
  if (unit(n, 2) < 0.5) s.levers.push_back(plan(n, 20, as, 1, 5));
  if (unit(n, 4) < 0.3) s.levers.push_back(plan(n, 40, as, 1, 5));
  // whether a plan is met already, and so does nothing, is decided at the same place in both worlds
  if (as == PlanMode::at_most)
    for (Lever& l : s.levers) l.from = s.start + 1, l.by = std::max(l.by, l.from + 5);
  return s;
}

struct Worlds {
  Panel panel = [] {
    Panel p = fixture::panel();
    for (PlanRow& r : p.plans) r.adherence_max = 1;
    return p;
  }();
  Draws spending, economy = fixture::draws(Equation::economy, 60);

  /// Deaf: nobody answers anybody, what a lever does to its own states alone. Without momentum: no
  /// part of a year's change carries on.
  explicit Worlds(bool deaf, bool momentum = true)
      : spending(fixture::draws(Equation::spending, 60)) {
    if (!momentum)
      for (std::size_t k = 0; k < spending.size(); ++k)
        for (const Column& c : spending.columns)
          if (c.name.starts_with("persistence"))
            for (std::size_t e = 0; e < c.size(); ++e)
              spending.values[k * spending.width + c.offset + e] = 0;
    if (!deaf) return;
    for (std::size_t k = 0; k < spending.size(); ++k)
      for (const Column& c : spending.columns)
        if (c.name == "rival_response" || c.name == "ally_response" || c.name == "threat_slope" ||
            c.name == "support_slope" || c.name == "rival_mean")
          for (std::size_t e = 0; e < c.size(); ++e)
            spending.values[k * spending.width + c.offset + e] = 0;
  }
  Ensemble run(const Scenario& s) const {
    return project(schedule(panel, s), spending, economy, {.futures = futures}, {});
  }
};

double median(std::span<const double> x) {
  std::vector<double> sorted(x.begin(), x.end());
  std::ranges::sort(sorted);
  return sorted[sorted.size() / 2];
}

struct Counts {
  int lowered = 0, raised = 0, unchanged = 0;
  double worst = 0;  // of the wrong side, as a share
};

/// How the medians of the states that a lever names move when it is added.
Counts moved_by(const Worlds& w, PlanMode as) {
  Counts counts;
  for (int n = 0; n < scenarios; ++n) {
    const Scenario before = base_of(n, as);
    Scenario after = before;
    const Lever lever = plan(n, 60, as);
    after.levers.push_back(lever);
    const Ensemble a = w.run(before), b = w.run(after);
    for (const StateIndex i : moved_states(lever))
      for (int year = before.start + 1; year <= before.end; ++year) {
        const double change = median(b.milex(year, i)) / median(a.milex(year, i)) - 1;
        (change < -1e-9 ? counts.lowered : change > 1e-9 ? counts.raised : counts.unchanged)++;
        counts.worst = std::max(counts.worst, as == PlanMode::at_least ? -change : change);
      }
  }
  return counts;
}

}  // namespace

TEST_CASE("no pressure and no plan of at least a share lowers what the state would spend") {
  // not one median of 20,000 where no momentum carries on
  const Counts calm = moved_by(Worlds(true, false), PlanMode::at_least);
  CHECK(calm.lowered == 0);
  CHECK(calm.raised > 10'000);
  const Counts alone = moved_by(Worlds(true), PlanMode::at_least);
  // One median of 20,000 is lower, by 0.1 %: two years after a bound that is reached either way,
  // the state that came from below still has more momentum than the one that was there already.
  CHECK(alone.lowered <= 1);
  CHECK(alone.worst < 0.0015);
  CHECK(alone.raised > 10'000);
  // with everybody's answers, too: an ally's rise may lower a state's own by its cover
  const Counts all = moved_by(Worlds(false), PlanMode::at_least);
  MESSAGE(all.lowered << " medians lower, by at most " << 100 * all.worst << " %; " << all.raised
                      << " higher");
  CHECK(all.worst < 0.002);
}

TEST_CASE("no plan of at most a share raises what the state would spend") {
  const Counts alone = moved_by(Worlds(true), PlanMode::at_most);
  CHECK(alone.raised == 0);
  CHECK(alone.lowered > 10'000);
}

TEST_CASE("a bound that is said twice is said once, while it lasts and after it") {
  const Worlds w(false);
  int with_lever = 0;
  for (int n = 0; n < 400; ++n)
    for (const PlanMode as : {PlanMode::at_least, PlanMode::at_most}) {
      Scenario once = base_of(n, as);
      Lever lever = plan(n, 60, as);
      lever.adherence.sd = 0;  // or each draws its own
      once.levers.push_back(lever);
      Scenario twice = once;
      twice.levers.push_back(lever);
      const Ensemble a = w.run(once), b = w.run(twice);
      bool same = true;
      for (const StateIndex i : moved_states(lever))
        for (int year = once.start + 1; year <= once.end; ++year)
          same = same && std::ranges::equal(a.milex(year, i), b.milex(year, i));
      CHECK(same);
      once.levers.pop_back();
      with_lever += !std::ranges::equal(w.run(once).milex(once.end, lever.state),
                                        a.milex(once.end, lever.state));
    }
  CHECK(with_lever > 200);
}

namespace {

/// The fixture with its states in another order, and every row of its tables in the opposite one.
Panel reordered(const Panel& p, const std::vector<StateIndex>& order) {
  Panel q = p;
  std::vector<StateIndex> place(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    place[order[k]] = static_cast<StateIndex>(k);
    q.states[k] = p.states[order[k]];
    std::copy_n(p.milex.begin() + order[k] * p.years(), p.years(),
                q.milex.begin() + static_cast<std::ptrdiff_t>(k) * p.years());
  }
  const auto move = [&](auto& rows, auto... members) {
    for (auto& row : rows) ((row.*members = place[row.*members]), ...);
    std::ranges::reverse(rows);
  };
  move(q.rivalries, &Spell::a, &Spell::b);
  move(q.ties, &Spell::a, &Spell::b);
  move(q.missiles, &Missile::state);
  move(q.growth, &GrowthRow::state);
  move(q.plans, &PlanRow::state);
  return q;
}

/// The same scenario where states stand elsewhere.
Scenario moved(Scenario s, const std::vector<StateIndex>& order) {
  std::vector<StateIndex> place(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) place[order[k]] = static_cast<StateIndex>(k);
  for (Lever& l : s.levers) {
    if (l.state != all_states) l.state = place[l.state];
    l.other = place[l.other];
    for (StateIndex& i : l.states) i = place[i];
  }
  return s;
}

void check_same(const Ensemble& a, const Ensemble& b, const std::vector<StateIndex>& order,
                double tolerance) {
  double worst = 0;
  for (int year = a.start + 1; year <= a.end; ++year)
    for (std::size_t k = 0; k < order.size(); ++k)
      for (int f = 0; f < a.futures; ++f) {
        const double x = a.milex(year, order[k])[f],
                     y = b.milex(year, static_cast<StateIndex>(k))[f];
        if (x != y && (known(x) || known(y))) worst = std::max(worst, std::abs(x / y - 1));
      }
  CHECK(worst <= tolerance);
}

}  // namespace

TEST_CASE("the order of states and of rows changes no future, their names no bit") {
  const Worlds w(false);
  Scenario every = fixture::scenario();
  every.start = 2020;
  const Ensemble as_it_is = w.run(every);
  for (const std::vector<StateIndex>& order :
       {std::vector<StateIndex>{5, 4, 3, 2, 1, 0}, {2, 0, 5, 1, 4, 3}, {1, 2, 3, 4, 5, 0}}) {
    Worlds other(false);
    other.panel = reordered(w.panel, order);
    // sums over rivals and allies are in another order: the last bits
    check_same(as_it_is, other.run(moved(every, order)), order, 1e-9);
  }
  Worlds renamed(false);
  for (State& s : renamed.panel.states) s.name = "the land of " + s.name, s.capital = "x";
  const std::vector<StateIndex> same{0, 1, 2, 3, 4, 5};
  check_same(as_it_is, renamed.run(every), same, 0);
  Worlds backwards(false);
  backwards.panel = reordered(w.panel, same);
  check_same(as_it_is, backwards.run(every), same, 0);
}

TEST_CASE("a state without ties, rivals or borders changes others' growth, and no more") {
  Worlds w(false);
  for (const Column& c : w.economy.columns)  // of the panel's mean growth it is a part
    if (c.name == "own_growth" || c.name == "world_growth")
      for (std::size_t k = 0; k < w.economy.size(); ++k)
        w.economy.values[k * w.economy.width + c.offset] = 0;
  Worlds more(w);
  Panel& p = more.panel;
  p.states.push_back({"NEU", "Newland", "", 10.0, 10.0, 1900});
  for (int year = p.first_year; year <= p.last_year; ++year)
    p.milex.push_back({1e5 + year, 0.05, MilexKind::reported, "a stranger"});
  const std::vector<StateIndex> others{0, 1, 2, 3, 4, 5};
  check_same(w.run(fixture::scenario()), more.run(fixture::scenario()), others, 0);
}

}  // namespace bounds_test
