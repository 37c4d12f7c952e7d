// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "common.hpp"
#include "tenbin/core/ensemble.hpp"

namespace tenbin::app {

/// Scenarios of one panel, start, end, seed and number of futures, so that their futures are pairs.
struct Runs {
  Panel panel;  // as it was known at the scenarios' start
  std::vector<Scenario> scenarios;
  Posterior posterior;
  std::vector<Ensemble> ensembles;
  Problems notes;
};

/// Checks that `out` can be written, reads, fits (or reads the posterior) and projects. `futures`
/// 0: the first scenario's own number.
Runs run_scenarios(const std::vector<std::string>& paths, const std::string& out, int futures,
                   const FitFlags& fit, const CommonFlags& common);

}  // namespace tenbin::app
