// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

/// Sums over coordinates, eight side by side in a fixed order: the same bits on every machine.

namespace tenbin {

/// Sum of x_k y_k.
double dot(std::span<const double> x, std::span<const double> y);
/// y += a x.
void add_scaled(std::span<double> y, double a, std::span<const double> x);
/// y += x.
void add(std::span<double> y, std::span<const double> x);
/// (x + y) . u and (x + y) . v.
struct TwoProducts {
  double u, v;
};
TwoProducts products_of_sum(std::span<const double> x, std::span<const double> y,
                            std::span<const double> u, std::span<const double> v);

}  // namespace tenbin
