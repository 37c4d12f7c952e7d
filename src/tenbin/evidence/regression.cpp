// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tenbin {
namespace {

constexpr int most_steps = 200;
constexpr double settled = 1e-8;      // change of a slope
constexpr double weak = 1e-6;         // precision that keeps the constants identified
constexpr double borrowed_rows = 10;  // of the pooled scale, so that a short state's is no accident

}  // namespace

/// Calls use(place, value) for everything of a row that has a coefficient.
template <class Use>
void PooledRegression::each_entry(std::size_t row, const Use& use) const {
  const std::size_t slopes = rows_.columns.size();
  for (std::size_t k = 0; k < slopes; ++k) use(k, rows_.columns[k][row]);
  use(slopes + static_cast<std::size_t>(rows_.state[row]), 1.0);
  const int group = options_.grouped ? rows_.group[row] : 0;
  use(slopes + states_ + static_cast<std::size_t>(group), 1.0);
}

double PooledRegression::fitted(std::size_t row) const {
  double sum = 0;
  each_entry(row, [&](std::size_t k, double x) { sum += beta_[k] * x; });
  return sum;
}

PooledRegression::PooledRegression(PooledRows rows, const PooledOptions& options)
    : rows_(std::move(rows)), options_(options) {
  if (rows_.spread.empty()) rows_.spread.assign(rows_.size(), 1.0);
  for (const int s : rows_.state) states_ = std::max<std::size_t>(states_, s + 1);
  groups_ = 1;
  if (options_.grouped)
    for (const int g : rows_.group) groups_ = std::max<std::size_t>(groups_, g + 1);
  size_ = rows_.columns.size() + states_ + groups_;
  scale_.assign(states_, 0.1);
  state_variance_ = 0.02 * 0.02;
  beta_.assign(size_, 0.0);
  weight_.resize(rows_.size());
  for (std::size_t r = 0; r < rows_.size(); ++r)
    weight_[r] = 1 / (rows_.spread[r] * rows_.spread[r] * 0.1 * 0.1);
  for (int step = 0; step < most_steps; ++step) {
    const std::vector<double> before(beta_);
    solve_once();
    update_scales();
    double moved = 0;
    for (std::size_t k = 0; k < rows_.columns.size(); ++k)
      moved = std::max(moved, std::abs(beta_[k] - before[k]));
    if (step > 5 && moved < settled) break;
  }
  find_covariance();
}

/// The matrix of weighted squares, with weights times `part`, factored; nothing where it is not
/// positive definite.
std::optional<Cholesky> PooledRegression::squares(double part) const {
  std::vector<double> a(size_ * size_, 0.0);
  const std::size_t slopes = rows_.columns.size();
  for (std::size_t r = 0; r < rows_.size(); ++r)
    each_entry(r, [&](std::size_t i, double x) {
      each_entry(r, [&](std::size_t j, double y) {
        if (j <= i) a[i * size_ + j] += part * weight_[r] * x * y;
      });
    });
  for (std::size_t k = 0; k < size_; ++k) {
    const bool of_state = k >= slopes && k < slopes + states_;
    a[k * size_ + k] += of_state && !options_.fixed_states ? 1 / state_variance_ : weak;
  }
  return Cholesky::of(std::move(a), size_);
}

/// Weighted least squares at the present weights.
void PooledRegression::solve_once() {
  std::vector<double> b(size_, 0.0);
  for (std::size_t r = 0; r < rows_.size(); ++r)
    each_entry(r, [&](std::size_t i, double x) { b[i] += weight_[r] * x * rows_.outcome[r]; });
  factor_ = squares(1);
  if (factor_) beta_ = factor_->solve(b);
}

/// The size of each state's shocks, the spread of the states' constants, and the rows' weights.
void PooledRegression::update_scales() {
  const double df = options_.df;
  std::vector<double> squares(states_, 0.0), information(states_, 0.0);
  std::vector<double> rest(rows_.size());
  std::vector<int> count(states_, 0);
  double all = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const auto s = static_cast<std::size_t>(rows_.state[r]);
    rest[r] = (rows_.outcome[r] - fitted(r)) / rows_.spread[r];
    const double z = rest[r] / scale_[s];
    const double part = (df + 1) / (df + z * z) * rest[r] * rest[r];
    squares[s] += part, all += part, ++count[s];
    information[s] += weight_[r];
  }
  all /= static_cast<double>(rows_.size());
  double constants = 0;
  for (std::size_t s = 0; s < states_; ++s) {
    scale_[s] = square_root((squares[s] + borrowed_rows * all) / (count[s] + borrowed_rows));
    const double constant = beta_[rows_.columns.size() + s];
    constants += constant * constant + 1 / (1 / state_variance_ + information[s]);
  }
  state_variance_ = std::max(constants / static_cast<double>(states_), 1e-8);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const double scale = scale_[rows_.state[r]], z = rest[r] / scale;
    const double shock = scale * rows_.spread[r];
    weight_[r] = (df + 1) / (df + z * z) / (shock * shock);
  }
}

/// Of the slopes, with shocks that go together within a state. The curvature of the Student-t's log
/// density is (df + 1) / (df + 3) of the weights.
void PooledRegression::find_covariance() {
  const std::size_t slopes = rows_.columns.size();
  covariance_.assign(slopes * slopes, std::numeric_limits<double>::quiet_NaN());
  const auto curvature = squares((options_.df + 1) / (options_.df + 3));
  if (!curvature) return;
  std::vector<std::vector<double>> direction;
  for (std::size_t k = 0; k < slopes; ++k) {
    std::vector<double> unit(size_, 0.0);
    unit[k] = 1;
    direction.push_back(curvature->solve(unit));
  }
  std::vector<double> score(states_ * slopes, 0.0);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const double pull = weight_[r] * (rows_.outcome[r] - fitted(r));
    for (std::size_t k = 0; k < slopes; ++k) {
      double along = 0;  // the constants of states are part of the shocks, not of the slopes
      each_entry(r, [&](std::size_t i, double x) {
        if (i < slopes || i >= slopes + states_) along += direction[k][i] * x;
      });
      score[static_cast<std::size_t>(rows_.state[r]) * slopes + k] += pull * along;
    }
  }
  const double few = static_cast<double>(states_) / (static_cast<double>(states_) - 1);
  for (std::size_t a = 0; a < slopes; ++a)
    for (std::size_t b = 0; b < slopes; ++b) {
      double sum = 0;
      for (std::size_t s = 0; s < states_; ++s)
        sum += score[s * slopes + a] * score[s * slopes + b];
      covariance_[a * slopes + b] = sum * few;
    }
}

double PooledRegression::slope_of_added(std::span<const double> column) const {
  std::vector<double> with(size_, 0.0);
  double own = 0, outcome = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const double weighted = weight_[r] * column[r];
    own += weighted * column[r];
    outcome += weighted * (rows_.outcome[r] - fitted(r));
    each_entry(r, [&](std::size_t i, double x) { with[i] += weighted * x; });
  }
  const std::vector<double> explained = factor_->solve(with);
  for (std::size_t i = 0; i < size_; ++i) own -= with[i] * explained[i];
  return own > 0 ? outcome / own : 0;
}

}  // namespace tenbin
