// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/brief.hpp"

namespace tenbin {

/// Races to come, stability and the risk of disputes, as sections of a briefing.
std::string risk_section(const Briefing& briefing);

}  // namespace tenbin
