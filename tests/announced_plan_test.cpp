// SPDX-License-Identifier: Apache-2.0
// Japan as of 2022, with the plan of December 2022 and without it, on the embedded panel.
#include <doctest/doctest.h>

#include <algorithm>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/study/backtest.hpp"

using namespace tenbin;

TEST_CASE("with the plan of December 2022 as announced, Japan's 2024 and 2025 lie inside 90 %") {
  const std::string data = std::string(TENBIN_SOURCE) + "/data";
  const Panel panel = read_panel(data + "/east-asia");
  PriorsFile priors = read_priors(data + "/priors/as-of/2022.toml");
  REQUIRE(priors.last_year == 2022);
  BacktestOptions options{.horizons = {2, 3}};
  options.fit.priors = {priors.name, priors.spending, priors.economy};
  const auto record = backtest_origin(panel, 2022, options);
  REQUIRE(record);
  int found = 0;
  for (const ScoredForecast& f : record->forecasts) {
    if (f.state != "JPN" || f.what != Scored::milex) continue;
    const bool planned = f.method == with_plan || f.method == with_plan_as_announced;
    if (f.method != own_method && !planned) continue;
    MESSAGE(f.method << ", " << 2022 + f.horizon << ": " << 100 * f.pit
                     << " of 100 futures lie below what came, CRPS " << f.crps);
    ++found;
    if (f.method == with_plan_as_announced) CHECK((f.pit > 0.05 && f.pit < 0.95));
  }
  CHECK(found == 6);
}
