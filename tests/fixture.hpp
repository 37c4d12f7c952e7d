// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/panel.hpp"
#include "tenbin/core/scenario.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/model/past.hpp"
#include "tenbin/num/random.hpp"

/// A small made-up world with every special case, and posterior draws of it, made of keyed numbers
/// only: the same on every platform, without reading a file.

namespace tenbin {

/// A scenario on a panel that is looked at once.
inline Schedule schedule(const Panel& panel, const Scenario& scenario) {
  return schedule(*past_of(panel, scenario.start), scenario);
}
/// The rows of all that a panel knows.
inline std::vector<Row> fitted_rows(const Panel& panel) { return past_of(panel)->rows(); }

}  // namespace tenbin

namespace tenbin::fixture {

inline double unit(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) {
  return uniforms({.seed = 7, .purpose = Purpose::test, .index = a, .entity = b, .when = c})[0];
}

/// Six states, 1980-2020. ALP and BET are rivals and far apart; GAM is allied to ALP and has a gap
/// of two years; DEL has no rival and no tie; EPS has no burden at all and is imputed; ZET has too
/// few rows for a fit and no place.
inline Panel panel() {
  Panel p{.name = "fixture",
          .currency = "units",
          .vintage = "made up",
          .price_year = 2024,
          .first_year = 1980,
          .last_year = 2020};
  p.states = {
      {"ALP", "Alphaland", "", 35.0, 139.0, 1900},   {"BET", "Betaland", "", 39.9, 116.4, 1900},
      {"GAM", "Gammaland", "", 38.9, -77.0, 1900},   {"DEL", "Deltaland", "", -35.3, 149.1, 1900},
      {"EPS", "Epsilonland", "", 39.0, 125.7, 1948}, {"ZET", "Zetaland"}};
  p.milex.resize(p.states.size() * p.years());
  for (StateIndex i = 0; i < p.size(); ++i) {
    double m = 8 + 0.7 * i, b = -3.6 + 0.2 * i;
    for (int year = p.first_year; year <= p.last_year; ++year) {
      const double growth = 0.03 + 0.06 * (unit(i, year, 1) - 0.5);
      const double change = growth + 0.05 * (-3.5 - b) + 0.12 * (unit(i, year, 2) - 0.5);
      m += change;
      b += change - growth;
      MilexCell cell{exp(m), exp(b), MilexKind::reported, "fixture"};
      if (p.states[i].id == "EPS") cell.burden = missing, cell.kind = MilexKind::imputed;
      if (p.states[i].id == "GAM" && (year == 1995 || year == 1996)) cell = {};
      if (p.states[i].id == "ZET" && (year < 2014 || year > 2018)) cell = {};
      p.milex[static_cast<std::size_t>(i) * p.years() + (year - p.first_year)] = cell;
    }
  }
  p.rivalries = {{0, 1, 1985, still_going, 0.6},
                 {0, 1, 2000, still_going, 1.0},
                 {0, 4, 1990, still_going, 1.0},
                 {1, 2, 1995, 2030, 0.8},
                 {5, 1, 2000, still_going, 0.5}};
  p.ties = {{2, 0, 1980, still_going, 1.0},
            {0, 2, 1980, still_going, 1.0},
            {1, 4, 1980, still_going, 0.5},
            {2, 5, 2010, still_going, 0.2}};
  p.missiles = {{1, "Beta-1", "IRBM", 2500, 1990},
                {1, "Beta-2", "ICBM", 12000, 2005},
                {4, "Eps-1", "SRBM", 500, 1988},
                {4, "Eps-2", "MRBM", 1500, 2026}};
  p.growth = {{0, 2021, 0.01}, {0, 2022, 0.012}, {4, 2021, 0.015}};
  p.plans = {{0, 2019, 0.02, 2021, 2025, "own", 0.7, 0.8, 0.5, 1.5, "known", "made up"}};
  return p;
}

/// A scenario with a lever of every kind, some with priors.
inline Scenario scenario() {
  Scenario s{.id = "every-lever",
             .name = "every lever",
             .start = 2020,
             .end = 2035,
             .futures = 2500,
             .seed = 99};
  s.levers = {
      {.kind = LeverKind::plan,
       .state = 1,
       .from = 2023,
       .by = 2028,
       .value = {0.03, 0, 1e-6, 0.5},
       .adherence = {0.8, 0.15, 0, 1.2}},
      {.kind = LeverKind::cap, .state = 2, .from = 2022, .value = {0.03, 0.002, 1e-6, 0.5}},
      {.kind = LeverKind::growth, .state = 1, .from = 2024, .value = {-0.02, 0.01, -0.2, 0.2}},
      {.kind = LeverKind::commitment,
       .state = 2,
       .other = 0,
       .from = 2025,
       .value = {0.5, 0.1, 0, 1}},
      {.kind = LeverKind::hostility, .state = 0, .other = 3, .from = 2026, .value = {0.7, 0, 0, 1}},
      {.kind = LeverKind::reach, .state = 4, .from = 2027, .value = {3000, 500, 0, 20100}},
      {.kind = LeverKind::pressure,
       .state = 2,
       .from = 2024,
       .by = 2030,
       .value = {0.025, 0, 1e-6, 0.5},
       .adherence = {0.8, 0.5, 0, 1.5},
       .states = {0, 3}},
      {.kind = LeverKind::efficiency, .state = 0, .from = 2022, .value = {1.3, 0.1, 0.1, 10}},
      {.kind = LeverKind::weight, .state = 4, .from = 2023, .value = {20, 5, 0, 1000}},
      {.kind = LeverKind::response,
       .state = all_states,
       .from = 2024,
       .value = {0.3, 0.05, -2, 2},
       .reaction = Reaction::rival_response},
      {.kind = LeverKind::response,
       .state = 0,
       .from = 2025,
       .value = {0.2, 0, -2, 2},
       .reaction = Reaction::threat_slope},
      {.kind = LeverKind::path,
       .state = 3,
       .from = 2031,
       .by = 2033,
       .path = {{2031, {30000, 1000, 1e-3, 1e8}}, {2033, {32000, 2000, 1e-3, 1e8}}}}};
  return s;
}

/// Posterior draws of the fixture's fitted states (ALP, BET, GAM, DEL), not from a fit but of its
/// shape.
inline Draws draws(Equation equation, int count = 300) {
  Draws d{.equation = std::string(equation_name(equation)), .chains = 1, .draws_per_chain = count};
  const std::vector<std::string> states{"ALP", "BET", "GAM", "DEL"};
  for (const ParameterSpec& p : parameters(equation)) {
    Column c{.name = std::string(p.name), .offset = d.width};
    if (p.scope == Scope::state) c.elements = states;
    if (p.scope == Scope::year)
      for (int year = 1982; year <= 2020; ++year) c.elements.push_back(std::to_string(year));
    d.width += c.size();
    d.columns.push_back(std::move(c));
  }
  d.values.resize(d.size() * d.width);
  const auto middle = [&](const std::string& name) -> double {
    if (name == "target" || name == "target_mean") return -3.8;
    if (name == "pull") return 0.06;
    if (name == "pull_mean") return -2.8;
    if (name == "persistence" || name == "persistence_mean") return 0.2;
    if (name == "income" || name == "income_mean") return 0.4;
    if (name == "rival_response" || name == "rival_mean") return 0.1;
    if (name == "ally_response") return 0.15;
    if (name == "threat_slope" || name == "support_slope") return 0.03;
    if (name == "wave_persistence" || name == "momentum") return 0.5;
    if (name == "wave" || name == "cycle") return 0;
    if (name == "wave_sd" || name == "cycle_sd") return 0.012;
    if (name == "trend" || name == "trend_mean") return 0.03;
    if (name == "growth_level" || name == "convergence") return 0.005;
    if (name == "own_growth" || name == "world_growth") return 0.25;
    if (name == "scale") return 0.04;
    if (name == "scale_mean") return -3.2;
    if (name == "df") return 3.5;
    return 0.2;  // the sds
  };
  for (std::uint32_t k = 0; k < d.size(); ++k)
    for (const Column& c : d.columns)
      for (std::size_t e = 0; e < c.size(); ++e) {
        const double u = unit(k, static_cast<std::uint32_t>(c.offset + e),
                              equation == Equation::spending ? 10 : 11);
        d.values[k * d.width + c.offset + e] =
            middle(c.name) * (1 + 0.3 * (u - 0.5)) + (c.name == "wave" ? 0.02 * (u - 0.5) : 0.0);
      }
  return d;
}

/// The same world with borders, a past of disputes up to 2020 and a model of them. ALP has a
/// quarrel with BET and with DEL, and its ally GAM is next door.
inline Panel disputing_panel(double intercept = -1.5, double force = 0.7) {
  Panel p = panel();
  p.share_of_world = 0.5;
  p.borders = {{0, 1, 1, 1900, still_going},
               {0, 2, 5, 1990, still_going},
               {0, 3, 1, 1980, still_going},
               {1, 4, 2, 1950, still_going}};
  for (StateIndex i = 0; i < p.size(); ++i) p.regime.push_back({i, 2018, 0.1 + 0.15 * i});
  p.dispute_past = {{0, 1, 2020, 2019, 4, "clashes", "judgement"},
                    {0, 3, 2020, 2011, 1, "an island", "known"},
                    {1, 4, 2020, 1999, 0, "a strait", "known"}};
  DisputeModel m{.fitted_to = "made up", .first = 1950, .last = 2014, .rows = 100, .onsets = 3};
  m.scale.mean = {8, 0.2, -2, 1, 0.3, 0.1, 0.3, 2};
  m.scale.sd = {1.1, 0.4, 1.2, 0.9, 0.2, 0.3, 0.4, 1.3};
  m.draws = {.equation = "disputes", .chains = 1, .draws_per_chain = 7, .width = dispute_numbers};
  for (std::uint32_t d = 0; d < 7; ++d) {
    std::array<double, dispute_numbers> around{intercept, -0.3, 0.1, 0.3, -0.5,
                                               -0.4,      0.2,  0.2, -0.7};
    around[dispute_logit] =
        force > 0 && force < 1 ? std::log(force / (1 - force)) : 80 * force - 40;
    around[dispute_logit + 1 + recent] = 0.1;
    around[2 * dispute_logit] = -1.5;
    around[2 * dispute_logit + 1 + rivalry] = 0.3;
    around[dispute_numbers - 2] = 0.2, around[dispute_numbers - 1] = -0.4;
    for (std::uint32_t k = 0; k < dispute_numbers; ++k)
      m.draws.values.push_back(around[k] + 0.1 * (unit(d, k, 21) - 0.5));
  }
  m.within.assign(longest_span, {50, 4});
  p.dispute_model = std::make_shared<DisputeModel>(std::move(m));
  return p;
}

}  // namespace tenbin::fixture
