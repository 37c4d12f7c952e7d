// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "tenbin/core/problem.hpp"
#include "tenbin/evidence/finding.hpp"

namespace tenbin {

/// The computation of a name, or null.
using ComputationOf = std::function<const ComputationSpec*(std::string_view)>;

/// A finding's file (docs/gallery.md), with every problem of it: keys that are missing or not
/// known, texts that are no sentence, parameters that its computation lacks, does not know or that
/// are out of their range, an expected range that is empty. `names`: of all computations, for the
/// nearest one.
std::optional<Finding> read_finding(const std::filesystem::path& path, const ComputationOf& of,
                                    const std::vector<std::string>& names, Problems& problems);

/// What was computed, as the tables [found] and [verdict] of a finding's file.
std::string found_text(const Finding& finding, const Computed& computed,
                       const std::string& release);

}  // namespace tenbin
