// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"

/// Names in the texts of settings.

namespace tenbin {

/// A list in pieces: between commas or semicolons, or else between blanks. Blanks around a piece do
/// not matter, and an empty one is none.
std::vector<std::string> pieces(const std::string& list);
/// States of "JPN,USA" or "Japan, United States", or of another panel's folder; refuses what is no
/// state of the panel, naming `flag`.
std::vector<StateIndex> states_named(const std::string& text, const Panel& panel,
                                     const std::string& flag);
/// The terms of a list, each once, in the table's order; refuses names that are none.
std::vector<std::string> terms_named(const std::string& list, const std::string& flag);
/// The terms of the spending equation, with commas.
std::string term_list();
/// The state of an id or name; throws Error where it is not in the panel.
StateIndex state_named(const std::string& id, const Panel& panel);
/// A span of years "1950:1989", the first not after the last.
std::pair<int, int> span_named(const std::string& text, const std::string& flag);

}  // namespace tenbin
