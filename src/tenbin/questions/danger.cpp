// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenbin/model/past.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// How dangerous each year is for each state.
struct DangerQuestion {
  static constexpr QuestionSpec spec{
      .name = "danger",
      .about = About::panel,
      .settings = "states",
      .summary = "each state's structural danger of a fatal dispute, year by year"};

  explicit DangerQuestion(const Inputs& inputs);
  TidyTable table() const;
  std::string text() const;

  const Past& past;
  const DangerModel* model;
  std::vector<char> asked;  // by state
  struct Line {
    StateIndex state = 0;
    int year = 0;
    double fatal = 0;    // with everybody, 0-1
    double outside = 0;  // with states that are not asked about
  };
  std::vector<Line> lines;  // by state, then year
};

DangerQuestion::DangerQuestion(const Inputs& inputs)
    : past(*inputs.past),
      model(danger_model(past.panel(), past.year())),
      asked(past.panel().size(), !inputs.settings.states) {
  const Panel& panel = past.panel();
  if (model == nullptr)
    throw Error({{"danger", "nothing is known of the danger of disputes here",
                  "Give a panel with disputes.csv, contiguity.csv and majors.csv, or with a "
                  "disputes.toml that tenbin disputes --model wrote"}});
  if (inputs.settings.states)
    for (const StateIndex i : states_named(*inputs.settings.states, panel, "--states"))
      asked[i] = true;
  for (int year = panel.first_year; year <= past.year(); ++year) {
    const auto outside = past.danger().of_states(*model, year, asked);
    for (StateIndex i = 0; i < panel.size(); ++i)
      if (asked[i] && past.stock(i, year) > 0)
        lines.push_back({i, year, past.danger(i, year) / 100, outside[i]});
  }
  std::ranges::stable_sort(lines, {}, &Line::state);
}

/// Columns state, year, fatal (probability a year of a dispute with a death with a state that it
/// borders on or that is its rival), outside (the same with states that are not among --states).
TidyTable DangerQuestion::table() const {
  TidyTable table;
  table.text("state");
  table.integer("year");
  table.number("fatal");
  table.number("outside");
  for (const Line& l : lines)
    table << past.panel().states[l.state].id << l.year << l.fatal << l.outside;
  return table;
}

std::string DangerQuestion::text() const {
  std::string text = fmt::format(
      "Structural danger: chance a year of a dispute with a death with a neighbour or rival, from\n"
      "distance, border, stocks, democracy, ties and rivalry (fitted to {}-{}: {} such disputes "
      "in {} dyad-years)\n\n",
      model->first, model->last, model->fatal.onsets, model->rows);
  const int last = past.year();
  AlignedText rows("<>>>>");
  rows.row({"", fmt::format("{}", last - 30), fmt::format("{}", last - 15), fmt::format("{}", last),
            "mean of the years fitted"});
  for (StateIndex i = 0; i < past.panel().size(); ++i) {
    if (!asked[i]) continue;
    const auto in = [&](int year) {
      return year >= past.panel().first_year && past.stock(i, year) > 0
                 ? fmt::format("{:.2f} %", past.danger(i, year))
                 : std::string();
    };
    rows.row({past.panel().states[i].id, in(last - 30), in(last - 15), in(last),
              fmt::format("{:.2f} %", past.mean_danger(i))});
  }
  return text + rows.text();
}

}  // namespace

QuestionEntry danger_question() { return entry_of<DangerQuestion>(); }

}  // namespace tenbin
