// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/language.hpp"
#include "tenbin/past/coverage.hpp"

namespace tenbin {

/// Which years of which states have figures, and of what kind: a row a state, a column a year, and
/// below how far each other table knows. An SVG file of its own, or (`alone` false) an element of a
/// page.
std::string coverage_plot(const Panel& panel, const PanelCoverage& coverage, bool alone,
                          Language language = Language::english);

/// "ties.csv" as a reader calls it: "ties".
std::string table_name(const std::string& file);
/// "alliances and ties": what a table holds; a table of another name: its name.
std::string table_words(const std::string& file, Language language);

}  // namespace tenbin
