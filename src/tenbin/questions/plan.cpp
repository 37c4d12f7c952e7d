// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "tenbin/core/levers.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// The parts of a year's step, by YearPart.
constexpr std::array steps{
    "1  hostility, cover, reach and weight of the year take effect; they are felt a year later",
    "2  economy: GDP of every state grows by what is expected, its momentum, the world's cycle and "
    "a shock",
    "3  threat, cover, rivals' and allies' rise, from the stocks and relations of the year before",
    "4  spending: pull of the target, momentum, income, rivals, allies and wave give the mean; "
    "plans, then caps, change it; a shock follows; a path replaces all of it",
    "5  stock: what is left of the old one, and the year's milex times its efficiency",
    "6  disputes: onsets by dyad, and the hostility that one with force leaves, felt a year later"};

std::string announced_words(const PlanRow& p, const Panel& panel) {
  return fmt::format("{} has announced {:.3g} % of GDP by {} ({} by the panel's measure), from {}",
                     panel.states[p.state].name, 100 * p.burden, p.by,
                     percent(p.burden * p.to_panel), p.from);
}

struct Plan {
  static constexpr QuestionSpec spec{
      .name = "plan",
      .about = About::scenario,
      .summary = "the order of a year's step, with a scenario's levers in it"};

  explicit Plan(const Inputs& inputs)
      : scenario(inputs.runs->scenarios[0]), past(*inputs.past), panel(past.panel()) {
    if (scenario.announced_plans) promises = promises_in_force(panel, scenario.start);
  }
  TidyTable table() const;
  std::string text() const;

  /// The plans and promises that act in a part of the step.
  std::vector<const PlanRow*> announced(YearPart part) const;
  void add_part(std::string& text, YearPart part) const;

  const Scenario& scenario;
  const Past& past;
  const Panel& panel;
  std::vector<PlanRow> promises;  // of pledges.csv, in force
};

std::vector<const PlanRow*> Plan::announced(YearPart part) const {
  std::vector<const PlanRow*> rows;
  if (scenario.announced_plans && part == tenbin::spec(LeverKind::plan).part)
    for (const PlanRow& p : panel.plans)
      if (p.announced <= scenario.start && p.by > scenario.start) rows.push_back(&p);
  if (part == tenbin::spec(LeverKind::plan).part)
    for (const PlanRow& p : promises) rows.push_back(&p);
  return rows;
}

/// Columns step, lever (its number; none for an announced plan), does, held, responds, why.
TidyTable Plan::table() const {
  TidyTable table;
  table.text("step");
  table.number("lever");
  for (const char* name : {"does", "held", "responds", "why"}) table.text(name);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const auto part = static_cast<YearPart>(k);
    const std::string number(1, steps[k][0]);
    for (const PlanRow* p : announced(part))
      table << number << missing << announced_words(*p, panel) << ""
            << ""
            << "announced";
    for (std::size_t l = 0; l < scenario.levers.size(); ++l)
      if (tenbin::spec(scenario.levers[l]).part == part) {
        const LeverWords w = words(scenario.levers[l], panel);
        table << number << static_cast<double>(l + 1) << w.does << w.held << w.responds << w.why;
      }
  }
  return table;
}

void Plan::add_part(std::string& text, YearPart part) const {
  say(text, "  {}\n", steps[static_cast<std::size_t>(part)]);
  if (part == YearPart::disputes) {
    const std::string why = scenario.disputes ? past.no_disputes() : "the scenario says \"none\"";
    if (!why.empty()) say(text, "     none: {}\n", why);
  }
  for (const PlanRow* p : announced(part))
    say(text, "     announced: {}\n", announced_words(*p, panel));
  for (std::size_t k = 0; k < scenario.levers.size(); ++k) {
    if (tenbin::spec(scenario.levers[k]).part != part) continue;
    const LeverWords w = words(scenario.levers[k], panel);
    say(text, "     lever {}: {}\n       held: {}\n       responds: {}\n", k + 1, w.does, w.held,
        w.responds);
    if (!w.why.empty()) say(text, "       why: {}\n", w.why);
  }
}

std::string Plan::text() const {
  std::string text = fmt::format("{}: {} to {}, one year after the other, in this order\n\n",
                                 scenario.name, scenario.start + 1, scenario.end);
  for (std::size_t k = 0; k < steps.size(); ++k) add_part(text, static_cast<YearPart>(k));
  return text +
         "\nOf two levers on one thing the later one wins. A plan or a pressure that says at least "
         "(or "
         "at most)\nacts beside what is announced: the higher (lower) of both; one that says "
         "exactly "
         "takes its place.\n";
}

}  // namespace

QuestionEntry plan_question() { return entry_of<Plan>(); }

}  // namespace tenbin
