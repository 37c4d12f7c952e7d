// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/baselines.hpp"

#include "tenbin/num/elementary.hpp"

namespace tenbin {

NormalForecast baseline(Baseline which, std::span<const double> values,
                        std::span<const double> log_gdp, int h) {
  const std::size_t n = values.size() - 1;
  const double years = static_cast<double>(n), steps = h, last = values[n];
  const double drift = (last - values[0]) / years, growth = (log_gdp[n] - log_gdp[0]) / years;
  const double centre = which == Baseline::random_walk ? 0
                        : which == Baseline::drift     ? drift
                                                       : growth;
  double squares = 0;
  for (std::size_t t = 0; t < n; ++t) {
    const double d = values[t + 1] - values[t] - centre;
    squares += d * d;
  }
  if (which == Baseline::drift)
    return {last + steps * drift, square_root(squares / (years - 1) * steps * (1 + steps / years))};
  return {last + steps * centre, square_root(squares / years * steps)};
}

}  // namespace tenbin
