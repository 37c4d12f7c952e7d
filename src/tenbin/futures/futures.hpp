// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/model/dispute_step.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/model/step.hpp"
#include "tenbin/num/random.hpp"

/// The futures of one lane: from a schedule and posterior draws to what step() needs, year by year.

namespace tenbin {

/// Where a posterior keeps what step() needs; names are looked up once.
struct ParameterPlaces {
  SpendingLayout spending;
  EconomyLayout economy;
  std::vector<int> spending_state,
      economy_state;                  // by state of the panel: place in the posterior, -1: none
  int first_wave = 0, last_wave = 0;  // years
  std::vector<int> series;            // by state of the panel: whose wave it follows
  std::vector<std::uint32_t> waves;   // keys of the regions' random numbers, by series from 1 on

  /// Whether growth is expected from growth so far, and with it the wedge and the keeping of
  /// shares: the term memory.
  bool remembers() const { return !economy.fixed(EconomyParameter::growth_level); }
  std::size_t wave(int year, int which) const {
    return spending.at_year(SpendingParameter::wave, year, which);
  }
};
ParameterPlaces parameter_places(const Schedule& schedule, const Draws& spending,
                                 const Draws& economy);

/// A lane's run through the years. One object serves many lanes in turn, so that nothing is
/// allocated in between.
template <class Real>
class FutureRunner {
 public:
  static constexpr int width = width_of<Real>;

  FutureRunner(const Run& run, const Draws& spending, const Draws& economy,
               const ParameterPlaces& places, KeptShocks* kept = nullptr);

  /// Begins the futures first .. first+width-1 in the year schedule.first.
  void begin(std::uint32_t first_future);
  /// One year on. `lead` is the runner of the first run, already in that year; its shocks are taken
  /// over, since all runs share them. `note` as in step().
  template <class Note>
  void advance(const FutureRunner* lead, Note&& note);
  int year() const { return year_; }
  const World<Real>& world() const { return x_; }
  /// As the levers of the current year have set them.
  const Parameters<Real>& parameters() const { return p_; }
  /// By dyad of the schedule: how many severities a dispute that began in the current year reached,
  /// 0: none began. Empty where none are drawn.
  const std::vector<Real>& disputes() const { return disputes_.reached; }

 private:
  struct Cut {  // of a value's normal
    double low, high;
  };
  Real gather(const std::array<const double*, width>& draw, std::size_t offset) const;
  RandomKey key(Purpose purpose, std::uint32_t entity, int when) const {
    return {schedule_.seed, purpose, future_, entity, static_cast<std::uint32_t>(when)};
  }
  void load_parameters();
  void load_state(StateIndex i);
  void draw_values();
  void start_world();
  void put_lasting(StateIndex i);
  void draw_own();
  void anchor_habits();
  void keep_share(StateIndex i);
  void draw_pushes(int year);
  Real trend(StateIndex i, int year) const;
  void put_levers(int year);
  void begin_plan(int plan);
  void put_plan(PlanNow<Real>& to, const PlanYear& year, int in_force);
  void put_responses(StateIndex i, int year);
  void follow(const FutureRunner& lead);
  void draw_shocks(int year);
  void draw_luck();
  template <class Visit>
  void visit_shocks(Visit&& visit);
  template <class Visit>
  void visit_luck(Visit&& visit);
  template <class All, class Draw>
  void keep(KeptShocks::What what, int when, All&& all, Draw&& draw);
  template <class Note>
  void step_with_sizes(Note&& note);
  void put_relations(int year);
  void put_danger();
  void put_safety(int year);
  Real troops(StateIndex host, int year) const;
  void load_disputes();
  void dispute(const FutureRunner* lead, int year);
  void impose_observed();

  const Schedule& schedule_;
  const std::span<const Dyad> dyads_;  // empty: no disputes are drawn
  const bool as_first_;                // whether the lead's disputes stand in place of own ones
  const bool answers_danger_;          // the spending equation has the term
  const bool remembers_;               // see ParameterPlaces
  const bool keeps_sizes_;  // shocks are as large under every lever: no path stands in their place
  const std::vector<double>& follows_;
  const Draws &spending_, &economy_;
  const ParameterPlaces& places_;
  KeptShocks* const kept_;  // null: none are kept
  std::uint32_t future_ = 0;
  std::array<const double*, width> spending_draw_{}, economy_draw_{};  // of each future
  int year_ = 0;
  StateParameters<Real> shared_;  // what is the same for all states
  Parameters<Real> p_;
  Levers<Real> now_;
  Shocks<Real> z_;
  World<Real> x_;
  Real world_growth_{};                    // mean of the states' lasting growth
  std::vector<Real> wedge_;                // by state: on top of the expected growth
  std::vector<Real> keeps_;                // by state: 1 where it keeps its share of GDP, else 0
  std::vector<Real> anchor_;               // by state: the target that then holds the share
  std::vector<Real> slope_unit_;           // by state: fitted pull over the one that acts
  std::vector<Cut> cuts_;                  // of Schedule::values
  std::vector<Real> values_, log_values_;  // of Schedule::values
  std::vector<Real> plan_start_;           // of Schedule::plans
  DisputeSlopes<Real> slopes_;
  DisputeState<Real> disputes_;
  std::vector<std::array<Real, 4>> luck_;  // of dyads_; empty: that of the lead serves
  int luck_of_ = 0;                        // the four years it is for; 0: none yet
};

template <class Real>
FutureRunner<Real>::FutureRunner(const Run& run, const Draws& spending, const Draws& economy,
                                 const ParameterPlaces& places, KeptShocks* kept)
    : schedule_(*run.schedule),
      dyads_(run.dyads()),
      as_first_(run.disputes == RunDisputes::as_first),
      answers_danger_(!places.spending.fixed(SpendingParameter::danger_within)),
      remembers_(places.remembers()),
      keeps_sizes_(kept != nullptr && run.follows.empty() &&
                   std::none_of(schedule_.acting.begin(), schedule_.acting.end(),
                                [](const Acting& a) { return a.path >= 0; })),
      follows_(run.follows),
      spending_(spending),
      economy_(economy),
      places_(places),
      kept_(kept) {
  p_.steady = places.spending.fixed(SpendingParameter::unrest_slope);
  const std::size_t n = schedule_.states();
  p_.state.resize(n);
  x_.relations.hostility.resize(schedule_.topology.threats.size());
  x_.relations.bearing.resize(schedule_.topology.threats.size());
  x_.relations.threat_weight.resize(schedule_.topology.threats.size());
  x_.relations.counts.resize(schedule_.topology.threats.size());
  x_.relations.cover.resize(schedule_.topology.covers.size());
  x_.relations.cover_weight.resize(schedule_.topology.covers.size());
  for (auto* v :
       {&x_.relations.reach, &x_.relations.weight, &now_.trend, &now_.log_cap, &now_.log_path,
        &now_.efficiency, &z_.spending, &z_.growth, &x_.log_milex, &x_.milex_growth, &x_.milex,
        &x_.log_gdp, &x_.gdp_growth, &x_.stock, &x_.stock_before, &x_.target_rise, &x_.unrest})
    v->resize(n);
  now_.plan.resize(n);
  now_.ended.resize(n);
  if (!schedule_.bounds.empty()) {
    now_.bounds.resize(schedule_.bounds.size());
    now_.bounds_of.resize(n + 1);
    for (const ScheduledBound& b : schedule_.bounds)
      ++now_.bounds_of[schedule_.plans[b.plan].state + 1];
    for (std::size_t i = 0; i < n; ++i) now_.bounds_of[i + 1] += now_.bounds_of[i];
  }
  now_.capped.resize(n);
  now_.fixed.resize(n);
  now_.safety.resize(n);
  x_.danger.assign(n, Real(0.0));
  x_.law = schedule_.law;
  x_.felt.resize(n);
  x_.lasting.resize(n);
  x_.expected.resize(n);
  for (auto* v : {&wedge_, &keeps_, &anchor_}) v->assign(n, Real(0.0));
  slope_unit_.assign(n, Real(1.0));
  for (const KeyedValue& v : schedule_.values)
    cuts_.push_back(v.value.sd == 0 ? Cut{0, 0}
                                    : Cut{normal_cdf((v.value.low - v.value.mean) / v.value.sd),
                                          normal_cdf((v.value.high - v.value.mean) / v.value.sd)});
  values_.resize(schedule_.values.size());
  log_values_.resize(schedule_.values.size());
  plan_start_.resize(schedule_.plans.size());
}

template <class Real>
void FutureRunner<Real>::begin(std::uint32_t first_future) {
  future_ = first_future;
  year_ = schedule_.first;
  for (int k = 0; k < width; ++k) {
    spending_draw_[k] = spending_.draw((future_ + k) % spending_.size()).data();
    economy_draw_[k] = economy_.draw((future_ + k) % economy_.size()).data();
  }
  load_parameters();
  draw_values();
  draw_own();
  start_world();
  load_disputes();
  if (year_ == schedule_.start) anchor_habits();
}

template <class Real>
template <class Note>
void FutureRunner<Real>::advance(const FutureRunner* lead, Note&& note) {
  for (StateIndex i = 0; i < schedule_.states(); ++i)
    if (const PlanYear& next = schedule_.acts(year_ + 1, i).plan; next.begins)
      begin_plan(next.plan);
  for (const ScheduledBound& b : schedule_.bounds)
    if (b.years[year_ + 1 - schedule_.first].begins) begin_plan(b.plan);
  put_levers(year_ + 1);
  if (lead) {
    follow(*lead);
  } else {
    keep(
        KeptShocks::What::shocks, year_ + 1, [&](auto&& visit) { visit_shocks(visit); },
        [&] { draw_shocks(year_ + 1); });
  }
  if (!lead && keeps_sizes_)
    step_with_sizes(note);
  else
    step(schedule_.topology, p_, now_, lead ? lead->z_ : z_, x_, note);
  ++year_;
  put_relations(year_);
  if (year_ > schedule_.start && !dyads_.empty()) dispute(lead, year_);
  impose_observed();
  if (year_ == schedule_.start) anchor_habits();
}

/// One year on with the sizes of shocks that an earlier projection kept, or keeps them: they follow
/// from random numbers, parameters and the shocks before, and no lever but a path changes them.
template <class Real>
template <class Note>
void FutureRunner<Real>::step_with_sizes(Note&& note) {
  const auto visit_all = [&](auto&& visit) {
    for (Real& one : z_.sized) visit(one);
  };
  std::vector<double>& kept = kept_->at(future_, KeptShocks::What::sized, year_ + 1);
  if (!kept.empty()) {
    z_.sized.resize(x_.law.size());
    std::size_t at = 0;
    visit_all([&](Real& x) { std::memcpy(&x, &kept[at], sizeof x), at += width; });
    return step(schedule_.topology, p_, now_, z_, x_, note);
  }
  z_.sized.clear();
  kept.resize(x_.law.size() * width);
  step(schedule_.topology, p_, now_, z_, x_, [&](StateIndex i, const Terms<Real>& terms) {
    std::memcpy(&kept[static_cast<std::size_t>(i) * width], &terms.shock, sizeof terms.shock);
    note(i, terms);
  });
}

/// What follows the first run is fixed at its distance from it.
template <class Real>
void FutureRunner<Real>::follow(const FutureRunner& lead) {
  if (year_ < schedule_.start) return;
  for (std::size_t i = 0; i < follows_.size(); ++i) {
    if (!known(follows_[i])) continue;
    now_.fixed[i] = true;
    now_.log_path[i] = lead.x_.log_milex[i] + Real(follows_[i]);
  }
}

template <class Real>
Real FutureRunner<Real>::gather(const std::array<const double*, width>& draw,
                                std::size_t offset) const {
  Real value;
  for (int k = 0; k < width; ++k) put(value, k, draw[k][offset]);
  return value;
}

template <class Real>
void FutureRunner<Real>::load_parameters() {
  const auto load = [&](const auto& members, const auto& layout, const auto& draw, auto& to) {
    for (const auto& [parameter, member] : members) to.*member = gather(draw, layout.at(parameter));
  };
  load(shared_members<Real>, places_.spending, spending_draw_, shared_);
  load(spending_world_members<Real>, places_.spending, spending_draw_, p_);
  load(economy_world_members<Real>, places_.economy, economy_draw_, p_);
  for (StateIndex i = 0; i < schedule_.states(); ++i) load_state(i);
}

/// Fitted parameters, or for a state without them z drawn from the hierarchy.
template <class Real>
void FutureRunner<Real>::load_state(StateIndex i) {
  p_.state[i] = shared_;
  slope_unit_[i] = Real(1.0);
  int latent = 0;  // key of the next z
  const auto load = [&](const auto& members, const auto& layout, const auto& draw, int fitted) {
    for (const auto& [parameter, member] : members) {
      Real& value = p_.state[i].*member;
      if (fitted >= 0) {
        value = gather(draw, layout.at(parameter, fitted));
      } else {
        const auto mean = mean_parameter(parameter);
        value = from_free(spec(parameter),
                          gather(draw, layout.at(mean)) +
                              gather(draw, layout.at(spread_parameter(mean))) *
                                  normals<Real>(key(Purpose::latent, schedule_.keys[i], latent)));
      }
      ++latent;
    }
  };
  load(spending_members<Real>, places_.spending, spending_draw_, places_.spending_state[i]);
  if (places_.spending_state[i] < 0)  // the mean of the habits of states with its danger
    p_.state[i].target +=
        p_.state[i].danger_between * Real(schedule_.mean_danger[i] - typical_danger);
  load(economy_members<Real>, places_.economy, economy_draw_, places_.economy_state[i]);
}

/// Every lever's numbers in each future, as value_of() has them.
template <class Real>
void FutureRunner<Real>::draw_values() {
  for (std::size_t v = 0; v < values_.size(); ++v) {
    const auto& [value, entity, which] = schedule_.values[v];
    values_[v] = clamp(Real(value.mean), value.low, value.high);
    if (!value.is_fixed()) {
      UniformPair<Real> pair;
      draw_uniforms(key(Purpose::lever, entity, which), pair);
      const Real part =
          value.ignored == 0 ? pair.u : (pair.u - Real(value.ignored)) / Real(1 - value.ignored);
      const Real u = clamp(Real(cuts_[v].low) + part * Real(cuts_[v].high - cuts_[v].low),
                           least_tail, most_tail);
      if (value.sd > 0)
        values_[v] =
            clamp(Real(value.mean) + Real(value.sd) * inverse_normal(u), value.low, value.high);
      if (value.ignored > 0) values_[v] = select(part < Real(0.0), Real(0.0), values_[v]);
    }
    log_values_[v] = log(values_[v]);
  }
  for (Real& start : plan_start_) start = Real(0.0);
}

template <class Real>
void FutureRunner<Real>::start_world() {
  const auto known_or = [](double x, Real otherwise) { return known(x) ? Real(x) : otherwise; };
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    const std::size_t now = schedule_.observed_at(year_, i),
                      before = schedule_.observed_at(year_ - 1, i);
    x_.log_milex[i] = Real(schedule_.log_milex[now]);
    x_.milex[i] = exp(x_.log_milex[i]);
    x_.log_gdp[i] = Real(schedule_.log_gdp[now]);
    x_.milex_growth[i] =
        known_or(schedule_.log_milex[now] - schedule_.log_milex[before], Real(0.0));
    const double growth = schedule_.log_gdp[now] - schedule_.log_gdp[before];
    put_lasting(i);
    x_.gdp_growth[i] =
        known_or(known(growth) ? clamp(growth, -Limits::gdp_growth, Limits::gdp_growth) : missing,
                 x_.lasting[i].mean);
    x_.stock[i] = Real(schedule_.stock[now]);
    x_.stock_before[i] = Real(schedule_.stock[before]);
    x_.target_rise[i] = Real(0.0);
    x_.unrest[i] = Real(schedule_.unrest[now]);
  }
  put_relations(year_);
  // The fit knows the waves up to its last year; later ones up to the start are drawn.
  const int from = std::clamp(year_, places_.first_wave, places_.last_wave);
  x_.series = places_.series;
  x_.wave.resize(1 + places_.waves.size());
  z_.wave.resize(x_.wave.size());
  for (std::size_t k = 0; k < x_.wave.size(); ++k)
    x_.wave[k] = gather(spending_draw_, places_.wave(from, static_cast<int>(k)));
  for (int t = from + 1; t <= year_; ++t) {
    draw_pushes(t);
    for (std::size_t k = 0; k < x_.wave.size(); ++k)
      x_.wave[k] = p_.wave_persistence * x_.wave[k] + p_.wave_sd * z_.wave[k];
  }
}

/// What each state has of its own in these futures beside fitted parameters.
template <class Real>
void FutureRunner<Real>::draw_own() {
  enum : std::uint32_t { gap = 64, keeping };  // after the z of parameters
  if (!remembers_) return;                     // all are 0
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    const Wedge& wedge = schedule_.wedge[i];
    wedge_[i] = Real(wedge.mean) +
                Real(wedge.sd) * normals<Real>(key(Purpose::latent, schedule_.keys[i], gap));
    UniformPair<Real> pair;
    draw_uniforms(key(Purpose::latent, schedule_.keys[i], keeping), pair);
    keeps_[i] = select(pair.u < Real(schedule_.share_keeping[i]), Real(1.0), Real(0.0));
  }
}

/// In some futures a state keeps its share of GDP, docs/model.md section 5 (One year of a future):
/// its habit is the share at the start.
template <class Real>
void FutureRunner<Real>::anchor_habits() {
  if (!remembers_) return;
  feel<Real>(schedule_.topology, x_.relations, x_.stock, x_.stock_before, x_.felt);
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    if (x_.law[i] != Law::equation) continue;
    x_.expected[i].now = x_.lasting[i].mean;
    anchor_[i] = Real(0.0);
    keep_share(i);
    StateParameters<Real>& own = p_.state[i];
    anchor_[i] = x_.log_milex[i] - x_.log_gdp[i] - implied_target(own, x_.felt[i], x_.danger[i]);
    own.target = select(own.keeps > Real(0.5), anchor_[i], own.target);
  }
}
/// A habit that holds faster; threats, cover and danger move milex by as much as the fit has it.
template <class Real>
void FutureRunner<Real>::keep_share(StateIndex i) {
  StateParameters<Real>& own = p_.state[i];
  own.keeps = keeps_[i];
  const auto keeps = own.keeps > Real(0.5);
  slope_unit_[i] = select(keeps, own.pull / Real(keeping_pull), Real(1.0));
  own.pull = select(keeps, Real(keeping_pull), own.pull);
  for (Real* slope : {&own.threat_slope, &own.support_slope, &own.danger_within, &own.cover_slope})
    *slope *= slope_unit_[i];
  own.target = select(keeps, anchor_[i], own.target);
}

/// Lasting growth as the panel has it, where it has one; the world's to begin with.
template <class Real>
void FutureRunner<Real>::put_lasting(StateIndex i) {
  const LastingGrowth<double>& observed = schedule_.lasting[schedule_.observed_at(year_, i)];
  if (observed.weight > 0)
    x_.lasting[i] = {Real(observed.mean), observed.weight};
  else if (year_ == schedule_.first)
    x_.lasting[i] = {Real(schedule_.world_growth), 1 / (1 - LastingGrowth<Real>::keep)};
}

/// Pushes to the waves of a year: those of regions are in part the world's.
template <class Real>
void FutureRunner<Real>::draw_pushes(int year) {
  z_.wave[0] = normals<Real>(key(Purpose::wave, 0, year));
  for (std::size_t k = 1; k < z_.wave.size(); ++k)
    z_.wave[k] =
        regional_push(z_.wave[0], normals<Real>(key(Purpose::wave, places_.waves[k - 1], year)));
}

/// Relations of a year, where they differ from those of the year before.
template <class Real>
void FutureRunner<Real>::put_relations(int year) {
  if (!schedule_.changes[year - schedule_.first]) return;
  const Relations<double>& base = schedule_.base[year - schedule_.first];
  Relations<Real>& r = x_.relations;
  const auto copy = [](const std::vector<double>& from, std::vector<Real>& to) {
    for (std::size_t k = 0; k < from.size(); ++k) to[k] = Real(from[k]);
  };
  copy(base.hostility, r.hostility);
  copy(base.cover, r.cover);
  copy(base.reach, r.reach);
  copy(base.bearing, r.bearing);
  r.by_major = base.by_major;
  const auto set = [&](const std::vector<SetLink>& sets, std::vector<Real>& to) {
    for (const SetLink& s : sets)
      if (s.from <= year && year <= s.until)
        for (const std::size_t link : s.links) to[link] = values_[s.value];
  };
  set(schedule_.hostility, r.hostility);
  set(schedule_.cover, r.cover);
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    const Acting& acting = schedule_.acts(year, i);
    r.weight[i] = acting.weight >= 0 ? values_[acting.weight] : Real(1.0);
    if (acting.reach >= 0) r.reach[i] = values_[acting.reach], bear(schedule_.topology, i, r);
  }
  weigh_links(schedule_.topology, r);
  if (answers_danger_) put_danger();
}

/// The danger of a fatal dispute of each state under the relations that stand, with stocks and
/// borders as at the start.
template <class Real>
void FutureRunner<Real>::put_danger() {
  if (schedule_.dangers.empty()) return;
  const Relations<Real>& r = x_.relations;
  const auto larger = [](const std::vector<Real>& of, const int(&links)[2]) {
    const Real none(0.0);
    return maximum(links[0] < 0 ? none : of[static_cast<std::size_t>(links[0])],
                   links[1] < 0 ? none : of[static_cast<std::size_t>(links[1])]);
  };
  for (StateIndex i = 0; i < schedule_.states(); ++i) x_.danger[i] = Real(schedule_.outside[i]);
  for (const DangerLink& d : schedule_.dangers) {
    const Real hostility = larger(r.hostility, d.threats), tie = larger(r.cover, d.covers);
    const Real p = inverse_logit(Real(d.log_odds) + Real(schedule_.danger_of_rivals) * hostility +
                                 Real(schedule_.danger_of_allies) * tie);
    const Real safe = d.border ? log1p(-p) : select(hostility > Real(0.0), log1p(-p), Real(0.0));
    x_.danger[d.a] += safe;
    x_.danger[d.b] += safe;
  }
  for (StateIndex i = 0; i < schedule_.states(); ++i)
    x_.danger[i] = Real(-100.0) * expm1(x_.danger[i]) - Real(schedule_.mean_danger[i]);
}

/// Foreign troops in a state, as tables and levers have them; NaN where they are not known.
template <class Real>
Real FutureRunner<Real>::troops(StateIndex host, int year) const {
  Real n(schedule_.troops[schedule_.troops_at(year, host)]);
  for (const SetTroops& set : schedule_.troops_set)
    if (set.host == host && set.from <= year && year <= set.until)
      n = Real(set.others) + values_[set.value];
  return n;
}

/// How safe each state is as it acts on the step to a year.
template <class Real>
void FutureRunner<Real>::put_safety(int year) {
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    Safety<Real>& safety = now_.safety[i];
    safety.danger = x_.danger[i];
    const double now = schedule_.troops[schedule_.troops_at(year - 1, i)],
                 before = schedule_.troops[schedule_.troops_at(year - 1 - presence_years, i)];
    safety.presence =
        known(now) && known(before)
            ? presence_change(troops(i, year - 1), troops(i, year - 1 - presence_years))
            : Real(0.0);
    safety.war = Real(schedule_.war[schedule_.at(year, i)]);
    safety.exposure = Real(schedule_.exposure[schedule_.at(year, i)]);
  }
  for (const SetWar& set : schedule_.wars_set) {
    const Real felt = values_[set.value];
    for (const StateIndex i : set.own)
      if (set.from <= year && year < set.from + war_years)
        now_.safety[i].war = maximum(now_.safety[i].war, minimum(felt, Real(1.0)));
    for (StateIndex i = 0; i < schedule_.states(); ++i)
      if (set.from <= year && year <= set.until)
        now_.safety[i].exposure += felt * Real(set.nearness[i]);
  }
}

template <class Real>
void FutureRunner<Real>::load_disputes() {
  if (dyads_.empty()) return;
  const DisputeModel& model = *schedule_.dispute_model;
  std::array<const double*, width> draw;
  for (int k = 0; k < width; ++k)
    draw[k] = model.draws.draw((future_ + k) % model.draws.size()).data();
  slopes_ = dispute_slopes<Real>(model.scale, [&](std::size_t k) { return gather(draw, k); });
  luck_of_ = 0;
  disputes_.begin(dyads_, slopes_, schedule_.start, schedule_.states());
}

/// Step 6: disputes of a year after the start, by the stocks of the year before, and the hostility
/// they leave.
template <class Real>
void FutureRunner<Real>::dispute(const FutureRunner* lead, int year) {
  if (lead && as_first_) {
    if (lead->dyads_.empty()) return;
    disputes_.reached = lead->disputes_.reached;
    disputes_.forced = lead->disputes_.forced;
    disputes_.drawn = lead->disputes_.drawn;
    return raise_threats(dyads_, schedule_.topology, disputes_, x_.relations);
  }
  // Four uniforms serve four years.
  constexpr int served = 4;
  const auto& luck = lead && lead->luck_.size() == dyads_.size() ? lead->luck_ : luck_;
  if (&luck == &luck_ && luck_of_ != year / served) {
    luck_of_ = year / served;
    luck_.resize(dyads_.size());
    keep(
        KeptShocks::What::disputes, luck_of_, [&](auto&& visit) { visit_luck(visit); },
        [&] { draw_luck(); });
  }
  const auto cover = [&](int link) { return link < 0 ? Real(0.0) : x_.relations.cover[link]; };
  const auto hostility = [&](std::size_t link) { return x_.relations.hostility[link]; };
  draw_disputes<Real>(
      dyads_, slopes_, schedule_.share_of_world, x_.stock_before,
      [&](std::size_t d) { return luck[d][static_cast<std::size_t>(year % served)]; },
      [&](std::size_t d) {
        return maximum(hostility(dyads_[d].threats[0]), hostility(dyads_[d].threats[1]));
      },
      [&](std::size_t d) {
        return maximum(cover(dyads_[d].covers[0]), cover(dyads_[d].covers[1]));
      },
      disputes_);
  raise_threats(dyads_, schedule_.topology, disputes_, x_.relations);
}

template <class Real>
void FutureRunner<Real>::draw_luck() {
  for (std::size_t d = 0; d < dyads_.size(); ++d)
    draw_uniforms(key(Purpose::dispute, dyads_[d].key, luck_of_), luck_[d]);
}

template <class Real>
template <class Visit>
void FutureRunner<Real>::visit_luck(Visit&& visit) {
  for (std::array<Real, 4>& four : luck_)
    for (Real& one : four) visit(one);
}
template <class Real>
template <class Visit>
void FutureRunner<Real>::visit_shocks(Visit&& visit) {
  for (Real& one : z_.spending) visit(one);
  for (Real& one : z_.growth) visit(one);
  for (Real& one : z_.wave) visit(one);
  visit(z_.cycle);
}

/// Draws random numbers, or takes those that an earlier projection kept. `all` visits each.
template <class Real>
template <class All, class Draw>
void FutureRunner<Real>::keep(KeptShocks::What what, int when, All&& all, Draw&& draw) {
  if (!kept_) return draw();
  std::vector<double>& kept = kept_->at(future_, what, when);
  std::size_t at = 0;
  if (!kept.empty())
    return all([&](Real& x) { std::memcpy(&x, &kept[at], sizeof x), at += width; });
  draw();
  all([&](Real&) { at += width; });
  kept.resize(at);
  at = 0;
  all([&](Real& x) { std::memcpy(&kept[at], &x, sizeof x), at += width; });
}

/// The plan's way begins where its state stands now.
template <class Real>
void FutureRunner<Real>::begin_plan(int plan) {
  const ScheduledPlan& s = schedule_.plans[plan];
  const Real milex = x_.log_milex[s.state];
  plan_start_[plan] = s.in_money ? milex : milex - x_.log_gdp[s.state];
}

template <class Real>
void FutureRunner<Real>::put_plan(PlanNow<Real>& to, const PlanYear& year, int in_force) {
  to.there = year.plan >= 0;
  if (!to.there) return;
  const ScheduledPlan& s = schedule_.plans[year.plan];
  to.in_money = s.in_money;
  to.adherence = values_[s.adherence];
  to.log_target = log_values_[s.target];
  to.log_start = plan_start_[year.plan];
  to.years = year.way;
  if (s.lateness != 1) {
    const int gone = in_force - (s.by - year.way);  // years since its way began
    const auto done = [&](double years) {
      return years > 0 ? exp(s.lateness * log(years / year.way)) : 0.0;
    };
    to.years = 1 / (done(gone) - done(gone - 1));
  }
  to.as = s.as;
  to.trend = trend(s.state, in_force);
  to.log_gdp = x_.log_gdp[s.state];
}

/// Reactions set by hand stand in place of the fitted ones in their years.
template <class Real>
void FutureRunner<Real>::put_responses(StateIndex i, int year) {
  const Acting& acting = schedule_.acts(year, i);
  if (year > schedule_.first) {
    const Acting& before = schedule_.acts(year - 1, i);
    for (std::size_t k = 0; k < acting.response.size(); ++k)
      if (before.response[k] >= 0 && acting.response[k] < 0) {
        load_state(i);  // the fitted one comes back
        if (year > schedule_.start && remembers_ && x_.law[i] == Law::equation) keep_share(i);
        break;
      }
  }
  StateParameters<Real>& own = p_.state[i];
  const auto set = [&](Reaction which, Real& reaction, const Real& unit) {
    if (const int value = acting.response[static_cast<std::size_t>(which)]; value >= 0)
      reaction = values_[value] * unit;
  };
  set(Reaction::rival_response, own.rival_response, Real(1.0));
  set(Reaction::ally_response, own.ally_response, Real(1.0));
  set(Reaction::threat_slope, own.threat_slope, slope_unit_[i]);
  set(Reaction::support_slope, own.support_slope, slope_unit_[i]);
}

/// Expected growth in a year: growth.csv's where there is one, else by the economy equation, and
/// the growth lever on top (of two the later). A state without burden has 0.01 instead.
template <class Real>
Real FutureRunner<Real>::trend(StateIndex i, int year) const {
  const double given = schedule_.expected_growth[schedule_.at(year, i)];
  Real value =
      known(given) ? Real(given) + wedge_[i]
      : x_.law[i] == Law::no_burden
          ? Real(no_burden_growth)
          : expected_growth(
                p_, i, {x_.lasting[i].mean - world_growth_, world_growth_, schedule_.income[i]});
  if (const int lever = schedule_.acts(year, i).growth; lever >= 0) value += values_[lever];
  return value;
}

template <class Real>
void FutureRunner<Real>::put_levers(int year) {
  world_growth_ = world_growth(x_);
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    const Acting& acting = schedule_.acts(year, i);
    now_.trend[i] = trend(i, year);
    put_plan(now_.plan[i], acting.plan, year);
    put_plan(now_.ended[i], acting.ended, year - 1);
    now_.capped[i] = acting.cap >= 0;
    if (acting.cap >= 0) now_.log_cap[i] = log_values_[acting.cap];
    now_.fixed[i] = acting.path >= 0;
    if (acting.path >= 0) now_.log_path[i] = log_values_[acting.path];
    now_.efficiency[i] = acting.efficiency >= 0 ? values_[acting.efficiency] : Real(1.0);
    put_responses(i, year);
  }
  for (std::size_t k = 0; k < schedule_.bounds.size(); ++k) {
    const ScheduledBound& b = schedule_.bounds[k];
    put_plan(now_.bounds[k].now, b.years[year - schedule_.first], year);
    put_plan(now_.bounds[k].ended, b.ended[year - schedule_.first], year - 1);
  }
  put_safety(year);
}

template <class Real>
void FutureRunner<Real>::draw_shocks(int year) {
  const Real power = Real(-2.0) / p_.df, growth_power = Real(-2.0) / p_.growth_df;
  for (StateIndex i = 0; i < schedule_.states(); ++i) {
    if (x_.law[i] == Law::idle) {
      z_.spending[i] = z_.growth[i] = Real(0.0);
      continue;
    }
    z_.spending[i] =
        clamp(student_t(key(Purpose::spending_shock, schedule_.keys[i], year), p_.df, power),
              -largest_shock, largest_shock);
    if (x_.law[i] == Law::no_burden) {  // its GDP is unknown
      z_.growth[i] = Real(0.0);
      continue;
    }
    z_.growth[i] = clamp(
        student_t(key(Purpose::growth_shock, schedule_.keys[i], year), p_.growth_df, growth_power),
        -largest_shock, largest_shock);
  }
  draw_pushes(year);
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
    x_.unrest[i] = Real(schedule_.unrest[now]);
    put_lasting(i);
    const double m = schedule_.log_milex[now], m1 = schedule_.log_milex[before],
                 g = schedule_.log_gdp[now], g1 = schedule_.log_gdp[before];
    if (known(m)) x_.log_milex[i] = Real(m), x_.milex[i] = exp(x_.log_milex[i]);
    if (known(m)) x_.milex_growth[i] = Real(known(m1) ? m - m1 : 0.0);
    if (known(g)) x_.log_gdp[i] = Real(g);
    if (known(g - g1))
      x_.gdp_growth[i] = Real(clamp(g - g1, -Limits::gdp_growth, Limits::gdp_growth));
  }
  if (year_ >= places_.first_wave && year_ <= places_.last_wave)
    for (std::size_t k = 0; k < x_.wave.size(); ++k)
      x_.wave[k] = gather(spending_draw_, places_.wave(year_, static_cast<int>(k)));
}

}  // namespace tenbin
