// SPDX-License-Identifier: Apache-2.0
// The dispute model on the world's disputes, judged on years it has not seen.
#include <doctest/doctest.h>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/study/disputes.hpp"

using namespace tenbin;

TEST_CASE("disputes fitted to 1950-1989 are told apart in 1990-2010") {
  const Panel panel = read_panel(std::string(TENBIN_RESEARCH) + "/data/world");
  const DisputeRecord record(panel);
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
}
