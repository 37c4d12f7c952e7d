// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/core/scenario.hpp"
#include "tenbin/fit/fit.hpp"
#include "tenbin/futures/tally.hpp"

namespace tenbin {

/// Scenarios of one panel, start, end, seed and number of futures, so that their futures are pairs.
/// A copy shares the past and the posterior.
struct Runs : Compiled {
  std::vector<std::filesystem::path> files;  // of the scenarios and of what they extend
  Problems notes;                            // on the scenarios side by side
  std::shared_ptr<const Posterior> posterior;

  /// One run a scenario.
  Projection projection() const;
};

/// Reads scenarios without a posterior: every problem of every one goes to `problems`, notes too.
/// The past is that of the panel at their start; empty without a scenario.
Runs read_runs(const std::vector<std::string>& paths, Problems& problems);

/// Gives all scenarios one number of futures and one seed (without them: those of the first) and
/// compiles them.
void schedule_runs(Runs& runs, std::optional<std::int64_t> futures,
                   std::optional<std::uint64_t> seed);

/// Names each state that has no figures at the start and bears on others: it is not projected, and
/// what counts it counts a stock that decays.
Problems unknown_notes(const Runs& runs);

/// Refuses scenarios on another panel than this one.
void require_same_panel(const Runs& runs, const Panel& panel);

/// Refuses scenarios of which one draws disputes and another does not: tables of them side by side
/// would compare nothing.
void require_same_disputes(const Runs& runs);

}  // namespace tenbin
