// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "tenbin/core/draws.hpp"

/// A standard normal of one coordinate, for tests of the sampler's files.
struct Bell {
  std::size_t size() const { return 1; }
  double operator()(std::span<const double> x, std::span<double> grad) const {
    grad[0] = -x[0];
    return -0.5 * x[0] * x[0];
  }
  std::vector<double> start() const { return {0}; }
  std::vector<tenbin::Column> columns() const { return {{.name = "x"}}; }
  void constrain(std::span<const double> x, std::span<double> out) const { out[0] = x[0]; }
};
