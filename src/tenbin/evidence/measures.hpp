// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/placebo.hpp"
#include "tenbin/evidence/finding.hpp"
#include "tenbin/fit/fit.hpp"
#include "tenbin/model/past.hpp"
#include "tenbin/parallel/execution.hpp"

namespace tenbin {

/// What a computation may use. All of it outlives the computation.
struct Grounds {
  const Past* past = nullptr;            // of the finding's panel; null: it has none
  const Posterior* posterior = nullptr;  // a fit to that panel, where the computation needs one
  std::span<const PlaceboVerdict> placebos = {};  // of the world priors
  Execution execution = {};
};

/// The parameters of a finding. Those that its computation requires are there, and all of them are
/// of their kind and in their range.
class Given {
 public:
  /// `given` must outlive this.
  Given(const ParametersGiven& given, const Panel* panel) : given_(given), panel_(panel) {}

  double number(std::string_view name, double otherwise = 0) const;
  int year(std::string_view name, int otherwise = 0) const {
    return static_cast<int>(number(name, otherwise));
  }
  const std::vector<double>& numbers(std::string_view name) const;
  std::string word(std::string_view name, std::string_view otherwise = "") const;
  /// Throws Error with every state that the panel does not have.
  std::vector<StateIndex> states(std::string_view name) const;
  StateIndex state(std::string_view name) const { return states(name).at(0); }
  /// By state of the panel: whether the list holds it.
  std::vector<char> members(std::string_view name) const;

 private:
  const ParameterValues* find(std::string_view name) const;

  const ParametersGiven& given_;
  const Panel* panel_;
};

/// A computation that findings can name.
struct Computation {
  ComputationSpec spec;
  Computed (*of)(const Grounds&, const Given&);
};

/// All of them. A new one is a function and a row of this table.
std::span<const Computation> computations();
/// Null: there is none of this name.
const Computation* find_computation(std::string_view name);
/// What the reader of a finding needs of a computation; null where there is none of the name.
const ComputationSpec* computation_spec(std::string_view name);
std::vector<std::string> computation_names();
/// Computes a finding. Throws Error where the panel lacks what it needs.
Computed compute(const Finding& finding, const Grounds& grounds);

// The functions of the table. What each computes: docs/gallery.md.
Computed danger_long_run(const Grounds&, const Given&);
Computed danger_short_run(const Grounds&, const Given&);
Computed presence_response(const Grounds&, const Given&);
Computed exposure_response(const Grounds&, const Given&);
Computed leader_response(const Grounds&, const Given&);
Computed neighbour_response(const Grounds&, const Given&);
Computed partner_response(const Grounds&, const Given&);
Computed growth_gap(const Grounds&, const Given&);
Computed loop_gain_of_panel(const Grounds&, const Given&);
Computed race_rule(const Grounds&, const Given&);
Computed dispute_slope(const Grounds&, const Given&);
Computed total_increment(const Grounds&, const Given&);

}  // namespace tenbin
