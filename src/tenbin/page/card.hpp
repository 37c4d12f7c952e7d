// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/brief.hpp"

namespace tenbin {

inline constexpr int preview_width = 1200,
                     preview_height = 630;  // pixels: what previews of links show

/// Headline, deck and first chart as one SVG drawing, to stand alone.
std::string card_svg(const Briefing& briefing);

}  // namespace tenbin
