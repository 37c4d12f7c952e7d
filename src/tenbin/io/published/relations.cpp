// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/relations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/io/published/package.hpp"
#include "tenbin/io/published/states.hpp"

namespace tenbin {
namespace {

constexpr int earliest = 1000, latest = 2100;

void add_pair(std::vector<FoundSpell>& spells, const State* a, const State* b, int first, int last,
              double value) {
  if (a && b && a != b) spells.push_back({a->id, b->id, first, last, value});
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

void HeldYears::add(const std::string& a, const std::string& b, int year, double value) {
  years_[{a, b, value}].insert(year);
}

std::vector<FoundSpell> HeldYears::spells(int last_known) const {
  std::vector<FoundSpell> all;
  for (const auto& [key, years] : years_)
    for (const int year : years)
      all.push_back({std::get<0>(key), std::get<1>(key), year,
                     year == last_known ? still_going : year, std::get<2>(key)});
  return joined(std::move(all));
}

void Onsets::add(Findings& found, int a, int b, int year, int hostility_level,
                 std::optional<int> fatality_level) {
  const State* one = state_of(found, a, year);
  const State* other = state_of(found, b, year);
  if (!one || !other || one == other || hostility_level < 1 || hostility_level > 5) return;
  if (other->id < one->id) std::swap(one, other);
  FoundDispute& kept =
      by_key_.try_emplace({one->id, other->id, year}, FoundDispute{one->id, other->id, year})
          .first->second;
  kept.hostility_level = std::max(kept.hostility_level, hostility_level);
  if (fatality_level)
    kept.fatality_level = std::max(kept.fatality_level.value_or(0), *fatality_level);
}

std::vector<FoundDispute> Onsets::all() const {
  std::vector<FoundDispute> result;
  for (const auto& [key, dispute] : by_key_) result.push_back(dispute);
  return result;
}

}  // namespace tenbin
