// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"

namespace tenbin {

/// Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018): parameters
/// drawn from the prior, figures drawn under them on the panel's own covariates, the figures
/// fitted; over many data sets the rank of the true value among its posterior draws is uniform.
struct CalibrationOptions {
  int sets = 500;
  FitOptions fit{.chains = 4, .warmup = 300, .draws = 500};  // of each data set
  std::string planted;  // a global parameter ("spending.rival_mean") whose prior's sd is doubled in
                        // the sampler only: a bug that must be found
};

inline constexpr int rank_draws = 99;  // thinned draws that a true value is ranked among
inline constexpr int rank_bins = 20;   // of the 100 ranks

/// Ranks of one quantity.
struct RankLine {
  std::string name;            // "spending.rival_mean"
  bool global = false;         // or of one state or year
  std::vector<int> histogram;  // data sets by bin
  double chi_square = 0;       // against uniform, rank_bins - 1 degrees of freedom
  double p = 1;
};

struct Calibration {
  std::vector<RankLine> lines;
  int sets = 0;
  std::size_t divergences = 0, draws = 0;
  double rhat_median = 0;  // over data sets, of the largest R-hat of a global
  const RankLine* worst() const;
  /// Fewer data sets than this say nothing: five a bin.
  static constexpr int fewest_sets = 5 * rank_bins;
  /// Every p above 1 % over the number of quantities (Bonferroni).
  bool passes() const;
};

/// Both equations, at least rank_draws draws each. No lines if stopped. Throws Error where the
/// panel has too few rows.
Calibration calibrate(const Past& past, const CalibrationOptions& options,
                      const Execution& execution, const FitObserver& observer = {});

/// A value put into a draw of a fit: of a slope or a mean over states (`plantable`).
struct Planted {
  SpendingParameter parameter = SpendingParameter::rival_mean;
  double value = 0;
};
/// Whether a parameter can be planted: a global of the spending equation without bounds.
constexpr bool plantable(const ParameterSpec& p) {
  return p.equation == Equation::spending && p.scope == Scope::global && p.lower == -unbounded;
}

/// How well a fit finds an effect that is there, and none where there is none.
struct Recovery {
  SpendingParameter parameter = SpendingParameter::rival_mean;
  double truth = 0;  // its value that the figures were drawn with
  int sets = 0;
  double mean = 0;        // of the posterior means
  double bias_se = 0;     // Monte Carlo error of that mean
  double sd = 0;          // mean posterior sd
  double width = 0;       // mean width of the 90 % interval
  double coverage = 0;    // part of the intervals that hold the truth
  double above_zero = 0;  // part of the intervals that lie above 0
};

/// Figures drawn under the globals of draws of a fit of the panel, with the values of one plan
/// planted together and states and years drawn anew, and each set fitted under the same priors and
/// terms; one plan after the other, a line for each value. Empty if stopped. Throws Error for a
/// value of a term that is switched off.
std::vector<Recovery> recover(const Past& past, const CalibrationOptions& options,
                              const std::vector<std::vector<Planted>>& plans,
                              const Execution& execution, const FitObserver& observer = {});

}  // namespace tenbin
