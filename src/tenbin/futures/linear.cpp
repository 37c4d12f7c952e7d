// SPDX-License-Identifier: Apache-2.0
#define EIGEN_DONT_VECTORIZE  // the same bits on every machine
#include "tenbin/futures/linear.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <unsupported/Eigen/MatrixFunctions>

#include "tenbin/core/panel.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

Eigen::MatrixXd eigen(const Matrix& m) {
  Eigen::MatrixXd e(m.n, m.n);
  for (int i = 0; i < m.n; ++i)
    for (int j = 0; j < m.n; ++j) e(i, j) = m(i, j);
  return e;
}

Eigen::MatrixXd rates(const Richardson& r) {
  Eigen::MatrixXd m = eigen(r.defence);
  for (int i = 0; i < r.states(); ++i) m(i, i) -= r.fatigue[i];
  return m;
}

Eigen::VectorXd vector(const std::vector<double>& x) {
  Eigen::VectorXd v(static_cast<int>(x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) v(static_cast<int>(i)) = x[i];
  return v;
}

std::vector<std::complex<double>> eigenvalues_of(const Eigen::MatrixXd& m) {
  const Eigen::VectorXcd found = m.eigenvalues();
  return {found.data(), found.data() + found.size()};
}

}  // namespace

std::vector<std::complex<double>> eigenvalues(const Matrix& m) {
  auto all = eigenvalues_of(eigen(m));
  std::stable_sort(all.begin(), all.end(), [](const auto& x, const auto& y) {
    return std::norm(x) != std::norm(y) ? std::norm(x) > std::norm(y) : x.real() > y.real();
  });
  return all;
}

double spectral_radius(const Matrix& m) {
  return m.n == 0 ? 0 : square_root(std::norm(eigenvalues(m).front()));
}

Matrix total_response(const Matrix& theta) {
  Matrix total(theta.n);
  if (spectral_radius(theta) >= 1) {
    std::fill(total.a.begin(), total.a.end(), missing);
    return total;
  }
  const Eigen::MatrixXd inverse =
      (Eigen::MatrixXd::Identity(theta.n, theta.n) - eigen(theta)).inverse();
  for (int i = 0; i < theta.n; ++i)
    for (int j = 0; j < theta.n; ++j) total(i, j) = inverse(i, j);
  return total;
}

RichardsonAnswer solve(const Richardson& system) {
  const Eigen::MatrixXd m = rates(system);
  RichardsonAnswer answer{.eigenvalues = eigenvalues_of(m)};
  std::stable_sort(answer.eigenvalues.begin(), answer.eigenvalues.end(),
                   [](const auto& x, const auto& y) { return x.real() > y.real(); });
  answer.stable = answer.eigenvalues.front().real() < 0;
  const Eigen::FullPivLU<Eigen::MatrixXd> lu(m);
  if (lu.isInvertible()) {
    const Eigen::VectorXd rest = lu.solve(-vector(system.grievance));
    answer.equilibrium.assign(rest.data(), rest.data() + rest.size());
  }
  return answer;
}

std::vector<double> after(const Richardson& system, const std::vector<double>& start,
                          double years) {
  const int n = system.states();
  Eigen::MatrixXd m = Eigen::MatrixXd::Zero(n + 1, n + 1);  // the last row stands for the constant
  m.topLeftCorner(n, n) = rates(system);
  m.topRightCorner(n, 1) = vector(system.grievance);
  Eigen::VectorXd x(n + 1);
  x << vector(start), 1.0;
  const Eigen::MatrixXd grown = (m * years).exp();
  const Eigen::VectorXd y = grown * x;
  return {y.data(), y.data() + n};
}

IncrementLine fit_increments(const std::vector<double>& totals) {
  IncrementLine line;
  for (std::size_t k = 1; k < totals.size(); ++k) {
    line.mean.push_back((totals[k] + totals[k - 1]) / 2);
    line.increment.push_back(totals[k] - totals[k - 1]);
  }
  const double n = static_cast<double>(line.mean.size());
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
  for (std::size_t k = 0; k < line.mean.size(); ++k)
    x += line.mean[k] / n, y += line.increment[k] / n;
  for (std::size_t k = 0; k < line.mean.size(); ++k) {
    const double dx = line.mean[k] - x, dy = line.increment[k] - y;
    xx += dx * dx, xy += dx * dy, yy += dy * dy;
  }
  line.slope = xy / xx;
  line.rest = x - y / line.slope;
  line.correlation = xy / square_root(xx * yy);
  return line;
}

}  // namespace tenbin
