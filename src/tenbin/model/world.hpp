// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "tenbin/core/scenario.hpp"
#include "tenbin/model/covariates.hpp"

/// What step() reads and writes. Real is double or a lane of futures.

namespace tenbin {

/// How a state's spending moves.
enum class Law {
  equation,   // the spending equation, fitted or with z drawn from the hierarchy
  no_burden,  // share of GDP unknown: expected growth of milex and a shock
  idle,       // not projected: its stock decays
};
inline constexpr double keeping_pull = 0.2;  // a year, of the habit of a state that keeps its share
                                             // of GDP; docs/scoreboard.md compares other values
inline constexpr double no_burden_growth = 0.01;  // a year, where growth.csv is silent
inline constexpr double typical_growth = 0.03;    // of GDP a year, where nothing is known
inline constexpr double no_burden_scale = 0.06;   // of the yearly shock

template <class Real>
struct StateParameters {
  Real target{}, pull{}, persistence{}, income{}, rival_response{}, scale{};  // spending
  Real ally_response{}, threat_slope{}, support_slope{};  // the same for all states, until a
                                                          // response lever sets a state's own
  Real unrest_slope{};                                    // the same for all states
  Real danger_between{}, danger_within{}, cover_slope{};  // the same for all states
  Real presence_response{}, war_response{}, exposure_response{};  // the same for all states
  Real trend{}, growth_scale{};                                   // economy
  Real keeps{};  // 1 in futures in which it keeps its share of GDP, else 0
};

template <class Real>
struct Parameters {
  std::vector<StateParameters<Real>> state;
  Real wave_persistence{}, wave_sd{}, df{};
  Real momentum{}, cycle_sd{}, growth_df{};
  Real growth_level{}, own_growth{}, world_growth{}, convergence{};
  bool steady = false;  // unrest is switched off: the size of shocks does not change in time
};

/// How safe a state is.
template <class Real>
struct Safety {
  Real danger{};    // of a fatal dispute, percentage points above its own mean; the year before
  Real presence{};  // five-year change of the log of foreign troops in it; the year before
  Real war{};       // 1 in the year in which a war of its own begins and the two after
  Real exposure{};  // nearness to aggressions in force, 1 at their place
};

/// What a state's spending answers to: of the year before, but for war and exposure.
template <class Real>
struct YearBefore {
  Real log_burden{}, milex_growth{};
  Felt<Real> felt{};
  Safety<Real> safety{};
};
inline YearBefore<double> year_before(const Row& row) {
  return {
      row.log_burden_lag,
      row.milex_growth_lag,
      {row.threat_lag, row.support_lag, row.rival_growth_lag, row.ally_growth_lag, row.treaty_lag},
      {row.danger_lag, row.presence_lag, row.war, row.exposure}};
}

/// Growth of GDP that was expected for a year and for the year before.
template <class Real>
struct ExpectedGrowth {
  Real now{}, before{};
};

/// The log burden that habit and reactions imply, b* of docs/model.md section 2 (Spending).
template <class Real>
Real implied_target(const StateParameters<Real>& own, const Felt<Real>& felt, Real danger) {
  return own.target + own.threat_slope * felt.threat + own.support_slope * felt.support +
         own.danger_within * danger + own.cover_slope * felt.treaty;
}

/// The parts of one year's change of a state's log milex, docs/model.md section 5 (One year of a
/// future); they add up to it.
template <class Real>
struct Terms {
  Real habit{};     // pull of the target on the burden
  Real income{};    // growth of GDP
  Real momentum{};  // last year's change
  Real danger{};    // of a fatal dispute, above the state's usual
  Real rivals{};    // their rise, and the threat they are
  Real allies{};    // their rise, and the cover they give
  Real presence{};  // foreign troops in the country
  Real war{};       // a war of its own, and one near by
  Real wave{};      // the whole world's
  Real plan{};      // what plans, caps and paths change in the mean
  Real shock{};

  Real mean() const {
    return habit + momentum + income + rivals + allies + wave + danger + presence + war;
  }
};

/// The mean of the spending equation, docs/model.md section 2 (Spending), in its parts, with the
/// limits of docs/model.md section 1 (Covariates).
template <class Real>
Terms<Real> terms_of_year(const StateParameters<Real>& own, Real target,
                          const YearBefore<Real>& before, Real gdp_growth, Real wave) {
  const Felt<Real>& felt = before.felt;
  const Safety<Real>& safety = before.safety;
  return {.habit = own.pull * (target - clamp(before.log_burden, Limits::log_burden_low,
                                              Limits::log_burden_high)),
          .income = own.income * gdp_growth,
          .momentum =
              own.persistence * clamp(before.milex_growth, -Limits::growth_lag, Limits::growth_lag),
          .danger = own.pull * own.danger_within * safety.danger,
          .rivals = own.pull * own.threat_slope * felt.threat +
                    own.rival_response * clamp(felt.rival_rise, -Limits::rise, Limits::rise),
          .allies = own.pull * own.support_slope * felt.support +
                    own.ally_response * clamp(felt.ally_rise, -Limits::rise, Limits::rise) +
                    own.pull * own.cover_slope * felt.treaty,
          .presence = own.presence_response * safety.presence,
          .war = own.war_response * safety.war + own.exposure_response * safety.exposure,
          .wave = wave};
}

/// The same in a future. Where a state keeps its share of GDP, its budget grows by the growth of
/// GDP that was `expected` for the year, and the equation acts on what departs from that.
template <class Real>
Terms<Real> terms_of_future(const StateParameters<Real>& own, Real target, YearBefore<Real> before,
                            Real gdp_growth, ExpectedGrowth<Real> expected, Real wave) {
  const auto keeps = own.keeps > Real(0.5);
  const Real along = select(keeps, expected.now, Real(0.0));
  before.milex_growth -= select(keeps, expected.before, Real(0.0));
  Terms<Real> terms = terms_of_year(own, target, before, gdp_growth - along, wave);
  terms.income += along;
  return terms;
}

/// Scale of a year's shock, from the log of the unrest of the year before.
template <class Real>
Real shock_scale(const StateParameters<Real>& own, Real log_unrest) {
  return own.scale * exp(own.unrest_slope * log_unrest);
}

/// The plan of one state as it acts on one step.
template <class Real>
struct PlanNow {
  bool there = false;
  Real adherence{}, log_target{};
  Real log_start{};  // in the year before the plan's first
  double years = 1;  // from then to its last
  PlanMode as = PlanMode::at_least;
  Real trend{};           // expected growth of GDP in its last year
  bool in_money = false;  // target and start are of milex (M USD), not of its share of GDP
  Real log_gdp{};         // where it is in money and has ended: of its last year, M USD
};

/// A plan of a lever that says at least or at most: it bounds what would act without it and takes
/// nothing else away.
template <class Real>
struct BoundNow {
  PlanNow<Real> now, ended;
};

/// Levers as they act in one year; those on relations stand in World.
template <class Real>
struct Levers {
  std::vector<Real>
      trend;  // expected growth a year, of GDP or, for a state without burden, of milex
  std::vector<PlanNow<Real>> plan;     // by state: moves this year's milex
  std::vector<PlanNow<Real>> ended;    // by state: its last year was the year before
  std::vector<BoundNow<Real>> bounds;  // in order of states; of one state in the order of lines
  std::vector<int> bounds_of;          // of state i: [i] to [i + 1]; empty: there are none
  std::vector<char> capped;            // by state
  std::vector<Real> log_cap;           // by state
  std::vector<char> fixed;             // by state: its milex is given
  std::vector<Real> log_path;          // by state: that milex, log of M USD
  std::vector<Real> efficiency;        // by state: stock that a unit of milex buys
  std::vector<Safety<Real>> safety;    // by state
};

/// Standardised shocks of one year: Student-t for states, normal for the world's.
template <class Real>
struct Shocks {
  std::vector<Real> spending, growth;  // by state, clamped to +-8
  std::vector<Real> wave{Real(0.0)};   // by series: the world's, the regions'
  Real cycle{};
  std::vector<Real> sized;  // by state: spending times its scale, where that is known; or empty
};
inline constexpr double largest_shock = 8;

/// The year's shock of a state's spending, a change of the log, from its unrest of the year before.
template <class Real>
Real spending_shock(const Parameters<Real>& p, const Shocks<Real>& z, Real unrest, StateIndex i) {
  if (!z.sized.empty()) return z.sized[i];
  const StateParameters<Real>& own = p.state[i];
  const Real scale = p.steady ? own.scale : shock_scale(own, log_unrest(unrest));
  return scale * z.spending[i];
}

/// The world in one year.
template <class Real>
struct World {
  std::vector<Law> law;
  std::vector<Real> log_milex, milex_growth;   // log of M USD; a year
  std::vector<Real> milex;                     // M USD
  std::vector<Real> log_gdp, gdp_growth;       // log of M USD; a year
  std::vector<ExpectedGrowth<Real>> expected;  // by state, of GDP, for this year
  std::vector<LastingGrowth<Real>> lasting;    // growth of GDP, of states with an equation
  std::vector<Real> stock, stock_before;       // M USD, this year's and the year before's
  std::vector<Real> target_rise;               // what ended plans added to the target, log share
  std::vector<Real> unrest;                    // 1/year
  std::vector<Real> wave{Real(0.0)};           // by series: the world's, the regions'
  std::vector<int> series;   // by state: whose wave it follows; empty: all the world's
  std::vector<Real> danger;  // of a fatal dispute, percentage points above the state's mean
  Relations<Real> relations;
  std::vector<Felt<Real>> felt;  // of the year that step() left
};

/// The world's lasting growth: the mean of the states' whose GDP is known.
template <class Real>
Real world_growth(const World<Real>& x) {
  Real sum(0.0);
  double count = 0;
  for (std::size_t i = 0; i < x.law.size(); ++i)
    if (x.law[i] == Law::equation) sum += x.lasting[i].mean, ++count;
  return count > 0 ? sum * Real(1 / count) : Real(typical_growth);
}

/// Growth of GDP that is expected where nothing else says so, docs/model.md section 3 (Economy).
template <class Real>
Real expected_growth(const Parameters<Real>& p, StateIndex i, const GrowthMemory<Real>& memory) {
  return p.state[i].trend + p.growth_level + p.own_growth * memory.own +
         p.world_growth * memory.world - p.convergence * memory.income;
}

/// Where the burden rests when GDP grows at `trend`: r = b* - (1 - income - persistence) trend /
/// pull, docs/model.md section 4 (Priors of a region). One that is kept rests at b*.
template <class Real>
Real resting_burden(Real implied, const StateParameters<Real>& own, Real trend) {
  return select(own.keeps > Real(0.5), implied,
                implied - (Real(1.0) - own.income - own.persistence) * trend / own.pull);
}

/// Whether a plan acts: at-least does nothing where it is met already, at-most where the burden is
/// below.
template <class Real>
auto plan_acts(const PlanNow<Real>& plan) {
  if (plan.as == PlanMode::at_least) return plan.log_start < plan.log_target;
  if (plan.as == PlanMode::at_most) return plan.log_start > plan.log_target;
  return plan.log_start == plan.log_start;
}

/// Mean change of log milex under a plan, docs/model.md section 6 (Levers): the gap closes in equal
/// steps, the rest of the reactions lives on. A share of GDP grows with GDP by itself, a sum of
/// money does not.
template <class Real>
Real planned(const PlanNow<Real>& plan, Real mean, Real gdp_growth) {
  const Real way = plan.adherence * (plan.log_target - plan.log_start) / Real(plan.years);
  const Real by_itself = plan.in_money ? Real(0.0) : gdp_growth;
  const Real rest = maximum(Real(0.0), Real(1.0) - plan.adherence) * (mean - by_itself);
  return select(plan_acts(plan), by_itself + way + rest, mean);
}

/// Permanent rise of the log target after a plan ends. `rise`: the rise by earlier plans that end
/// in the same year; an at-least plan never lowers it, an at-most plan never raises it.
template <class Real>
Real lasting_rise(const PlanNow<Real>& plan, Real resting, Real rise) {
  const Real target = plan.in_money ? plan.log_target - plan.log_gdp : plan.log_target;
  const Real own = plan.adherence * (target - resting);
  if (plan.as == PlanMode::at_least) return select(plan_acts(plan), maximum(rise, own), rise);
  if (plan.as == PlanMode::at_most) return select(plan_acts(plan), minimum(rise, own), rise);
  return select(plan_acts(plan), own, rise);
}

/// Mean change of log milex under a cap, docs/model.md section 6 (Levers): a rise of the burden
/// r > 0 becomes max(0, -log(e^(-50 r) + e^(-50 room)) / 50). It never cuts.
template <class Real>
Real capped(Real log_cap, Real burden, Real mean, Real gdp_growth) {
  const Real r = mean - gdp_growth, room = log_cap - burden;
  const Real soft = minimum(r, room) - log1p(exp(Real(-50.0) * absolute(r - room))) / Real(50.0);
  return select(r > Real(0.0), gdp_growth + maximum(Real(0.0), soft), mean);
}

/// The bounds on state i.
template <class Real>
std::span<const BoundNow<Real>> bounds_on(const Levers<Real>& now, StateIndex i) {
  if (now.bounds_of.empty()) return {};
  const auto begin = now.bounds.begin();
  return {begin + now.bounds_of[i], begin + now.bounds_of[i + 1]};
}

/// Permanent rise of the log target by all plans that ended the year before. `before`: the rise by
/// plans of earlier years. Every plan uses the resting burden without the other plans.
template <class Real>
Real left_by_plans(const Levers<Real>& now, StateIndex i, const StateParameters<Real>& own,
                   const Felt<Real>& felt, Real before) {
  const Real implied = implied_target(own, felt, now.safety[i].danger) + before;
  Real rise(0.0);
  const auto add = [&](const PlanNow<Real>& ended) {
    if (ended.there) rise = lasting_rise(ended, resting_burden(implied, own, ended.trend), rise);
  };
  add(now.ended[i]);
  for (const BoundNow<Real>& b : bounds_on(now, i)) add(b.ended);
  return rise;
}

/// What a bound makes of the mean `under` what acts without it; `mean` is the free one.
template <class Real>
Real bounded(const PlanNow<Real>& bound, Real under, Real mean, Real gdp_growth) {
  const Real there = planned(bound, mean, gdp_growth);
  return select(plan_acts(bound),
                bound.as == PlanMode::at_least ? maximum(under, there) : minimum(under, there),
                under);
}

/// Mean change of a state's log milex under its plan, what bounds that, and its cap.
template <class Real>
Real under_levers(const Levers<Real>& now, StateIndex i, Real burden, Real mean, Real gdp_growth) {
  const Real free = mean;
  if (now.plan[i].there) mean = planned(now.plan[i], free, gdp_growth);
  for (const BoundNow<Real>& b : bounds_on(now, i))
    if (b.now.there) mean = bounded(b.now, mean, free, gdp_growth);
  if (now.capped[i]) mean = capped(now.log_cap[i], burden, mean, gdp_growth);
  return mean;
}

}  // namespace tenbin
