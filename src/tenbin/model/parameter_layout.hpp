// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/model/world.hpp"

/// From the numbers of a posterior draw to the parameters that step() and the equations read.

namespace tenbin {

/// Where the draws of one equation keep its parameters. P is SpendingParameter or
/// EconomyParameter. Reads the columns once, by name.
template <ParameterName P>
class ParameterLayout {
 public:
  /// The columns must hold every parameter of the equation.
  explicit ParameterLayout(const std::vector<Column>& columns) {
    for (const ParameterSpec& p : parameters(equation_of<P>)) {
      const auto c = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& one) { return one.name == p.name; });
      offsets_.push_back(c->offset);
      fixed_.push_back(c->fixed);
      if (p.scope == Scope::state) states_ = c->elements;
      if (p.scope != Scope::year) continue;
      for (const std::string& element : c->elements) {
        const auto [region, year] = region_and_year(element);
        if (regions_.empty() || regions_.back() != region) regions_.push_back(region);
        if (regions_.size() == 1 && first_year_ == 0) first_year_ = year;
        last_year_ = year;
      }
    }
  }
  /// Number of a draw that holds a parameter, or its value for a fitted state.
  std::size_t at(P p, std::size_t state = 0) const { return offsets_[place(p)] + state; }
  /// Number of a draw that holds a parameter's value for a year from first_year() to last_year(),
  /// of the world or of another series.
  std::size_t at_year(P p, int year, int series = 0) const {
    return at(
        p, static_cast<std::size_t>(series * (last_year_ - first_year_ + 1) + year - first_year_));
  }
  /// Number of series of years: the world's, and those of regions.
  int series() const { return static_cast<int>(regions_.size()); }
  /// Which series a region's states follow: its own, or 0, the world's.
  int series_of(std::string_view region) const {
    const auto found = std::find(regions_.begin(), regions_.end(), region);
    return found == regions_.end() ? 0 : static_cast<int>(found - regions_.begin());
  }
  /// Region of a series; empty: the world's.
  const std::string& region(int series) const { return regions_[series]; }
  /// Whether it is switched off: 0 in every draw.
  bool fixed(P p) const { return fixed_[place(p)]; }
  int first_year() const { return first_year_; }
  int last_year() const { return last_year_; }
  /// Place of a state among the fitted ones, or -1.
  int state(std::string_view id) const {
    const auto found = std::find(states_.begin(), states_.end(), id);
    return found == states_.end() ? -1 : static_cast<int>(found - states_.begin());
  }

 private:
  std::vector<std::size_t> offsets_;  // by place
  std::vector<char> fixed_;           // by place
  std::vector<std::string> states_;
  std::vector<std::string> regions_;  // by series
  int first_year_ = 0, last_year_ = -1;
};
using SpendingLayout = ParameterLayout<SpendingParameter>;
using EconomyLayout = ParameterLayout<EconomyParameter>;

/// A parameter and the member of StateParameters or Parameters that holds it.
template <class P, class Owner, class Real>
struct ParameterMember {
  P parameter;
  Real Owner::*member;
};
template <class Real, class P>
using StateMember = ParameterMember<P, StateParameters<Real>, Real>;
template <class Real, class P>
using WorldMember = ParameterMember<P, Parameters<Real>, Real>;

// clang-format off
/// What each state has of its own, in the table's order.
template <class Real>
inline constexpr std::array<StateMember<Real, SpendingParameter>, 6> spending_members{{
    {SpendingParameter::target, &StateParameters<Real>::target},
    {SpendingParameter::pull, &StateParameters<Real>::pull},
    {SpendingParameter::persistence, &StateParameters<Real>::persistence},
    {SpendingParameter::income, &StateParameters<Real>::income},
    {SpendingParameter::rival_response, &StateParameters<Real>::rival_response},
    {SpendingParameter::scale, &StateParameters<Real>::scale}}};
template <class Real>
inline constexpr std::array<StateMember<Real, EconomyParameter>, 2> economy_members{{
    {EconomyParameter::trend, &StateParameters<Real>::trend},
    {EconomyParameter::scale, &StateParameters<Real>::growth_scale}}};
/// What is the same for all states.
template <class Real>
inline constexpr std::array<StateMember<Real, SpendingParameter>, 10> shared_members{{
    {SpendingParameter::ally_response, &StateParameters<Real>::ally_response},
    {SpendingParameter::threat_slope, &StateParameters<Real>::threat_slope},
    {SpendingParameter::support_slope, &StateParameters<Real>::support_slope},
    {SpendingParameter::unrest_slope, &StateParameters<Real>::unrest_slope},
    {SpendingParameter::danger_between, &StateParameters<Real>::danger_between},
    {SpendingParameter::danger_within, &StateParameters<Real>::danger_within},
    {SpendingParameter::cover_slope, &StateParameters<Real>::cover_slope},
    {SpendingParameter::presence_response, &StateParameters<Real>::presence_response},
    {SpendingParameter::war_response, &StateParameters<Real>::war_response},
    {SpendingParameter::exposure_response, &StateParameters<Real>::exposure_response}}};
/// The world's.
template <class Real>
inline constexpr std::array<WorldMember<Real, SpendingParameter>, 3> spending_world_members{{
    {SpendingParameter::wave_persistence, &Parameters<Real>::wave_persistence},
    {SpendingParameter::wave_sd, &Parameters<Real>::wave_sd},
    {SpendingParameter::df, &Parameters<Real>::df}}};
template <class Real>
inline constexpr std::array<WorldMember<Real, EconomyParameter>, 7> economy_world_members{{
    {EconomyParameter::momentum, &Parameters<Real>::momentum},
    {EconomyParameter::cycle_sd, &Parameters<Real>::cycle_sd},
    {EconomyParameter::df, &Parameters<Real>::growth_df},
    {EconomyParameter::growth_level, &Parameters<Real>::growth_level},
    {EconomyParameter::own_growth, &Parameters<Real>::own_growth},
    {EconomyParameter::world_growth, &Parameters<Real>::world_growth},
    {EconomyParameter::convergence, &Parameters<Real>::convergence}}};
// clang-format on

/// Whether every global of an equation has one member, or is a mean over states or its spread, and
/// every state's value has the member of its place.
template <class Own, class... Others>
constexpr bool members_whole(const Own& own, const Others&... others) {
  using P = decltype(own[0].parameter);
  const auto table = parameters(equation_of<P>);
  std::array<int, std::max(std::size(spending_parameters), std::size(economy_parameters))> held{};
  for (std::size_t k = 0; k < own.size(); ++k) {
    if (block_of(own[k].parameter) != static_cast<int>(k)) return false;
    const P mean = mean_parameter(own[k].parameter);
    ++held[place(own[k].parameter)], ++held[place(mean)], ++held[place(spread_parameter(mean))];
  }
  const auto hold = [&](const auto& members) {
    for (const auto& m : members) ++held[place(m.parameter)];
  };
  (hold(others), ...);
  for (std::size_t k = 0; k < table.size(); ++k)
    if (held[k] != (table[k].scope == Scope::year ? 0 : 1)) return false;
  return true;
}
static_assert(members_whole(spending_members<double>, shared_members<double>,
                            spending_world_members<double>));
static_assert(members_whole(economy_members<double>, economy_world_members<double>));

/// A state's value from its place on the real line: through the bounds of its parameter.
template <class Real>
Real from_free(const ParameterSpec& p, Real free) {
  if (p.lower == -unbounded) return free;
  return p.upper == unbounded ? exp(free) : inverse_logit(free);
}

/// Parts of the world's and of the region's own standard normal in a push to a region's wave.
inline const double worlds_part = square_root(shared_push),
                    regions_part = square_root(1 - shared_push);
template <class Real>
Real regional_push(Real world, Real own) {
  return Real(worlds_part) * world + Real(regions_part) * own;
}

/// The spending parameters of a fitted state in a draw.
inline StateParameters<double> spending_of(const SpendingLayout& layout, std::size_t state,
                                           std::span<const double> draw) {
  StateParameters<double> own;
  for (const auto& [parameter, member] : spending_members<double>)
    own.*member = draw[layout.at(parameter, state)];
  for (const auto& [parameter, member] : shared_members<double>)
    own.*member = draw[layout.at(parameter)];
  return own;
}

/// Growth of GDP that a draw expects of a fitted state; docs/model.md section 3 (Economy).
inline double expected_growth(const EconomyLayout& at, std::size_t state,
                              std::span<const double> draw, const GrowthMemory<double>& memory) {
  using P = EconomyParameter;
  return draw[at.at(P::trend, state)] + draw[at.at(P::growth_level)] +
         draw[at.at(P::own_growth)] * memory.own + draw[at.at(P::world_growth)] * memory.world -
         draw[at.at(P::convergence)] * memory.income;
}

}  // namespace tenbin
