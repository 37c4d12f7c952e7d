// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "tenbin/core/experiment.hpp"

namespace tenbin {

/// Reads data/evidence/experiments.toml, or a file like it (docs/formats.md). States that the panel
/// does not have are skipped, and an experiment without a state that it concerned. Throws Error
/// with every problem.
std::vector<Experiment> read_experiments(const std::filesystem::path& path, const Panel& panel);

}  // namespace tenbin
