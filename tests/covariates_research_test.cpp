// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/model/past.hpp"

namespace covariates_research_test {

using namespace tenbin;

namespace {

/// Compares every cell with an independent program's 12 digits; returns the largest difference.
double worst_cell(const std::string& panel_folder, const std::string& reference) {
  const Panel panel = read_panel(panel_folder);
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
  CHECK(worst_cell(TENBIN_RESEARCH "/data/world", "covariates_world.csv") < 1e-9);
}

TEST_CASE("covariates of the East Asia panel equal the reference on every cell") {
  CHECK(worst_cell(TENBIN_RESEARCH "/data/east-asia", "covariates_east-asia.csv") < 1e-9);
}

TEST_CASE("covariates of the embedded panel equal the reference on every cell") {
  CHECK(worst_cell(TENBIN_SOURCE "/data/east-asia", "covariates_east-asia.csv") < 1e-9);
}

}  // namespace covariates_research_test
