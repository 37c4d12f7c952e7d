// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/infer/journal.hpp"
#include "tenbin/infer/nuts.hpp"
#include "tenbin/parallel/execution.hpp"

namespace tenbin {

/// A density that also says what to report of a draw.
template <class F>
concept ReportingDensity = LogDensity<F> &&
    requires(F& f, std::span<const double> theta, std::span<double> out) {
  { f.start() } -> std::convertible_to<std::vector<double>>;
  { f.columns() } -> std::convertible_to<std::vector<Column>>;
  f.constrain(theta, out);
};

namespace detail {

/// Draws of one chain as rows of width + 5 numbers, for a journal and back.
inline void append_record(const Draws& draws, std::size_t d, std::vector<double>& records) {
  const auto row = draws.draw(d);
  records.insert(records.end(), row.begin(), row.end());
  for (const double x :
       {draws.log_density[d], draws.acceptance[d], static_cast<double>(draws.tree_depth[d]),
        static_cast<double>(draws.leapfrogs[d]), static_cast<double>(draws.divergent[d])})
    records.push_back(x);
}
/// False where a count among the numbers is none.
[[nodiscard]] inline bool restore_record(std::span<const double> record, Draws& draws,
                                         std::size_t d) {
  std::copy_n(record.begin(), draws.width, draws.values.begin() + d * draws.width);
  const auto rest = record.subspan(draws.width);
  for (const double count : {rest[2], rest[3]})
    if (!(count >= 0 && count <= std::numeric_limits<int>::max())) return false;
  draws.log_density[d] = rest[0];
  draws.acceptance[d] = rest[1];
  draws.tree_depth[d] = static_cast<int>(rest[2]);
  draws.leapfrogs[d] = static_cast<int>(rest[3]);
  draws.divergent[d] = rest[4] != 0;
  return true;
}

/// What the journal holds of a chain; null: nothing.
inline const ChainPart* part_of(const Journal* journal, const std::string& equation, int chain) {
  if (journal == nullptr) return nullptr;
  for (const ChainPart& part : journal->done)
    if (part.equation == equation && part.chain == chain) return &part;
  return nullptr;
}

/// Takes a chain and its draws, from place `first` on, to where a part of the journal ends. Returns
/// the place after the last draw; throws Error where the part is of another fit.
template <class Chain>
std::size_t resume(const ChainPart& part, const NutsOptions& options, Chain& nuts, Draws& draws,
                   std::size_t first) {
  const std::size_t kept = std::max(0, part.iteration - options.warmup);
  const std::size_t size = draws.width + 5;
  bool fits = part.state.size() == nuts.state().size() &&
              part.iteration <= options.warmup + options.draws &&
              part.records.size() == kept * size && nuts.resume(part.state) &&
              nuts.iteration() == part.iteration;
  std::size_t d = first;
  for (std::size_t r = 0; fits && r < part.records.size(); r += size)
    fits = restore_record({part.records.data() + r, size}, draws, d++);
  if (!fits)
    throw Error(
        {{"the checkpoint", "its parts do not fit this fit", "Remove the file to begin anew"}});
  return d;
}

}  // namespace detail

/// What goes on beside the sampling.
struct Beside {
  std::string equation;   // name of the draws, and of their parts in the journal
  NutsObserver observer;  // may stop all chains
  const Journal* journal = nullptr;
};

/// Runs `chains` chains, each on a copy of the density. The bits depend on density, options and
/// chain number only. If the observer stops a chain, all stop and the result has `chains` = 0.
/// With a journal, chains go on from what it holds, to the bits of a run never interrupted, and
/// leave their parts there when it asks and when they end. Throws Error where the journal's parts
/// are of another fit.
template <ReportingDensity Density>
Draws sample(const Density& density, int chains, const NutsOptions& options,
             const Execution& execution, const Beside& beside = {}) {
  const std::string& equation = beside.equation;
  const NutsObserver& observer = beside.observer;
  const Journal* journal = beside.journal;
  Density reporter = density;
  Draws draws{.equation = equation,
              .chains = chains,
              .draws_per_chain = options.draws,
              .columns = reporter.columns()};
  draws.width = draws.columns.back().offset + draws.columns.back().size();
  draws.values.resize(draws.size() * draws.width);
  draws.log_density.resize(draws.size());
  draws.acceptance.resize(draws.size());
  draws.tree_depth.resize(draws.size());
  draws.leapfrogs.resize(draws.size());
  draws.divergent.resize(draws.size());
  const std::vector<double> start = reporter.start();
  const int iterations = options.warmup + options.draws;
  std::atomic<bool> stopped{false};
  for_each_block(execution, chains, [&](int chain, int) {
    NutsChain<Density> nuts(density, start, chain, options);
    Density own = density;  // its own workspace NOLINT(performance-unnecessary-copy-initialization)
    const std::size_t first = static_cast<std::size_t>(chain) * options.draws;
    std::size_t d = first, saved = first;
    if (const ChainPart* part = detail::part_of(journal, equation, chain))
      saved = d = detail::resume(*part, options, nuts, draws, first);
    int saved_at = nuts.iteration();
    const auto save = [&] {
      if (journal == nullptr || !journal->save || nuts.iteration() == saved_at) return;
      ChainPart part{equation, chain, saved_at, nuts.iteration(), nuts.state(), {}};
      for (; saved < d; ++saved) detail::append_record(draws, saved, part.records);
      journal->save(part);
      saved_at = nuts.iteration();
    };
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
      if (observer && !observer({chain, nuts.iteration(), iterations, !keep, step})) stopped = true;
      if (journal != nullptr && journal->due && journal->due(equation, chain)) save();
    }
    save();
  });
  if (stopped) draws.chains = 0;
  return draws;
}

}  // namespace tenbin
