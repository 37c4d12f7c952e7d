// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <compare>
#include <set>
#include <utility>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"

/// Relations of two states by others than the Correlates of War: ATOP, Thompson, peacesciencer.

namespace tenbin {

namespace {

/// The two states of a row and its year; nothing where one is unknown or no state we know.
struct PairYear {
  const State *one, *other;
  int year;
};
std::optional<PairYear> pair_year(Findings& found, const Columns& columns, const Fields& row,
                                  std::size_t first, std::size_t second, std::size_t when) {
  const auto a = columns.whole(row, first), b = columns.whole(row, second),
             year = columns.whole(row, when);
  if (!a || !b || !year) {
    ++found.rows_without_key;
    return std::nullopt;
  }
  const State* const one = state_of(found, *a, *year);
  const State* const other = state_of(found, *b, *year);
  if (!one || !other || one == other) return std::nullopt;
  return PairYear{one, other, *year};
}

std::optional<double> as_value(std::optional<bool> flag) {
  return flag ? std::optional(*flag ? 1.0 : 0.0) : std::nullopt;
}

/// A column of dyad-years that says whether a relation holds, and the years of which it says so.
struct RelationColumn {
  HeldYears held;
  Span years;

  /// `value` of what holds; 0: it does not; nothing: unknown.
  void add(const State& a, const State& b, int year, std::optional<double> value) {
    if (value) years.add(year);
    held.add(a, b, year, value.value_or(missing));
  }
  std::vector<FoundSpell> spells() const { return held.spells(years.last); }
};

constexpr std::array atop_releases{2003, 2016, 2018};  // the years with which they end

}  // namespace

Findings read_atop(const PublishedFile& file) {
  enum { protector, covered, when, defence };
  static const std::vector<std::vector<std::string_view>> wanted{{"statea", "ccode1", "mem1"},
                                                                 {"stateb", "ccode2", "mem2"},
                                                                 {"year"},
                                                                 {"defense", "atop_defense"}};
  Findings found{.source = "atop", .label = "ATOP"};
  found.cite = "Leeds, Ritter, Mitchell and Long 2002, International Interactions 28";
  RelationColumn ties;
  PairOrders orders;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const auto pair = pair_year(found, columns, row, protector, covered, when);
    if (!pair) return;
    orders.add(*columns.whole(row, protector), *columns.whole(row, covered));
    ties.add(*pair->one, *pair->other, pair->year, as_value(columns.flag(row, defence)));
  });
  ties.years.check("dyad-years");
  found.ties = ties.spells();
  note_open_end(found, found.ties, ties.years.last, atop_releases);
  if (orders.once()) PairOrders::both_ways(found);
  found.coverage = {{"ties.csv", "strength", ties.years.first, ties.years.last}};
  found.release = fmt::format("{}-{}", ties.years.first, ties.years.last);
  return found;
}

namespace {

/// Whose list of rivalries it is, by its columns, and the year to which that list was coded.
struct RivalryList {
  const char *label, *cite;
  int coded_to;  // 0: not known
};
RivalryList rivalry_list(const Columns& columns) {
  if (columns.named("tssr_id"))
    return {"Thompson, Sakuwa and Suhas",
            "Thompson, Sakuwa and Suhas 2021, Analyzing Strategic Rivalries in World Politics",
            2020};
  if (columns.named("rivalryno") || columns.named("rivalryname"))
    return {"Thompson and Dreyer", "Thompson and Dreyer 2012, Handbook of International Rivalries",
            2010};
  return {"list of rivalries", "", 0};
}

struct Rivalry {
  int a, b, first, last;
  auto operator<=>(const Rivalry&) const = default;
};

/// Says what was made of a list of which nobody knows to which year it was coded.
void note_unknown_list(Findings& found, const std::set<Rivalry>& rivalries, int last, bool open) {
  std::string ending;
  for (const Rivalry& r : rivalries)
    if (r.last == last) ending += fmt::format("{}{}-{}", ending.empty() ? "" : ", ", r.a, r.b);
  if (!open && !ending.empty())
    found.notes.push_back(
        {fmt::format("nothing says to which year it was coded, so no rivalry is taken to go on; "
                     "those that end in its last year, {}: {}",
                     last, ending),
         "Leave the end of a rivalry empty where it goes on"});
}

}  // namespace

Findings read_rivalries(const PublishedFile& file) {
  enum { state_a, state_b, start, end };
  static const std::vector<std::vector<std::string_view>> wanted{{"ccode1", "ccodea", "statea"},
                                                                 {"ccode2", "ccodeb", "stateb"},
                                                                 {"styear", "start", "startyear"},
                                                                 {"endyear", "end"}};
  Findings found{.source = "rivalries"};
  std::set<Rivalry> rivalries;
  Span years;
  RivalryList list{"list of rivalries", "", 0};
  bool marks_open = false;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    list = rivalry_list(columns);
    const auto a = columns.whole(row, state_a), b = columns.whole(row, state_b),
               first = columns.whole(row, start), last = columns.whole(row, end);
    if (!a || !b || !first) {
      ++found.rows_without_key;
      return;
    }
    years.add(*first);
    if (last) years.add(*last);
    if (last && *last < *first)
      throw Refusal{fmt::format("a rivalry ends in {}, before it starts in {}", *last, *first),
                    get_again};
    marks_open = marks_open || !last;
    // a list that marks what goes on by its own last year
    const bool going = !last || (list.coded_to > 0 && *last >= list.coded_to);
    rivalries.insert({*a, *b, *first, going ? still_going : *last});
  });
  years.check("rivalries");
  if (years.last < first_listed_year)
    throw Refusal{"all rivalries end before the list of states begins", get_again};
  found.label = list.label;
  found.cite = list.cite;
  if (list.coded_to == 0) note_unknown_list(found, rivalries, years.last, marks_open);
  for (const Rivalry& r : rivalries)
    if (r.last >= first_listed_year)
      add_spell(found, found.rivalries, r.a, r.b, std::max(r.first, first_listed_year), r.last, 1);
  found.rivalries = joined(std::move(found.rivalries));
  const int last = std::max(years.last, list.coded_to);
  found.coverage = {{"rivalries.csv", "hostility", std::max(years.first, first_listed_year), last}};
  found.release = fmt::format("to {}", last);
  return found;
}

namespace {

/// The rows of dyad-years, and the places of their columns.
struct DyadYears {
  enum { state_a, state_b, when, onset, level, deaths, defence, rivalry, rivalry_id, contiguity };
  RelationColumn ties, rivalries, borders;
  PairOrders orders;
  Onsets onsets;
  Span disputes, rows;

  static void check(const Columns& columns) {
    if (columns.has(onset) || columns.has(defence) || columns.has(rivalry) ||
        columns.has(rivalry_id) || columns.has(contiguity))
      return;
    const bool ongoing = columns.named("cowmidongoing") || columns.named("gmlmidongoing");
    throw Refusal{ongoing ? "a year in which a dispute goes on is no onset, and there is no other "
                            "column of use to a panel"
                          : "no column is of use to a panel",
                  "Add disputes (cowmidonset), alliances (atop_defense), rivalries "
                  "(ongoingrivalry, tssr_id) or borders (conttype)",
                  1};
  }
  /// Whether the pair are rivals: by the flag, or by the number of their rivalry, which is empty
  /// where there is none as well as after the list's end.
  void add_rivals(const State& a, const State& b, int year, const Columns& columns,
                  const Fields& row) {
    if (columns.has(rivalry))
      return rivalries.add(a, b, year, as_value(columns.flag(row, rivalry)));
    if (!columns.has(rivalry_id)) return;
    const auto number = columns.number(row, rivalry_id);
    if (number)
      rivalries.add(a, b, year, *number > 0 ? 1 : 0);
    else if (year <= rivalry_list(columns).coded_to)
      rivalries.add(a, b, year, 0);
  }
  static std::optional<double> border(const Columns& columns, const Fields& row) {
    const auto type = columns.whole(row, contiguity);
    if (!type) return std::nullopt;
    if (*type < 0 || *type > 6)
      throw Refusal{fmt::format("conttype is {}; it lies between 0 and 5", *type), get_again};
    return *type <= 5 ? *type : 0;
  }
  void add(Findings& found, const Columns& columns, const Fields& row) {
    const auto pair = pair_year(found, columns, row, state_a, state_b, when);
    if (!pair) return;
    const auto& [one, other, year] = *pair;
    const int a = *columns.whole(row, state_a), b = *columns.whole(row, state_b);
    rows.add(year);
    orders.add(a, b);
    if (const auto begins = columns.flag(row, onset)) {
      disputes.add(year);
      if (*begins)
        onsets.add(found,
                   {year, a, b, year, true, columns.whole(row, level), columns.whole(row, deaths)});
    }
    if (columns.has(defence)) ties.add(*one, *other, year, as_value(columns.flag(row, defence)));
    const auto [low, high] =
        std::minmax(one, other, [](const State* x, const State* y) { return x->id < y->id; });
    add_rivals(*low, *high, year, columns, row);
    if (columns.has(contiguity)) borders.add(*low, *high, year, border(columns, row));
  }
  void put(Findings& found) const;
};

void DyadYears::put(Findings& found) const {
  found.disputes = onsets.all(found);
  found.ties = ties.spells();
  if (ties.years.last == rows.last) note_open_end(found, found.ties, rows.last, atop_releases);
  if (!found.ties.empty() && orders.once()) PairOrders::both_ways(found);
  found.rivalries = rivalries.spells();
  found.borders = borders.spells();
  const auto cover = [&](const Span& years, const char* table, const char* name) {
    if (!years.empty()) found.coverage.push_back({table, name, years.first, years.last});
  };
  cover(disputes, "disputes.csv", "hostility_level");
  cover(ties.years, "ties.csv", "strength");
  cover(rivalries.years, "rivalries.csv", "hostility");
  cover(borders.years, "contiguity.csv", "type");
  if (found.coverage.empty())
    throw Refusal{"every column of use to a panel is unknown in every row", get_again};
}

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
      {"?ongoingrivalry", "strategic_rivalry"},
      {"?tssr_id", "rivalryno"},
      {"?conttype"}};
  Findings found{.source = "dyad-years", .label = "peacesciencer dyad-years"};
  found.cite = "Miller 2022, Conflict Management and Peace Science 39, and the sources it merges";
  DyadYears all;
  bool checked = false;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    if (!std::exchange(checked, true)) {
      DyadYears::check(columns);
      for (const std::string& other : columns.passed_over())
        found.notes.push_back({other, "Take the column out that is not wanted, or rename it"});
    }
    all.add(found, columns, row);
  });
  all.rows.check("dyad-years");
  all.put(found);
  found.release = fmt::format("{}-{}", all.rows.first, all.rows.last);
  return found;
}

}  // namespace tenbin
