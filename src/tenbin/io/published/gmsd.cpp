// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"

namespace tenbin {

Findings read_gmsd(const PublishedFile& file) {
  enum { entity, code, when, share };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"?entity", "country", "name"},
      {"code", "iso3", "iso3c"},
      {"year"},
      {"military expenditure (% of gdp)", "milexgdp", "milex_gdp_pct"}};
  constexpr double suspect = 30;  // % of GDP: more than any state but a few at war has spent
  Findings found{.source = "gmsd", .label = "GMSD"};
  found.cite =
      "Barnum, Fariss, Markowitz and Morales 2024, Journal of Conflict Resolution, "
      "doi:10.1177/00220027241232964, CC0, with processing by Our World in Data";
  StateFigures figures("milex.csv", "burden");
  std::set<std::pair<std::string, int>> rows;
  std::set<std::string> large;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const std::string id(columns.text(row, code)),
        name(columns.has(entity) ? columns.text(row, entity) : "");
    const auto year = columns.whole(row, when);
    const auto percent = columns.number(row, share);
    const std::string who = id.empty() ? name : id;
    if (!year || who.empty()) {
      ++found.rows_without_key;
      return;
    }
    if (!percent) return;
    if (*percent < 0 || *percent >= 100)
      throw Refusal{fmt::format("{} % of GDP; it lies between 0 and 100", *percent), get_again};
    if (!rows.insert({who, *year}).second)
      throw Refusal{fmt::format("it has several rows of {} in {}", who, *year), get_again};
    const State* state = KnownStates::all().by_code(id);
    if (!state) return count_nobody(found, name.empty() ? id : name);
    if (*percent == 0) return;  // a panel's share is above 0
    const std::string& as = KnownStates::all().in_year(*state, *year).id;
    if (*percent > suspect) large.insert(as);
    figures.add(found, KnownStates::all().in_year(*state, *year), *year, *percent / 100, who);
  });
  const Span& years = figures.years();
  years.check("shares of GDP");
  for (const auto& [key, value] : figures.all())
    found.milex.push_back({key.first, key.second, missing, value});
  if (!large.empty())
    found.notes.push_back({fmt::format("shares above {:.0f} % of GDP, which the maker's model "
                                       "gives and nobody reported: {}",
                                       suspect, fmt::join(large, " ")),
                           "Take such years with care"});
  found.coverage = {{"milex.csv", "burden", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

}  // namespace tenbin
