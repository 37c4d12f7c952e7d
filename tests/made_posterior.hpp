// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture.hpp"
#include "tenbin/fit/fit.hpp"

namespace tenbin::fixture {

/// Posterior of the fixture's panel without a fit: two chains of `draws` made-up draws each and
/// their summaries. For tests of what is done with a posterior.
inline Posterior posterior(int draws = 40) {
  Posterior p{.asked = {.chains = 2, .warmup = 60, .draws = draws}};
  p.spending = fixture::draws(Equation::spending, 2 * draws);
  p.economy = fixture::draws(Equation::economy, 2 * draws);
  // The fixture's cycle is 0 in every draw, which has no R-hat.
  const Column& cycle = *p.economy.find("cycle");
  for (std::uint32_t k = 0; k < p.economy.size(); ++k)
    for (std::size_t e = 0; e < cycle.size(); ++e)
      p.economy.values[k * p.economy.width + cycle.offset + e] =
          0.02 * (unit(k, static_cast<std::uint32_t>(e), 12) - 0.5);
  for (Draws* d : {&p.spending, &p.economy}) {
    d->chains = 2;
    d->draws_per_chain = draws;
    d->log_density.assign(d->size(), -1);
    d->acceptance.assign(d->size(), 0.9);
    d->tree_depth.assign(d->size(), 3);
    d->leapfrogs.assign(d->size(), 7);
    d->divergent.assign(d->size(), 0);
  }
  p.rows_spending = p.rows_economy = static_cast<int>(fitted_rows(panel()).size());
  summarise(p);
  return p;
}

}  // namespace tenbin::fixture
