// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/record.hpp"

namespace tenbin {

/// A section with a fan for each state and some origins: the share of GDP that was forecast then,
/// and the line that came. `states`: ids; empty: all that were scored. At most most_pictured states
/// are drawn, the largest spenders. Empty where no share was forecast five years ahead.
std::string said_and_came(std::span<const OriginRecord> records, const Panel& panel,
                          const std::vector<std::string>& states);
inline constexpr std::size_t most_pictured = 24;

}  // namespace tenbin
