// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/disputes.hpp"

#include <algorithm>
#include <atomic>

#include "tenbin/core/problem.hpp"
#include "tenbin/infer/sample.hpp"

namespace tenbin {

DisputeFit fit_disputes(std::span<const DyadYear> rows, const DisputeFitOptions& options,
                        const Execution& execution, const std::function<bool(double)>& observer) {
  DisputeFit fit{.rows = static_cast<int>(rows.size())};
  for (const DyadYear& r : rows) fit.onsets += r.onset;
  if (fit.onsets == 0)
    throw Error({{"disputes.csv", "has no onset among the relevant dyads of these years",
                  "Give a panel with disputes.csv, contiguity.csv and majors.csv"}});
  const auto [first, last] = std::ranges::minmax_element(rows, {}, &DyadYear::year);
  fit.first = first->year, fit.last = last->year;
  fit.scale = scale_of(rows);
  std::vector<DyadYear> used(rows.begin(), rows.end());
  if (options.peace_only)
    for (DyadYear& r : used)
      for (std::size_t k = 0; k < dispute_covariates; ++k)
        if (k != peace) r.x[k] = fit.scale.mean[k];
  std::atomic<int> done{0};
  const double all =
      static_cast<double>(options.chains) * (options.sampler.warmup + options.sampler.draws);
  fit.draws =
      sample(DisputeDensity(used, fit.scale), options.chains, options.sampler, execution,
             {"disputes", [&](const NutsEvent&) { return !observer || observer(++done / all); }});
  if (fit.draws.chains == 0) return fit;
  if (options.peace_only)  // the rest follows its prior and has no say
    for (std::size_t d = 0; d < fit.draws.size(); ++d)
      for (std::size_t k = 0; k < dispute_covariates; ++k)
        if (k != peace) fit.draws.values[d * fit.draws.width + 1 + k] = 0;
  fit.summary = summarise(fit.draws);
  fit.health = health(fit.draws, fit.summary, options.sampler.max_depth);
  return fit;
}

double onset_probability(const DisputeFit& fit, const DisputeVector& x) {
  double sum = 0;
  for (std::size_t d = 0; d < fit.draws.size(); ++d)
    sum += onset_probability(fit.draws.draw(d), fit.scale, x);
  return sum / static_cast<double>(fit.draws.size());
}

Classification judge(const DisputeFit& fit, std::span<const DyadYear> rows) {
  std::vector<double> p;
  std::vector<char> came;
  for (const DyadYear& r : rows) {
    p.push_back(onset_probability(fit, r.x));
    came.push_back(r.onset);
  }
  return classify(p, came);
}

}  // namespace tenbin
