// SPDX-License-Identifier: Apache-2.0
// The engine that a live page carries: its bytes, and its answers beside those of the command line.
#include "tenbin/page/engine/engine.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "fixture.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/futures/answers.hpp"
#include "tenbin/futures/risk.hpp"

namespace engine_test {

using namespace tenbin;

namespace {

PageStudy study() {
  Scenario plain = fixture::scenario();
  plain.levers.clear();
  PageStudy s{.panel = fixture::disputing_panel(),
              .scenarios = {plain, fixture::scenario()},
              .spending = first_draws(fixture::draws(Equation::spending), carried_draws, 2017),
              .economy = first_draws(fixture::draws(Equation::economy), carried_draws, 2017)};
  s.sliders = {
      {.lever = {.kind = LeverKind::plan, .state = 1, .from = 2021, .by = 2028},
       .low = 0.01,
       .high = 0.06},
      {.lever = {.kind = LeverKind::growth, .state = 0, .from = 2021}, .low = -0.05, .high = 0.05}};
  return s;
}

/// Whether all numbers have the same bits; NaN equals NaN.
bool same_numbers(std::span<const double> a, std::span<const double> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return bits(x) == bits(y) || (x != x && y != y); });
}

}  // namespace

TEST_CASE("a study comes back from its bytes, and broken bytes are none") {
  const PageStudy s = study();
  const auto bytes = to_bytes(s);
  const auto back = from_bytes(bytes);
  REQUIRE(back);
  CHECK(to_bytes(*back) == bytes);
  CHECK(back->panel.states[1].id == "BET");
  CHECK(back->scenarios[1].levers.size() == s.scenarios[1].levers.size());
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 7)
    CHECK_FALSE(from_bytes(std::string_view(bytes).substr(0, size)));
  const std::size_t body = sizeof(ArchiveHeader);
  for (std::size_t at = 0; at < bytes.size(); at += 97) {
    auto other = bytes;
    other[at] ^= '\x55';
    CHECK_FALSE(from_bytes(other));
    if (at < body || at + 8 >= bytes.size()) continue;
    // Not even with a digest put right does a change crash it.
    const auto right = std::string_view(other).substr(body, bytes.size() - body - 8);
    static_cast<void>(from_bytes(framed<PageStudy>(ArchiveKind::study, right)));
  }
}

TEST_CASE("the equation of draws comes back: no member is forgotten") {
  const auto back = from_bytes(to_bytes(study()));
  REQUIRE(back);
  CHECK(back->spending.equation == "spending");
  CHECK(back->economy.equation == "economy");
}

namespace {

/// What from_bytes() says of a study that was changed.
template <class Change>
std::string fault_after(Change&& change) {
  PageStudy s = study();
  change(s);
  std::string fault = "not asked";
  const bool accepted = from_bytes(to_bytes(s), &fault).has_value();
  CHECK(accepted == fault.empty());
  return fault;
}

}  // namespace

TEST_CASE("sizes of draws whose product or sum overflows are refused with the reason") {
  constexpr std::size_t huge = std::size_t{1} << 61, far = std::size_t{1} << 40;
  const std::string size = "its draws do not have the size that their columns name";
  CHECK(fault_after([](PageStudy&) {}).empty());
  CHECK(fault_after([](PageStudy& s) {  // 8 x 2^61 is 0 in 64 bits
          s.spending.chains = 1, s.spending.draws_per_chain = 8, s.spending.width = huge;
          s.spending.values.clear();
          for (Column& c : s.spending.columns) c.offset = far;
        }) == size);
  CHECK(fault_after([](PageStudy& s) { s.spending.columns[3].offset = ~std::size_t{0}; }) == size);
  CHECK(fault_after([](PageStudy& s) {  // its elements end before the draws begin
          Column& target = s.spending.columns[place(SpendingParameter::target)];
          target.offset = ~std::size_t{0} - target.size() + 1;
        }) == size);
  CHECK(fault_after([](PageStudy& s) { s.spending.width = 0; }) == size);
  CHECK(fault_after([](PageStudy& s) { s.spending.log_density = {1}; }) == size);
  CHECK(fault_after([](PageStudy& s) { s.economy.leapfrogs = {1}; }) == size);
  CHECK(fault_after([](PageStudy& s) {
          s.spending.chains = -1, s.spending.draws_per_chain *= -1;
        }) == size);
  CHECK(fault_after([](PageStudy& s) { s.economy.columns[1].offset = 0; }) == size);
  CHECK(fault_after([](PageStudy& s) {
          s.economy.draws_per_chain = 2000;
          s.economy.values.resize(2000 * s.economy.width);
        }) == "it holds more draws than a page carries");
}

TEST_CASE("draws that are none of a fit are refused with the reason") {
  const auto set = [](const char* name, double value) {
    return fault_after(
        [=](PageStudy& s) { s.spending.values[s.spending.find(name)->offset] = value; });
  };
  CHECK(set("df", 1.9) == "a draw of df is not within its bounds");
  CHECK(set("df", 2).empty());
  CHECK(set("pull", 1.1) == "a draw of pull is not within its bounds");
  CHECK(set("target", missing) == "a draw of target is not within its bounds");
  CHECK(set("scale", unbounded) == "a draw of scale is not within its bounds");
  CHECK(fault_after([](PageStudy& s) { s.spending.columns.back().elements[1] = "1999"; }) ==
        "the years of wave are not consecutive");
  CHECK(fault_after([](PageStudy& s) {
          for (std::string& year : s.spending.columns.back().elements) year = "-2147483648";
        }) == "the years of wave are not consecutive");
  CHECK(fault_after([](PageStudy& s) {
          s.spending.columns[place(SpendingParameter::pull)].elements[0] = "XXX";
        }) == "target and pull are not of the same states");
  CHECK(fault_after([](PageStudy& s) { s.economy.equation = "spending"; }) ==
        "its draws are not of the economy equation");
}

TEST_CASE("a study whose rows, years or scenarios cannot be is refused with the reason") {
  static constexpr int never = std::numeric_limits<int>::min(),
                       always = std::numeric_limits<int>::max();
  const std::string state = "a row names a state that it does not hold",
                    year = "a row names a year that is none",
                    past = "a past of disputes contradicts itself",
                    model = "its model of disputes is not whole",
                    scenario =
                        "a scenario names years, states or a number of futures that it cannot have",
                    size = "its figures do not have the size that its states and years name";
  CHECK(fault_after([](PageStudy& s) { s.panel.first_year = never; }) == size);
  CHECK(fault_after([](PageStudy& s) { s.panel.milex.pop_back(); }) == size);
  CHECK(fault_after([](PageStudy& s) { s.panel.rivalries[0].b = 6; }) == state);
  CHECK(fault_after([](PageStudy& s) { s.panel.wars.push_back({.state = 0, .against = -2}); }) ==
        state);
  CHECK(fault_after([](PageStudy& s) { s.panel.states[0].entered = never; }) == year);
  CHECK(fault_after([](PageStudy& s) { s.panel.personnel.push_back({0, always, 1}); }) == year);
  CHECK(fault_after([](PageStudy& s) { s.panel.plans[0].by = always; }) == year);
  CHECK(fault_after([](PageStudy& s) { s.panel.dispute_past[0].last = never; }) == past);
  CHECK(fault_after([](PageStudy& s) { s.panel.dispute_past[0].recent = 40; }) == past);
  const auto with_model = [](auto&& change) {
    return fault_after([&](PageStudy& s) {
      DisputeModel m = *s.panel.dispute_model;
      change(m);
      s.panel.dispute_model = std::make_shared<DisputeModel>(std::move(m));
    });
  };
  CHECK(with_model([](DisputeModel&) {}).empty());
  CHECK(with_model([](DisputeModel& m) { m.within.pop_back(); }) == model);
  CHECK(with_model([](DisputeModel& m) { m.draws.values.pop_back(); }) == model);
  CHECK(with_model([](DisputeModel& m) { m.simulated.push_back({.first = never}); }) == model);
  CHECK(fault_after([](PageStudy& s) { s.scenarios.clear(); }) == scenario);
  CHECK(fault_after([](PageStudy& s) { s.scenarios[1].disputes = false; }) == scenario);
  CHECK(fault_after([](PageStudy& s) { s.scenarios[1].futures = 0; }) == scenario);
  CHECK(fault_after([](PageStudy& s) { s.scenarios[0].levers.push_back({.by = always}); }) ==
        scenario);
  CHECK(fault_after([](PageStudy& s) { s.sliders[0].lever.as = static_cast<PlanMode>(3); }) ==
        "a slider moves a lever that is none");
  std::string fault;
  CHECK_FALSE(from_bytes({}, &fault));
  CHECK(fault == "its bytes end too early, or too late, or are none of a study");
}

TEST_CASE("draws without their early waves give the same futures") {
  const Panel panel = fixture::disputing_panel();
  const Schedule s = schedule(panel, fixture::scenario());
  const Draws spending = fixture::draws(Equation::spending),
              economy = fixture::draws(Equation::economy);
  const PageStudy page = study();
  CHECK(page.spending.width < spending.width);
  const Ensemble all = project(s, spending, economy, {.futures = 300}, {}),
                 few = project(s, page.spending, page.economy, {.futures = 300}, {});
  CHECK(bits(all.milex(2035, 0)[299]) == bits(few.milex(2035, 0)[299]));
  CHECK(all.stocks == few.stocks);
}

namespace {

/// Whether every state's and year's quantiles in an answer are those of a tally; `at(state,
/// quantity, year)` finds them.
template <class At>
bool same_quantiles(const At& at, const Schedule& s, const Fan& one, const Fan& two,
                    const Comparison& difference) {
  bool same = true;
  for (StateIndex i = 0; i < 4; ++i)
    for (int year = s.start; year <= s.end; ++year)
      for (std::size_t k = 0; k < 7; ++k)
        same = same && at(i, 0, year)[k] == one.at(year, i).quantile[k] &&
               at(i, 0, year)[numbers_a_band + k] == two.at(year, i).quantile[k] &&
               at(i, 1, year)[2 * numbers_a_band + k] == difference.at(year, i).band.quantile[k];
  return same;
}

/// What two engines that share the work find.
std::vector<double> shared_answer(Engine& engine, const PageState& state, int futures) {
  Engine other(*from_bytes(to_bytes(study())));
  Engine::Question mine = engine.ask(state, futures, -1), theirs = other.ask(state, futures, -1);
  engine.compute(mine, 0, 2);
  other.compute(theirs, 1, 2);
  Tally sent = empty_tally(mine.measures, futures);
  REQUIRE(from_bytes(to_bytes(theirs.tally), 0, sent));
  merge(mine.tally, std::move(sent));
  return engine.finish(mine);
}

}  // namespace

TEST_CASE("the page's numbers are those of a tally, to the last bit, for presets and sliders") {
  Engine engine(*from_bytes(to_bytes(study())));
  const Panel& panel = engine.study().panel;
  for (const PageState& state : {PageState{0, {missing, missing}}, PageState{0, {0.04, missing}},
                                 PageState{1, {missing, -0.01}}}) {
    constexpr int futures = 600;
    const std::vector<double> got = engine.answer(state, futures);
    const std::vector<Schedule> s{schedule(panel, engine.study().scenarios[0]),
                                  schedule(panel, scenario_of(engine.study(), state))};
    const Draws spending = fixture::draws(Equation::spending),
                economy = fixture::draws(Equation::economy);
    const Projection p{
        {{.schedule = &s[0]}, {.schedule = &s[1]}}, &spending, &economy, {.futures = futures}};
    std::vector<Measure> measures;
    const Place base = ask_fan(measures, s[0], 0, Quantity::milex),
                changed = ask_fan(measures, s[1], 1, Quantity::milex),
                burden = ask_comparison(measures, s[0], 0, 1, Quantity::burden);
    const DisputeQuestion disputes = ask_disputes(measures, s, false);
    const RaceQuestion races = ask_races(measures, *past_of(panel, 2020), s);
    const Tally t = tally(p, measures, {});
    const Fan one = read_fan(t, base), two = read_fan(t, changed);
    const Comparison difference = read_comparison(t, burden);
    const int years = s[0].end - s[0].start + 1;
    const auto at = [&](StateIndex i, int q, int year) {
      return got.data() +
             ((static_cast<std::size_t>(i) * 2 + q) * years + (year - s[0].start)) * numbers_a_year;
    };
    CHECK(same_quantiles(at, s[0], one, two, difference));
    CHECK(at(1, 1, 2030)[3 * numbers_a_band] == difference.at(2030, 1).positive.p);
    CHECK(at(4, 1, 2030)[8] == 0);  // EPS has no share of GDP
    const auto drawn = read_disputes(t, disputes, 1);
    REQUIRE(drawn.size() == engine.dyads().size());
    const double* last = got.data() + got.size() - 6;
    CHECK(last[2] == drawn.back().change);
    CHECK(last[5] == drawn.back().once[0].p);
    const auto raced = read_races(t, races, 1);
    REQUIRE(raced.size() == engine.rivals().size());
    const double* first = got.data() + got.size() - 6 * drawn.size() - 4 * raced.size();
    CHECK(first[2] == raced[0].change);
    CHECK(same_numbers(shared_answer(engine, state, futures), got));
    // One state alone: the same numbers.
    const std::vector<double> alone = engine.answer(state, futures, 1);
    REQUIRE(alone.size() == static_cast<std::size_t>(2 * years * numbers_a_year));
    CHECK(same_numbers(alone, {at(1, 0, s[0].start), alone.size()}));
  }
}

TEST_CASE("an answer does not depend on what was asked before") {
  Engine once(study()), often(study());
  constexpr int many = 1300;  // more than the random numbers that are kept
  const PageState state{1, {0.03, -0.01}};
  static_cast<void>(often.answer({0, {missing, 0.02}}, 600, 0));
  static_cast<void>(often.answer(state, 600));
  static_cast<void>(often.answer({1, {missing, missing}}, many, 2));
  for (const int futures : {600, many}) {
    const auto a = once.answer(state, futures, 1), b = often.answer(state, futures, 1);
    CHECK(same_numbers(a, b));
  }
}

}  // namespace engine_test
