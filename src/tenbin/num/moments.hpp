// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <span>

#include "tenbin/num/elementary.hpp"

namespace tenbin {

/// With n - 1 in the denominator; NaN of fewer than two.
inline double standard_deviation(std::span<const double> values) {
  const double n = static_cast<double>(values.size());
  if (n < 2) return std::numeric_limits<double>::quiet_NaN();
  double mean = 0, squares = 0;
  for (const double x : values) mean += x / n;
  for (const double x : values) squares += (x - mean) * (x - mean) / (n - 1);
  return square_root(squares);
}

/// Over the places where both are known (Pearson); NaN where these are fewer than `fewest`, or one
/// of the two does not vary.
inline double correlation(std::span<const double> a, std::span<const double> b, int fewest = 2) {
  int n = 0;
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k] != a[k] || b[k] != b[k]) continue;
    ++n;
    sa += a[k];
    sb += b[k];
    saa += a[k] * a[k];
    sbb += b[k] * b[k];
    sab += a[k] * b[k];
  }
  if (n < fewest) return std::numeric_limits<double>::quiet_NaN();
  const double va = saa - sa * sa / n, vb = sbb - sb * sb / n;
  return va > 0 && vb > 0 ? (sab - sa * sb / n) / square_root(va * vb)
                          : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace tenbin
