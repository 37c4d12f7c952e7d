// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/model/past.hpp"

namespace covariates_research_test {

using namespace tenbin;

namespace {

/// Compares every cell with an independent program's 12 digits; returns the largest difference.
double worst_cell(const Panel& panel, const std::string& reference) {
  std::map<std::pair<std::string, int>, Row> rows;
  const auto past = past_of(panel);
  for (const Row& r : past->rows()) rows[{panel.states[r.state].id, r.year}] = r;
  std::ifstream in(std::string(TENBIN_RESEARCH) + "/reference/" + reference);
  std::string line;
  std::getline(in, line);
  REQUIRE(line ==
          "state,year,milex_growth,milex_growth_lag,log_burden_lag,gdp_growth,gdp_growth_lag,"
          "threat_lag,support_lag,rival_growth_lag,ally_growth_lag");
  double worst = 0;
  std::size_t count = 0;
  for (; std::getline(in, line); ++count) {
    std::stringstream fields(line);
    std::string f[11];
    for (auto& x : f) std::getline(fields, x, ',');
    const auto found = rows.find({f[0], std::stoi(f[1])});
    REQUIRE_MESSAGE(found != rows.end(), line);
    const Row& r = found->second;
    const double got[] = {r.milex_growth, r.milex_growth_lag, r.log_burden_lag,
                          r.gdp_growth,   r.gdp_growth_lag,   r.threat_lag,
                          r.support_lag,  r.rival_growth_lag, r.ally_growth_lag};
    for (int k = 0; k < 9; ++k) {
      if (f[k + 2].empty())
        CHECK_FALSE(known(got[k]));
      else
        worst = std::max(worst, known(got[k]) ? std::abs(got[k] - std::stod(f[k + 2])) : 1e9);
    }
  }
  CHECK(count == rows.size());
  return worst;
}

}  // namespace

TEST_CASE("covariates of the world panel equal the reference on every cell") {
  CHECK(worst_cell(read_panel(TENBIN_RESEARCH "/data/world"), "covariates_world.csv") < 1e-9);
}

TEST_CASE("covariates of the East Asia panel equal the reference on every cell") {
  CHECK(worst_cell(read_panel(TENBIN_RESEARCH "/data/east-asia"), "covariates_east-asia.csv") <
        1e-9);
}

TEST_CASE("covariates of the embedded panel equal the reference but for rivalries coded since") {
  Panel embedded = read_panel(TENBIN_SOURCE "/data/east-asia");
  const Panel first = read_panel(TENBIN_RESEARCH "/data/east-asia");
  const auto written = [](const Panel& panel) {
    std::set<std::tuple<std::string, std::string, int, double>> rivalries;
    for (const Spell& r : panel.rivalries)
      rivalries.emplace(panel.states[r.a].id, panel.states[r.b].id, r.start, r.value);
    return rivalries;
  };
  const auto now = written(embedded), then = written(first);
  CHECK(std::includes(now.begin(), now.end(), then.begin(), then.end()));
  CHECK(now.size() == then.size() + 2);  // China with Australia before 2017 and with South Korea
  std::erase_if(embedded.rivalries, [&](const Spell& r) {
    return !then.contains({embedded.states[r.a].id, embedded.states[r.b].id, r.start, r.value});
  });
  CHECK(worst_cell(embedded, "covariates_east-asia.csv") < 1e-9);
}

}  // namespace covariates_research_test
