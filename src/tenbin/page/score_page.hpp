// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/scorecard.hpp"

namespace tenbin {

/// The scoreboard as one HTML file: gains by horizon and by state, calibration, the worst misses,
/// what announced plans were worth, and the terms. The panel gives the states' names.
std::string render_scores(const Scorecard& card, const Panel& panel);

/// The same as a section of a briefing, in short first.
std::string score_section(const Scorecard& card, const Panel& panel);

}  // namespace tenbin
