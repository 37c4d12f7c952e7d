// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <vector>

#include "tenbin/core/linear_system.hpp"

/// Linear systems of states that respond to each other.

namespace tenbin {

/// By falling size, then falling real part.
std::vector<std::complex<double>> eigenvalues(const Matrix& m);
/// Largest size of an eigenvalue: a linear map dies out where it is below 1.
double spectral_radius(const Matrix& m);
/// (I - Theta)^-1: what a lasting rise of one state becomes once everybody has answered everybody,
/// where Theta(i, j) is i's answer to j. NaN where the answers do not die out (radius >= 1).
Matrix total_response(const Matrix& theta);

struct RichardsonAnswer {
  std::vector<std::complex<double>>
      eigenvalues;                  // of defence - diag(fatigue), by falling real part
  bool stable = false;              // all real parts below 0: spending comes to rest
  std::vector<double> equilibrium;  // where dx/dt = 0; empty: there is none, or no single one
};
RichardsonAnswer solve(const Richardson& system);
/// x after `years` from `start`, exactly (matrix exponential).
std::vector<double> after(const Richardson& system, const std::vector<double>& start, double years);

/// Richardson's own fit of two blocs: the yearly increment of their total is a line in the mean of
/// both years' totals.
struct IncrementLine {
  double slope = 0;  // defence minus fatigue, 1/year
  double rest = 0;   // total at which the increment is 0
  double correlation = 0;
  std::vector<double> mean, increment;
};
IncrementLine fit_increments(const std::vector<double>& totals);

}  // namespace tenbin
