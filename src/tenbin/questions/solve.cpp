// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/solve.hpp"

#include <algorithm>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/outcome.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Solve {
  static constexpr QuestionSpec spec{
      .name = "solve",
      .about = About::scenario,
      .posterior = true,
      .settings = "futures seed lever that probability low high find",
      .summary = "which value of a lever reaches a target; exit 1 if none does"};

  explicit Solve(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  bool holds() const { return solution.found; }

  const Lever& lever() const { return runs.scenarios[0].levers[question.lever]; }
  void choose_lever(const Inputs& inputs);
  void choose_range(const Settings& settings);
  std::string value_text(double value) const;

  const Runs& runs;
  std::string that, find;
  SolveQuestion question;
  Solution solution;
};

Solve::Solve(const Inputs& inputs)
    : runs(*inputs.runs), find(inputs.settings.find.value_or("smallest")) {
  const Settings& settings = inputs.settings;
  if (!settings.that)
    throw Error({{"--that", "is required", "Give a condition, such as \"burden:JPN:2035 >= 2 %\""}},
                Error::Reason::usage);
  that = *settings.that;
  choose_lever(inputs);
  choose_range(settings);
  const Condition c = parse_condition(that, "--that", runs);
  question.smallest = find == "smallest";
  question.outcome = c.outcome;
  question.at_least = c.at_least;
  question.target = c.limit;
  question.probability = settings.probability.value_or(0.5);
}

void Solve::choose_lever(const Inputs& inputs) {
  const auto number = static_cast<std::size_t>(inputs.settings.lever.value_or(1));
  const std::vector<Lever>& levers = runs.scenarios[0].levers;
  if (number > levers.size())
    throw Error({{"--lever", fmt::format("there is no lever {}", number),
                  levers.empty() ? "Write a lever into the scenario"
                                 : fmt::format("tenbin plan {} numbers them: 1 to {}",
                                               inputs.names[0], levers.size())}});
  question.lever = number - 1;
  if (tenbin::spec(lever()).has(Gives::path))
    throw Error(
        {{"--lever", "a path has a value for each year", "Choose a lever with one number"}});
}

void Solve::choose_range(const Settings& settings) {
  const LeverSpec& row = tenbin::spec(lever());
  const auto bound = [&](const std::optional<std::string>& text, const char* flag, double range) {
    if (!text) return range;
    const auto value = parse_share(*text);
    if (!value || *value < row.low || *value > row.high)
      throw Error({{flag, fmt::format("{} is {}", row.value_key(), *text),
                    fmt::format("Give a number from {} to {}", row.low, row.high)}});
    return *value;
  };
  question.low = bound(settings.low, "--low", lever().value.low);
  question.high = bound(settings.high, "--high", lever().value.high);
  if (question.low >= question.high)
    throw Error({{"--low", fmt::format("{} is not below --high, {}", question.low, question.high),
                  "Give the smaller number to --low"}});
}

void Solve::answer(Work& work) {
  solution = solve(*runs.past, runs.scenarios[0], runs.posterior->spending, runs.posterior->economy,
                   question, work.execution, work.begin("solving"));
}

/// Columns scenario, lever, that, what (answer; earliest and latest: values within the Monte Carlo
/// error; looked at), value, probability, error.
TidyTable Solve::table() const {
  TidyTable table;
  table.text("scenario");
  table.integer("lever");
  table.text("that");
  table.text("what");
  table.number("value");
  add_chance(table, "probability");
  const auto add = [&](const char* what, double value, const Chance& chance) {
    table << runs.scenarios[0].id << static_cast<int>(question.lever) + 1 << that << what << value
          << chance;
  };
  if (solution.found) {
    add("answer", solution.value, solution.chance);
    add("earliest", solution.earliest, {missing, missing});
    add("latest", solution.latest, {missing, missing});
  }
  for (const SolveStep& step : solution.steps) add("looked at", step.value, step.chance);
  return table;
}

std::string Solve::value_text(double value) const {
  const UnitSpec& unit = tenbin::spec(lever()).unit_spec();
  return unit.percent ? fmt::format("{:.3f} %", 100 * value)
                      : fmt::format("{:.5g}{}", value, unit.suffix);
}

std::string Solve::text() const {
  const std::string_view key = tenbin::spec(lever()).value_key();
  const std::string range =
      fmt::format("{} to {}", value_text(question.low), value_text(question.high));
  std::string text = words(lever(), runs.panel()).does + "\n";
  if (!solution.found) {
    const auto best = std::ranges::max_element(solution.steps, {},
                                               [](const SolveStep& step) { return step.chance.p; });
    say(text, "No value of its {} from {} brings {} with probability {:g}; {}.\n", key, range, that,
        question.probability,
        best->chance.p > 0 ? fmt::format("the nearest looked at is {}, with {}",
                                         value_text(best->value), chance_text(best->chance))
                           : std::string("none comes near it"));
    return text;
  }
  say(text, "The {} {} from {} at which {} holds with probability {:g}: {}, with {}.\n", find, key,
      range, that, question.probability, value_text(solution.value), chance_text(solution.chance));
  if (solution.everywhere)
    text += "Every value looked at does; the answer is the end of the range.\n";
  else if (solution.earliest < solution.latest)
    say(text, "Within the Monte Carlo error of {} futures: {} to {}.\n", runs.scenarios[0].futures,
        value_text(solution.earliest), value_text(solution.latest));
  return text;
}

}  // namespace

QuestionEntry solve_question() { return entry_of<Solve>(); }

}  // namespace tenbin
