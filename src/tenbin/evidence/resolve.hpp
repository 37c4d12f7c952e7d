// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "tenbin/core/register.hpp"

/// Outcomes of a register's forecasts, and how good they were: docs/register.md.

namespace tenbin {

/// Pinball loss of seven quantiles at registered_levels, each weighed by the part of the
/// distribution that is nearest to it, times 2: the CRPS by a sum in place of the integral over
/// levels (Laio and Tamea 2007), and the distance |outcome - x| where all quantiles are x. Any
/// unit; 0 or more, smaller is better.
double quantile_score(double outcome, const std::array<double, 7>& quantiles);

/// Incidents that no table knows so many years after their last year are undecidable.
inline constexpr int longest_wait = 10;
/// The least chance that a log score takes for the outcome.
inline constexpr double least_log_chance = 1e-4;

/// Resolves an entry by a later panel: docs/register.md has the rules. Spending is compared as a
/// ratio to the figure of known_until in the same panel.
Resolution resolve(const RegisterEntry& entry, const Panel& panel);

/// Resolves a register. Lines that are not intact are damaged and not scored.
ResolvedRegister resolve(const Register& reg, const Panel& panel);

}  // namespace tenbin
