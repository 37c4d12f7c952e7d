// SPDX-License-Identifier: Apache-2.0
// Announcements put into forecasts and left out of them: the sample, the placebos, the scores.
#include "tenbin/evidence/announcements.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/evidence/experiments.hpp"
#include "tenbin/evidence/trials.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/experiments_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/page/announcement_page.hpp"

namespace announcements_test {

using namespace tenbin;

namespace {

constexpr StateIndex alp = 0, bet = 1, gam = 2, del = 3, eps = 4;
constexpr int origin = 2010;

double share(const Panel& p, StateIndex i, int year) { return p.cell(i, year).burden; }

/// A pledge of 1.3 times the share of its year, for five years.
Pledge pledge(const Panel& p, StateIndex state, int announced, std::string name = "summit") {
  return {.state = state,
          .pledge = std::move(name),
          .kind = PledgeKind::summit_pledge,
          .announced = announced,
          .from = announced + 1,
          .by = announced + 5,
          .target = 1.3 * share(p, state, announced),
          .status = "known",
          .source = "made up"};
}

Keeping keeping(int as_of, int cases = 0) {
  Keeping k{.as_of = as_of};
  for (KindKeeping& kind : k.kinds)
    kind = {.ignored = 0.2, .mean = 1, .sd = 0.1, .promises = cases, .cases = cases};
  return k;
}

Panel fresh_panel() {
  Panel p = fixture::panel();
  p.plans.clear();
  p.keeping = {keeping(2005, 3)};
  return p;
}

std::vector<int> all_origins(const Panel& p) {
  std::vector<int> origins;
  for (int year = p.first_year; year < p.last_year; ++year) origins.push_back(year);
  return origins;
}

Sample sample_of(const Panel& p) { return announcement_sample(p, all_origins(p)); }

std::vector<Trial> of_kind(const Sample& s, TrialKind kind) {
  std::vector<Trial> found;
  std::copy_if(s.trials.begin(), s.trials.end(), std::back_inserter(found),
               [&](const Trial& t) { return t.kind == kind; });
  return found;
}

/// The reason why a pledge alone is not in the sample; nothing if it is.
std::optional<WhyNot> why_not(Panel p, const Pledge& pledge) {
  p.pledges = {pledge};
  const Sample s = sample_of(p);
  if (s.left_out.empty()) return std::nullopt;
  return s.left_out.begin()->first;
}

TrialOptions quick() {
  return {.backtest = {.futures = 300, .fit = {.chains = 2, .warmup = 60, .draws = 40}},
          .response = {.mean = 0.2, .sd = 0.1}};
}

const ScoredForecast* find(const OriginRecord& r, std::string_view method, const std::string& state,
                           int horizon, Scored what = Scored::burden) {
  for (const ScoredForecast& f : r.forecasts)
    if (f.method == method && f.state == state && f.horizon == horizon && f.what == what) return &f;
  return nullptr;
}

TrialScore made(std::string pledge, StateIndex state, int origin, int last, double with,
                double without) {
  TrialScore s{.with = with, .without = without};
  s.trial.pledge.pledge = std::move(pledge);
  s.trial.pledge.state = state;
  s.trial.origin = origin;
  s.last = last;
  return s;
}

}  // namespace

TEST_CASE("each rule of the sample leaves out what breaks it, and only that") {
  const Panel p = fresh_panel();
  const Pledge good = pledge(p, alp, origin);
  CHECK(why_not(p, good) == std::nullopt);
  const auto changed = [&](auto&& change) {
    Pledge other = good;
    change(other);
    return why_not(p, other);
  };
  CHECK(changed([](Pledge& q) { q.kind = PledgeKind::request; }) == WhyNot::no_promise);
  CHECK(changed([](Pledge& q) { q.kind = PledgeKind::norm; }) == WhyNot::no_promise);
  CHECK(changed([](Pledge& q) { q.measure = PledgeMeasure::nominal_level_lcu; }) ==
        WhyNot::measure);
  CHECK(changed([](Pledge& q) { q.measure = PledgeMeasure::real_level; }) == WhyNot::measure);
  CHECK(changed([](Pledge& q) { q.part = true; }) == WhyNot::part);
  CHECK(changed([](Pledge& q) { q.same_as = "other"; }) == WhyNot::part);
  CHECK(changed([](Pledge& q) { q.as = PlanMode::at_most; }) == WhyNot::part);
  CHECK(changed([](Pledge& q) { q.from = origin + 3; }) == WhyNot::joined);
  CHECK(changed([](Pledge& q) { q.from = origin + 2; }) == std::nullopt);
  CHECK(changed([](Pledge& q) { q.by = origin, q.from = origin; }) == WhyNot::no_time);
  CHECK(changed([](Pledge& q) { q.withdrawn = origin; }) == WhyNot::no_time);
  CHECK(changed([](Pledge& q) { q.withdrawn = origin + 1; }) == std::nullopt);
  CHECK(changed([](Pledge& q) { q.state = eps; }) == WhyNot::no_outcome);
  CHECK(changed([](Pledge& q) { q.announced = 2020, q.from = 2021, q.by = 2025; }) ==
        WhyNot::no_outcome);
  CHECK(changed([](Pledge& q) { q.target /= 1.3 / 1.04; }) == WhyNot::asks_nothing);
  CHECK(changed([](Pledge& q) { q.target /= 1.3 / 1.06; }) == std::nullopt);
  const auto growth = [&](double rate) {
    return changed([&](Pledge& q) {
      q.measure = PledgeMeasure::real_growth_per_year, q.form = PledgeForm::growth, q.target = rate;
    });
  };
  CHECK(growth(0.03) == std::nullopt);
  CHECK(growth(0.005) == WhyNot::asks_nothing);
}

TEST_CASE("an announcement is scored to its year, at most ten years, as far as there are figures") {
  Panel p = fresh_panel();
  const auto until = [&](int announced, int by) {
    Pledge q = pledge(p, alp, announced);
    q.by = by;
    p.pledges = {q};
    return of_kind(sample_of(p), TrialKind::announcement).at(0).until;
  };
  CHECK(until(2000, 2005) == 2005);
  CHECK(until(2000, 2015) == 2010);
  CHECK(until(2015, 2024) == 2020);
  CHECK(until(2000, 0) == 2010);
}

TEST_CASE("the ratio of both measures is the one that was known at the origin") {
  Panel p = fresh_panel();
  p.pledges = {pledge(p, alp, origin)};
  p.pledges[0].to_panel = 0.9;
  const auto ratio = [&] {
    return of_kind(sample_of(p), TrialKind::announcement).at(0).pledge.to_panel;
  };
  CHECK(ratio() == 0.9);
  p.own_shares = {{alp, origin + 1, share(p, alp, origin + 1) / 0.5, "", "known", "made up"}};
  CHECK(ratio() == 0.9);  // nobody knew it yet
  p.own_shares.push_back({alp, origin, share(p, alp, origin) / 0.95, "", "known", "made up"});
  CHECK(ratio() == approx(0.95));
}

TEST_CASE("a wrong date is the same announcement where nothing was promised, before anything was") {
  Panel p = fresh_panel();
  Pledge q = pledge(p, alp, origin);
  q.target = 0.5;  // above every share
  p.pledges = {q};
  const auto dates = of_kind(sample_of(p), TrialKind::wrong_date);
  REQUIRE(dates.size() == 3);
  for (std::size_t k = 0; k < 3; ++k) {
    const Trial& t = dates[k];
    CHECK(t.earlier == years_earlier[k]);
    CHECK(t.origin == origin - t.earlier);
    CHECK(t.pledge.announced == t.origin);
    CHECK(t.pledge.from == q.from - t.earlier);
    CHECK(t.pledge.due() == q.due() - t.earlier);
    CHECK(t.pledge.target == q.target);
    CHECK(t.until == std::min(t.origin + 5, origin - 1));  // not into the real one
  }
  Pledge earlier = pledge(p, alp, 2004, "earlier");
  earlier.by = 2006;
  p.pledges = {earlier, q};
  std::vector<int> origins;
  for (const Trial& t : of_kind(sample_of(p), TrialKind::wrong_date))
    if (t.pledge.pledge == "summit") origins.push_back(t.origin);
  CHECK(origins == std::vector<int>{2007, 2002});  // in 2005 the earlier one was in force
  for (const Trial& t : of_kind(sample_of(p), TrialKind::wrong_date))
    if (t.origin == 2002) CHECK(t.until == 2003);
}

TEST_CASE("a wrong country has promised nothing and is the nearest by share and region") {
  Panel p = fresh_panel();
  Pledge q = pledge(p, alp, origin);
  q.target = 0.5;
  p.pledges = {q};
  const auto chosen = [&] {
    const auto found = of_kind(sample_of(p), TrialKind::wrong_state);
    REQUIRE(found.size() == 1);
    CHECK(found[0].maker == alp);
    return found[0].pledge.state;
  };
  const auto distance = [&](StateIndex i) {
    return std::abs(std::log(share(p, i, origin) / share(p, alp, origin)));
  };
  StateIndex nearest = bet;
  for (const StateIndex i : {gam, del})
    if (distance(i) < distance(nearest)) nearest = i;
  CHECK(chosen() == nearest);
  const StateIndex farthest = distance(gam) > distance(del) ? gam : del;
  REQUIRE(farthest != nearest);
  for (State& s : p.states) s.region = "elsewhere";
  p.states[alp].region = p.states[farthest].region = "here";
  REQUIRE(distance(farthest) < 1);
  CHECK(chosen() == farthest);                              // another region counts as 1
  Pledge later = pledge(p, farthest, origin + 4, "later");  // in a year that is scored
  later.kind = PledgeKind::budget_law;
  p.pledges.push_back(later);
  for (const Trial& t : of_kind(sample_of(p), TrialKind::wrong_state))
    if (t.pledge.pledge == "summit") CHECK(t.pledge.state != farthest);
}

TEST_CASE("countries of one summit have placebos of their own, and a state one trial in a run") {
  Panel p = fresh_panel();
  p.pledges = {pledge(p, alp, origin), pledge(p, bet, origin), pledge(p, alp, origin, "law")};
  for (Pledge& q : p.pledges) q.target = 0.5;
  const Sample s = sample_of(p);
  std::vector<StateIndex> of_summit;
  for (const Trial& t : of_kind(s, TrialKind::wrong_state))
    if (t.pledge.pledge == "summit") of_summit.push_back(t.pledge.state);
  std::ranges::sort(of_summit);
  CHECK(of_summit == std::vector<StateIndex>{gam, del});
  for (const Trial& a : s.trials)
    for (const Trial& b : s.trials)
      if (&a != &b && a.origin == b.origin && a.run == b.run) {
        CHECK(a.pledge.state != b.pledge.state);
        CHECK(a.kind == b.kind);
      }
}

TEST_CASE("gain and counts by hand; a gain below 0.1 % is neither better nor worse") {
  const std::vector<TrialScore> scores{
      made("a", 0, 2000, 2005, 0.4, 1), made("a", 1, 2000, 2005, 0.6, 0.5),
      made("b", 2, 2000, 2005, 0.4999, 0.5), made("c", 3, 2000, 2005, 0.5, 0.5)};
  const TrialSummary s = summary_of(scores);
  CHECK(s.trials == 4);
  CHECK(s.better == 1);
  CHECK(s.worse == 1);
  CHECK(s.part_better() == 0.5);
  CHECK(s.pledges == 3);
  CHECK(s.pledges_better == 1);
  CHECK(s.gain == approx(1 - 1.9999 / 2.5));
  CHECK(s.median_gain == approx(0.0001));
  CHECK_FALSE(known(summary_of(std::span(scores).first(3)).error));  // two pledges
  CHECK_FALSE(known(summary_of(std::vector<TrialScore>()).gain));
}

TEST_CASE(
    "standard error by hand: a summit is one case, and so is a country in one span of years") {
  std::vector<TrialScore> scores{
      made("a", 0, 2000, 2005, 0.4, 1), made("a", 1, 2000, 2005, 0.3, 0.5),
      made("b", 2, 2000, 2005, 0.2, 0.5), made("c", 3, 2000, 2005, 0.6, 0.5)};
  const double gain = 1 - 1.5 / 2.5;
  const double rest[]{(1 - gain) * 1 - 0.4, (1 - gain) * 0.5 - 0.3, (1 - gain) * 0.5 - 0.2,
                      (1 - gain) * 0.5 - 0.6};
  const double by_pledge =
      std::pow(rest[0] + rest[1], 2) + std::pow(rest[2], 2) + std::pow(rest[3], 2);
  const auto analytic = [](double sum) { return std::sqrt(1.5 * sum) / 2.5; };
  const double without[]{1 - 0.8 / 1, 1 - 1.3 / 2, 1 - 0.9 / 2};  // one pledge at a time left out
  double mean = 0, squares = 0;
  for (const double g : without) mean += g / 3, squares += g * g;
  const double jackknife = std::sqrt((squares - 3 * mean * mean) * 2 / 3);
  CHECK(summary_of(scores).error == approx(std::max(analytic(by_pledge), jackknife)));
  // The third is now the first one's country: what both left unexplained adds up.
  scores[2].trial.pledge.state = 0;
  const double linked = analytic(by_pledge + 2 * rest[0] * rest[2]);
  REQUIRE(linked > std::max(analytic(by_pledge), jackknife));
  CHECK(summary_of(scores).error == approx(linked));
  scores[2].trial.origin = 2005, scores[2].last = 2008;  // no year in common
  CHECK(summary_of(scores).error == approx(std::max(analytic(by_pledge), jackknife)));
}

TEST_CASE("forecasts with and without are the back-test's own, bit for bit") {
  Panel p = fresh_panel();
  p.pledges = {pledge(p, alp, origin)};
  const Sample s = sample_of(p);
  TrialOptions options = quick();
  options.backtest.horizons = {1, 2, 3, 4, 5};
  const auto record = try_origin(p, origin, s.trials, {}, options);
  const auto backtest = backtest_origin(p, origin, options.backtest);
  REQUIRE((record && backtest));
  for (int h = 1; h <= 5; ++h) {
    const auto *without = find(*record, without_it, "ALP", h),
               *with = find(*record, run_method(0), "ALP", h),
               *plain = find(*backtest, own_method, "ALP", h),
               *promised = find(*backtest, with_plan, "ALP", h);
    REQUIRE((without && with && plain && promised));
    CHECK(without->crps == plain->crps);
    CHECK(without->mean == plain->mean);
    CHECK(with->crps == promised->crps);
    CHECK(with->mean == promised->mean);
    CHECK(with->mean > without->mean);
  }
  const auto scores = score_trials(p, s.trials, {&*record, 1});
  REQUIRE(scores.size() == 2);  // and the wrong country; other origins have no record
  const TrialScore& one = scores[0];
  CHECK(one.years == 5);
  CHECK(one.last == origin + 5);
  double with = 0;
  for (int h = 1; h <= 5; ++h) with += find(*backtest, with_plan, "ALP", h)->crps / 5;
  CHECK(one.with == approx(with).epsilon(1e-12));
  CHECK(one.moved() > 0);
  const TrialGroup early = up_to(p, s.trials, {&*record, 1}, origin + 2);
  REQUIRE(early.scores.size() == 1);
  CHECK(early.scores[0].years == 2);
  CHECK(up_to(p, s.trials, {&*record, 1}, origin).scores.empty());
}

TEST_CASE("what a state promised earlier is in both forecasts, what it promises later in none") {
  Panel p = fresh_panel();
  Pledge earlier = pledge(p, alp, origin - 1, "earlier");
  p.pledges = {earlier, pledge(p, alp, origin)};
  p.pledges[1].target *= 1.5;
  const auto run = [&](const Panel& q) {
    return *try_origin(q, origin, of_kind(sample_of(q), TrialKind::announcement), {}, quick());
  };
  const OriginRecord both = run(p);
  Panel alone = p;
  alone.pledges = {p.pledges[1]};
  const OriginRecord one = run(alone);
  CHECK(find(both, without_it, "ALP", 4)->mean > find(one, without_it, "ALP", 4)->mean);
  Panel planned = p;  // plans.csv does not act, and takes no promise's place
  planned.plans = {{alp, origin - 1, 0.2, origin + 1, origin + 5, "own"}};
  CHECK(find(run(planned), run_method(0), "ALP", 4)->mean ==
        find(both, run_method(0), "ALP", 4)->mean);
  Panel later = p;
  later.pledges.push_back(pledge(p, alp, origin + 1, "later"));
  later.pledges.back().target = 0.5;
  CHECK(find(run(later), run_method(0), "ALP", 4)->mean ==
        find(both, run_method(0), "ALP", 4)->mean);
}

TEST_CASE("promises in force are read in the measure that was known at the origin") {
  Panel p = fresh_panel();
  p.pledges = {pledge(p, alp, origin)};
  p.pledges[0].target = 0.1;
  p.pledges[0].to_panel = 0.5;  // as it was measured later
  const std::vector<Experiment> experiments{{.id = "e", .year = origin, .states = {alp}}};
  const auto median = [&] {
    return find(*try_origin(p, origin, {}, experiments, quick()), known_promises, "ALP", 3)->median;
  };
  const double later = median();
  p.own_shares = {{alp, origin, share(p, alp, origin), "", "known", "made up"}};
  CHECK(median() > later + 0.1);
}

TEST_CASE("a promise of growth moves spending, and is scored on it") {
  Panel p = fresh_panel();
  Pledge q = pledge(p, alp, origin);
  q.measure = PledgeMeasure::real_growth_per_year;
  q.form = PledgeForm::growth;
  q.target = 0.15;
  p.pledges = {q};
  CHECK(growth_target(p, q) ==
        approx(p.cell(alp, origin).milex * std::pow(1.15, 5)).epsilon(1e-12));
  const Sample s = sample_of(p);
  const auto record = try_origin(p, origin, s.trials, {}, quick());
  const auto *with = find(*record, run_method(0), "ALP", 5, Scored::milex),
             *without = find(*record, without_it, "ALP", 5, Scored::milex);
  REQUIRE((with && without));
  CHECK(with->mean > without->mean + 0.2);
  CHECK(with->median == approx(std::log(growth_target(p, q))).epsilon(0.02));
  CHECK(find(*record, run_method(0), "ALP", 5) == nullptr);
}

TEST_CASE("before anything was learned of promises they are kept as was assumed then") {
  Panel p = fresh_panel();
  p.pledges = {pledge(p, alp, 2003)};
  const auto moved = [&] {
    const auto r =
        *try_origin(p, 2003, of_kind(sample_of(p), TrialKind::announcement), {}, quick());
    return find(r, run_method(0), "ALP", 5)->mean - find(r, without_it, "ALP", 5)->mean;
  };
  p.keeping = {keeping(2005, 3)};
  CHECK(moved() == 0);  // what is known of 2005 has seen promises that ended after 2003
  p.keeping = {keeping(2005, 0)};
  CHECK(moved() > 0);
}

TEST_CASE(
    "where announcements are kept they improve the forecast, where they are not they harm it") {
  for (const bool kept : {true, false}) {
    Panel p = fresh_panel();
    Pledge q = pledge(p, alp, origin);
    q.target *= 1.3;
    p.pledges = {q};
    for (int year = origin + 1; year <= origin + 5; ++year) {
      MilexCell& c = p.milex[static_cast<std::size_t>(alp) * p.years() + (year - p.first_year)];
      const double part = kept ? (year - origin) / 5.0 : 0;
      c.burden = share(p, alp, origin) * std::pow(q.target / share(p, alp, origin), part);
    }
    const Sample s = sample_of(p);
    const auto record = try_origin(p, origin, s.trials, {}, quick());
    const TrialScore score = score_trials(p, s.trials, {&*record, 1}).at(0);
    CAPTURE(kept);
    CAPTURE(score.gain());
    CHECK((kept ? score.gain() > 0.3 : score.gain() < -0.1));
    CHECK((kept ? score.surprise() > 1 : score.surprise() < 1));
  }
}

TEST_CASE("an experiment's forecasts: before and in its year, with promises, with its war") {
  Panel p = fresh_panel();
  for (State& s : p.states) s.region = "here";
  p.pledges = {pledge(p, bet, origin - 2)};
  p.pledges[0].target = 0.2, p.pledges[0].by = origin + 4;
  const Experiment e{
      .id = "war",
      .title = "War",
      .date = "2011-01-01",
      .about = "",
      .source = "made up",
      .year = origin + 1,
      .states = {bet, del},
      .placebo_states = {gam},
      .placebo_years = {2002},
      .war =
          ExperimentWar{.aggressor = del, .against = alp, .from = origin + 1, .until = origin + 2}};
  const std::vector<Experiment> experiments{e};
  const auto origins = origins_of({}, experiments, all_origins(p));
  CHECK(origins == std::vector<int>{2001, 2002, origin, origin + 1});
  std::vector<OriginRecord> records;
  for (const int year : origins) records.push_back(*try_origin(p, year, {}, experiments, quick()));
  const auto rows = experiment_rows(p, experiments, records);
  int of_group[3] = {};
  for (const ExperimentRow& r : rows) {
    ++of_group[static_cast<int>(r.group)];
    CHECK(r.observed == approx(share(p, r.state, r.year)).epsilon(1e-12));
    CHECK(r.year - r.origin <= experiment_years);
    const bool before = r.origin == origin && r.group != ExperimentGroup::other_years;
    CHECK(known(r.pit[2]) == before);
    if (r.state == bet && before) CHECK(r.median[3] > r.median[0] * 1.005);
    if (r.state == gam && before) CHECK(r.median[3] == approx(r.median[0]).epsilon(1e-3));
    if (r.state == bet && before) CHECK(r.median[1] > r.median[0]);
    if (r.state == gam) CHECK(r.median[1] == approx(r.median[0]).epsilon(0.01));
  }
  CHECK(of_group[0] == 2 * 2 * 3);
  CHECK(of_group[1] == 1 * 2 * 3);
  CHECK(of_group[2] == 2 * 2 * 3);
  const auto lines = experiment_lines(rows);
  REQUIRE(lines.size() == 4 + 2 + 2 + 2);  // concerned, before and in its year; the other groups
  CHECK(lines[0].before);
  CHECK(lines[0].foresight == Foresight::nothing);
  CHECK(lines[1].foresight == Foresight::promises);
  CHECK(lines[4].foresight == Foresight::nothing);
  CHECK_FALSE(lines[4].before);
  CHECK(lines[0].cases == std::array<int, experiment_years>{2, 2, 2});
  CHECK(lines[0].percentile[1] == approx((rows[1].pit[0] + rows[4].pit[0]) / 2));
  CHECK(lines[1].percentile[2] == approx((rows[2].pit[1] + rows[5].pit[1]) / 2));
  std::vector<ExperimentRow> extreme{rows[0], rows[3]};
  extreme[0].pit[0] = 0.95, extreme[1].pit[0] = 0.05;
  CHECK(experiment_lines(extreme)[0].above[0] == 0.5);
  CHECK(experiment_lines(extreme)[0].below[0] == 0.5);
}

TEST_CASE("the embedded panel: its sample, and Japan's plan of December 2022 is news") {
  const Panel panel = read_panel(TENBIN_SOURCE "/data/east-asia");
  std::vector<int> origins;
  for (int year = 2000; year <= 2024; ++year) origins.push_back(year);
  const Sample sample = announcement_sample(panel, origins);
  CHECK(of_kind(sample, TrialKind::announcement).size() == 23);
  CHECK(of_kind(sample, TrialKind::wrong_date).size() == 4);
  CHECK(of_kind(sample, TrialKind::wrong_state).size() == 19);
  const PriorsFile priors = read_priors(TENBIN_SOURCE "/data/priors/as-of/2022.toml");
  TrialOptions options = quick();
  options.backtest.fit.priors.spending = priors.spending;
  options.backtest.fit.priors.economy = priors.economy;
  const auto record = try_origin(panel, 2022, sample.trials, {}, options);
  for (const TrialScore& s : score_trials(panel, sample.trials, {&*record, 1})) {
    if (s.trial.kind != TrialKind::announcement || s.trial.pledge.pledge != "jpn-2022-2pct")
      continue;
    CHECK(s.gain() > 0.4);
    CHECK(s.pit_without > 0.98);
    CHECK((s.pit_with > 0.3 && s.pit_with < 0.98));
    return;
  }
  FAIL("Japan's plan is not in the sample");
}

TEST_CASE("the shipped experiments are read; what is wrong in a file is named with its line") {
  const Panel panel = read_panel(TENBIN_SOURCE "/data/east-asia");
  const auto shipped = read_experiments(TENBIN_SOURCE "/data/evidence/experiments.toml", panel);
  CHECK(shipped.size() == 5);  // of six: neither Finland nor Sweden is in the panel
  const auto invasion = std::ranges::find(shipped, "invasion-2022", &Experiment::id);
  REQUIRE(invasion != shipped.end());
  CHECK(invasion->year == 2022);
  CHECK_FALSE(invasion->war);  // Ukraine is not in it
  const auto path = std::filesystem::temp_directory_path() /
                    ("tenbin-experiments-" + std::to_string(::getpid()) + ".toml");
  const auto problems_of = [&](const std::string& lines) {
    write_text(path,
               "format = 1\n[[experiment]]\nid = \"a\"\ntitle = \"A\"\nabout = \"\"\n" + lines);
    std::string all;
    try {
      read_experiments(path, panel);
    } catch (const Error& error) {
      for (const Problem& p : error.problems) all += p.text() + "\n";
    }
    return all;
  };
  const std::string good =
      "date = \"2014-09-05\"\nexpected = \"up\"\nsource = \"s\"\nstatus = \"seen\"\n"
      "states = [\"JPN\"]\n";
  CHECK(problems_of(good).empty());
  const auto named = [&](const std::string& lines, const char* what) {
    CHECK_MESSAGE(problems_of(lines).find(what) != std::string::npos, problems_of(lines));
  };
  named(good + "placebo_states = [\"JPN\", \"KOR\"]\n", "names JPN, which is among the states too");
  named(good + "placebo_years = [2003, 2014]\n", "no year before the event");
  named(good + "colour = 1\n", "colour");
  named(good + "[[experiment]]\nid = \"a\"\ntitle = \"B\"\nabout = \"\"\n" + good, "is taken");
  named(
      "date = \"2014-13-05\"\nexpected = \"sideways\"\nsource = \"s\"\nstatus = \"heard\"\n"
      "states = \"JPN\"\n",
      "is no date");
  named(
      "date = \"2014-09-05\"\nexpected = \"sideways\"\nsource = \"s\"\nstatus = \"heard\"\n"
      "states = \"JPN\"\n",
      "is \"sideways\", none of up, down, open");
  named(good +
            "war = { aggressor = \"CHN\", against = \"TWN\", from = 2016, until = 2015, "
            "intensity = 1 }\n",
        "until is before from");
  std::filesystem::remove(path);
}

TEST_CASE("the page shows every announcement, the placebos and the experiments") {
  Panel p = fresh_panel();
  p.states[alp].name = "Alpha <b>land";
  TrialScore real = made("sum<mit", alp, origin, origin + 5, 0.04, 0.05);
  real.years = 5, real.sd_without = 0.1, real.observed = real.median_without = -4;
  TrialScore placebo = real;
  placebo.trial.kind = TrialKind::wrong_date;
  placebo.with = 0.3;  // far worse: it is drawn at the edge
  const std::vector<TrialScore> scores{real, placebo};
  const std::vector<Experiment> experiments{
      {.id = "e", .title = "Event & more", .date = "2011-01-01", .about = "a", .source = "s"}};
  std::vector<ExperimentRow> rows{{.event = 2011, .state = bet, .origin = 2010, .year = 2011}};
  rows[0].observed = 0.02, rows[0].pit = {0.97, 0.5, missing, missing};
  const std::string html = render_announcements({p, {}, scores, {}, experiments, rows});
  CHECK(html.find("better with the announcement in 1 case and worse in 0; gain +20.0%") !=
        std::string::npos);
  CHECK(html.find("sum&lt;mit") != std::string::npos);
  CHECK(html.find("<b>land") == std::string::npos);
  CHECK(html.find("Event &amp; more") != std::string::npos);
  CHECK(html.find(">97</td>") != std::string::npos);
  std::size_t dots = 0;
  for (std::size_t at = 0; (at = html.find("<circle", at)) != std::string::npos; ++at) ++dots;
  CHECK(dots == 2);
}

}  // namespace announcements_test
