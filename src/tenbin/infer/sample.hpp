// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "tenbin/core/draws.hpp"
#include "tenbin/exec/execution.hpp"
#include "tenbin/infer/nuts.hpp"

namespace tenbin {

/// A density that also says what to report of a draw.
template <class F>
concept ReportingDensity = LogDensity<F> &&
    requires(F& f, std::span<const double> theta, std::span<double> out) {
  { f.start() } -> std::convertible_to<std::vector<double>>;
  { f.columns() } -> std::convertible_to<std::vector<Column>>;
  f.constrain(theta, out);
};

/// Runs `chains` chains, each on a copy of the density. The bits depend on density, options and
/// chain number only. If the observer stops a chain, all stop and the result has `chains` = 0.
template <ReportingDensity Density>
Draws sample(const Density& density, int chains, const NutsOptions& options,
             const Execution& execution, const NutsObserver& observer = {}) {
  Density reporter = density;
  Draws draws{.chains = chains, .draws_per_chain = options.draws, .columns = reporter.columns()};
  draws.width = draws.columns.back().offset + draws.columns.back().size();
  draws.values.resize(draws.size() * draws.width);
  draws.log_density.resize(draws.size());
  draws.acceptance.resize(draws.size());
  draws.tree_depth.resize(draws.size());
  draws.leapfrogs.resize(draws.size());
  draws.divergent.resize(draws.size());
  const std::vector<double> start = reporter.start();
  std::atomic<bool> stopped{false};
  for_each_block(execution, chains, [&](int chain) {
    NutsChain<Density> nuts(density, start, chain, options);
    Density own = density;
    std::size_t d = static_cast<std::size_t>(chain) * options.draws;
    while (!nuts.finished() && !stopped) {
      const bool keep = !nuts.warming_up();
      const NutsStep step = nuts.advance();
      if (keep) {
        own.constrain(nuts.position(), {draws.values.data() + d * draws.width, draws.width});
        draws.log_density[d] = step.log_density;
        draws.acceptance[d] = step.acceptance;
        draws.tree_depth[d] = step.tree_depth;
        draws.leapfrogs[d] = step.leapfrogs;
        draws.divergent[d] = step.divergent;
        ++d;
      }
      if (observer &&
          !observer({chain, nuts.iteration(), options.warmup + options.draws, !keep, step}))
        stopped = true;
    }
  });
  if (stopped) draws.chains = 0;
  return draws;
}

}  // namespace tenbin
