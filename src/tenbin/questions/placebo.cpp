// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/placebo.hpp"

#include "tenbin/page/words.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// Whether the answers to rivals and allies are more than other partners would show.
struct PlaceboQuestion {
  static constexpr QuestionSpec spec{
      .name = "placebo",
      .about = About::panel,
      .posterior = true,
      .settings = "permutations",
      .summary = "the answers to rivals and allies beside those to states that are neither"};

  explicit PlaceboQuestion(const Inputs& inputs) : inputs(inputs) {
    options.permutations = inputs.settings.permutations.value_or(options.permutations);
  }
  void answer(Work& work) {
    lines = placebo(*inputs.past, inputs.fitted(), options, work.execution,
                    work.begin("permuting partners"));
  }
  TidyTable table() const;
  std::string text() const;

  Inputs inputs;
  PlaceboOptions options;
  std::vector<PlaceboLine> lines;
};

/// Columns term, first, last, rows, estimate, error, placebo_mean, placebo_sd, p, permutations.
TidyTable PlaceboQuestion::table() const {
  TidyTable table;
  table.text("term");
  for (const char* name : {"first", "last", "rows"}) table.integer(name);
  for (const char* name : {"estimate", "error", "placebo_mean", "placebo_sd", "p"})
    table.number(name);
  table.integer("permutations");
  for (const PlaceboLine& l : lines)
    table << l.term << l.first << l.last << l.rows << l.estimate << l.error << l.middle << l.spread
          << l.p << l.permutations;
  return table;
}

std::string PlaceboQuestion::text() const {
  std::string text = fmt::format(
      "Are these answers more than chance? Each state's rivals (or allies) are exchanged for other "
      "states, {} times.\np is the share of exchanges in which the answer to the wrong partners is "
      "at least as large as that to the right ones.\n\n",
      options.permutations);
  AlignedText rows("<<>>>>>");
  rows.row({"", "years", "rows", "answer", "error", "spread of the wrong", "p"});
  std::string last;
  for (const PlaceboLine& l : lines) {
    rows.row({l.term == last ? "" : l.term, fmt::format("{}-{}", l.first, l.last),
              fmt::format("{}", l.rows), signed_number(l.estimate, 3),
              fmt::format("{:.3f}", l.error), fmt::format("{:.3f}", l.spread),
              fmt::format("{:.2f}", l.p)});
    last = l.term;
  }
  if (lines.empty())
    return text + "There are too few rows with rivals or allies to say anything.\n";
  text += rows.text();
  return text +
         "\nAn answer of 0.1: a state spends 1 % more after a year in which its partners' arming "
         "raised the stock that counts by 10 %.\nWhere the spread of the wrong answers is larger "
         "than the error, the error is too small: it is the spread that counts.\n";
}

}  // namespace

QuestionEntry placebo_question() { return entry_of<PlaceboQuestion>(); }

}  // namespace tenbin
