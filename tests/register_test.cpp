// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/register.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/evidence/premises.hpp"
#include "tenbin/evidence/resolve.hpp"
#include "tenbin/futures/tally.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/register_file.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/page/register_page.hpp"
#include "tenbin/past/scores.hpp"

namespace register_test {

using namespace tenbin;

namespace {

RegisterEntry spending(int year, double median) {
  RegisterEntry e{.id = "2020-spending-ALP-" + std::to_string(year),
                  .made = "made up, \"first\" release",
                  .known_until = 2020,
                  .scenario = "announced-plans",
                  .what = Registered::spending,
                  .state = "ALP",
                  .from = year,
                  .year = year,
                  .unit = "million units",
                  .base = 1000};
  const std::array part{0.8, 0.85, 0.95, 1.0, 1.05, 1.15, 1.2};
  for (std::size_t k = 0; k < part.size(); ++k) e.quantile[k] = median * part[k];
  e.no_change = 1000, e.no_change_sd = 0.1, e.plan = 1100;
  e.rule = "spending-1", e.resolved_by = "Spending of Alphaland, over that of 2020.";
  e.panel = "fixture", e.panel_hash = "ab12", e.price_year = 2024, e.made_by = "tenbin 1";
  return e;
}
RegisterEntry chance(Registered what, const std::string& a, const std::string& b, int from,
                     int year, double p) {
  RegisterEntry e = spending(year, 1000);
  e.id = std::string(registered_name(what)) + a + b + std::to_string(year);
  e.what = what, e.state = a, e.other = b, e.from = from, e.unit = "chance";
  e.quantile.fill(missing);
  e.base = missing, e.chance = p, e.chance_error = 0.01, e.no_change = 0.5,
  e.no_change_sd = missing;
  e.plan = missing;
  return e;
}

std::string written(int entries) {
  std::vector<RegisterEntry> all;
  for (int k = 0; k < entries; ++k)
    all.push_back(k % 3 == 2 ? chance(Registered::race, "ALP", "BET", 2021, 2021 + k, 0.25)
                             : spending(2021 + k, 1000 + 10 * k));
  return csv_text(register_table(all));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text)
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  lines.pop_back();
  return lines;
}
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// A panel that knows `last` with spending of ALP as given from 2020 on.
Panel later(const std::vector<double>& milex, double share = 0.02) {
  Panel p = fixture::panel();
  const int more = static_cast<int>(milex.size()) - 1, before = p.years();
  std::vector<MilexCell> cells;
  for (StateIndex i = 0; i < p.size(); ++i)
    for (int t = 0; t < before + more; ++t)
      cells.push_back(t < before ? p.milex[static_cast<std::size_t>(i) * before + t]
                                 : p.milex[static_cast<std::size_t>(i + 1) * before - 1]);
  p.milex = std::move(cells);
  p.last_year += more;
  for (int k = 0; k <= more; ++k) {
    MilexCell& c = p.milex[static_cast<std::size_t>(2020 - p.first_year + k)];
    c.milex = milex[static_cast<std::size_t>(k)];
    c.burden = share;
  }
  return p;
}

MilexCell& cell(Panel& p, StateIndex i, int year) {
  return p.milex[static_cast<std::size_t>(i) * p.years() + (year - p.first_year)];
}

}  // namespace

// --- the chain -----------------------------------------------------------------------------------

TEST_CASE("a register is read as it was written") {
  const std::string text = written(9);
  const Register reg = register_of(text, "r.csv");
  CHECK(reg.breaks.empty());
  REQUIRE(reg.lines.size() == 9);
  CHECK(std::ranges::all_of(reg.lines, &RegisterLine::intact));
  CHECK(reg.lines[3].line == 5);
  CHECK(reg.lines[3].entry.number == 4);
  CHECK(reg.lines[3].entry.of == 9);
  CHECK(reg.lines[3].entry.quantile[3] == 1030);
  CHECK(reg.lines[0].entry.made == "made up, \"first\" release");
  CHECK(reg.lines[2].entry.chance == 0.25);
  CHECK_FALSE(known(reg.lines[2].entry.quantile[0]));
  CHECK(reg.seal == lines_of(text).back().substr(lines_of(text).back().rfind(',') + 1));
  CHECK(reg.seal.size() == 64);
}

TEST_CASE("a line break in a release's name does not break a register") {
  RegisterEntry e = spending(2021, 1000);
  e.made = "first\nrelease";
  const Register reg = register_of(csv_text(register_table({e, spending(2022, 1000)})), "r.csv");
  CHECK(reg.breaks.empty());
  REQUIRE(reg.lines.size() == 2);
  CHECK(reg.lines[0].entry.made == "first release");
}

TEST_CASE("a text that a spreadsheet would compute comes back from a register as it was") {
  // Its apostrophe stayed, and one more came with every copy (found by the fuzzer).
  RegisterEntry e = spending(2021, 1000);
  e.made = "=first";
  e.settings = "-1";
  e.rule = "-rule";
  const std::string text = csv_text(register_table({e}));
  const Register reg = register_of(text, "r.csv");
  REQUIRE(reg.lines.size() == 1);
  CHECK(reg.lines[0].intact);
  CHECK(reg.lines[0].entry.made == "=first");
  CHECK(reg.lines[0].entry.settings == "-1");
  CHECK(reg.lines[0].entry.rule == "-rule");
  CHECK(csv_text(register_table({reg.lines[0].entry})) == text);
}

TEST_CASE("any changed character of a register is found in its line, and nowhere else") {
  const std::vector<std::string> lines = lines_of(written(6));
  int changed = 0;
  for (std::size_t k = 1; k < lines.size(); ++k)
    for (std::size_t at = 0; at < lines[k].size(); ++at) {
      std::vector<std::string> other = lines;
      char& c = other[k][at];
      c = c == '7' ? '8' : '7';
      const Register reg = register_of(joined(other), "r.csv");
      ++changed;
      REQUIRE_MESSAGE(reg.breaks.size() == 1, "line " << k + 1 << ", character " << at);
      REQUIRE_MESSAGE(reg.breaks[0].line == static_cast<int>(k) + 1,
                      "line " << k + 1 << ", character " << at << ": " << reg.breaks[0].what);
      int damaged = 0;
      for (const RegisterLine& l : reg.lines) damaged += !l.intact;
      REQUIRE_MESSAGE(damaged == 1, "line " << k + 1 << ", character " << at);
      REQUIRE_FALSE(reg.lines[k - 1].intact);
    }
  CHECK(changed > 1500);
}

TEST_CASE("a removed line of a register is found") {
  const std::vector<std::string> lines = lines_of(written(7));
  for (std::size_t k = 1; k < lines.size(); ++k) {
    std::vector<std::string> other = lines;
    other.erase(other.begin() + static_cast<long>(k));
    const Register reg = register_of(joined(other), "r.csv");
    REQUIRE(reg.breaks.size() == 1);
    CHECK(reg.breaks[0].line == static_cast<int>(k) + 1);
    CHECK(reg.breaks[0].what.find("entry " + std::to_string(k) + " is missing") == 0);
  }
  std::vector<std::string> other = lines;
  other.erase(other.begin() + 3, other.begin() + 6);
  const Register reg = register_of(joined(other), "r.csv");
  REQUIRE(reg.breaks.size() == 1);
  CHECK(reg.breaks[0].what == "entries 3 to 5 are missing before it");
  other.resize(3);
  CHECK(register_of(joined(other), "r.csv").breaks[0].what ==
        "entries 3 to 7 are missing at the end");
}

TEST_CASE("an added and a swapped line of a register are found") {
  const std::vector<std::string> lines = lines_of(written(7));
  for (std::size_t k = 1; k < lines.size(); ++k) {
    std::vector<std::string> other = lines;
    other.insert(other.begin() + static_cast<long>(k) + 1, lines[k]);
    Register reg = register_of(joined(other), "r.csv");
    REQUIRE(reg.breaks.size() == 1);
    CHECK(reg.breaks[0].line == static_cast<int>(k) + 2);
    CHECK(reg.breaks[0].what.find("was added") == 0);
    other[k + 1] = "no entry at all";
    reg = register_of(joined(other), "r.csv");
    REQUIRE(reg.breaks.size() == 1);
    CHECK(reg.breaks[0].line == static_cast<int>(k) + 2);
    if (k + 1 == lines.size()) break;
    other = lines;
    std::swap(other[k], other[k + 1]);
    reg = register_of(joined(other), "r.csv");
    REQUIRE(reg.breaks.size() == 2);
    CHECK(reg.breaks[0].line == static_cast<int>(k) + 1);
    CHECK(reg.breaks[1].line == static_cast<int>(k) + 2);
    CHECK(reg.breaks[1].what == "was moved: it is entry " + std::to_string(k));
  }
}

TEST_CASE("a line whose number was changed together with its chain is found by the next line") {
  std::vector<RegisterEntry> all{spending(2021, 1000), spending(2022, 1000), spending(2023, 1000)};
  const std::vector<std::string> lines = lines_of(csv_text(register_table(all)));
  all[1].quantile[3] = 1040;  // who rewrites a line can chain it again, but not the lines behind it
  std::vector<std::string> other = lines;
  other[2] = lines_of(csv_text(register_table(all)))[2];
  const Register reg = register_of(joined(other), "r.csv");
  REQUIRE(reg.breaks.size() == 1);
  CHECK(reg.breaks[0].line == 4);
}

TEST_CASE("what is no register is refused") {
  CHECK_THROWS_AS(register_of("", "r.csv"), Error);
  CHECK_THROWS_AS(register_of("state,year\nJPN,2020\n", "r.csv"), Error);
  std::string text = written(2);
  text[0] = 'F';
  CHECK_THROWS_AS(register_of(text, "r.csv"), Error);
}

// --- scores --------------------------------------------------------------------------------------

TEST_CASE("the quantile score of a point is its distance, and of a normal close to its CRPS") {
  std::array<double, 7> point{};
  point.fill(1.5);
  CHECK(quantile_score(1.2, point) == approx(0.3));
  CHECK(quantile_score(2.0, point) == approx(0.5));
  std::array<double, 7> normal{-1.6448536, -1.2815516, -0.6744898, 0,
                               0.6744898,  1.2815516,  1.6448536};
  for (const double y : {-2.5, -1.0, 0.0, 0.4, 3.0})
    CHECK(quantile_score(y, normal) == approx(crps_normal(y, 0, 1)).epsilon(0.1));
  for (const double y : {-2.5, -1.0, 2.0, 3.0})  // where most of the score is
    CHECK(quantile_score(y, normal) == approx(crps_normal(y, 0, 1)).epsilon(0.02));
}

TEST_CASE("another price year and a revision of the base year are no error of spending") {
  const RegisterEntry e = spending(2021, 1050);
  const Resolution same = resolve(e, later({1000, 1080}));
  CHECK(same.fate == Fate::scored);
  CHECK(same.outcome == approx(1080));
  CHECK(same.inside80);
  for (const double factor : {1.03, 0.5, 7.0}) {  // prices of another year, or all figures revised
    const Resolution r = resolve(e, later({1000 * factor, 1080 * factor}));
    CHECK(r.outcome == approx(1080));
    CHECK(r.score == approx(same.score));
    CHECK(r.no_change == approx(same.no_change));
    CHECK(r.plan == approx(std::log(1100.0 / 1080)));
  }
  // a revision of the growth since then is one
  CHECK(resolve(e, later({1000, 1300})).score > 2 * same.score);
  CHECK_FALSE(resolve(e, later({1000, 1300})).inside80);
}

TEST_CASE("a share of GDP is scored as it is, revised or not") {
  RegisterEntry e = spending(2021, 0.021);
  e.what = Registered::share, e.base = missing, e.no_change = 0.02, e.plan = 0.022;
  const Resolution r = resolve(e, later({1000, 1080}, 0.0205));
  CHECK(r.outcome == approx(0.0205));
  CHECK(resolve(e, later({2000, 2160}, 0.0205)).score == approx(r.score));
  CHECK(resolve(e, later({1000, 1080}, 0.025)).score > 2 * r.score);
}

TEST_CASE("what is not yet known is not due, and what nobody publishes is undecidable") {
  const RegisterEntry e = spending(2022, 1050);
  CHECK(resolve(e, later({1000, 1080})).fate == Fate::open);
  Panel p = later({1000, 1080, 1100});
  CHECK(resolve(e, p).fate == Fate::scored);
  cell(p, 0, 2022) = {};
  CHECK(resolve(e, p).fate == Fate::undecidable);
  cell(p, 0, 2022) = {1100, 0.02, MilexKind::imputed, ""};
  CHECK(resolve(e, p).fate == Fate::undecidable);
  p = later({1000, 1080, 1100});
  cell(p, 0, 2020).kind = MilexKind::none;  // the base year is gone
  CHECK(resolve(e, p).fate == Fate::undecidable);
  RegisterEntry other = e;
  other.state = "XXX";
  CHECK(resolve(other, p).fate == Fate::undecidable);
}

TEST_CASE("incidents are decided by disputes.csv, once it knows their last year") {
  Panel p = later({1000, 1080, 1100, 1100});
  const RegisterEntry force = chance(Registered::force, "ALP", "BET", 2021, 2023, 0.2),
                      death = chance(Registered::death, "BET", "ALP", 2021, 2023, 0.1);
  CHECK(resolve(force, p).fate == Fate::open);
  p.disputes_until = 2022;
  p.disputes = {{1, 0, 2022, 4, 0}};
  CHECK(resolve(force, p).fate == Fate::open);
  p.disputes_until = 2023;
  CHECK(resolve(force, p).outcome == 1);
  CHECK(resolve(force, p).score == approx(0.64));
  CHECK(resolve(force, p).no_change == approx(0.25));
  CHECK(resolve(force, p).log_score == approx(-std::log(0.2)));
  CHECK(resolve(death, p).outcome == 0);
  CHECK(resolve(death, p).score == approx(0.01));
  p.disputes = {{0, 1, 2020, 5, 6}, {0, 1, 2024, 5, 6}, {0, 2, 2022, 5, 6}, {0, 1, 2021, 3, 0}};
  CHECK(resolve(force, p).outcome == 0);
  p.disputes_until = 0;
  p.last_year = 2023;
  CHECK(resolve(chance(Registered::force, "ALP", "BET", 2001, 2013, 0.2), p).fate ==
        Fate::undecidable);
}

TEST_CASE("a race needs three years of growth of both, the last within its years") {
  Panel p = later({1000, 1000, 1000, 1000, 1000, 1000});
  const auto grow = [&](StateIndex i, int first, int last) {
    for (int year = 2018; year <= 2025; ++year)
      cell(p, i, year).milex =
          cell(p, i, year - 1).milex * (year >= first && year <= last ? 1.1 : 1.0);
  };
  const RegisterEntry e = chance(Registered::race, "ALP", "BET", 2021, 2025, 0.1);
  grow(0, 2019, 2021), grow(1, 2019, 2021);
  CHECK(resolve(e, p).outcome == 1);
  grow(1, 2018, 2020);
  CHECK(resolve(e, p).outcome == 0);
  grow(0, 2023, 2025), grow(1, 2022, 2025);
  CHECK(resolve(e, p).outcome == 1);
  grow(0, 2018, 2020), grow(1, 2018, 2020);  // over before the register was made
  CHECK(resolve(e, p).outcome == 0);
  cell(p, 1, 2024) = {};
  CHECK(resolve(e, p).fate == Fate::undecidable);
}

TEST_CASE("a promise is met at the share that the entry names") {
  RegisterEntry e = chance(Registered::promise, "ALP", "", 2021, 2021, 0.75);
  e.base = 0.02, e.plan = 1, e.no_change = 0;
  const Resolution met = resolve(e, later({1000, 1080}, 0.02));
  CHECK(met.outcome == 1);
  CHECK(met.score == approx(0.0625));
  CHECK(met.plan == 0);
  CHECK(met.no_change == 1);
  CHECK(resolve(e, later({1000, 1080}, 0.0199)).outcome == 0);
}

// --- conditions ----------------------------------------------------------------------------------

TEST_CASE("conditions are read as they are written") {
  const std::vector<Premise> all{{PremiseTable::plans, "ALP", "", 2021, 2025, true, 0.0285},
                                 {PremiseTable::presence, "GAM", "ALP", 2022, 2025, false, 1234.5}};
  const std::string text = premises_text(all);
  CHECK(text == "plans ALP - 2021 2025 >= 0.0285; presence GAM ALP 2022 2025 <= 1234.5");
  const auto again = premises_named(text);
  REQUIRE(again);
  CHECK(premises_text(*again) == text);
  for (const char* wrong : {"plans ALP - 2021 2025 > 0.02", "plan ALP - 2021 2025 >= 0.02",
                            "plans ALP - 2021 >= 0.02", "plans ALP - 2021 2025 >= x"})
    CHECK_FALSE(premises_named(wrong));
  CHECK(premises_words({all[0]}, fixture::panel()) ==
        "if a promise by Alphaland, or a request to Alphaland, of at least 2.85 % of GDP is "
        "announced in 2021 to 2025");
}

TEST_CASE("a lever counts as come once a table has gone half of the way") {
  const Panel p = fixture::panel();
  const auto text = [&](const Lever& l) {
    const auto all = premises_of(l, p, 2020, 2023);
    return all ? premises_text(*all) : "none";
  };
  CHECK(text({.kind = LeverKind::commitment,
              .state = 2,
              .other = 0,
              .from = 2022,
              .value = {0.5, 0, 0, 1}}) == "ties GAM ALP 2022 2023 <= 0.75");
  CHECK(text({.kind = LeverKind::hostility,
              .state = 1,
              .other = 2,
              .from = 2022,
              .value = {1, 0, 0, 1}}) == "rivalry BET GAM 2022 2023 >= 0.9");
  CHECK(text({.kind = LeverKind::reach, .state = 1, .from = 2022, .value = {2000, 0, 0, 20100}}) ==
        "missiles BET - 2022 2023 <= 7000");
  CHECK(
      text({.kind = LeverKind::war, .state = 1, .other = 0, .from = 2022, .value = {1, 0, 0, 3}}) ==
      "war BET ALP 2022 2023 >= 1");
  CHECK(text({.kind = LeverKind::plan,
              .state = 0,
              .from = 2021,
              .by = 2025,
              .value = {0.03, 0, 0, 0.5}}) == "plans ALP - 2021 2023 >= 0.0285");
  CHECK(
      text({.kind = LeverKind::growth, .state = 0, .from = 2021, .value = {-0.02, 0, -0.2, 0.2}}) ==
      "growth ALP - 2021 2023 <= 0.00133333");
  CHECK(text({.kind = LeverKind::commitment,
              .state = 2,
              .other = 0,
              .from = 2021,
              .by = 2022,
              .value = {0.5, 0, 0, 1}}) == "ties GAM ALP 2021 2022 <= 0.75");
  CHECK(text({.kind = LeverKind::weight, .state = 0, .from = 2021, .value = {3, 0, 0, 1000}}) ==
        "none");
  CHECK(text({.kind = LeverKind::commitment,
              .state = 2,
              .other = 0,
              .from = 2025,
              .value = {0.5, 0, 0, 1}}) == "");
}

TEST_CASE("a scenario's forecast is void where its if did not come, and scored where it did") {
  RegisterEntry e = spending(2021, 1050);
  e.condition = "ties GAM ALP 2021 2021 <= 0.75";
  Panel p = later({1000, 1080});
  CHECK(resolve(e, p).fate == Fate::no_case);
  for (Spell& s : p.ties)
    if (s.a == 2 && s.b == 0) s.value = 0.5;
  CHECK(resolve(e, p).fate == Fate::scored);
  e.condition = "growth ALP - 2021 2021 <= 0.01";
  CHECK(resolve(e, p).fate == Fate::open);
  p.economy = {{0, 2021, 0.005, missing}};
  CHECK(resolve(e, p).fate == Fate::scored);
  e.condition = "plans ALP - 2021 2021 >= 0.0285";
  CHECK(resolve(e, p).fate == Fate::no_case);
  p.pledges.push_back(
      {.state = 0, .kind = PledgeKind::request, .announced = 2021, .by = 2030, .target = 0.03});
  CHECK(resolve(e, p).fate == Fate::scored);
  p.pledges.back().announced = 2020;  // it was there when the register was made
  CHECK(resolve(e, p).fate == Fate::no_case);
  e.condition = "something else";
  CHECK(resolve(e, p).fate == Fate::undecidable);
}

// --- a whole register ----------------------------------------------------------------------------

namespace {

struct Made {
  std::shared_ptr<const Past> past = past_of(fixture::panel(), 2020);
  Draws spending = fixture::draws(Equation::spending), economy = fixture::draws(Equation::economy);

  Scenario scenario(int end) const {
    Scenario s = fixture::scenario();
    s.levers.clear();
    s.start = 2020, s.end = end;
    return s;
  }
  std::vector<RegisterEntry> entries(int threads, int end) const {
    const Schedule plan = schedule(*past, scenario(end));
    std::vector<Measure> measures;
    const RegisterQuestion asked = ask_baseline(measures, *past, plan);
    const Projection projection{{{.schedule = &plan}}, &spending, &economy, {.futures = 600}};
    return baseline_entries(tally(projection, measures, {.threads = threads}), asked, *past,
                            {"tenbin 1", "futures=600"});
  }
};

}  // namespace

TEST_CASE("a register is the same for any number of threads" * doctest::test_suite("threads")) {
  const Made made;
  CHECK(csv_text(register_table(made.entries(1, 2025))) ==
        csv_text(register_table(made.entries(3, 2025))));
}

TEST_CASE("a register has every observed state, and a later end changes no forecast") {
  const Made made;
  const std::vector<RegisterEntry> all = made.entries(1, 2025), longer = made.entries(1, 2032);
  REQUIRE(all.size() == longer.size());
  for (std::size_t k = 0; k < all.size(); ++k)
    if (is_quantity(all[k].what)) CHECK(all[k].quantile == longer[k].quantile);
  const auto count = [&](Registered what, const std::string& state) {
    return std::ranges::count_if(
        all, [&](const RegisterEntry& e) { return e.what == what && e.state == state; });
  };
  for (const char* state : {"ALP", "BET", "GAM", "DEL"}) {
    CHECK(count(Registered::spending, state) == 4);
    CHECK(count(Registered::share, state) == 4);
  }
  CHECK(count(Registered::spending, "EPS") == 0);  // imputed: nobody publishes it
  CHECK(count(Registered::spending, "ZET") == 0);
  CHECK(count(Registered::promise, "ALP") == 1);
  const auto race = std::ranges::find(all, Registered::race, &RegisterEntry::what);
  REQUIRE(race != all.end());
  CHECK(race->from == 2021);
  CHECK(race->year == 2025);
  for (const RegisterEntry& e : all) {
    CHECK(e.known_until == 2020);
    CHECK_FALSE(e.rule.empty());
    CHECK_FALSE(e.resolved_by.empty());
  }
}

TEST_CASE(
    "no change is the last figure with the spread of the state's own changes, the plan its way") {
  const Made made;
  const Panel& p = made.past->panel();
  const std::vector<RegisterEntry> all = made.entries(1, 2025);
  double squares = 0;
  for (int year = 1981; year <= 2020; ++year)
    squares += std::pow(std::log(p.cell(0, year).milex / p.cell(0, year - 1).milex), 2);
  const auto of = [&](Registered what, int year) {
    return *std::ranges::find_if(all, [&](const RegisterEntry& e) {
      return e.what == what && e.state == "ALP" && e.year == year;
    });
  };
  const RegisterEntry e = of(Registered::spending, 2025);
  CHECK(e.no_change == p.cell(0, 2020).milex);
  CHECK(e.no_change_sd == approx(std::sqrt(squares / 40 * 5)));
  CHECK(of(Registered::spending, 2022).no_change_sd == approx(std::sqrt(squares / 40 * 2)));
  const double now = p.cell(0, 2020).burden, target = 0.02 * 0.7;
  REQUIRE(target != now);
  CHECK(known(of(Registered::share, 2022).plan) == (target > now));
  Panel raised = p;
  raised.plans[0].burden = 4 * now, raised.plans[0].to_panel = 1;
  CHECK(planned_share(raised, 0, 2020, 2022) == approx(now * std::pow(4, 0.4)));
  CHECK(planned_share(raised, 0, 2020, 2030) == approx(4 * now));
  CHECK(planned_spending(raised, 0, 2020, 2022) ==
        approx(p.cell(0, 2020).milex * std::pow(4, 0.4) * std::exp(0.022)));
  CHECK_FALSE(known(planned_share(raised, 1, 2020, 2022)));
}

TEST_CASE("a scenario's entries have their condition and differ from the baseline") {
  const Made made;
  Scenario s = made.scenario(2025);
  s.id = "more";
  s.levers = {{.kind = LeverKind::plan,
               .state = 0,
               .from = 2022,
               .by = 2025,
               .value = {0.2, 0, 1e-6, 0.5}}};
  const std::vector<RegisterEntry> baseline = made.entries(1, 2025);
  const Schedule plan = schedule(*made.past, s);
  std::vector<Measure> measures;
  const RegisterQuestion asked = ask_figures(measures, *made.past, plan);
  const Projection projection{
      {{.schedule = &plan}}, &made.spending, &made.economy, {.futures = 600}};
  const auto all = scenario_entries(tally(projection, measures, {}), asked, *made.past, s, baseline,
                                    {"tenbin 1", ""});
  REQUIRE_FALSE(all.empty());
  for (const RegisterEntry& e : all) {
    CHECK(e.state != "DEL");  // nobody's rival or ally: as in the baseline
    CHECK(e.year >= 2022);
    CHECK(e.id.find("2020-more-") == 0);
    CHECK(e.condition == "plans ALP - 2021 " + std::to_string(e.year) + " >= 0.19");
  }
  s.levers.push_back(
      {.kind = LeverKind::weight, .state = 1, .from = 2022, .value = {3, 0, 0, 1000}});
  CHECK(undecided_lever(s, made.past->panel()) == "weight");
  CHECK(scenario_entries({}, asked, *made.past, s, baseline, {}).empty());
}

TEST_CASE("a resolved register counts, scores and shows what came") {
  std::vector<std::string> lines = lines_of(
      csv_text(register_table({spending(2021, 1050), spending(2022, 1050), spending(2025, 1050),
                               chance(Registered::race, "ALP", "BET", 2021, 2022, 0.25),
                               chance(Registered::force, "ALP", "BET", 2021, 2021, 0.25)})));
  const Panel p = later({1000, 1080, 1400});
  Register reg = register_of(joined(lines), "r.csv");
  ResolvedRegister resolved = resolve(reg, p);
  CHECK(resolved.counted(Fate::scored) == 3);
  CHECK(resolved.counted(Fate::open) == 2);
  CHECK(resolved.undecidable() == 0);
  REQUIRE(resolved.scores.size() == 3);
  CHECK(resolved.scores[0].ahead == 1);
  CHECK(resolved.scores[0].score == resolved.of[0].score);
  CHECK(resolved.scores[1].inside80 == 0);
  CHECK(resolved.scores[2].what == Registered::race);
  std::string page = render_register(reg, resolved, p, "r.csv");
  CHECK(page.find("1 of 2 outcomes") != std::string::npos);
  CHECK(page.find("The chain holds") != std::string::npos);
  lines[1].replace(lines[1].find("1050"), 4, "1080");
  reg = register_of(joined(lines), "r.csv");
  resolved = resolve(reg, p);
  CHECK(resolved.counted(Fate::damaged) == 1);
  CHECK(resolved.counted(Fate::scored) == 2);
  page = render_register(reg, resolved, p, "r.csv");
  CHECK(page.find("The chain is broken") != std::string::npos);
}

}  // namespace register_test
