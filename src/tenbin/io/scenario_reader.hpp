// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "tenbin/core/problem.hpp"
#include "tenbin/core/scenario.hpp"

namespace tenbin {

/// A scenario and its panel, or every problem of both. Format: docs/formats.md.
struct ScenarioReading {
  std::vector<std::filesystem::path> files;  // read: the scenario and what it extends
  std::optional<Scenario> scenario;
  std::optional<Panel> panel;
  Problems problems;
};
ScenarioReading read_scenario_checked(const std::filesystem::path& path);

}  // namespace tenbin
