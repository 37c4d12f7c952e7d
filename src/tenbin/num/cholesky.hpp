// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "tenbin/num/elementary.hpp"

namespace tenbin {

/// The Cholesky factor of a small symmetric matrix: a = L L'. Only the lower triangle of `a`,
/// n x n by rows, is read. The order of the sums is fixed.
class Cholesky {
 public:
  /// Nothing where `a` is not positive definite.
  static std::optional<Cholesky> of(std::vector<double> a, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        double rest = a[i * n + j];
        for (std::size_t k = 0; k < j; ++k) rest -= a[i * n + k] * a[j * n + k];
        if (i == j && !(rest > 0 && std::isfinite(rest))) return std::nullopt;
        a[i * n + j] = i == j ? square_root(rest) : rest / a[j * n + j];
      }
    return Cholesky(std::move(a), n);
  }

  /// x with a x = b.
  std::vector<double> solve(std::span<const double> b) const {
    return solve_transposed(solve_lower(b));
  }
  /// x with L' x = z: of a normal vector z with sd 1 it makes one with the covariance a^-1.
  std::vector<double> solve_transposed(std::span<const double> z) const {
    std::vector<double> x(z.begin(), z.end());
    for (std::size_t i = n_; i-- > 0;) {
      for (std::size_t k = i + 1; k < n_; ++k) x[i] -= at(k, i) * x[k];
      x[i] /= at(i, i);
    }
    return x;
  }
  /// x with L x = b.
  std::vector<double> solve_lower(std::span<const double> b) const {
    std::vector<double> x(b.begin(), b.end());
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t k = 0; k < i; ++k) x[i] -= at(i, k) * x[k];
      x[i] /= at(i, i);
    }
    return x;
  }
  /// The diagonal of a^-1.
  std::vector<double> inverse_diagonal() const {
    std::vector<double> diagonal, unit(n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      unit[i] = 1;
      diagonal.push_back(solve(unit)[i]);
      unit[i] = 0;
    }
    return diagonal;
  }

 private:
  Cholesky(std::vector<double> factor, std::size_t n) : factor_(std::move(factor)), n_(n) {}
  double at(std::size_t i, std::size_t j) const { return factor_[i * n_ + j]; }

  std::vector<double> factor_;
  std::size_t n_;
};

}  // namespace tenbin
