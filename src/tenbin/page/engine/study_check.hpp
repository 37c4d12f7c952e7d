// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/engine/study.hpp"

namespace tenbin {

/// Most states, scenarios and sliders of a page. They keep the memory of an engine, which grows
/// with the square of the states, within that of a browser.
inline constexpr std::size_t most_page_states = 1000, most_page_scenarios = 1000,
                             most_page_sliders = 1000;

/// What is wrong with a study whose bytes could be read; empty if schedules, futures and briefings
/// can be computed from it without a further check: every index points at something, years and
/// counts lie in ranges whose sums and products cannot overflow, and draws are whole.
std::string fault_of(const PageStudy& study);

}  // namespace tenbin
