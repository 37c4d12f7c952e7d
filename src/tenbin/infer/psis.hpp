// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

/// Leave-one-out cross-validation by importance sampling with Pareto-smoothed weights (Vehtari,
/// Gelman and Gabry 2017; Vehtari, Simpson, Gelman, Yao and Gabry 2024). Reference: R's loo.

namespace tenbin {

/// One observation left out.
struct LeftOutRow {
  double elpd = 0;      // log predictive density of the observation given all others
  double lpd = 0;       // the same given all, this one too; lpd - elpd is its share of p_loo
  double pareto_k = 0;  // shape of the weights' tail; above 0.7 the estimate is not to be trusted
};

/// `log_likelihood`: of one observation, by draw. Draws count as independent (relative efficiency
/// 1 sets the length of the tail). Infinite k where the tail has no spread.
LeftOutRow leave_one_out(std::span<const double> log_likelihood);

/// Generalised Pareto distribution fitted to sorted positive exceedances (Zhang and Stephens 2009),
/// its shape drawn towards 0.5 as by ten observations.
struct ParetoFit {
  double k = 0, sigma = 0;
};
ParetoFit fit_pareto(std::span<const double> sorted);

}  // namespace tenbin
