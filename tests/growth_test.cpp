// SPDX-License-Identifier: Apache-2.0
// Growth of GDP in the past and in futures, and states that keep their share of it: docs/model.md
// section 3 (Economy) and docs/model.md section 5 (One year of a future).
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/futures.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/futures/stability.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/model/past.hpp"

namespace growth_test {

using namespace tenbin;

namespace {

void set(Draws& draws, std::string_view name, double value) {
  const Column& c = *draws.find(std::string(name));
  for (std::size_t k = 0; k < draws.size(); ++k)
    for (std::size_t e = 0; e < c.size(); ++e) draws.values[k * draws.width + c.offset + e] = value;
}

/// Posteriors without shocks, waves and answers.
struct Still {
  Draws spending = fixture::draws(Equation::spending, 50),
        economy = fixture::draws(Equation::economy, 50);

  Still() {
    for (const char* name :
         {"wave", "wave_sd", "rival_response", "rival_mean", "rival_sd", "ally_response",
          "threat_slope", "support_slope", "danger_within", "cover_slope", "presence_response",
          "war_response", "exposure_response", "scale", "persistence"})
      set(spending, name, 0);
    for (const char* name : {"scale", "cycle_sd", "momentum", "trend", "trend_mean", "trend_sd"})
      set(economy, name, 0);
  }
  Ensemble run(const Panel& panel, int end = 2030) const {
    Scenario s{.start = panel.last_year, .end = end, .futures = 4000, .seed = 3};
    s.announced_plans = false;
    return project(schedule(panel, s), spending, economy, {.futures = 4000}, {});
  }
};

/// log GDP of a state in a future.
double log_gdp(const Ensemble& e, int year, StateIndex i, int future) {
  return std::log(e.milex(year, i)[future] / e.burden(year, i)[future]);
}

Panel without_growth() {
  Panel p = fixture::panel();
  p.growth.clear();
  return p;
}

}  // namespace

TEST_CASE("lasting growth is the weighted mean of all years so far") {
  LastingGrowth<double> g;
  double sum = 0, weights = 0;
  for (int t = 0; t < 30; ++t) {
    const double growth = 0.03 + 0.01 * std::sin(t);
    g.add(growth);
    sum = 0.85 * sum + growth, weights = 0.85 * weights + 1;
    CHECK(g.mean == approx(sum / weights).epsilon(1e-12));
  }
  CHECK(g.weight == approx(1 / 0.15).epsilon(0.01));
}

TEST_CASE(
    "a past remembers each state's growth, the states' mean, and income beside the leader's") {
  Panel p = without_growth();
  p.states[1].id = "USA";
  p.economy = {{0, 1990, missing, 5000},
               {0, 2015, missing, 20000},
               {1, 1990, missing, 20000},
               {1, 2015, missing, 40000},
               {2, 2016, missing, 10000}};
  const auto past = past_of(p);
  CHECK(past->memory(0, 1989).income == 0);
  CHECK(past->memory(0, 2014).income == approx(std::log(0.25)));
  CHECK(past->memory(0, 2020).income == approx(std::log(0.5)));
  CHECK(past->memory(1, 2020).income == 0);
  CHECK(past->memory(2, 2020).income == 0);  // no year has both
  CHECK(past_of(p, 2014)->memory(0, 2014).income == approx(std::log(0.25)));
  double sum = 0;
  int count = 0;
  for (StateIndex i = 0; i < p.size(); ++i)
    if (past->lasting(i, 2020).weight > 0 && known(p.cell(i, 2020).burden))
      sum += past->lasting(i, 2020).mean, ++count;
  CHECK(past->world_growth(2020) == approx(sum / count).epsilon(1e-12));
  CHECK(past->memory(0, 2020).own ==
        approx(past->lasting(0, 2020).mean - sum / count).epsilon(1e-12));
}

TEST_CASE("without shocks GDP grows by what its own and the world's past let expect") {
  const Still still;
  const Panel panel = without_growth();
  const auto past = past_of(panel);
  const Ensemble e = still.run(panel, 2021);
  const EconomyLayout at(still.economy.columns);
  // ZET's figures end in 2018: futures have the mean of all states' growth of 2020, the past has
  // not
  const auto grown = [&](StateIndex i, int f) {
    return log_gdp(e, 2021, i, f) - log_gdp(e, 2020, i, f);
  };
  for (const StateIndex i : {0, 1, 2, 3})
    for (const int f : {0, 7, 49}) {
      const auto draw = still.economy.draw(f);
      const GrowthMemory<double> memory = past->memory(i, 2020);
      const double expected = draw[at.at(EconomyParameter::growth_level)] +
                              draw[at.at(EconomyParameter::own_growth)] * memory.own +
                              draw[at.at(EconomyParameter::world_growth)] * memory.world;
      CHECK(grown(i, f) - grown(0, f) == approx(draw[at.at(EconomyParameter::own_growth)] *
                                                (memory.own - past->memory(0, 2020).own))
                                             .epsilon(1e-9));
      CHECK(grown(i, f) == approx(expected).epsilon(0.02));
    }
}

TEST_CASE("a wedge shrinks to a fifth of fifteen years' gap, and is a new draw in each future") {
  CHECK(wedge_of(0.01, 15).mean == approx(0.0021).epsilon(0.02));
  CHECK(wedge_of(0.01, 15).sd == approx(0.0113).epsilon(0.01));
  CHECK(wedge_of(0.01, 60).mean > wedge_of(0.01, 15).mean);
  Panel p = without_growth();
  for (int year = 2021; year <= 2030; ++year) p.growth.push_back({0, year, 0.02, "", ""});
  const auto growth = [](const Ensemble& e, int f) {
    return (log_gdp(e, 2030, 0, f) - log_gdp(e, 2020, 0, f)) / 10;
  };
  const auto moments = [&](const Panel& panel) {
    const Ensemble e = Still().run(panel);
    double sum = 0, squares = 0;
    for (int f = 0; f < e.futures; ++f) sum += growth(e, f), squares += growth(e, f) * growth(e, f);
    const double mean = sum / e.futures;
    return std::pair(mean, std::sqrt(squares / e.futures - mean * mean));
  };
  const auto [mean, sd] = moments(p);  // nobody knows this state's gap
  CHECK(mean == approx(0.02).epsilon(0.03));
  CHECK(sd == approx(Wedge().sd).epsilon(0.05));
  for (int year = 1991; year <= 2020; ++year) {  // its GDP grew by 2 % less than real growth
    const MilexCell &now = p.cell(0, year), &before = p.cell(0, year - 1);
    if (!known(now.burden) || !known(before.burden)) continue;
    const double own = std::log(now.milex / now.burden) - std::log(before.milex / before.burden);
    p.economy.push_back({0, year, own + 0.02, missing});
  }
  const Wedge wedge = past_of(p)->wedge(0);
  CHECK(wedge.mean == approx(wedge_of(-0.02, 30).mean).epsilon(0.1));
  CHECK(moments(p).first == approx(0.02 + wedge.mean).epsilon(0.05));
}

TEST_CASE("a back-test knows what the last edition expected, and no later one") {
  Panel p = fixture::panel();
  p.expectations = {{2009, 0, 2011, 0.01}, {2010, 0, 2010, 0.02}, {2010, 0, 2011, 0.03},
                    {2010, 0, 2012, 0.04}, {2011, 0, 2011, 0.05}, {2008, 1, 2011, -0.01}};
  const Panel then = as_of(p, 2010);
  REQUIRE(then.growth.size() == 3);
  CHECK(then.growth[0].growth == 0.03);
  CHECK(then.growth[1].year == 2012);
  CHECK(then.growth[2].state == 1);
  CHECK(then.expectations.size() == 5);
  CHECK(as_of(p, 2007).growth.empty());
  p.expectations.clear();
  CHECK(as_of(p, 2010).growth.empty());  // growth.csv does not say when it was written
}

TEST_CASE("a state keeps its share in more futures, the less that has moved in twenty years") {
  const Panel panel = without_growth();
  const auto part = [&](double yearly, int known_years) {
    Panel p = panel;
    for (int year = p.first_year; year <= p.last_year; ++year) {
      MilexCell& c = p.cell_at(0, year);
      c.burden =
          year > p.last_year - known_years ? 0.02 * std::exp(yearly * (year - 2000)) : missing;
    }
    return past_of(p)->share_keeping(0);
  };
  CHECK(part(0, 0) == 0.5);  // nothing is known
  CHECK(part(0, 3) == 0.5);
  CHECK(part(0, 4) == approx(2.0 / 3).epsilon(1e-12));
  // eighteen changes over three years lie within twenty years
  CHECK(part(0, 30) == approx(19.0 / 20).epsilon(1e-12));
  CHECK(part(0.14 / 3, 30) == approx(0.5).epsilon(1e-12));
  CHECK(part(-0.28 / 3, 30) == approx(1 / (1 + (1 + 18 * 4) / 19.0)).epsilon(1e-12));
}

TEST_CASE("in a part of the futures, each state apart, the share of GDP stays where it is") {
  Still still;
  const Panel panel = without_growth();
  const auto past = past_of(panel);
  const auto keeps = [](const Ensemble& e, StateIndex i, int f) {
    return std::abs(std::log(e.burden(e.end, i)[f] / e.burden(e.start, i)[f])) < 1e-6;
  };
  const Ensemble e = still.run(panel);
  int both = 0;
  for (const StateIndex i : {0, 1, 2, 3}) {
    int kept = 0;
    for (int f = 0; f < e.futures; ++f)
      kept += keeps(e, i, f), both += i == 0 && keeps(e, 0, f) && keeps(e, 1, f);
    CHECK(std::abs(kept / 4000.0 - past->share_keeping(i)) < 0.025);  // 3 standard errors
  }
  CHECK(std::abs(both / 4000.0 - past->share_keeping(0) * past->share_keeping(1)) < 0.025);
  // without the memory of growth nobody does
  for (Column& c : still.economy.columns)
    if (c.name == "growth_level" || c.name == "own_growth" || c.name == "world_growth")
      c.fixed = true, set(still.economy, c.name, 0);
  const Ensemble none = still.run(panel);
  for (int f = 0; f < none.futures; ++f) CHECK_FALSE(keeps(none, 0, f));
}

TEST_CASE("a plan, an ended plan and a lasting reaction act on a state that keeps its share") {
  Still still;
  set(still.spending, "cover_slope", 0);
  const Panel panel = without_growth();
  Scenario s{.start = 2020, .end = 2040, .futures = 1000, .seed = 3};
  s.announced_plans = false;
  const double now = panel.cell(0, 2020).burden;
  s.levers.push_back({.kind = LeverKind::plan,
                      .state = 0,
                      .from = 2021,
                      .by = 2025,
                      .value = {2 * now, 0, 1e-6, 0.9},
                      .adherence = {1, 0, 0, 1.5}});
  const Ensemble e =
      project(schedule(panel, s), still.spending, still.economy, {.futures = 1000}, {});
  const double few = 1000 * past_of(panel)->share_keeping(0) - 50;  // 3 standard errors
  int kept = 0;
  for (int f = 0; f < e.futures; ++f) {
    CHECK(e.burden(2025, 0)[f] == approx(2 * now).epsilon(1e-6));
    kept += std::abs(std::log(e.burden(2040, 0)[f] / (2 * now))) < 1e-6;
  }
  CHECK(kept > few);  // the new share is kept
  // a reaction set by hand ends, and the share is kept after it as before
  s.levers = {{.kind = LeverKind::response,
               .state = 0,
               .from = 2022,
               .by = 2024,
               .value = {0, 0, -2, 2},
               .reaction = Reaction::rival_response}};
  const Ensemble after =
      project(schedule(panel, s), still.spending, still.economy, {.futures = 1000}, {});
  int same = 0;
  for (int f = 0; f < after.futures; ++f)
    same += std::abs(std::log(after.burden(2040, 0)[f] / now)) < 1e-6;
  CHECK(same > few);
}

TEST_CASE("every reaction set by hand gives way to the fitted one when its years are over") {
  const Draws spending = fixture::draws(Equation::spending, 50),
              economy = fixture::draws(Equation::economy, 50);
  const Panel panel = without_growth();
  Scenario s{.start = 2020, .end = 2030, .futures = 50, .seed = 3};
  const auto own = [&] { return system_of(schedule(panel, s), spending, economy, 7).own; };
  const auto bare = own();
  for (const Reaction r : {Reaction::rival_response, Reaction::ally_response,
                           Reaction::threat_slope, Reaction::support_slope}) {
    s.levers = {{.kind = LeverKind::response,
                 .state = all_states,
                 .from = 2022,
                 .by = 2024,
                 .value = {1.5, 0, -2, 2},
                 .reaction = r}};
    const auto after = own();
    for (std::size_t i = 0; i < bare.size(); ++i) {
      CHECK(after[i].rival_response == bare[i].rival_response);
      CHECK(after[i].ally_response == bare[i].ally_response);
      CHECK(after[i].threat_slope == bare[i].threat_slope);
      CHECK(after[i].support_slope == bare[i].support_slope);
      CHECK(after[i].target == bare[i].target);
    }
  }
}

TEST_CASE("a threat moves milex alike whether or not a state keeps its share, set by hand too") {
  const Draws spending = fixture::draws(Equation::spending, 50),
              economy = fixture::draws(Equation::economy, 50);
  const SpendingLayout at(spending.columns);
  const Panel panel = without_growth();
  Scenario s{.start = 2020, .end = 2030, .futures = 50, .seed = 3};
  const Schedule bare = schedule(panel, s);
  s.levers = {{.kind = LeverKind::response,
               .state = all_states,
               .from = 2022,
               .by = 2030,
               .value = {1.5, 0, -2, 2},
               .reaction = Reaction::threat_slope}};
  const Schedule by_hand = schedule(panel, s);
  const ParameterPlaces places = parameter_places(bare, spending, economy);
  int kept = 0;
  for (int f = 0; f < 50; ++f) {
    const auto draw = spending.draw(f);
    const System plain = system_of(bare, spending, economy, f),
                 set = system_of(by_hand, spending, economy, f);
    for (std::size_t i = 0; i < plain.own.size(); ++i) {
      if (plain.law[i] != Law::equation || places.spending_state[i] < 0) continue;
      const double pull = draw[at.at(SpendingParameter::pull, places.spending_state[i])];
      const auto& own = plain.own[i];
      kept += own.keeps > 0.5;
      CHECK(own.pull * own.threat_slope ==
            approx(pull * draw[at.at(SpendingParameter::threat_slope)]));
      CHECK(own.pull * own.cover_slope ==
            approx(pull * draw[at.at(SpendingParameter::cover_slope)]));
      CHECK(set.own[i].pull * set.own[i].threat_slope == approx(pull * 1.5));
    }
  }
  CHECK(kept > 50);
}

}  // namespace growth_test
