// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/compare.hpp"

#include <fmt/format.h>

#include "common.hpp"
#include "outcome.hpp"
#include "runs.hpp"
#include "tenbin/briefing/chart.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/tidy_file.hpp"

namespace tenbin::app {
namespace compare_verb {

struct CompareFlags : RunFlags {
  std::string state, plot, regret;
};

struct Asked : ComparisonQuestion {
  std::optional<std::size_t> regret;
  Outcome outcome;
  bool more_is_better = false;
};

Asked ask(const Runs& runs, const CompareFlags& flags) {
  Asked a{ask_comparisons(runs)};
  if (flags.regret.empty()) return a;
  const std::size_t colon = flags.regret.find(':');
  const std::string better = flags.regret.substr(0, colon);
  if (colon == std::string::npos || (better != "most" && better != "least"))
    throw Error({{"--regret", fmt::format("\"{}\" does not say what is best", flags.regret),
                  "Write most: or least: and an outcome, such as least:cost:JPN:2035"}});
  a.more_is_better = better == "most";
  a.outcome = parse_outcome(flags.regret.substr(colon + 1), "--regret", runs);
  std::vector<RunOutcome> outcomes;
  for (std::size_t s = 0; s < a.whole.size(); ++s)
    outcomes.push_back({a.whole[s], reader(a.outcome, runs.panel, runs.schedules[s])});
  a.regret = ask_regret(a.measures, outcomes, a.more_is_better, unit_of(a.outcome));
  return a;
}

/// Notes on the probabilities of a table.
Certainty certainty_of(const Asked& a, const Tally& t, const Runs& runs) {
  Certainty certainty;
  for (const Compared& c : a.scenarios)
    for (const auto& effects : c.effect)
      for (const Place& place : effects)
        for (StateIndex i = 0; i < runs.panel.size(); ++i)
          for (int year = place.start + 1; year <= place.end; ++year)
            if (const Distribution& d = t.parts[place.of(year, i)]; d.exists())
              certainty.see(d.positive());
  return certainty;
}

std::string amount(double x, Quantity q, const Money& money) {
  return q == Quantity::milex ? money.change(x) : signed_number(100 * x, 2) + " %";
}

/// One state in the last year, on the screen.
void print_table(const Runs& runs, const Asked& a, const Tally& t, StateIndex i) {
  const Money money = money_of(runs.panel);
  const int year = a.baseline[0].end;
  fmt::print("{} in {}, against \"{}\": middle of {} paired futures, and 8 in 10 of them\n",
             runs.panel.states[i].name, year, runs.scenarios[0].name, runs.scenarios[0].futures);
  for (const Compared& c : a.scenarios) {
    fmt::print("\n{}\n", runs.scenarios[c.scenario].name);
    for (std::size_t k = 0; k < compared_effects.size(); ++k) {
      std::string row = fmt::format("  {:<8}", compared_effects[k]);
      for (std::size_t q = 0; q < compared_quantities.size(); ++q) {
        const Distribution& d = t.parts[c.effect[q][k].of(year, i)];
        if (!d.exists()) continue;
        const Band b = d.band();
        row += fmt::format("{}{:>12} ({} to {})", q == 1 ? "; of GDP" : "",
                           amount(b.median(), compared_quantities[q], money),
                           amount(b.low80(), compared_quantities[q], money),
                           amount(b.high80(), compared_quantities[q], money));
      }
      fmt::print("{}; above 0 in {}\n", row,
                 chance_text(t.parts[c.effect[0][k].of(year, i)].positive()));
    }
    const double paired = t.parts[c.effect[0][0].of(year, i)].mean_error(),
                 unpaired = unpaired_error(t, a.baseline[0], c.changed[0], year, i);
    fmt::print(
        "  Monte Carlo error of the mean: {:.3g} million paired, {:.3g} from two independent "
        "ensembles{}\n",
        paired, unpaired,
        paired > 0
            ? fmt::format(" ({:.0f} times the variance)", unpaired * unpaired / (paired * paired))
            : std::string());
  }
  if (!a.regret) return;
  fmt::print("\nRegret: how far each lies behind the best, future by future ({} is best)\n",
             a.more_is_better ? "more" : "less");
  for (std::size_t s = 0; s < runs.scenarios.size(); ++s) {
    const Regret r = read_regret(t, *a.regret, s);
    fmt::print("  {:<40} mean {}, middle {}, 1 in 20 above {}; best in {}\n",
               runs.scenarios[s].name, outcome_text(a.outcome, r.behind.mean, runs.panel),
               outcome_text(a.outcome, r.behind.median(), runs.panel),
               outcome_text(a.outcome, r.behind.quantile[6], runs.panel), chance_text(r.best));
  }
}

void draw_chart(const Runs& runs, const Asked& a, const Tally& t, StateIndex i,
                const std::string& out) {
  const bool shares = runs.schedules[0].law[i] == Law::equation;
  const std::size_t q = shares ? 1 : 0;
  DifferenceChart chart{.title = fmt::format("{}: {} against \"{}\"", runs.panel.states[i].name,
                                             shares ? "share of GDP" : "military expenditure",
                                             runs.scenarios[0].name),
                        .start = a.baseline[q].start,
                        .scale = shares ? 100 : 1e-3,
                        .text = [=, money = money_of(runs.panel)](double x) {
                          return shares ? signed_number(x, 2) + " %" : money.change(1000 * x);
                        }};
  chart.label = chart.title;
  for (const Compared& c : a.scenarios) {
    DifferenceChart::Line line{runs.scenarios[c.scenario].name, {}};
    for (int year = chart.start; year <= a.baseline[q].end; ++year)
      line.bands.push_back(t.parts[c.effect[q][0].of(year, i)].band());
    chart.lines.push_back(std::move(line));
  }
  write_text(out, draw(chart));
}

}  // namespace compare_verb

void add_compare(CLI::App& program) {
  using namespace compare_verb;
  auto flags = std::make_shared<CompareFlags>();
  CLI::App& verb = *program.add_subcommand(
      "compare", "paired differences of scenarios from the first, split by who sees the change");
  verb.add_option("SCENARIOS", flags->scenarios,
                  "the baseline, then the scenarios to compare with it")
      ->required()
      ->expected(2, 1000);
  add_run_flags(verb, *flags, "CSV");
  add_resume_flags(verb, *flags);
  verb.add_option("--state", flags->state, "state of the table and chart; the focus without it");
  verb.add_option("--plot", flags->plot, "SVG of that state's differences, year by year");
  verb.add_option("--regret", flags->regret,
                  "most: or least: and an outcome: how far each scenario lies behind the best");
  verb.callback([flags] {
    const Runs runs = prepare_runs(*flags);
    const auto state = flags->state.empty() ? std::optional(runs.scenarios[0].focus)
                                            : runs.panel.find(flags->state);
    if (!state)
      throw Error({{"--state", fmt::format("\"{}\" is not in the panel", flags->state),
                    unknown_state_mend(flags->state, runs.panel)}});
    if (runs.schedules[0].law[*state] == Law::idle)
      throw Error({{"--state", fmt::format("{} is not projected", runs.panel.states[*state].id),
                    "Choose a state with figures"}});
    if (!flags->plot.empty()) {
      auto inputs = inputs_of(*flags, runs);
      inputs.emplace_back(flags->out);
      check_output(flags->plot, inputs);
    }
    const Asked asked = ask(runs, *flags);
    const Tally t =
        tally_aloud(asked.projection, asked.measures, *flags, "compare " + flags->regret);
    if (!first_rank()) return;
    deliver(*flags, csv_text(comparison_table(runs, asked, t)));
    if (!flags->plot.empty()) draw_chart(runs, asked, t, *state, flags->plot);
    if (!flags->common.quiet) print_table(runs, asked, t, *state);
    certainty_of(asked, t, runs).tell(*flags, runs.scenarios[0].futures);
  });
}

}  // namespace tenbin::app
