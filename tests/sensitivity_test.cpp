// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/sensitivity.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace sensitivity_test {

using namespace tenbin;

SensitivityOptions short_fits() {
  SensitivityOptions options;
  options.fit.chains = 1;
  options.fit.warmup = 60;
  options.fit.draws = 60;
  options.futures = 64;
  return options;
}

TEST_CASE("what a setting moves is found by hand as well") {
  SettingResult first{.effects = {{"a", 0.1, 0.05}, {"b", -0.2, 0.1}, {"gone", 9, 1}},
                      .spending = {100, 50, missing},
                      .low = {50, 40, missing},
                      .high = {200, 60, missing},
                      .first_threat = {1, 2, 0}};
  SettingResult other = first;
  other.effects = {{"b", -0.05, 0.1}, {"a", 0.15, 0.05}};
  other.spending = {110, 45, missing};
  other.first_threat = {1, -1, 0};
  const SettingChange c = change_of(first, other);
  CHECK(c.effect == "b");
  CHECK(c.effect_sds == approx(1.5).epsilon(1e-12));
  CHECK(c.state == 1);  // a tenth less is half of its narrow range, a tenth more little of a wide
  CHECK(c.spending == approx(-0.1).epsilon(1e-12));
  CHECK(c.of_range == approx(2 * std::log(0.9) / std::log(1.5)).epsilon(1e-12));
  REQUIRE(c.other_threat.size() == 1);
  CHECK(c.other_threat[0] == 1);
  CHECK(change_of(first, first).state == -1);
  CHECK(change_of(first, first).effect_sds == 0);
}

TEST_CASE("a rule of stocks acts in the past and in every year of a future") {
  Panel panel = fixture::panel();
  const auto plain = past_of(panel);
  panel.stock_rule = {.decay = 0.2, .prior_growth = 0.05, .fading_length = 1000};
  const auto past = past_of(panel);
  for (StateIndex i = 0; i < panel.size(); ++i) {
    const auto has = [&](int year) { return panel.cell(i, year).present(); };
    int year = panel.first_year;
    while (year <= panel.last_year && !has(year)) ++year;
    if (year > panel.last_year) continue;
    CHECK(past->stock(i, year) == panel.cell(i, year).milex / (0.2 + 0.05));
    if (has(year + 1))
      CHECK(past->stock(i, year + 1) ==
            (1 - 0.2) * past->stock(i, year) + panel.cell(i, year + 1).milex);
  }
  const Relations<double>&before = plain->relations(panel.last_year),
        &after = past->relations(panel.last_year);
  int faded = 0;
  for (std::size_t k = 0; k < after.bearing.size(); ++k)
    if (before.bearing[k] > 0 && before.bearing[k] < 1) {
      ++faded;
      CHECK(std::log(after.bearing[k]) == approx(3 * std::log(before.bearing[k])).epsilon(1e-12));
    }
  CHECK(faded > 0);

  Scenario scenario{.id = "x", .start = panel.last_year, .end = panel.last_year + 3};
  scenario.disputes = false;
  const Draws spending = fixture::draws(Equation::spending, 4),
              economy = fixture::draws(Equation::economy, 4);
  const Ensemble e = project(schedule(*past, scenario), spending, economy, {.futures = 8}, {});
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = panel.last_year + 1; year <= scenario.end; ++year)
      for (std::size_t f = 0; f < 8; ++f)
        if (known(e.milex(year, i)[f]))
          CHECK(e.stock(year, i)[f] == (1 - 0.2) * e.stock(year - 1, i)[f] + e.milex(year, i)[f]);
}

/// The test panel with ten more years before its first one.
Panel longer() {
  Panel panel = read_panel(TENBIN_SOURCE "/tests/data/tiny");
  constexpr int more = 10;
  Panel result = panel;
  result.first_year -= more;
  result.milex.clear();
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = result.first_year; year <= panel.last_year; ++year) {
      const int before = panel.first_year - year;  // mirrored, and less
      result.milex.push_back(panel.cell(i, before > 0 ? panel.first_year + before : year));
      if (before > 0) result.milex.back().milex *= 0.8;
    }
  return result;
}

TEST_CASE("settings begin with the panel's own, and the same figures twice say the same twice") {
  const Panel panel = longer();
  std::vector<SecondShare> same, doubled;
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = panel.first_year; year <= panel.last_year; ++year)
      if (known(panel.cell(i, year).burden)) {
        same.push_back({i, year, panel.cell(i, year).burden});
        doubled.push_back({i, year, 2 * panel.cell(i, year).burden});
      }
  const Sensitivity s = sensitivity(panel, short_fits(), same, {});
  const auto settings = stock_settings(panel);
  REQUIRE(s.results.size() == settings.size());
  REQUIRE(settings.back().from == panel.first_year + 5);
  CHECK(s.year == panel.last_year + 10);
  for (std::size_t k = 0; k < settings.size(); ++k) {
    CHECK(s.results[k].setting.name == settings[k].name);
    CHECK(s.results[k].effects.size() == s.results[0].effects.size());
    const bool shorter = settings[k].from > 0;
    CHECK((s.results[k].rows < s.results[0].rows) == shorter);
    if (k > 0) CHECK(std::abs(change_of(s.results[0], s.results[k]).effect_sds) > 0);
  }
  REQUIRE(s.sources.rows > 0);
  REQUIRE(s.sources.own.size() == s.sources.second.size());
  for (std::size_t k = 0; k < s.sources.own.size(); ++k)
    CHECK(s.sources.own[k].mean == approx(s.sources.second[k].mean).epsilon(1e-6));
  CHECK(s.sources.level_ratio == 1);
  CHECK(s.sources.correlation == approx(1).epsilon(1e-12));

  const Sensitivity twice = sensitivity(panel, short_fits(), doubled, {});
  CHECK(twice.sources.level_ratio == approx(2).epsilon(1e-12));
  CHECK(twice.sources.rows == s.sources.rows);
  CHECK(twice.sources.second_spread == approx(s.sources.own_spread).epsilon(1e-9));
  CHECK(twice.sources.own[0].mean == s.sources.own[0].mean);
  CHECK(twice.sources.second[0].name == "target_mean");  // habits are higher where shares are
  CHECK(twice.sources.second[0].mean > twice.sources.own[0].mean);
}

TEST_CASE("a second source with too few years is refused, and stopped work says nothing") {
  const Panel panel = read_panel(TENBIN_SOURCE "/tests/data/tiny");
  CHECK_THROWS_AS(sensitivity(panel, short_fits(), {{0, panel.last_year, 0.02}}, {}), Error);
  CHECK(sensitivity(panel, short_fits(), {}, {}, [](double) { return false; }).results.empty());
}

}  // namespace sensitivity_test
