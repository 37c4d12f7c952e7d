// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/tables.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Reach {
  static constexpr QuestionSpec spec{
      .name = "reach",
      .about = About::scenario,
      .settings = "all",
      .summary = "whose missiles reach whom, since when and with which system"};

  explicit Reach(const Inputs& inputs)
      : scenario(inputs.runs->scenarios[0]),
        panel(*inputs.panel),
        all(inputs.settings.all),
        reach(reach_table(*inputs.past, all)) {}
  TidyTable table() const;
  std::string text() const;

  const Scenario& scenario;
  const Panel& panel;
  bool all;
  std::vector<Reaching> reach;
};

/// Columns from, to, distance_km, since, system.
TidyTable Reach::table() const {
  TidyTable table;
  table.text("from");
  table.text("to");
  table.number("distance_km", "{:.1f}");
  table.integer("since");
  table.text("system");
  for (const Reaching& r : reach)
    table << panel.states[r.from].id << panel.states[r.to].id << r.distance_km << r.since
          << r.system;
  return table;
}

std::string Reach::text() const {
  std::string text = fmt::format(
      "Who reaches whose capital in {}, {}\n\n{:<7}{:<7}{:>10}  {:<7}{}\n", scenario.start,
      all ? "any two states" : "among states at odds", "from", "to", "km", "since", "with");
  for (const Reaching& r : reach)
    say(text, "{:<7}{:<7}{:>10.0f}  {:<7}{}\n", panel.states[r.from].id, panel.states[r.to].id,
        r.distance_km, r.since, r.system);
  for (const Lever& l : scenario.levers)
    if (l.kind == LeverKind::reach) say(text, "But: {}.\n", words(l, panel).does);
  return text;
}

}  // namespace

QuestionEntry reach_question() { return entry_of<Reach>(); }

}  // namespace tenbin
