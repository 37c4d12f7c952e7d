// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/problem.hpp"

namespace tenbin {

/// What cannot be, or hardly, in the figures of a panel that keeps every rule of form: units that
/// are off by a hundred or a thousand, percent without a sign, relations that leap from one year to
/// the next. Spending and its share of GDP imply a GDP; that is held to the state's true order of
/// size where tenbin's list has it (data/states), else to the other states'. Rows of an import are
/// believed in their units. `folder` is how problems call the panel. Notes, and a refusal where a
/// GDP is larger than any on earth.
Problems implausible(const Panel& panel, const std::filesystem::path& folder);

}  // namespace tenbin
