// SPDX-License-Identifier: Apache-2.0
// Closed forms of docs/model.md: what the step must do where the answer is known without it.
#include "tenbin/model/step.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "near.hpp"

namespace step_test {

using namespace tenbin;

namespace {

/// A world of n states in which nothing happens until a test says so.
struct Bench {
  Topology topology;
  Parameters<double> p;
  Levers<double> now;
  Shocks<double> z;
  World<double> x;

  explicit Bench(int n) {
    topology.states = n;
    p.state.resize(n);
    for (auto& s : p.state) s = {.target = std::log(0.02), .pull = 0.1};
    now.trend.assign(n, 0);
    now.plan.resize(n);
    now.ended.resize(n);
    now.capped.assign(n, false);
    now.log_cap.assign(n, 0);
    now.fixed.assign(n, false);
    now.log_path.assign(n, 0);
    now.efficiency.assign(n, 1);
    now.safety.resize(n);
    x.relations.reach.assign(n, 0);
    z.spending.assign(n, 0);
    z.growth.assign(n, 0);
    x.law.assign(n, Law::equation);
    for (auto* v :
         {&x.log_milex, &x.milex, &x.milex_growth, &x.log_gdp, &x.gdp_growth, &x.target_rise})
      v->assign(n, 0);
    x.unrest.assign(n, Unrest::typical - Unrest::floor);
    x.stock.assign(n, 1000);
    x.stock_before.assign(n, 1000);
    x.felt.resize(n);
    x.lasting.resize(n);
    x.expected.resize(n);
  }
  void link(int i, int j, double hostility) {
    topology.threats.push_back({i, j});
    topology.distance.push_back(0);
    x.relations.hostility.push_back(hostility);
    x.relations.threat_weight.push_back(hostility);
  }
  void place(int i, double burden, double gdp) {
    x.log_gdp[i] = std::log(gdp);
    x.log_milex[i] = std::log(burden * gdp);
  }
  double log_burden(int i) const { return x.log_milex[i] - x.log_gdp[i]; }
  std::vector<Terms<double>> why;
  void run() {
    why.assign(topology.states, {});
    step(topology, p, now, z, x, [&](int i, const Terms<double>& t) { why[i] = t; });
  }
};

}  // namespace

TEST_CASE("with GDP constant the log gap to the target shrinks by 1 - pull a year") {
  Bench b(1);
  b.place(0, 0.01, 1e6);
  double gap = std::log(0.02) - b.log_burden(0);
  for (int year = 0; year < 40; ++year) {
    b.run();
    gap *= 0.9;
    CHECK(std::log(0.02) - b.log_burden(0) == approx(gap).epsilon(1e-12));
  }
}

TEST_CASE("a large shock widens the next ones, and quiet years make them as they were") {
  Bench b(1);
  b.p.state[0].scale = 0.05;
  b.p.state[0].unrest_slope = 0.6;
  b.place(0, 0.02, 1e6);
  b.z.spending[0] = 2;
  b.run();
  CHECK(b.why[0].shock == approx(0.1).epsilon(1e-14));  // unrest was typical
  double unrest = 0.65 * 0.07 + 0.35 * 0.1;
  for (int year = 0; year < 30; ++year) {
    CAPTURE(year);
    CHECK(b.x.unrest[0] == approx(unrest).epsilon(1e-13));
    const double scale = 0.05 * std::pow((unrest + 0.01) / 0.08, 0.6), shock = 0.5 * scale;
    b.z.spending[0] = 0.5;
    b.run();
    CHECK(b.why[0].shock == approx(shock).epsilon(1e-12));
    unrest = 0.65 * unrest + 0.35 * shock;
  }
  b.z.spending[0] = 1000;
  b.run();
  CHECK(b.x.unrest[0] <= 0.65 * unrest + 0.35 * 0.5 + 1e-15);  // war is not to rule for ever
}

TEST_CASE("where unrest is switched off a slope of 0 gives the same bits") {
  Bench off(1), zero(1);
  for (Bench* b : {&off, &zero}) {
    b->p.state[0].scale = 0.07;
    b->place(0, 0.02, 1e6);
  }
  off.p.steady = true;
  for (int year = 0; year < 20; ++year) {
    off.z.spending[0] = zero.z.spending[0] = std::sin(year * 1.7) * 3;
    off.run();
    zero.run();
    CHECK(off.x.log_milex[0] == zero.x.log_milex[0]);
  }
}

TEST_CASE("with GDP growing at its trend the burden rests at r") {
  Bench b(1);
  b.p.state[0].income = 0.4;
  b.p.state[0].persistence = 0.2;
  b.p.state[0].trend = 0.03;
  b.now.trend[0] = 0.03;
  b.x.gdp_growth[0] = 0.03;
  b.place(0, 0.02, 1e6);
  for (int year = 0; year < 600; ++year) b.run();
  const double r = std::log(0.02) - (1 - 0.4 - 0.2) * 0.03 / 0.1;
  CHECK(b.log_burden(0) == approx(r).epsilon(1e-12));
  CHECK(resting_burden(std::log(0.02), b.p.state[0], 0.03) == approx(r).epsilon(1e-15));
}

TEST_CASE("who keeps its share follows the growth that was expected and rests at b*") {
  Bench b(1);
  StateParameters<double>& own = b.p.state[0];
  own = {.target = std::log(0.02), .pull = 0.2, .persistence = 0.3, .income = 0.25, .keeps = 1};
  own.growth_scale = 0.02;
  b.now.trend[0] = 0.03;
  b.x.gdp_growth[0] = 0.03;
  b.x.expected[0].now = 0.04;
  b.x.milex_growth[0] = 0.06;
  b.place(0, 0.02, 1e6);
  b.z.growth[0] = -2;  // GDP falls short by 4 %
  b.run();
  CHECK(b.x.gdp_growth[0] == approx(-0.01).epsilon(1e-13));
  const double first = 0.03 + 0.3 * (0.06 - 0.04) + 0.25 * -0.04;
  CHECK(b.x.milex_growth[0] == approx(first).epsilon(1e-13));
  b.z.growth[0] = 0;
  const double share = b.log_burden(0);
  b.run();
  CHECK(b.x.milex_growth[0] ==
        approx(0.2 * (own.target - share) + 0.03 + 0.3 * (first - 0.03)).epsilon(1e-12));
  for (int year = 0; year < 300; ++year) b.run();
  CHECK(b.log_burden(0) == approx(own.target).epsilon(1e-12));
  CHECK(resting_burden(own.target, own, 0.03) == own.target);
}

TEST_CASE(
    "a plan with adherence 1 reaches its target in its year exactly in the mean, and stays if that "
    "is where it rests") {
  Bench b(1);
  b.p.state[0] = {
      .target = std::log(0.011), .pull = 0.08, .persistence = 0.3, .income = 0.4, .trend = 0.02};
  b.now.trend[0] = 0.02;
  b.x.gdp_growth[0] = 0.02;
  b.x.milex_growth[0] = 0.05;
  b.place(0, 0.0141, 1e6);
  const PlanNow<double> plan{true, 1, std::log(0.03), b.log_burden(0), 5, PlanMode::at_least, 0.02};
  b.now.plan[0] = plan;
  for (int year = 0; year < 5; ++year) b.run();
  CHECK(std::exp(b.log_burden(0)) == approx(0.03).epsilon(1e-13));
  b.now.plan[0] = {};
  b.now.ended[0] = plan;
  b.run();
  b.now.ended[0] = {};
  for (int year = 0; year < 600; ++year) b.run();
  CHECK(std::exp(b.log_burden(0)) ==
        approx(0.03).epsilon(1e-12));  // adherence 1: it rests at the target for good
}

TEST_CASE("a plan with adherence 0 is no plan") {
  Bench with(1), without(1);
  for (Bench* b : {&with, &without})
    b->p.state[0].income = 0.5, b->now.trend[0] = 0.03, b->place(0, 0.012, 1e6);
  with.now.plan[0] = {true, 0, std::log(0.03), with.log_burden(0), 5};
  with.run();
  without.run();
  CHECK(with.log_burden(0) == approx(without.log_burden(0)).epsilon(1e-14));
}

TEST_CASE("at-least does nothing where it is met, at-most nothing below, exactly moves both ways") {
  const auto moved = [](PlanMode as, double burden) {
    Bench b(1);
    b.p.state[0].target = std::log(burden);
    b.place(0, burden, 1e6);
    b.now.plan[0] = {true, 1, std::log(0.02), b.log_burden(0), 1, as};
    b.run();
    return std::exp(b.log_burden(0));
  };
  CHECK(moved(PlanMode::at_least, 0.03) == approx(0.03));
  CHECK(moved(PlanMode::at_least, 0.01) == approx(0.02));
  CHECK(moved(PlanMode::at_most, 0.03) == approx(0.02));
  CHECK(moved(PlanMode::at_most, 0.01) == approx(0.01));
  CHECK(moved(PlanMode::exactly, 0.03) == approx(0.02));
  CHECK(moved(PlanMode::exactly, 0.01) == approx(0.02));
}

TEST_CASE("a cap stops a rise, never cuts, and leaves a fall alone") {
  const auto mean_change = [](double burden, double mean) {
    return capped(std::log(0.01), std::log(burden), mean, 0.0);
  };
  CHECK(mean_change(0.005, 0.02) == approx(0.02).epsilon(1e-9));  // far below: free
  CHECK(mean_change(0.0099, 0.2) < 0.011);  // just below: only the room that is left
  CHECK(mean_change(0.0099, 0.2) >= 0);
  CHECK(mean_change(0.02, 0.05) == 0);  // above: no further
  CHECK(mean_change(0.02, -0.05) == -0.05);
  const double r = 0.03, room = std::log(0.01 / 0.0097);
  CHECK(mean_change(0.0097, r) ==
        approx(-std::log(std::exp(-50 * r) + std::exp(-50 * room)) / 50).epsilon(1e-10));
}

TEST_CASE("two states without income, persistence and waves follow the path worked by hand") {
  Bench b(2);
  b.link(0, 1, 1.0);
  b.link(1, 0, 0.5);
  b.p.state[0] = {.target = std::log(0.02), .pull = 0.10, .rival_response = 0.3};
  b.p.state[1] = {.target = std::log(0.03), .pull = 0.05, .rival_response = 0.2};
  for (auto& state : b.p.state) state.threat_slope = 0.1;
  b.place(0, 0.015, 100000);
  b.place(1, 0.025, 200000);
  b.x.stock = {20000, 50000};
  b.x.stock_before = {19000, 48000};
  double k0 = 20000, k1 = 50000, k0b = 19000, k1b = 48000, m0 = std::log(1500), m1 = std::log(5000);
  for (int year = 0; year < 10; ++year) {
    b.run();
    const double tau0 = std::log(1 + 1.0 * k1 / k0), tau1 = std::log(1 + 0.5 * k0 / k1);
    const double u0 = std::min(0.3, std::log((k0b + k1) / (k0b + k1b))),
                 u1 = std::min(0.3, std::log((k1b + 0.5 * k0) / (k1b + 0.5 * k0b)));
    m0 += 0.10 * (std::log(0.02) + 0.1 * tau0 - (m0 - std::log(100000))) + 0.3 * u0;
    m1 += 0.05 * (std::log(0.03) + 0.1 * tau1 - (m1 - std::log(200000))) + 0.2 * u1;
    k0b = k0, k1b = k1;
    k0 = 0.92 * k0 + std::exp(m0);
    k1 = 0.92 * k1 + std::exp(m1);
    CHECK(std::abs(b.x.log_milex[0] - m0) < 1e-12);
    CHECK(std::abs(b.x.log_milex[1] - m1) < 1e-12);
    CHECK(b.x.stock[1] == approx(k1).epsilon(1e-13));
  }
}

TEST_CASE("a state without burden grows as expected, an idle one only decays") {
  Bench b(2);
  b.x.law = {Law::no_burden, Law::idle};
  b.x.log_milex = {std::log(5000.0), NAN};
  b.x.log_gdp = {NAN, NAN};
  b.now.trend[0] = 0.01;
  b.z.spending[0] = 2;
  b.run();
  CHECK(b.x.log_milex[0] == approx(std::log(5000.0) + 0.01 + 0.12).epsilon(1e-14));
  CHECK(b.x.stock[1] == approx(920));
}

TEST_CASE("a path fixes milex, whatever plan, cap and shock would do") {
  Bench b(1);
  b.place(0, 0.01, 1e6);
  b.now.plan[0] = {true, 1, std::log(0.03), b.log_burden(0), 5};
  b.now.capped[0] = true;
  b.now.log_cap[0] = std::log(0.01);
  b.z.spending[0] = 3;
  b.p.state[0].scale = 0.1;
  b.now.fixed[0] = true;
  b.now.log_path[0] = std::log(12345.0);
  b.run();
  CHECK(b.x.log_milex[0] == std::log(12345.0));
  CHECK(b.x.milex[0] == approx(12345).epsilon(1e-14));
  CHECK(b.why[0].shock == 0);
  CHECK(b.why[0].mean() + b.why[0].plan ==
        approx(std::log(12345.0) - std::log(0.01 * 1e6)).epsilon(1e-13));
}

TEST_CASE("efficiency is what a unit of milex buys: it moves the stock and not milex") {
  Bench once(1), twice(1);
  for (Bench* b : {&once, &twice}) b->place(0, 0.01, 1e6);
  twice.now.efficiency[0] = 2;
  once.run();
  twice.run();
  CHECK(once.x.milex[0] == twice.x.milex[0]);
  CHECK(twice.x.stock[0] - once.x.stock[0] == approx(once.x.milex[0]).epsilon(1e-13));
}

TEST_CASE("a weight multiplies a stock as others feel it, as rival and as protector") {
  Topology t{.states = 2, .threats = {{0, 1}}, .covers = {{0, 1}}, .distance = {5000}};
  Relations<double> r{.hostility = {0.5},
                      .cover = {0.8},
                      .reach = {0, 2000},
                      .weight = {1, 3},
                      .bearing = {0},
                      .threat_weight = {0},
                      .cover_weight = {0}};
  weigh(t, r);
  CHECK(r.threat_weight[0] == approx(0.5 * std::exp(-1.0) * 3).epsilon(1e-14));
  CHECK(r.cover_weight[0] == approx(2.4).epsilon(1e-14));
}

}  // namespace step_test
