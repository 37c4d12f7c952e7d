// SPDX-License-Identifier: Apache-2.0
// The dispute model on the world's disputes, judged on years it has not seen.
#include <doctest/doctest.h>

#include <cmath>

#include "tenbin/fit/disputes.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/num/elementary.hpp"

namespace disputes_research_test {

using namespace tenbin;

/// Poisson probability of at most `count` events where `mean` are expected; 0 below 0.
static double at_most(double count, double mean) {
  return count < 0 ? 0 : gamma_tail(count + 1, mean);
}

TEST_CASE("disputes fitted to 1950-1989 are told apart in 1990-2010" *
          doctest::test_suite("nightly")) {
  const Panel panel = read_panel(std::string(TENBIN_RESEARCH) + "/data/world");
  const DisputeRecord record(panel, stocks(panel));
  const auto before = record.dyad_years(1950, 1989), after = record.dyad_years(1990, 2010);
  const DisputeFit fit = fit_disputes(before, {}, {});
  CHECK(healthy(fit.health));
  const DisputeModel model = model_of(fit);
  const auto judged = judge(model, after);
  const Classification &c = judged[0], peace = judge_peace_alone(before, after);
  MESSAGE("AUC " << c.auc << ", expected over observed " << c.expected / c.events << ", Brier "
                 << c.brier << " (peace years alone " << peace.brier << "), log loss " << c.log_loss
                 << " (" << peace.log_loss << ")");
  CHECK(c.auc >= 0.905);  // 0.9016 before rivalry and borders
  CHECK(c.brier < peace.brier);
  CHECK(c.log_loss <= 0.0642);  // 0.0660 before the calibration
  CHECK((c.expected / c.events > 0.9 && c.expected / c.events < 1.1));
  for (const Severity s : {Severity::force, Severity::fatal})
    CHECK(judged[static_cast<std::size_t>(s)].auc > 0.89);
  // Every class and every tenth of the risk comes as often as it says, to two standard errors; of
  // rare ones, whose counts lean to the right, no tail is smaller than beyond two of a normal.
  const auto as_often = [](const Reliability& r) {
    if (r.cases == 0) return;
    const double sd = std::sqrt(r.expected * (1 - r.expected / r.cases));
    MESSAGE(r.cases << " at " << 100 * r.expected / r.cases << " %: " << r.expected << " expected, "
                    << r.events << " came");
    if (r.expected < 30) {
      CHECK(at_most(r.events, r.expected) > 0.0228);
      CHECK(1 - at_most(r.events - 1, r.expected) > 0.0228);
    } else {
      CHECK(std::abs(r.events - r.expected) < 2 * sd);
    }
  };
  for (const Reliability& r : c.classes) as_often(r);
  for (const Reliability& r : c.tenths) as_often(r);
  CHECK(c.classes.back().expected == 0);  // no risk above 0.6 is left
  // Futures as of 1989, drawn by what was known then: no decade runs hot, and none cold.
  const Panel past = as_of(panel, 1989);
  FitOptions spending{.chains = 2, .warmup = 300, .draws = 200};
  spending.without = switched_off(TermSet::standard, past_of(past)->rows());
  const auto counts = simulate_disputes(panel, model, tenbin::fit(*past_of(past), spending, {}),
                                        1989, 2010, 400, {});
  REQUIRE(counts.size() == 9);
  CHECK(counts[0].first == 1990);
  CHECK(counts[1].last == 2010);
  for (const SimulatedCount& c : counts) {
    // Force and deaths became rarer among disputes after 1990, which nobody could know in 1989.
    MESSAGE(severity_names[static_cast<std::size_t>(c.severity)]
            << " " << c.first << "-" << c.last << ": " << c.mean << " drawn (" << c.low << " to "
            << c.high << "), " << c.observed << " came");
    if (c.severity != Severity::any) continue;
    CHECK(std::abs(c.mean / c.observed - 1) < 0.25);
    CHECK((c.low <= c.observed && c.observed <= c.high));
  }
  CHECK(std::abs(counts[2].mean / c.events - 1) < 0.25);  // of all dyads, with states born later
}

}  // namespace disputes_research_test
