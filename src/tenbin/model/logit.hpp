// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "tenbin/num/cholesky.hpp"
#include "tenbin/num/lane.hpp"

namespace tenbin {

/// What a logit is fitted to: P(came) = 1 / (1 + exp(-(offset + beta x))).
struct LogitRows {
  std::size_t columns = 0;
  std::vector<double> x;       // [row][column]; a column of ones is given like any other
  std::vector<char> came;      // [row]
  std::vector<double> offset;  // [row], or empty: 0

  std::size_t size() const { return came.size(); }
};

/// Log posterior density of a logit with normal priors, with gradient and curvature. Rows lie four
/// side by side; the sums have one order, and so one result, everywhere. Copies share the rows.
class Logit {
 public:
  struct Prior {
    double mean = 0, sd = 1;
  };
  /// One prior a column, at most most_columns.
  Logit(const LogitRows& rows, std::vector<Prior> priors);

  static constexpr std::size_t most_columns = 9;
  std::size_t size() const { return priors_.size(); }
  /// Without its constant.
  double operator()(std::span<const double> beta, std::span<double> grad) const;
  /// Minus the second derivatives: size() x size().
  std::vector<double> curvature(std::span<const double> beta) const;

  /// Where the density is highest, and its curvature there. By Newton's method from the priors'
  /// means, halving steps that lead down, until no coordinate moves by 1e-12.
  struct Mode {
    std::vector<double> beta;
    Cholesky curvature;
  };
  Mode mode() const;

 private:
  using Four = Lane<4>;
  struct Packed {
    std::size_t blocks = 0;
    std::vector<Four> values;  // [block]: offset, came, then the columns
  };

  std::shared_ptr<const Packed> packed_;
  std::vector<Prior> priors_;
};

}  // namespace tenbin
