// SPDX-License-Identifier: Apache-2.0
// Two releases of one panel: a change of the price year, a revision, a new year.
#include "tenbin/fit/revision.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "fixture.hpp"
#include "near.hpp"

namespace revision_test {

using namespace tenbin;

namespace {

MilexCell& cell(Panel& p, StateIndex i, int year) {
  return p.milex[static_cast<std::size_t>(i) * p.years() + (year - p.first_year)];
}

/// The fixture as it was a release ago: a year shorter, in the money of the year before, state i at
/// the rate 1 + i / 10.
Panel release_before() {
  Panel p = cut(fixture::panel(), 2019);
  p.price_year = 2023;
  for (StateIndex i = 0; i < p.size(); ++i)
    for (int year = p.first_year; year <= p.last_year; ++year)
      cell(p, i, year).milex /= 1 + 0.1 * i;
  return p;
}

}  // namespace

TEST_CASE("a change of the price year is no revision, a state's own factor is found") {
  const Panel before = release_before(), after = fixture::panel();
  const CommonMoney money = common_money(before, after);
  CHECK(!money.same);
  for (StateIndex i = 0; i < before.size(); ++i) CHECK(money.factor[i] == approx(1 + 0.1 * i));
  const FigureRevisions r = compare_figures(before, after, money, 1e-3);
  CHECK(r.all.empty());
  int added = 0;
  for (const StateRevision& s : r.states) {
    CHECK(s.gone.empty());
    for (const int year : s.added) CHECK(year == 2020);
    added += static_cast<int>(s.added.size());
  }
  CHECK(added == 5);  // ZET has no 2020
}

TEST_CASE("revised years are found beside a change of the price year, even half of them") {
  Panel before = release_before();
  const Panel after = fixture::panel();
  for (int year = 1980; year <= 2005; ++year)
    cell(before, 1, year).milex *= 40;  // prices of long ago
  cell(before, 0, 2018).milex *= 1.05;
  cell(before, 0, 2019).milex *= 0.9;
  cell(before, 2, 2010).burden *= 1.2;
  cell(before, 3, 2010).kind = MilexKind::estimate;
  cell(before, 3, 1985) = {};
  const CommonMoney money = common_money(before, after);
  CHECK(money.factor[0] == approx(1));
  CHECK(money.factor[1] == approx(1.1));
  const FigureRevisions r = compare_figures(before, after, money, 1e-3);
  int milex = 0, burden = 0, kind = 0, old_added = 0;
  for (const StateRevision& s : r.states) {
    milex += s.milex;
    burden += s.burden;
    kind += s.kind;
    for (const int year : s.added) old_added += year == 1985;
    if (s.state == "ALP") CHECK(s.largest.change() == approx(1 / 0.9 - 1));
  }
  CHECK(milex == 28);
  CHECK(burden == 1);
  CHECK(kind == 1);
  CHECK(old_added == 1);
}

TEST_CASE("a race that only a revision made is named as such, one of the new years too") {
  Panel before = fixture::panel();
  for (StateIndex i : {0, 1})  // flat, but for noise below the rule
    for (int year = before.first_year; year <= before.last_year; ++year)
      cell(before, i, year).milex = 1000 * (1 + 0.02 * (year % 2));
  Panel after = before;
  before = cut(before, 2018);
  CHECK(compare_races(before, cut(after, 2018), after).empty());
  Panel revised = after;  // both grow by 10 % in 2001-2004, and from 2018 on
  for (StateIndex i : {0, 1})
    for (int year = 2001; year <= after.last_year; ++year)
      cell(revised, i, year).milex = 1000 * std::pow(1.1, std::min(year - 2000, 4));
  std::vector<MovedRace> moved = compare_races(before, cut(revised, 2018), revised);
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].a == "ALP");
  CHECK(moved[0].because == MovedRace::Because::revision);
  CHECK(!moved[0].gone);
  CHECK(moved[0].chance > moved[0].chance_other);
  Panel longer = after;
  for (StateIndex i : {0, 1})
    for (int year = 2018; year <= 2020; ++year)
      cell(longer, i, year).milex = cell(longer, i, 2017).milex * std::pow(1.12, year - 2017);
  moved = compare_races(before, cut(longer, 2018), longer);
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].because == MovedRace::Because::new_years);
  moved = compare_races(cut(revised, 2018), cut(after, 2018), after);
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].gone);
  CHECK(moved[0].because == MovedRace::Because::revision);
}

TEST_CASE("an unchanged release moves no conclusion; a new year is told beside what was foretold") {
  const Panel after = fixture::panel();
  const FitOptions fit{.chains = 2, .warmup = 100, .draws = 100};
  const ConclusionOptions options{fit, fit, fit, 2023, 500};
  const Conclusions same =
      compare_conclusions(after, after, common_money(after, after), options, {});
  REQUIRE(!same.medians.empty());
  for (const MovedMedian& m : same.medians) {
    CHECK(m.milex.before == m.milex.revised);
    CHECK(m.milex.revised == m.milex.after);
  }
  CHECK(same.races.empty());
  const Panel before = release_before();
  const CommonMoney money = common_money(before, after);
  const Conclusions c = compare_conclusions(before, after, money, options, {});
  const auto of = [&](const char* state) {
    const auto found = std::ranges::find(c.medians, std::string(state), &MovedMedian::state);
    REQUIRE(found != c.medians.end());
    return *found;
  };
  // DEL has no rival and no tie: figures in other money say the same of it, but for its own draws
  CHECK(of("DEL").milex.before == approx(of("DEL").milex.revised).epsilon(0.05));
  CHECK(of("ALP").milex_error > 0);
  CHECK(of("ALP").milex_error < 0.2);
  CHECK(of("ALP").came == after.cell(0, 2020).milex);
  CHECK(of("ALP").foretold == approx(of("ALP").came).epsilon(0.5));
  CHECK(c.parameters.size() > 10);
  for (const MovedParameter& p : c.parameters) CHECK(std::isfinite(p.mean.revised));
}

}  // namespace revision_test
