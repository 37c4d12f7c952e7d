// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/page/narrative.hpp"

namespace tenbin {

/// Decisions of the focus that its chart marks, by year: those with the highest priority, at least
/// two years apart.
std::vector<const Event*> marked_events(const Briefing& briefing);

/// The first chart of a page as HTML: the focus from the first year of data, with its events.
std::string hero_figure(const Briefing& briefing, const Narrative& narrative);

/// What a live page shows beside it: a slider, presets, and what follows.
std::string hero_controls(const Briefing& briefing);

}  // namespace tenbin
