// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"

namespace tenbin {

Findings read_gmsd(const PublishedFile& file) {
  static const std::vector<std::string_view> names{"military expenditure (% of gdp)", "milexgdp",
                                                   "milex_gdp_pct"};
  constexpr double suspect = 30;  // % of GDP; only a few countries at war have spent more
  Findings found{.source = "gmsd", .label = "GMSD"};
  found.cite =
      "Barnum, Fariss, Markowitz and Morales 2024, Journal of Conflict Resolution, "
      "doi:10.1177/00220027241232964, CC0, with processing by Our World in Data";
  StateFigures figures("milex.csv", "burden");
  std::set<std::string> large;
  each_chart_row(file, names, found, [&](const ChartRow& row) {
    if (row.value < 0 || row.value >= 100)
      throw Refusal{fmt::format("{} % of GDP; it lies between 0 and 100", row.value), get_again};
    if (row.value == 0) return;  // a panel's share is above 0
    if (row.value > suspect) large.insert(row.state.id);
    figures.add(found, row.state, row.year, row.value / 100, row.called);
  });
  const Span& years = figures.years();
  years.check("shares of GDP");
  for (const auto& [key, value] : figures.all())
    found.milex.push_back({key.first, key.second, missing, value});
  if (!large.empty())
    found.notes.push_back({fmt::format("shares above {:.0f} % of GDP, which the maker's model "
                                       "estimates and nobody reported: {}",
                                       suspect, fmt::join(large, " ")),
                           "Use these years with care"});
  found.coverage = {{"milex.csv", "burden", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

}  // namespace tenbin
