// SPDX-License-Identifier: Apache-2.0
#include "tenbin/infer/metric.hpp"

#include <algorithm>
#include <cmath>

#include "tenbin/num/lane.hpp"

namespace tenbin {
namespace {

constexpr double few_draws = 80;

/// Element (row, column <= row) of a block's triangle.
constexpr int place(int row, int column) { return row * (row + 1) / 2 + column; }

std::size_t triangle_size(const CoordinateBlocks& blocks) {
  return static_cast<std::size_t>(place(blocks.size, 0)) * blocks.count;
}

TENBIN_CLONES void multiply(const CoordinateBlocks& blocks, const double* factor, const double* y,
                            double* q) {
  const int n = blocks.count;
  for (int row = 0; row < blocks.size; ++row)
    for (int column = 0; column <= row; ++column) {
      const double* l = factor + static_cast<std::size_t>(place(row, column)) * n;
      for (int b = 0; b < n; ++b) {
        const double part = l[b] * y[column * n + b];
        q[row * n + b] = column == 0 ? part : q[row * n + b] + part;
      }
    }
}

TENBIN_CLONES void multiply_transposed(const CoordinateBlocks& blocks, const double* factor,
                                       const double* g, double* out) {
  const int n = blocks.count;
  for (int column = 0; column < blocks.size; ++column)
    for (int row = column; row < blocks.size; ++row) {
      const double* l = factor + static_cast<std::size_t>(place(row, column)) * n;
      for (int b = 0; b < n; ++b) {
        const double part = l[b] * g[row * n + b];
        out[column * n + b] = row == column ? part : out[column * n + b] + part;
      }
    }
}

}  // namespace

Metric::Metric(std::size_t n, std::vector<CoordinateBlocks> blocks)
    : n_(n), mean_(n), departure_(n), slope_mean_(n), slope_squares_(n) {
  std::sort(blocks.begin(), blocks.end(),
            [](const CoordinateBlocks& a, const CoordinateBlocks& b) { return a.first < b.first; });
  int covered = 0;
  const auto alone_until = [&](int end) {
    if (end > covered) blocks_.push_back({.first = covered, .size = 1, .count = end - covered});
  };
  for (const CoordinateBlocks& b : blocks) {
    alone_until(b.first);
    if (b.size > 0 && b.count > 0) blocks_.push_back(b);
    covered = b.first + b.size * b.count;
  }
  alone_until(static_cast<int>(n));
  for (const CoordinateBlocks& b : blocks_)
    for (int row = 0; row < b.size; ++row)
      for (int column = 0; column <= row; ++column)
        factor_.insert(factor_.end(), b.count, row == column ? 1.0 : 0.0);
  products_.assign(factor_.size(), 0.0);
}

void Metric::position(std::span<const double> y, std::span<double> q) const {
  const double* factor = factor_.data();
  for (const CoordinateBlocks& b : blocks_) {
    multiply(b, factor, y.data() + b.first, q.data() + b.first);
    factor += triangle_size(b);
  }
}

void Metric::pull_back(std::span<const double> g, std::span<double> out) const {
  const double* factor = factor_.data();
  for (const CoordinateBlocks& b : blocks_) {
    multiply_transposed(b, factor, g.data() + b.first, out.data() + b.first);
    factor += triangle_size(b);
  }
}

void Metric::whiten(std::span<const double> q, std::span<double> y) const {
  const double* factor = factor_.data();
  for (const CoordinateBlocks& blocks : blocks_) {
    const int n = blocks.count;
    for (int b = 0; b < n; ++b)
      for (int row = 0; row < blocks.size; ++row) {
        double rest = q[blocks.first + row * n + b];
        for (int column = 0; column < row; ++column)
          rest -= factor[static_cast<std::size_t>(place(row, column)) * n + b] *
                  y[blocks.first + column * n + b];
        y[blocks.first + row * n + b] =
            rest / factor[static_cast<std::size_t>(place(row, row)) * n + b];
      }
    factor += triangle_size(blocks);
  }
}

void Metric::guess(std::span<const double> g) {
  std::fill(factor_.begin(), factor_.end(), 0.0);
  double* factor = factor_.data();
  for (const CoordinateBlocks& blocks : blocks_)
    for (int row = 0; row < blocks.size; ++row) {
      factor += static_cast<std::size_t>(row) * blocks.count;
      for (int b = 0; b < blocks.count; ++b) {
        const double size = std::abs(g[blocks.first + row * blocks.count + b]);
        *factor++ = size > 1 && std::isfinite(size) ? 1 / square_root(size) : 1.0;
      }
    }
}

void Metric::add(std::span<const double> q, std::span<const double> g) {
  ++draws_;
  for (std::size_t k = 0; k < n_; ++k) {
    const double d = g[k] - slope_mean_[k];
    slope_mean_[k] += d / draws_;
    slope_squares_[k] += d * (g[k] - slope_mean_[k]);
  }
  for (std::size_t k = 0; k < n_; ++k) departure_[k] = q[k] - mean_[k];
  const double share = (draws_ - 1) / draws_;
  double* products = products_.data();
  for (const CoordinateBlocks& blocks : blocks_)
    for (int row = 0; row < blocks.size; ++row)
      for (int column = 0; column <= row; ++column) {
        const double *x = departure_.data() + blocks.first + row * blocks.count,
                     *y = departure_.data() + blocks.first + column * blocks.count;
        for (int b = 0; b < blocks.count; ++b) *products++ += share * x[b] * y[b];
      }
  for (std::size_t k = 0; k < n_; ++k) mean_[k] += departure_[k] / draws_;
}

void Metric::learn() {
  if (draws_ < 2) return;
  double* factor = factor_.data();
  const double* products = products_.data();
  for (const CoordinateBlocks& blocks : blocks_) {
    if (draws_ < few_draws)
      learn_scales(blocks, products, factor);
    else
      learn_covariances(blocks, products, factor);
    factor += triangle_size(blocks);
    products += triangle_size(blocks);
  }
  for (auto* sums : {&products_, &mean_, &slope_mean_, &slope_squares_})
    std::fill(sums->begin(), sums->end(), 0.0);
  draws_ = 0;
}

void Metric::learn_scales(const CoordinateBlocks& blocks, const double* products,
                          double* factor) const {
  const int n = blocks.count;
  for (int row = 0; row < blocks.size; ++row)
    for (int b = 0; b < n; ++b) {
      const std::size_t diagonal = static_cast<std::size_t>(place(row, row)) * n + b;
      const double ratio = products[diagonal] / slope_squares_[blocks.first + row * n + b];
      if (!(ratio > 0 && std::isfinite(ratio))) continue;
      for (int column = 0; column < row; ++column)
        factor[static_cast<std::size_t>(place(row, column)) * n + b] = 0;
      factor[diagonal] = square_root(square_root(ratio));
    }
}

void Metric::learn_covariances(const CoordinateBlocks& blocks, const double* products,
                               double* factor) const {
  const int n = blocks.count;
  const double shrink = draws_ / (draws_ + 5), keep = draws_ / (draws_ + blocks.size - 1);
  std::vector<double> triangle(place(blocks.size, 0));
  for (int b = 0; b < n; ++b) {
    bool good = true;
    for (int row = 0; row < blocks.size; ++row)
      for (int column = 0; column <= row; ++column) {  // Cholesky
        const double plain =
            shrink * products[static_cast<std::size_t>(place(row, column)) * n + b] / (draws_ - 1);
        double rest = row == column ? plain + 1e-3 * (1 - shrink) : keep * plain;
        for (int k = 0; k < column; ++k)
          rest -= triangle[place(row, k)] * triangle[place(column, k)];
        triangle[place(row, column)] =
            row == column ? square_root(rest) : rest / triangle[place(column, column)];
        good = good && std::isfinite(triangle[place(row, column)]);
      }
    if (!good) continue;
    for (std::size_t k = 0; k < triangle.size(); ++k) factor[k * n + b] = triangle[k];
  }
}

}  // namespace tenbin
