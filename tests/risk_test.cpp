// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/risk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/own_toml.hpp"
#include "tenbin/io/text.hpp"

namespace risk_test {

using namespace tenbin;

namespace {

struct Made {
  Panel panel = fixture::panel();
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);

  /// Everybody's shocks are as they are; China-like growth of milex is put into ALP and BET.
  Schedule racing(double growth, std::vector<StateIndex> moved = {0, 1}) const {
    Scenario s = fixture::scenario();
    s.levers.clear();
    for (const StateIndex i : moved) {
      double m = panel.cell(i, 2020).milex;
      Lever path{.kind = LeverKind::path, .state = i, .from = 2021, .by = 2026};
      for (int year = 2021; year <= 2026; ++year) {
        m *= 1 + (year <= 2023 ? growth : 0.0);
        path.path.push_back({year, {m, 0, 1e-3, 1e8}});
      }
      s.levers.push_back(path);
    }
    return schedule(panel, s);
  }
  Schedule plain() const {
    Scenario s = fixture::scenario();
    s.levers.clear();
    return schedule(panel, s);
  }
};

/// Races by the end of three scenarios beside the baseline: both of ALP and BET grow by 10 % or by
/// 7 %, or ALP alone by 10 %.
struct Racing {
  static constexpr int futures = 400;
  Made made;
  std::vector<Schedule> schedules{made.plain(), made.racing(0.1), made.racing(0.07),
                                  made.racing(0.1, {0})};
  std::array<RaceOutlook, 4> of;  // ALP and BET, by scenario

  Racing() {
    Projection projection{{}, &made.spending, &made.economy, {.futures = futures}};
    for (const Schedule& s : schedules) projection.runs.push_back({.schedule = &s});
    std::vector<Measure> measures;
    const RaceQuestion q = ask_races(measures, *past_of(made.panel, 2020), schedules);
    const Tally t = tally(projection, measures, {});
    for (std::size_t run = 0; run < of.size(); ++run) {
      const auto all = read_races(t, q, static_cast<int>(run));
      of[run] = *std::ranges::find_if(all, [](const auto& o) { return o.a == 0 && o.b == 1; });
    }
  }
  Ensemble alone(std::size_t run) const {
    return project(schedules[run], made.spending, made.economy, {.futures = futures}, {});
  }
  /// By hand: whether ALP as in one ensemble and BET as in another hold the rule by the end, with
  /// so many years of growth before the start.
  int holds(const Ensemble& alp, const Ensemble& bet, int f, int row) const {
    for (int year = 2021; year <= schedules[0].end; ++year) {
      const auto up = [&](const Ensemble& e, StateIndex i) {
        return e.milex(year, i)[f] >= 1.08 * e.milex(year - 1, i)[f];
      };
      row = up(alp, 0) && up(bet, 1) ? row + 1 : 0;
      if (row >= 3) return 1;
    }
    return 0;
  }
};

}  // namespace

TEST_CASE("races to come are those of the futures, counted by hand, and scenarios move them") {
  const Racing r;
  const auto& [plain, forced, slow, one] = r.of;
  CHECK(forced.by[2].p == 1);  // by 2023
  CHECK(forced.more_likely_than_not <= 2023);
  CHECK(slow.by[2].p == 0);
  CHECK(forced.change == approx(forced.by.back().p - plain.by.back().p));
  CHECK(plain.change == 0);
  const Ensemble e = r.alone(0);
  const GrowthRecord record(r.made.panel, MoneyKind::real);
  int row_before = 0;
  while (row_before < 2 && record.grows(0, 2020 - row_before, 0.08) &&
         record.grows(1, 2020 - row_before, 0.08))
    ++row_before;
  int races = 0;
  for (int f = 0; f < Racing::futures; ++f) races += r.holds(e, e, f, row_before);
  CHECK(plain.by.back().p == approx(races / 400.0));
  for (std::size_t k = 1; k < plain.by.size(); ++k) CHECK(plain.by[k].p >= plain.by[k - 1].p);
}

TEST_CASE("what a lever makes of a race by itself, what the others' answers, and other rates") {
  const Racing r;
  const auto& [plain, forced, slow, one] = r.of;
  CHECK(forced.itself == forced.change);  // the scenario moves both
  CHECK(forced.answers == 0);
  CHECK(slow.at_growth[1].p == 1);  // 6 %
  CHECK(slow.at_growth[3].p == slow.by.back().p);
  for (std::size_t k = 1; k < race_growths.size(); ++k)
    CHECK(slow.at_growth[k].p <= slow.at_growth[k - 1].p);
  // ALP alone is moved: its path with BET as in the baseline, and what BET adds.
  CHECK(one.change == approx(one.itself + one.answers).epsilon(1e-9));
  const Ensemble base = r.alone(0), moved = r.alone(3);
  int itself = 0;
  for (int f = 0; f < Racing::futures; ++f)
    itself += r.holds(moved, base, f, 0) - r.holds(base, base, f, 0);
  CHECK(one.itself == approx(itself / 400.0));
  CHECK(plain.answers == 0);
}

TEST_CASE("the base rate of races counts observed spans of one length among rivals") {
  Panel p = fixture::panel();
  // ALP and BET 1985-2020 (two spells): 1985-1995 .. 2010-2020. ALP and EPS: EPS is imputed. BET
  // and GAM 1995-2020, GAM with a gap in 1995 and 1996: 1997-2007 .. 2010-2020. ZET: five years
  // only.
  RaceRate rate = race_rate(p, 2020, 10);
  CHECK(rate.spans == 26 + 14);
  CHECK(rate.with_race == 0);
  for (const StateIndex i : {0, 1})
    for (int year = 2001; year <= 2003; ++year) {
      auto& cell = p.milex[static_cast<std::size_t>(i) * p.years() + (year - p.first_year)];
      cell.milex = 1.1 * p.cell(i, year - 1).milex;
    }
  for (const StateIndex i : {0, 1})  // nothing but these three years grows so
    for (int year = 2004; year <= 2020; ++year)
      p.milex[static_cast<std::size_t>(i) * p.years() + (year - p.first_year)].milex =
          p.cell(i, 2003).milex;
  rate = race_rate(p, 2020, 10);
  CHECK(rate.with_race == 8);  // spans that begin in 1993 .. 2000
}

namespace {

/// A dispute model with every field set.
DisputeModel made_up_model() {
  DisputeModel file{
      .fitted_to = "a \"panel\"", .first = 1950, .last = 2014, .rows = 100, .onsets = 3};
  file.scale.mean = {7, 0, -3, 1, 0.4, 0, 0.5, 3};
  file.scale.sd = {1, 1, 1, 1, 0.2, 1, 1, 1};
  file.draws = {
      .equation = "disputes", .chains = 1, .draws_per_chain = 2, .width = dispute_numbers};
  for (const double peace_slope : {-.6, -.8}) {
    std::array<double, dispute_numbers> draw{-4, .1, .3, .2, .3, -.4, .5, .4, peace_slope, .6};
    file.draws.values.insert(file.draws.values.end(), draw.begin(), draw.end());
  }
  for (Classification& c : file.judged) {
    c.cases = 10, c.events = 2, c.auc = 0.9;
    c.tenths = {{5, 1, 0.5}, {5, 1, 1.5}};
  }
  file.peace_alone = {.cases = 10, .events = 2};
  file.judged[0].classes[2] = {10, 2, 2.0};
  file.within.assign(longest_span, {50, 4});
  file.simulated = {{Severity::force, 1990, 2010, 503, 490.5, 411, 571}};
  return file;
}

}  // namespace

TEST_CASE("a posterior of disputes is read as it was written, and gives the same risks") {
  Panel p = fixture::panel();
  p.borders = {{0, 1, 1, 1900, still_going}, {0, 2, 5, 1990, still_going}};
  for (int year = 1980; year <= 2020; ++year)
    for (StateIndex i = 0; i < p.size(); ++i) p.regime.push_back({i, year, 0.2});
  p.dispute_past = {{0, 1, 2020, 2019, 4, "clashes", "judgement"}};
  const DisputeModel file = made_up_model();
  const auto path = std::filesystem::temp_directory_path() / "tenbin_disputes_test.toml";
  write_disputes(path, file);
  Problems problems;
  const DisputeModel read = *read_disputes(path, problems);
  REQUIRE(read.within.size() == longest_span);  // this list and the next were read twice once
  REQUIRE(read.simulated.size() == 1);
  CHECK(read.within.back().with_onset == 4);
  CHECK((read.simulated[0].mean == 490.5 && read.simulated[0].high == 571));
  CHECK(read.fitted_to == file.fitted_to);
  CHECK(disputes_text(read) == disputes_text(file));
  CHECK(read.judged[0].classes[2].events == 2);
  CHECK(read.judged[0].tenths.size() == 2);
  p.dispute_model = std::make_shared<DisputeModel>(file);
  const auto a = dispute_risks(*past_of(p, 2020));
  CHECK(dispute_risks(*past_of(p, 2019)).empty());  // no past is told up to 2019
  p.dispute_model = std::make_shared<DisputeModel>(read);
  const auto b = dispute_risks(*past_of(p, 2020));
  REQUIRE(a.size() == 2);
  REQUIRE(b.size() == 2);
  CHECK(a[0].b == 1);  // the dyad with a past comes first
  CHECK(a[0].past.recent() == 4);
  CHECK(a[0].risk[0].mean > a[1].risk[0].mean);
  CHECK((a[0].risk[0].mean > a[0].risk[1].mean && a[0].risk[1].mean > a[0].risk[2].mean));
  for (std::size_t s = 0; s < severities; ++s)
    CHECK(a[0].risk[s].mean == approx(b[0].risk[s].mean).epsilon(1e-4));
  std::string text(after_digest(disputes_text(file)));
  text.replace(text.find("  [-4, "), 7, "  [-4, 1, ");
  write_text(path, with_digest(text));
  CHECK(!read_disputes(path, problems));
  CHECK(problems.size() == 1);
  const auto refused = [&](const std::string& old, const std::string& now) {
    Problems found;
    std::string bad(after_digest(disputes_text(file)));
    REQUIRE(bad.find(old) != std::string::npos);
    write_text(path, with_digest(bad.replace(bad.find(old), old.size(), now)));
    const bool good = read_disputes(path, found).has_value();
    CHECK(good == found.empty());
    return !good;
  };
  CHECK(refused(", 0],", ", -1.5],"));    // the order of risks, turned round
  CHECK(refused("[50, 4]", "[50, 54]"));  // more spans with an onset than spans
  CHECK(refused("[50, 4]", "[50.5, 4]"));
  CHECK(refused("last = 2014", "last = 1914"));
  CHECK_FALSE(refused("within = [", "within = ["));  // as it was
  std::filesystem::remove(path);
}

}  // namespace risk_test
