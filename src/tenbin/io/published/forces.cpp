// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"

/// Troops abroad and nuclear warheads.

namespace tenbin {

Findings read_troopdata(const PublishedFile& file) {
  enum { number, code, when, troops };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"?ccode"}, {"?iso3c", "iso3"}, {"year"}, {"troops_ad", "troops"}};
  constexpr const char* guest = "USA";  // whose troops the maker counts
  Findings found{.source = "troopdata", .label = "DMDC through troopdata"};
  found.cite =
      "Allen, Flynn and Machain 2022, Conflict Management and Peace Science 39; Defense Manpower "
      "Data Center";
  StateFigures figures("presence.csv", "troops");
  std::set<std::pair<std::string, int>> rows;
  int at_home = 0;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    if (!columns.has(number) && !columns.has(code))
      throw Refusal{"the table lacks the column ccode, or iso3c", get_again, 1};
    const auto year = columns.whole(row, when);
    const auto count = columns.number(row, troops);
    const int cow = columns.has(number) ? columns.whole(row, number).value_or(0) : 0;  // 0: none
    const std::string iso(columns.has(code) ? columns.text(row, code) : ""),
        who = cow > 0 ? fmt::format("{}", cow) : iso;
    if (!year || who.empty()) {
      ++found.rows_without_key;
      return;
    }
    if (!count) return;
    if (*count < 0 || *count > 5e6)
      throw Refusal{fmt::format("{} troops; they lie between 0 and 5 million", *count), get_again};
    if (!rows.insert({who, *year}).second)
      throw Refusal{fmt::format("it has several rows of {} in {}", who, *year),
                    "Take years, not quarters: get_troopdata(quarters = FALSE)"};
    const State* state = cow > 0 ? KnownStates::all().by_cow(cow, *year) : nullptr;
    if (!state) state = KnownStates::all().by_code(iso);
    if (state && state->id == guest)
      ++at_home;
    else if (state)
      figures.add(found, KnownStates::all().in_year(*state, *year), *year, *count, who);
    else
      count_nobody(found, who);
  });
  const Span& years = figures.years();
  years.check("troops abroad");
  for (const auto& [key, value] : figures.all())
    found.presence.push_back({guest, key.first, key.second, value});
  if (at_home > 0)
    found.notes.push_back(
        {fmt::format("rows of the United States themselves are skipped ({})", at_home), ""});
  found.coverage = {{"presence.csv", "troops", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

namespace {

/// Removes zeros between years with warheads, which mean "not counted", and adds a note.
void leave_out_holes(std::map<std::string, std::map<int, double>>& stocks, Findings& found) {
  std::vector<std::string> holes;
  for (auto& [state, years] : stocks) {
    int last_with = 0, first_with = 0;
    for (const auto& [year, warheads] : years)
      if (warheads > 0) {
        last_with = year;
        if (first_with == 0) first_with = year;
      }
    int first = 0, last = 0;
    std::erase_if(years, [&](const auto& one) {
      const bool hole = one.second == 0 && first_with < one.first && one.first < last_with;
      if (hole) last = one.first;
      if (hole && first == 0) first = one.first;
      return hole;
    });
    if (first > 0) holes.push_back(fmt::format("{} {}-{}", state, first, last));
  }
  if (!holes.empty())
    found.notes.push_back(
        {fmt::format("a 0 between years with warheads is read as unknown: {}",
                     fmt::join(holes, ", ")),
         "If a state really had none in these years, add a row to nuclear.csv by hand"});
}

}  // namespace

Findings read_warheads(const PublishedFile& file) {
  static const std::vector<std::string_view> names{
      "number of nuclear warheads", "nuclear warheads",          "warheads",
      "nuclear weapons stockpile",  "nuclear_weapons_stockpile", "nuclear warhead stockpiles",
      "nuclear warhead stockpile",  "estimated stockpile",       "stockpile"};
  Findings found{.source = "warheads", .label = "OWID (FAS)"};
  found.cite =
      "Federation of American Scientists, Status of World Nuclear Forces, with processing by Our "
      "World in Data";
  std::map<std::string, std::map<int, double>> stocks;
  Span years;
  each_chart_row(file, names, found, [&](const ChartRow& row) {
    if (row.value < 0 || row.value > 1e5)
      throw Refusal{fmt::format("{} warheads; they lie between 0 and 100,000", row.value),
                    get_again};
    years.add(row.year);
    stocks[row.state.id][row.year] = row.value;
  });
  years.check("warheads");
  leave_out_holes(stocks, found);
  for (const auto& [state, own] : stocks)
    for (const auto& [year, warheads] : own) found.warheads.push_back({state, year, warheads});
  found.coverage = {{"nuclear.csv", "warheads", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

}  // namespace tenbin
