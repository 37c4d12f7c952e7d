// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr double pi = 3.14159265358979323846;

double normal_density(double z) { return exp(-0.5 * z * z) / square_root(2 * pi); }

}  // namespace

double crps_normal(double observed, double mean, double sd) {
  const double z = (observed - mean) / sd;
  return sd * (z * (2 * normal_cdf(z) - 1) + 2 * normal_density(z) - 1 / square_root(pi));
}

double interval_score(double observed, double low, double high, double level) {
  const double below = maximum(0.0, low - observed), above = maximum(0.0, observed - high);
  return high - low + 2 / (1 - level) * (below + above);
}

double crps_student(double observed, double df, double location, double scale) {
  const double z = (observed - location) / scale;
  const auto log_beta = [](double a, double b) { return lgamma(a) + lgamma(b) - lgamma(a + b); };
  const double density =
      exp(-0.5 * (df + 1) * log1p(z * z / df) - 0.5 * log(df) - log_beta(0.5, 0.5 * df));
  const double spread =
      2 * square_root(df) / (df - 1) * exp(log_beta(0.5, df - 0.5) - 2 * log_beta(0.5, 0.5 * df));
  return scale *
         (z * (2 * student_cdf(z, df) - 1) + 2 * density * (df + z * z) / (df - 1) - spread);
}

double crps_sample(double observed, std::span<const double> sorted) {
  const double m = static_cast<double>(sorted.size());
  double distance = 0, spread = 0;  // sum over pairs of |x - x'| = 2 sum of (2 k + 1 - m) x_k
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    distance += absolute(sorted[k] - observed);
    spread += (2 * static_cast<double>(k) + 1 - m) * sorted[k];
  }
  return distance / m - spread / (m * m);
}

double energy_score(std::span<const double> observed, std::span<const double> members) {
  const std::size_t d = observed.size(), m = members.size() / d;
  const auto distance = [d](const double* x, const double* y) {
    double s = 0;
    for (std::size_t k = 0; k < d; ++k) s += (x[k] - y[k]) * (x[k] - y[k]);
    return square_root(s);
  };
  double to_observed = 0, within = 0;
  for (std::size_t a = 0; a < m; ++a) {
    to_observed += distance(&members[a * d], observed.data());
    for (std::size_t b = 0; b < a; ++b) within += distance(&members[a * d], &members[b * d]);
  }
  const double count = static_cast<double>(m);
  return to_observed / count - within / (count * count);
}

double log_score_normal(double observed, double mean, double sd) {
  const double z = (observed - mean) / sd;
  return 0.5 * z * z + log(sd) + 0.5 * log(2 * pi);
}

double log_score_sample(double observed, std::span<const double> sorted) {
  const double m = static_cast<double>(sorted.size());
  double mean = 0, square = 0;
  for (const double x : sorted) mean += x / m;
  for (const double x : sorted) square += (x - mean) * (x - mean) / (m - 1);
  const double quartiles = quantile_of(sorted, 0.75) - quantile_of(sorted, 0.25);
  const double width = 1.06 * minimum(square_root(square), quartiles / 1.34) * exp(-0.2 * log(m));
  // log of the mean kernel, with the largest taken out: a distant figure has no underflow
  double nearest = std::numeric_limits<double>::infinity();
  for (const double x : sorted) nearest = minimum(nearest, absolute(observed - x) / width);
  double density = 0;
  for (const double x : sorted) {
    const double z = (observed - x) / width;
    density += exp(-0.5 * (z * z - nearest * nearest)) / m;
  }
  return 0.5 * nearest * nearest - log(density) + log(width) + 0.5 * log(2 * pi);
}

double pit(double observed, std::span<const double> sorted) {
  const auto low = std::lower_bound(sorted.begin(), sorted.end(), observed);
  const auto high = std::upper_bound(low, sorted.end(), observed);
  return 0.5 * static_cast<double>((low - sorted.begin()) + (high - sorted.begin())) /
         static_cast<double>(sorted.size());
}

double quantile_of(std::span<const double> sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), sorted.size() - 1);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

DieboldMariano diebold_mariano(std::span<const double> difference, int h) {
  const int n = static_cast<int>(difference.size());
  DieboldMariano result{.statistic = std::numeric_limits<double>::quiet_NaN(), .degrees = n - 1};
  if (n < 2 || h < 1 || h >= n) return result;  // autocovariances up to n - 1 add up to 0
  double mean = 0;
  for (const double d : difference) mean += d / n;
  const auto covariance = [&](int lag) {
    double total = 0;
    for (int t = lag; t < n; ++t)
      total += (difference[t] - mean) * (difference[t - lag] - mean) / n;
    return total;
  };
  double variance = covariance(0);  // of the mean, times n: autocovariances up to h - 1
  for (int lag = 1; lag < h && lag < n; ++lag) variance += 2 * covariance(lag);
  if (!(variance > 0)) return h > 1 ? diebold_mariano(difference, 1) : result;
  const double steps = h;
  const double small_sample = (n + 1 - 2 * steps + steps * (steps - 1) / n) / n;
  if (small_sample > 0)
    result.statistic = mean / square_root(variance / n) * square_root(small_sample);
  return result;
}

}  // namespace tenbin
