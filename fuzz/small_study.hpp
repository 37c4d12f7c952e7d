// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "../tests/fixture.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/engine/study.hpp"

/// The smallest page that has one of everything, so that mutations reach every part of its bytes.

namespace tenbin::fuzz {

inline constexpr int small_first = 2016, small_start = 2019, small_end = 2021;

inline Panel small_panel() {
  Panel p = cut(fixture::disputing_panel(), small_start);
  const Panel whole = p;
  p.states.resize(3);
  p.first_year = small_first;
  p.milex.clear();
  for (StateIndex i = 0; i < 3; ++i)
    for (int year = small_first; year <= small_start; ++year)
      p.milex.push_back(whole.cell(i, year));
  const auto elsewhere = [](const auto& x) { return x.a > 2 || x.b > 2; };
  std::erase_if(p.rivalries, elsewhere);
  std::erase_if(p.ties, elsewhere);
  std::erase_if(p.borders, elsewhere);
  std::erase_if(p.dispute_past, elsewhere);
  const auto of_others = [](const auto& x) { return x.state > 2; };
  std::erase_if(p.missiles, of_others);
  std::erase_if(p.regime, of_others);
  std::erase_if(p.growth, of_others);
  for (DisputePast& past : p.dispute_past) past.as_of = small_start, past.last = small_start - 1;
  p.disputes = {{0, 1, 2018, 4}};
  p.majors = {{0, 1950, still_going}};
  p.personnel = {{1, 2018, 1000}};
  p.wars = {{0, 1, 2017, 2018, "war"}};
  p.listed_races = {{0, 1, 2016, 2018}};
  p.price_index = {{2018, 1.1}};
  p.stories = {{0, 2018, "story", "source"}};
  p.ledger = {{"milex.csv", "milex", "label", "1", "2024", "file", 2016, 2019}};
  DisputeModel m = *p.dispute_model;
  m.draws.draws_per_chain = 2;
  m.draws.values.resize(16);
  m.judged[0].tenths = {{10, 1, 0.5}};
  m.simulated = {{Severity::any, 1990, 2000, 3, 2.5, 1, 5}};
  p.dispute_model = std::make_shared<DisputeModel>(std::move(m));
  return p;
}

inline Draws small_draws(Equation equation) {
  Draws d = first_draws(fixture::draws(equation), 2, small_start - 1);
  return d;
}

inline PageStudy small_study() {
  Scenario plain{.id = "a", .name = "a", .start = small_start, .end = small_end, .futures = 40};
  Scenario other = plain;
  other.blocs = {{"x", {0, 2}}, {"y", {1}}};
  other.levers = {
      {.kind = LeverKind::plan, .state = 1, .from = 2020, .by = 2021, .value = {.03, 0, 1e-6, .5}},
      {.kind = LeverKind::path, .state = 2, .path = {{2021, {30000, 1000, 1e-3, 1e8}}}},
      {.kind = LeverKind::pressure,
       .state = 2,
       .from = 2020,
       .by = 2021,
       .value = {.025, 0, 1e-6, .5},
       .adherence = {.8, .5, 0, 1.5},
       .states = {0}}};
  PageStudy s{.panel = small_panel(),
              .scenarios = {plain, other},
              .spending = small_draws(Equation::spending),
              .economy = small_draws(Equation::economy)};
  s.sliders = {{.lever = {.kind = LeverKind::plan, .state = 1, .from = 2020, .by = 2021},
                .low = 0.01,
                .high = 0.06}};
  return s;
}

inline HorizonScores small_board(Scored what) {
  HorizonScores h{.what = what, .horizon = 5, .cases = 20, .origins = 4};
  h.methods = {{.method = "tenbin", .crps = 0.05}, {.method = "rw", .crps = 0.06, .skill = 0.1}};
  h.pit = {1, 2, 3, 2, 2, 2, 2, 2, 2, 2};
  return h;
}

/// The same page with its record. `study` need not be small_study().
inline Carried small_carried(PageStudy study = small_study()) {
  Carried c;
  c.study = std::move(study);
  c.creator = "tenbin of a fuzzer";
  c.no_record = "none";
  c.fit.spending_summary.resize(c.study.spending.width);
  c.fit.economy_summary.resize(c.study.economy.width);
  c.fit.spending_health.draws = c.fit.economy_health.draws = 2;
  c.fit.asked.without = {"unrest"};
  c.fit.asked.leave_out = {2};
  Scorecard card{.panel = "p", .release = "r", .setup = "s", .origins = 2};
  card.first_origin = 2000, card.last_origin = 2010;
  card.states = {"ALP"};
  card.milex = {small_board(Scored::milex)};
  card.burden = {small_board(Scored::burden)};
  card.by_state = {{"ALP", {small_board(Scored::milex)}}};
  card.misses = {{"ALP", 2001, 5, 0.5, 0.01, "story", "source"}};
  card.plans = {{"ALP", 2001, 5, {0.1, 0.2, 0.3}, {0.1, 0.2, 0.3}}};
  card.terms = {{"threat", 1, 0.01, 0.005}};
  c.record = std::move(card);
  return c;
}

}  // namespace tenbin::fuzz
