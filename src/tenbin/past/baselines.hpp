// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

/// The simplest forecasts, which a model must beat. Each is a normal of log milex (or log burden)
/// h years on, from the years up to the origin.

namespace tenbin {

enum class Baseline { random_walk, drift, constant_share };
inline constexpr std::array<std::string_view, 3> baseline_names{"rw", "drift", "share"};

struct NormalForecast {
  double mean = 0, sd = 0;
};

/// `values`: log milex (or log burden) of n + 1 >= 3 years without a gap, the origin's last;
/// `log_gdp`: of the same years. With d the yearly changes:
///   random walk     mean: the last value;          sd: sqrt(mean d^2) sqrt(h)
///   drift           mean: last + h mean d;         sd: sd(d) sqrt(h (1 + h / n))
///   constant share  mean: last + h mean GDP growth; sd: sqrt(mean (d - that growth)^2) sqrt(h);
///                   of a burden: the random walk (`log_gdp` all the same)
NormalForecast baseline(Baseline which, std::span<const double> values,
                        std::span<const double> log_gdp, int h);

/// Fewest years without a gap, up to the origin, that a baseline is made from, and the first one
/// used.
inline constexpr int fewest_baseline_years = 15;
inline constexpr int first_baseline_year = 1960;

}  // namespace tenbin
