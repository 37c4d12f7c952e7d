// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/blocks.hpp"
#include "tenbin/core/draws.hpp"
#include "tenbin/model/row_table.hpp"

/// Log posterior densities of the equations of docs/model.md section 2 (Spending) and docs/model.md
/// section 3 (Economy) with gradients by hand, in unconstrained coordinates. Reference: the same
/// densities in Stan, whose posteriors the tests compare.

namespace tenbin {

/// Priors of an equation's global parameters, in table order.
using Priors = std::vector<Prior>;
Priors wide_priors(Equation equation);

/// Student-t with df degrees of freedom and scale 1: log p(q) = constant(df) - (df+1)/2
/// log1p(q^2/df).
struct StudentConstant {
  double value, slope;  // constant(df) and its derivative
};
StudentConstant student_constant(double df);

/// What both densities share: global parameters with their transforms and priors, and the
/// hierarchy of states. Free coordinates: x of each state-scope parameter [parameter][slot of
/// RowPacks], z of years, then the globals.
///
/// Where x stands between a state's value (before its bounds' transform) and its z is a matter of
/// geometry only. With a weight w in 0-1, value = mean + sd^(1-w) (x - w mean) and
/// z = (x - w mean) / sd^w: w = 0 is the non-centred, w = 1 the centred form (Papaspiliopoulos,
/// Roberts and Skold 2003).
class HierarchicalDensity {
 public:
  std::size_t size() const { return size_; }
  Equation equation() const { return equation_; }
  /// Place among the fitted states of the state in each slot.
  const std::vector<int>& slots() const { return packs_.slots; }
  /// Where a chain starts before jitter: globals at their prior's centre, states at their mean.
  std::vector<double> start() const;
  /// Names of what constrain() writes, in the parameter table's order.
  std::vector<Column> columns() const;
  /// Each state's own parameters hang together, and so do the globals.
  std::vector<CoordinateBlocks> coordinate_blocks() const;
  /// Sets the weight w of each state-scope parameter, and that of the years' z, in place of the
  /// table's.
  void set_centring(std::span<const double> states, double years);

  using Values = RowPacks::Values;
  /// Mean and spread of one state-scope parameter over states.
  struct Spread {
    double mean = 0, sd = 1, log_sd = 0;
    double weight = 0, shrink = 1;  // w, and sd^-w
    void set(double new_mean, double new_sd, double new_log_sd);
  };
  /// One evaluation's view of the hierarchy.
  struct States;

 protected:
  /// `regions`: names of regions that have their own series of years, after the world's.
  HierarchicalDensity(Equation equation, const RowTable& rows, RowPacks packs, Priors priors,
                      std::vector<std::string> regions = {});

  /// Transforms the globals into constrained_, and adds their priors, Jacobians and the density of
  /// the years' z with slopes. Clears what an evaluation sums up.
  double begin(std::span<const double> theta, std::span<double> grad);
  /// Adds the slopes of all globals to the gradient, through their transforms.
  void finish(std::span<double> grad);
  States states(std::span<const double> theta, std::span<double> grad);
  double global(std::size_t k) const { return constrained_[k].value; }
  template <ParameterName P>
  double global(P p) const {
    return global(place(p));
  }
  template <ParameterName P>
  double& slope(P p) {
    return slopes_[place(p)];
  }
  std::span<double> years(std::span<double> grad) const {
    return grad.subspan(year_block_, year_numbers_);
  }
  void constrain_globals(std::span<const double> theta);
  /// A state-scope parameter's value in a slot, before its bounds' transform, where its mean over
  /// states is the block's plus `shift`.
  double state_value(std::span<const double> theta, int block, int slot, double shift = 0) const;

  Equation equation_;
  std::span<const ParameterSpec> table_;
  RowPacks packs_;
  Priors priors_;
  std::vector<std::string> ids_;
  std::vector<std::string> without_;  // terms switched off
  std::vector<std::string> regions_;  // with years of their own, after the world's
  int blocks_ = 0, states_, first_year_, years_, rows_;
  int year_numbers_;  // of z: years of the world, then of each region
  std::size_t year_block_, globals_, size_;
  std::vector<Constrained> constrained_;
  std::vector<Spread> spreads_;                    // [block]
  std::vector<Values> mean_slope_, spread_slope_;  // [block]: d log p / d mean, d log sd; by lane
  std::vector<double> slopes_;                     // d log p / d global
  std::vector<double> year_z_, year_slope_;        // z of years, d log p / d z
  double year_weight_ = 0, year_shrink_ = 1;       // shrink = sd^-weight
  std::size_t year_sd_ = 0;                        // place of the years' spread among the globals
};

/// Lanes of a pack whose states follow one series of waves: 0 the world's, 1.. the regions'.
struct SeriesLanes {
  using OfPacks = std::vector<std::vector<SeriesLanes>>;  // [pack]
  int series;
  RowPacks::Values lanes;  // 1 or 0
};

/// Copy one for each chain: a call uses the object's own workspace.
class SpendingDensity : public HierarchicalDensity {
 public:
  /// `without`: terms switched off (names of equation_terms). Their parameters stand alone, follow
  /// their priors, and are reported as 0.
  SpendingDensity(const RowTable& rows, Priors priors, std::span<const std::string> without = {});
  /// Log density and its gradient; -inf where it is not finite. Allocates nothing.
  double operator()(std::span<const double> theta, std::span<double> grad);
  /// Writes the table's quantities (columns()) of free coordinates.
  void constrain(std::span<const double> theta, std::span<double> out);

 private:
  struct Centred;  // rows with each state's own means of threat and support taken off
  SpendingDensity(const RowTable& rows, Priors priors, std::span<const std::string> without,
                  const Centred& centred);
  bool off(std::string_view term) const;
  /// Computes the waves of all series from z, then each pack's waves by lane.
  void roll_waves();
  /// Adds the gradient of z, wave_sd and wave_persistence from the slopes by lane.
  void roll_back();

  std::vector<Values> means_;  // [pack][Mean]: what shifts each state's target
  SeriesLanes::OfPacks lanes_;
  std::vector<double> wave_;                 // [series][year]
  std::vector<Values> lane_wave_, adjoint_;  // [pack][year]: wave, d log p / d wave over (df + 1)
  std::vector<Values> narrower_;             // [year]: workspace
  std::vector<Values> wave_slope_;           // [series][year]: the same, by lane
};

/// The figures know the grand mean of growth well, and hardly whether it is the level (trend_mean,
/// or growth_level without trends) or the mean of the cycle. So the free level and trends are those
/// plus what the mean of the cycle adds (a shear), and the first free z of years is that mean times
/// a constant (a reflection): both have Jacobian 1, and the one slow direction becomes a coordinate
/// that the metric scales.
class EconomyDensity : public HierarchicalDensity {
 public:
  /// `without`: terms switched off, as for SpendingDensity.
  EconomyDensity(const RowTable& rows, Priors priors, std::span<const std::string> without = {});
  double operator()(std::span<const double> theta, std::span<double> grad);
  void constrain(std::span<const double> theta, std::span<double> out);

 private:
  /// What the mean of the cycle adds to a lasting growth.
  double shift() const;
  bool trends_ = true, memory_ = true;
  double cycle_in_level_ = 0;  // what a lasting cycle of 1 adds to the level; 0: there is no level
  EconomyParameter level_ = EconomyParameter::trend_mean;
  std::vector<double> theta_, cycle_;  // coordinates with the reflection undone; [year]
  std::vector<Values> adjoint_;
};

}  // namespace tenbin
