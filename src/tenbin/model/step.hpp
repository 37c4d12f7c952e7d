// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/model/world.hpp"

namespace tenbin {

/// One year of one future (or of the futures of a lane). Before: x holds year t. After: x holds
/// year t + 1, but for its relations, which are still those of t. The order is that of
/// docs/model.md section 5 (One year of a future); nothing reads a later step's output. `now` holds
/// the levers of year t + 1 (1). Calls `note(i, terms)` with the parts of each projected state's
/// change of milex.
template <class Real, class Note>
void step(const Topology& topology, const Parameters<Real>& p, const Levers<Real>& now,
          const Shocks<Real>& z, World<Real>& x, Note&& note) {
  const int n = topology.states;

  // 2 economy
  for (int i = 0; i < n; ++i) {
    const auto& own = p.state[i];
    const Real expected = now.trend[i] + p.momentum * (x.gdp_growth[i] - now.trend[i]);
    x.expected[i] = {expected, x.expected[i].now};
    const Real growth = expected + p.cycle_sd * z.cycle + own.growth_scale * z.growth[i];
    x.gdp_growth[i] = clamp(growth, -Limits::gdp_growth, Limits::gdp_growth);
    x.lasting[i].add(x.gdp_growth[i]);
  }

  // 3 covariates of year t
  feel<Real>(topology, x.relations, x.stock, x.stock_before, x.felt);

  // 4 spending
  for (std::size_t k = 0; k < x.wave.size(); ++k)
    x.wave[k] = p.wave_persistence * x.wave[k] + p.wave_sd * z.wave[k];
  for (int i = 0; i < n; ++i) {
    const auto& own = p.state[i];
    const Felt<Real>& felt = x.felt[i];
    if (x.law[i] == Law::idle) continue;
    Terms<Real> t;
    if (x.law[i] == Law::no_burden) {
      t.income = now.trend[i];
      t.shock = Real(no_burden_scale) * z.spending[i];
    } else {
      const Real burden = x.log_milex[i] - x.log_gdp[i];  // of year t
      x.target_rise[i] += left_by_plans(now, i, own, felt, x.target_rise[i]);
      t = terms_of_future(own, own.target + x.target_rise[i],
                          {burden, x.milex_growth[i], felt, now.safety[i]}, x.gdp_growth[i],
                          x.expected[i], x.wave[x.series.empty() ? 0 : x.series[i]]);
      const Real mean = t.mean();
      t.plan = under_levers(now, i, burden, mean, x.gdp_growth[i]) - mean;
      t.shock = spending_shock(p, z, x.unrest[i], i);
      if (!now.fixed[i]) x.unrest[i] = with_shock(x.unrest[i], t.shock);
    }
    if (now.fixed[i]) {
      t.plan = now.log_path[i] - x.log_milex[i] - t.mean();
      t.shock = Real(0.0);
    }
    x.milex_growth[i] = t.mean() + t.plan + t.shock;
    note(i, t);
  }

  // 5 stock
  for (int i = 0; i < n; ++i) {
    x.log_gdp[i] += x.gdp_growth[i];
    x.stock_before[i] = x.stock[i];
    x.stock[i] = next_stock(topology.stock_rule, x.stock_before[i], Real(0.0));
    if (x.law[i] == Law::idle) continue;
    x.log_milex[i] = now.fixed[i] ? now.log_path[i] : x.log_milex[i] + x.milex_growth[i];
    x.milex[i] = exp(x.log_milex[i]);
    x.stock[i] = next_stock(topology.stock_rule, x.stock_before[i], now.efficiency[i] * x.milex[i]);
  }
}

}  // namespace tenbin
