// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/step.hpp"
#include "tenbin/num/random.hpp"
#include "tenbin/project/schedule.hpp"

/// The futures of one lane: from a schedule and posterior draws to what step() needs, year by year.

namespace tenbin {

/// Where a posterior keeps what step() needs; names are looked up once.
struct ParameterPlaces {
  std::vector<std::size_t> spending_globals, economy_globals;  // in table order
  std::vector<std::size_t> spending_states, economy_states;  // offset of each state-scope parameter
  std::vector<int> spending_state,
      economy_state;                  // by state of the panel: place in the posterior, -1: none
  std::size_t wave = 0;               // offset of the first year's wave
  int first_wave = 0, last_wave = 0;  // years
};
ParameterPlaces parameter_places(const Schedule& schedule, const Draws& spending,
                                 const Draws& economy);

/// A lane's run through the years. One object serves many lanes in turn, so that nothing is
/// allocated in between.
template <class Real>
class FutureRunner {
 public:
  static constexpr int width = width_of<Real>;

  FutureRunner(const Schedule& schedule, const Draws& spending, const Draws& economy,
               const ParameterPlaces& places);

  /// Begins the futures first .. first+width-1 in the year schedule.first.
  void begin(std::uint32_t first_future);
  /// One year on.
  void advance();
  int year() const { return year_; }
  const World<Real>& world() const { return x_; }

 private:
  Real gather(const Draws& draws, std::size_t offset) const;
  RandomKey key(Purpose purpose, std::uint32_t entity, int when) const {
    return {schedule_.seed, purpose, future_, entity, static_cast<std::uint32_t>(when)};
  }
  Real draw(const Value& value, std::uint32_t entity, int which) const;
  void load_parameters();
  void load_state(StateIndex i);
  void draw_levers();
  void start_world();
  Real trend(StateIndex i, int year) const;
  void put_levers(int year);
  void draw_shocks(int year);
  void put_relations(int year, Relations<Real>& r) const;
  void put_plan(StateIndex i, int year);
  void impose_observed();

  const Schedule& schedule_;
  const Draws &spending_, &economy_;
  const ParameterPlaces& places_;
  std::uint32_t future_ = 0;
  int year_ = 0;
  Parameters<Real> p_;
  Levers<Real> now_;
  Shocks<Real> z_;
  World<Real> x_;
  std::vector<Real> lever_value_, plan_target_, plan_adherence_, plan_start_;
};

template <class Real>
FutureRunner<Real>::FutureRunner(const Schedule& schedule, const Draws& spending,
                                 const Draws& economy, const ParameterPlaces& places)
    : schedule_(schedule), spending_(spending), economy_(economy), places_(places) {
  const std::size_t n = schedule.states();
  const auto size_relations = [&](Relations<Real>& r) {
    r.hostility.resize(schedule.topology.threats.size());
    r.threat_weight.resize(schedule.topology.threats.size());
    r.cover.resize(schedule.topology.covers.size());
    r.reach.resize(n);
  };
  p_.state.resize(n);
  size_relations(now_.relations);
  size_relations(x_.relations);
  now_.trend.resize(n);
  now_.plan.resize(n);
  now_.ended.resize(n);
  now_.capped.resize(n);
  now_.log_cap.resize(n);
  z_.spending.resize(n);
  z_.growth.resize(n);
  x_.law = schedule.law;
  for (auto* v : {&x_.log_milex, &x_.milex_growth, &x_.log_gdp, &x_.gdp_growth, &x_.stock,
                  &x_.stock_before, &x_.target_rise})
    v->resize(n);
  x_.sums.threat.resize(n);
  x_.sums.support.resize(n);
  x_.felt.resize(n);
  lever_value_.resize(schedule.levers.size());
  for (auto* v : {&plan_target_, &plan_adherence_, &plan_start_}) v->resize(schedule.plans.size());
}

template <class Real>
void FutureRunner<Real>::begin(std::uint32_t first_future) {
  future_ = first_future;
  year_ = schedule_.first;
  load_parameters();
  draw_levers();
  start_world();
}

template <class Real>
void FutureRunner<Real>::advance() {
  for (StateIndex i = 0; i < schedule_.states(); ++i)
    if (const int k = schedule_.plan_in_force(i, year_ + 1);
        k >= 0 && k != schedule_.plan_in_force(i, year_))
      plan_start_[k] = x_.log_milex[i] - x_.log_gdp[i];
  put_levers(year_ + 1);
  draw_shocks(year_ + 1);
  step(schedule_.topology, p_, now_, z_, x_);
  ++year_;
  impose_observed();
}

template <class Real>
Real FutureRunner<Real>::gather(const Draws& draws, std::size_t offset) const {
  Real value;
  for (int k = 0; k < width; ++k)
    put(value, k, draws.values[((future_ + k) % draws.size()) * draws.width + offset]);
  return value;
}

/// A lever's number in each future: a normal cut to its range, by inverse CDF.
template <class Real>
Real FutureRunner<Real>::draw(const Value& value, std::uint32_t entity, int which) const {
  if (value.sd == 0) return clamp(Real(value.mean), value.low, value.high);
  const double low = normal_cdf((value.low - value.mean) / value.sd),
               high = normal_cdf((value.high - value.mean) / value.sd);
  Real u;
  RandomKey k = key(Purpose::lever, entity, which);
  for (int l = 0; l < width; ++l, ++k.index) put(u, l, low + uniforms(k)[0] * (high - low));
  return clamp(Real(value.mean) + Real(value.sd) * inverse_normal(u), value.low, value.high);
}

template <class Real>
void FutureRunner<Real>::load_parameters() {
  const auto& g = places_.spending_globals;
  p_.ally_response = gather(spending_, g[12]);
  p_.threat_slope = gather(spending_, g[13]);
  p_.support_slope = gather(spending_, g[14]);
  p_.wave_persistence = gather(spending_, g[15]);
  p_.wave_sd = gather(spending_, g[16]);
  p_.df = gather(spending_, g[17]);
  p_.momentum = gather(economy_, places_.economy_globals[2]);
  p_.cycle_sd = gather(economy_, places_.economy_globals[5]);
  p_.growth_df = gather(economy_, places_.economy_globals[6]);
  for (StateIndex i = 0; i < schedule_.states(); ++i) load_state(i);
}

/// Fitted parameters, or for a state without them z drawn from the hierarchy.
template <class Real>
void FutureRunner<Real>::load_state(StateIndex i) {
  StateParameters<Real>& own = p_.state[i];
  const auto value = [&](const Draws& draws, const std::vector<std::size_t>& globals,
                         const std::vector<std::size_t>& states, int place, int block,
                         std::size_t mean, int latent) {
    if (place >= 0) return gather(draws, states[block] + place);
    return gather(draws, globals[mean]) +
           gather(draws, globals[mean + 1]) *
               normals<Real>(key(Purpose::latent, schedule_.keys[i], latent));
  };
  const int s = places_.spending_state[i], e = places_.economy_state[i];
  const auto spending = [&](int block) {
    return value(spending_, places_.spending_globals, places_.spending_states, s, block, 2 * block,
                 block);
  };
  own.target = spending(0);
  own.pull = s >= 0 ? spending(1) : inverse_logit(spending(1));
  own.persistence = spending(2);
  own.income = spending(3);
  own.rival_response = spending(4);
  own.scale = s >= 0 ? spending(5) : exp(spending(5));
  const auto economy = [&](int block, std::size_t mean) {
    return value(economy_, places_.economy_globals, places_.economy_states, e, block, mean,
                 6 + block);
  };
  own.trend = economy(0, 0);
  own.growth_scale = e >= 0 ? economy(1, 3) : exp(economy(1, 3));
}

template <class Real>
void FutureRunner<Real>::draw_levers() {
  for (std::size_t k = 0; k < schedule_.levers.size(); ++k)
    lever_value_[k] = draw(schedule_.levers[k].value, schedule_.lever_keys[k], 0);
  for (std::size_t k = 0; k < schedule_.plans.size(); ++k) {
    plan_target_[k] = log(draw(schedule_.plans[k].burden, schedule_.plans[k].key, 0));
    plan_adherence_[k] = draw(schedule_.plans[k].adherence, schedule_.plans[k].key, 1);
    plan_start_[k] = Real(0.0);
  }
}

template <class Real>
void FutureRunner<Real>::start_world() {
  const auto known_or = [](double x, Real otherwise) { return known(x) ? Real(x) : otherwise; };
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    const std::size_t now = schedule_.observed_at(year_, i),
                      before = schedule_.observed_at(year_ - 1, i);
    x_.log_milex[i] = Real(schedule_.log_milex[now]);
    x_.log_gdp[i] = Real(schedule_.log_gdp[now]);
    x_.milex_growth[i] =
        known_or(schedule_.log_milex[now] - schedule_.log_milex[before], Real(0.0));
    const double growth = schedule_.log_gdp[now] - schedule_.log_gdp[before];
    x_.gdp_growth[i] =
        known_or(known(growth) ? clamp(growth, -Limits::gdp_growth, Limits::gdp_growth) : missing,
                 p_.state[i].trend);
    x_.stock[i] = Real(schedule_.stock[now]);
    x_.stock_before[i] = Real(schedule_.stock[before]);
    x_.target_rise[i] = Real(0.0);
  }
  put_relations(year_, x_.relations);
  weigh(schedule_.topology, x_.relations);
  // The fit knows the waves up to its last year; later ones up to the start are drawn.
  const int from = std::clamp(year_, places_.first_wave, places_.last_wave);
  x_.wave = gather(spending_, places_.wave + (from - places_.first_wave));
  for (int t = from + 1; t <= year_; ++t)
    x_.wave = p_.wave_persistence * x_.wave + p_.wave_sd * normals<Real>(key(Purpose::wave, 0, t));
}

template <class Real>
void FutureRunner<Real>::put_relations(int year, Relations<Real>& r) const {
  const Relations<double>& base = schedule_.base[year - schedule_.first];
  const auto copy = [](const std::vector<double>& from, std::vector<Real>& to) {
    for (std::size_t k = 0; k < from.size(); ++k) to[k] = Real(from[k]);
  };
  copy(base.hostility, r.hostility);
  copy(base.cover, r.cover);
  copy(base.reach, r.reach);
  for (std::size_t k = 0; k < schedule_.levers.size(); ++k) {
    const Lever& lever = schedule_.levers[k];
    if (year < lever.from) continue;
    if (lever.kind == LeverKind::reach) r.reach[lever.state] = lever_value_[k];
    if (lever.kind == LeverKind::hostility)
      for (std::size_t l = 0; l < r.hostility.size(); ++l) {
        const Link& link = schedule_.topology.threats[l];
        if ((link.i == lever.state && link.j == lever.other) ||
            (link.i == lever.other && link.j == lever.state))
          r.hostility[l] = lever_value_[k];
      }
    if (lever.kind == LeverKind::commitment)
      for (std::size_t l = 0; l < r.cover.size(); ++l) {
        const Link& link = schedule_.topology.covers[l];
        if (link.i == lever.other && link.j == lever.state) r.cover[l] = lever_value_[k];
      }
  }
}

template <class Real>
void FutureRunner<Real>::put_plan(StateIndex i, int year) {
  const auto plan = [&](int k, int in_force) {
    if (k < 0) return PlanNow<Real>{};
    const ScheduledPlan& s = schedule_.plans[k];
    const double years = s.by - schedule_.way_begins(k, in_force);
    return PlanNow<Real>{true, plan_adherence_[k], plan_target_[k], plan_start_[k], years,
                         s.as, trend(i, in_force)};
  };
  const int before = schedule_.plan_in_force(i, year - 1);
  now_.plan[i] = plan(schedule_.plan_in_force(i, year), year);
  now_.ended[i] =
      plan(before >= 0 && schedule_.plans[before].by == year - 1 ? before : -1, year - 1);
}

/// Expected growth in a year: growth.csv's where there is one, else the state's own, and the growth
/// lever on top (of two the later). A state without burden has 0.01 instead of a trend of its own.
template <class Real>
Real FutureRunner<Real>::trend(StateIndex i, int year) const {
  const double expected = schedule_.expected_growth[schedule_.at(year, i)];
  Real value = known(expected)               ? Real(expected)
               : x_.law[i] == Law::no_burden ? Real(no_burden_growth)
                                             : p_.state[i].trend;
  for (std::size_t k = schedule_.levers.size(); k-- > 0;) {
    const Lever& lever = schedule_.levers[k];
    if (lever.kind != LeverKind::growth || lever.state != i || year < lever.from) continue;
    value += lever_value_[k];
    break;
  }
  return value;
}

template <class Real>
void FutureRunner<Real>::put_levers(int year) {
  put_relations(year, now_.relations);
  weigh(schedule_.topology, now_.relations);
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    now_.trend[i] = trend(i, year);
    now_.capped[i] = false;
    put_plan(i, year);
  }
  for (std::size_t k = 0; k < schedule_.levers.size(); ++k) {
    const Lever& lever = schedule_.levers[k];
    if (year < lever.from) continue;
    if (lever.kind == LeverKind::cap) {
      now_.capped[lever.state] = true;
      now_.log_cap[lever.state] = log(lever_value_[k]);
    }
  }
}

template <class Real>
void FutureRunner<Real>::draw_shocks(int year) {
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    if (x_.law[i] == Law::idle) {
      z_.spending[i] = z_.growth[i] = Real(0.0);
      continue;
    }
    z_.spending[i] = clamp(student_t(key(Purpose::spending_shock, schedule_.keys[i], year), p_.df),
                           -largest_shock, largest_shock);
    z_.growth[i] =
        clamp(student_t(key(Purpose::growth_shock, schedule_.keys[i], year), p_.growth_df),
              -largest_shock, largest_shock);
  }
  z_.wave = normals<Real>(key(Purpose::wave, 0, year));
  z_.cycle = normals<Real>(key(Purpose::cycle, 0, year));
}

/// States whose own figures reach this year take them; so does the wave that the fit knows.
template <class Real>
void FutureRunner<Real>::impose_observed() {
  if (year_ > schedule_.start) return;
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    if (x_.law[i] != Law::idle && year_ > schedule_.own_last[i]) continue;
    const std::size_t now = schedule_.observed_at(year_, i),
                      before = schedule_.observed_at(year_ - 1, i);
    x_.stock[i] = Real(schedule_.stock[now]);
    x_.stock_before[i] = Real(schedule_.stock[before]);
    const double m = schedule_.log_milex[now], m1 = schedule_.log_milex[before],
                 g = schedule_.log_gdp[now], g1 = schedule_.log_gdp[before];
    if (known(m)) x_.log_milex[i] = Real(m);
    if (known(m)) x_.milex_growth[i] = Real(known(m1) ? m - m1 : 0.0);
    if (known(g)) x_.log_gdp[i] = Real(g);
    if (known(g - g1))
      x_.gdp_growth[i] = Real(clamp(g - g1, -Limits::gdp_growth, Limits::gdp_growth));
  }
  if (year_ >= places_.first_wave && year_ <= places_.last_wave)
    x_.wave = gather(spending_, places_.wave + (year_ - places_.first_wave));
}

}  // namespace tenbin
