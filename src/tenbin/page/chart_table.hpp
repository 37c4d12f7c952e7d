// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/page/language.hpp"

namespace tenbin {

/// The data of a chart in words: what a table below the chart shows, what a screen reader says, and
/// what the page saves as CSV. The first cell of a row names it.
struct ChartTable {
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;
};

/// "Growth; 2024: 15.3%, 6.6%; 2025: 9.7%, 7.4%": a chart for readers who cannot see it.
std::string in_words(const std::string& title, const ChartTable& table);

/// The table as HTML, folded.
std::string as_table(const ChartTable& table, Language language);

}  // namespace tenbin
