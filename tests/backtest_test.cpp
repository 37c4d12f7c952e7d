// SPDX-License-Identifier: Apache-2.0
// The back-test sees nothing of an origin's future, and gives the same bits in any way of running.
#include "tenbin/fit/backtest.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "fixture.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/own_toml.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/page/said_and_came.hpp"
#include "tenbin/page/score_page.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/past/scoreboard.hpp"
#include "tenbin/past/scores.hpp"
#include "tenbin/questions/backtest.hpp"

namespace backtest_test {

using namespace tenbin;

namespace {

constexpr int origin = 2012;

std::string csv_text_of(std::span<const OriginRecord> records) {
  return csv_text(forecast_table(records));
}

BacktestOptions small(std::vector<int> origins = {origin}) {
  return {.origins = std::move(origins),
          .horizons = {1, 3, 5},
          .futures = 200,
          .fit = {.chains = 2, .warmup = 60, .draws = 40}};
}

/// Everything after the origin is changed, in every table.
Panel with_wild_future(Panel p) {
  for (StateIndex i = 0; i < p.size(); ++i)
    for (int year = origin + 1; year <= p.last_year; ++year) {
      MilexCell& c = p.milex[static_cast<std::size_t>(i) * p.years() + (year - p.first_year)];
      c.kind = MilexKind::reported;
      c.milex = (known(c.milex) ? c.milex : 1) * std::exp(3 * std::sin(year * (i + 1.0)));
      c.burden = 0.9;
    }
  p.rivalries.push_back({0, 3, origin + 1, still_going, 1});
  p.ties.push_back({1, 3, origin + 2, still_going, 1});
  for (auto* spells : {&p.rivalries, &p.ties})  // what still goes on at the origin ends right after
    for (Spell& s : *spells)
      if (s.end > origin) s.end = origin + 1;
  p.missiles.push_back({3, "Delta-9", "ICBM", 15000, origin + 1});
  p.plans.push_back({0, origin + 1, 0.3, origin + 1, origin + 5, "own"});
  for (int year = origin; year < 2030; ++year) p.growth.push_back({1, year, -0.2});
  p.disputes.push_back({0, 1, origin + 1, 5});
  p.regime.push_back({0, origin + 1, 0});
  p.personnel.push_back({0, origin + 1, 5e6});
  return p;
}

/// The forecast itself, without what came.
auto forecast_of(const ScoredForecast& f) {
  return std::tuple(f.method, f.what, f.state, f.horizon, f.mean, f.sd, f.median, f.low, f.high);
}

}  // namespace

TEST_CASE("no bit of a forecast changes when the future is made wild") {
  const Panel plain = fixture::panel(), wild = with_wild_future(plain);
  const auto a = backtest_origin(plain, origin, small()),
             b = backtest_origin(wild, origin, small());
  REQUIRE((a && b));
  int compared = 0, changed = 0;
  for (const ScoredForecast& f : a->forecasts) {
    const auto same = std::ranges::find_if(b->forecasts, [&](const ScoredForecast& g) {
      return std::tuple(g.method, g.what, g.state, g.horizon) ==
             std::tuple(f.method, f.what, f.state, f.horizon);
    });
    REQUIRE(same != b->forecasts.end());
    CHECK(forecast_of(f) == forecast_of(*same));
    changed += f.observed != same->observed;
    ++compared;
  }
  CHECK(compared > 60);
  CHECK(changed == compared);  // the wild future did come
}

TEST_CASE("the past does change a forecast: the test above can fail") {
  Panel p = fixture::panel();
  const auto before = backtest_origin(p, origin, small());
  p.milex[static_cast<std::size_t>(origin - p.first_year)].milex *= 1.001;
  const auto after = backtest_origin(p, origin, small());
  CHECK(forecast_of(before->forecasts[0]) != forecast_of(after->forecasts[0]));
}

TEST_CASE("a panel as it was known keeps nothing of later years") {
  const Panel p = as_of(with_wild_future(fixture::panel()), origin);
  CHECK(p.last_year == origin);
  CHECK(p.growth.empty());
  CHECK(p.plans.empty());
  for (const auto* spells : {&p.rivalries, &p.ties})
    for (const Spell& s : *spells) {
      CHECK(s.start <= origin);
      CHECK((s.end == still_going || s.end < origin));
    }
  for (const Missile& m : p.missiles) CHECK(m.in_service <= origin);
  CHECK(as_of(fixture::panel(), 2020).plans.size() == 1);
}

TEST_CASE("a back-test has the same bits on any number of threads, and takes up kept records") {
  const Panel panel = fixture::panel();
  const std::vector<int> origins{2008, 2010, 2012};
  const auto one = backtest(panel, small(origins), {1}),
             three = backtest(panel, small(origins), {3});
  CHECK(csv_text_of(one) == csv_text_of(three));
  const auto folder = std::filesystem::temp_directory_path() / "tenbin_record_test";
  std::filesystem::create_directories(folder);
  const auto path = folder / "one.record";
  write_record(path, "key", one[1]);
  const auto read = read_record(path, "key");
  REQUIRE(read);
  CHECK(csv_text_of({&*read, 1}) == csv_text_of({&one[1], 1}));
  REQUIRE(read->joint.size() == one[1].joint.size());
  CHECK(read->joint.back().energy == one[1].joint.back().energy);
  CHECK(read->rhat_max == one[1].rhat_max);
  CHECK_FALSE(read_record(path, "another key"));
  Problems problems;
  std::string text = *read_bytes(path, problems);
  text[text.size() / 2] ^= 1;
  write_text(path, text);
  CHECK_FALSE(read_record(path, "key"));  // a damaged record is none
  int found = 0;
  std::vector<int> kept;
  const RecordStore store{.find = [&](int year) -> std::optional<OriginRecord> {
                            if (year != 2010) return std::nullopt;
                            ++found;
                            return one[1];
                          },
                          .keep = [&](const OriginRecord& r) { kept.push_back(r.origin); }};
  const auto resumed = backtest(panel, small(origins), {1}, {}, store);
  CHECK(csv_text_of(resumed) == csv_text_of(one));
  CHECK(found == 1);
  CHECK(kept == std::vector<int>{2008, 2012});
  std::filesystem::remove_all(folder);
}

TEST_CASE("a stopped back-test keeps what it has") {
  const auto records =
      backtest(fixture::panel(), small({2008, 2010}), {1}, [](double part) { return part < 0.6; });
  REQUIRE(records.size() == 1);
  CHECK(records[0].origin == 2008);
}

TEST_CASE("a forecast's scores are those of its own numbers") {
  const auto record = backtest_origin(fixture::panel(), origin, small());
  int baselines = 0;
  for (const ScoredForecast& f : record->forecasts) {
    CHECK(f.low[2] <= f.low[1]);
    CHECK(f.low[0] <= f.median);
    CHECK(f.high[1] <= f.high[2]);
    if (f.method == own_method) continue;
    ++baselines;
    CHECK(f.crps == crps_normal(f.observed, f.mean, f.sd));
  }
  CHECK(baselines > 0);
  // EPS has no burden and only imputed figures: it is forecast by nobody
  for (const ScoredForecast& f : record->forecasts) CHECK(f.state != "EPS");
  bool joint = false;
  for (const JointScore& j : record->joint) joint = joint || (j.method == "drift" && j.energy > 0);
  CHECK(joint);
}

TEST_CASE("figures of an earlier release are what forecasts know, in whatever money they are") {
  const Panel panel = fixture::panel();
  BacktestOptions options = small({2012});
  const auto scores = [&](const Panel& release) {
    options.vintage = std::make_shared<const Panel>(release);
    return backtest(panel, options, {1})[0].forecasts;
  };
  const auto now = backtest(panel, options, {1})[0].forecasts, same = scores(panel);
  REQUIRE(now.size() == same.size());
  for (std::size_t k = 0; k < now.size(); ++k) CHECK(now[k].crps == same[k].crps);
  Panel in_cents = cut(Panel(panel), 2015);  // and it ends before the horizon does
  for (MilexCell& c : in_cents.milex) c.milex *= 100;
  const auto cents = scores(in_cents);
  REQUIRE(now.size() == cents.size());
  for (std::size_t k = 0; k < now.size();
       ++k)  // a last bit sends a chain elsewhere; factor 100: 4.6
    CHECK(std::abs(now[k].crps - cents[k].crps) < (now[k].method == "tenbin" ? 0.02 : 1e-9));
  Panel fewer = panel;  // a state that the release does not have is not forecast
  fewer.states[1].id = "OLD";
  for (const ScoredForecast& f : scores(fewer)) CHECK(f.state != "BET");
  Panel revised = panel;  // ALP's last figure was larger then
  revised.milex[2012 - panel.first_year].milex *= 1.2;
  const auto before = scores(revised);
  double moved = 0;
  for (std::size_t k = 0; k < now.size(); ++k)
    if (now[k].state == "ALP" && now[k].method == "tenbin" && now[k].what == Scored::burden)
      moved += std::abs(now[k].crps - before[k].crps);
  CHECK(moved > 1e-4);
}

TEST_CASE("the scoreboard's page shows what was scored, and a hostile name as text") {
  Panel panel = fixture::panel();
  panel.states[0].name = "<img src=x onerror=alert(1)>";
  panel.name = "\"><script>";
  const auto records = backtest(panel, small({2008, 2010, 2012}), {1});
  const std::vector<std::string> methods{"tenbin", "rw", "drift", "share"};
  panel.stories.push_back({1, 2013, "<script>what</script>", "some paper"});
  ScorecardSource source{.records = records, .methods = methods, .setup = "wide priors"};
  source.terms = {{"threat", 1, 0.001, 0.002}, {"threat", 3, -0.002, missing}};
  const Scorecard card = scorecard(panel, source);
  const std::string html = render_scores(card, panel);
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;img src=x") != std::string::npos);
  const auto board = scoreboard(records, {.methods = methods});
  for (const HorizonScores& h : board) {
    CHECK(html.find(fmt::format("{:.4f}", h.own().crps)) != std::string::npos);
    CHECK(html.find(fmt::format("{:.1f}</td>", 100 * h.methods[1].skill_se)) != std::string::npos);
  }
  CHECK(html.find("Biggest misses") != std::string::npos);
  CHECK(html.find("Forecasts with an announced plan") == std::string::npos);  // there was none
  CHECK(html.find("<b>threat</b>: no difference beyond two standard errors") != std::string::npos);
  CHECK(score_section(card, panel, Language::english)
            .starts_with("<section><h3>How good was this in the past?</h3>"));
  // a picture for each fitted state and every fifth origin that reaches five years ahead
  BacktestOptions far = small({2004, 2008, 2010, 2014});
  far.horizons = {1, 5};
  const auto long_records = backtest(panel, far, {1});
  const std::string pictures = said_and_came(long_records, panel, {});
  std::size_t drawn = 0, said = 0;
  for (std::size_t at = 0; (at = pictures.find("<figure", at)) != std::string::npos; ++at) ++drawn;
  for (const int origin : {2008, 2014})
    for (const ScoredForecast& f : long_records[origin == 2008 ? 1 : 3].forecasts)
      if (f.method == own_method && f.what == Scored::burden && f.horizon == 5) {
        ++said;
        CHECK(pictures.find(escape(
                  fmt::format("For {}: {:.2f} % to {:.2f} % in 8 of 10 futures; {:.2f} % came",
                              origin + 5, 100 * std::exp(f.low[1]), 100 * std::exp(f.high[1]),
                              100 * std::exp(f.observed)))) != std::string::npos);
      }
  CHECK(drawn == said);
  CHECK(drawn >= 8);
  CHECK(pictures.find("said at the end of 2010") == std::string::npos);
  CHECK(pictures.find("<img") == std::string::npos);
  CHECK(render_scores(card, panel, long_records).find(pictures) != std::string::npos);
  CHECK(said_and_came({}, panel, {}).empty());
  const std::string empty = render_scores(scorecard(panel, {.methods = methods}), panel);
  CHECK(empty.find("No forecast could be scored") != std::string::npos);
}

TEST_CASE("a scorecard is read as it was written, and a wrong one is refused by line") {
  Panel panel = fixture::panel();
  panel.figures_hash = "abc";
  const auto records = backtest(panel, small({2008, 2010, 2012}), {1});
  panel.stories.push_back({1, 2013, "what \"they\" did", "some paper"});
  ScorecardSource source{.records = records, .methods = {"tenbin", "rw", "drift", "share"}};
  source.terms = {{"threat", 1, 0.001, 0.002}, {"threat", 3, -0.002, missing}};
  const Scorecard card = scorecard(panel, source);
  const auto path = std::filesystem::temp_directory_path() / "tenbin_scorecard_test.toml";
  write_text(path, scorecard_text(card));
  const Scorecard read = read_scorecard(path);
  CHECK(scorecard_text(read) == scorecard_text(card));
  CHECK(read.figures_hash == "abc");
  REQUIRE(read.milex.size() == card.milex.size());
  CHECK(read.milex[0].best_baseline().method == card.milex[0].best_baseline().method);
  CHECK(read.burden.size() == card.burden.size());
  CHECK(read.by_state.size() == card.by_state.size());
  CHECK(std::ranges::any_of(read.misses,
                            [](const Miss& m) { return m.story == "what \"they\" did"; }));
  CHECK_FALSE(known(read.terms[1].error));
  std::string text(after_digest(scorecard_text(card)));
  text.replace(text.find("pit = ["), 7, "pit = [1, ");
  write_text(path, with_digest(text));
  try {
    read_scorecard(path);
    FAIL("a histogram of eleven was read");
  } catch (const Error& e) {
    REQUIRE(e.problems.size() == 1);
    CHECK(e.problems[0].what.find("no list of 10 counts") != std::string::npos);
  }
  std::filesystem::remove(path);
}

}  // namespace backtest_test
