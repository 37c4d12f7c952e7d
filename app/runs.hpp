// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "common.hpp"
#include "tenbin/core/ensemble.hpp"

namespace tenbin::app {

/// What the verbs that project ask for.
struct RunFlags {
  std::vector<std::string> scenarios;
  std::string out;
  int futures = 0;  // 0: the first scenario's own number
  FitFlags fit;
  CommonFlags common;
};
/// All but the scenarios themselves, whose number differs by verb. `what` is written to --out.
void add_run_flags(CLI::App& verb, RunFlags& flags, const std::string& what);

/// Scenarios of one panel, start, end, seed and number of futures, so that their futures are pairs.
struct Runs {
  Panel panel;  // as it was known at the scenarios' start
  std::vector<Scenario> scenarios;
  Posterior posterior;
  std::vector<Ensemble> ensembles;
};

/// Checks that the output can be written, reads, fits (or reads the posterior) and projects.
Runs run_scenarios(const RunFlags& flags);

}  // namespace tenbin::app
