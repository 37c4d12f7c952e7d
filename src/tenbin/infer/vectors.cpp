// SPDX-License-Identifier: Apache-2.0
#include "tenbin/infer/vectors.hpp"

#include "tenbin/num/lane.hpp"

namespace tenbin {
namespace {

using Eight = Lane<8>;

TENBIN_CLONES double dot_of(const double* x, const double* y, std::size_t n) {
  Eight sums(0.0);
  std::size_t k = 0;
  for (; k + 8 <= n; k += 8) sums += load<8>(x + k) * load<8>(y + k);
  double total = sum(sums);
  for (; k < n; ++k) total += x[k] * y[k];
  return total;
}

TENBIN_CLONES void add_scaled_to(double* y, double a, const double* x, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) y[k] += a * x[k];
}

TENBIN_CLONES void add_to(double* y, const double* x, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) y[k] += x[k];
}

TENBIN_CLONES void sum_products(const double* x, const double* y, const double* u, const double* v,
                                std::size_t n, TwoProducts& out) {
  Eight at_u(0.0), at_v(0.0);
  std::size_t k = 0;
  for (; k + 8 <= n; k += 8) {
    const Eight s = load<8>(x + k) + load<8>(y + k);
    at_u += s * load<8>(u + k);
    at_v += s * load<8>(v + k);
  }
  out = {sum(at_u), sum(at_v)};
  for (; k < n; ++k) {
    out.u += (x[k] + y[k]) * u[k];
    out.v += (x[k] + y[k]) * v[k];
  }
}

}  // namespace

double dot(std::span<const double> x, std::span<const double> y) {
  return dot_of(x.data(), y.data(), x.size());
}
void add_scaled(std::span<double> y, double a, std::span<const double> x) {
  add_scaled_to(y.data(), a, x.data(), x.size());
}
void add(std::span<double> y, std::span<const double> x) { add_to(y.data(), x.data(), x.size()); }
TwoProducts products_of_sum(std::span<const double> x, std::span<const double> y,
                            std::span<const double> u, std::span<const double> v) {
  TwoProducts products;
  sum_products(x.data(), y.data(), u.data(), v.data(), x.size(), products);
  return products;
}

}  // namespace tenbin
