// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "tenbin/evidence/regression.hpp"
#include "tenbin/model/past.hpp"

namespace tenbin {

/// What the years of a sample have in common: one wave of the world, or one of each region.
enum class Waves { world, region };

/// Rows of the spending equation (docs/model.md section 2 (Spending)) for a pooled regression: the
/// change of log milex on the lagged log share of GDP, the lagged change, the growth of GDP, and
/// what a finding is about. The covariates are those of the model itself (Past::rows()).
class SpendingSample {
 public:
  /// The rows of the years first .. last. `past` must outlive the sample.
  SpendingSample(const Past& past, int first, int last, Waves waves);

  const std::vector<const Row*>& rows() const { return rows_; }
  /// One value a row.
  std::vector<double> column(const std::function<double(const Row&)>& of) const;
  /// The regression with these columns first, whose slopes have their places; behind them
  /// the share, the lagged change and the growth of GDP. Throws Error where the sample has fewer
  /// rows than fewest_rows, or a column nothing but zeros.
  PooledRegression with(std::vector<std::vector<double>> columns) const;
  /// Place of the share's slope, which is the pull (1/year), behind so many columns.
  static std::size_t pull(std::size_t columns) { return columns; }

  static constexpr int fewest_rows = 200;

 private:
  const Past& past_;
  std::vector<const Row*> rows_;
  std::vector<int> state_, group_;  // by row
};

}  // namespace tenbin
