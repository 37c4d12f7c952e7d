// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "tenbin/fit/fit.hpp"

namespace tenbin {

/// What is compared between the observed figures and figures that the model draws.
enum class Feature {
  falls,          // share of the rows in which spending falls by more than 20 %
  longest_rise,   // most years in a row in which a state's spending grows by more than 8 %
  region_corr,    // mean correlation of growth over pairs of states of one region
  large_burdens,  // share of the rows with a burden above 10 %
  spread,         // standard deviation of growth
};
inline constexpr int feature_count = 5;

/// Of drawn figures: their median, middle 90 %, and the share of the sets at or above the observed
/// figure, ties by half.
struct PredictiveRange {
  double low = 0, median = 0, high = 0, above = 0;
};
struct PredictiveLine {
  Feature feature = Feature::falls;
  double observed = 0;  // NaN where there is none, such as a panel without regions
  PredictiveRange prior, posterior;
};
struct PredictiveCheck {
  std::vector<PredictiveLine> lines;  // none: stopped
  int sets = 0;
  std::size_t rows = 0;
};

/// The names and units of features: falls and large_burdens are shares of the rows.
inline constexpr std::string_view feature_names[feature_count] = {
    "falls", "longest_rise", "region_correlation", "large_burdens", "spread"};

/// Features of the growth of spending in rows, in the order of Feature.
std::vector<double> features_of(const RowTable& rows);

/// Prior and posterior predictive checks (Gelman, Meng and Stern 1996) of the spending equation:
/// `sets` sets of figures drawn from the prior, and as many from draws of a fit, on the panel's own
/// covariates, so each row is one step from the observed year before. The growth of GDP is held.
PredictiveCheck predictive_check(const Past& past, const FitOptions& options, int sets,
                                 const Execution& execution, const FitObserver& observer = {});

/// The posterior part alone, from the first `sets` draws of a fit. Nothing where the draws lack a
/// common wave of the rows' years. `prior` is NaN.
std::vector<PredictiveLine> posterior_check(const Past& past, const Draws& fitted,
                                            const FitOptions& asked, int sets,
                                            const Execution& execution);

}  // namespace tenbin
