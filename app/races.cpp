// SPDX-License-Identifier: Apache-2.0
// Arms races in a panel's history.
#include "tenbin/analyse/races.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/io/panel_records.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {
namespace {

struct Flags {
  std::string panel, out, wars, pair, money = "both";
  int until = 9999;
  RaceRule rule;
  CommonFlags common;
};

/// A race with what is known of it.
struct Told {
  MoneyKind money;
  Race race;
  RaceOdds odds;
  std::vector<FalseAlarm> alarms;
};

constexpr std::array<const char*, 2> money_names{"real", "nominal"};
const char* name_of(MoneyKind money) { return money_names[static_cast<std::size_t>(money)]; }

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

std::string reasons(const Told& t, const Panel& panel, const char* between) {
  std::string text;
  for (const FalseAlarm& a : t.alarms) text += (text.empty() ? "" : between) + text_of(a, panel);
  return text;
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

class Teller {
 public:
  Teller(const Panel& panel, const Flags& flags)
      : panel_(panel),
        flags_(flags),
        real_(panel, MoneyKind::real),
        nominal_(panel, MoneyKind::nominal) {}

  const GrowthRecord& record(MoneyKind money) const {
    return money == MoneyKind::real ? real_ : nominal_;
  }
  std::vector<Told> races(MoneyKind money) {
    const auto pair = pair_named(flags_.pair, panel_);
    const int last = std::min(flags_.until, record(money).last_year());
    const std::vector<Race> found =
        pair ? races_of(record(money), pair->first, pair->second, record(money).first_year(), last,
                        flags_.rule)
             : races_among_rivals(panel_, record(money), last, flags_.rule);
    std::vector<Told> told;
    for (const Race& race : found) {
      stop_if_asked();
      told.push_back({money, race,
                      race_odds(growth(money, race.a), growth(money, race.b), race, flags_.rule),
                      false_alarms(panel_, record(money), real_, race, flags_.rule)});
    }
    return told;
  }

 private:
  const StateGrowth& growth(MoneyKind money, StateIndex i) {
    const auto key = std::pair(money, i);
    auto found = growth_.find(key);
    if (found == growth_.end())
      found = growth_.emplace(key, state_growth(panel_, record(money), i)).first;
    return found->second;
  }

  const Panel& panel_;
  const Flags& flags_;
  GrowthRecord real_, nominal_;
  std::map<std::pair<MoneyKind, StateIndex>, StateGrowth> growth_;
};

std::string csv_of(const std::vector<Told>& told, const Panel& panel) {
  std::string csv = "money,state_a,state_b,start,end,chance,chance_error,onset,over,false_alarms\n";
  const auto number = [](double x) { return known(x) ? fmt::format("{}", x) : std::string(); };
  for (const Told& t : told)
    csv +=
        fmt::format("{},{},{},{},{},{},{},{},{},{}\n", name_of(t.money),
                    csv_field(panel.states[t.race.a].id), csv_field(panel.states[t.race.b].id),
                    t.race.start, t.race.end, number(t.odds.chance.p), number(t.odds.chance.error),
                    number(t.odds.onset), number(t.odds.end), csv_field(reasons(t, panel, "; ")));
  return csv;
}

void print_table(const std::vector<Told>& told, const Panel& panel) {
  for (const MoneyKind money : {MoneyKind::real, MoneyKind::nominal}) {
    bool first = true;
    for (const Told& t : told) {
      if (t.money != money) continue;
      if (first)
        fmt::print("\nIn {} money\n{:<9} {:<11} {:>12}  {:<11}  {}\n", name_of(money), "dyad",
                   "years", "probability", "its years", "may be none, because");
      first = false;
      fmt::print("{:<4} {:<4} {}-{}   {:>12}  {:<11}  {}\n", panel.states[t.race.a].id,
                 panel.states[t.race.b].id, t.race.start, t.race.end,
                 known(t.odds.chance.p) ? chance_text(t.odds.chance) : "-",
                 known(t.odds.onset) ? fmt::format("{:.0f}-{:.0f}", t.odds.onset, t.odds.end) : "-",
                 reasons(t, panel, "; "));
    }
  }
}

/// How the rule does on the races that a catalogue lists, if the panel has them.
void print_match(const Panel& panel, Teller& teller, const Flags& flags) {
  if (panel.listed_races.empty()) return;
  for (const MoneyKind money : {MoneyKind::nominal, MoneyKind::real}) {
    const GrowthRecord& record = teller.record(money);
    if (!record.exists()) continue;
    const CatalogueMatch m = match_catalogue(panel, record, flags.until, flags.rule);
    fmt::print(
        "In {} money the rule holds for {} of the {} races listed ({} within a year of their "
        "years); it finds {} among rivals{}, of which {} overlap a listed one (precision {:.0f} "
        "%).\n",
        name_of(money), m.inside, m.listed, m.within_a_year, m.found,
        flags.until < 9999 ? fmt::format(" up to {}", flags.until) : "", m.found_listed,
        m.found > 0 ? 100.0 * m.found_listed / m.found : 0.0);
    if (money != MoneyKind::real) continue;
    int since = 0, survive = 0, in_nominal = 0;
    constexpr int indexed_since = 1970;
    for (const ListedRace& l : panel.listed_races) {
      if (l.start < indexed_since) continue;
      ++since;
      const auto holds = [&](MoneyKind in) {
        return !races_of(teller.record(in), l.a, l.b, l.start - 1, l.end + 1, flags.rule).empty();
      };
      survive += holds(MoneyKind::real);
      in_nominal += holds(MoneyKind::nominal);
    }
    fmt::print(
        "Of the {} listed since {}, {} hold within a year in nominal money and {} in real.\n",
        since, indexed_since, in_nominal, survive);
  }
}

void run(const Flags& flags) {
  Panel panel = panel_to_work_on(flags.panel, {flags.out}, {}, flags.common);
  if (!flags.wars.empty())
    for (War& w : read_wars(flags.wars, panel)) panel.wars.push_back(std::move(w));
  Teller teller(panel, flags);
  std::vector<Told> told;
  for (const MoneyKind money : {MoneyKind::real, MoneyKind::nominal}) {
    const bool asked = flags.money == "both" || flags.money == name_of(money);
    if (!asked) continue;
    if (!teller.record(money).exists()) {
      if (flags.money != "both")
        throw Error({{flags.panel, fmt::format("has no spending in {} money", name_of(money)),
                      "Give the panel a price_index.csv"}});
      continue;
    }
    for (Told& t : teller.races(money)) told.push_back(std::move(t));
  }
  if (!flags.out.empty()) write_text(flags.out, csv_of(told, panel));
  if (flags.common.quiet) return;
  fmt::print(
      "panel {}: each side's spending or personnel grows by {:.3g} % or more for {} years "
      "running{}\n",
      panel.name, 100 * flags.rule.growth, flags.rule.years,
      flags.pair.empty() ? "; rivals only" : "");
  if (told.empty())
    fmt::print("none\n");
  else
    print_table(told, panel);
  fmt::print("\n");
  print_match(panel, teller, flags);
}

}  // namespace

void add_races(CLI::App& app) {
  auto flags = std::make_shared<Flags>();
  CLI::App* verb = app.add_subcommand("races", "arms races in a panel's history");
  verb->add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb->add_option("-o,--out", flags->out, "CSV of the races");
  verb->add_option("--pair", flags->pair, "one dyad, rivals or not: CHN,JPN");
  verb->add_option("--money", flags->money, "of spending")
      ->check(CLI::IsMember({"real", "nominal", "both"}));
  verb->add_option("--until", flags->until, "last year looked at");
  verb->add_option("--growth", flags->rule.growth, "least growth a year, as a part (0.08)")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--years", flags->rule.years, "least years running")->check(CLI::Range(1, 50));
  verb->add_option("--wars", flags->wars, "CSV of more wars: state, start, end, war");
  add_common(*verb, flags->common);
  verb->callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
