// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "tenbin/futures/project.hpp"

namespace tenbin {

/// The parts of a paired difference, in the order in which others come to see the change:
/// docs/model.md section 6 (Levers).
inline constexpr std::array<std::string_view, 5> effect_names{"direct", "rivals", "allies",
                                                              "others", "disputes"};

/// Runs that split a scenario's effect: places among the runs of a projection. Each differs from
/// the one before by who else sees the change; the first is the baseline.
struct Stages {
  std::array<int, 6> run{};  // baseline, then with direct, rivals', allies' and all others'
                             // effects, then with the scenario's own disputes
};

/// Adds the runs that split the effect of `changed` against the first run. A state that does not
/// see the change keeps to the baseline; until the last stage the baseline's disputes stand. A
/// stage in which nobody new sees it is the same run as the one before, and the last is the whole
/// scenario.
Stages add_stages(std::vector<Run>& runs, const Schedule& changed);

/// Adds a run in which `state` spends `factor` times its baseline milex every year, and everyone
/// else sees that; the baseline's disputes stand. Returns its place.
int add_raised(std::vector<Run>& runs, StateIndex state, double factor);

}  // namespace tenbin
