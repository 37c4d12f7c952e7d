// SPDX-License-Identifier: Apache-2.0
// A whole study of the smallest panel: read, fit, projected, and put into a page.
#include <doctest/doctest.h>

#include <string>

#include "tenbin/futures/project.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/page/page.hpp"

namespace smoke_test {

using namespace tenbin;

TEST_CASE("a study of four states goes from its files to a page") {
  const std::string folder = std::string(TENBIN_SOURCE) + "/tests/data/tiny";
  const ScenarioReading read = read_scenario_checked(folder + "/scenario.toml");
  REQUIRE((read.panel && read.scenario));
  const Panel& panel = *read.panel;
  Scenario scenario = *read.scenario;
  scenario.futures = 60;
  const Posterior posterior = fit(*past_of(panel), {.chains = 2, .warmup = 30, .draws = 20}, {});
  REQUIRE(posterior.spending.size() == 40);
  const Ensemble futures = project(schedule(*past_of(panel, scenario.start), scenario),
                                   posterior.spending, posterior.economy, {.futures = 60}, {});
  CHECK(futures.futures == 60);
  for (const double milex : futures.milex(scenario.end, *panel.find("JPN"))) CHECK(milex > 0);
  const std::string page =
      render(brief(compile(past_of(panel, scenario.start), {scenario}), posterior, {}));
  CHECK(page.find("Japan") != std::string::npos);
  CHECK(page.ends_with("</html>\n"));
}

}  // namespace smoke_test
