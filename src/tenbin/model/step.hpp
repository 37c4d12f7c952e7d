// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/model/world.hpp"

namespace tenbin {

/// One year of one future (or of the futures of a lane). Before: x holds year t. After: x holds
/// year t + 1. The order is that of docs/model.md section 5; nothing reads a later step's output.
/// Levers of year t + 1 (1) come in `now`; relations of year t are in x, and those of t + 1 take
/// their place at the end.
template <class Real>
void step(const Topology& topology, const Parameters<Real>& p, const Levers<Real>& now,
          const Shocks<Real>& z, World<Real>& x) {
  const int n = topology.states;

  // 2 economy
  for (int i = 0; i < n; ++i) {
    const auto& own = p.state[i];
    const Real growth = now.trend[i] + p.momentum * (x.gdp_growth[i] - now.trend[i]) +
                        p.cycle_sd * z.cycle + own.growth_scale * z.growth[i];
    x.gdp_growth[i] = clamp(growth, -Limits::gdp_growth, Limits::gdp_growth);
  }

  // 3 covariates of year t
  feel<Real>(topology, x.relations, x.stock, x.stock_before, x.sums, x.felt);

  // 4 spending
  x.wave = p.wave_persistence * x.wave + p.wave_sd * z.wave;
  for (int i = 0; i < n; ++i) {
    const auto& own = p.state[i];
    if (x.law[i] == Law::idle) continue;
    if (x.law[i] == Law::no_burden) {
      x.milex_growth[i] = now.trend[i] + Real(no_burden_scale) * z.spending[i];
      continue;
    }
    const Real burden = x.log_milex[i] - x.log_gdp[i];  // of year t
    const Real reacting =
        own.target + p.threat_slope * x.felt[i].threat + p.support_slope * x.felt[i].support;
    if (now.ended[i].there)
      x.target_rise[i] += lasting_rise(
          now.ended[i], resting_burden(reacting + x.target_rise[i], own, now.ended[i].trend));
    Real mean =
        own.pull * (reacting + x.target_rise[i] -
                    clamp(burden, Limits::log_burden_low, Limits::log_burden_high)) +
        own.persistence * clamp(x.milex_growth[i], -Limits::growth_lag, Limits::growth_lag) +
        own.income * x.gdp_growth[i] +
        own.rival_response * clamp(x.felt[i].rival_rise, -Limits::rise, Limits::rise) +
        p.ally_response * clamp(x.felt[i].ally_rise, -Limits::rise, Limits::rise) + x.wave;
    if (now.plan[i].there) mean = planned(now.plan[i], mean, x.gdp_growth[i]);
    if (now.capped[i]) mean = capped(now.log_cap[i], burden, mean, x.gdp_growth[i]);
    x.milex_growth[i] = mean + own.scale * z.spending[i];
  }

  // 5 stock
  for (int i = 0; i < n; ++i) {
    x.log_gdp[i] += x.gdp_growth[i];
    x.stock_before[i] = x.stock[i];
    x.stock[i] = Real(1 - decay) * x.stock[i];
    if (x.law[i] == Law::idle) continue;
    x.log_milex[i] += x.milex_growth[i];
    x.stock[i] += exp(x.log_milex[i]);
  }
  x.relations = now.relations;
}

}  // namespace tenbin
