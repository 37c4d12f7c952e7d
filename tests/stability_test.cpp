// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/stability.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/model/step.hpp"

namespace stability_test {

using namespace tenbin;

namespace {

struct Made {
  Panel panel = fixture::panel();
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);

  /// No lever but these: four rivals, and their answer to rivals set by hand where it is known.
  Schedule with_response(double value) const {
    Scenario s = fixture::scenario();
    s.levers.clear();
    for (StateIndex a = 0; a < 4; ++a) {  // everybody is everybody's rival and in reach
      s.levers.push_back(
          {.kind = LeverKind::reach, .state = a, .from = 2021, .value = {20000, 0, 0, 20100}});
      for (StateIndex b = a + 1; b < 6; ++b)
        s.levers.push_back({.kind = LeverKind::hostility,
                            .state = a,
                            .other = b,
                            .from = 2021,
                            .value = {b < 4 ? 1.0 : 0.0, 0, 0, 1}});
    }
    if (known(value))
      s.levers.push_back({.kind = LeverKind::response,
                          .state = all_states,
                          .from = 2021,
                          .value = {value, 0, -5, 5},
                          .reaction = Reaction::rival_response});
    return schedule(panel, s);
  }
  Stability judge(const Schedule& s) const {
    return stability(s, spending, economy, {.draws = 100, .draws_in_search = 40}, {});
  }
};

/// One year of step() from the system's world, its milex, growth and stock moved by a little:
/// (m, dm, log K) of the states with an equation. Last year's stock is the one that leads to this.
std::vector<double> one_step(const System& s, int moved, double by) {
  const int n = s.topology.states;
  World<double> x{.law = s.law,
                  .log_milex = s.log_milex,
                  .milex_growth = s.milex_growth,
                  .milex = std::vector<double>(n),
                  .log_gdp = s.log_gdp,
                  .gdp_growth = std::vector<double>(s.growth.begin(), s.growth.begin() + n),
                  .expected = s.expected,
                  .stock = s.stock,
                  .stock_before = s.stock_before,
                  .target_rise = std::vector<double>(n),
                  .unrest = std::vector<double>(n, 0.07)};
  x.relations.threat_weight = s.threat_weight;
  x.relations.cover_weight = s.cover_weight;
  x.felt.resize(n);
  x.lasting.resize(n);
  std::vector<StateIndex> in;
  for (StateIndex i = 0; i < n; ++i)
    if (s.law[i] == Law::equation) in.push_back(i);
  for (std::size_t k = 0; k < in.size(); ++k) {
    const int at = static_cast<int>(3 * k);
    if (moved == at) x.log_milex[in[k]] += by;
    if (moved == at + 1) x.milex_growth[in[k]] += by;
    if (moved == at + 2) x.stock[in[k]] *= std::exp(by);
    x.stock_before[in[k]] =
        (x.stock[in[k]] - std::exp(x.log_milex[in[k]])) / (1 - StockRule{}.decay);
  }
  Parameters<double> p;
  p.state = s.own;
  const std::vector<double> zero(n), one(n, 1.0);
  Levers<double> now{.trend = std::vector<double>(s.growth.begin(), s.growth.begin() + n),
                     .plan = std::vector<PlanNow<double>>(n),
                     .ended = std::vector<PlanNow<double>>(n),
                     .capped = std::vector<char>(n),
                     .log_cap = zero,
                     .fixed = std::vector<char>(n),
                     .log_path = zero,
                     .efficiency = one,
                     .safety = std::vector<Safety<double>>(n)};
  Shocks<double> none{.spending = zero, .growth = zero};
  step(s.topology, p, now, none, x, [](StateIndex, const Terms<double>&) {});
  std::vector<double> result;
  for (const StateIndex i : in) {
    result.push_back(x.log_milex[i]);
    result.push_back(x.milex_growth[i]);
    result.push_back(std::log(x.stock[i]));
  }
  return result;
}

}  // namespace

TEST_CASE("the linear map is the slope of one year of the model") {
  const Made made;
  const System s = system_of(made.with_response(missing), made.spending, made.economy, 7);
  const Matrix map = linear_map(s);
  REQUIRE(map.n == 3 * 5);  // EPS has no burden
  const double h = 1e-5;
  for (int j = 0; j < map.n; ++j) {
    const auto up = one_step(s, j, h), down = one_step(s, j, -h);
    for (int i = 0; i < map.n; ++i)
      CHECK(map(i, j) == approx((up[i] - down[i]) / (2 * h)).epsilon(1e-6).scale(0.01));
  }
}

TEST_CASE("without reactions habits and momentum are left, and nothing is gained") {
  const Made made;
  const System s = alone(system_of(made.with_response(missing), made.spending, made.economy, 3));
  CHECK(loop_gain(s) == 1);
  // Each state stands alone: m' = m + d', d' = -pull m + persistence d, and its stock's 1 - decay
  double largest = 0;
  for (std::size_t i = 0; i < s.own.size(); ++i) {
    if (s.law[i] != Law::equation) continue;
    const double trace = 1 - s.own[i].pull + s.own[i].persistence, det = s.own[i].persistence;
    const double root = trace * trace / 4 - det;
    REQUIRE(root > 0);
    largest = std::max(largest, trace / 2 + std::sqrt(root));
  }
  CHECK(spectral_radius(linear_map(s)) == approx(largest).epsilon(1e-12));
}

TEST_CASE("an answer to rivals that is made explosive flips the verdict, and the futures explode") {
  const Made made;
  const Schedule calm = made.with_response(missing), wild = made.with_response(4);
  const Stability before = made.judge(calm), after = made.judge(wild);
  CHECK(before.unstable.p < 0.5);
  CHECK(before.cure.what == Weakened::What::nothing);
  CHECK(before.gain.median() == approx(1).epsilon(0.2));
  CHECK(after.unstable.p > 0.9);
  CHECK(after.gain.median() > 3);
  CHECK(after.dominant.what == Weakened::What::hostility);
  REQUIRE(after.cure.what != Weakened::What::nothing);
  CHECK((after.cure.left > 0 && after.cure.left < 1));
  const auto total = [&](const Schedule& s) {
    const Ensemble e = project(s, made.spending, made.economy, {.futures = 200}, {});
    std::vector<double> sums(200);
    for (StateIndex i = 0; i < 4; ++i)
      for (int f = 0; f < 200; ++f) sums[f] += e.milex(s.end, i)[f];
    return band(sums).median();
  };
  CHECK(total(wild) > 5 * total(calm));
  // The cure does cure: with what is left of it the verdict is stable again.
  int unstable = 0;
  for (std::uint32_t d = 0; d < 40; ++d)
    unstable += spectral_radius(linear_map(weakened(
                    system_of(wild, made.spending, made.economy, d * 300 / 40), after.cure))) > 1;
  CHECK(unstable <= 20);
}

TEST_CASE("a judgement has the same bits on any number of threads, and can be stopped" *
          doctest::test_suite("threads")) {
  const Made made;
  const Schedule s = made.with_response(missing);
  const StabilityOptions few{.draws = 60, .draws_in_search = 20};
  const Stability one = stability(s, made.spending, made.economy, few, {.threads = 1}),
                  three = stability(s, made.spending, made.economy, few, {.threads = 3});
  CHECK(one.radius.quantile == three.radius.quantile);
  CHECK(one.gain.mean == three.gain.mean);
  int asked = 0;
  stability(s, made.spending, made.economy, few, {.threads = 1},
            [&](double) { return ++asked < 2; });
  CHECK(asked == 2);
}

}  // namespace stability_test
