// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/safety.hpp"

#include <algorithm>

#include "tenbin/model/covariates.hpp"

namespace tenbin {

SafetyRecord::SafetyRecord(const Panel& panel) : panel_(panel) {
  if (panel.presence.empty()) return;
  const auto [low, high] = std::minmax_element(
      panel.presence.begin(), panel.presence.end(),
      [](const PresenceRow& a, const PresenceRow& b) { return a.year < b.year; });
  first_ = low->year, last_ = high->year;
}

double SafetyRecord::troops(StateIndex host, int year, StateIndex guest) const {
  if (last_ < first_ || year < first_) return missing;
  double sum = 0;
  for (const PresenceRow& r : panel_.presence)
    if (r.host == host && r.year == std::min(year, last_) && (guest < 0 || r.guest == guest))
      sum += r.troops;
  return sum;
}

double SafetyRecord::presence(StateIndex host, int year) const {
  const double now = troops(host, year), before = troops(host, year - presence_years);
  return known(now) && known(before) ? presence_change(now, before) : 0;
}

double SafetyRecord::war(StateIndex state, int year) const {
  return std::any_of(panel_.wars.begin(), panel_.wars.end(), [&](const War& w) {
    return w.state == state && w.place != WarPlace::none && w.start <= year &&
           year < w.start + war_years;
  });
}

double SafetyRecord::nearness(const Aggression& a, StateIndex state, int year) const {
  const State& s = panel_.states[state];
  if (state == a.aggressor || s.region != a.exposed_region || !s.has_place()) return 0;
  const auto bound = [&](const Spell& tie) {
    return tie.holds(year) && tie.value > 0 &&
           std::minmax(tie.a, tie.b) == std::minmax(state, a.aggressor);
  };
  const auto fights = [&](const War& w) {
    return w.state == state && w.place != WarPlace::none && w.start <= year && year <= w.end;
  };
  if (std::any_of(panel_.ties.begin(), panel_.ties.end(), bound) ||
      std::any_of(panel_.wars.begin(), panel_.wars.end(), fights))
    return 0;
  const double near = exp(-great_circle(s.lat, s.lon, a.lat, a.lon) / exposure_length);
  return maximum(near - exp(-exposure_end / exposure_length), 0.0);
}

double SafetyRecord::exposure(StateIndex state, int year) const {
  double sum = 0;
  for (const Aggression& a : panel_.aggressions)
    if (a.holds(year)) sum += a.intensity * nearness(a, state, year);
  return sum;
}

}  // namespace tenbin
