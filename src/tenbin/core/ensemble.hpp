// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenbin {

/// The parts that one year's change of a state's log milex is made of, in the order of
/// Ensemble::term().
inline constexpr std::array<std::string_view, 11> term_names{
    "habit",    "income", "momentum", "danger", "rivals", "allies",
    "presence", "war",    "wave",     "plan",   "shock"};

/// Futures first .. first + futures - 1 of one scenario: a block of them, or all. Years run from
/// `start` (observed) to `end`.
struct Ensemble {
  int states = 0, start = 0, end = 0;
  std::int64_t first = 0;
  int futures = 0;
  std::size_t stride = 0;       // from one row to the next, at least `futures`
  std::vector<double> milexes;  // [year][state][future], M USD of the panel's prices; NaN: not
                                // projected
  std::vector<double> burdens;  // share of GDP; NaN for a state without burden
  std::vector<double> stocks;   // M USD; decays in a state that is not projected
  std::vector<std::pair<int, int>> dyads;  // states whose disputes are drawn
  std::vector<std::uint8_t> disputes;  // [year][dyad][future]: 0 where none began, else how many
                                       // severities it reached: 1 any, 2 force, 3 fatal
  std::vector<double> terms;  // [term_names, then log milex of the year before and of the year]
                              // [future] of the state and year asked for; empty: none
  std::vector<std::string> notes;  // what a reader of the result must know, one sentence each

  int years() const { return end - start + 1; }
  std::size_t row(int year, int state) const {
    return (static_cast<std::size_t>(year - start) * states + state) * stride;
  }
  std::span<const double> milex(int year, int state) const { return part(milexes, year, state); }
  std::span<const double> burden(int year, int state) const { return part(burdens, year, state); }
  std::span<const double> stock(int year, int state) const { return part(stocks, year, state); }
  std::span<const std::uint8_t> dispute(int year, std::size_t dyad) const {
    return {disputes.data() + dispute_row(year, dyad), static_cast<std::size_t>(futures)};
  }
  std::size_t dispute_row(int year, std::size_t dyad) const {
    return (static_cast<std::size_t>(year - start) * dyads.size() + dyad) * stride;
  }
  std::span<const double> term(std::size_t k) const {
    return {terms.data() + k * stride, static_cast<std::size_t>(futures)};
  }

 private:
  std::span<const double> part(const std::vector<double>& of, int year, int state) const {
    return {of.data() + row(year, state), static_cast<std::size_t>(futures)};
  }
};

}  // namespace tenbin
