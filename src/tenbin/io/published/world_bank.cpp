// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/published/states.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin {

Findings read_world_bank(const PublishedFile& file) {
  Findings found{.source = "world-bank", .label = "World Bank"};
  found.cite = "World Bank, World Development Indicators, CC BY 4.0";
  struct Indicator {
    std::string_view code, table, column;
  };
  static const std::vector<Indicator> known_indicators{
      {"MS.MIL.XPND.GD.ZS", "milex.csv", "burden"},
      {"MS.MIL.XPND.CD", "milex.csv", "milex"},
      {"MS.MIL.TOTL.P1", "personnel.csv", "personnel"},
      {"NY.GDP.DEFL.ZS", "price_index.csv", "us_prices"},
      {"FP.CPI.TOTL", "price_index.csv", "us_prices"}};
  const Indicator* indicator = nullptr;
  std::vector<std::pair<std::size_t, int>> year_at;  // place and year
  std::size_t id_at = 0, code_at = 0;
  Span years;
  bool header = false;
  each_row(
      file,
      [&](int line, const Fields& row) {
        if (!header) {
          if (row.size() >= 2 && row[0] == "Last Updated Date") found.date = row[1].substr(0, 10);
          for (std::size_t k = 0; k < row.size(); ++k) {
            if (row[k] == "Country Code") id_at = k;
            if (row[k] == "Indicator Code") code_at = k;
            const auto year = parse_number(row[k]);
            if (year && *year >= 1900 && *year <= 2100 && *year == std::floor(*year))
              year_at.emplace_back(k, static_cast<int>(*year));
          }
          header = id_at != 0 && code_at != 0 && !year_at.empty();
          if (!header) year_at.clear();
          if (!header && line > 20)
            throw Refusal{"there is no row with Country Code, Indicator Code and years",
                          "Give the CSV download of one indicator, or its zip"};
          return true;
        }
        if (row.size() <= std::max(id_at, code_at)) return true;
        const auto named = std::ranges::find(known_indicators, row[code_at], &Indicator::code);
        if (named == known_indicators.end()) {
          std::string list;
          for (const Indicator& i : known_indicators) list += fmt::format(" {}", i.code);
          throw Refusal{fmt::format("a panel has no place for the indicator {}", row[code_at]),
                        fmt::format("Those with a place are{}", list)};
        }
        if (indicator && indicator != &*named)
          throw Refusal{fmt::format("it holds {} beside {}", named->code, indicator->code),
                        "Give one indicator a file"};
        indicator = &*named;
        const State* const state = KnownStates::all().by_id(row[id_at]);
        if (!state) {
          count_nobody(found, row[id_at]);
          return true;
        }
        for (const auto& [place, year] : year_at) {
          const auto value = place < row.size() ? parse_number(row[place]) : std::nullopt;
          if (!value || !(*value > 0)) continue;
          years.add(year);
          if (indicator->column == "burden")
            found.milex.push_back({state->id, year, missing, *value / 100});
          else if (indicator->column == "milex")
            found.milex.push_back({state->id, year, *value / 1e6, missing});
          else if (indicator->column == "personnel")
            found.personnel.push_back({state->id, year, *value});
          else if (state->id == "USA")
            found.prices.push_back({year, *value});
        }
        return true;
      },
      [](std::string_view member) { return !member.starts_with("Metadata"); });
  if (!indicator) throw Refusal{"it holds no indicator", "Give the CSV download of one indicator"};
  years.check("figures");
  if (indicator->column == "milex") {
    found.currency = "current US dollars";
    found.price_year = 0;
  }
  found.coverage = {
      {std::string(indicator->table), std::string(indicator->column), years.first, years.last}};
  found.release = fmt::format("{}, {}-{}", indicator->code, years.first, years.last);
  return found;
}

}  // namespace tenbin
