// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"

/// Convergence after Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021).

namespace tenbin {

struct Summary {
  std::string name;    // "target[JPN]"
  bool fixed = false;  // switched off: 0 in every draw, without diagnostics
  double mean = 0, sd = 0, mcse_mean = 0, q05 = 0, median = 0, q95 = 0;
  double ess_bulk = 0, ess_tail = 0;
  double rhat = 0;  // larger of the rank-normalised split R-hats of the draws and of their distance
                    // to the median
};

/// Summary of one quantity, chain after chain, at least four draws a chain. A constant quantity has
/// NaN diagnostics.
Summary summarise(std::span<const double> series, int chains);
/// One summary for each number of a draw, in order.
std::vector<Summary> summarise(const Draws& draws);

/// Quantile of sorted values, linear between order statistics (type 7 of Hyndman and Fan).
double quantile_sorted(std::span<const double> sorted, double p);

/// Worst of all that is not switched off, for one line on a fit. NaN where a quantity stood still.
struct Health {
  double rhat_max = 0, ess_bulk_min = 0, ess_tail_min = 0;
  std::string rhat_worst, ess_worst;
  int divergences = 0, max_depth_hits = 0;
  std::size_t draws = 0;
};
/// Good enough to read: R-hat at most 1.05, 100 effective draws, and divergences in at most one
/// draw in a hundred.
inline bool healthy(const Health& h) {
  return h.rhat_max <= 1.05 && h.ess_bulk_min >= 100 &&
         static_cast<std::size_t>(h.divergences) * 100 <= h.draws;
}
Health health(const Draws& draws, const std::vector<Summary>& summaries, int max_depth);

}  // namespace tenbin
