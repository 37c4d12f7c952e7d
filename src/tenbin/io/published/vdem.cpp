// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"

namespace tenbin {

Findings read_vdem(const PublishedFile& file) {
  enum { id, when, democracy, code };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"country_text_id"}, {"year"}, {"v2x_polyarchy"}, {"?cowcode"}};
  Findings found{.source = "vdem", .label = "V-Dem"};
  found.cite = "Coppedge et al., V-Dem Dataset; electoral democracy index v2x_polyarchy";
  StateFigures figures("regime.csv", "democracy");
  std::set<std::pair<std::string, int>> rows;
  each_record(
      file, wanted, found.source,
      [&](const Columns& columns, const Fields& row) {
        const auto year = columns.whole(row, when);
        const auto value = columns.number(row, democracy);
        if (!year || !value || *year < first_listed_year) return;
        if (*value < 0 || *value > 1)
          throw Refusal{fmt::format("v2x_polyarchy is {}; it lies between 0 and 1", *value),
                        get_again};
        const auto number = columns.has(code) ? columns.whole(row, code) : std::nullopt;
        const std::string text(columns.text(row, id));
        const State* state = number ? KnownStates::all().by_cow(*number, *year) : nullptr;
        if (!state) state = KnownStates::all().by_code(text);
        if (!rows.insert({text, *year}).second)
          throw Refusal{fmt::format("it has several rows of {} in {}", text, *year),
                        "Take V-Dem's country-years (V-Dem-CY-....csv), not its country-dates"};
        if (state)
          figures.add(found, KnownStates::all().in_year(*state, *year), *year, *value, text);
        else
          count_nobody(found, text);
      },
      [](std::string_view member) { return member.find("CY") != std::string_view::npos; });
  const Span& years = figures.years();
  years.check("country-years");
  for (const auto& [key, value] : figures.all())
    found.democracy.push_back({key.first, key.second, value});
  found.coverage = {{"regime.csv", "democracy", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

}  // namespace tenbin
