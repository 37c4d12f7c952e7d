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
  const auto years = static_cast<std::size_t>(last_ - first_ + 1);
  troops_.assign(panel.states.size() * years, 0.0);
  for (const PresenceRow& r : panel.presence)
    troops_[static_cast<std::size_t>(r.host) * years + static_cast<std::size_t>(r.year - first_)] +=
        r.troops;
}

double SafetyRecord::troops(StateIndex host, int year) const {
  if (last_ < first_ || year < first_) return missing;
  return troops_[static_cast<std::size_t>(host) * static_cast<std::size_t>(last_ - first_ + 1) +
                 static_cast<std::size_t>(std::min(year, last_) - first_)];
}

double SafetyRecord::troops_of(StateIndex guest, StateIndex host, int year) const {
  for (const PresenceRow& r : panel_.presence)
    if (r.guest == guest && r.host == host && r.year == std::min(year, last_)) return r.troops;
  return last_ < first_ || year < first_ ? missing : 0;
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
  return nearness_at(great_circle(s.lat, s.lon, a.lat, a.lon));
}

double SafetyRecord::exposure(StateIndex state, int year) const {
  double sum = 0;
  for (const Aggression& a : panel_.aggressions)
    if (a.holds(year)) sum += a.intensity * nearness(a, state, year);
  return sum;
}

}  // namespace tenbin
