// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/num/elementary.hpp"

/// Foreign troops, own wars and aggressions near by: docs/model.md section 1 (Covariates).

namespace tenbin {

inline constexpr double exposure_length = 1500;  // km in which nearness to an aggression fades by e
inline constexpr double exposure_end = 3000;     // km beyond which it is not felt
inline constexpr double troops_unit = 100;       // persons; fewer hardly count
inline constexpr int presence_years = 5;
inline constexpr int war_years = 3;  // the one in which a war begins and those after

/// How near an aggression is felt so many km from its place: exp(-km / 1500) less what that is at
/// 3,000 km, at least 0.
inline double nearness_at(double km) {
  return maximum(exp(-km / exposure_length) - exp(-exposure_end / exposure_length), 0.0);
}

/// H: change of log(1 + troops / 100), from those of five years before.
template <class Real>
Real presence_change(Real troops, Real before) {
  return log((Real(1.0) + troops * Real(1 / troops_unit)) /
             (Real(1.0) + before * Real(1 / troops_unit)));
}

/// Who hosts how many troops, and who is at war. In a year of presence.csv a guest that is not
/// named in a host has no troops there; after the table's last year what it knew last stands,
/// before its first nothing is known.
class SafetyRecord {
 public:
  /// The panel must outlive the record.
  explicit SafetyRecord(const Panel& panel);

  /// Troops of all guests in a state; missing before the table's first year.
  double troops(StateIndex host, int year) const;
  /// Troops of one guest.
  double troops_of(StateIndex guest, StateIndex host, int year) const;
  /// H of a state; 0 where it is not known.
  double presence(StateIndex host, int year) const;
  /// W: 1 in the year in which an interstate war of the state's own begins and the two after.
  double war(StateIndex state, int year) const;
  /// X: exposure to the panel's aggressions in force, each as near as it is and as intense.
  double exposure(StateIndex state, int year) const;
  /// Nearness of a state's capital to the place of an aggression, whatever its years, if the state
  /// lies in the exposed region and is neither the aggressor, nor bound to it, nor at war in
  /// `year`; else 0.
  double nearness(const Aggression& aggression, StateIndex state, int year) const;

 private:
  const Panel& panel_;
  int first_ = 0, last_ = -1;   // years of presence.csv
  std::vector<double> troops_;  // [state][year - first_], of all guests
};

}  // namespace tenbin
