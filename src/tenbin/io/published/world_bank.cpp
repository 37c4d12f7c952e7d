// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/published/states.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin {

namespace {

struct Indicator {
  std::string_view code, table, column;
};
constexpr Indicator known_indicators[]{{"MS.MIL.XPND.GD.ZS", "milex.csv", "burden"},
                                       {"MS.MIL.XPND.CD", "milex.csv", "milex"},
                                       {"MS.MIL.TOTL.P1", "personnel.csv", "personnel"},
                                       {"NY.GDP.DEFL.ZS", "price_index.csv", "us_prices"},
                                       {"FP.CPI.TOTL", "price_index.csv", "us_prices"}};

/// The indicator of a row, which must be that of the rows `before`, if any.
const Indicator& indicator_of(const std::string& code, const Indicator* before) {
  const auto* const named = std::ranges::find(known_indicators, code, &Indicator::code);
  if (named == std::end(known_indicators)) {
    std::string list;
    for (const Indicator& i : known_indicators) list += fmt::format(" {}", i.code);
    throw Refusal{fmt::format("a panel has no place for the indicator {}", code),
                  fmt::format("Those with a place are{}", list)};
  }
  if (before && before != named)
    throw Refusal{fmt::format("it holds {} beside {}", named->code, before->code),
                  "Give one indicator a file"};
  return *named;
}

/// Where the columns are, by the row that names them.
struct IndicatorHeader {
  std::size_t id = 0, code = 0;
  std::vector<std::pair<std::size_t, int>> years;  // place and year

  bool whole() const { return id != 0 && code != 0 && !years.empty(); }
  /// Takes a row for the one that names the columns, if it is.
  void look(int line, const Fields& row) {
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (row[k] == "Country Code") id = k;
      if (row[k] == "Indicator Code") code = k;
      const auto year = parse_number(row[k]);
      if (year && *year >= 1900 && *year <= 2100 && *year == std::floor(*year))
        years.emplace_back(k, static_cast<int>(*year));
    }
    if (whole()) return;
    years.clear();
    if (line > 20)
      throw Refusal{"there is no row with Country Code, Indicator Code and years",
                    "Give the CSV download of one indicator, or its zip"};
  }
};

void add_value(Findings& found, std::string_view column, const std::string& state, int year,
               double value) {
  if (column == "burden")
    found.milex.push_back({state, year, missing, value / 100});
  else if (column == "milex")
    found.milex.push_back({state, year, value / 1e6, missing});
  else if (column == "personnel")
    found.personnel.push_back({state, year, value});
  else if (state == "USA")
    found.prices.push_back({year, value});
}

}  // namespace

Findings read_world_bank(const PublishedFile& file) {
  Findings found{.source = "world-bank", .label = "World Bank"};
  found.cite = "World Bank, World Development Indicators, CC BY 4.0";
  const Indicator* indicator = nullptr;
  IndicatorHeader header;
  Span years;
  each_row(
      file,
      [&](int line, const Fields& row) {
        if (!header.whole()) {
          if (row.size() >= 2 && row[0] == "Last Updated Date") found.date = row[1].substr(0, 10);
          header.look(line, row);
          return true;
        }
        if (row.size() <= std::max(header.id, header.code)) return true;
        indicator = &indicator_of(row[header.code], indicator);
        const State* const state = KnownStates::all().by_id(row[header.id]);
        if (!state) {
          count_nobody(found, row[header.id]);
          return true;
        }
        for (const auto& [place, year] : header.years) {
          const auto value = place < row.size() ? parse_number(row[place]) : std::nullopt;
          if (!value || !(*value > 0)) continue;
          years.add(year);
          add_value(found, indicator->column, state->id, year, *value);
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
