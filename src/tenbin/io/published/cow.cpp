// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>
#include <set>
#include <tuple>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"

/// The Correlates of War project's files. States are numbers, -9 is unknown.

namespace tenbin {
namespace {

constexpr const char* cow = "Correlates of War";

/// The largest text of a version column, such as "4.1".
void keep_version(std::string& version, std::string_view seen) {
  if (!seen.empty() && seen.size() < 16) version = std::max(version, std::string(seen));
}

/// The last year that a release of the alliances covers; 0 for one that we do not know.
int alliances_end(const std::string& version) {
  if (version == "4.1" || version == "4") return 2012;
  return version.starts_with("3") ? 2000 : 0;
}

ReadingNote first_years_taken() {
  return {
      "it has a row for each year of a dispute and does not say when one began: of each number "
      "and pair the first year that it has is taken",
      "Take the file with strtyr or midonset if this one is cut at its beginning"};
}

}  // namespace

Findings read_cow_disputes(const PublishedFile& file) {
  enum { dispute, state_a, state_b, start, when, begins, level, level_a, level_b, deaths, version };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"disno", "dispnum", "dispnum3", "dispnum4"},
      {"statea", "ccode1"},
      {"stateb", "ccode2"},
      {"?strtyr", "styear"},
      {"?year"},
      {"?midonset", "gmlmidonset", "cowmidonset", "onset"},
      {"?hihost", "hostlev"},
      {"?hostlev1", "hihosta"},
      {"?hostlev2", "hihostb"},
      {"?fatlev", "fatality"},
      {"?version"}};
  Findings found{.source = "cow-disputes", .label = "COW dyadic disputes"};
  found.cite =
      "Maoz, Johnson, Kaplan, Ogunkoya and Shreve 2019, Journal of Conflict Resolution 63; "
      "Correlates of War";
  Onsets onsets;
  Span years;
  bool first_years = false, of_gml = false;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    if (!columns.has(start) && !columns.has(when))
      throw Refusal{"the table lacks the column strtyr, or year", get_again, 1};
    if (!columns.has(level) && !(columns.has(level_a) && columns.has(level_b)))
      throw Refusal{"the table lacks the column hihost, or hostlev", get_again, 1};
    of_gml =
        columns.named("dispnum") && (columns.named("midonset") || columns.named("gmlmidonset") ||
                                     columns.text(row, version).starts_with("gml"));
    first_years = !columns.has(start) && !columns.has(begins);
    const auto a = columns.whole(row, state_a), b = columns.whole(row, state_b),
               began = columns.whole(row, columns.has(start) ? start : when),
               year = columns.whole(row, when);
    if (!a || !b || !began) {
      ++found.rows_without_key;
      return;
    }
    years.add(*began);
    if (year) years.add(*year);
    onsets.add(found, {columns.whole(row, dispute).value_or(*began), *a, *b, *began,
                       columns.has(start) ? std::optional(true) : columns.flag(row, begins),
                       columns.has(level)
                           ? columns.whole(row, level)
                           : std::max(columns.whole(row, level_a), columns.whole(row, level_b)),
                       columns.whole(row, deaths)});
  });
  if (of_gml) {
    found.label = "GML dyadic disputes";
    found.cite = "Gibler, Miller and Little 2016, International Studies Quarterly 60";
  }
  if (first_years) found.notes.push_back(first_years_taken());
  found.disputes = onsets.all(found);
  years.check("disputes");
  found.coverage = {{"disputes.csv", "hostility_level", years.first, years.last}};
  found.release = fmt::format("{}-{}", years.first, years.last);
  return found;
}

Findings read_cow_alliances(const PublishedFile& file) {
  enum { protector, covered, start, end, ongoing, defence, version };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"ccode1"},       {"ccode2"},  {"dyad_st_year"}, {"dyad_end_year"},
      {"right_censor"}, {"defense"}, {"?version"}};
  Findings found{.source = "cow-alliances", .label = "COW alliances"};
  found.cite = "Gibler 2009, International Military Alliances; Correlates of War";
  struct Treaty {
    int a, b, first, last;
    auto operator<=>(const Treaty&) const = default;
  };
  std::set<Treaty> treaties;
  Span years;
  PairOrders orders;
  std::string release;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const auto a = columns.whole(row, protector), b = columns.whole(row, covered),
               first = columns.whole(row, start), last = columns.whole(row, end);
    if (!a || !b || !first) {
      ++found.rows_without_key;
      return;
    }
    keep_version(release, columns.text(row, version));
    years.add(*first);
    if (last) years.add(*last);
    orders.add(*a, *b);
    const bool going = columns.flag(row, ongoing) == true || !last;
    if (columns.flag(row, defence) == true)
      treaties.insert({*a, *b, *first, going ? still_going : *last});
  });
  years.check("alliances");
  const int known_end = alliances_end(release);
  if (known_end == 0)
    found.notes.push_back({fmt::format("no column says which release it is: what it does not say "
                                       "after {}, its last year, counts as unknown",
                                       years.last),
                           ""});
  years.last = std::max(years.last, known_end);
  for (const Treaty& t : treaties) add_spell(found, found.ties, t.a, t.b, t.first, t.last, 1);
  found.ties = joined(std::move(found.ties));
  if (orders.once()) PairOrders::both_ways(found);
  found.coverage = {{"ties.csv", "strength", years.first, years.last}};
  found.release = release.empty() ? fmt::format("{}-{}", years.first, years.last)
                                  : fmt::format("version {}, to {}", release, years.last);
  if (!release.empty()) found.label += " " + release;
  return found;
}

namespace {

/// What NMC says of a state in a year, in millions of dollars and persons.
struct Capabilities {
  double dollars = missing, soldiers = missing;
};
using AllCapabilities = std::map<std::pair<std::string, int>, Capabilities>;

/// Of a state with two numbers in a year (DEU 1990) the larger.
void keep_larger(double& kept, std::optional<double> x, double unit) {
  if (x && *x >= 0 && !(kept >= *x * unit)) kept = *x * unit;
}

void put_capabilities(Findings& found, const AllCapabilities& all) {
  Span of_dollars, of_soldiers;
  for (const auto& [key, values] : all) {
    const auto& [id, year] = key;
    if (known(values.dollars)) of_dollars.add(year);
    if (values.dollars > 0)
      found.milex.push_back({id, year, values.dollars, missing, MilexKind::imputed});
    else if (values.dollars == 0)
      found.left_out.push_back(
          {"milex.csv", id, fmt::format("{}", year), "milex", "0", "a panel's milex is above 0"});
    if (!known(values.soldiers)) continue;
    of_soldiers.add(year);
    found.personnel.push_back({id, year, values.soldiers});
  }
  if (!of_dollars.empty())
    found.coverage.push_back({"milex.csv", "milex", of_dollars.first, of_dollars.last});
  if (!of_soldiers.empty())
    found.coverage.push_back({"personnel.csv", "personnel", of_soldiers.first, of_soldiers.last});
  if (found.coverage.empty())
    throw Refusal{"no row has a figure of a state, in a year in which its number was one",
                  get_again};
}

}  // namespace

Findings read_nmc(const PublishedFile& file) {
  enum { code, when, milex, persons, version };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"ccode"}, {"year"}, {"milex", "milex_kusd_current"}, {"milper", "milper_k"}, {"?version"}};
  Findings found{.source = "nmc", .label = "COW NMC"};
  found.cite =
      "Singer, Bremer and Stuckey 1972; Singer 1987, International Interactions 14; Correlates of "
      "War";
  Span years;
  std::string release;
  AllCapabilities all;
  bool sure = false;  // that it is NMC: its dollars are thousands
  each_record(
      file, wanted, found.source,
      [&](const Columns& columns, const Fields& row) {
        sure = columns.named("cinc") || columns.named("irst") || columns.named("tpop") ||
               columns.named("milex_kusd_current");
        const auto number = columns.whole(row, code), year = columns.whole(row, when);
        if (!number || !year) {
          ++found.rows_without_key;
          return;
        }
        years.add(*year);
        keep_version(release, columns.text(row, version));
        const State* const state = state_of(found, *number, *year);
        if (!state) return;
        Capabilities& values = all[{state->id, *year}];
        keep_larger(values.dollars, columns.number(row, milex), 1e-3);  // thousands to millions
        keep_larger(values.soldiers, columns.number(row, persons), 1e3);
      },
      [](std::string_view member) {  // of the two tables in the zip the shorter
        return member.find("abridged") != std::string_view::npos ||
               member.find("supplement") == std::string_view::npos;
      });
  years.check("capabilities");
  if (!sure)
    throw Refusal{
        "it has milex and milper but no other column of NMC (irst, pec, tpop, upop, cinc): its "
        "dollars may be of another unit than NMC's thousands",
        "Give NMC's own table; or name the column milex_kusd_current if it is in thousands of "
        "current dollars"};
  put_capabilities(found, all);
  found.currency = "current US dollars (pounds before 1914)";
  found.price_year = 0;
  found.to_be_scaled = true;
  found.release = release.empty() ? fmt::format("{}-{}", years.first, years.last)
                                  : fmt::format("version of {}, to {}", release, years.last);
  return found;
}

}  // namespace tenbin
