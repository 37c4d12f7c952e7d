// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/io/table.hpp"
#include "tenbin/sources/readers.hpp"
#include "tenbin/sources/relations.hpp"
#include "tenbin/sources/rows.hpp"
#include "tenbin/sources/states.hpp"

namespace tenbin {

Findings read_atop(const PublishedFile& file) {
  enum { protector, covered, when, defence, version };
  static const std::vector<std::vector<std::string_view>> wanted{{"statea", "ccode1"},
                                                                 {"stateb", "ccode2"},
                                                                 {"year"},
                                                                 {"defense", "atop_defense"},
                                                                 {"?version"}};
  Findings found{.source = "atop", .label = "ATOP"};
  found.cite = "Leeds, Ritter, Mitchell and Long 2002, International Interactions 28";
  std::optional<Columns> columns;
  HeldYears held;
  Span years;
  each_row(file, [&](int, const Fields& row) {
    if (!columns) {
      columns.emplace(row, wanted, found.source);
      return true;
    }
    const auto a = columns->whole(row, protector), b = columns->whole(row, covered),
               year = columns->whole(row, when);
    if (!a || !b || !year) return true;
    years.add(*year);
    if (columns->whole(row, defence) != 1) return true;
    const State* const one = state_of(found, *a, *year);
    const State* const other = state_of(found, *b, *year);
    if (one && other && one != other) held.add(one->id, other->id, *year, 1);
    return true;
  });
  years.check("dyad-years");
  found.ties = held.spells(years.last);
  found.coverage = {{"ties.csv", "strength", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

Findings read_rivalries(const PublishedFile& file) {
  enum { state_a, state_b, start, end };
  static const std::vector<std::vector<std::string_view>> wanted{{"ccode1", "ccodea", "statea"},
                                                                 {"ccode2", "ccodeb", "stateb"},
                                                                 {"styear", "start", "startyear"},
                                                                 {"endyear", "end"}};
  Findings found{.source = "rivalries", .label = "Thompson, Sakuwa and Suhas"};
  found.cite = "Thompson, Sakuwa and Suhas 2021, Analyzing Strategic Rivalries in World Politics";
  std::optional<Columns> columns;
  struct Rivalry {
    int a, b, first, last;
  };
  std::vector<Rivalry> rivalries;
  Span years;
  each_row(file, [&](int, const Fields& row) {
    if (!columns) {
      columns.emplace(row, wanted, found.source);
      return true;
    }
    const auto a = columns->whole(row, state_a), b = columns->whole(row, state_b),
               first = columns->whole(row, start), last = columns->whole(row, end);
    if (!a || !b || !first) return true;
    years.add(*first);
    if (last) years.add(*last);
    if (last && *last < *first)
      throw Refusal{fmt::format("a rivalry ends in {}, before it starts in {}", *last, *first),
                    get_again};
    rivalries.push_back({*a, *b, *first, last.value_or(still_going)});
    return true;
  });
  years.check("rivalries");
  if (years.last < 1816) throw Refusal{"all rivalries end before 1816", get_again};
  for (Rivalry r : rivalries) {
    if (r.last == years.last) r.last = still_going;  // the year in which coding ended
    if (r.last < 1816) continue;                     // before the list of states begins
    add_spell(found, found.rivalries, r.a, r.b, std::max(r.first, 1816), r.last, 1);
  }
  found.rivalries = joined(std::move(found.rivalries));
  found.coverage = {{"rivalries.csv", "hostility", std::max(years.first, 1816), years.last}};
  found.release = fmt::format("to {}", years.last);
  return found;
}

Findings read_vdem(const PublishedFile& file) {
  enum { id, when, democracy, code };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"country_text_id"}, {"year"}, {"v2x_polyarchy"}, {"?cowcode"}};
  Findings found{.source = "vdem", .label = "V-Dem"};
  found.cite = "Coppedge et al., V-Dem Dataset; electoral democracy index v2x_polyarchy";
  std::optional<Columns> columns;
  Span years;
  std::map<std::pair<std::string, int>, double> all;
  each_row(
      file,
      [&](int, const Fields& row) {
        if (!columns) {
          columns.emplace(row, wanted, found.source);
          return true;
        }
        const auto year = columns->whole(row, when);
        const auto value = columns->number(row, democracy);
        if (!year || !value) return true;
        if (*value < 0 || *value > 1)
          throw Refusal{fmt::format("v2x_polyarchy is {}; it lies between 0 and 1", *value),
                        get_again};
        years.add(*year);
        const auto number = columns->has(code) ? columns->whole(row, code) : std::nullopt;
        const std::string text(columns->text(row, id));
        const State* state = number ? KnownStates::all().by_cow(*number, *year) : nullptr;
        if (!state) state = KnownStates::all().by_id(text);
        if (state)
          all.try_emplace({state->id, *year}, *value);
        else
          ++found.nobody[text];
        return true;
      },
      [](std::string_view member) { return member.find("CY") != std::string_view::npos; });
  years.check("country-years");
  for (const auto& [key, value] : all) found.democracy.push_back({key.first, key.second, value});
  found.coverage = {{"regime.csv", "democracy", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

Findings read_dyad_years(const PublishedFile& file) {
  enum { state_a, state_b, when, onset, level, deaths, defence, rivalry, contiguity };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"ccode1"},
      {"ccode2"},
      {"year"},
      {"?cowmidonset", "gmlmidonset"},
      {"?hostlev", "hihost"},
      {"?fatality", "fatlev"},
      {"?atop_defense", "cow_defense"},
      {"?tssr_id", "strategic_rivalry", "ongoingrivalry", "rivalryno"},
      {"?conttype"}};
  Findings found{.source = "dyad-years", .label = "peacesciencer dyad-years"};
  found.cite = "Miller 2022, Conflict Management and Peace Science 39, and the sources it merges";
  std::optional<Columns> columns;
  HeldYears ties, rivalries, borders;
  Onsets onsets;
  Span years;
  each_row(file, [&](int, const Fields& row) {
    if (!columns) {
      columns.emplace(row, wanted, found.source);
      if (!columns->has(onset) && !columns->has(defence) && !columns->has(rivalry) &&
          !columns->has(contiguity))
        throw Refusal{
            "no column is of use to a panel",
            "Add disputes (cowmidonset), alliances (atop_defense), rivalries (tssr_id) or "
            "borders (conttype)"};
      return true;
    }
    const auto a = columns->whole(row, state_a), b = columns->whole(row, state_b),
               year = columns->whole(row, when);
    if (!a || !b || !year) return true;
    const State* const one = state_of(found, *a, *year);
    const State* const other = state_of(found, *b, *year);
    if (!one || !other || one == other) return true;
    years.add(*year);
    if (columns->whole(row, onset) == 1)
      onsets.add(found, *a, *b, *year, columns->whole(row, level).value_or(3),
                 columns->whole(row, deaths));
    if (columns->whole(row, defence) == 1) ties.add(one->id, other->id, *year, 1);
    const auto [low, high] = std::minmax(one->id, other->id);
    const std::string_view rival = columns->text(row, rivalry);
    if (!rival.empty() && rival != "NA" && rival != "0") rivalries.add(low, high, *year, 1);
    if (const auto type = columns->whole(row, contiguity); type && *type >= 1 && *type <= 5)
      borders.add(low, high, *year, *type);
    return true;
  });
  years.check("dyad-years");
  found.disputes = onsets.all();
  found.ties = ties.spells(years.last);
  found.rivalries = rivalries.spells(years.last);
  found.borders = borders.spells(years.last);
  const auto cover = [&](std::size_t column, const char* table, const char* name) {
    if (columns->has(column)) found.coverage.push_back({table, name, years.first, years.last});
  };
  cover(onset, "disputes.csv", "hostility_level");
  cover(defence, "ties.csv", "strength");
  cover(rivalry, "rivalries.csv", "hostility");
  cover(contiguity, "contiguity.csv", "type");
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

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
          ++found.nobody[row[id_at]];
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

const std::vector<Reader>& readers() {
  static const std::vector<Reader> all{
      {"sipri", "SIPRI's military expenditure workbook, .xlsx", "states milex", read_sipri},
      {"world-bank", "an indicator of the World Bank, .csv or .zip", "milex personnel price_index",
       read_world_bank},
      {"nmc", "COW national material capabilities, .csv or .zip", "milex personnel", read_nmc},
      {"cow-disputes", "COW dyadic disputes, .csv or .zip", "disputes", read_cow_disputes},
      {"cow-alliances", "COW directed alliances, .csv or .zip", "ties", read_cow_alliances},
      {"atop", "ATOP directed dyad-years, .csv or .zip", "ties", read_atop},
      {"rivalries", "strategic rivalries of Thompson and others, .csv", "rivalries",
       read_rivalries},
      {"vdem", "V-Dem country-years, .csv or .zip", "regime", read_vdem},
      {"dyad-years", "dyad-years of the R package peacesciencer, .csv",
       "disputes ties rivalries contiguity", read_dyad_years}};
  return all;
}

}  // namespace tenbin
