// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "tenbin/core/blocks.hpp"

namespace tenbin {

/// A block-diagonal metric: position = L y with y the coordinates in which the sampler moves and
/// L L' the covariance of the draws as far as it is known.
class Metric {
 public:
  /// n coordinates; starts with L = 1. Blocks do not overlap.
  Metric(std::size_t n, std::vector<CoordinateBlocks> blocks);

  /// q = L y.
  void position(std::span<const double> y, std::span<double> q) const;
  /// y = L^-1 q.
  void whiten(std::span<const double> q, std::span<double> y) const;
  /// Gradient by y of that by q: L' g.
  void pull_back(std::span<const double> g, std::span<double> out) const;

  /// A first guess from one gradient: variances 1 / |g|, at most 1.
  void guess(std::span<const double> g);
  /// A draw of the window and its gradient (Welford's update of means and products).
  void add(std::span<const double> q, std::span<const double> g);
  /// Sets L from the window and forgets it. From fewer than 80 draws, no correlations, and
  /// variances sd(q) / sd(g), which are right sooner than the draws' own (Seyboldt, Carlson and
  /// Carpenter 2025). From more, the draws' covariances; variances shrink towards 1e-3 as in Stan,
  /// correlations towards 0. Coordinates that did not move keep their scale; coordinates in no
  /// block have a block of their own.
  void learn();
  /// Calls visit on every number that a copy would need.
  template <class Visit>
  void visit_state(Visit&& visit) {
    visit(draws_);
    for (auto* numbers : {&factor_, &products_, &mean_, &slope_mean_, &slope_squares_})
      for (double& x : *numbers) visit(x);
  }

 private:
  void learn_scales(const CoordinateBlocks& blocks, const double* products, double* factor) const;
  void learn_covariances(const CoordinateBlocks& blocks, const double* products,
                         double* factor) const;

  std::size_t n_;
  std::vector<CoordinateBlocks> blocks_;
  std::vector<double> factor_;    // [blocks][j][i <= j][b]
  std::vector<double> products_;  // of departures from the mean, laid out as factor_
  std::vector<double> mean_, departure_, slope_mean_, slope_squares_;
  double draws_ = 0;
};

}  // namespace tenbin
