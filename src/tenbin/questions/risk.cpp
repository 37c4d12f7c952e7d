// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/risk.hpp"

#include <algorithm>

#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// By severity.
const std::array<std::string, severities> dispute_words{"dispute", "dispute with force",
                                                        "dispute with a death"};
constexpr double least_shown = 0.005, least_risk_shown = 0.01, least_any_shown = 0.1;

/// Races and disputes to come, by scenario and dyad.
struct Risk {
  static constexpr QuestionSpec spec{
      .name = "risk",
      .about = About::scenarios,
      .posterior = true,
      .summary = "races and disputes to come, and what scenarios do to them"};

  explicit Risk(const Inputs& inputs);
  void ask(Measures& m);
  void read(const Tally& tally);
  TidyTable table() const;
  std::string text() const;

  const Runs& runs;
  RaceQuestion asked_races;
  DisputeQuestion asked_disputes;
  std::vector<std::vector<RaceOutlook>> races;        // [scenario]
  std::vector<DisputeRisk> risks;                     // of a dispute next year, under the baseline
  std::vector<std::vector<DisputeOutlook>> disputes;  // [scenario]; empty where none are drawn
};

Risk::Risk(const Inputs& inputs)
    : runs(*inputs.runs),
      races(runs.scenarios.size()),
      risks(dispute_risks(*runs.past)),
      disputes(runs.scenarios.size()) {
  require_same_disputes(runs);
}

void Risk::ask(Measures& m) {
  for (std::size_t s = 1; s < runs.schedules.size(); ++s)
    m.projection.runs.push_back({.schedule = &runs.schedules[s]});
  asked_races = ask_races(m.list, *runs.past, runs.schedules);
  asked_disputes = ask_disputes(m.list, runs.schedules, true);
}

void Risk::read(const Tally& tally) {
  for (std::size_t s = 0; s < runs.scenarios.size(); ++s) {
    races[s] = read_races(tally, asked_races, static_cast<int>(s));
    disputes[s] = read_disputes(tally, asked_disputes, static_cast<int>(s));
  }
}

/// Columns scenario, state_a, state_b, year, what, probability, error (Monte Carlo; missing for
/// next year's, which are computed). `what` is race (by that year), race at 5 % and so on (by
/// another rate of growth), race, change and its two parts (against the first scenario), dispute
/// (in that year) or, with "next year" or "by then" behind it, dispute, dispute with force or
/// dispute with a death.
TidyTable Risk::table() const {
  TidyTable table;
  for (const char* name : {"scenario", "state_a", "state_b"}) table.text(name);
  table.integer("year");
  table.text("what");
  add_chance(table, "probability");
  const auto add = [&](const Scenario& s, StateIndex a, StateIndex b, int year,
                       const std::string& what, const Chance& c) {
    table << s.id << runs.panel().states[a].id << runs.panel().states[b].id << year << what << c;
  };
  for (std::size_t s = 0; s < races.size(); ++s)
    for (const RaceOutlook& r : races[s]) {
      const Scenario& scenario = runs.scenarios[s];
      for (std::size_t k = 0; k < r.by.size(); ++k)
        add(scenario, r.a, r.b, scenario.start + 1 + static_cast<int>(k), "race", r.by[k]);
      for (std::size_t k = 0; k < race_growths.size(); ++k)
        add(scenario, r.a, r.b, scenario.end,
            fmt::format("race at {:.0f} %", 100 * race_growths[k]), r.at_growth[k]);
      if (s == 0) continue;
      add(scenario, r.a, r.b, scenario.end, "race, change", {r.change, r.change_error});
      add(scenario, r.a, r.b, scenario.end, "race, change by the lever itself",
          {r.itself, r.itself_error});
      add(scenario, r.a, r.b, scenario.end, "race, change by the others' answers",
          {r.answers, r.answers_error});
    }
  for (const DisputeRisk& r : risks)
    for (std::size_t k = 0; k < severities; ++k)
      add(runs.scenarios[0], r.a, r.b, runs.scenarios[0].start + 1, dispute_words[k] + " next year",
          {r.risk[k].mean, missing});
  for (std::size_t s = 0; s < disputes.size(); ++s)
    for (const DisputeOutlook& d : disputes[s]) {
      for (std::size_t k = 0; k < d.in.size(); ++k)
        add(runs.scenarios[s], d.a, d.b, runs.scenarios[s].start + 1 + static_cast<int>(k),
            "dispute", d.in[k]);
      for (std::size_t k = 0; k < severities; ++k)
        add(runs.scenarios[s], d.a, d.b, runs.scenarios[s].end, dispute_words[k] + " by then",
            d.once[k]);
    }
  return table;
}

/// A probability with no more digits than its interval allows.
std::string percent_in(double p, const Band& band) {
  return fmt::format("{} %", within_width(100 * p, 100 * (band.quantile[6] - band.quantile[0])));
}

/// Without its Monte Carlo error, which says little beside what is not known of the model.
std::string percent_of(const Chance& c) { return fmt::format("{:.0f} %", 100 * c.p); }

/// Splits each larger change into the part of the lever itself and the part of other states'
/// answers.
std::string split_table(const Runs& runs, const std::vector<std::vector<RaceOutlook>>& races) {
  AlignedText table("<<>>>");
  table.row({"scenario", "dyad", "change, points", "the lever itself", "others' answers"});
  bool any = false;
  for (std::size_t s = 1; s < races.size(); ++s)
    for (const RaceOutlook& o : races[s]) {
      if (std::abs(o.change) < least_shown) continue;
      any = true;
      table.row({runs.scenarios[s].id,
                 runs.panel().states[o.a].id + " " + runs.panel().states[o.b].id,
                 signed_number(100 * o.change, 1), signed_number(100 * o.itself, 1),
                 signed_number(100 * o.answers, 1)});
    }
  if (!any) return "";
  return "\nCauses of the change: the lever itself (it can force a country to grow faster than the "
         "threshold), or the\nanswers of other countries\n" +
         table.text();
}

/// The baseline's races by the end at other rates of growth.
std::string rates_table(const Runs& runs, const std::vector<RaceOutlook>& races) {
  AlignedText table("<" + std::string(race_growths.size(), '>'));
  std::vector<std::string> head{"dyad"};
  for (const double rate : race_growths) head.push_back(fmt::format("{:.0f} %", 100 * rate));
  table.row(head);
  bool any = false;
  for (const RaceOutlook& o : races) {
    if (o.at_growth[0].p < least_shown) continue;
    any = true;
    std::vector<std::string> row{runs.panel().states[o.a].id + " " + runs.panel().states[o.b].id};
    for (const Chance& c : o.at_growth) row.push_back(percent_of(c));
    table.row(std::move(row));
  }
  if (!any) return "";
  return fmt::format(
             "\nThe threshold of 8 % is a convention. Probability by {} at other thresholds, under "
             "{}\n",
             runs.scenarios[0].end, runs.scenarios[0].id) +
         table.text();
}

std::string races_table(const Runs& runs, const std::vector<std::vector<RaceOutlook>>& races) {
  const Scenario& base = runs.scenarios[0];
  const RaceRate rate = race_rate(runs.panel(), base.start, base.end - base.start);
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
    text += fmt::format("{:<4} {:<6}", runs.panel().states[o.a].id, runs.panel().states[o.b].id);
    for (const int year : years)
      text += fmt::format("{:>14}", chance_text(o.by[year - base.start - 1]));
    for (std::size_t s = 1; s < races.size(); ++s)
      text += fmt::format("  {:>22}", fmt::format("{} points (\u00b1{:.1f})",
                                                  signed_number(100 * races[s][d].change, 1),
                                                  100 * races[s][d].change_error));
    text += "\n";
  }
  if (shown == 0) return text + "none above 0.5 %\n" + rates_table(runs, races[0]);
  return text + "Scenarios: change of the last column, future by future.\n" +
         split_table(runs, races) + rates_table(runs, races[0]);
}

std::string next_year_table(const Panel& panel, const std::vector<DisputeRisk>& risks, int year) {
  const DisputeModel& m = *panel.dispute_model;
  const Classification& judged = m.judged[0];
  std::string text = fmt::format(
      "\nDisputes: risk of an onset in {} (base rate {:.1f} % of relevant dyad-years, {}-{})\n\n",
      year + 1, 100.0 * m.onsets / m.rows, m.first, m.last);
  AlignedText rows("<>>>>>>>");
  rows.row({"dyad", "risk", "90% range", "with force", "fatal", "last onset", "of 10 years",
            "came, of such risks in the test"});
  for (const DisputeRisk& r : risks) {
    const Band& any = r.risk[0];
    if (any.mean < least_risk_shown) break;
    const Reliability& seen = judged.classes[risk_class(any.mean)];
    rows.row({fmt::format("{} {}", panel.states[r.a].id, panel.states[r.b].id),
              percent_in(any.mean, any),
              fmt::format("{} to {}", percent_in(any.quantile[0], any),
                          percent_in(any.quantile[6], any)),
              percent_in(r.risk[1].mean, r.risk[1]), percent_in(r.risk[2].mean, r.risk[2]),
              r.past.never ? std::string("none") : std::to_string(r.past.last),
              fmt::format("{}", r.past.recent()),
              fmt::format("{} of {} ({:.0f} expected)", seen.events, seen.cases, seen.expected)});
  }
  return text + rows.text() +
         fmt::format(
             "Model {}: AUC {:.2f}, expected over observed {:.2f}. The pasts of dyads are "
             "judgement where they are later than {}.\n",
             m.judged_on, judged.auc, judged.expected / judged.events, m.last);
}

std::string to_come_table(const Runs& runs,
                          const std::vector<std::vector<DisputeOutlook>>& disputes) {
  const Scenario& base = runs.scenarios[0];
  const DisputeModel& m = *runs.panel().dispute_model;
  const int years = base.end - base.start;
  std::string rates =
      fmt::format("{:.1f} % of dyad-years; {:.2f} of {} years", 100.0 * m.onsets / m.rows,
                  static_cast<double>(years) * m.onsets / m.rows, years);
  if (const int span = std::min(years, longest_span);
      !m.within.empty() && m.within[span - 1].spans > 0)
    rates += fmt::format("; {:.0f} % of spans of {} years had one",
                         100.0 * m.within[span - 1].with_onset / m.within[span - 1].spans, span);
  std::string text = fmt::format(
      "\nDisputes to come, drawn in every future: onset in the last year, at least one by {}, and "
      "how many of the {} years have one\n(base rates: {})\n\n{:<11}{:>13}{:>16}{:>16}{:>16}{:>14}",
      base.end, years, rates, "dyad", fmt::format("in {}", base.end), "at least one", "with force",
      "fatal", "years");
  for (std::size_t s = 1; s < disputes.size(); ++s)
    text += fmt::format("  {:>22}", runs.scenarios[s].id.substr(0, 22));
  text += "\n";
  std::vector<std::size_t> order;
  for (std::size_t d = 0; d < disputes[0].size(); ++d)
    if (std::ranges::any_of(disputes,
                            [&](const auto& run) { return run[d].once[0].p >= least_any_shown; }))
      order.push_back(d);
  std::ranges::stable_sort(order, std::greater{},
                           [&](std::size_t d) { return disputes[0][d].count; });
  for (const std::size_t d : order) {
    const DisputeOutlook& o = disputes[0][d];
    text += fmt::format("{:<4} {:<6}{:>13}{:>16}{:>16}{:>16}{:>14}", runs.panel().states[o.a].id,
                        runs.panel().states[o.b].id, chance_text(o.in.back()),
                        chance_text(o.once[0]), percent_of(o.once[1]), percent_of(o.once[2]),
                        fmt::format("{:.2f} \u00b1{:.2f}", o.count, o.count_error));
    for (std::size_t s = 1; s < disputes.size(); ++s)
      text += fmt::format("  {:>22}", fmt::format("{} years (\u00b1{:.2f})",
                                                  signed_number(disputes[s][d].change, 2),
                                                  disputes[s][d].change_error));
    text += "\n";
  }
  if (order.empty()) text += "none above 10 %\n";
  text +=
      "Scenarios: change of the number of years, future by future. A smaller gap to a stronger "
      "rival goes with more disputes in\nthese figures: an association, not a finding that arming "
      "causes them.\n";
  for (const SimulatedCount& c : m.whole_spans())
    text += fmt::format(
        "As of {} such futures drew {:.0f} disputes{} in {}-{} (90% range: {:.0f} to "
        "{:.0f}); {} came.\n",
        c.first - 1, c.mean,
        std::array{"", " with force", " with a death"}[static_cast<std::size_t>(c.severity)],
        c.first, c.last, c.low, c.high, c.observed);
  return text;
}

std::string Risk::text() const {
  std::string text = races_table(runs, races);
  const int start = runs.scenarios[0].start;
  if (risks.empty()) {
    say(text, "\nNo disputes here: {}.\n", runs.past->no_disputes());
    return text;
  }
  text += next_year_table(runs.panel(), risks, start);
  return text + (disputes[0].empty()
                     ? "\nDisputes to come: none, these scenarios say disputes = \"none\".\n"
                     : to_come_table(runs, disputes));
}

}  // namespace

QuestionEntry risk_question() { return entry_of<Risk>(); }

}  // namespace tenbin
