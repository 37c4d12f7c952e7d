// SPDX-License-Identifier: Apache-2.0
// One table each: responses, burden, balance, reach.
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/analyse/tables.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/session/tables.hpp"

namespace tenbin::app {
namespace answers_verb {

/// A change of milex in per cent.
std::string change_text(double x) { return signed_number(100 * x, 2); }

/// The strongest answers after the longest time, or those of and to one state.
std::string responses_table(const Runs& runs, const std::vector<Response>& responses,
                            const std::string& only) {
  std::string text = fmt::format(
      "A state spends {:.0f} % more for good: by how many per cent others' spending changes "
      "(middle "
      "and 9 in 10 of {} paired futures)\n\n{:<8}{:<9}",
      100 * (raised - 1), runs.scenarios[0].futures, "raises", "answers");
  for (const int years : response_years)
    if (runs.scenarios[0].start + years <= runs.scenarios[0].end)
      text += fmt::format("{:<28}", fmt::format("after {} year{}", years, years > 1 ? "s" : ""));
  text += "above 0 at last\n";
  std::map<std::pair<int, int>, std::vector<const Response*>> pairs;
  for (const Response& r : responses) pairs[{r.to, r.of}].push_back(&r);
  std::vector<const std::vector<const Response*>*> order;
  for (const auto& [pair, row] : pairs) {
    const auto& ids = runs.panel.states;
    if (only.empty() || ids[pair.first].id == only || ids[pair.second].id == only)
      order.push_back(&row);
  }
  std::ranges::stable_sort(order, std::greater{},
                           [](const auto* row) { return std::abs(row->back()->change.median()); });
  int shown = 0;
  for (const auto* row : order) {
    if (std::abs(row->back()->change.median()) < 5e-5 || (only.empty() && shown == 20)) break;
    ++shown;
    const Response& last = *row->back();
    text += fmt::format("{:<8}{:<9}", runs.panel.states[last.to].id, runs.panel.states[last.of].id);
    for (const Response* r : *row)
      text += fmt::format("{:<28}", fmt::format("{} ({} to {})", change_text(r->change.median()),
                                                change_text(r->change.quantile[0]),
                                                change_text(r->change.quantile[6])));
    text += chance_text(last.positive) + "\n";
  }
  if (shown == 0) return text + "none above 0.005 %\n";
  return text + (only.empty() ? "The strongest; --out writes all.\n" : "");
}

void run_responses(const RunFlags& flags, const std::string& only) {
  const Runs runs = prepare_runs(flags);
  if (!only.empty() && !runs.panel.find(only))
    throw Error({{"--state", fmt::format("\"{}\" is not in the panel", only),
                  unknown_state_mend(only, runs.panel)}});
  Projection projection = runs.projection();
  std::vector<Measure> measures;
  const ResponseTable table = ask_responses(projection.runs, measures);
  const Tally t = tally_aloud(projection, measures, flags);
  const std::vector<Response> responses = read_responses(t, table);
  if (!first_rank()) return;
  Certainty certainty;
  for (const Response& r : responses) certainty.see(r.positive);
  deliver(flags, flags.out.empty() ? responses_table(runs, responses, only)
                                   : csv_text(response_table(runs, responses)));
  certainty.tell(flags, runs.scenarios[0].futures);
}

void run_burden(const RunFlags& flags) {
  const Runs runs = prepare_runs(flags);
  std::vector<Measure> measures;
  const TargetQuestion question = ask_targets(measures, runs.panel, runs.schedules[0], 0);
  const Tally t = tally_aloud(runs.projection(), measures, flags);
  if (!first_rank()) return;
  const Money money = money_of(runs.panel);
  Certainty certainty;
  std::string table = fmt::format(
      "Announced targets under \"{}\", {} futures, shares by the panel's measure\n\n"
      "{:<7}{:<16}{:>9}{:>9}{:>12}{:>22}{:>26}\n",
      runs.scenarios[0].name, runs.scenarios[0].futures, "state", "announced", "target", "now",
      "gap", "met in its year", "first year as likely as not");
  const std::vector<TargetOutlook> targets = read_targets(t, question, runs.panel);
  for (const TargetOutlook& o : targets) {
    certainty.see(o.ever);
    if (known(o.in_time.p)) certainty.see(o.in_time);
    const std::string& id = runs.panel.states[o.state].id;
    const std::string year =
        o.year_reached
            ? fmt::format("{}{}", o.year_reached,
                          o.year_reached > question.start ? ", " + chance_text(o.in_that_year) : "")
            : fmt::format("not by {}; ever {}", question.end, chance_text(o.ever));
    table += fmt::format("{:<7}{:<16}{:>9}{:>9}{:>12}{:>22}{:>28}\n", id,
                         fmt::format("{:.3g} % by {}", 100 * o.announced, o.by), percent(o.target),
                         percent(o.now), o.gap > 0 ? money.text(o.gap) : "met",
                         known(o.in_time.p)       ? chance_text(o.in_time)
                         : o.by <= question.start ? "its year is past"
                                                  : "after the end",
                         year);
  }
  deliver(flags, flags.out.empty() ? table : csv_text(target_table(runs, targets)));
  certainty.tell(flags, runs.scenarios[0].futures);
}

void run_balance(const RunFlags& flags) {
  const Runs runs = prepare_runs(flags);
  std::vector<Measure> measures;
  const std::vector<BlocPair> pairs = ask_balances(measures, runs);
  const Tally t = tally_aloud(runs.projection(), measures, flags);
  if (!first_rank()) return;
  const Money money = money_of(runs.panel);
  Certainty certainty;
  std::string table;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const Bloc &one = *pairs[p].first, &two = *pairs[p].second;
    table += fmt::format(
        "{}{} against {}: stock that bears on the other bloc, in the middle future (and 8 in 10)\n"
        "{:<6}{:>30}{:>30}{:>26}{:>12}\n",
        p ? "\n" : "", one.name, two.name, "year", one.name, two.name, "ratio", "first ahead");
    for (const BalanceYear& y : read_balance(t, pairs[p].question)) {
      certainty.see(y.first_ahead);
      const auto text = [&](const Band& b) {
        return fmt::format("{} ({} to {})", money.text(b.median()), money.text(b.low80()),
                           money.text(b.high80()));
      };
      table += fmt::format("{:<6}{:>30}{:>30}{:>26}{:>12}\n", y.year, text(y.first), text(y.second),
                           fmt::format("{:.2f} ({:.2f} to {:.2f})", y.ratio.median(),
                                       y.ratio.low80(), y.ratio.high80()),
                           chance_text(y.first_ahead));
    }
  }
  deliver(flags, flags.out.empty() ? table : csv_text(balance_table(runs, pairs, t)));
  certainty.tell(flags, runs.scenarios[0].futures);
}

struct ReachFlags {
  std::string scenario, out;
  bool all = false;
};

/// Reach as the scenario's levers leave it in its last year.
void add_levered(const Scenario& s, const Panel& panel, std::string& text) {
  for (const Lever& l : s.levers)
    if (l.kind == LeverKind::reach) text += fmt::format("But: {}.\n", words(l, panel).does);
}

void run_reach(const ReachFlags& flags) {
  ScenarioReading reading = read_scenario_checked(flags.scenario);
  if (!reading.scenario) throw Error(std::move(reading.problems));
  const Scenario& s = *reading.scenario;
  const Panel panel = cut(std::move(*reading.panel), s.start);
  std::string table = fmt::format(
      "Who reaches whose capital in {}, {}\n\n{:<7}{:<7}{:>10}  {:<7}{}\n", s.start,
      flags.all ? "any two states" : "among states at odds", "from", "to", "km", "since", "with");
  const std::vector<Reaching> reach = reach_table(panel, s.start, flags.all);
  for (const Reaching& r : reach)
    table += fmt::format("{:<7}{:<7}{:>10.0f}  {:<7}{}\n", panel.states[r.from].id,
                         panel.states[r.to].id, r.distance_km, r.since, r.system);
  add_levered(s, panel, table);
  if (flags.out.empty()) {
    fmt::print("{}", table);
    return;
  }
  reading.files.emplace_back(s.panel_folder);
  check_output(flags.out, reading.files);
  write_text(flags.out, csv_text(reach_table(panel, reach)));
}

CLI::App& run_verb(CLI::App& program, RunFlags& flags, const char* name, const char* says) {
  CLI::App& verb = *program.add_subcommand(name, says);
  add_scenario(verb, flags);
  add_run_flags(verb, flags, "CSV", false);
  return verb;
}

}  // namespace answers_verb

void add_responses(CLI::App& program) {
  using namespace answers_verb;
  struct Flags : RunFlags {
    std::string state;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = run_verb(program, *flags, "responses",
                            "a state spends 10 % more for good: what everyone else does");
  verb.add_option("--state", flags->state, "only what this state does and what is done to it");
  verb.callback([flags] { run_responses(*flags, flags->state); });
}

void add_burden(CLI::App& program) {
  using namespace answers_verb;
  auto flags = std::make_shared<RunFlags>();
  run_verb(program, *flags, "burden", "announced targets: share, gap and the year they are reached")
      .callback([flags] { run_burden(*flags); });
}

void add_balance(CLI::App& program) {
  using namespace answers_verb;
  auto flags = std::make_shared<RunFlags>();
  run_verb(program, *flags, "balance", "the blocs' stocks, weighed by whom they reach")
      .callback([flags] { run_balance(*flags); });
}

void add_reach(CLI::App& program) {
  using namespace answers_verb;
  auto flags = std::make_shared<ReachFlags>();
  CLI::App& verb = *program.add_subcommand(
      "reach", "whose missiles reach whom, since when and with which system");
  verb.add_option("SCENARIO", flags->scenario, "a scenario file")->required();
  verb.add_option("-o,--out", flags->out, "CSV file to write, instead of a table on the screen");
  verb.add_flag("--all", flags->all, "any two states, not only those at odds");
  verb.callback([flags] { run_reach(*flags); });
}

}  // namespace tenbin::app
