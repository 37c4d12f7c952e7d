// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/narrative.hpp"

namespace tenbin {

/// The six answers as HTML: a question, what past tests say of such answers, one sentence, one
/// chart, one note. A question to which the briefing has no answer is left out.
std::string answer_section(const Briefing& briefing, const Narrative& narrative);

/// "What these figures cannot tell you".
std::string cannot_section(const Narrative& narrative, Language language);

}  // namespace tenbin
