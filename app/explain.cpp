// SPDX-License-Identifier: Apache-2.0
#include "tenbin/analyse/explain.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin::app {
namespace explain_verb {

struct ExplainFlags : RunFlags {
  std::string state;
  int year = 0;
  bool json = false;
};

constexpr std::array<const char*, term_names.size()> meanings{
    "the pull of its own target on its share of GDP",
    "growth of its GDP",
    "the change of the year before going on",
    "its rivals' rise, and the threat they are",
    "its allies' rise, and the cover they give",
    "the whole world's rearming or disarming",
    "what plans, caps and paths change",
    "what the equation does not say"};

Explanation explanation_of(const ExplainFlags& flags, const Runs& runs, StateIndex state) {
  const Scenario& s = runs.scenarios[0];
  const std::string& id = runs.panel().states[state].id;
  if (flags.year <= s.start) {
    if (auto past = explain_past(*runs.past, runs.posterior->spending, state, flags.year))
      return *past;
    throw Error({{"--year",
                  fmt::format("{} {} is not among the fitted rows: figures of the year and the two "
                              "before are needed, observed, with shares of GDP",
                              id, flags.year),
                  "Choose another year"}});
  }
  if (flags.year > s.end)
    throw Error(
        {{"--year", fmt::format("the scenario ends in {}", s.end), "Give a year up to it"}});
  if (runs.schedules[0].law[state] == Law::idle)
    throw Error({{"--state",
                  fmt::format("{} is not projected: it has no figures since {}", id,
                              s.start - oldest_figures),
                  "Choose a state with figures"}});
  Projection projection = runs.projection();
  projection.runs[0].explained = state;
  projection.runs[0].explained_year = flags.year;
  std::vector<Measure> measures;
  const std::size_t at = ask_explanation(measures, 0);
  return read_explanation(tally_aloud(projection, measures, flags), at);
}

void print(const Explanation& e, const ExplainFlags& flags, const Runs& runs, StateIndex state) {
  const Money money = money_of(runs.panel());
  const auto row = [&](std::string_view name, const Explanation::Part& p, const char* meaning) {
    fmt::print("  {:<9}{:>9}  {:<20}{:>11}  {}\n", name, signed_number(100 * p.change, 2),
               fmt::format("({} to {})", signed_number(100 * p.band.low80(), 2),
                           signed_number(100 * p.band.high80(), 2)),
               money.change(p.money), meaning);
  };
  fmt::print(
      "{} in {}: milex goes from {} to {} {}\n\n"
      "  {:<9}{:>9}  {:<20}{:>11}\n",
      runs.panel().states[state].name, flags.year, money.text(e.before), money.text(e.after),
      e.past ? fmt::format("(figures), by the equation under {} posterior draws", e.count)
             : fmt::format("in the mean of {} futures of \"{}\"", e.count, runs.scenarios[0].name),
      "", "log %", "8 in 10", "money");
  for (std::size_t k = 0; k < term_names.size(); ++k) row(term_names[k], e.parts[k], meanings[k]);
  row("whole", e.whole, "the parts add up to it");
}

}  // namespace explain_verb

void add_explain(CLI::App& program) {
  using namespace explain_verb;
  auto flags = std::make_shared<ExplainFlags>();
  CLI::App& verb =
      *program.add_subcommand("explain", "where one year's change of a state's milex comes from");
  add_scenario(verb, *flags);
  verb.add_option("--state", flags->state, "the state; the focus without it");
  verb.add_option("--year", flags->year, "a year of the past or of the futures")->required();
  verb.add_flag("--json", flags->json, "print numbers as JSON");
  verb.add_option("--futures", flags->futures, "futures, instead of the scenario's own number")
      ->check(CLI::Range(std::int64_t{1}, most_futures));
  add_fit(verb, flags->fit, true);
  add_common(verb, flags->common);
  verb.callback([flags] {
    const Runs runs = prepare_runs(*flags);
    const auto state = flags->state.empty() ? std::optional(runs.scenarios[0].focus)
                                            : runs.panel().find(flags->state);
    if (!state)
      throw Error({{"--state", fmt::format("\"{}\" is not in the panel", flags->state),
                    unknown_state_mend(flags->state, runs.panel())}});
    const Explanation e = explanation_of(*flags, runs, *state);
    if (!first_rank()) return;
    if (!flags->json) return print(e, *flags, runs, *state);
    nlohmann::ordered_json j{{"format", 1},
                             {"scenario", runs.scenarios[0].id},
                             {"state", runs.panel().states[*state].id},
                             {"year", flags->year},
                             {"past", e.past},
                             {"count", e.count},
                             {"before", e.before},
                             {"after", e.after}};
    for (std::size_t k = 0; k <= term_names.size(); ++k) {
      const bool whole = k == term_names.size();
      const Explanation::Part& p = whole ? e.whole : e.parts[k];
      j["parts"][whole ? "whole" : std::string(term_names[k])] = {{"change", p.change},
                                                                  {"money", p.money},
                                                                  {"q10", p.band.low80()},
                                                                  {"q90", p.band.high80()}};
    }
    fmt::print("{}\n", j.dump(2));
  });
}

}  // namespace tenbin::app
