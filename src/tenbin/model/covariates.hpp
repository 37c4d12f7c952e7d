// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/num/elementary.hpp"

/// docs/model.md section 1 (Covariates). Templates on Real serve the panel (double) and futures
/// (lanes) alike.

namespace tenbin {

/// The stock at the end of a year: what is left of the year before's, and what was bought (M USD).
template <class Real>
Real next_stock(const StockRule& rule, Real before, Real bought) {
  return Real(1 - rule.decay) * before + bought;
}
inline constexpr double earth_radius = 6371.0088;  // km
inline constexpr int longest_bridged_gap = 3;      // years
inline constexpr int fewest_fitted_rows = 8;

/// Limits on what the spending equation is asked about (outliers are hyperinflation and war).
struct Limits {
  static constexpr double growth = 1, growth_lag = 0.5, gdp_growth = 0.25, rise = 0.3;
  static constexpr double log_burden_low = -7, log_burden_high = -1;
};

/// Lasting growth of GDP: the mean of a state's growth so far, where each year counts `keep` of the
/// next; docs/model.md section 3 (Economy).
template <class Real>
struct LastingGrowth {
  static constexpr double keep = 0.85;
  Real mean{};        // a year
  double weight = 0;  // of the years in it, the last one's is 1; at most 1 / (1 - keep)

  void add(Real growth) {
    weight = keep * weight + 1;
    mean += (growth - mean) * Real(1 / weight);
  }
};

/// How much faster a state's GDP grows in the panel's measure (money of one year by consumer
/// prices) than real GDP by its own deflator, a year, over the next decade or so. From 340 pairs of
/// fifteen years and the ten after them, of states whose yearly gap is small (sd below 6 %): the
/// later decade's mean repeats a fifth of the earlier years', and 1.1 % of it is new.
struct Wedge {
  static constexpr double lasting_sd = 0.0045, decade_sd = 0.0106;
  double mean = 0;
  double sd = square_root(lasting_sd * lasting_sd + decade_sd * decade_sd);
};
/// Of a state whose gap was `gap` on average over so many years, one or more.
Wedge wedge_of(double gap, int years);

/// Of how many futures a state keeps its share of GDP in, by how far the share has moved:
/// docs/model.md section 5 (One year of a future).
struct ShareKeeping {
  static constexpr int window = 3, years = 20;
  static constexpr double usual = 0.14;  // change of the log share over a window: half of futures
  double squares = 0;                    // of the changes
  int changes = 0;

  double part() const {
    constexpr double one = usual * usual;
    return 1 / (1 + (one + squares) / (1 + changes) / one);
  }
};

/// What growth of GDP is expected from.
template <class Real>
struct GrowthMemory {
  Real own{};         // lasting growth of the state less the world's
  Real world{};       // mean of the states' lasting growth
  double income = 0;  // log of GDP a head relative to the United States; 0 where it is not known
};

/// Great circle between two places in degrees, km; haversine.
double great_circle(double lat_a, double lon_a, double lat_b, double lon_b);

/// Part of a rival's stock that bears on one at `distance` km when its missiles reach `reach` km;
/// 0-1.
template <class Real>
Real reach_weight(const StockRule& rule, double distance, Real reach) {
  return exp(-maximum(Real(0.0), Real(distance) - reach) / Real(rule.fading_length));
}

/// Ordered pair: j counts for i.
struct Link {
  StateIndex i, j;
};

/// Which pairs can matter at all; their values are in Relations.
struct Topology {
  int states = 0;
  std::vector<Link> threats, covers;  // by i, then j
  std::vector<double> distance;       // km, by threat link; NaN: a state without a place
  StockRule stock_rule;
};

/// Who counts how much for whom in one year.
template <class Real>
struct Relations {
  std::vector<Real> hostility;      // by threat link, 0-1, as spells and levers have it
  std::vector<Real> cover;          // by cover link, 0-1
  std::vector<Real> reach;          // by state, km
  std::vector<Real> weight;         // by state: factor on its stock as others feel it
  std::vector<Real> bearing;        // by threat link: reach weight; 0 for a state without a place
  std::vector<Real> threat_weight;  // by threat link: hostility times bearing and weight; disputes
                                    // raise it
  std::vector<char> counts;         // by threat link: whether it weighs anything; empty: all may
  std::vector<Real> cover_weight;   // by cover link: cover times weight
  std::vector<char> by_major;       // by cover link: whether the protector is a major power
};

/// How far the stock behind a threat bears on the threatened. A state without a place is no threat.
template <class Real>
Real bearing_of(const Topology& topology, std::size_t threat, const Relations<Real>& r) {
  if (!known(topology.distance[threat])) return Real(0.0);
  return reach_weight(topology.stock_rule, topology.distance[threat],
                      r.reach[topology.threats[threat].j]);
}
/// Fills the bearing of a state's stock on others.
template <class Real>
void bear(const Topology& topology, StateIndex state, Relations<Real>& r) {
  for (std::size_t k = 0; k < topology.threats.size(); ++k)
    if (topology.threats[k].j == state) r.bearing[k] = bearing_of(topology, k, r);
}

/// Fills the weights of links, whose bearing is known.
template <class Real>
void weigh_links(const Topology& topology, Relations<Real>& r) {
  for (std::size_t k = 0; k < topology.threats.size(); ++k) {
    r.threat_weight[k] = r.hostility[k] * r.bearing[k] * r.weight[topology.threats[k].j];
    if (!r.counts.empty()) r.counts[k] = any(r.hostility[k] > Real(0.0));
  }
  for (std::size_t k = 0; k < topology.covers.size(); ++k)
    r.cover_weight[k] = r.cover[k] * r.weight[topology.covers[k].j];
}

/// Fills the bearing and the weights of links.
template <class Real>
void weigh(const Topology& topology, Relations<Real>& r) {
  for (std::size_t k = 0; k < topology.threats.size(); ++k)
    r.bearing[k] = bearing_of(topology, k, r);
  weigh_links(topology, r);
}

/// What a state feels in one year; all dimensionless.
template <class Real>
struct Felt {
  Real threat;      // tau = log(1 + threat stock / own stock)
  Real support;     // c = log(1 + stock bound to defend it / own stock)
  Real rival_rise;  // u: growth of the rivals' stock at today's hostility and reach
  Real ally_rise;   // v: the same of its protectors
  Real treaty{};    // C: strongest cover by a major power, 0-1
};

/// Unrest: the smoothed size of a state's recent spending shocks, 1/year.
struct Unrest {
  static constexpr double newest = 0.35;  // weight of the newest year
  static constexpr double start = 0.07;   // before the first figures
  static constexpr double floor = 0.01, typical = 0.08;
  static constexpr double largest_shock = 0.5;
};
/// Unrest after one more year.
template <class Real>
Real with_shock(Real unrest, Real shock) {
  return Real(1 - Unrest::newest) * unrest +
         Real(Unrest::newest) * minimum(absolute(shock), Real(Unrest::largest_shock));
}
/// How it acts on the size of the next shock, a log: 0 where it is typical.
template <class Real>
Real log_unrest(Real unrest) {
  return log((unrest + Real(Unrest::floor)) * Real(1 / Unrest::typical));
}

namespace detail {
/// What counts for one state: of all j, and of those that had a stock the year before.
template <class Real>
struct Counted {
  Real now{0.0}, grown_now{0.0}, grown_before{0.0};
  bool some = false;  // whether anything was counted
};

/// Adds up the links of state i, which begin at place k; moves k past them.
template <class Real>
Counted<Real> count_links(std::span<const Link> links, StateIndex i, std::size_t& k,
                          std::span<const Real> weight, std::span<const char> counts,
                          std::span<const Real> stock, std::span<const Real> before) {
  Counted<Real> s;
  for (; k < links.size() && links[k].i == i; ++k) {
    if (!counts.empty() && !counts[k]) continue;
    s.some = true;
    const Real had = before[links[k].j];
    const Real felt = weight[k] * stock[links[k].j];
    s.now += felt;
    s.grown_now += select(had > Real(0.0), felt, Real(0.0));
    s.grown_before += weight[k] * had;
  }
  return s;
}

/// log(1 + what counts / own stock); the logarithm of 1 is 0.
template <class Real>
Real felt_part(Real own, const Counted<Real>& s) {
  return s.some ? log1p(s.now / own) : s.now / own;
}

/// Growth of what counts and one's own stock; 0 where there was nothing yet.
template <class Real>
Real rise(Real own_before, const Counted<Real>& s) {
  if (!s.some) return Real(0.0);
  const Real before = own_before + s.grown_before;
  return select(before > Real(0.0), log((own_before + s.grown_now) / before), Real(0.0));
}
}  // namespace detail

/// Felt threat, cover and rises of every state from stocks of this year and the year before (M USD;
/// 0: none yet). Equations: docs/model.md section 1 (Covariates). States without own stock get NaN.
/// The links must be sorted by i.
template <class Real>
void feel(const Topology& topology, const Relations<Real>& r, std::span<const Real> stock,
          std::span<const Real> before, std::span<Felt<Real>> felt) {
  std::size_t threat = 0, cover = 0;
  for (int i = 0; i < topology.states; ++i) {
    const auto t = detail::count_links<Real>(topology.threats, i, threat, r.threat_weight, r.counts,
                                             stock, before);
    const auto s =
        detail::count_links<Real>(topology.covers, i, cover, r.cover_weight, {}, stock, before);
    felt[i].threat = detail::felt_part<Real>(stock[i], t);
    felt[i].support = detail::felt_part<Real>(stock[i], s);
    felt[i].rival_rise = detail::rise<Real>(before[i], t);
    felt[i].ally_rise = detail::rise<Real>(before[i], s);
    felt[i].treaty = Real(0.0);
  }
  for (std::size_t k = 0; k < r.by_major.size(); ++k)
    if (r.by_major[k]) {
      Real& treaty = felt[topology.covers[k].i].treaty;
      treaty = maximum(treaty, r.cover[k]);
    }
}

/// Great circles between the states of each link, km; NaN where a state has no place.
std::vector<double> distances(const Panel& panel, std::span<const Link> links);

/// Pairs that any spell of the panel names.
Topology topology(const Panel& panel);
/// Relations that the panel's spells and missiles give for `year`.
Relations<double> relations(const Panel& panel, const Topology& topology, int year);

/// Capability stocks, [state][year - first_year] in M USD; 0 before a state's first expenditure.
std::vector<double> stocks(const Panel& panel);

/// Unrest at the end of each year, [state][year - first_year]. A shock of the past is the departure
/// of log milex's change from its own smoothed past (a tenth of the way each year).
std::vector<double> unrests(const Panel& panel);

/// The danger of a state of which nothing is known, and that at which the habits of states with
/// more and with less are compared: percentage points a year.
inline constexpr double typical_danger = 2;

/// One fitted row of the spending equation: state i, year t; lags are of year t-1. Cut to Limits.
struct Row {
  StateIndex state;
  int year;
  double milex_growth, milex_growth_lag, log_burden_lag, gdp_growth;
  double gdp_growth_lag;  // NaN where the year before has no growth: no row of the economy equation
  double own_growth_lag = 0;    // of the state, less the world's
  double world_growth_lag = 0;  // mean of the states' lasting growth
  double income_lag = 0;        // log of GDP a head relative to the United States
  double threat_lag, support_lag, rival_growth_lag, ally_growth_lag;
  double unrest_lag;  // log_unrest()
  double treaty_lag = 0;
  double danger_lag = 0;                // percentage points above the state's mean
  double danger_mean = typical_danger;  // of the state over its rows, percentage points
  double presence_lag = 0;
  double war = 0, exposure = 0;  // of year t itself
};

}  // namespace tenbin
