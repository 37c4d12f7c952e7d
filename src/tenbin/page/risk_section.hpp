// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/narrative.hpp"

namespace tenbin {

/// "Arms races and incidents": past growth, races to come, stability, incidents next year and
/// later.
std::string risk_section(const Briefing& briefing, const Narrative& narrative);

}  // namespace tenbin
