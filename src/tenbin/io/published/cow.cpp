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
#include "tenbin/io/published/states.hpp"

/// The Correlates of War project's files. States are numbers, -9 is unknown.

namespace tenbin {
namespace {

constexpr const char* cow = "Correlates of War";

/// The largest text of a version column, such as "4.1".
void keep_version(std::string& version, std::string_view seen) {
  if (!seen.empty() && seen.size() < 16) version = std::max(version, std::string(seen));
}

}  // namespace

Findings read_cow_disputes(const PublishedFile& file) {
  enum { dispute, state_a, state_b, start, level, deaths };
  static const std::vector<std::vector<std::string_view>> wanted{
      {"disno", "dispnum"}, {"statea", "ccode1"},  {"stateb", "ccode2"},
      {"strtyr", "year"},   {"hihost", "hostlev"}, {"?fatlev"}};
  Findings found{.source = "cow-disputes", .label = "COW dyadic disputes"};
  found.cite =
      "Maoz, Johnson, Kaplan, Ogunkoya and Shreve 2019, Journal of Conflict Resolution 63; "
      "Correlates of War";
  Onsets onsets;
  Span years;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const auto a = columns.whole(row, state_a), b = columns.whole(row, state_b),
               year = columns.whole(row, start), hostility = columns.whole(row, level);
    if (!a || !b || !year || !hostility) return;
    years.add(*year);
    const auto fatal = columns.whole(row, deaths);
    onsets.add(found, *a, *b, *year, *hostility,
               fatal && *fatal >= 0 && *fatal <= 6 ? fatal : std::nullopt);
    return;
  });
  found.disputes = onsets.all();
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
  std::string release;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const auto a = columns.whole(row, protector), b = columns.whole(row, covered),
               first = columns.whole(row, start), last = columns.whole(row, end);
    if (!a || !b || !first) return;
    keep_version(release, columns.text(row, version));
    years.add(*first);
    if (last) years.add(*last);
    if (columns.whole(row, defence) != 1) return;
    const bool going = columns.whole(row, ongoing) == 1 || !last;
    treaties.insert({*a, *b, *first, going ? still_going : *last});
    return;
  });
  years.check("alliances");
  for (const Treaty& t : treaties) add_spell(found, found.ties, t.a, t.b, t.first, t.last, 1);
  found.ties = joined(std::move(found.ties));
  found.coverage = {{"ties.csv", "strength", years.first, years.last}};
  found.release = release.empty() ? fmt::format("{}-{}", years.first, years.last)
                                  : fmt::format("version {}, to {}", release, years.last);
  if (!release.empty()) found.label += " " + release;
  return found;
}

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
  std::map<std::pair<std::string, int>, std::pair<double, double>> all;  // of DEU 1990 the larger
  each_record(
      file, wanted, found.source,
      [&](const Columns& columns, const Fields& row) {
        const auto number = columns.whole(row, code), year = columns.whole(row, when);
        if (!number || !year) return;
        years.add(*year);
        keep_version(release, columns.text(row, version));
        const State* const state = state_of(found, *number, *year);
        if (!state) return;
        auto& [dollars, soldiers] =
            all.try_emplace({state->id, *year}, missing, missing).first->second;
        const auto larger = [](double& kept, std::optional<double> x, double unit) {
          if (x && *x >= 0 && !(kept >= *x * unit)) kept = *x * unit;
        };
        larger(dollars, columns.number(row, milex), 1e-3);  // thousands to millions
        larger(soldiers, columns.number(row, persons), 1e3);
        return;
      },
      [](std::string_view member) {  // of the two tables in the zip the shorter
        return member.find("abridged") != std::string_view::npos ||
               member.find("supplement") == std::string_view::npos;
      });
  years.check("capabilities");
  for (const auto& [key, values] : all) {
    const auto& [id, year] = key;
    if (values.first > 0)
      found.milex.push_back({id, year, values.first, missing, MilexKind::imputed});
    if (known(values.second)) found.personnel.push_back({id, year, values.second});
  }
  found.currency = "current US dollars (pounds before 1914)";
  found.price_year = 0;
  found.to_be_scaled = true;
  found.coverage = {{"milex.csv", "milex", years.first, years.last},
                    {"personnel.csv", "personnel", years.first, years.last}};
  found.release = release.empty() ? fmt::format("{}-{}", years.first, years.last)
                                  : fmt::format("version of {}, to {}", release, years.last);
  return found;
}

}  // namespace tenbin
