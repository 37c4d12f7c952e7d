// SPDX-License-Identifier: Apache-2.0
// The dispute model on the world's disputes, judged on years it has not seen.
#include <doctest/doctest.h>

#include "tenbin/fit/disputes.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace disputes_research_test {

using namespace tenbin;

TEST_CASE("disputes fitted to 1950-1989 are told apart in 1990-2010" *
          doctest::test_suite("nightly")) {
  const Panel panel = read_panel(std::string(TENBIN_RESEARCH) + "/data/world");
  const DisputeRecord record(panel, stocks(panel));
  const auto before = record.dyad_years(1950, 1989), after = record.dyad_years(1990, 2010);
  DisputeFitOptions options{.chains = 2};
  options.sampler.draws = 200;
  const DisputeFit fit = fit_disputes(before, options, {});
  CHECK(healthy(fit.health));
  const Classification c = judge(fit, after);
  options.peace_only = true;
  const Classification peace = judge(fit_disputes(before, options, {}), after);
  MESSAGE("AUC " << c.auc << ", expected over observed " << c.expected / c.events << ", Brier "
                 << c.brier << " (peace years alone " << peace.brier << "), log loss " << c.log_loss
                 << " (" << peace.log_loss << ")");
  CHECK(c.auc >= 0.88);
  CHECK(c.brier < peace.brier);
  CHECK(c.log_loss < peace.log_loss);
  CHECK((c.expected / c.events > 0.9 && c.expected / c.events < 1.1));
  // Futures as of 1989, drawn by what was known then: no decade runs hot, and none cold.
  const Panel past = as_of(panel, 1989);
  FitOptions spending{.chains = 2, .warmup = 300, .draws = 200};
  spending.without = switched_off(TermSet::standard, past_of(past)->rows());
  const auto counts = simulate_disputes(
      panel, model_of(fit), tenbin::fit(*past_of(past), spending, {}), 1989, 2010, 400, {});
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].first == 1990);
  CHECK(counts[1].last == 2010);
  for (const SimulatedCount& c : counts) {
    MESSAGE(c.first << "-" << c.last << ": " << c.mean << " drawn (" << c.low << " to " << c.high
                    << "), " << c.observed << " came");
    CHECK(std::abs(c.mean / c.observed - 1) < 0.25);
    CHECK((c.low <= c.observed && c.observed <= c.high));
  }
  CHECK(std::abs(counts[2].mean / c.events - 1) < 0.25);  // of all dyads, with states born later
}

}  // namespace disputes_research_test
