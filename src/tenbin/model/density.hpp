// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/panel.hpp"
#include "tenbin/model/covariates.hpp"
#include "tenbin/model/parameters.hpp"

/// Log posterior densities of docs/model.md section 4 with gradients by hand, in non-centred,
/// unconstrained coordinates. Reference: the same densities in Stan, whose posteriors the tests
/// compare.

namespace tenbin {

/// Priors of an equation's global parameters, in table order.
using Priors = std::vector<Prior>;
Priors wide_priors(Equation equation);

/// Rows of an equation by state, padded to whole lanes so that a lane holds rows of one state only.
struct RowTable {
  static constexpr int lane = 8;
  int states = 0;                 // fitted states
  int first_year = 0;             // of the fitted rows
  int years = 0;                  // calendar years from the first to the last fitted row
  int rows = 0;                   // without padding
  std::vector<StateIndex> state;  // of each fitted state, in the panel
  std::vector<std::string> ids;   // of each fitted state
  std::vector<int> begin;         // first padded row of each fitted state; one more at the end
  std::vector<int> count;         // rows of each fitted state
  std::vector<int> year;          // padded: year - first_year
  std::vector<double> there;      // padded: 1, or 0 for padding
  // padded columns, as in Row
  std::vector<double> milex_growth, milex_growth_lag, log_burden_lag, gdp_growth, gdp_growth_lag,
      threat_lag, support_lag, rival_growth_lag, ally_growth_lag;
};

/// Rows of the equation: the economy leaves out rows without lagged growth.
RowTable row_table(Equation equation, const std::vector<Row>& rows, const Panel& panel);

/// What both densities share: global parameters with their transforms and priors, and the
/// hierarchy's layout. Free coordinates: z of each state-scope parameter [parameter][state], z of
/// years, then the globals.
class HierarchicalDensity {
 public:
  HierarchicalDensity(Equation equation, const RowTable& rows, Priors priors);

  std::size_t size() const { return size_; }
  Equation equation() const { return equation_; }
  const RowTable& rows() const { return *rows_; }
  /// Where a chain starts before jitter: globals at their prior's centre, z at 0.
  std::vector<double> start() const;
  /// Names of what constrain() writes, in the parameter table's order.
  std::vector<Column> columns() const;

 protected:
  /// Transforms the globals into constrained_, and adds their priors, Jacobians and z's densities
  /// with slopes.
  double begin(std::span<const double> theta, std::span<double> grad);
  /// Adds d/d value of global k to the gradient through the transform.
  void add_global(std::span<double> grad, std::size_t k, double slope) const {
    grad[globals_ + k] += slope * constrained_[k].derivative;
  }
  double global(std::size_t k) const { return constrained_[k].value; }
  std::span<const double> z(std::span<const double> theta, int block) const {
    return theta.subspan(static_cast<std::size_t>(block) * rows_->states, rows_->states);
  }
  std::span<double> z(std::span<double> grad, int block) const {
    return grad.subspan(static_cast<std::size_t>(block) * rows_->states, rows_->states);
  }
  std::span<const double> z_year(std::span<const double> theta) const {
    return theta.subspan(year_block_, rows_->years);
  }
  std::span<double> z_year(std::span<double> grad) const {
    return grad.subspan(year_block_, rows_->years);
  }
  void constrain_globals(std::span<const double> theta);

  Equation equation_;
  const RowTable* rows_;
  std::span<const ParameterSpec> table_;
  Priors priors_;
  std::size_t year_block_, globals_, size_;
  std::vector<Constrained> constrained_;
};

/// Copy one for each chain: a call uses the object's own workspace.
class SpendingDensity : public HierarchicalDensity {
 public:
  SpendingDensity(const RowTable& rows, Priors priors);
  /// Log density and its gradient; -inf where it is not finite. Allocates nothing.
  double operator()(std::span<const double> theta, std::span<double> grad);
  /// Writes the table's quantities (columns()) of free coordinates.
  void constrain(std::span<const double> theta, std::span<double> out);

 private:
  std::vector<double> wave_, adjoint_, by_row_;  // by year, by year, by padded row
};

/// The figures know the grand mean of growth well, and hardly whether it is trend_mean, the mean of
/// the states' departures or that of the cycle. So the free trend_mean is the grand mean (a shear),
/// and the first free z of states and of years is their mean (a reflection): both have Jacobian 1,
/// and the one slow direction becomes a coordinate that the metric scales.
class EconomyDensity : public HierarchicalDensity {
 public:
  EconomyDensity(const RowTable& rows, Priors priors);
  double operator()(std::span<const double> theta, std::span<double> grad);
  void constrain(std::span<const double> theta, std::span<double> out);

 private:
  /// The model's own coordinates of free ones.
  std::span<const double> straightened(std::span<const double> theta);
  std::vector<double> by_row_, theta_;
};

}  // namespace tenbin
