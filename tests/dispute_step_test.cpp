// SPDX-License-Identifier: Apache-2.0
// Disputes that futures draw: step 6 of the year.
#include "tenbin/model/dispute_step.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/futures/risk.hpp"
#include "tenbin/futures/stages.hpp"

namespace dispute_step_test {

using namespace tenbin;

namespace {

struct Made {
  Panel panel = fixture::disputing_panel();
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);
  Scenario scenario = [] {
    Scenario s = fixture::scenario();
    s.levers.clear();
    return s;
  }();

  Ensemble futures(const Scenario& s, std::int64_t count = 300) const {
    return project(schedule(panel, s), spending, economy, {.futures = count}, {});
  }
};

Lever hostility(StateIndex a, StateIndex b, double value, int from) {
  return {.kind = LeverKind::hostility,
          .state = a,
          .other = b,
          .from = from,
          .value = {value, 0, 0, 1}};
}

}  // namespace

TEST_CASE("the disputes of every future are those of the model, asked year by year") {
  const Made made;
  const Schedule s = schedule(made.panel, made.scenario);
  const DisputeModel& m = *made.panel.dispute_model;
  const Ensemble e = made.futures(made.scenario);
  REQUIRE(e.dyads.size() == 4);
  std::array<int, severities + 1> came{};
  for (int f = 0; f < e.futures; ++f)
    for (std::size_t d = 0; d < e.dyads.size(); ++d) {
      const auto [a, b] = e.dyads[d];
      std::set<int> years;  // with an onset
      for (const int year : {2011, 2019})
        if (s.dyads[d].past.last == year) years.insert(year);
      if (d == 0) years = {2013, 2015, 2017, 2019};  // four of ten years, the last known: spread
      int last = s.dyads[d].past.last;
      for (int year = e.start + 1; year <= e.end; ++year) {
        const double ka = e.stock(year - 1, a)[f], kb = e.stock(year - 1, b)[f];
        double world = 0;
        for (int i = 0; i < e.states; ++i)
          world += e.stock(year - 1, i)[f] / 0.5;  // half of it is here
        const auto known_place = [&](StateIndex i) { return made.panel.states[i]; };
        DisputeVector x;
        x[distance] = std::log(great_circle(known_place(a).lat, known_place(a).lon,
                                            known_place(b).lat, known_place(b).lon));
        x[land_border] = d == 0 || d == 2;  // the fixture's borders of type 1
        x[larger_share] = std::log(std::max(ka, kb) / world);
        x[imbalance] = std::abs(std::log(ka / kb));
        x[democracy] = 0.1 + 0.15 * std::min(a, b);
        x[rivalry] = 0;
        for (const Spell& r : made.panel.rivalries)
          if (r.holds(year - 1) && std::minmax(r.a, r.b) == std::minmax<StateIndex>(a, b))
            x[rivalry] = std::max(x[rivalry], r.value);
        x[recent] =
            std::log(1.0 + std::ranges::count_if(years, [&](int y) { return y > year - 1 - 10; }));
        x[peace] = std::log(1.0 + (year - 1 - last));
        const OnsetRisk p =
            onset_risk(dispute_slopes(m.draws.draw(f % m.draws.size()), m.scale), x);
        std::array<double, 4> u;
        draw_uniforms({s.seed, Purpose::dispute, static_cast<std::uint32_t>(f),
                       dyad_key(made.panel.states[b].id, made.panel.states[a].id),
                       static_cast<std::uint32_t>(year / 4)},
                      u);
        const double luck = u[static_cast<std::size_t>(year % 4)];
        const int reached = (luck < p[0]) + (luck < p[1]) + (luck < p[2]);
        CHECK(e.dispute(year, d)[f] == reached);
        ++came[reached];
        if (reached == 0) continue;
        years.insert(year);
        last = year;
      }
    }
  for (const int count : came) CHECK(count > 100);
}

TEST_CASE(
    "a dispute with force leaves hostility for ten years, less each year, unless one is "
    "bound to defend the other") {
  const Topology t{
      .states = 4, .threats = {{0, 1}, {1, 0}, {2, 3}, {3, 2}}, .distance = {9, 9, 9, 9}};
  Relations<double> r{
      .hostility = {0, 0.3, 0, 0}, .reach = {99, 99, 99, 99}, .weight = {1, 2, 1, 1}};
  r.bearing.resize(4), r.threat_weight.resize(4), r.counts.resize(4);
  weigh(t, r);
  std::vector<Dyad> dyads(2);
  dyads[0] = {.a = 0, .b = 1, .past = {.last = 2000}, .threats = {0, 1}};
  dyads[1] = {.a = 2, .b = 3, .past = {.last = 2000}, .threats = {2, 3}};
  DisputeSlopes<double> slopes;  // every probability is 1/2
  slopes.logit[2].intercept = -100;
  DisputeState<double> x;
  x.begin(dyads, slopes, 2020, 4);
  const std::vector<double> stock{1, 1, 1, 1};
  const auto year = [&](double u) {
    draw_disputes<double>(
        dyads, slopes, 1, stock, [&](std::size_t) { return u; }, [](std::size_t) { return 0.0; },
        [](std::size_t d) { return d == 0 ? 0.0 : 0.4; }, x);
    raise_threats(dyads, t, x, r);
  };
  year(0.24);  // below p times force
  CHECK(x.reached == std::vector<double>{2, 2});
  for (int since = 0; since < 14; ++since) {
    const double left = std::max(0.0, 0.5 * (1 - since / 10.0));
    CHECK(r.threat_weight[0] == approx(2 * left));  // BET's weight is 2
    CHECK(r.threat_weight[1] == approx(std::max(0.3, left)));
    CHECK(r.threat_weight[2] == 0);
    CHECK(r.threat_weight[3] == 0);
    CHECK(r.hostility == std::vector<double>{0, 0.3, 0, 0});  // as spells and levers have it
    CHECK(x.quiet[0] == since);
    CHECK(x.recent[0] == (since < 10 ? 1 : 0));
    year(0.6);
    CHECK(x.reached == std::vector<double>{0, 0});
  }
  year(0.26);  // an onset, but without force
  CHECK(x.reached[0] == 1);
  CHECK(r.threat_weight[0] == 0);
}

TEST_CASE("futures full of force are those in which a lever sets that hostility") {
  Made made;
  made.panel = fixture::disputing_panel(40, 1);  // every dyad, every year
  Scenario calm = made.scenario;
  calm.disputes = false;
  const Ensemble e = made.futures(made.scenario), none = made.futures(calm);
  CHECK(none.dyads.empty());
  CHECK(e.milexes != none.milexes);
  for (std::size_t d = 0; d < e.dyads.size(); ++d)
    for (const auto reached : e.dispute(2030, d)) CHECK(reached >= 2);
  calm.levers = {hostility(0, 3, 0.5, 2021)};  // ALP and BET are hostile already, GAM is an ally
  CHECK(made.futures(calm).milexes == e.milexes);  // BET protects EPS
}

TEST_CASE("without any onset the futures are those without disputes, bit for bit") {
  Made made;
  made.panel = fixture::disputing_panel(-200);
  made.scenario = fixture::scenario();
  Scenario none = made.scenario;
  none.disputes = false;
  const Ensemble e = made.futures(made.scenario), other = made.futures(none);
  REQUIRE(e.milexes.size() == other.milexes.size());
  bool same = true;  // NaN where a state is not projected
  for (std::size_t k = 0; k < e.milexes.size(); ++k)
    same = same && bits(e.milexes[k]) == bits(other.milexes[k]);
  CHECK(same);
  made.panel.dispute_past.clear();
  const Schedule s = schedule(made.panel, made.scenario);
  CHECK(s.dyads.empty());
  CHECK(std::ranges::any_of(
      s.notes, [](const std::string& n) { return n.find("no disputes") != std::string::npos; }));
  CHECK(past_of(made.panel, 2020)->no_disputes().find("no dyad's past") != std::string::npos);
  made.panel = fixture::disputing_panel();
  CHECK(past_of(made.panel, 2020)->no_disputes().empty());
  CHECK(past_of(made.panel, 2013)->no_disputes().find("fitted to years up to 2014") !=
        std::string::npos);
  made.panel.regime.clear();
  CHECK(past_of(made.panel, 2020)->no_disputes().find("regime.csv") != std::string::npos);
}

TEST_CASE("scenarios share the luck of disputes, and answers are counts of onsets") {
  const Made made;
  Scenario changed = made.scenario, none = made.scenario;
  changed.levers = {
      {.kind = LeverKind::efficiency, .state = 3, .from = 2021, .value = {8, 0, 0.1, 10}}};
  none.disputes = false;
  const std::vector<Schedule> s{schedule(made.panel, made.scenario), schedule(made.panel, changed),
                                schedule(made.panel, made.scenario)};
  const Schedule calm = schedule(made.panel, none);
  Projection projection{{}, &made.spending, &made.economy, {.futures = 300}};
  for (const Schedule& one : s) projection.runs.push_back({.schedule = &one});
  std::vector<Measure> measures;
  const DisputeQuestion q = ask_disputes(measures, s, true);
  const Tally t = tally(projection, measures, {});
  const auto base = read_disputes(t, q, 0), other = read_disputes(t, q, 1),
             same = read_disputes(t, q, 2);
  const Ensemble e = made.futures(made.scenario), c = made.futures(changed);
  REQUIRE(base.size() == e.dyads.size());
  const auto count = [](const Ensemble& x, std::size_t d, int f) {
    int n = 0;
    for (int year = x.start + 1; year <= x.end; ++year) n += x.dispute(year, d)[f] > 0;
    return n;
  };
  for (std::size_t d = 0; d < e.dyads.size(); ++d) {
    double in_2025 = 0, any = 0, forced = 0, all = 0, more = 0;
    for (int f = 0; f < 300; ++f) {
      in_2025 += e.dispute(2025, d)[f] > 0;
      any += count(e, d, f) > 0;
      for (int year = e.start + 1; year <= e.end; ++year)
        if (e.dispute(year, d)[f] > 1) {
          ++forced;
          break;
        }
      all += count(e, d, f);
      more += count(c, d, f) - count(e, d, f);
    }
    CHECK(base[d].in[4].p == approx(in_2025 / 300));
    CHECK(base[d].once[0].p == approx(any / 300));
    CHECK(base[d].once[1].p == approx(forced / 300));
    CHECK(base[d].count == approx(all / 300));
    CHECK(other[d].change == approx(more / 300));
    CHECK(same[d].change == 0);
    CHECK(same[d].change_error == 0);
  }
  CHECK(std::abs(other[2].change) > 3 * other[2].change_error);  // ALP and DEL, which grew
  // A first run without disputes has no luck to share: the second draws the same by itself.
  Projection turned{
      {{.schedule = &calm}, {.schedule = &s[0]}}, &made.spending, &made.economy, {.futures = 300}};
  project_blocks(turned, {}, [&](int, int block, std::span<const Ensemble> runs) {
    for (std::size_t d = 0; d < e.dyads.size(); ++d)
      for (int year = e.start + 1; year <= e.end; ++year)
        for (int f = 0; f < runs[1].futures; ++f)
          if (runs[1].dispute(year, d)[f] != e.dispute(year, d)[block * futures_per_block + f])
            FAIL("another onset");
  });
}

TEST_CASE("an effect goes without disputes until its last part, which is what they do") {
  const Made made;
  Scenario changed = made.scenario;
  changed.levers = {
      {.kind = LeverKind::efficiency, .state = 3, .from = 2021, .value = {8, 0, 0.1, 10}}};
  const Schedule base = schedule(made.panel, made.scenario), other = schedule(made.panel, changed);
  Projection projection{{{.schedule = &base}}, &made.spending, &made.economy, {.futures = 300}};
  const Stages stages = add_stages(projection.runs, other);
  CHECK(stages.run[5] != stages.run[4]);
  project_blocks(projection, {.threads = 1}, [&](int, int, std::span<const Ensemble> runs) {
    const auto onsets = [&](int k) { return runs[stages.run[k]].disputes; };
    for (int k = 1; k < 5; ++k) CHECK(onsets(k) == onsets(0));
    CHECK(onsets(5) != onsets(0));
    CHECK(runs[stages.run[5]].stocks != runs[stages.run[4]].stocks);
  });
  // Of a scenario with no disputes the whole effect of switching them off is that part.
  Scenario none = made.scenario;
  none.disputes = false;
  const Schedule calm = schedule(made.panel, none);
  Projection switched{{{.schedule = &base}}, &made.spending, &made.economy, {.futures = 300}};
  const Stages off = add_stages(switched.runs, calm);
  project_blocks(switched, {.threads = 1}, [&](int, int, std::span<const Ensemble> runs) {
    CHECK(runs[off.run[5]].dyads.empty());
    CHECK(runs[off.run[5]].stocks != runs[0].stocks);
    for (int k = 1; k < 5; ++k) CHECK(runs[off.run[k]].stocks == runs[0].stocks);
  });
}

TEST_CASE("a commitment between two ends the hostility that their disputes leave") {
  Made made;
  made.panel = fixture::disputing_panel(40, 1);
  Scenario bound = made.scenario, calm = made.scenario;
  bound.levers = {{.kind = LeverKind::commitment,
                   .state = 3,
                   .other = 0,
                   .from = 2021,
                   .value = {0.01, 0, 0, 1}}};
  calm.levers = bound.levers;
  calm.disputes = false;
  CHECK(made.futures(bound).milexes == made.futures(calm).milexes);
}

}  // namespace dispute_step_test
