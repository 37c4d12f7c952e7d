// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/relations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/io/published/package.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"

namespace tenbin {
namespace {

constexpr int earliest = 1000, latest = 2100;

void add_pair(std::vector<FoundSpell>& spells, const State* a, const State* b, int first, int last,
              double value) {
  if (a && b && a != b) spells.push_back({a->id, b->id, first, last, value});
}

void require_level(std::optional<int> level, int most, const char* of) {
  if (level && (*level < 0 || *level > most))
    throw Refusal{fmt::format("the level of {} is {}; it lies between 0 and {}", of, *level, most),
                  get_again};
}

}  // namespace

void Span::add(int year) {
  if (year < earliest || year > latest)
    throw Refusal{fmt::format("{} is no year", year), get_again};
  first = std::min(first, year);
  last = std::max(last, year);
}

void Span::check(const char* of) const {
  if (first > last) throw Refusal{fmt::format("there are no {} in it", of), get_again};
}

void count_nobody(Findings& found, const std::string& who) {
  constexpr std::size_t most = 10'000;
  if (found.nobody.size() < most || found.nobody.contains(who)) ++found.nobody[who.substr(0, 100)];
}

const State* state_of(Findings& found, int number, int year) {
  const State* const state = KnownStates::all().by_cow(number, year);
  if (!state) count_nobody(found, fmt::format("{}", number));
  return state;
}

void add_spell(Findings& found, std::vector<FoundSpell>& spells, int a, int b, int first, int last,
               double value) {
  const KnownStates& states = KnownStates::all();
  while (first <= last) {
    int end = last;
    for (const int number : {a, b})
      if (const auto change = states.changes_after(number, first); change && *change < end)
        end = *change;
    const State* const one = state_of(found, a, first);
    const State* const other = state_of(found, b, first);
    add_pair(spells, one, other, first, end, value);
    if (end == last) return;
    first = end + 1;
  }
}

std::vector<FoundSpell> joined(std::vector<FoundSpell> spells) {
  std::ranges::sort(
      spells, {}, [](const FoundSpell& s) { return std::tie(s.a, s.b, s.value, s.first, s.last); });
  std::vector<FoundSpell> result;
  for (FoundSpell& s : spells) {
    if (!result.empty()) {
      FoundSpell& before = result.back();
      if (before.a == s.a && before.b == s.b && before.value == s.value &&
          (before.last == still_going || s.first <= before.last + 1)) {
        before.last = std::max(before.last, s.last);
        continue;
      }
    }
    result.push_back(std::move(s));
  }
  std::ranges::sort(
      result, {}, [](const FoundSpell& s) { return std::tie(s.a, s.b, s.first, s.last, s.value); });
  return result;
}

std::vector<FoundSpell> HeldYears::spells(int last_known) const {
  std::vector<FoundSpell> all;
  for (const auto& [pair, seen] : years_) {
    std::map<int, float> by_year;
    for (const Seen& s : seen) {
      float& value = by_year.try_emplace(s.year, s.value).first->second;
      if (known(s.value) && (!known(value) || value == 0 || (s.value > 0 && s.value < value)))
        value = s.value;
    }
    FoundSpell* open = nullptr;  // the spell that the year before belongs to
    for (const auto& [year, value] : by_year) {
      // years between of which the file speaks, but not of this pair
      if (open && observed_.upper_bound(open->last) != observed_.lower_bound(year)) open = nullptr;
      if (open && (!known(value) || value == static_cast<float>(open->value))) {
        open->last = year;
        continue;
      }
      open = nullptr;
      if (!known(value) || value == 0) continue;
      all.push_back({std::string(pair.first), std::string(pair.second), year, year, value});
      open = &all.back();
    }
  }
  for (FoundSpell& s : all)
    if (s.last >= last_known) s.last = still_going;
  return joined(std::move(all));
}

void note_open_end(Findings& found, const std::vector<FoundSpell>& spells, int last,
                   std::span<const int> releases) {
  const auto going = std::ranges::count(spells, still_going, &FoundSpell::last);
  if (going == 0 || std::ranges::find(releases, last) != releases.end()) return;
  found.notes.push_back(
      {fmt::format(
           "{} spells hold in {}, the file's last year, which is no release's, and are taken "
           "to go on",
           going, last),
       "If the file was cut there, take the whole one"});
}

void PairOrders::add(int a, int b) {
  const auto [low, high] = std::minmax(a, b);
  orders_[{low, high}] |= a < b ? 1u : 2u;
  firsts_.insert(a);
  seconds_.insert(b);
}

bool PairOrders::once() const {
  unsigned orders = 0;
  for (const auto& [pair, seen] : orders_) {
    if (seen == 3u) return false;
    orders |= seen;
  }
  const bool one_side = firsts_.size() == 1 || seconds_.size() == 1;
  return orders != 0 && !(one_side && orders == 3u);
}

void PairOrders::both_ways(Findings& found) {
  const std::size_t one_way = found.ties.size();
  for (std::size_t k = 0; k < one_way; ++k) {
    FoundSpell back = found.ties[k];
    std::swap(back.a, back.b);
    found.ties.push_back(std::move(back));
  }
  found.ties = joined(std::move(found.ties));
  found.notes.push_back(
      {"each pair of states stands once in it, so nothing says who protects whom: every alliance "
       "is "
       "read in both directions",
       "Take the directed file where that matters (create_dyadyears(directed = TRUE), by_directed, "
       "ddyr)"});
}

void Onsets::add(Findings& found, const DisputeRow& row) {
  const State* one = state_of(found, row.a, row.year);
  const State* other = state_of(found, row.b, row.year);
  if (!one || !other || one == other) return;
  if (other->id < one->id) std::swap(one, other);
  require_level(row.hostility_level, 5, "hostility");
  require_level(row.fatality_level, 6, "fatality");
  Dispute& dispute = by_number_[{row.number, one->id, other->id}];
  dispute.first = std::min(dispute.first, row.year);
  dispute.says_onset = dispute.says_onset || row.onset;
  if (row.onset == true) dispute.onsets.insert(row.year);
  if (row.hostility_level.value_or(0) > 0)
    dispute.hostility_level = std::max(dispute.hostility_level.value_or(0), *row.hostility_level);
  if (row.fatality_level)
    dispute.fatality_level = std::max(dispute.fatality_level.value_or(0), *row.fatality_level);
}

std::vector<FoundDispute> Onsets::all(Findings& found) const {
  std::map<std::tuple<std::string, std::string, int>, FoundDispute> by_key;
  int without_level = 0;
  for (const auto& [key, dispute] : by_number_) {
    const auto& [number, a, b] = key;
    std::set<int> years = dispute.onsets;
    if (!dispute.says_onset) years.insert(dispute.first);
    for (const int year : years) {
      FoundDispute& kept =
          by_key.try_emplace({a, b, year}, FoundDispute{a, b, year, 0, std::nullopt}).first->second;
      without_level += !dispute.hostility_level;
      kept.hostility_level = std::max(kept.hostility_level, dispute.hostility_level.value_or(3));
      if (dispute.fatality_level)
        kept.fatality_level = std::max(kept.fatality_level.value_or(0), *dispute.fatality_level);
    }
  }
  if (without_level > 0)
    found.notes.push_back(
        {fmt::format(
             "{} onsets have no level of hostility and are taken as 3, the display of force",
             without_level),
         "Add the column hostlev where the levels matter"});
  std::vector<FoundDispute> result;
  for (const auto& [key, dispute] : by_key) result.push_back(dispute);
  return result;
}

void each_chart_row(const PublishedFile& file, const std::vector<std::string_view>& names,
                    Findings& found, const std::function<void(const ChartRow&)>& take) {
  enum { entity, code, when, figure };
  const std::vector<std::vector<std::string_view>> wanted{
      {"?entity", "country", "name"}, {"code", "iso3", "iso3c"}, {"year"}, names};
  std::set<std::pair<std::string, int>> rows;
  each_record(file, wanted, found.source, [&](const Columns& columns, const Fields& row) {
    const std::string id(columns.text(row, code)),
        name(columns.has(entity) ? columns.text(row, entity) : "");
    const auto year = columns.whole(row, when);
    const auto value = columns.number(row, figure);
    const std::string who = id.empty() ? name : id;
    if (!year || who.empty()) {
      ++found.rows_without_key;
      return;
    }
    if (!value) return;
    if (!rows.insert({who, *year}).second)
      throw Refusal{fmt::format("it has several rows of {} in {}", who, *year), get_again};
    const State* state = KnownStates::all().by_code(id);
    if (!state) return count_nobody(found, name.empty() ? id : name);
    take({KnownStates::all().in_year(*state, *year), *year, *value, who});
  });
}

void StateFigures::add(Findings& found, const State& state, int year, double value,
                       std::string_view called) {
  years_.add(year);
  const auto [kept, fresh] = figures_.try_emplace({state.id, year}, value);
  if (fresh || kept->second == value) return;
  found.left_out.push_back({table_, state.id, fmt::format("{}", year), column_,
                            fmt::format("{}", value),
                            fmt::format("of \"{}\"; another row of {} has this year too",
                                        called.substr(0, 60), state.id)});
}

}  // namespace tenbin
