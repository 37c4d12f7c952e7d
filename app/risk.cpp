// SPDX-License-Identifier: Apache-2.0
// Races to come and the risk of disputes, by dyad.
#include "tenbin/analyse/risk.hpp"

#include <fmt/format.h>

#include "beside.hpp"
#include "common.hpp"
#include "runs.hpp"

namespace tenbin::app {
namespace {

constexpr double least_shown = 0.005, least_risk_shown = 0.01;

std::string races_table(const Runs& runs, const std::vector<std::vector<RaceOutlook>>& races) {
  const Scenario& base = runs.scenarios[0];
  const RaceRate rate = race_rate(runs.panel, base.start, base.end - base.start);
  std::string text = fmt::format(
      "Races to come: both rivals' spending grows by 8 % or more for three years running, by the "
      "year\n(base rate: {} of {} spans of {} years of this panel's rivals, which overlap, held "
      "one)\n\n{:<11}",
      rate.with_race, rate.spans, rate.span, "dyad");
  std::vector<int> years;
  for (int year = base.start + 5; year < base.end; year += 5) years.push_back(year);
  years.push_back(base.end);
  for (const int year : years) text += fmt::format("{:>14}", year);
  for (std::size_t s = 1; s < races.size(); ++s)
    text += fmt::format("  {:>22}", runs.scenarios[s].id.substr(0, 22));
  text += "\n";
  int shown = 0;
  for (std::size_t d = 0; d < races[0].size(); ++d) {
    const RaceOutlook& o = races[0][d];
    bool any = false;
    for (const auto& run : races) any = any || run[d].by.back().p >= least_shown;
    if (!any) continue;
    ++shown;
    text += fmt::format("{:<4} {:<6}", runs.panel.states[o.a].id, runs.panel.states[o.b].id);
    for (const int year : years)
      text += fmt::format("{:>14}", chance_text(o.by[year - base.start - 1]));
    for (std::size_t s = 1; s < races.size(); ++s)
      text +=
          fmt::format("  {:>22}", fmt::format("{:+.1f} points (+-{:.1f})", 100 * races[s][d].change,
                                              100 * races[s][d].change_error));
    text += "\n";
  }
  return text + (shown == 0 ? "none above 0.5 %\n"
                            : "Scenarios: change of the last column, future by future.\n");
}

std::string disputes_table(const Panel& panel, const DisputeOutlook& o, int year) {
  std::string text = fmt::format(
      "\nDisputes: risk of an onset in {} (base rate {:.1f} % of relevant dyad-years, {}-{})\n\n"
      "{:<11}{:>9} {:>18} {:>10} {:>12}   {}\n",
      year + 1, 100.0 * o.onsets / o.rows, o.first, o.last, "dyad", "risk", "9 in 10", "last onset",
      "of 10 years", "had one, of dyad-years at such a risk in the test");
  for (const DisputeRisk& r : o.risks) {
    if (r.risk.mean < least_risk_shown) break;
    const Reliability& seen = o.judged.classes[risk_class(r.risk.mean)];
    text += fmt::format(
        "{:<4} {:<6}{:>7.1f} % {:>7.1f} to {:>5.1f} % {:>10} {:>12}   {}\n", panel.states[r.a].id,
        panel.states[r.b].id, 100 * r.risk.mean, 100 * r.risk.quantile[0], 100 * r.risk.quantile[6],
        r.past.never ? std::string("none") : std::to_string(r.past.last), r.past.recent,
        fmt::format("{} of {} ({:.0f} expected)", seen.events, seen.cases, seen.expected));
  }
  return text +
         fmt::format(
             "Model {}: AUC {:.2f}, expected over observed {:.2f}. The pasts of dyads are "
             "judgement "
             "where they are later than {}.\nA smaller gap to a stronger rival goes with more "
             "disputes in these figures: an association, not a finding that arming causes them.\n",
             o.judged_on, o.judged.auc, o.judged.expected / o.judged.events, o.last);
}

std::string csv_of(const Runs& runs, const std::vector<std::vector<RaceOutlook>>& races,
                   const std::vector<DisputeRisk>& risks) {
  std::string csv = "scenario,state_a,state_b,year,what,probability,error\n";
  const auto line = [&](const std::string& scenario, StateIndex a, StateIndex b, int year,
                        const char* what, const Chance& c) {
    csv +=
        fmt::format("{},{},{},{},{}{}\n", csv_field(scenario), csv_field(runs.panel.states[a].id),
                    csv_field(runs.panel.states[b].id), year, what, chance_columns(c));
  };
  for (std::size_t s = 0; s < races.size(); ++s)
    for (const RaceOutlook& o : races[s])
      for (std::size_t k = 0; k < o.by.size(); ++k)
        line(runs.scenarios[s].id, o.a, o.b, runs.scenarios[s].start + 1 + static_cast<int>(k),
             "race", o.by[k]);
  for (const DisputeRisk& r : risks)
    line(runs.scenarios[0].id, r.a, r.b, runs.scenarios[0].start + 1, "dispute",
         {r.risk.mean, r.error});
  return csv;
}

void run(const RunFlags& flags) {
  const Runs runs = prepare_runs(flags);
  const Beside beside = read_beside(runs);
  const int count = static_cast<int>(runs.scenarios.size());
  const Projection projection = runs.projection();
  std::vector<Measure> measures;
  const RaceQuestion question = ask_races(measures, runs.panel, runs.schedules[0], count);
  std::vector<std::vector<RaceOutlook>> races(count);
  if (!question.dyads.empty()) {
    const Tally t = tally_aloud(projection, measures, flags);
    for (int s = 0; s < count; ++s) races[s] = read_races(t, question, s);
  }
  if (!first_rank()) return;
  if (!flags.out.empty())
    return deliver(
        flags,
        csv_of(runs, races, beside.disputes ? beside.disputes->risks : std::vector<DisputeRisk>{}));
  fmt::print("{}", races_table(runs, races));
  if (beside.disputes)
    fmt::print("{}", disputes_table(runs.panel, *beside.disputes, runs.scenarios[0].start));
  else
    fmt::print("\n{}.\n", beside.no_disputes);
}

}  // namespace

void add_risk(CLI::App& app) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* verb =
      app.add_subcommand("risk", "races to come and what scenarios do to them; disputes next year");
  verb->add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  add_run_flags(*verb, *flags, "CSV", false);
  verb->callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
