// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/model/disputes.hpp"
#include "tenbin/model/world.hpp"
#include "tenbin/num/random.hpp"

/// Disputes of one year of a future: step 6 of docs/model.md section 5 (One year of a future), by
/// the equations of docs/model.md section 10 (Disputes). Real is double or a lane of futures.

namespace tenbin {

/// A dyad whose disputes futures draw: relevant at the start, and taken as so for good.
struct Dyad {
  StateIndex a = 0, b = 0;   // a < b
  std::uint32_t key = 0;     // in random keys
  double log_distance = 0;   // km
  double democracy = 0;      // of the less democratic, at the start; held
  DisputeHistory past;       // at the end of the start
  std::size_t threats[2]{};  // links: b threatens a, a threatens b
  int covers[2]{-1, -1};     // links: b protects a, a protects b; -1: none
};

/// Key of a dyad; the order of the two does not matter.
inline std::uint32_t dyad_key(const std::string& a, const std::string& b) {
  return entity_id(a < b ? a + " " + b : b + " " + a);
}

/// Hostility that a dispute with force leaves behind, so many years after: 0.5 at first, 0 after
/// ten years. docs/model.md section 10 (Disputes).
inline constexpr int hostile_years = 10;
template <class Real>
Real hostility_left(Real years_since) {
  return Real(0.5) * (Real(1.0) - years_since / Real(hostile_years));
}

/// The dispute model of one future, on covariates as they are.
template <class Real>
struct DisputeSlopes {
  Real intercept{}, distance{}, larger_share{}, imbalance{}, democracy{}, recent{}, peace{};
  Real force{};  // share of onsets with force
};
/// `get(k)` is number k of a posterior draw: intercept, the covariates, force.
template <class Real, class Get>
DisputeSlopes<Real> dispute_slopes(const DisputeScale& scale, Get&& get) {
  DisputeSlopes<Real> s;
  const std::array<Real*, dispute_covariates> slopes{&s.distance,  &s.larger_share, &s.imbalance,
                                                     &s.democracy, &s.recent,       &s.peace};
  s.intercept = get(0);
  for (std::size_t k = 0; k < dispute_covariates; ++k) {
    *slopes[k] = get(k + 1) / Real(scale.sd[k]);
    s.intercept = s.intercept - *slopes[k] * Real(scale.mean[k]);
  }
  s.force = get(dispute_covariates + 1);
  return s;
}

/// Every dyad's disputes so far; by dyad.
template <class Real>
struct DisputeState {
  std::vector<Real> steady;     // what does not change of the log hazard
  std::vector<Real> quiet;      // years since the last onset
  std::vector<Real> pattern;    // DisputeHistory::pattern, a whole number
  std::vector<Real> recent;     // years with an onset among the past ten
  std::vector<Real> forced;     // years since one with force that left hostility, at most
                                // hostile_years
  std::vector<Real> onset;      // this year: 1 or 0
  std::vector<char> hostile;    // whether hostility was left the year before, in some future
  std::vector<char> drawn;      // whether an onset may have come this year, in some future
  std::vector<Real> log_stock;  // by state; room

  void begin(std::span<const Dyad> dyads, const DisputeSlopes<Real>& slopes, int start,
             int states) {
    for (auto* v : {&steady, &quiet, &pattern, &recent, &forced, &onset}) v->resize(dyads.size());
    log_stock.resize(states);
    hostile.assign(dyads.size(), false);
    drawn.assign(dyads.size(), false);
    for (std::size_t d = 0; d < dyads.size(); ++d) {
      const Dyad& dyad = dyads[d];
      steady[d] = slopes.intercept + slopes.distance * Real(dyad.log_distance) +
                  slopes.democracy * Real(dyad.democracy);
      quiet[d] = Real(start - dyad.past.last);
      pattern[d] = Real(dyad.past.pattern);
      recent[d] = Real(dyad.past.recent());
      forced[d] = Real(hostile_years);
      onset[d] = Real(0.0);
    }
  }

  /// A year of a dyad in which no future at hand had an onset.
  void add_quiet_year(std::size_t d) {
    drawn[d] = false;
    onset[d] = Real(0.0);
    quiet[d] = quiet[d] + Real(1.0);
    if (hostile[d]) forced[d] = minimum(forced[d] + Real(1.0), Real(hostile_years));
    push_year(d);
  }
  /// A year of a dyad with onsets; `hostile_now` above 0 where one with force left hostility.
  void add_year(std::size_t d, Real onset_now, Real hostile_now) {
    const Real none(0.0), one(1.0);
    drawn[d] = true;
    onset[d] = onset_now;
    quiet[d] = select(onset_now > none, none, quiet[d] + one);
    forced[d] = select(hostile_now > none, none, minimum(forced[d] + one, Real(hostile_years)));
    push_year(d);
  }

 private:
  /// This year's onset joins the pattern, whose years are one further back.
  void push_year(std::size_t d) {
    const Real none(0.0), one(1.0), oldest(1 << dispute_memory);
    const Real longer = pattern[d] + pattern[d] + onset[d];
    if (any(longer >= oldest)) {
      const Real forgotten = select(longer >= oldest, one, none);
      pattern[d] = longer - forgotten * oldest;
      recent[d] += onset[d] - forgotten;
    } else {
      pattern[d] = longer;
      recent[d] += onset[d];
    }
  }
};

/// Draws the disputes of the year after the one whose stocks are given. `luck(d)` is a
/// uniform. An onset comes where it is below the probability, and one with force where it is below
/// that share of it. `cover(d)` is above 0 where one of a dyad is bound to defend the other.
template <class Real, class Luck, class Cover>
void draw_disputes(std::span<const Dyad> dyads, const DisputeSlopes<Real>& slopes,
                   double share_of_world, std::span<const Real> stock, Luck&& luck, Cover&& cover,
                   DisputeState<Real>& x) {
  const Real none(0.0), one(1.0);
  Real total = none;
  for (std::size_t i = 0; i < stock.size(); ++i) {
    x.log_stock[i] = log(stock[i]);
    total += stock[i];
  }
  const Real world = log(total / Real(share_of_world));
  const Real peace_gap = maximum(slopes.peace, none) * Real(log_below_gap) + Real(1e-9);
  for (std::size_t d = 0; d < dyads.size(); ++d) {
    const Real a = x.log_stock[dyads[d].a], b = x.log_stock[dyads[d].b];
    const Real u = luck(d), away = one + x.quiet[d];
    const Real but_peace = x.steady[d] + slopes.larger_share * (maximum(a, b) - world) +
                           slopes.imbalance * absolute(a - b) + slopes.recent * x.recent[d];
    // Most dyads are far from a dispute in every future at hand: then u is above the hazard, which
    // is above the probability, and bounds of the logarithms say so without any of them.
    const Real hazard_above = but_peace + slopes.peace * log_below(away) + peace_gap;
    if (!any(log_below(u) < hazard_above)) {
      x.add_quiet_year(d);
      continue;
    }
    const Real log_hazard = but_peace + slopes.peace * log(away);
    const Real p = -expm1(-exp(minimum(log_hazard, Real(30.0))));
    const Real onset = select(u < p, one, none);
    const Real forced = select(u < slopes.force * p, onset, none);
    x.add_year(d, onset, select(cover(d) > none, none, forced));
  }
}

/// Raises the threats of each dyad to what its last dispute with force left behind.
template <class Real>
void raise_threats(std::span<const Dyad> dyads, const Topology& topology, DisputeState<Real>& x,
                   Relations<Real>& r) {
  for (std::size_t d = 0; d < dyads.size(); ++d) {
    if (!x.drawn[d] && !x.hostile[d]) continue;
    const bool now = any(x.forced[d] < Real(hostile_years));
    if (!now && !x.hostile[d]) continue;
    x.hostile[d] = now;
    const Real left = hostility_left(x.forced[d]);
    for (const std::size_t k : dyads[d].threats) {
      r.threat_weight[k] =
          maximum(r.hostility[k], left) * r.bearing[k] * r.weight[topology.threats[k].j];
      r.counts[k] = now || any(r.hostility[k] > Real(0.0));
    }
  }
}

}  // namespace tenbin
