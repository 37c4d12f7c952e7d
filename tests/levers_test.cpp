// SPDX-License-Identifier: Apache-2.0
// What each lever does, what two on one thing do, and how a comparison splits.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/answers.hpp"
#include "tenbin/futures/balance.hpp"
#include "tenbin/futures/explain.hpp"
#include "tenbin/futures/solve.hpp"
#include "tenbin/futures/tables.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/page/live.hpp"

namespace levers_test {

using namespace tenbin;

namespace {

constexpr StateIndex alp = 0, bet = 1, gam = 2, del = 3, eps = 4;

struct Made {
  Panel panel = fixture::panel();
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);
  Scenario bare = [] {
    Scenario s = fixture::scenario();
    s.levers.clear();
    s.announced_plans = false;
    return s;
  }();

  Scenario with(std::vector<Lever> levers) const {
    Scenario s = bare;
    s.levers = std::move(levers);
    return s;
  }
  Ensemble run(const Scenario& s, int futures = 512) const {
    return project(schedule(panel, s), spending, economy, {.futures = futures}, {});
  }
  Ensemble run(std::vector<Lever> levers) const { return run(with(std::move(levers))); }
};

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

double mean(std::span<const double> x) {
  double total = 0;
  for (const double v : x) total += v;
  return total / static_cast<double>(x.size());
}

Lever plan_of(StateIndex state, double share, int from = 2022, int by = 2028) {
  return {.kind = LeverKind::plan,
          .state = state,
          .from = from,
          .by = by,
          .value = {share, 0, 1e-6, 0.5},
          .adherence = {1, 0, 0, 1.5}};
}

}  // namespace

TEST_CASE("efficiency moves the stock from its year on and its own milex only through it") {
  const Made w;
  const Ensemble a = w.run(w.bare), b = w.run({{.kind = LeverKind::efficiency,
                                                .state = alp,
                                                .from = 2025,
                                                .value = {2, 0, 0.1, 10}}});
  CHECK(same_bits(a.stock(2024, alp), b.stock(2024, alp)));
  CHECK(same_bits(a.milex(2025, alp), b.milex(2025, alp)));
  for (int f = 0; f < a.futures; ++f)
    CHECK(b.stock(2025, alp)[f] - a.stock(2025, alp)[f] ==
          approx(a.milex(2025, alp)[f]).epsilon(1e-12));
  CHECK_FALSE(same_bits(a.milex(2026, bet), b.milex(2026, bet)));  // a rival sees more
}

TEST_CASE("a weight changes what others feel and nothing of the state itself in the first year") {
  const Made w;
  const Ensemble a = w.run(w.bare), b = w.run({{.kind = LeverKind::weight,
                                                .state = eps,
                                                .from = 2025,
                                                .value = {50, 0, 0, 1000}}});
  CHECK(same_bits(a.milex(2025, alp), b.milex(2025, alp)));
  CHECK_FALSE(same_bits(a.milex(2026, alp), b.milex(2026, alp)));
  CHECK(same_bits(a.milex(2026, gam), b.milex(2026, gam)));  // no rival of EPS
  CHECK(same_bits(a.milex(2035, eps), b.milex(2035, eps)));
}

TEST_CASE("a response lever sets the reaction it names, for one state or for all") {
  const Made w;
  const auto response = [](StateIndex state, Reaction r, double value) {
    return Lever{.kind = LeverKind::response,
                 .state = state,
                 .from = 2021,
                 .value = {value, 0, -2, 2},
                 .reaction = r};
  };
  // With every reaction at 0 nobody answers anybody, to the bit.
  std::vector<Lever> none;
  for (const Reaction r : {Reaction::rival_response, Reaction::ally_response,
                           Reaction::threat_slope, Reaction::support_slope})
    none.push_back(response(all_states, r, 0));
  const Schedule deaf = schedule(w.panel, w.with(none));
  Projection projection{{{.schedule = &deaf}}, &w.spending, &w.economy, {.futures = 256}};
  std::vector<Measure> measures;
  const ResponseTable table = ask_responses(projection.runs, measures);
  const std::vector<Response> responses = read_responses(tally(projection, measures, {}), table);
  REQUIRE(responses.size() > 30);
  for (const Response& r : responses) CHECK((r.positive.p == 0 && r.negative.p == 0));
  // A stronger answer to rivals is a larger one, in the state that has it and in no other at first.
  const Ensemble a = w.run(w.bare), b = w.run({response(bet, Reaction::rival_response, 1.5)});
  CHECK_FALSE(same_bits(a.milex(2021, bet), b.milex(2021, bet)));
  CHECK(same_bits(a.milex(2021, alp), b.milex(2021, alp)));
}

TEST_CASE("pressure is the same plan for each state it names") {
  const Made w;
  Lever pressure = plan_of(gam, 0.03);
  pressure.kind = LeverKind::pressure;
  pressure.states = {alp, del};
  const Ensemble a = w.run({pressure}), b = w.run({plan_of(alp, 0.03), plan_of(del, 0.03)});
  CHECK(same_bits(a.milexes, b.milexes));
}

TEST_CASE("a budget is a plan whose target is a sum of money, whatever GDP is in its year") {
  const Made w;
  Lever budget = plan_of(alp, 0.03);
  budget.kind = LeverKind::budget;
  budget.value = {9000, 0, 1e-3, 1e8};
  budget.as = PlanMode::exactly;
  const Lever boom{
      .kind = LeverKind::growth, .state = alp, .from = 2021, .value = {0.05, 0, -1, 1}};
  const Ensemble a = w.run({budget}), b = w.run({budget, boom});
  const auto mean_log = [&](const Ensemble& e) {
    double sum = 0;
    for (int f = 0; f < e.futures; ++f) sum += std::log(e.milex(budget.by, alp)[f]);
    return sum / e.futures;
  };
  // With an adherence of 1 only shocks move it off the sum, and growth does not.
  CHECK(mean_log(a) == approx(std::log(9000)).epsilon(0.005));
  CHECK(mean_log(b) == approx(mean_log(a)).epsilon(1e-12));
  // At least what is spent without it anyway changes nothing.
  budget.as = PlanMode::at_least;
  budget.value = {1, 0, 1e-3, 1e8};
  CHECK(same_bits(w.run(w.bare).milexes, w.run({budget}).milexes));
}

TEST_CASE("a budget leaves a habit of the share that its sum is of the GDP of its last year") {
  PlanNow<double> share{.there = true,
                        .adherence = 0.7,
                        .log_target = std::log(0.03),
                        .log_start = std::log(0.02),
                        .years = 4,
                        .as = PlanMode::exactly};
  PlanNow<double> sum = share;
  sum.in_money = true;
  sum.log_gdp = std::log(5e5);
  sum.log_target = share.log_target + sum.log_gdp;
  sum.log_start = share.log_start + std::log(4e5);
  CHECK(lasting_rise(sum, std::log(0.015), 0.0) ==
        approx(lasting_rise(share, std::log(0.015), 0.0)).epsilon(1e-12));
  CHECK(planned(sum, 0.08, 0.03) ==
        approx(0.7 * std::log(1.5 * 5 / 4) / 4 + 0.3 * 0.08).epsilon(1e-12));
}

TEST_CASE("a path holds milex in its years, at one quantile of all of them, and lets go after") {
  const Made w;
  const Lever path{.kind = LeverKind::path,
                   .state = alp,
                   .from = 2024,
                   .by = 2026,
                   .path = {{2024, {5000, 0, 1e-3, 1e8}}, {2026, {6000, 500, 1e-3, 1e8}}}};
  const Ensemble a = w.run(w.bare), e = w.run({path});
  for (int f = 0; f < e.futures; ++f) CHECK(e.milex(2024, alp)[f] == approx(5000).epsilon(1e-12));
  CHECK(mean(e.milex(2026, alp)) == approx(6000).epsilon(0.01));
  CHECK(same_bits(a.milex(2023, alp), e.milex(2023, alp)));
  CHECK(mean(e.milex(2025, alp)) != approx(5000));
  Lever wide = path;
  wide.path[0].value.sd = 400;
  const Ensemble p = w.run({wide});
  for (int f = 0; f < p.futures; ++f)  // one forecast, one error
    CHECK((p.milex(2024, alp)[f] - 5000) / 400 ==
          approx((p.milex(2026, alp)[f] - 6000) / 500).epsilon(1e-9));
}

TEST_CASE("of a plan and a path on one state the later line wins in the years of both") {
  const Made w;
  const Lever path{.kind = LeverKind::path,
                   .state = alp,
                   .from = 2025,
                   .by = 2025,
                   .path = {{2025, {4321, 0, 1e-3, 1e8}}}};
  CHECK(w.run({plan_of(alp, 0.04), path}).milex(2025, alp)[0] == approx(4321).epsilon(1e-12));
  Lever exact = plan_of(alp, 0.04);
  exact.as = PlanMode::exactly;
  CHECK(same_bits(w.run({path, exact}).milexes, w.run({exact}).milexes));
  // a plan of at least a share leaves a given path as it is
  CHECK(w.run({path, plan_of(alp, 0.04)}).milex(2025, alp)[0] == approx(4321).epsilon(1e-12));
}

TEST_CASE("of two plans that say at least the higher acts, whichever line comes later") {
  const Made w;
  const Lever low = plan_of(alp, 0.02), high = plan_of(alp, 0.06);
  const Ensemble both = w.run({low, high}), swapped = w.run({high, low}), one = w.run({high});
  CHECK(same_bits(both.milexes, swapped.milexes));
  CHECK(mean(both.milex(2028, alp)) == approx(mean(one.milex(2028, alp))).epsilon(1e-3));
  // what is announced goes on under a call for less, and after it
  Scenario announced = w.with({});
  announced.announced_plans = true;
  Scenario pressed = announced;
  Lever pressure = plan_of(gam, 0.004, 2021, 2023);
  pressure.kind = LeverKind::pressure;
  pressure.states = {alp};
  pressed.levers = {pressure};
  CHECK(same_bits(w.run(pressed).milexes, w.run(announced).milexes));
}

TEST_CASE("two levers of any kind on one thing: the later line wins") {
  const Made w;
  const auto later_wins = [&](Lever lever, double earlier) {
    Lever first = lever;
    first.value.mean = earlier;
    CHECK(same_bits(w.run({first, lever}).milexes, w.run({lever}).milexes));
    CHECK_FALSE(same_bits(w.run({lever, first}).milexes, w.run({lever}).milexes));
  };
  later_wins({.kind = LeverKind::cap, .state = gam, .from = 2022, .value = {0.02, 0, 1e-6, 0.5}},
             0.001);
  later_wins({.kind = LeverKind::weight, .state = bet, .from = 2022, .value = {3, 0, 0, 1000}}, 9);
  later_wins({.kind = LeverKind::efficiency, .state = bet, .from = 2022, .value = {2, 0, 0.1, 10}},
             5);
  later_wins({.kind = LeverKind::reach, .state = bet, .from = 2022, .value = {50, 0, 0, 20100}},
             900);
  later_wins({.kind = LeverKind::hostility,
              .state = alp,
              .other = bet,
              .from = 2022,
              .value = {0.3, 0, 0, 1}},
             0.9);
  later_wins({.kind = LeverKind::commitment,
              .state = gam,
              .other = alp,
              .from = 2022,
              .value = {0.1, 0, 0, 1}},
             0.9);
  Lever exact = plan_of(del, 0.03);
  exact.as = PlanMode::exactly;
  later_wins(exact, 0.09);
  later_wins({.kind = LeverKind::response,
              .state = alp,
              .from = 2022,
              .value = {0.5, 0, -2, 2},
              .reaction = Reaction::ally_response},
             -1);
}

TEST_CASE("a lever that ends leaves everything as it was without it from the year after") {
  const Made w;
  const Lever levers[]{
      {.kind = LeverKind::cap, .state = gam, .from = 2022, .value = {0.001, 0, 1e-6, 0.5}},
      {.kind = LeverKind::growth, .state = bet, .from = 2022, .value = {-0.03, 0, -0.2, 0.2}},
      {.kind = LeverKind::weight, .state = bet, .from = 2022, .value = {9, 0, 0, 1000}},
      {.kind = LeverKind::efficiency, .state = bet, .from = 2022, .value = {2, 0, 0.1, 10}},
      {.kind = LeverKind::reach, .state = bet, .from = 2022, .value = {50, 0, 0, 20100}},
      {.kind = LeverKind::hostility,
       .state = alp,
       .other = bet,
       .from = 2022,
       .value = {0, 0, 0, 1}},
      {.kind = LeverKind::commitment,
       .state = gam,
       .other = alp,
       .from = 2022,
       .value = {0, 0, 0, 1}},
      {.kind = LeverKind::response,
       .state = alp,
       .from = 2022,
       .value = {1.5, 0, -2, 2},
       .reaction = Reaction::rival_response}};
  for (Lever lever : levers) {
    CAPTURE(spec(lever).name);
    const Ensemble for_good = w.run({lever});
    lever.by = 2024;
    const Schedule plain = schedule(w.panel, w.bare), ended = schedule(w.panel, w.with({lever}));
    const Ensemble e = w.run({lever});
    CHECK(same_bits(for_good.milex(2024, bet), e.milex(2024, bet)));
    CHECK_FALSE(same_bits(for_good.milexes, e.milexes));
    for (int year = 2021; year <= w.bare.end; ++year)
      for (StateIndex i = 0; i < plain.states(); ++i) {
        const Acting &a = plain.acts(year, i), &b = ended.acts(year, i);
        const bool same = a.cap == b.cap && a.growth == b.growth && a.weight == b.weight &&
                          a.efficiency == b.efficiency && a.reach == b.reach &&
                          a.response == b.response;
        if (year < 2022 || year > 2024) CHECK(same);
      }
  }
  // and a reaction that was set comes back as it was fitted: a world that nothing has moved yet
  Lever quiet{.kind = LeverKind::response,
              .state = del,
              .from = 2022,
              .by = 2023,
              .value = {0.7, 0, -2, 2},
              .reaction = Reaction::rival_response};  // of a state without rivals
  CHECK(same_bits(w.run({quiet}).milexes, w.run(w.bare).milexes));
}

TEST_CASE("direct, rivals, allies and others add up to the whole, in every state and year") {
  const Made w;
  const Schedule base = schedule(w.panel, w.bare), changed = schedule(w.panel, fixture::scenario());
  Projection projection{{{.schedule = &base}}, &w.spending, &w.economy, {.futures = 700}};
  const Stages stages = add_stages(projection.runs, changed);
  double worst = 0;
  project_blocks(projection, {.threads = 1}, [&](int, int, std::span<const Ensemble> runs) {
    for (int year = base.start; year <= base.end; ++year)
      for (StateIndex i = 0; i < 5; ++i)
        for (int f = 0; f < runs[0].futures; ++f) {
          const auto level = [&](std::size_t k) {
            return runs[stages.run[k]].milex(year, i)[static_cast<std::size_t>(f)];
          };
          double sum = 0;
          for (std::size_t k = 1; k < 6; ++k) sum += level(k) - level(k - 1);
          worst = std::max(worst, std::abs(sum - (level(5) - level(0))) / level(0));
        }
  });
  CHECK(worst < 1e-12);
}

TEST_CASE("a difference between two fans has the same band whether its values are kept or theirs") {
  const Made w;
  const Schedule base = schedule(w.panel, w.bare),
                 changed = schedule(w.panel, w.with({plan_of(alp, 0.05)}));
  const Projection p{
      {{.schedule = &base}, {.schedule = &changed}}, &w.spending, &w.economy, {.futures = 600}};
  for (const Quantity q : {Quantity::milex, Quantity::burden}) {
    std::vector<Measure> measures;
    const Place before = ask_fan(measures, base, 0, q), after = ask_fan(measures, changed, 1, q),
                own = ask_comparison(measures, base, 0, 1, q),
                theirs = ask_comparison(measures, base, 0, 1, q, {before, after});
    const Tally t = tally(p, measures, {.threads = 3});
    CHECK(t.parts[own.of(2030, alp)].values().size() == 600);
    CHECK(t.parts[theirs.of(2030, alp)].values().empty());
    const Comparison a = read_comparison(t, own), b = read_comparison(t, theirs);
    for (int year = base.start; year <= base.end; ++year)
      for (StateIndex i = 0; i < 6; ++i) {
        const Difference &x = a.at(year, i), &y = b.at(year, i);
        CHECK(x.band.exists == y.band.exists);
        if (!x.band.exists) continue;
        CHECK(same_bits(x.band.quantile, y.band.quantile));
        CHECK(x.band.mean == y.band.mean);
        CHECK(x.positive.p == y.positive.p);
      }
  }
}

TEST_CASE("a lever on a state without rivals and ties has a direct effect only, on it alone") {
  const Made w;
  const Schedule base = schedule(w.panel, w.bare),
                 changed = schedule(w.panel, w.with({plan_of(del, 0.05)}));
  Projection projection{{{.schedule = &base}}, &w.spending, &w.economy, {.futures = 300}};
  const Stages stages = add_stages(projection.runs, changed);
  project_blocks(projection, {}, [&](int, int, std::span<const Ensemble> runs) {
    for (StateIndex i = 0; i < 6; ++i) {
      const auto row = [&](std::size_t k) { return runs[stages.run[k]].milex(2030, i); };
      CHECK(same_bits(row(0), row(1)) == (i != del));
      for (std::size_t k = 2; k < 6; ++k) CHECK(same_bits(row(1), row(k)));
    }
  });
}

TEST_CASE("who sees the change comes in order: rivals of the changed state, then its allies") {
  const Made w;
  const Schedule base = schedule(w.panel, w.bare),
                 changed = schedule(w.panel, w.with({plan_of(alp, 0.08)}));
  Projection projection{{{.schedule = &base}}, &w.spending, &w.economy, {.futures = 300}};
  const Stages stages = add_stages(projection.runs, changed);
  project_blocks(projection, {}, [&](int, int, std::span<const Ensemble> runs) {
    const auto same = [&](std::size_t a, std::size_t b, StateIndex i) {
      return same_bits(runs[stages.run[a]].milex(2030, i), runs[stages.run[b]].milex(2030, i));
    };
    CHECK_FALSE(same(0, 1, alp));
    for (const StateIndex i : {bet, gam, del, eps}) CHECK(same(0, 1, i));
    CHECK_FALSE(same(1, 2, bet));  // BET and EPS are its rivals; EPS has no equation
    CHECK(same(1, 2, gam));
    CHECK_FALSE(same(2, 3, gam));  // its ally
    CHECK(same(0, 4, del));
  });
}

TEST_CASE("a state counts as changed where another line wins, though both scenarios hold both") {
  // It did not: levers were compared one by one, and what Japan did itself came out as others'.
  const Made w;
  const Schedule base = schedule(w.panel, w.with({plan_of(del, 0.03), plan_of(del, 0.05)})),
                 changed = schedule(
                     w.panel, w.with({plan_of(del, 0.03), plan_of(del, 0.05), plan_of(del, 0.03)}));
  const std::vector<char> marked = changed_states(base, changed);
  CHECK(marked == std::vector<char>{0, 0, 0, 1, 0, 0});
  CHECK(changed_states(base, base) == std::vector<char>(6, 0));
  const auto lever = [&](Lever l) {
    return changed_states(schedule(w.panel, w.bare), schedule(w.panel, w.with({std::move(l)})));
  };
  // A commitment changes the protected; hostility both; reach the state that has it.
  CHECK(lever({.kind = LeverKind::commitment,
               .state = gam,
               .other = alp,
               .from = 2022,
               .value = {0, 0, 0, 1}}) == std::vector<char>{1, 0, 0, 0, 0, 0});
  CHECK(lever({.kind = LeverKind::hostility,
               .state = alp,
               .other = del,
               .from = 2022,
               .value = {1, 0, 0, 1}}) == std::vector<char>{1, 0, 0, 1, 0, 0});
  CHECK(lever({.kind = LeverKind::reach, .state = bet, .from = 2022, .value = {9, 0, 0, 20100}}) ==
        std::vector<char>{0, 1, 0, 0, 0, 0});
}

TEST_CASE("a prior whose range lies far from its mean gives the nearer end") {
  // It gave the farther one: the distribution function is 0 there, and its inverse minus infinity.
  const Made w;
  for (const double mean : {-0.15, 0.15}) {
    const Schedule s = schedule(w.panel, w.with({{.kind = LeverKind::growth,
                                                  .state = alp,
                                                  .from = 2022,
                                                  .value = {mean, 0.001, -0.02, 0.03}}}));
    REQUIRE(s.values.size() == 1);
    for (int f = 0; f < 50; ++f) CHECK(value_of(s, 0, f) == (mean < 0 ? -0.02 : 0.03));
  }
}

TEST_CASE("a paired difference has far less Monte Carlo variance than that of two ensembles") {
  const Made w;
  const Schedule base = schedule(w.panel, w.bare),
                 changed = schedule(w.panel, w.with({{.kind = LeverKind::growth,
                                                      .state = bet,
                                                      .from = 2022,
                                                      .value = {-0.02, 0, -0.2, 0.2}}}));
  Projection projection{
      {{.schedule = &base}, {.schedule = &changed}}, &w.spending, &w.economy, {.futures = 3000}};
  std::vector<Measure> measures;
  const Place one = ask_fan(measures, base, 0, Quantity::milex, false),
              two = ask_fan(measures, base, 1, Quantity::milex, false),
              paired = ask_comparison(measures, base, 0, 1, Quantity::milex);
  const Tally t = tally(projection, measures, {});
  for (const StateIndex i : {alp, bet}) {
    const double a = t.parts[one.of(2030, i)].sd(), b = t.parts[two.of(2030, i)].sd(),
                 d = t.parts[paired.of(2030, i)].sd();
    MESSAGE("variance of one difference, ", w.panel.states[i].id, ": paired ", d * d,
            ", of two independent futures ", a * a + b * b);
    CHECK(10 * d * d < a * a + b * b);
  }
}

TEST_CASE("a tally that is interrupted and taken up has the same bits" *
          doctest::test_suite("threads")) {
  const Made w;
  const Schedule s = schedule(w.panel, fixture::scenario());
  for (const std::int64_t futures : {std::int64_t{2000}, most_exact_futures + 500}) {
    const Projection projection{{{.schedule = &s}}, &w.spending, &w.economy, {.futures = futures}};
    std::vector<Measure> measures;
    ask_fan(measures, s, 0, Quantity::burden);
    const Tally whole = tally(projection, measures, {.threads = 2});
    CHECK(whole.exact == (futures == 2000));
    const auto half = [&](int which) {
      Tally t = empty_tally(measures, futures);
      REQUIRE(from_bytes(to_bytes(tally(projection, measures, {.threads = 1},
                                        {.wanted = [=](int b) { return b % 2 == which; }})),
                         projection.blocks(), t));
      return t;
    };
    Tally both = half(1);
    merge(both, half(0));
    CHECK(both.blocks.size() == whole.blocks.size());
    for (std::size_t k = 0; k < whole.parts.size(); ++k) {
      if (!whole.parts[k].exists()) continue;
      const Band a = whole.parts[k].band(), b = both.parts[k].band();
      REQUIRE(a.quantile == b.quantile);
      REQUIRE(a.mean == b.mean);
      REQUIRE(whole.parts[k].mean_error() == both.parts[k].mean_error());
    }
  }
}

TEST_CASE("explain adds up, on a thousand random state-years") {
  const Made w;
  const Schedule s = schedule(w.panel, fixture::scenario());
  double worst = 0, worst_mean = 0;
  for (std::uint32_t k = 0; k < 1000; ++k) {
    const auto state = static_cast<StateIndex>(5 * fixture::unit(k, 70));
    const int year = s.start + 1 + static_cast<int>((s.end - s.start) * fixture::unit(k, 71));
    Projection projection{{{.schedule = &s, .explained = state, .explained_year = year}},
                          &w.spending,
                          &w.economy,
                          {.futures = 16}};
    project_blocks(projection, {.threads = 1}, [&](int, int, std::span<const Ensemble> runs) {
      for (std::size_t f = 0; f < 16; ++f) {
        double sum = 0;
        for (std::size_t t = 0; t < term_names.size(); ++t) sum += runs[0].term(t)[f];
        const double change =
            runs[0].term(term_names.size() + 1)[f] - runs[0].term(term_names.size())[f];
        worst = std::max(worst, std::abs(sum - change));
        // What is explained is what the projection says.
        REQUIRE(std::exp(runs[0].term(term_names.size() + 1)[f]) ==
                approx(runs[0].milex(year, state)[f]).epsilon(1e-13));
      }
    });
    if (k % 50 != 0) continue;
    std::vector<Measure> measures;
    const std::size_t at = ask_explanation(measures, 0);
    const Explanation e = read_explanation(tally(projection, measures, {}), at);
    double change = 0, money = 0;
    for (const auto& part : e.parts) change += part.change, money += part.money;
    worst_mean = std::max(worst_mean, std::abs(change - e.whole.change));
    CHECK(money == approx(e.after - e.before).epsilon(1e-8).scale(e.before));
  }
  CHECK(worst < 1e-13);
  CHECK(worst_mean < 1e-12);
}

TEST_CASE("explain adds up in the past too, and knows which years it cannot explain") {
  const Made w;
  const auto e = explain_past(*past_of(w.panel), w.spending, alp, 2010);
  REQUIRE(e);
  double change = 0, money = 0;
  for (const auto& part : e->parts) change += part.change, money += part.money;
  CHECK(change == approx(std::log(w.panel.cell(alp, 2010).milex / w.panel.cell(alp, 2009).milex))
                      .epsilon(1e-9));
  CHECK(money ==
        approx(w.panel.cell(alp, 2010).milex - w.panel.cell(alp, 2009).milex).epsilon(1e-6));
  CHECK_FALSE(explain_past(*past_of(w.panel), w.spending, alp, 1981));
  CHECK_FALSE(explain_past(*past_of(w.panel), w.spending, eps, 2010));
}

TEST_CASE("the balance of the start year is stocks times reach weights, by hand") {
  const Made w;
  const Schedule s = schedule(
      w.panel,
      w.with({{.kind = LeverKind::weight, .state = bet, .from = 2025, .value = {4, 0, 0, 1000}}}));
  const Projection projection{{{.schedule = &s}}, &w.spending, &w.economy, {.futures = 64}};
  std::vector<Measure> measures;
  const BalanceQuestion q =
      ask_balance(measures, w.panel, s, 0, {"one", {alp, gam}}, {"two", {bet}});
  const std::vector<BalanceYear> years = read_balance(tally(projection, measures, {}), q);
  const std::vector<double> stock = stocks(w.panel);
  const auto own = [&](StateIndex i) {
    return stock[static_cast<std::size_t>(i) * w.panel.years() + (2020 - w.panel.first_year)];
  };
  const std::vector<Link> links{{bet, alp}, {bet, gam}};
  const std::vector<double> d = distances(w.panel, links);
  const double one = own(alp) * std::exp(-d[0] / 3000) + own(gam) * std::exp(-d[1] / 3000);
  CHECK(years[0].first.median() == approx(one).epsilon(1e-12));
  CHECK(years[0].second.median() == approx(own(bet)).epsilon(1e-12));  // 12,000 km
  CHECK(years[0].ratio.median() == approx(one / own(bet)).epsilon(1e-9));
  const double rise = years[5].second.median() / years[4].second.median();
  CHECK(rise > 3.8);  // the weight of 2025
}

TEST_CASE(
    "a promise halved halves what its giver counts by treaty, and nothing in the other cuts") {
  Made w;
  w.panel.ties = {{alp, gam, 1990, still_going, 0.8, "treaty", ""}};
  for (State& s : w.panel.states) s.region = "here";
  w.panel.states[alp].region = "there";
  w.panel.price_levels = {{alp, 2019, 1, 0.5}, {gam, 2020, 1, 2}, {bet, 2020, 0.3, 0.25}};
  const Bloc one{"one", {alp, gam}}, two{"two", {bet}};
  CHECK(balance_cuts(w.panel, 2020, one, two).size() == 4);
  const auto first_of = [&](const Scenario& scenario, BalanceCut cut, int year) {
    const Schedule s = schedule(w.panel, scenario);
    const Projection projection{{{.schedule = &s}}, &w.spending, &w.economy, {.futures = 64}};
    std::vector<Measure> measures;
    const BalanceQuestion q = ask_balance(measures, w.panel, s, 0, one, two, cut);
    const BalanceYear y = read_balance(tally(projection, measures, {}), q)[year - 2020];
    return std::pair(y.first.median(), y.second.median());
  };
  const auto whole = first_of(w.bare, BalanceCut::whole, 2020);
  const Scenario halved = w.with({{.kind = LeverKind::commitment,
                                   .state = alp,
                                   .other = gam,
                                   .from = 2022,
                                   .value = {0.4, 0, 0, 1}}});
  const std::vector<double> stock = stocks(w.panel);
  const auto own = [&](StateIndex i) {
    return stock[static_cast<std::size_t>(i) * w.panel.years() + (2020 - w.panel.first_year)];
  };
  const std::vector<double> d = distances(w.panel, std::vector<Link>{{bet, alp}, {bet, gam}});
  const double of_alp = own(alp) * std::exp(-d[0] / 3000),
               of_gam = own(gam) * std::exp(-d[1] / 3000);
  CHECK(whole.first == approx(of_alp + of_gam).epsilon(1e-12));
  CHECK(first_of(w.bare, BalanceCut::by_treaty, 2020).first ==
        approx(0.8 * of_alp + of_gam).epsilon(1e-12));
  CHECK(first_of(w.bare, BalanceCut::in_region, 2020).first ==
        approx(share_in_region * of_alp + of_gam).epsilon(1e-12));
  const auto real = first_of(w.bare, BalanceCut::purchasing_power, 2020);
  CHECK(real.first == approx(of_alp / 0.5 + of_gam / 2).epsilon(1e-12));
  CHECK(real.second == approx(whole.second / 0.25).epsilon(1e-12));
  CHECK(first_of(halved, BalanceCut::by_treaty, 2021).first ==
        first_of(w.bare, BalanceCut::by_treaty, 2021).first);
  CHECK(first_of(halved, BalanceCut::by_treaty, 2025).first <
        0.95 * first_of(w.bare, BalanceCut::by_treaty, 2025).first);
  w.panel.price_levels.pop_back();  // nobody knows BET's prices
  CHECK(balance_cuts(w.panel, 2020, one, two).size() == 3);
}

TEST_CASE("troops and wars move spending by just what their covariates say") {
  Made w;
  w.panel.states[bet].region = w.panel.states[del].region = "here";
  for (int year = 2010; year <= 2020; ++year) w.panel.presence.push_back({alp, del, year, 9900});
  const auto paths = [&](const Scenario& scenario) {
    return project(schedule(w.panel, scenario), w.spending, w.economy, {.futures = 32}, {});
  };
  Scenario base = w.bare;
  base.disputes = false;
  Scenario more = base, war = base;
  more.levers = {{.kind = LeverKind::presence,
                  .state = alp,
                  .other = del,
                  .from = 2022,
                  .value = {19900, 0, 0, 1e6}}};
  war.levers = {{.kind = LeverKind::war,
                 .state = gam,
                 .other = bet,
                 .from = 2023,
                 .by = 2024,
                 .value = {0.5, 0, 0, 3}}};
  const Ensemble a = paths(base), b = paths(more), c = paths(war);
  const SpendingLayout layout(w.spending.columns);
  const double km = great_circle(w.panel.states[bet].lat, w.panel.states[bet].lon,
                                 w.panel.states[del].lat, w.panel.states[del].lon);
  const double near = std::max(0.0, std::exp(-km / 1500) - std::exp(-2.0));
  for (int f = 0; f < 32; ++f) {
    const auto draw = w.spending.draw(f % w.spending.size());
    const auto of = [&](SpendingParameter p) { return draw[layout.at(p)]; };
    const auto moved = [&](const Ensemble& e, int year, StateIndex i) {
      return std::log(e.milex(year, i)[f] / a.milex(year, i)[f]);
    };
    // H of 2022 acts in 2023; nothing before
    CHECK(moved(b, 2022, del) == 0);
    CHECK(moved(b, 2023, del) ==
          approx(of(SpendingParameter::presence_response) * std::log(200.0 / 100)).epsilon(1e-9));
    CHECK(moved(b, 2023, alp) == 0);
    // W of both at war, X of the neighbour; the aggressor's and the attacked one's X is 0
    CHECK(moved(c, 2022, del) == 0);
    CHECK(moved(c, 2023, gam) == approx(0.5 * of(SpendingParameter::war_response)).epsilon(1e-9));
    CHECK(moved(c, 2023, bet) == approx(0.5 * of(SpendingParameter::war_response)).epsilon(1e-9));
    CHECK(moved(c, 2023, del) ==
          approx(0.5 * of(SpendingParameter::exposure_response) * near).epsilon(1e-9));
  }
}

TEST_CASE("a war without a last year is felt for the two years of the estimate") {
  const Lever war{.kind = LeverKind::war, .from = 2028};
  CHECK(last_year(war) == 2029);
  CHECK(last_year(Lever{.kind = LeverKind::war, .from = 2028, .by = 2033}) == 2033);
  CHECK(last_year(Lever{.kind = LeverKind::presence, .from = 2028}) > 9999);
}

TEST_CASE(
    "hostility ended between two states lowers their danger, and so the target that answers it") {
  Made w;
  w.panel.majors = {{bet, 1900, still_going}};
  w.panel.danger = {{.first = 1950,
                     .last = 2014,
                     .rows = 10,
                     .fatal = {.onsets = 2, .slope = {-3, 0, 0, 0, 0, 0, 0, 2}},
                     .force = {}}};
  Scenario base = w.bare, calm = w.bare;
  base.disputes = calm.disputes = false;
  calm.levers = {{.kind = LeverKind::hostility,
                  .state = alp,
                  .other = bet,
                  .from = 2021,
                  .value = {0, 0, 0, 1}}};
  const auto past = past_of(w.panel, 2020);
  const double before = past->danger(alp, 2020);  // rival of BET only, hostility 1
  CHECK(before > 100 / (1 + std::exp(1.0)) - 1e-9);
  const SpendingLayout layout(w.spending.columns);
  for (std::size_t d = 0; d < w.spending.size(); ++d) {
    w.spending.values[d * w.spending.width + layout.at(SpendingParameter::danger_within)] = 0.05;
    for (const auto p : {SpendingParameter::ally_response, SpendingParameter::threat_slope})
      w.spending.values[d * w.spending.width + layout.at(p)] = 0;
    w.spending.values[d * w.spending.width + layout.at(SpendingParameter::rival_response, 0)] = 0;
  }
  const Ensemble a = project(schedule(w.panel, base), w.spending, w.economy, {.futures = 32}, {}),
                 b = project(schedule(w.panel, calm), w.spending, w.economy, {.futures = 32}, {});
  for (int f = 0; f < 32; ++f) {
    CHECK(a.milex(2021, alp)[f] == b.milex(2021, alp)[f]);  // the danger of 2021 acts in 2022
    CHECK(b.milex(2022, alp)[f] < a.milex(2022, alp)[f]);
  }
}

TEST_CASE("regret is how far a run lies behind the best, and somebody is best in every future" *
          doctest::test_suite("threads")) {
  const Made w;
  const Schedule a = schedule(w.panel, w.bare), b = schedule(w.panel, w.with({plan_of(del, 0.05)}));
  const Projection projection{
      {{.schedule = &a}, {.schedule = &b}}, &w.spending, &w.economy, {.futures = 400}};
  const Outcome cost{.kind = Outcome::Kind::cost, .state = del, .year = 2030};
  std::vector<Measure> measures;
  const std::size_t at = ask_regret(
      measures, {{0, reader(cost, w.panel, a)}, {1, reader(cost, w.panel, b)}}, false, milex_unit);
  const Tally t = tally(projection, measures, {});
  const Regret cheap = read_regret(t, at, 0), dear = read_regret(t, at, 1);
  CHECK(cheap.best.p + dear.best.p >= 1);
  CHECK(cheap.behind.median() == 0);
  CHECK(dear.behind.median() > 0);
  CHECK(dear.behind.quantile[0] >= 0);
}

TEST_CASE("solve gives the answer of a fine grid, and says when there is none" *
          doctest::test_suite("threads")) {
  const Made w;
  const Scenario s = [&] {
    Scenario x = w.with({plan_of(del, 0.03)});
    x.futures = 1000;
    return x;
  }();
  SolveQuestion q{.lever = 0,
                  .low = 0.01,
                  .high = 0.06,
                  .outcome = {.kind = Outcome::Kind::burden, .state = del, .year = 2028},
                  .target = 0.03,
                  .probability = 0.8};
  const auto chance = [&](double value, double limit = 0.03) {
    Scenario varied = s;
    varied.levers[0].value.mean = value;
    const Ensemble e = w.run(varied, 1000);
    double count = 0;
    for (const double b : e.burden(2028, del)) count += b >= limit;
    return count / 1000;
  };
  const Solution found = solve(*past_of(w.panel, s.start), s, w.spending, w.economy, q, {});
  REQUIRE(found.found);
  CHECK_FALSE(found.everywhere);
  double grid = 0;  // the first of 2,000 values that does, around the answer
  for (int k = 0; k <= 2000 && grid == 0; ++k) {
    const double value = found.value + 0.05 * (k - 1000) / 20000;
    if (chance(value) >= 0.8) grid = value;
    if (k > 1020) break;
    if (k < 980) k = 979;
  }
  CHECK(found.value == approx(grid).epsilon(1e-3));
  CHECK(chance(found.value) >= 0.8);
  CHECK(chance(found.value - 0.05 / 8192) < 0.8);
  CHECK(found.earliest <= found.value);
  CHECK(found.latest >= found.value);
  q.target = 0.2;
  const Solution none = solve(*past_of(w.panel, s.start), s, w.spending, w.economy, q, {});
  CHECK_FALSE(none.found);
  CHECK(none.steps.size() == static_cast<std::size_t>(solve_grid));
  q.target = 1e-5;
  CHECK(solve(*past_of(w.panel, s.start), s, w.spending, w.economy, q, {}).everywhere);
  // The largest value at which the burden still stays below.
  q = {.lever = 0,
       .low = 0.01,
       .high = 0.06,
       .smallest = false,
       .outcome = {.kind = Outcome::Kind::burden, .state = del, .year = 2028},
       .at_least = false,
       .target = 0.04,
       .probability = 0.8};
  const Solution most = solve(*past_of(w.panel, s.start), s, w.spending, w.economy, q, {});
  REQUIRE(most.found);
  CHECK(1 - chance(most.value, 0.04) >= 0.8);
  CHECK(1 - chance(most.value + 0.05 / 8192, 0.04) < 0.8);
}

}  // namespace levers_test
