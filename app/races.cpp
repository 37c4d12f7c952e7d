// SPDX-License-Identifier: Apache-2.0
// Arms races in a panel's history.
#include "tenbin/analyse/races.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_records.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/session/history.hpp"

namespace tenbin::app {
namespace races_verb {

struct Flags : RaceSettings {
  std::string panel, out, wars;
  CommonFlags common;
};

void print_table(const std::vector<PastRace>& told, const Panel& panel) {
  for (const MoneyKind money : {MoneyKind::real, MoneyKind::nominal}) {
    bool first = true;
    for (const PastRace& t : told) {
      if (t.money != money) continue;
      if (first)
        fmt::print("\nIn {} money\n{:<9} {:<11} {:>12}  {:<11}  {}\n", money_name(money), "dyad",
                   "years", "probability", "its years", "may be none, because");
      first = false;
      fmt::print("{:<4} {:<4} {}-{}   {:>12}  {:<11}  {}\n", panel.states[t.race.a].id,
                 panel.states[t.race.b].id, t.race.start, t.race.end,
                 known(t.odds.chance.p) ? chance_text(t.odds.chance) : "-",
                 known(t.odds.onset) ? fmt::format("{:.0f}-{:.0f}", t.odds.onset, t.odds.end) : "-",
                 reasons(t, panel));
    }
  }
}

/// How the rule does on the races that a catalogue lists, if the panel has them.
void print_match(const Panel& panel, const Flags& flags) {
  if (panel.listed_races.empty()) return;
  const GrowthRecord real(panel, MoneyKind::real), nominal(panel, MoneyKind::nominal);
  const auto record_in = [&](MoneyKind money) -> const GrowthRecord& {
    return money == MoneyKind::real ? real : nominal;
  };
  for (const MoneyKind money : {MoneyKind::nominal, MoneyKind::real}) {
    const GrowthRecord& record = record_in(money);
    if (!record.exists()) continue;
    const CatalogueMatch m = match_catalogue(panel, record, flags.until, flags.rule);
    fmt::print(
        "In {} money the rule holds for {} of the {} races listed ({} within a year of their "
        "years); it finds {} among rivals{}, of which {} overlap a listed one (precision {:.0f} "
        "%).\n",
        money_name(money), m.inside, m.listed, m.within_a_year, m.found,
        flags.until < 9999 ? fmt::format(" up to {}", flags.until) : "", m.found_listed,
        m.found > 0 ? 100.0 * m.found_listed / m.found : 0.0);
    if (money != MoneyKind::real) continue;
    int since = 0, survive = 0, in_nominal = 0;
    constexpr int indexed_since = 1970;
    for (const ListedRace& l : panel.listed_races) {
      if (l.start < indexed_since) continue;
      ++since;
      const auto holds = [&](MoneyKind in) {
        return !races_of(record_in(in), l.a, l.b, l.start - 1, l.end + 1, flags.rule).empty();
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
  const std::vector<PastRace> told =
      past_races(panel, flags, flags.panel, [] { return !interruption_asked(); });
  stop_if_asked();
  if (!flags.out.empty()) write_text(flags.out, csv_text(race_table(told, panel)));
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
  print_match(panel, flags);
}

}  // namespace races_verb

void add_races(CLI::App& program) {
  using namespace races_verb;
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand("races", "arms races in a panel's history");
  verb.add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb.add_option("-o,--out", flags->out, "CSV of the races");
  add_setting(verb, "pair", flags->pair);
  add_setting(verb, "money", flags->money);
  add_setting(verb, "until", flags->until);
  add_setting(verb, "growth", flags->rule.growth);
  add_setting(verb, "years", flags->rule.years);
  verb.add_option("--wars", flags->wars, "CSV of more wars: state, start, end, war");
  add_common(verb, flags->common);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
