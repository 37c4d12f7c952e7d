// SPDX-License-Identifier: Apache-2.0
// Posteriors under the wide priors against Stan's. Seed, draws and acceptance are named here,
// before the run.
#include <doctest/doctest.h>

#include <filesystem>

#include "posterior_table.hpp"
#include "tenbin/fit/fit.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace posterior_research_test {

using namespace tenbin;

namespace {

constexpr std::uint64_t seed = reference_seed;
const std::vector<std::string> reference = switched_off(TermSet::reference, {});

void check_panel(const std::string& name, int draws) {
  const Panel panel = read_panel(std::string(TENBIN_RESEARCH) + "/data/" + name);
  const Posterior p =
      fit(*past_of(panel), {.draws = draws, .seed = seed, .without = reference}, {});
  const std::filesystem::path folder = std::string(TENBIN_RESEARCH) + "/reference";
  check_table(folder / ("posterior_spending_" + name + ".csv"), p.spending_summary,
              p.spending_health);
  check_table(folder / ("posterior_economy_" + name + ".csv"), p.economy_summary, p.economy_health);
}

}  // namespace

TEST_CASE("posteriors of the East Asia panel equal Stan's") { check_panel("east-asia", 3000); }

TEST_CASE("the posterior of the embedded panel under today's terms equals Stan's") {
  // Of the figures as they stand: whoever changes them writes the reference again
  // (tests/reference/README.md).
  const Panel panel = read_panel(std::string(TENBIN_SOURCE) + "/data/east-asia");
  const auto past = past_of(panel);
  const RowTable rows = row_table(Equation::spending, rows_to_fit(*past, {}), panel);
  const Draws draws = fit_spending(rows,
                                   {.draws = 3000,
                                    .target_accept = 0.98,
                                    .seed = seed,
                                    .without = switched_off(TermSet::standard, past->rows())},
                                   {});
  const std::vector<Summary> summaries = summarise(draws);
  check_table(
      std::string(TENBIN_SOURCE) + "/tests/reference/posterior_spending_standard_east-asia.csv",
      summaries, health(draws, summaries, NutsOptions{}.max_depth));
}

TEST_CASE("posteriors of the world panel equal Stan's" * doctest::test_suite("nightly")) {
  check_panel("world", 2000);
}

TEST_CASE("the posterior of the world panel cut at 2010 equals Stan's" *
          doctest::test_suite("nightly")) {
  const Panel panel = cut(read_panel(std::string(TENBIN_RESEARCH) + "/data/world"), 2010);
  const RowTable rows = row_table(Equation::spending, rows_to_fit(*past_of(panel), {}), panel);
  const Draws draws = fit_spending(rows, {.draws = 1500, .seed = seed, .without = reference}, {});
  const std::vector<Summary> summaries = summarise(draws);
  check_table(std::string(TENBIN_SOURCE) + "/tests/reference/posterior_spending_world_2010.csv",
              summaries, health(draws, summaries, NutsOptions{}.max_depth));
}

}  // namespace posterior_research_test
