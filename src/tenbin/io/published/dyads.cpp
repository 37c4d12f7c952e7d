// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <set>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/published/states.hpp"

/// Relations of two states by others than the Correlates of War: ATOP, Thompson, peacesciencer.

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
  HeldYears held;
  Span years;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const auto a = columns.whole(row, protector), b = columns.whole(row, covered),
               year = columns.whole(row, when);
    if (!a || !b || !year) return;
    years.add(*year);
    if (columns.whole(row, defence) != 1) return;
    const State* const one = state_of(found, *a, *year);
    const State* const other = state_of(found, *b, *year);
    if (one && other && one != other) held.add(one->id, other->id, *year, 1);
    return;
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
  struct Rivalry {
    int a, b, first, last;
    auto operator<=>(const Rivalry&) const = default;
  };
  std::set<Rivalry> rivalries;
  Span years;
  bool marks_open = false;  // with an empty end; else by the year in which coding ended
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const auto a = columns.whole(row, state_a), b = columns.whole(row, state_b),
               first = columns.whole(row, start), last = columns.whole(row, end);
    if (!a || !b || !first) return;
    years.add(*first);
    if (last) years.add(*last);
    if (last && *last < *first)
      throw Refusal{fmt::format("a rivalry ends in {}, before it starts in {}", *last, *first),
                    get_again};
    marks_open = marks_open || !last;
    rivalries.insert({*a, *b, *first, last.value_or(still_going)});
    return;
  });
  years.check("rivalries");
  if (years.last < first_listed_year)
    throw Refusal{"all rivalries end before the list of states begins", get_again};
  for (Rivalry r : rivalries) {
    if (!marks_open && r.last == years.last) r.last = still_going;
    if (r.last < first_listed_year) continue;
    add_spell(found, found.rivalries, r.a, r.b, std::max(r.first, first_listed_year), r.last, 1);
  }
  found.rivalries = joined(std::move(found.rivalries));
  found.coverage = {
      {"rivalries.csv", "hostility", std::max(years.first, first_listed_year), years.last}};
  found.release = fmt::format("to {}", years.last);
  return found;
}

namespace {

/// The rows of dyad-years, and the places of their columns.
struct DyadYears {
  enum { state_a, state_b, when, onset, level, deaths, defence, rivalry, contiguity };
  HeldYears ties, rivalries, borders;
  Onsets onsets;
  Span years;

  static void check(const Columns& columns) {
    if (!columns.has(onset) && !columns.has(defence) && !columns.has(rivalry) &&
        !columns.has(contiguity))
      throw Refusal{"no column is of use to a panel",
                    "Add disputes (cowmidonset), alliances (atop_defense), rivalries (tssr_id) or "
                    "borders (conttype)"};
  }
  void add(Findings& found, const Columns& columns, const Fields& row) {
    const auto a = columns.whole(row, state_a), b = columns.whole(row, state_b),
               year = columns.whole(row, when);
    if (!a || !b || !year) return;
    const State* const one = state_of(found, *a, *year);
    const State* const other = state_of(found, *b, *year);
    if (!one || !other || one == other) return;
    years.add(*year);
    if (columns.whole(row, onset) == 1)
      onsets.add(found, *a, *b, *year, columns.whole(row, level).value_or(3),
                 columns.whole(row, deaths));
    if (columns.whole(row, defence) == 1) ties.add(one->id, other->id, *year, 1);
    const auto [low, high] = std::minmax(one->id, other->id);
    const std::string_view rival = columns.text(row, rivalry);
    if (!rival.empty() && rival != "NA" && rival != "0") rivalries.add(low, high, *year, 1);
    if (const auto type = columns.whole(row, contiguity); type && *type >= 1 && *type <= 5)
      borders.add(low, high, *year, *type);
  }
};

}  // namespace

Findings read_dyad_years(const PublishedFile& file) {
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
  DyadYears all;
  each_row(file, [&](int, const Fields& row) {
    if (columns) {
      all.add(found, *columns, row);
    } else {
      columns.emplace(row, wanted, found.source);
      DyadYears::check(*columns);
    }
    return true;
  });
  const Span& years = all.years;
  years.check("dyad-years");
  found.disputes = all.onsets.all();
  found.ties = all.ties.spells(years.last);
  found.rivalries = all.rivalries.spells(years.last);
  found.borders = all.borders.spells(years.last);
  const auto cover = [&](std::size_t column, const char* table, const char* name) {
    if (columns->has(column)) found.coverage.push_back({table, name, years.first, years.last});
  };
  cover(DyadYears::onset, "disputes.csv", "hostility_level");
  cover(DyadYears::defence, "ties.csv", "strength");
  cover(DyadYears::rivalry, "rivalries.csv", "hostility");
  cover(DyadYears::contiguity, "contiguity.csv", "type");
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

}  // namespace tenbin
