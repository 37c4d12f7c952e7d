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
  double land_border = 0;    // 1: they share one at the start; held
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

/// Log odds as a sum over covariates as they are.
template <class Real>
struct DisputeLogit {
  Real intercept{};
  std::array<Real, dispute_covariates> slope{};
};

/// The dispute model of one future.
template <class Real>
struct DisputeSlopes {
  std::array<DisputeLogit<Real>, severities> logit;  // each given the one before
  Real spread{}, bend{};                             // of the calibration

  /// Log odds of an onset as years that the model had not seen made of them: more or less spread
  /// out, less so for high risks.
  Real calibrated(Real eta) const {
    constexpr auto log_odds = [](double p) { return Real(log(p / (1 - p))); };
    return eta + spread * (eta - log_odds(calibration_centre)) +
           bend * maximum(eta - log_odds(calibration_bend), Real(0.0));
  }
};
/// `get(k)` is number k of a posterior draw.
template <class Real, class Get>
DisputeSlopes<Real> dispute_slopes(const DisputeScale& scale, Get&& get) {
  DisputeSlopes<Real> s;
  std::size_t number = 0;
  for (DisputeLogit<Real>& logit : s.logit) {
    logit.intercept = get(number++);
    for (std::size_t k = 0; k < dispute_covariates; ++k) {
      logit.slope[k] = get(number++) / Real(scale.sd[k]);
      logit.intercept = logit.intercept - logit.slope[k] * Real(scale.mean[k]);
    }
  }
  s.spread = get(number++);
  s.bend = get(number++);
  return s;
}

/// The part of a dyad's log odds that no year changes.
template <class Real>
Real steady_odds(const Dyad& dyad, const DisputeLogit<Real>& logit) {
  return logit.intercept + logit.slope[distance] * Real(dyad.log_distance) +
         logit.slope[land_border] * Real(dyad.land_border) +
         logit.slope[democracy] * Real(dyad.democracy);
}

/// Every dyad's disputes so far; by dyad.
template <class Real>
struct DisputeState {
  std::vector<Real> steady;      // what does not change of the log odds of an onset
  std::vector<Real> quiet;       // years since the last onset
  std::vector<Real> pattern;     // DisputeHistory::pattern, a whole number
  std::vector<Real> recent;      // years with an onset among the past ten
  std::vector<Real> log_recent;  // log of 1 + recent
  std::vector<Real> forced;      // years since one with force that left hostility, at most
                                 // hostile_years
  std::vector<Real> reached;     // this year: severities that an onset reached, 0: none
  std::vector<char> hostile;     // whether hostility was left the year before, in some future
  std::vector<char> drawn;       // whether an onset may have come this year, in some future
  std::vector<Real> log_stock;   // by state; room

  void begin(std::span<const Dyad> dyads, const DisputeSlopes<Real>& slopes, int start,
             int states) {
    for (auto* v : {&steady, &quiet, &pattern, &recent, &log_recent, &forced, &reached})
      v->resize(dyads.size());
    log_stock.resize(states);
    hostile.assign(dyads.size(), false);
    drawn.assign(dyads.size(), false);
    for (std::size_t d = 0; d < dyads.size(); ++d) {
      const Dyad& dyad = dyads[d];
      steady[d] = steady_odds(dyad, slopes.logit[0]);
      quiet[d] = Real(start - dyad.past.last);
      pattern[d] = Real(dyad.past.pattern);
      recent[d] = Real(dyad.past.recent());
      log_recent[d] = log(Real(1.0) + recent[d]);
      forced[d] = Real(hostile_years);
      reached[d] = Real(0.0);
    }
  }

  /// A year of a dyad in which no future at hand had an onset.
  void add_quiet_year(std::size_t d) {
    drawn[d] = false;
    reached[d] = Real(0.0);
    quiet[d] = quiet[d] + Real(1.0);
    if (hostile[d]) forced[d] = minimum(forced[d] + Real(1.0), Real(hostile_years));
    push_year(d, Real(0.0));
  }
  /// A year of a dyad with onsets; `hostile_now` above 0 where one with force left hostility.
  void add_year(std::size_t d, Real reached_now, Real hostile_now) {
    const Real none(0.0), one(1.0);
    drawn[d] = true;
    reached[d] = reached_now;
    quiet[d] = select(reached_now > none, none, quiet[d] + one);
    forced[d] = select(hostile_now > none, none, minimum(forced[d] + one, Real(hostile_years)));
    push_year(d, minimum(reached_now, one));
  }

 private:
  /// This year's onset joins the pattern, whose years are one further back.
  void push_year(std::size_t d, Real onset) {
    const Real none(0.0), one(1.0), oldest(1 << dispute_memory);
    const Real longer = pattern[d] + pattern[d] + onset;
    const bool forgets = any(longer >= oldest);
    const Real forgotten = forgets ? select(longer >= oldest, one, none) : none;
    pattern[d] = longer - forgotten * oldest;
    if (!forgets && !any(onset > none)) return;
    recent[d] += onset - forgotten;
    log_recent[d] = log(one + recent[d]);
  }
};

/// Draws the disputes of the year after the one whose stocks are given. `luck(d)` is a uniform: an
/// onset comes where it is below the probability, and one of a severity where it is below that
/// share of it. `rivalry(d)` is the larger hostility of the two, `cover(d)` above 0 where one is
/// bound to defend the other.
template <class Real, class Luck, class Rivalry, class Cover>
void draw_disputes(std::span<const Dyad> dyads, const DisputeSlopes<Real>& slopes,
                   double share_of_world, std::span<const Real> stock, Luck&& luck,
                   Rivalry&& rivalry, Cover&& cover, DisputeState<Real>& x) {
  const Real none(0.0), one(1.0);
  Real total = none;
  for (std::size_t i = 0; i < stock.size(); ++i) {
    x.log_stock[i] = log(stock[i]);
    total += stock[i];
  }
  const Real world = log(total / Real(share_of_world));
  const DisputeLogit<Real>& onset = slopes.logit[0];
  const Real peace_gap = maximum(onset.slope[peace], none) * Real(log_below_gap) + Real(1e-9);
  for (std::size_t d = 0; d < dyads.size(); ++d) {
    const Real a = x.log_stock[dyads[d].a], b = x.log_stock[dyads[d].b];
    const Real larger = maximum(a, b) - world, gap = absolute(a - b), hostility = rivalry(d);
    const auto moving = [&](const DisputeLogit<Real>& logit) {
      return logit.slope[larger_share] * larger + logit.slope[imbalance] * gap +
             logit.slope[DisputeCovariate::rivalry] * hostility +
             logit.slope[recent] * x.log_recent[d];
    };
    const Real u = luck(d), away = one + x.quiet[d], but_peace = x.steady[d] + moving(onset);
    // Most dyads are far from a dispute in every future at hand: then u is above the odds, which
    // are above the probability, and bounds of the logarithms say so without any of them.
    const Real odds_above =
        slopes.calibrated(but_peace + onset.slope[peace] * log_below(away) + peace_gap);
    if (!any(log_below(u) < odds_above)) {
      x.add_quiet_year(d);
      continue;
    }
    const Real log_away = log(away);
    Real p = inverse_logit(slopes.calibrated(but_peace + onset.slope[peace] * log_away));
    Real reached = select(u < p, one, none);
    if (any(reached > none))
      for (std::size_t s = 1; s < severities; ++s) {
        const DisputeLogit<Real>& logit = slopes.logit[s];
        p = p * inverse_logit(steady_odds(dyads[d], logit) + moving(logit) +
                              logit.slope[peace] * log_away);
        reached += select(u < p, one, none);
      }
    const Real forced = select(reached > one, one, none);
    x.add_year(d, reached, select(cover(d) > none, none, forced));
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
