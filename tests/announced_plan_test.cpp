// SPDX-License-Identifier: Apache-2.0
// Japan as of 2022, with the plan of December 2022 and without it, on the embedded panel.
#include <doctest/doctest.h>

#include <algorithm>

#include "near.hpp"
#include "tenbin/fit/backtest.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/scorecard_file.hpp"

namespace announced_plan_test {

using namespace tenbin;

TEST_CASE("with the plan of December 2022, Japan's 2023 to 2025 lie inside the middle 80 %") {
  const std::string data = std::string(TENBIN_SOURCE) + "/data";
  const Panel panel = read_panel(data + "/east-asia");
  PriorsFile priors = read_priors(data + "/priors/as-of/2022.toml");
  REQUIRE(priors.last_year == 2022);
  BacktestOptions options{.horizons = {1, 2, 3}};
  options.fit.priors = {priors.name, priors.spending, priors.economy};
  const auto record = backtest_origin(panel, 2022, options);
  REQUIRE(record);
  const Scorecard card = read_scorecard(data + "/east-asia/scorecard.toml");
  const auto shipped = [&](std::string_view method, int horizon) {
    for (const PlanCase& c : card.plans)
      for (std::size_t k = 0; k < PlanCase::methods.size(); ++k)
        if (c.state == "JPN" && c.origin == 2022 && c.horizon == horizon &&
            PlanCase::methods[k] == method)
          return c.pit[k];
    return missing;
  };
  int found = 0;
  for (const ScoredForecast& f : record->forecasts) {
    if (f.state != "JPN" || f.what != Scored::milex) continue;
    const bool planned = f.method == with_plan || f.method == with_plan_as_announced;
    if (f.method != own_method && !planned) continue;
    MESSAGE(f.method << ", " << 2022 + f.horizon << ": " << 100 * f.pit
                     << " of 100 futures lie below what came, CRPS " << f.crps);
    ++found;
    CHECK(shipped(f.method, f.horizon) == approx(f.pit).epsilon(1e-5));
    if (planned) CHECK((f.pit > 0.1 && f.pit < 0.9));
  }
  CHECK(found == 9);
}

TEST_CASE("the embedded panel's scorecard is of its figures") {
  const std::string folder = std::string(TENBIN_SOURCE) + "/data/east-asia";
  CHECK_MESSAGE(
      read_scorecard(folder + "/scorecard.toml").figures_hash == read_panel(folder).figures_hash,
      "run data/east-asia/make_scorecard");
}

}  // namespace announced_plan_test
