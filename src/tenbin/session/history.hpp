// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tenbin/analyse/races.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/session/settings.hpp"

/// Arms races in a panel's history, with what is known of each.

namespace tenbin {

struct PastRace {
  MoneyKind money;
  Race race;
  RaceOdds odds;
  std::vector<FalseAlarm> alarms;
};

inline const char* money_name(MoneyKind money) {
  return money == MoneyKind::real ? "real" : "nominal";
}

/// Races in real money, then in nominal, as far as asked for and as the panel has figures in it.
/// Throws Error where the money asked for does not exist (`where` is how the panel is named) or the
/// pair is none. `go_on` is asked before each race; after a no the result is of no use.
std::vector<PastRace> past_races(const Panel& panel, const RaceSettings& settings,
                                 const std::string& where, const std::function<bool()>& go_on = {});

/// Why a race may be none, in words.
std::string reasons(const PastRace& race, const Panel& panel);

/// Columns money, state_a, state_b, start, end, chance, chance_error, onset, over, false_alarms.
TidyTable race_table(const std::vector<PastRace>& races, const Panel& panel);

}  // namespace tenbin
