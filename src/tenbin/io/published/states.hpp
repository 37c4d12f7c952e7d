// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"

/// The states of the world since 1816 and what publishers call them (data/states).

namespace tenbin {

/// Where the list begins; what publishers say of earlier years has no states to belong to.
inline constexpr int first_listed_year = 1816;

class KnownStates {
 public:
  static const KnownStates& all();

  /// By its id, such as "JPN".
  const State* by_id(std::string_view id) const;
  /// By any name that publishers use; without regard to case, accents and signs.
  const State* by_name(std::string_view name) const;
  /// By its number in the Correlates of War's list of states, in a year: 345 is YUG to 1991, then
  /// SRB.
  const State* by_cow(int number, int year) const;
  /// Whether the number means one state in all years; a spell of another must be cut in pieces.
  std::optional<int> changes_after(int number, int year) const;

 private:
  KnownStates();
  struct Number {
    int number, first, last;
    std::size_t state;
  };
  std::vector<State> states_;
  std::vector<Number> numbers_;
  std::vector<std::pair<std::string, std::size_t>> names_;  // sorted
};

}  // namespace tenbin
