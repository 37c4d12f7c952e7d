// SPDX-License-Identifier: Apache-2.0
#include "tenbin/infer/diagnostics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Chains as rows of equal length.
struct Chains {
  int count = 0;
  std::size_t length = 0;
  std::vector<double> x;
  const double* row(int c) const { return x.data() + c * length; }
};

/// Each chain cut into its first and second half (the middle draw of an odd length is left out).
Chains split(std::span<const double> series, int chains) {
  const std::size_t n = series.size() / chains, half = n / 2;
  Chains result{2 * chains, half, {}};
  for (int c = 0; c < chains; ++c)
    for (const std::size_t begin : {c * n, (c + 1) * n - half})
      result.x.insert(result.x.end(), series.begin() + begin, series.begin() + begin + half);
  return result;
}

/// Normal scores of the ranks, ties sharing their mean rank.
Chains rank_normalised(Chains chains) {
  std::vector<std::size_t> order(chains.x.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::size_t k) { return chains.x[k]; });
  std::vector<double> scores(order.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && chains.x[order[end]] == chains.x[order[begin]]) ++end;
    const double rank = 0.5 * (begin + 1 + end);
    const double score = inverse_normal((rank - 0.375) / (order.size() + 0.25));
    for (; begin < end; ++begin) scores[order[begin]] = score;
  }
  chains.x = std::move(scores);
  return chains;
}

struct Moments {
  std::vector<double> mean;      // of each chain
  double within = 0, total = 0;  // variances: W and var+
};
Moments moments(const Chains& c) {
  Moments m;
  const double n = static_cast<double>(c.length);
  for (int k = 0; k < c.count; ++k) {
    const double mean = std::accumulate(c.row(k), c.row(k) + c.length, 0.0) / n;
    double squares = 0;
    for (std::size_t t = 0; t < c.length; ++t)
      squares += (c.row(k)[t] - mean) * (c.row(k)[t] - mean);
    m.mean.push_back(mean);
    m.within += squares / (n - 1) / c.count;
  }
  const double grand = std::accumulate(m.mean.begin(), m.mean.end(), 0.0) / c.count;
  double between = 0;
  for (const double mean : m.mean) between += (mean - grand) * (mean - grand) / (c.count - 1);
  m.total = (n - 1) / n * m.within + between;
  return m;
}

double rhat(const Chains& c) {
  const Moments m = moments(c);
  return m.within > 0 ? std::sqrt(m.total / m.within) : nan;
}

/// Effective draws of split chains: Geyer's initial monotone sequence on autocorrelations averaged
/// over chains.
/// Step by step what R's posterior 1.4 does, so that the two agree to the last digits.
double effective(const Chains& c) {
  const Moments m = moments(c);
  if (!(m.total > 0)) return nan;
  const std::size_t n = c.length;
  const auto correlation = [&](std::size_t lag) {
    double covariance = 0;
    for (int k = 0; k < c.count; ++k) {
      const double* x = c.row(k);
      double s = 0;
      for (std::size_t t = 0; t + lag < n; ++t) s += (x[t] - m.mean[k]) * (x[t + lag] - m.mean[k]);
      covariance += s / n / c.count;
    }
    return 1 - (m.within - covariance) / m.total;
  };
  // initial positive sequence of pairs of lags
  std::vector<double> rho(n + 2, 0.0);
  double even = rho[0] = 1, odd = rho[1] = correlation(1);
  std::size_t last = 0;
  while (last + 5 < n && even + odd > 0) {
    last += 2;
    even = correlation(last);
    odd = correlation(last + 1);
    if (even + odd >= 0) rho[last] = even, rho[last + 1] = odd;
  }
  if (even > 0) rho[last] = even;
  // made monotone
  for (std::size_t t = 2; t + 2 <= last; t += 2)
    if (rho[t] + rho[t + 1] > rho[t - 2] + rho[t - 1])
      rho[t] = rho[t + 1] = 0.5 * (rho[t - 2] + rho[t - 1]);
  double tau = rho[last] - 1;
  for (std::size_t t = 0; t < std::max<std::size_t>(last, 1); ++t) tau += 2 * rho[t];
  const double all = static_cast<double>(c.count) * n;
  return all / std::max(tau, 1 / std::log10(all));
}

}  // namespace

double quantile_sorted(std::span<const double> sorted, double p) {
  const double place = p * (sorted.size() - 1);
  const std::size_t low = static_cast<std::size_t>(place);
  if (low + 1 >= sorted.size()) return sorted.back();
  return sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]);
}

Summary summarise(std::span<const double> series, int chains) {
  Summary s;
  std::vector<double> sorted(series.begin(), series.end());
  std::ranges::sort(sorted);
  s.q05 = quantile_sorted(sorted, 0.05);
  s.median = quantile_sorted(sorted, 0.5);
  s.q95 = quantile_sorted(sorted, 0.95);
  const double n = static_cast<double>(series.size());
  s.mean = std::accumulate(series.begin(), series.end(), 0.0) / n;
  double squares = 0;
  for (const double x : series) squares += (x - s.mean) * (x - s.mean);
  s.sd = std::sqrt(squares / (n - 1));
  if (!(s.sd > 0)) {
    s.mcse_mean = s.ess_bulk = s.ess_tail = s.rhat = nan;
    return s;
  }
  const Chains halves = split(series, chains);
  s.mcse_mean = s.sd / std::sqrt(effective(halves));
  const Chains ranks = rank_normalised(halves);
  s.ess_bulk = effective(ranks);
  const auto indicator = [&](double limit) {
    Chains c = halves;
    for (double& x : c.x) x = x <= limit;
    return effective(c);
  };
  s.ess_tail = std::min(indicator(s.q05), indicator(s.q95));
  Chains folded = halves;
  for (double& x : folded.x) x = std::abs(x - s.median);
  s.rhat = std::max(rhat(ranks), rhat(rank_normalised(std::move(folded))));
  return s;
}

std::vector<Summary> summarise(const Draws& draws) {
  std::vector<Summary> result;
  for (const Column& c : draws.columns)
    for (std::size_t e = 0; e < c.size(); ++e) {
      Summary s = summarise(draws.series(c.offset + e), draws.chains);
      s.name = c.label(e);
      s.fixed = c.fixed;
      result.push_back(std::move(s));
    }
  return result;
}

Health health(const Draws& draws, const std::vector<Summary>& summaries, int max_depth) {
  Health h{.ess_bulk_min = std::numeric_limits<double>::infinity(),
           .ess_tail_min = std::numeric_limits<double>::infinity()};
  for (const Summary& s : summaries) {
    if (s.fixed) continue;
    const auto worse = [](double x, double worst) { return !std::isnan(worst) && !(x <= worst); };
    if (worse(s.rhat, h.rhat_max)) h.rhat_max = s.rhat, h.rhat_worst = s.name;
    if (worse(-s.ess_bulk, -h.ess_bulk_min)) h.ess_bulk_min = s.ess_bulk, h.ess_worst = s.name;
    if (worse(-s.ess_tail, -h.ess_tail_min)) h.ess_tail_min = s.ess_tail;
  }
  h.draws = draws.size();
  for (std::size_t d = 0; d < draws.size(); ++d) {
    h.divergences += draws.divergent[d] != 0;
    h.max_depth_hits += draws.tree_depth[d] >= max_depth;
  }
  return h;
}

}  // namespace tenbin
