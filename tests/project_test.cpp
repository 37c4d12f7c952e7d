// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/project.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/answers.hpp"

namespace project_test {

using namespace tenbin;

namespace {

struct Posteriors {
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);
};

Ensemble run(const Scenario& scenario, const ProjectOptions& options = {.futures = 1500},
             const Execution& execution = {}, const Panel& panel = fixture::panel()) {
  const Posteriors p;
  return project(schedule(panel, scenario), p.spending, p.economy, options, execution);
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

double median_burden(const Ensemble& e, int state, int year) {
  const auto x = e.burden(year, state);
  return band({x.begin(), x.end()}).median();
}

/// Part of the paired futures in which `after` lies below `before`.
double part_below(const Ensemble& before, const Ensemble& after, int state, int year) {
  double below = 0;
  for (int f = 0; f < before.futures; ++f)
    below += after.milex(year, state)[f] < before.milex(year, state)[f];
  return below / before.futures;
}

}  // namespace

TEST_CASE("futures have the same bits with 1, 2 and 8 threads and lane widths 1, 4 and 8" *
          doctest::test_suite("threads")) {
  const Ensemble first = run(fixture::scenario(), {.futures = 2100, .lanes = 1}, {.threads = 1});
  for (const int lanes : {1, 4, 8, 16, 32})
    for (const int threads : {1, 2, 8}) {
      const Ensemble e =
          run(fixture::scenario(), {.futures = 2100, .lanes = lanes}, {.threads = threads});
      CHECK(same_bits(e.milexes, first.milexes));
      CHECK(same_bits(e.burdens, first.burdens));
    }
}

TEST_CASE("a future does not depend on how many there are" * doctest::test_suite("threads")) {
  const Ensemble few = run(fixture::scenario(), {.futures = 13}),
                 many = run(fixture::scenario(), {.futures = 1500});
  for (int year = few.start; year <= few.end; ++year)
    for (int i = 0; i < few.states; ++i)
      CHECK(same_bits(few.milex(year, i), many.milex(year, i).first(13)));
}

TEST_CASE("two scenarios that differ only after 2030 have identical futures before") {
  Scenario a = fixture::scenario(), b = a;
  b.levers.push_back(
      {.kind = LeverKind::growth, .state = 0, .from = 2031, .value = {-0.03, 0.01, -0.2, 0.2}});
  b.levers.push_back(
      {.kind = LeverKind::hostility, .state = 0, .other = 2, .from = 2031, .value = {1, 0, 0, 1}});
  b.levers.push_back({.kind = LeverKind::plan,
                      .state = 3,
                      .from = 2031,
                      .by = 2034,
                      .value = {0.05, 0, 0, 0.5},
                      .adherence = {1, 0.2, 0, 1.5}});
  const Ensemble x = run(a), y = run(b);
  bool differ_after = false;
  for (int year = x.start; year <= x.end; ++year)
    for (int i = 0; i < x.states; ++i) {
      if (year <= 2030)
        CHECK(same_bits(x.milex(year, i), y.milex(year, i)));
      else
        differ_after = differ_after || !same_bits(x.milex(year, i), y.milex(year, i));
    }
  CHECK(differ_after);
}

TEST_CASE("every lever moves what it says it moves") {
  Scenario base = fixture::scenario();
  base.levers.clear();
  const Ensemble before = run(base);
  const auto with = [&](Lever lever) {
    Scenario s = base;
    s.levers = {std::move(lever)};
    return run(s);
  };
  CHECK(median_burden(with({.kind = LeverKind::plan,
                            .state = 1,
                            .from = 2022,
                            .by = 2027,
                            .value = {0.08, 0, 0, 0.5},
                            .adherence = {1, 0, 0, 1.5}}),
                      1, 2027) == approx(0.08).epsilon(0.03));
  CHECK(median_burden(
            with({.kind = LeverKind::cap, .state = 2, .from = 2021, .value = {0.001, 0, 0, 0.5}}),
            2, 2035) < median_burden(before, 2, 2035));
  const Ensemble slow =
      with({.kind = LeverKind::growth, .state = 1, .from = 2021, .value = {-0.03, 0, -0.2, 0.2}});
  CHECK(part_below(before, slow, 1, 2035) == 1);
  for (const Lever& l :
       {Lever{.kind = LeverKind::commitment,
       .state = 2,
       .other = 0,
       .from = 2021,
       .value = {0, 0, 0, 1}},
        Lever{.kind = LeverKind::hostility,
        .state = 0,
        .other = 1,
        .from = 2021,
        .value = {0, 0, 0, 1}},
        Lever{.kind = LeverKind::reach, .state = 1, .from = 2021, .value = {100, 0, 0, 20100}}}) {
    const Ensemble after = with(l);
    CHECK(same_bits(before.milex(2021, 0),
                    after.milex(2021, 0)));  // relations of year t are felt in t + 1
    CHECK(!same_bits(before.milex(2022, 0), after.milex(2022, 0)));
  }
}

TEST_CASE(
    "the plan that is announced later wins, and one that resumes starts from where the burden is") {
  Panel panel = fixture::panel();
  panel.plans = {{0, 2019, 0.05, 2021, 2030, "", 1, 1, 0, 1.5, "known", ""},
                 {0, 2020, 0.035, 2021, 2025, "", 1, 1, 0, 1.5, "known", ""}};
  Scenario s = fixture::scenario();
  s.levers.clear();
  const Schedule plan = schedule(panel, s);
  CHECK(plan.acts(2021, 0).plan.plan == 1);
  CHECK(plan.acts(2025, 0).plan.plan == 1);
  CHECK(plan.acts(2026, 0).plan.plan == 0);
  CHECK(plan.acts(2026, 0).ended.plan == 1);
  CHECK(plan.acts(2026, 0).ended.way == 5);
  CHECK(plan.acts(2028, 0).plan.way == 5);
  const Ensemble e = run(s, {.futures = 1500}, {}, panel);
  CHECK(median_burden(e, 0, 2025) == approx(0.035).epsilon(0.05));
  CHECK(median_burden(e, 0, 2030) == approx(0.05).epsilon(0.05));
}

TEST_CASE("plans.csv acts only when the scenario says so, and never before it was announced") {
  Scenario s = fixture::scenario();
  s.levers.clear();
  s.announced_plans = false;
  CHECK(schedule(fixture::panel(), s).plans.empty());
  s.announced_plans = true;
  CHECK(schedule(fixture::panel(), s).plans.size() == 1);
  s.start = 2018;
  CHECK(schedule(fixture::panel(), s).plans.empty());
}

TEST_CASE(
    "a state whose figures are two years old is stepped from its own last year, older ones are "
    "idle") {
  Scenario s = fixture::scenario();
  s.levers.clear();
  const Schedule plan = schedule(fixture::panel(), s);
  CHECK(plan.law[5] ==
        Law::equation);  // ZET: last figures 2018, no fitted equation: z from the hierarchy
  CHECK(plan.own_last[5] == 2018);
  CHECK(plan.first == 2018);
  CHECK(plan.law[4] == Law::no_burden);
  const Ensemble e = run(s);
  const Panel p = fixture::panel();
  for (int i = 0; i < 5; ++i)
    CHECK(e.milex(2020, i)[0] == approx(p.cell(i, 2020).milex).epsilon(1e-13));
  CHECK(e.milex(2020, 5)[0] != e.milex(2020, 5)[1]);  // ZET's 2020 is already a future
  CHECK(std::isnan(e.burden(2030, 4)[0]));
  Panel old = fixture::panel();
  for (int year = 2015; year <= 2020; ++year)
    old.milex[5 * old.years() + year - old.first_year] = {};
  CHECK(schedule(old, s).law[5] == Law::idle);
  CHECK(std::isnan(run(s, {.futures = 10}, {}, old).milex(2030, 5)[0]));
}

TEST_CASE("lever priors are cut to their range and shared between scenarios") {
  Scenario s = fixture::scenario();
  s.levers = {{.kind = LeverKind::plan,
               .state = 3,
               .from = 2021,
               .by = 2022,
               .value = {0.03, 0.05, 0.02, 0.04},
               .adherence = {1, 0, 0, 1.5},
               .as = PlanMode::exactly}};
  const Posteriors p;
  Draws quiet = p.spending;
  const Column* scale = quiet.find("scale");
  for (std::size_t d = 0; d < quiet.size(); ++d)
    for (std::size_t e = 0; e < scale->size(); ++e)
      quiet.values[d * quiet.width + scale->offset + e] = 1e-9;
  const Ensemble e =
      project(schedule(fixture::panel(), s), quiet, p.economy, {.futures = 1000}, {});
  double low = 1, high = 0;
  for (const double b : e.burden(2022, 3)) low = std::min(low, b), high = std::max(high, b);
  CHECK(low > 0.02 - 1e-6);
  CHECK(low < 0.021);
  CHECK(high < 0.04 + 1e-6);
  CHECK(high > 0.039);
}

TEST_CASE("a gap before the start in one state leaves no NaN in the futures of others") {
  // It did: with a stale state the years before the start are stepped, and a growth that could not
  // be known stayed NaN.
  Panel panel = fixture::panel();
  panel.milex[1 * panel.years() + 2019 - panel.first_year] = {};
  Scenario s = fixture::scenario();
  s.levers.clear();
  const Ensemble e = run(s, {.futures = 20}, {}, panel);
  for (int i = 0; i < 6; ++i)
    for (const double m : e.milex(2035, i)) CHECK(std::isfinite(m));
}

TEST_CASE(
    "of two growth levers on one state the later wins, and one acts on a state without burden "
    "too") {
  Scenario once = fixture::scenario(), twice = once, before = once;
  before.levers.clear();
  once.levers = {
      {.kind = LeverKind::growth, .state = 0, .from = 2022, .value = {-0.02, 0, -0.2, 0.2}}};
  twice.levers = {
      {.kind = LeverKind::growth, .state = 0, .from = 2022, .value = {0.1, 0, -0.2, 0.2}},
      once.levers[0]};
  CHECK(same_bits(run(once).milexes, run(twice).milexes));
  Scenario north = before;
  north.levers = {
      {.kind = LeverKind::growth, .state = 4, .from = 2022, .value = {-0.02, 0, -0.2, 0.2}}};
  CHECK(part_below(run(before), run(north), 4, 2030) == 1);
}

TEST_CASE("a state whose first figures are of the start has finite futures") {
  Panel panel = fixture::panel();
  for (int year = 1980; year < 2020; ++year)
    panel.milex[3 * panel.years() + year - panel.first_year] = {};  // DEL: no rival, no tie
  Scenario s = fixture::scenario();
  s.levers.clear();
  const Ensemble e = run(s, {.futures = 20}, {}, panel);
  for (const double m : e.milex(2035, 3)) CHECK(std::isfinite(m));
}

}  // namespace project_test
