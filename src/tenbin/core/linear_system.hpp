// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace tenbin {

/// A square matrix, row by row.
struct Matrix {
  int n = 0;
  std::vector<double> a;

  explicit Matrix(int size = 0) : n(size), a(static_cast<std::size_t>(size) * size) {}
  double& operator()(int i, int j) { return a[static_cast<std::size_t>(i) * n + j]; }
  double operator()(int i, int j) const { return a[static_cast<std::size_t>(i) * n + j]; }
};

/// Richardson's arms race (1960): dx_i/dt = sum_j defence(i, j) x_j - fatigue_i x_i + grievance_i.
struct Richardson {
  Matrix defence;  // diagonal 0
  std::vector<double> fatigue, grievance;

  int states() const { return defence.n; }
};
}  // namespace tenbin
