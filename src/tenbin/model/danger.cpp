// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/danger.hpp"

#include <algorithm>

#include "tenbin/model/covariates.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr double unknown_democracy = 0.3, unknown_distance = 20000;  // km

/// A value of each pair of states, both ways.
class Pairs {
 public:
  explicit Pairs(int states)
      : states_(states), values_(static_cast<std::size_t>(states) * states) {}
  double& operator()(StateIndex a, StateIndex b) {
    return values_[static_cast<std::size_t>(std::min(a, b)) * states_ + std::max(a, b)];
  }
  void raise(StateIndex a, StateIndex b, double value) {
    double& there = (*this)(a, b);
    there = std::max(there, value);
  }

 private:
  int states_;
  std::vector<double> values_;
};

}  // namespace

DangerRecord::DangerRecord(const Panel& panel, std::span<const double> stocks)
    : panel_(panel),
      stocks_(stocks),
      democracy_(static_cast<std::size_t>(panel.size()) * panel.years(), missing) {
  for (StateIndex a = 0; a < panel.size(); ++a)
    for (StateIndex b = 0; b < panel.size(); ++b) {
      const State &one = panel.states[a], &other = panel.states[b];
      const double km = one.has_place() && other.has_place()
                            ? great_circle(one.lat, one.lon, other.lat, other.lon)
                            : unknown_distance;
      log_km_.push_back(b > a ? log(maximum(km, 1.0)) : 0.0);
    }
  for (const DemocracyRow& r : panel.regime)
    if (r.year >= panel.first_year && r.year <= panel.last_year)
      democracy_[static_cast<std::size_t>(r.state) * panel.years() + (r.year - panel.first_year)] =
          r.democracy;
}

std::vector<DangerDyad> DangerRecord::dyads(int year) const {
  std::vector<DangerDyad> dyads;
  if (year < panel_.first_year || year > panel_.last_year) return dyads;
  const int n = panel_.size(), t = year - panel_.first_year;
  Pairs border(n), hostility(n), alliance(n);  // border: 6 less the type
  for (const Border& b : panel_.borders)
    if (b.holds(year)) border.raise(b.a, b.b, 6 - b.type);
  for (const Spell& s : panel_.rivalries)
    if (s.holds(year)) hostility.raise(s.a, s.b, s.value);
  for (const Spell& s : panel_.ties)
    if (s.holds(year)) alliance.raise(s.a, s.b, s.value);
  const std::vector<char> major = majors_in(panel_, year);
  const auto of_year = [&](std::span<const double> values, StateIndex i) {
    return values[static_cast<std::size_t>(i) * panel_.years() + t];
  };
  double total = 0;
  for (StateIndex i = 0; i < n; ++i) total += of_year(stocks_, i);
  total /= panel_.share_of_world;
  for (StateIndex a = 0; a < n; ++a)
    for (StateIndex b = a + 1; b < n; ++b) {
      const double ka = of_year(stocks_, a), kb = of_year(stocks_, b);
      if (!(ka > 0 && kb > 0) || !(border(a, b) > 0 || major[a] || major[b])) continue;
      const double da = of_year(democracy_, a), db = of_year(democracy_, b);
      const double lower = !known(da) && !known(db) ? unknown_democracy
                           : !known(da)             ? db
                           : !known(db)             ? da
                                                    : std::min(da, db);
      dyads.push_back({a,
                       b,
                       {1, log_km_[static_cast<std::size_t>(a) * n + b],
                        border(a, b) == 6 - by_land ? 1.0 : 0.0, log(maximum(ka, kb) / total),
                        absolute(log(ka / kb)), lower, alliance(a, b), hostility(a, b)},
                       border(a, b) > 0,
                       border(a, b) > 0 || hostility(a, b) > 0});
    }
  return dyads;
}

std::vector<double> DangerRecord::of_states(const DangerModel& model, int year,
                                            std::span<const char> but) const {
  const int n = panel_.size();
  std::vector<double> log_safe(n, 0.0);
  for (const DangerDyad& d : dyads(year)) {
    if (!d.close) continue;
    const double safe = log1p(-danger_of(model, d.x).fatal);
    if (but.empty() || !but[d.b]) log_safe[d.a] += safe;
    if (but.empty() || !but[d.a]) log_safe[d.b] += safe;
  }
  std::vector<double> danger(n, missing);
  for (StateIndex i = 0; i < n; ++i) {
    if (year < panel_.first_year || year > panel_.last_year) continue;
    if (stocks_[static_cast<std::size_t>(i) * panel_.years() + (year - panel_.first_year)] > 0)
      danger[i] = -expm1(log_safe[i]);
  }
  return danger;
}

Danger danger_of(const DangerModel& model, const DangerVector& x) {
  const auto probability = [&](const DangerModel::Outcome& outcome) {
    double eta = 0;
    for (std::size_t k = 0; k < danger_covariates; ++k) eta += outcome.slope[k] * x[k];
    return inverse_logit(eta);
  };
  return {probability(model.fatal), probability(model.force)};
}

const DangerModel* danger_model(const Panel& panel, int year) {
  const DangerModel* newest = nullptr;
  for (const DangerModel& m : panel.danger)
    if (m.last <= year && (newest == nullptr || m.last > newest->last)) newest = &m;
  return newest;
}

}  // namespace tenbin
