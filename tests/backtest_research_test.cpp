// SPDX-License-Identifier: Apache-2.0
// The scoreboard against the reference baselines, on the reference's own cases.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tenbin/fit/backtest.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/past/baselines.hpp"
#include "tenbin/past/scoreboard.hpp"
#include "tenbin/past/scores.hpp"

namespace backtest_research_test {

using namespace tenbin;

namespace {

const std::string research = TENBIN_RESEARCH;

struct Reference {
  std::string state, model;
  int origin = 0, horizon = 0;
  double mean = 0, sd = 0, observed = 0, crps = 0;
};

std::vector<Reference> read_reference(const std::string& name) {
  std::ifstream in(research + "/reference/baselines_" + name + ".csv");
  std::string line;
  std::getline(in, line);
  REQUIRE(line == "state,origin,h,model,mean,sd,observed,crps,error");
  std::vector<Reference> rows;
  while (std::getline(in, line)) {
    std::stringstream fields(line);
    std::string f[8];
    for (auto& x : f) std::getline(fields, x, ',');
    rows.push_back({f[0], f[3], std::stoi(f[1]), std::stoi(f[2]), std::stod(f[4]), std::stod(f[5]),
                    std::stod(f[6]), std::stod(f[7])});
  }
  return rows;
}

void check_baselines(const std::string& name) {
  const Panel panel = read_panel(research + "/data/" + name);
  int checked = 0;
  double worst = 0;
  for (const Reference& r : read_reference(name)) {
    if (r.model != "rw" && r.model != "drift") continue;
    const StateIndex i = *panel.find(r.state);
    const auto past = baseline_history(as_of(panel, r.origin), i, r.origin);
    REQUIRE_MESSAGE(past, r.state << " " << r.origin);
    const NormalForecast f = baseline(r.model == "rw" ? Baseline::random_walk : Baseline::drift,
                                      past->log_milex, past->log_gdp, r.horizon);
    const double observed = std::log(panel.cell(i, r.origin + r.horizon).milex);
    worst = std::max({worst, std::abs(f.mean - r.mean), std::abs(f.sd - r.sd),
                      std::abs(observed - r.observed),
                      std::abs(crps_normal(observed, f.mean, f.sd) - r.crps)});
    ++checked;
  }
  MESSAGE(name << ": " << checked << " forecasts of random walk and drift, worst difference "
               << worst);
  CHECK(checked > 4000);
  CHECK(worst < 1e-6);
}

/// The reference's forecasts of every method, put beside tenbin's.
void add_reference(const std::string& name, std::vector<OriginRecord>& records) {
  for (OriginRecord& record : records)
    std::erase_if(record.forecasts, [](const ScoredForecast& f) {
      return f.method != own_method || f.what != Scored::milex;
    });
  for (const Reference& r : read_reference(name)) {
    const auto record = std::ranges::find(records, r.origin, &OriginRecord::origin);
    if (record != records.end())
      record->forecasts.push_back(score_normal(r.model, Scored::milex, r.state, r.origin, r.horizon,
                                               r.observed, r.mean, r.sd));
  }
}

void check_board(const std::vector<HorizonScores>& board, const std::vector<int>& horizons) {
  for (const HorizonScores& h : board) {
    const MethodScore &own = h.own(), &best = h.best_baseline();
    MESSAGE("h " << h.horizon << ", " << h.cases << " cases: CRPS " << own.crps << ", best "
                 << best.method << " " << best.crps << ", gain " << 100 * best.skill << " % ("
                 << 100 * best.skill_se << "), 80 % intervals cover " << 100 * own.coverage[1]
                 << " %, DM " << best.dm << " (p " << best.dm_p << ")");
    if (std::ranges::find(horizons, h.horizon) != horizons.end()) CHECK(own.crps < best.crps);
    if (h.horizon == 1) CHECK((own.coverage[1] >= 0.76 && own.coverage[1] <= 0.84));
    if (h.horizon == 5) {
      CHECK(best.skill >= 0.08);
      CHECK((own.coverage[1] >= 0.72 && own.coverage[1] <= 0.88));
    }
  }
}

const std::vector<std::string> methods{"tenbin", "rw", "drift", "ets", "arima", "theta"};

}  // namespace

TEST_CASE("random walk and drift equal the reference on the East Asia panel") {
  check_baselines("east-asia");
}

TEST_CASE("random walk and drift equal the reference on the world panel" *
          doctest::test_suite("nightly")) {
  check_baselines("world");
}

TEST_CASE("the seven of East Asia, origins 2004-2024, beat every baseline" *
          doctest::test_suite("nightly")) {
  const Panel panel = read_panel(research + "/data/east-asia");
  BacktestOptions options{.priors = [](int origin) {
    PriorsFile file = read_priors(std::string(TENBIN_SOURCE) + "/data/priors/as-of/" +
                                  std::to_string(origin) + ".toml");
    REQUIRE(file.last_year == origin);
    return PriorSet{file.name, file.spending, file.economy};
  }};
  for (int origin = 2004; origin <= 2024; ++origin) options.origins.push_back(origin);
  auto records = backtest(panel, options, {});
  add_reference("east-asia", records);
  check_board(scoreboard(records, {.methods = methods,
                                   .states = {"JPN", "USA", "CHN", "KOR", "AUS", "IND", "TWN"}}),
              {1, 3, 5, 10});
}

TEST_CASE("the world at the reference's seven origins beats every baseline at every horizon" *
          doctest::test_suite("nightly")) {
  const Panel panel = read_panel(research + "/data/world");
  const BacktestOptions options{.origins = {2000, 2005, 2010, 2015, 2018, 2020, 2022}};
  auto records = backtest(panel, options, {});
  add_reference("world", records);
  check_board(scoreboard(records, {.methods = methods}), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
}

}  // namespace backtest_research_test
