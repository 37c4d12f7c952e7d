// SPDX-License-Identifier: Apache-2.0
#include "tenbin/analyse/answers.hpp"

#include <algorithm>

#include "tenbin/core/problem.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

std::span<const double> logs(const Ensemble& e, Quantity quantity, int year, int state) {
  return quantity == Quantity::milex ? e.milex(year, state) : e.burden(year, state);
}

/// Calls make(year, state, k) for every cell, k = place in [year][state], years in parallel.
template <class Make>
void for_each_cell(const Ensemble& e, const Execution& execution, Make&& make) {
  for_each_block(execution, e.years(), [&](int y) {
    for (int i = 0; i < e.states; ++i)
      make(e.start + y, i, static_cast<std::size_t>(y) * e.states + i);
  });
}

}  // namespace

Band band(std::vector<double> x) {
  Band b;
  if (x.empty() || std::any_of(x.begin(), x.end(), [](double v) { return v != v; })) return b;
  b.exists = true;
  for (const double v : x) b.mean += v / static_cast<double>(x.size());
  auto begin = x.begin();
  for (std::size_t k = 0; k < band_levels.size(); ++k) {
    const double place = band_levels[k] * static_cast<double>(x.size() - 1);
    const auto low = x.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(begin, low, x.end());
    const double next = low + 1 == x.end() ? *low : *std::min_element(low + 1, x.end());
    b.quantile[k] = *low + (place - static_cast<double>(low - x.begin())) * (next - *low);
    begin = low;
  }
  return b;
}

Fan fan(const Ensemble& e, Quantity quantity, const Execution& execution) {
  Fan f{e.start, e.states, {}};
  f.bands.resize(static_cast<std::size_t>(e.years()) * e.states);
  for_each_cell(e, execution, [&](int year, int i, std::size_t k) {
    const auto x = logs(e, quantity, year, i);
    std::vector<double> values(x.begin(), x.end());
    for (double& v : values) v = exp(v);
    f.bands[k] = band(std::move(values));
  });
  return f;
}

Comparison compare(const Ensemble& baseline, const Ensemble& changed, Quantity quantity,
                   const Execution& execution) {
  TENBIN_ASSERT(baseline.futures == changed.futures && baseline.start == changed.start &&
                baseline.states == changed.states);
  Comparison c{baseline.start, baseline.states, {}};
  c.differences.resize(static_cast<std::size_t>(baseline.years()) * baseline.states);
  for_each_cell(baseline, execution, [&](int year, int i, std::size_t k) {
    const auto a = logs(baseline, quantity, year, i), b = logs(changed, quantity, year, i);
    std::vector<double> values(a.size());
    Difference& d = c.differences[k];
    for (std::size_t f = 0; f < values.size(); ++f) {
      values[f] = exp(b[f]) - exp(a[f]);
      d.positive += values[f] > 0;
      d.negative += values[f] < 0;
    }
    d.positive /= static_cast<double>(values.size());
    d.negative /= static_cast<double>(values.size());
    d.band = band(std::move(values));
  });
  return c;
}

double probability_at_least(const Ensemble& e, int state, int year, double share) {
  const double limit = log(share);
  double count = 0;
  for (const double b : e.burden(year, state)) count += b >= limit;
  return count / e.futures;
}

}  // namespace tenbin
