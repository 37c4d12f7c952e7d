// SPDX-License-Identifier: Apache-2.0
// Findings that need all states of the world, or the catalogue of arms races; and the regression
// behind them against pooled estimates that were made independently (research data, reference/v2).
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <filesystem>

#include "near.hpp"
#include "research_world.hpp"
#include "tenbin/evidence/measures.hpp"
#include "tenbin/evidence/spending_sample.hpp"
#include "tenbin/io/finding_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/table.hpp"

namespace gallery_research_test {

using namespace tenbin;
namespace fs = std::filesystem;

namespace {

const Past& world_past() {
  static const std::shared_ptr<const Past> past = past_of(research_world());
  return *past;
}

struct Estimate {
  double mean = missing, sd = missing;
};
Estimate reference(const std::string& measure, const std::string& term, const std::string& wave,
                   int first, int last) {
  Problems problems;
  const auto text = read_text(std::string(TENBIN_RESEARCH) + "/reference/v2/pooled.csv", problems);
  REQUIRE(text);
  int damaged = 0;
  const auto records = csv_records(*text, damaged);
  REQUIRE(records);
  for (const auto& [line, f] : *records)
    if (f.size() > 8 && f[0] == measure && f[1] == term && f[2] == wave &&
        f[3] == std::to_string(first) && f[4] == std::to_string(last))
      return {std::stod(f[7]), std::stod(f[8])};
  return {};
}
/// Within two standard errors, of which the estimates share most.
void check_near(double value, double error, const Estimate& r) {
  REQUIRE(known(r.mean));
  CAPTURE(value);
  CAPTURE(error);
  CAPTURE(r.mean);
  CAPTURE(r.sd);
  CHECK(std::abs(value - r.mean) < 1.2 * std::max(error, r.sd));
  CHECK(error > 0.4 * r.sd);  // the reference has slopes of each state's own
  CHECK(error < 2 * r.sd);
}

}  // namespace

TEST_CASE("the findings of the world and of the catalogue give what they recorded") {
  const auto begun = std::chrono::steady_clock::now();
  const auto catalogue = past_of(read_panel(std::string(TENBIN_RESEARCH) + "/data/catalogue"));
  std::vector<std::string> names;
  for (const Computation& c : computations()) names.emplace_back(c.spec.name);
  int computed = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(TENBIN_SOURCE) / "data/gallery")) {
    if (entry.path().extension() != ".toml") continue;
    Problems problems;
    const auto f = read_finding(entry.path(), computation_spec, names, problems);
    REQUIRE(f);
    if (f->panel != FindingPanel::world && f->panel != FindingPanel::catalogue) continue;
    CAPTURE(f->id);
    const Past& past = f->panel == FindingPanel::world ? world_past() : *catalogue;
    const Computed c = compute(*f, {.past = &past});
    const Computed& then = f->found.computed;
    CHECK(past.panel().vintage == f->found.release);
    CHECK(std::abs(c.estimate - then.estimate) <=
          std::max(1e-3 * std::abs(then.estimate), 1e-3 * (known(then.error) ? then.error : 0)));
    if (known(then.error)) CHECK(is_near(c.error, then.error, 2e-3));
    CHECK(c.cases == then.cases);
    CHECK(c.figures.size() == then.figures.size());
    CHECK(verdict_name(judge(f->expected, c)) == verdict_name(f->verdict));
    ++computed;
  }
  CHECK(computed == 11);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  MESSAGE(computed << " findings in " << seconds << " s");
}

TEST_CASE("the pooled regression gives the reference's slopes of danger, troops and rivals") {
  const Past& past = world_past();
  const SpendingSample sample(past, 1960, 2025, Waves::world);
  const PooledRegression danger =
      sample.with({sample.column([](const Row& r) { return r.danger_mean + r.danger_lag; })});
  check_near(100 * danger.slope(0), 100 * danger.error(0),
             reference("P fatal, contiguous or rival dyads", "P", "world", 1960, 2025));
  const PooledRegression parts =
      sample.with({sample.column([](const Row& r) { return r.danger_mean; }),
                   sample.column([](const Row& r) { return r.danger_lag; })});
  check_near(100 * parts.slope(0), 100 * parts.error(0),
             reference("P fatal, contiguous or rival dyads, within and between", "between", "world",
                       1960, 2025));
  const PooledRegression troops =
      sample.with({sample.column([](const Row& r) { return r.presence_lag; })});
  check_near(troops.slope(0), troops.error(0),
             reference("US troops, 5-year change", "d5", "world", 1960, 2025));
  const PooledRegression rivals =
      sample.with({sample.column([](const Row& r) { return r.rival_growth_lag; })});
  check_near(rivals.slope(0), rivals.error(0), reference("rivals rise", "u", "world", 1960, 2025));
}

}  // namespace gallery_research_test
