// SPDX-License-Identifier: Apache-2.0
#include "tenbin/infer/psis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double log_sum_exp(std::span<const double> x) {
  const double high = *std::max_element(x.begin(), x.end());
  double total = 0;
  for (const double v : x) total += exp(v - high);
  return high + log(total);
}

/// Quantile of the generalised Pareto distribution at p.
double pareto_quantile(double p, const ParetoFit& fit) {
  return fit.k == 0 ? -fit.sigma * log1p(-p) : fit.sigma * expm1(-fit.k * log1p(-p)) / fit.k;
}

/// Replaces the largest log weights (shifted to at most 0) by quantiles of a Pareto fit, in their
/// order; returns its shape.
double smooth_tail(std::vector<double>& log_weights) {
  const double draws = static_cast<double>(log_weights.size());
  const auto length =
      static_cast<std::size_t>(std::ceil(std::min(0.2 * draws, 3 * square_root(draws))));
  if (length < 5 || length >= log_weights.size()) return infinite;
  std::vector<std::size_t> order(log_weights.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return log_weights[a] != log_weights[b] ? log_weights[a] < log_weights[b] : a < b;
  });
  const std::span<const std::size_t> tail(order.end() - static_cast<std::ptrdiff_t>(length),
                                          order.end());
  if (log_weights[tail.back()] - log_weights[tail.front()] <
      std::numeric_limits<double>::min() * 10)
    return infinite;
  const double cutoff = exp(log_weights[order[order.size() - length - 1]]);
  std::vector<double> beyond(length);
  for (std::size_t j = 0; j < length; ++j) beyond[j] = exp(log_weights[tail[j]]) - cutoff;
  const ParetoFit fit = fit_pareto(beyond);
  if (!std::isfinite(fit.k)) return infinite;  // draws tied at the cutoff
  for (std::size_t j = 0; j < length; ++j)
    log_weights[tail[j]] =
        std::min(0.0, log(pareto_quantile((j + 0.5) / static_cast<double>(length), fit) + cutoff));
  return fit.k;
}

}  // namespace

ParetoFit fit_pareto(std::span<const double> sorted) {
  constexpr double prior = 3;
  const double n = static_cast<double>(sorted.size());
  const int points = 30 + static_cast<int>(std::floor(std::sqrt(n)));
  const double quartile = sorted[static_cast<std::size_t>(std::floor(n / 4 + 0.5)) - 1];
  const auto shape = [&](double theta) {
    double total = 0;
    for (const double x : sorted) total += log1p(-theta * x);
    return total / n;
  };
  std::vector<double> theta(points), log_weight(points);
  for (int j = 0; j < points; ++j) {
    theta[j] = 1 / sorted.back() + (1 - square_root(points / (j + 0.5))) / prior / quartile;
    const double k = shape(theta[j]);
    log_weight[j] = n * (log(-theta[j] / k) - k - 1);
  }
  const double total = log_sum_exp(log_weight);
  double mean = 0;
  for (int j = 0; j < points; ++j) mean += theta[j] * exp(log_weight[j] - total);
  const double k = shape(mean);
  return {(k * n + 0.5 * 10) / (n + 10), -k / mean};
}

LeftOutRow leave_one_out(std::span<const double> log_likelihood) {
  const double n = static_cast<double>(log_likelihood.size());
  std::vector<double> weights(log_likelihood.size());
  const double lowest = *std::min_element(log_likelihood.begin(), log_likelihood.end());
  for (std::size_t d = 0; d < weights.size(); ++d) weights[d] = lowest - log_likelihood[d];
  LeftOutRow result;
  result.pareto_k = smooth_tail(weights);
  const double total = log_sum_exp(weights);
  std::vector<double> parts(weights.size());
  for (std::size_t d = 0; d < parts.size(); ++d) parts[d] = log_likelihood[d] + weights[d] - total;
  result.elpd = log_sum_exp(parts);
  result.lpd = log_sum_exp(log_likelihood) - log(n);
  return result;
}

}  // namespace tenbin
