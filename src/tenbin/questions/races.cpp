// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/races.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "tenbin/io/panel_records.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// A race in a panel's history, with what is known of it.
struct PastRace {
  MoneyKind money;
  double growth;  // of the rule by which it is one
  Race race;
  RaceOdds odds;
  std::vector<FalseAlarm> alarms;
};

const char* money_name(MoneyKind money) { return money == MoneyKind::real ? "real" : "nominal"; }

struct Races {
  static constexpr QuestionSpec spec{.name = "races",
                                     .about = About::panel,
                                     .settings = "pair money until growth years wars",
                                     .summary = "arms races in a panel's history"};

  explicit Races(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<double> rates() const;
  std::vector<std::pair<StateIndex, StateIndex>> rivals(int year) const;
  void add_pace(std::string& text) const;
  void add_races(std::string& text) const;
  void add_rates(std::string& text) const;
  void add_match(std::string& text) const;

  const GrowthRecord& record_in(MoneyKind kind) const {
    return kind == MoneyKind::real ? real : nominal;
  }

  Panel panel;  // with more wars
  GrowthRecord real, nominal;
  std::string name;
  std::optional<std::pair<StateIndex, StateIndex>> pair;  // none: all rivals
  std::string money;
  int until;  // last year looked at
  RaceRule rule;
  bool own_rate;                // the user's: no other rates beside it
  std::vector<PastRace> races;  // by money, by rate, by start
};

/// The pair of "CHN,JPN".
std::pair<StateIndex, StateIndex> pair_named(const std::string& text, const Panel& panel) {
  const auto states = states_named(text, panel, "--pair");
  if (states.size() != 2)
    throw Error({{"--pair", "\"" + text + "\" is no pair of states", "Write CHN,JPN"}});
  return {states[0], states[1]};
}

Races::Races(const Inputs& inputs)
    : panel(*inputs.panel),
      real(panel, MoneyKind::real),
      nominal(panel, MoneyKind::nominal),
      name(inputs.names[0]),
      money(inputs.settings.money.value_or("both")),
      until(inputs.settings.until.value_or(9999)) {
  const Settings& s = inputs.settings;
  own_rate = s.growth.has_value();
  rule.growth = s.growth.value_or(rule.growth);
  rule.years = s.years.value_or(rule.years);
  if (s.pair) pair = pair_named(*s.pair, panel);
  if (s.wars)
    for (War& w : read_setting("wars", [&] { return read_wars(*s.wars, panel); }))
      panel.wars.push_back(std::move(w));
}

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

std::string reasons(const PastRace& race, const Panel& panel) {
  std::string text;
  for (const FalseAlarm& a : race.alarms) text += (text.empty() ? "" : "; ") + text_of(a, panel);
  return text;
}

/// Thresholds of yearly growth for which races are listed.
std::vector<double> Races::rates() const {
  if (own_rate) return {rule.growth};
  return {race_growths.begin(), race_growths.end()};
}

/// Races in real money, then in nominal, as far as asked for and as the panel has figures in it.
void Races::answer(Work& work) {
  const auto observer = work.begin("judging races");
  for (const MoneyKind kind : {MoneyKind::real, MoneyKind::nominal}) {
    if (money != "both" && money != money_name(kind)) continue;
    const GrowthRecord& record = record_in(kind);
    if (!record.exists()) {
      if (money != "both")
        throw Error({{name, fmt::format("has no spending in {} money", money_name(kind)),
                      "Give the panel a price_index.csv"}});
      continue;
    }
    std::map<StateIndex, StateGrowth> growth;
    const auto growth_of = [&](StateIndex i) -> const StateGrowth& {
      auto found = growth.find(i);
      if (found == growth.end()) found = growth.emplace(i, state_growth(panel, record, i)).first;
      return found->second;
    };
    const int last = std::min(until, record.last_year());
    for (const double rate : rates()) {
      const RaceRule at{rate, rule.years};
      const std::vector<Race> found =
          pair ? races_of(record, pair->first, pair->second, record.first_year(), last, at)
               : races_among_rivals(panel, record, last, at);
      for (const Race& race : found) {
        if (!observer(0)) return;
        races.push_back({kind, rate, race,
                         race_odds(growth_of(race.a), growth_of(race.b), race, at),
                         false_alarms(panel, record, real, race, at)});
      }
    }
  }
}

/// Columns money, state_a, state_b, start, end, chance, chance_error, onset, over, false_alarms,
/// growth (the threshold of the rule).
TidyTable Races::table() const {
  TidyTable table;
  for (const char* name : {"money", "state_a", "state_b"}) table.text(name);
  table.integer("start");
  table.integer("end");
  for (const char* name : {"chance", "chance_error", "onset", "over"}) table.number(name);
  table.text("false_alarms");
  table.number("growth");
  for (const PastRace& r : races)
    table << money_name(r.money) << panel.states[r.race.a].id << panel.states[r.race.b].id
          << r.race.start << r.race.end << r.odds.chance.p << r.odds.chance.error << r.odds.onset
          << r.odds.end << reasons(r, panel) << r.growth;
  return table;
}

/// The pair of --pair, or all rivals of a year.
std::vector<std::pair<StateIndex, StateIndex>> Races::rivals(int year) const {
  if (pair) return {*pair};
  std::vector<std::pair<StateIndex, StateIndex>> dyads;
  for (const RivalYears& r : rival_years(panel, year, year)) dyads.emplace_back(r.a, r.b);
  return dyads;
}

/// Adds the yearly growth of both states of each pair, highest pace first.
void Races::add_pace(std::string& text) const {
  const bool in_real = money != "nominal" && real.exists();
  const GrowthRecord& record = in_real ? real : nominal;
  const int last = std::min(until, record.last_year()), shown = pair ? 2 * rule.years : rule.years;
  std::vector<std::pair<double, std::pair<StateIndex, StateIndex>>> paced;
  const auto imputed = [&](StateIndex i) {
    for (int year = std::max(last - rule.years, panel.first_year);
         year <= std::min(last, panel.last_year); ++year)
      if (panel.cell(i, year).kind == MilexKind::imputed) return true;
    return false;
  };
  for (const auto& [a, b] : rivals(last))
    if (const double p = pace(record, a, b, last, rule.years);
        known(p) && !imputed(a) && !imputed(b))
      paced.push_back({p, {a, b}});
  if (paced.empty()) return;
  std::ranges::stable_sort(paced, std::greater{}, [](const auto& x) { return x.first; });
  say(text,
      "\nYearly growth of both states, % of {} spending. \"Lowest\" is the lowest growth in the "
      "last {} years: with a\nthreshold below it, the rule finds a race. Pairs with imputed "
      "figures "
      "are skipped.\n",
      in_real ? "real" : "nominal", rule.years);
  const auto growth = [](double x) {
    return known(x) ? signed_number(100 * x, 1) : std::string("-");
  };
  AlignedText table("<><" + std::string(static_cast<std::size_t>(shown), '>'));
  std::vector<std::string> head{"dyad", "lowest", ""};
  for (int year = last - shown + 1; year <= last; ++year) head.push_back(std::to_string(year));
  table.row(head);
  constexpr std::size_t most_dyads = 10;
  for (std::size_t k = 0; k < std::min(paced.size(), most_dyads); ++k) {
    const auto& [lowest, dyad] = paced[k];
    for (const StateIndex i : {dyad.first, dyad.second}) {
      const bool first = i == dyad.first;
      const std::string& id = panel.states[i].id;
      std::vector<std::string> row{first ? id + " " + panel.states[dyad.second].id : std::string(),
                                   first ? growth(lowest) : std::string(), id};
      for (int year = last - shown + 1; year <= last; ++year)
        row.push_back(growth(record.growth(i, year)));
      table.row(std::move(row));
    }
  }
  text += table.text();
  if (paced.size() > most_dyads) say(text, "and {} more\n", paced.size() - most_dyads);
}

/// Adds the years of races at each threshold.
void Races::add_rates(std::string& text) const {
  for (const MoneyKind kind : {MoneyKind::real, MoneyKind::nominal}) {
    std::map<std::pair<StateIndex, StateIndex>, std::map<double, std::string>> years;
    for (const PastRace& r : races) {
      if (r.money != kind) continue;
      std::string& at = years[{r.race.a, r.race.b}][r.growth];
      at += fmt::format("{}{}-{}", at.empty() ? "" : ", ", r.race.start, r.race.end);
    }
    if (own_rate || years.empty()) continue;
    say(text, "\nYears of races at other thresholds, in {} money\n", money_name(kind));
    AlignedText table("<" + std::string(race_growths.size(), '<'));
    std::vector<std::string> head{"dyad"};
    for (const double rate : race_growths) head.push_back(fmt::format("{:.0f} %", 100 * rate));
    table.row(head);
    for (const auto& [dyad, at] : years) {
      std::vector<std::string> row{panel.states[dyad.first].id + " " +
                                   panel.states[dyad.second].id};
      for (const double rate : race_growths) row.push_back(at.contains(rate) ? at.at(rate) : "-");
      table.row(std::move(row));
    }
    text += table.text();
  }
}

void Races::add_races(std::string& text) const {
  for (const MoneyKind kind : {MoneyKind::real, MoneyKind::nominal}) {
    bool first = true;
    for (const PastRace& t : races) {
      if (t.money != kind || t.growth != rule.growth) continue;
      if (first)
        say(text, "\nIn {} money\n{:<9} {:<11} {:>12}  {:<11}  {}\n", money_name(kind), "dyad",
            "years", "probability", "its years", "may be none, because");
      first = false;
      say(text, "{:<4} {:<4} {}-{}   {:>12}  {:<11}  {}\n", panel.states[t.race.a].id,
          panel.states[t.race.b].id, t.race.start, t.race.end,
          known(t.odds.chance.p) ? chance_text(t.odds.chance) : "-",
          known(t.odds.onset) ? fmt::format("{:.0f}-{:.0f}", t.odds.onset, t.odds.end) : "-",
          reasons(t, panel));
    }
  }
}

/// How the rule does on the races that a catalogue lists, if the panel has them.
void Races::add_match(std::string& text) const {
  if (panel.listed_races.empty()) return;
  for (const MoneyKind kind : {MoneyKind::nominal, MoneyKind::real}) {
    const GrowthRecord& record = record_in(kind);
    if (!record.exists()) continue;
    const CatalogueMatch m = match_catalogue(panel, record, until, rule);
    say(text,
        "In {} money the rule holds for {} of the {} races listed ({} within a year of their "
        "years); it finds {} among rivals{}, of which {} overlap a listed one (precision {:.0f} "
        "%).\n",
        money_name(kind), m.inside, m.listed, m.within_a_year, m.found,
        until < 9999 ? fmt::format(" up to {}", until) : "", m.found_listed,
        m.found > 0 ? 100.0 * m.found_listed / m.found : 0.0);
    if (kind != MoneyKind::real) continue;
    int since = 0, survive = 0, in_nominal = 0;
    constexpr int indexed_since = 1970;
    for (const ListedRace& l : panel.listed_races) {
      if (l.start < indexed_since) continue;
      ++since;
      const auto holds = [&](MoneyKind in) {
        return !races_of(record_in(in), l.a, l.b, l.start - 1, l.end + 1, rule).empty();
      };
      survive += holds(MoneyKind::real);
      in_nominal += holds(MoneyKind::nominal);
    }
    say(text, "Of the {} listed since {}, {} hold within a year in nominal money and {} in real.\n",
        since, indexed_since, in_nominal, survive);
  }
}

std::string Races::text() const {
  std::string text = fmt::format(
      "panel {}: each side's spending or personnel grows by {:.3g} % or more for {} years "
      "running{}\n",
      panel.name, 100 * rule.growth, rule.years, pair ? "" : "; rivals only");
  add_pace(text);
  const bool any =
      std::ranges::any_of(races, [&](const PastRace& r) { return r.growth == rule.growth; });
  if (any)
    add_races(text);
  else
    text += "\nRaces by the rule: none\n";
  add_rates(text);
  text += "\n";
  add_match(text);
  return text;
}

}  // namespace

QuestionEntry races_question() { return entry_of<Races>(); }

}  // namespace tenbin
