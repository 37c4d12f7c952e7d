// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/brief.hpp"

namespace tenbin {

/// A briefing whose names (states and capitals, scenarios, events) are those of a language, where
/// the program or the panel knows them; numbers are the same.
Briefing localised(Briefing briefing, Language language);

}  // namespace tenbin
