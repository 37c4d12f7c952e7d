// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tenbin/core/dispute_model.hpp"
#include "tenbin/core/problem.hpp"

namespace tenbin {

/// The model as TOML, as read_disputes() reads it.
std::string disputes_text(const DisputeModel& model);
void write_disputes(const std::filesystem::path& path, const DisputeModel& model);
/// Nothing where it has problems, which are added.
std::optional<DisputeModel> read_disputes(const std::filesystem::path& path, Problems& problems);

}  // namespace tenbin
