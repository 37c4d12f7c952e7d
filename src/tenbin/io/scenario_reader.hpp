// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "tenbin/core/problem.hpp"
#include "tenbin/core/scenario.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace tenbin {

/// A scenario and its panel, or every problem of both. Format: docs/formats.md.
struct ScenarioReading {
  std::vector<std::filesystem::path> files;  // read: the scenario and what it extends
  std::optional<Scenario> scenario;
  std::optional<Panel> panel;
  Problems problems;
};
ScenarioReading read_scenario_checked(const std::filesystem::path& path);

/// The settings and levers of a scenario's table against its panel, without `format`, `extends`
/// and `panel`. `drafted`: the panel has problems itself. The caller finishes the reader.
Scenario read_scenario_table(TomlReader& top, const Panel& panel, bool drafted, Problems& problems);

}  // namespace tenbin
