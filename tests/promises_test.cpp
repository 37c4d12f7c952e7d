// SPDX-License-Identifier: Apache-2.0
// Promises: what came of them, how their keeping is learned, and how it acts in futures.
#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/fit/backtest.hpp"
#include "tenbin/fit/keeping.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/infer/sample.hpp"

namespace promises_test {

using namespace tenbin;

namespace {

constexpr StateIndex alp = 0, bet = 1, gam = 2;

Pledge pledge(StateIndex state, int announced, int by, double target,
              PledgeKind kind = PledgeKind::summit_pledge) {
  return {.state = state,
          .pledge = "made-" + std::to_string(announced),
          .kind = kind,
          .announced = announced,
          .from = announced + 1,
          .by = by,
          .target = target,
          .status = "known",
          .source = "made up"};
}

double standard(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) {
  return normal({.seed = 11, .purpose = Purpose::test, .index = a, .entity = b, .when = c});
}

/// What the promise model says of a kind, and of all.
struct Truth {
  std::array<double, promise_kinds> logit_taken{}, closed{}, width{};
  double lateness = 1.5, noise = 1, between = 0.5;
};

struct Made {
  std::vector<PromiseCase> cases;
  std::vector<Pledge> pledges;
};

/// `promises` of each kind, each made by `states` whose shares usually change by `usual`, or half
/// as much more, a year.
Made made(const Truth& truth, int promises, int states, std::uint32_t seed, double usual = 0.04) {
  Made m;
  std::uint32_t n = 0;
  for (std::size_t k = 0; k < promise_kinds; ++k)
    for (int p = 0; p < promises; ++p) {
      const double logit = truth.logit_taken[k] + truth.between * standard(seed, ++n);
      for (int s = 0; s < states; ++s) {
        Pledge one = pledge(s, 1990, 1990, 0.02, static_cast<PledgeKind>(k));
        one.pledge = std::to_string(k) + "-" + std::to_string(p);
        n += 100;  // numbers of its own
        PromiseCase c{.pledge = m.pledges.size(), .years = 4 + static_cast<int>(n / 100 % 7)};
        c.gap = 0.15 + 0.6 * fixture::unit(seed, n, 1);
        c.usual = usual * (1 + 0.5 * fixture::unit(seed, n, 2));
        const bool taken = fixture::unit(seed, n, 3) < 1 / (1 + std::exp(-logit));
        const double closed = truth.closed[k] + truth.width[k] * standard(seed, n, 4) +
                              truth.closed[k] * 0.1 / c.gap * standard(seed, n, 5);
        for (int y = 1; y <= c.years; ++y) {
          const double way = std::pow(static_cast<double>(y) / c.years, truth.lateness) -
                             std::pow((y - 1.0) / c.years, truth.lateness);
          c.changes.push_back((taken ? closed * c.gap * way : 0) +
                              truth.noise * c.usual * standard(seed, n + y, 6));
        }
        m.cases.push_back(std::move(c));
        m.pledges.push_back(std::move(one));
      }
    }
  return m;
}

Draws fitted(const Made& m, int warmup = 300, int draws = 300) {
  return sample(KeepingDensity(m.cases, m.pledges), 4,
                {.warmup = warmup, .draws = draws, .target_accept = 0.9, .seed = 3}, {2});
}

double mean_of(const Draws& d, std::size_t k) {
  double sum = 0;
  for (std::size_t n = 0; n < d.size(); ++n) sum += d.draw(n)[k];
  return sum / static_cast<double>(d.size());
}

}  // namespace

TEST_CASE("the gradient of the promise model is that of its differences") {
  const Made m = made({.logit_taken = {1, 0, -1, 0.5},
                       .closed = {0.9, 0.8, 0.7, 0.5},
                       .width = {0.2, 0.3, 0.4, 0.3}},
                      3, 4, 1);
  const KeepingDensity density(m.cases, m.pledges);
  std::vector<double> theta = density.start(), grad(theta.size()), none(theta.size());
  for (std::size_t k = 0; k < theta.size(); ++k)
    theta[k] += 0.3 * standard(99, static_cast<std::uint32_t>(k));
  density(theta, grad);
  for (std::size_t k = 0; k < theta.size(); ++k) {
    const double h = 1e-5, at = theta[k];
    theta[k] = at + h;
    const double above = density(theta, none);
    theta[k] = at - h;
    const double below = density(theta, none);
    theta[k] = at;
    CAPTURE(k);
    CHECK(grad[k] == approx((above - below) / (2 * h)).epsilon(1e-6));
  }
}

TEST_CASE(
    "what is planted of promises is found: how many are ignored, how much is closed, how late") {
  const Truth truth{.logit_taken = {0.5, 0.5, -0.8, -0.8},
                    .closed = {0.9, 0.9, 0.6, 0.6},
                    .width = {0.2, 0.2, 0.2, 0.2},
                    .lateness = 2.2,
                    .noise = 0.9,
                    .between = 0.4};
  const Draws d = fitted(made(truth, 12, 10, 5, 0.02), 150, 100);
  REQUIRE(d.chains == 4);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    CAPTURE(k);
    const double taken = 1 / (1 + std::exp(-truth.logit_taken[k]));
    CHECK(std::abs(mean_of(d, k) - taken) < 0.12);
    CHECK(std::abs(mean_of(d, promise_kinds + k) - truth.closed[k]) < 0.1);
  }
  CHECK(mean_of(d, 3 * promise_kinds) == approx(2.2).epsilon(0.1));
  CHECK(mean_of(d, 3 * promise_kinds + 1) == approx(0.9).epsilon(0.05));
}

TEST_CASE("ranks of true values among the draws of the promise model are uniform" *
          doctest::test_suite("nightly")) {
  constexpr int sets = 200, ranked = 19, bins = 5;
  const std::size_t numbers = 3 * promise_kinds + 3;
  std::vector<std::array<int, bins>> counts(numbers);
  for (std::uint32_t set = 0; set < sets; ++set) {
    const auto z = [&](std::uint32_t k) { return standard(100000 + set, k, 9); };
    Truth truth{.lateness = 1.5 * std::exp(0.4 * z(0)),
                .noise = std::exp(0.3 * z(1)),
                .between = std::abs(z(2))};
    const double taken = z(3), spread = std::abs(z(4)), closed = 0.8 + 0.3 * z(5),
                 closed_spread = 0.2 * std::abs(z(6)), width = 0.4 * std::abs(z(7));
    for (std::uint32_t k = 0; k < promise_kinds; ++k) {
      truth.logit_taken[k] = taken + 0.75 - 0.5 * k + spread * z(10 + k);
      truth.closed[k] = closed + closed_spread * z(20 + k);
      truth.width[k] = width * std::exp(0.3 * z(30 + k));
    }
    const Made m = made(truth, 3, 4, 200000 + set);
    const Draws d = fitted(m, 250, 250);
    REQUIRE(d.chains == 4);
    std::vector<double> values;
    for (const double logit : truth.logit_taken) {  // of the next promise, by the same points
      double sum = 0, weights = 0;
      for (int q = -7; q <= 7; ++q) {
        const double x = 0.5 * q, weight = std::exp(-0.5 * x * x);
        sum += weight / (1 + std::exp(-logit - truth.between * x));
        weights += weight;
      }
      values.push_back(sum / weights);
    }
    values.insert(values.end(), truth.closed.begin(), truth.closed.end());
    values.insert(values.end(), truth.width.begin(), truth.width.end());
    values.insert(values.end(), {truth.lateness, truth.noise, truth.between});
    for (std::size_t k = 0; k < numbers; ++k) {
      int rank = 0;
      for (int r = 0; r < ranked; ++r)
        rank += d.draw((r + 1) * d.size() / (ranked + 1))[k] < values[k];
      ++counts[k][static_cast<std::size_t>(rank * bins / (ranked + 1))];
    }
  }
  for (std::size_t k = 0; k < numbers; ++k) {
    double chi = 0;
    for (const int c : counts[k]) chi += std::pow(c - sets / 5.0, 2) / (sets / 5.0);
    CAPTURE(k);
    MESSAGE(k << " chi square " << chi);
    CHECK(chi < 16.5);  // of 15 numbers each: 4 degrees of freedom at 0.0024
  }
}

TEST_CASE("what came of a promise is read from the shares of its years") {
  Panel p = fixture::panel();
  const double before = p.cell(alp, 2004).burden;
  p.pledges = {pledge(alp, 2004, 2010, 1.5 * before)};
  const auto cases = promise_cases(p, 2012);
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].gap == approx(std::log(1.5)));
  CHECK(cases[0].years == 6);
  CHECK(cases[0].changes.size() == 6);
  CHECK(cases[0].closed() == approx(std::log(p.cell(alp, 2010).burden / before) / std::log(1.5)));
  CHECK(promise_cases(p, 2009).empty());  // it has not run out
  p.pledges[0].withdrawn = 2007;
  REQUIRE(promise_cases(p, 2009).size() == 1);
  CHECK(promise_cases(p, 2009)[0].changes.size() == 3);
  CHECK(promise_cases(p, 2009)[0].years == 6);  // of the way that it had promised
  // What is met already, what only part of the spending promises, what is asked: no case.
  for (const auto& change : std::vector<std::function<void(Pledge&)>>{
           [&](Pledge& x) { x.target = before; }, [](Pledge& x) { x.part = true; },
           [](Pledge& x) { x.kind = PledgeKind::request; },
           [](Pledge& x) { x.same_as = "another"; }, [](Pledge& x) { x.as = PlanMode::at_most; }}) {
    Panel q = p;
    change(q.pledges[0]);
    CHECK(promise_cases(q, 2012).empty());
  }
  Panel q = p;
  q.pledges[0].state = gam;  // has a gap
  q.pledges[0].from = 1996;
  CHECK(promise_cases(q, 2012).empty());
}

namespace {

/// A world whose promises act: Alphaland promises 5 % by 2028.
struct Promised {
  Panel panel = [] {
    Panel p = fixture::panel();
    p.plans.clear();
    p.pledges = {pledge(alp, 2019, 2028, 0.05)};
    Keeping k{.as_of = 2015, .lateness = 2, .kinds = {}};
    for (KindKeeping& kind : k.kinds) kind = {.ignored = 0.4, .mean = 1, .sd = 0.1};
    p.keeping = {k};
    return p;
  }();
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);
  Scenario scenario = [] {
    Scenario s = fixture::scenario();
    s.levers.clear();
    return s;
  }();

  Ensemble run(const Panel& p, int futures = 2048) const {
    return project(schedule(p, scenario), spending, economy, {.futures = futures}, {2});
  }
};

}  // namespace

TEST_CASE("an ignored promise leaves its future as it was, to the bit") {
  const Promised w;
  Panel none = w.panel;
  none.pledges.clear();
  const Ensemble a = w.run(none), b = w.run(w.panel);
  int same = 0, higher = 0;
  for (int f = 0; f < b.futures; ++f) {
    const double x = a.milex(2028, alp)[f], y = b.milex(2028, alp)[f];
    same += x == y;
    higher += y > x;
  }
  CHECK(same + higher == b.futures);
  CHECK(same == approx(0.4 * b.futures).epsilon(0.06));
  Panel unknown = w.panel;
  unknown.keeping.clear();  // nothing is known of how such promises are kept
  CHECK(w.run(unknown).milexes == a.milexes);
}

TEST_CASE("a late way is the power of the part of its years") {
  Promised w;
  w.panel.pledges.clear();
  const int start = w.scenario.start;
  const auto run = [&](double lateness) {
    w.scenario.levers = {{.kind = LeverKind::plan,
                          .state = alp,
                          .from = start + 1,
                          .by = 2028,
                          .value = {0.05, 0, 1e-6, 0.5},
                          .adherence = {1, 0, 0, most_adherence},
                          .lateness = lateness,
                          .as = PlanMode::exactly}};
    return w.run(w.panel);
  };
  const Ensemble late = run(2), straight = run(1);
  const auto mean_log = [&](const Ensemble& e, int year) {
    double sum = 0;
    for (int f = 0; f < e.futures; ++f) sum += std::log(e.burden(year, alp)[f]) / e.futures;
    return sum;
  };
  const double now = std::log(w.panel.cell(alp, start).burden), gap = std::log(0.05) - now;
  REQUIRE(gap > 0.3);
  for (int year = start + 1; year <= 2028; ++year) {
    const double part = (year - start) / (2028.0 - start);
    CAPTURE(year);
    // the same shocks move both, so their difference is that of the ways
    CHECK(mean_log(straight, year) - mean_log(late, year) ==
          approx(gap * (part - part * part)).epsilon(1e-6));
  }
}

TEST_CASE(
    "of a state's promises the strictest bind, and a plan of plans.csv stands in their place") {
  Promised w;
  w.panel.pledges.push_back(pledge(alp, 2018, 2030, 0.04));  // less and later
  w.panel.pledges.push_back(pledge(alp, 2017, 2024, 0.03));  // less, but sooner
  w.panel.pledges.push_back(pledge(bet, 2016, 2020, 0.05));  // has run out
  w.panel.pledges.push_back(pledge(bet, 2018, 2026, 0.05, PledgeKind::request));  // asked
  w.panel.pledges.push_back(pledge(gam, 2018, 2026, 0.05));
  w.panel.pledges.back().withdrawn = 2019;
  const auto promises = promises_in_force(w.panel, 2020);
  REQUIRE(promises.size() == 2);
  CHECK(promises[0].burden == 0.05);
  CHECK(promises[1].burden == 0.03);
  // A looser kind does not stand in for a firmer one: it may be ignored where the other is kept.
  w.panel.pledges.push_back(pledge(alp, 2016, 2027, 0.06, PledgeKind::ministerial_aim));
  CHECK(promises_in_force(w.panel, 2020).size() == 3);
  w.panel.plans = fixture::panel().plans;
  CHECK(promises_in_force(w.panel, 2020).empty());
}

TEST_CASE("an announcer's percent are in the panel's measure as far as it was known in the year") {
  Panel p = fixture::panel();
  p.plans[0].estimated = true;
  p.own_shares = {{alp, 2009, 2 * p.cell(alp, 2009).burden, "", "known", "made up"},
                  {alp, 2019, 1.25 * p.cell(alp, 2019).burden, "", "known", "made up"}};
  p.plans[0].announced = 2005;
  const auto factor = [&](int year) {
    const Panel then = as_of(p, year);
    return std::pair(then.plans[0].to_panel, then.plans[0].to_panel_sd);
  };
  CHECK(factor(2008) == std::pair(0.94, 0.12));
  CHECK(factor(2011).first == approx(0.5));
  CHECK(factor(2012) == std::pair(0.94, 0.12));  // too long ago
  CHECK(factor(2020).first == approx(0.8));
  CHECK(factor(2020).second == 0.05);
}

TEST_CASE("a promise that ends after the origin changes no bit of a back-test") {
  Panel p = fixture::panel();
  p.plans.clear();
  const double before = p.cell(alp, 2003).burden;
  p.pledges = {pledge(alp, 2003, 2009, 1.4 * before), pledge(bet, 2008, 2014, 0.05)};
  KeepingOptions quick{.chains = 2, .sampler = {.warmup = 100, .draws = 100, .seed = 3}};
  const auto keep = [&](Panel& q, const Panel& figures) {
    q.keeping = {fit_keeping(figures, 2010, quick, {1}).keeping};
  };
  keep(p, p);
  Panel other = p;
  for (int year = 2011; year <= other.last_year; ++year)  // kept or not, nobody knows it in 2010
    other.milex[static_cast<std::size_t>(bet) * other.years() + (year - other.first_year)].burden *=
        2;
  other.pledges[1].withdrawn = 2012;
  keep(other, other);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    CHECK(p.keeping[0].kinds[k].ignored == other.keeping[0].kinds[k].ignored);
    CHECK(p.keeping[0].kinds[k].mean == other.keeping[0].kinds[k].mean);
  }
  const auto then = [](const Panel& q) { return promises_in_force(as_of(q, 2010), 2010); };
  REQUIRE(then(p).size() == 1);
  REQUIRE(then(other).size() == 1);
  CHECK(then(p)[0].by == then(other)[0].by);
  // The test can fail: one that ended before does change what is learned.
  Panel kept = p;
  for (int year = 2004; year <= 2009; ++year)
    kept.milex[static_cast<std::size_t>(alp) * kept.years() + (year - kept.first_year)].burden *=
        1 + 0.1 * (year - 2003);
  keep(kept, kept);
  CHECK(p.keeping[0].kinds[2].ignored != kept.keeping[0].kinds[2].ignored);
}

}  // namespace promises_test
