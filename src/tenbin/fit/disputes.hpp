// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "tenbin/fit/fit.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/infer/nuts.hpp"
#include "tenbin/model/disputes.hpp"
#include "tenbin/parallel/execution.hpp"
#include "tenbin/past/classification.hpp"

namespace tenbin {

/// A fit of the dispute model: docs/model.md section 10 (Disputes).
struct DisputeFit {
  int first = 0, last = 0;   // years of onsets
  int rows = 0, onsets = 0;  // dyad-years
  DisputeScale scale;
  Draws draws;  // DisputeDensity::columns()
  std::vector<Summary> summary;
  Health health;
};
struct DisputeFitOptions {
  int chains = 4;
  NutsOptions sampler{.warmup = 100, .draws = 400, .seed = 20261122};
};
/// The calibration learns from the last ten years, which a fit to the years before has not seen;
/// where either has too few onsets, it changes nothing. Throws Error where there is no onset. If
/// the observer stops it, the result has no draws.
DisputeFit fit_disputes(std::span<const DyadYear> rows, const DisputeFitOptions& options,
                        const Execution& execution,
                        const std::function<bool(double)>& observer = {});

/// Scores of a model's probabilities, the means over its draws, by severity.
std::array<Classification, severities> judge(const DisputeModel& model,
                                             std::span<const DyadYear> rows);
/// The same, of any onset, of a model that knows the years since the last onset only: fitted to
/// `train` where its density is highest.
Classification judge_peace_alone(std::span<const DyadYear> train, std::span<const DyadYear> rows);

/// Of spans of 1 .. longest_span years in which a dyad was relevant all the time, those with an
/// onset. Rows by dyad, then year.
std::vector<SpanRate> span_rates(std::span<const DyadYear> rows);

/// Draws few enough to be carried, spread over all chains, as one chain.
DisputeModel model_of(const DisputeFit& fit);

/// What futures of `panel` drawn from `origin` on (nothing later is known to them; the fits must
/// not have seen later years either) make of the years up to `last`, beside what came among the
/// same dyads: by severity, by decade, then all.
std::vector<SimulatedCount> simulate_disputes(const Panel& panel, const DisputeModel& model,
                                              const Posterior& posterior, int origin, int last,
                                              std::int64_t futures, const Execution& execution);

}  // namespace tenbin
