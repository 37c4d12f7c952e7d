// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/brief.hpp"
#include "tenbin/page/live_section.hpp"

namespace tenbin {

/// The page's data, apart from its drawing: JSON with format = 1 (docs/formats.md). Same bytes for
/// the same briefing. Without `bands` it leaves out what a live page computes.
std::string page_data(const Briefing& briefing, bool bands = true);

/// The briefing as one HTML file: no script, no network, a content security policy that allows its
/// own style only. With `live`, its first screen is run by the engine in it, and it carries its
/// other language.
std::string render(const Briefing& briefing, Language language = Language::english,
                   const LivePage* live = nullptr);

}  // namespace tenbin
