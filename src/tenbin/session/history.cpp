// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "tenbin/session/fitting.hpp"

namespace tenbin {
namespace {

std::string text_of(const FalseAlarm& alarm, const Panel& panel) {
  switch (alarm.why) {
    case FalseAlarm::Why::war_elsewhere:
      return fmt::format("{} at war: {}", panel.states[alarm.state].id, alarm.what);
    case FalseAlarm::Why::recovery:
      return fmt::format("{} recovers from a fall to {} % of its height",
                         panel.states[alarm.state].id, alarm.what);
    case FalseAlarm::Why::inflation:
      return "inflation: not so in real money";
  }
  return {};
}

/// The pair of "CHN,JPN", or nothing.
std::optional<std::pair<StateIndex, StateIndex>> pair_named(const std::string& text,
                                                            const Panel& panel) {
  if (text.empty()) return std::nullopt;
  const auto states = states_named(text, panel, "--pair");
  if (states.size() != 2)
    throw Error({{"--pair", "\"" + text + "\" is no pair of states", "Write CHN,JPN"}});
  return std::pair(states[0], states[1]);
}

}  // namespace

std::vector<PastRace> past_races(const Panel& panel, const RaceSettings& settings,
                                 const std::string& where, const std::function<bool()>& go_on) {
  const auto pair = pair_named(settings.pair, panel);
  const GrowthRecord real(panel, MoneyKind::real), nominal(panel, MoneyKind::nominal);
  std::vector<PastRace> races;
  for (const MoneyKind money : {MoneyKind::real, MoneyKind::nominal}) {
    if (settings.money != "both" && settings.money != money_name(money)) continue;
    const GrowthRecord& record = money == MoneyKind::real ? real : nominal;
    if (!record.exists()) {
      if (settings.money != "both")
        throw Error({{where, fmt::format("has no spending in {} money", money_name(money)),
                      "Give the panel a price_index.csv"}});
      continue;
    }
    std::map<StateIndex, StateGrowth> growth;
    const auto growth_of = [&](StateIndex i) -> const StateGrowth& {
      auto found = growth.find(i);
      if (found == growth.end()) found = growth.emplace(i, state_growth(panel, record, i)).first;
      return found->second;
    };
    const int last = std::min(settings.until, record.last_year());
    const std::vector<Race> found =
        pair ? races_of(record, pair->first, pair->second, record.first_year(), last, settings.rule)
             : races_among_rivals(panel, record, last, settings.rule);
    for (const Race& race : found) {
      if (go_on && !go_on()) return races;
      races.push_back({money, race,
                       race_odds(growth_of(race.a), growth_of(race.b), race, settings.rule),
                       false_alarms(panel, record, real, race, settings.rule)});
    }
  }
  return races;
}

std::string reasons(const PastRace& race, const Panel& panel) {
  std::string text;
  for (const FalseAlarm& a : race.alarms) text += (text.empty() ? "" : "; ") + text_of(a, panel);
  return text;
}

TidyTable race_table(const std::vector<PastRace>& races, const Panel& panel) {
  TidyTable table;
  for (const char* name : {"money", "state_a", "state_b"}) table.text(name);
  table.integer("start");
  table.integer("end");
  for (const char* name : {"chance", "chance_error", "onset", "over"}) table.number(name);
  table.text("false_alarms");
  for (const PastRace& r : races)
    table << money_name(r.money) << panel.states[r.race.a].id << panel.states[r.race.b].id
          << r.race.start << r.race.end << r.odds.chance.p << r.odds.chance.error << r.odds.onset
          << r.odds.end << reasons(r, panel);
  return table;
}

}  // namespace tenbin
