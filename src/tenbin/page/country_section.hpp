// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/narrative.hpp"

namespace tenbin {

/// Country by country: a small chart of each, in shares of GDP and in money; countries that the
/// focus has little to do with are folded.
std::string country_section(const Briefing& briefing, const Narrative& narrative);

}  // namespace tenbin
