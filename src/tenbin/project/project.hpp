// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/ensemble.hpp"
#include "tenbin/exec/execution.hpp"
#include "tenbin/project/schedule.hpp"

namespace tenbin {

inline constexpr int futures_per_block = 1024;  // whatever the threads and ranks

struct ProjectOptions {
  int futures = 4000;  // future f uses posterior draw f mod draws
  int lanes = 8;       // futures stepped side by side: 1, 4 or 8; the bits are the same
};

/// Futures of a schedule. The bits depend on schedule, draws and the number of a future only: not
/// on the number of futures, on lanes, threads, ranks, compiler or platform. Both posteriors must
/// be of this panel. `go_on` is asked before each block; once it says no, the rest is left undone
/// and the result is of no use.
Ensemble project(const Schedule& schedule, const Draws& spending, const Draws& economy,
                 const ProjectOptions& options, const Execution& execution,
                 const std::function<bool()>& go_on = {});

}  // namespace tenbin
