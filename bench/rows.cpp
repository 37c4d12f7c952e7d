// SPDX-License-Identifier: Apache-2.0
// Writes a panel's fitted rows as CSV, every digit: tenbin_bench_rows PANEL [LAST_YEAR]
#include <fmt/format.h>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/model/covariates.hpp"

int main(int count, char** words) {
  using namespace tenbin;
  if (count < 2) return 2;
  Panel panel = read_panel(words[1]);
  if (count > 2) panel = cut(panel, std::stoi(words[2]));
  fmt::print(
      "state,year,milex_growth,milex_growth_lag,log_burden_lag,gdp_growth,threat_lag,support_lag,"
      "rival_growth_lag,ally_growth_lag\n");
  for (const Row& r : fitted_rows(panel))
    fmt::print("{},{},{},{},{},{},{},{},{},{}\n", panel.states[r.state].id, r.year, r.milex_growth,
               r.milex_growth_lag, r.log_burden_lag, r.gdp_growth, r.threat_lag, r.support_lag,
               r.rival_growth_lag, r.ally_growth_lag);
}
