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

/// What stands in tables beside states: "EAS" or "East Asia & Pacific", a sum over states; "HKG", a
/// territory; number 300, a state that was gone before today's began.
struct OtherEntity {
  enum class Kind { aggregate, territory, former };
  std::string code, name;
  Kind kind;
};

class KnownStates {
 public:
  static const KnownStates& all();

  /// By its id, such as "JPN".
  const State* by_id(std::string_view id) const;
  /// By its id or another code that publishers gave it: ROM is ROU, ZAR is COD, SUN is RUS.
  const State* by_code(std::string_view code) const;
  /// By any name that publishers use; without regard to case, accents and signs.
  const State* by_name(std::string_view name) const;
  /// By what a user writes: a code in any case, or a name.
  const State* by_text(std::string_view text) const;
  /// By its number in the Correlates of War's list of states, in a year: 345 is YUG to 1991, then
  /// SRB. 365 is RUS in all years, and so are SIPRI's USSR and Russia.
  const State* by_cow(int number, int year) const;
  /// The state that holds a state's place in a year: SRB before 1992 is YUG, YUG from then on SRB,
  /// CZE before 1993 CSK.
  const State& in_year(const State& state, int year) const;
  /// Whether the number means one state in all years; a spell of another must be cut in pieces.
  std::optional<int> changes_after(int number, int year) const;
  /// The order of size of its GDP about 2019, in billions of dollars; missing where nobody knows.
  double gdp(std::string_view id) const;
  /// The name most like this one, empty where none is near.
  std::string nearest_name(std::string_view name) const;
  /// What is no state but stands in tables, by code, number or name; null without it.
  const OtherEntity* other(std::string_view code_or_name) const;

 private:
  KnownStates();
  void read_states();
  void read_others();
  struct Number {
    int number, first, last;
    std::size_t state;
  };
  std::vector<State> states_;
  std::vector<double> gdp_;  // by place in states_
  std::vector<Number> numbers_;
  std::vector<std::pair<std::string, std::size_t>> names_;  // folded, sorted
  std::vector<std::pair<std::string, std::size_t>> codes_;  // other than ids
  std::vector<std::string> spellings_;                      // of all names
  std::vector<OtherEntity> others_;
};

/// A list of states as users write it: codes or names between commas or semicolons, or codes
/// between blanks. Blanks around them do not matter.
std::vector<std::string> listed_states(std::string_view list);

}  // namespace tenbin
