// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/ensemble.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/parallel/execution.hpp"

namespace tenbin {

inline constexpr int futures_per_block = 256;                // whatever the threads and ranks
inline constexpr std::int64_t most_futures = 4'000'000'000;  // a future's number is a 32-bit key

/// Whose disputes a run has: those of its schedule, drawn by its own stocks; those of the first run
/// in the same future, so that an effect goes without them; or none.
enum class RunDisputes { own, as_first, none };

/// One run of a projection: a schedule, and which states keep a given distance from the first run's
/// milex instead of going their own way.
struct Run {
  const Schedule* schedule = nullptr;
  std::vector<double> follows;  // by state: log of own milex over that of the first run in the same
                                // future, every year; NaN: its own way. Empty: all their own
  RunDisputes disputes = RunDisputes::own;
  std::vector<char> recorded{};  // by state: whether its milex and burden are asked for; empty: all
  StateIndex explained = -1;     // state and year whose terms are recorded; -1: none
  int explained_year = 0;

  /// Whose disputes it has, own or the first run's.
  std::span<const Dyad> dyads() const {
    if (disputes == RunDisputes::none) return {};
    return disputes == RunDisputes::as_first ? schedule->dyads : schedule->drawn();
  }
};

struct ProjectOptions {
  std::int64_t futures = 4000;  // future f uses posterior draw f mod draws
  /// Futures stepped side by side: 1, 4, 8, 16 (for AVX2) or 32 (for AVX-512); the bits are the
  /// same. A width that the machine or compiler cannot have gives way to the next smaller one.
  int lanes = 32;
};

/// Random numbers of futures, kept for the next projection of the same panel, start, draws and
/// seed: they depend on no lever. For one thread, and one number of lanes.
class KeptShocks {
 public:
  enum class What { shocks, sized, disputes };  // sized: spending shocks as changes of the log
  /// Numbers of what the future `first` and those beside it meet `when`; empty: not yet drawn.
  std::vector<double>& at(std::uint32_t first, What what, int when) {
    return kept_[{first, what, when}];
  }

 private:
  std::map<std::tuple<std::uint32_t, What, int>, std::vector<double>> kept_;
};

/// What is projected: runs of one panel, start, end and seed side by side, future by future, with
/// the same draw and shocks. Both posteriors must be of this panel.
struct Projection {
  std::vector<Run> runs;  // the first is the baseline
  const Draws* spending = nullptr;
  const Draws* economy = nullptr;
  ProjectOptions options;
  KeptShocks* kept = nullptr;  // empty: all are drawn

  int blocks() const {
    return static_cast<int>((options.futures + futures_per_block - 1) / futures_per_block);
  }
};

/// Given a worker's number (0 .. threads-1), a block's number and the runs' futures of this block.
/// Different workers call it at the same time. It may change what it is given, but not its shape.
using BlockSink = std::function<void(int worker, int block, std::span<Ensemble> runs)>;

/// Projects the blocks that `wanted` names (all if empty), once each; memory does not depend on
/// their number. The bits of a future depend on schedule, draws and its number only: not on the
/// number of futures, on lanes, threads, ranks, compiler or platform. `go_on` is asked before each
/// block; once it says no, the rest is left undone.
void project_blocks(const Projection& projection, const Execution& execution, const BlockSink& sink,
                    const std::function<bool(int block)>& wanted = {},
                    const std::function<bool()>& go_on = {});

/// All futures of one schedule, in memory.
Ensemble project(const Schedule& schedule, const Draws& spending, const Draws& economy,
                 const ProjectOptions& options, const Execution& execution);

}  // namespace tenbin
