// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "tenbin/core/scorecard.hpp"
#include "tenbin/page/language.hpp"

namespace tenbin {

/// The scoreboard as one HTML file: gains by horizon and by state, calibration, what was said and
/// what came (of `records`, where there are some), the worst misses, what announced plans were
/// worth, and the terms. The panel gives the states' names and figures. In English.
std::string render_scores(const Scorecard& card, const Panel& panel,
                          std::span<const OriginRecord> records = {});

/// The same as a section of a briefing, in short first.
std::string score_section(const Scorecard& card, const Panel& panel, Language language);

}  // namespace tenbin
