// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "tenbin/page/language.hpp"

namespace tenbin {

/// Words that tell their meaning on hover and focus. `entry`: a name of the parameter table, or a
/// word of the glossary. HTML.
std::string term(const std::string& words, std::string_view entry, Language language);

}  // namespace tenbin
