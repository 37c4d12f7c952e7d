// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "tenbin/core/scorecard.hpp"

namespace tenbin {

/// A scorecard as TOML (docs/formats.md); numbers to six digits.
std::string scorecard_text(const Scorecard& card);
/// Throws Error with every problem.
Scorecard read_scorecard(const std::filesystem::path& path);

}  // namespace tenbin
