// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/chart_table.hpp"

#include <fmt/format.h>

#include "tenbin/page/words.hpp"

namespace tenbin {

std::string in_words(const std::string& title, const ChartTable& table) {
  std::string text = title;
  for (const std::vector<std::string>& row : table.rows)
    for (std::size_t k = 0; k < row.size(); ++k)
      text += (k == 0 ? "; " : k == 1 ? ": " : ", ") + row[k];
  return text;
}

std::string as_table(const ChartTable& table, Language language) {
  const auto head = [](const char* scope, std::size_t column, const std::string& words) {
    return fmt::format("<th scope=\"{}\"{}>{}</th>", scope, column > 0 ? " class=\"n\"" : "",
                       escape(words));
  };
  std::string html = "<details class=\"data\"><summary>" + say(language, "As a table") +
                     "</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>";
  for (std::size_t k = 0; k < table.heads.size(); ++k) html += head("col", k, table.heads[k]);
  html += "</tr></thead><tbody>";
  for (const std::vector<std::string>& row : table.rows) {
    html += "<tr>" + head("row", 0, row[0]);
    for (std::size_t k = 1; k < row.size(); ++k)
      html += "<td class=\"n\">" + escape(row[k]) + "</td>";
    html += "</tr>";
  }
  return html + "</tbody></table></div></details>";
}

}  // namespace tenbin
