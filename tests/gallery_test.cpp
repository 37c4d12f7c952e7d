// SPDX-License-Identifier: Apache-2.0
// Findings of the literature: the rule of verdicts, the reader of their files, the regression
// behind them, and every shipped finding that needs no panel of the world.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/evidence/measures.hpp"
#include "tenbin/evidence/regression.hpp"
#include "tenbin/fit/partners.hpp"
#include "tenbin/io/finding_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/page/gallery_page.hpp"

namespace gallery_test {

using namespace tenbin;
namespace fs = std::filesystem;

namespace {

const fs::path shipped = fs::path(TENBIN_SOURCE) / "data/gallery";

std::optional<Finding> read(const fs::path& path, Problems& problems) {
  return read_finding(path, computation_spec, computation_names(), problems);
}
Finding read_shipped(const std::string& id) {
  Problems problems;
  auto finding = read(shipped / (id + ".toml"), problems);
  for (const Problem& p : problems) MESSAGE(p.text());
  REQUIRE(finding);
  return *finding;
}
std::vector<std::string> shipped_ids() {
  std::vector<std::string> ids;
  for (const auto& entry : fs::directory_iterator(shipped))
    if (entry.path().extension() == ".toml") ids.push_back(entry.path().stem().string());
  std::ranges::sort(ids);
  return ids;
}
/// What is wrong with a finding of this text.
std::vector<std::string> wrong_with(const std::string& text, const std::string& id = "one") {
  const fs::path folder =
      fs::temp_directory_path() / ("tenbin-gallery-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const fs::path path = folder / (id + ".toml");
  std::ofstream(path) << text;
  Problems problems;
  const auto finding = read(path, problems);
  CHECK(finding.has_value() == problems.empty());
  fs::remove_all(folder);
  std::vector<std::string> what;
  for (const Problem& p : problems) what.push_back(p.what);
  return what;
}
bool holds(const std::vector<std::string>& problems, const std::string& words) {
  return std::ranges::any_of(
      problems, [&](const std::string& p) { return p.find(words) != std::string::npos; });
}

const std::string good = R"(format = 1
claim = "States spend."
authors = "A. Nother"
year = 2001
source = "A journal."
read_in = "Its abstract."
panel = "none"
compute = "total-increment"
[parameters]
totals = [1, 2, 4, 8]
[expected]
low = 0.1
words = "Above 0.1."
[verdict]
is = "agrees"
why = "It is so."
)";
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// A normal value of a key.
double normal(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return inverse_normal(fixture::unit(a, b, c));
}

/// Made-up rows: 40 states, 30 years, a slope of 0.5 on the first column, and a constant of
/// each state as large as `together` says.
PooledRows made_rows(std::uint32_t set, double together) {
  PooledRows rows;
  rows.columns.resize(2);
  for (std::uint32_t s = 0; s < 40; ++s) {
    const double lasting = together * normal(set, s, 900), where = normal(set, s, 901);
    for (std::uint32_t t = 0; t < 30; ++t) {
      const std::uint32_t key = 10'000 * (set + 1) + 100 * s + t;
      rows.columns[0].push_back(where + 0.3 * normal(key, 1, 902));
      rows.columns[1].push_back(normal(key, 2, 903));
      rows.outcome.push_back(0.5 * rows.columns[0].back() - 0.2 * rows.columns[1].back() +
                             0.1 * normal(t, set, 904) + lasting +
                             (0.05 + 0.1 * (s % 2)) * normal(key, 3, 905));
      rows.state.push_back(static_cast<int>(s));
      rows.group.push_back(static_cast<int>(t));
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("a verdict follows from the range, the interval and what there is without an effect") {
  const auto verdict = [](double low, double high, double estimate, double error,
                          double nothing = 0) {
    return judge({.low = low, .high = high, .nothing = nothing, .words = ""},
                 {.estimate = estimate, .error = error});
  };
  constexpr double open = std::numeric_limits<double>::infinity();
  CHECK(verdict(2, 6, 4, 1) == Verdict::agrees);
  CHECK(verdict(2, 6, 4, 3) == Verdict::cannot_tell);  // no effect is not excluded
  CHECK(verdict(2, 6, 7, 1) == Verdict::cannot_tell);  // outside, but the bar reaches the range
  CHECK(verdict(2, 6, 9, 1) == Verdict::contradicts);
  CHECK(verdict(2, 6, -2, 1) == Verdict::contradicts);
  CHECK(verdict(0, open, 1, 0.5) == Verdict::agrees);
  CHECK(verdict(0, open, 1, 0.7) == Verdict::cannot_tell);
  CHECK(verdict(0, open, -1, 0.5) == Verdict::contradicts);
  CHECK(verdict(2, open, 1.002, 0.014, 1) == Verdict::contradicts);
  CHECK(verdict(0.9, 1, 0.944, missing) == Verdict::agrees);  // without an error: the value itself
  CHECK(verdict(0.9, 1, 0.85, missing) == Verdict::contradicts);
  CHECK(verdict(0, 1, missing, missing) == Verdict::cannot_tell);
}

TEST_CASE("a finding's file is read with every problem at once") {
  CHECK(wrong_with(good).empty());
  const auto several =
      wrong_with(with(with(with(with(good, "claim = \"States spend.\"", "claim = \"States spend\""),
                                "low = 0.1", "low = 3\nhigh = 2"),
                           "totals = [1, 2, 4, 8]", "totals = [1, \"x\", 4, -8]\nyears = 3"),
                      "is = \"agrees\"", "is = \"perhaps\""));
  CHECK(holds(several, "claim is no sentence"));
  CHECK(holds(several, "the expected range is empty"));
  CHECK(holds(several, "totals is no number from 0"));
  CHECK(holds(several, "years"));
  CHECK(holds(several, "is is \"perhaps\", none of agrees, contradicts, cannot tell"));
  CHECK(several.size() == 6);  // two wrong totals

  CHECK(holds(wrong_with(with(good, "low = 0.1\n", "")), "neither low nor high"));
  CHECK(
      holds(wrong_with(with(good, "totals = [1, 2, 4, 8]", "")), "needs the parameter \"totals\""));
  CHECK(holds(wrong_with(with(good, "total-increment", "total-incremend")),
              "there is no computation \"total-incremend\""));
  CHECK(holds(wrong_with(with(good, "panel = \"none\"", "panel = \"world\"")),
              "is made for the panel \"none\""));
  CHECK(holds(wrong_with(with(good, "format = 1", "format = 2")), "format"));
  CHECK(holds(wrong_with(good, "Not An Id"), "the name of the file"));
  CHECK(holds(wrong_with(with(good, "why = \"It is so.\"", "")), "lacks the key \"why\""));
}

TEST_CASE("what was computed is written as a finding's file reads it") {
  const Finding f = read_shipped("bremer-contiguity");
  const Computed c{
      .estimate = 1.25, .error = 0.5, .cases = 7, .figures = {{"a \"b\"", -2, missing}}};
  std::string text = with(good, "[verdict]\nis = \"agrees\"\nwhy = \"It is so.\"\n",
                          found_text(f, c, "a \"release\""));
  CHECK(wrong_with(text).empty());
  CHECK(text.find("estimate = 1.25\nerror = 0.5\ncases = 7\n") != std::string::npos);
  CHECK(text.find("is = \"agrees\"") != std::string::npos);
}

TEST_CASE("the pooled regression finds planted slopes, and its errors are those of repetition") {
  for (const double together : {0.0, 0.02, 0.2}) {
    double sum = 0, square = 0, errors = 0;
    constexpr int sets = 60;
    for (std::uint32_t set = 0; set < sets; ++set) {
      const PooledRegression r(made_rows(set, together));
      sum += r.slope(0) / sets, square += r.slope(0) * r.slope(0) / sets;
      errors += r.error(0) / sets;
      CHECK(is_near(r.slope(1), -0.2, 0.15));
    }
    const double spread = std::sqrt(square - sum * sum);
    CAPTURE(together);
    CAPTURE(spread);
    CAPTURE(errors);
    CHECK(std::abs(sum - 0.5) < 3 * spread / std::sqrt(60.0) + 0.002);
    CHECK(is_near(errors, spread, 0.27));
    if (together == 0) CHECK(spread < 0.0023);  // 0.0025 if all states had one size of shock
  }
}

TEST_CASE("a column that is added afterwards has the slope that it has beside the others") {
  PooledRows rows = made_rows(3, 0.05), without = rows;
  const std::vector<double> column = rows.columns[0];
  without.columns.erase(without.columns.begin());
  for (double& y : without.outcome) y *= 1e-3;  // the weights then hardly depend on the column
  for (double& y : rows.outcome) y *= 1e-3;
  const double together = PooledRegression(rows, {.df = 1e9}).slope(0),
               added = PooledRegression(without, {.df = 1e9}).slope_of_added(column);
  CHECK(is_near(added, together, 0.1));
}

TEST_CASE("partners in their own places rise as the model's covariates say") {
  const auto past = past_of(fixture::panel());
  std::vector<StateIndex> themselves{0, 1, 2, 3, 4, 5};
  const Partners rivals(*past, false), allies(*past, true);
  for (const Row& row : past->rows()) {
    CHECK(is_near(rivals.rise(row.state, row.year - 1, themselves), row.rival_growth_lag, 1e-12));
    CHECK(is_near(allies.rise(row.state, row.year - 1, themselves), row.ally_growth_lag, 1e-12));
  }
  const auto other = permuted(100, 7, 1);
  CHECK(std::set<StateIndex>(other.begin(), other.end()).size() == 100);
  CHECK(other != permuted(100, 7, 2));
}

TEST_CASE("the gap of two groups' growth is that of their figures") {
  Panel panel{.name = "made up", .first_year = 2000, .last_year = 2010};
  panel.states = {{"AAA", "A"}, {"BBB", "B"}, {"CCC", "C"}, {"DDD", "D"}, {"EEE", "E"}};
  panel.milex.resize(5 * 11);
  const std::array before{0.01, 0.02, 0.0, 0.01, 0.05}, after{0.05, 0.04, 0.01, 0.01, 0.5};
  for (int i = 0; i < 5; ++i)
    for (int t = 0; t <= 10; ++t)
      panel.milex[static_cast<std::size_t>(i) * 11 + t] = {
          100 * std::exp(before[i] * std::min(t, 5) + after[i] * std::max(0, t - 5)),
          i == 4 ? 0.03 : 0.01, MilexKind::reported, ""};
  const auto past = past_of(panel);
  ParametersGiven given{{"members", {{}, {"AAA", "BBB", "EEE"}}},
                        {"others", {{}, {"CCC", "DDD"}}},
                        {"wider", {{}, {"CCC", "DDD"}}},
                        {"before", {{2000, 2005}, {}}},
                        {"after", {{2005, 2010}, {}}},
                        {"below", {{0.02}, {}}}};
  const Computed c = growth_gap({.past = past.get()}, Given(given, &past->panel()));
  CHECK(c.estimate == approx(3 - 0.5));  // EEE spends more than 2 %
  CHECK(c.error == approx(std::sqrt(1.0 + 0.25)));
  CHECK(c.cases == 4);
  given["others"].words.push_back("XXX");
  CHECK_THROWS_AS(growth_gap({.past = past.get()}, Given(given, &past->panel())), Error);
}

TEST_CASE("a panel that says nothing of a finding is refused in words") {
  const auto past = past_of(read_panel(std::string(TENBIN_SOURCE) + "/data/east-asia"));
  for (const char* id : {"bremer-contiguity", "george-sandler-eu", "gibler-rider-hutchison"}) {
    const Finding f = read_shipped(id);
    if (f.panel == FindingPanel::embedded)
      CHECK_NOTHROW(compute(f, {.past = past.get()}));
    else
      CHECK_THROWS_AS(compute(f, {.past = past.get()}), Error);
  }
}

TEST_CASE("every shipped finding is whole, and its verdict follows from what it recorded") {
  const std::vector<std::string> ids = shipped_ids();
  CHECK(ids.size() >= 10);
  int contradicting = 0;
  for (const std::string& id : ids) {
    CAPTURE(id);
    const Finding f = read_shipped(id);
    REQUIRE(f.recorded);
    CHECK(verdict_name(judge(f.expected, f.found.computed)) == verdict_name(f.verdict));
    CHECK(f.found.release.empty() == (f.panel == FindingPanel::none));
    contradicting += f.verdict == Verdict::contradicts;
  }
  CHECK(contradicting >= 2);
}

TEST_CASE("findings that need no panel of the world give what they recorded") {
  const auto past = past_of(read_panel(std::string(TENBIN_SOURCE) + "/data/east-asia"));
  int computed = 0;
  for (const std::string& id : shipped_ids()) {
    const Finding f = read_shipped(id);
    const bool fits = computation_spec(f.computation)->posterior;
    if (f.panel == FindingPanel::world || f.panel == FindingPanel::catalogue || fits) continue;
    CAPTURE(id);
    const Computed c = compute(f, {.past = past.get()});
    CHECK(is_near(c.estimate, f.found.computed.estimate, 1e-3));
    CHECK(is_near(c.error, f.found.computed.error, 1e-3));
    CHECK(c.cases == f.found.computed.cases);
    REQUIRE(c.figures.size() == f.found.computed.figures.size());
    for (std::size_t k = 0; k < c.figures.size(); ++k) {
      CHECK(c.figures[k].name == f.found.computed.figures[k].name);
      CHECK(is_near(c.figures[k].value, f.found.computed.figures[k].value, 1e-3));
    }
    CHECK(verdict_name(judge(f.expected, c)) == verdict_name(f.verdict));
    ++computed;
  }
  CHECK(computed == 5);
}

/// Sets reactions in all draws.
void set_reactions(Draws& draws, double to_partners, double to_levels) {
  for (const Column& column : draws.columns) {
    const bool rise = column.name == "rival_response" || column.name == "ally_response",
               level = column.name == "threat_slope" || column.name == "support_slope";
    for (std::size_t d = 0; d < draws.size() && (rise || level); ++d)
      for (std::size_t e = 0; e < column.size(); ++e)
        draws.values[d * draws.width + column.offset + e] = rise ? to_partners : to_levels;
  }
}

TEST_CASE("the multiplier of a rise and the loop's gain are 1 where nobody answers anybody") {
  const auto past = past_of(fixture::panel());
  Posterior posterior{.spending = fixture::draws(Equation::spending, 40),
                      .economy = fixture::draws(Equation::economy, 40)};
  const PlaceboVerdict placebo{.term = "rivals", .p = 0.3, .spread = 1, .exchanges = 100};
  const ParametersGiven none;
  const auto with = [&](double to_partners, double to_levels) {
    set_reactions(posterior.spending, to_partners, to_levels);
    return loop_gain_of_panel(
        {.past = past.get(), .posterior = &posterior, .placebos = {&placebo, 1}},
        Given(none, &past->panel()));
  };
  const Computed alone = with(0, 0), answering = with(0.5, 0);
  CHECK(alone.cases == 40);
  CHECK(is_near(alone.estimate, 1, 1e-9));
  CHECK(alone.error < 1e-9);
  REQUIRE(alone.figures.size() == 4);
  CHECK(is_near(alone.figures[0].value, 1, 1e-9));
  // a rival answers, but a state that has grown also feels its rivals' growth less
  CHECK(!is_near(answering.figures[0].value, 1, 1e-3));
  CHECK(!is_near(answering.estimate, 1, 1e-4));
  CHECK(alone.figures[1].value == 0.3);
  CHECK(!is_near(alone.figures[3].value, 1, 1e-4));  // as placebo partners would
}

TEST_CASE("the gallery's page shows every finding, those that are contradicted first") {
  std::vector<ShownFinding> all;
  for (const std::string& id : shipped_ids()) {
    const Finding f = read_shipped(id);
    all.push_back({.finding = f,
                   .unit = std::string(computation_spec(f.computation)->unit),
                   .computed = f.found.computed,
                   .release = f.found.release,
                   .verdict = judge(f.expected, f.found.computed)});
  }
  all[0].finding.claim = "<b>Claims</b> are escaped & shown.";
  const std::string page = render_gallery(all);
  for (const ShownFinding& s : all)
    CHECK(page.find("id=\"" + s.finding.id + "\"") != std::string::npos);
  CHECK(page.find("&lt;b&gt;Claims&lt;/b&gt; are escaped &amp; shown.") != std::string::npos);
  for (const char* asks : {"https://", "href=\"http", "src=", "url("})
    CHECK(page.find(asks) == std::string::npos);
  CHECK(page.find("nan") == std::string::npos);
  CHECK(page.find("inf") == std::string::npos);
  const std::size_t first = page.find("these figures contradict</h2>"),
                    second = page.find("these figures cannot judge</h2>"),
                    third = page.find("these figures confirm</h2>");
  CHECK((first < second && second < third && third != std::string::npos));
  CHECK(page.find("recorded, not run now") != std::string::npos);
}

}  // namespace gallery_test
