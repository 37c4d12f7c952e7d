// SPDX-License-Identifier: Apache-2.0
// The sentences of levers, from their table.
#include <doctest/doctest.h>

#include "fixture.hpp"
#include "tenbin/core/levers.hpp"
#include "tenbin/page/live.hpp"
#include "tenbin/page/words.hpp"

namespace lever_words_test {

using namespace tenbin;

TEST_CASE("every lever of the table has a sentence and slider words without a gap") {
  constexpr StateIndex alp = 0, bet = 1, gam = 2;
  const Panel panel = fixture::panel();
  for (const LeverSpec& s : lever_table)
    for (std::size_t r = 0; r < reaction_table.size(); ++r) {
      CAPTURE(s.name);
      const Lever lever{.kind = s.kind,
                        .state = s.has(Gives::state_or_all) ? all_states : alp,
                        .other = bet,
                        .from = 2031,
                        .by = 2037,
                        .value = {s.unit == Unit::money ? 5000 : 0.0625, 0, 0, 1e8},
                        .states = {bet, gam},
                        .reaction = static_cast<Reaction>(r),
                        .path = {{2031, {5000, 0, 1e-3, 1e8}}}};
      const std::string does = words(lever, panel).does;
      const auto says = [&](std::string_view part) { return does.find(part) != std::string::npos; };
      CHECK(says(lever.state == all_states ? "Every country" : panel.states[alp].name));
      CHECK(says(panel.states[bet].name) == (s.names_two() || s.has(Gives::states)));
      CHECK(says("2031"));
      CHECK(says("2037") == (s.has(Gives::by) || s.has(Gives::until)));
      CHECK(says(s.unit == Unit::money ? "5.0 bn" : s.unit_spec().percent ? "6.25 %" : "0.0625"));
      CHECK(says(reaction_table[r].words) == s.has(Gives::reaction));
      const Slider slider{.lever = lever};
      CHECK(slider_words(slider, panel).empty() == !(slider_range(lever).step > 0));
    }
}

}  // namespace lever_words_test
