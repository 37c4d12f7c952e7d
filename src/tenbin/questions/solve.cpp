// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/solve.hpp"

#include <algorithm>
#include <cmath>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/names.hpp"
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

  double baseline_value(Work& work) const;
  std::string money_words(double share) const;

  const Runs& runs;
  std::string that, find;
  Condition condition;
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
  condition = parse_condition(that, "--that", runs);
  question.smallest = find == "smallest";
  question.outcome = condition.outcome;
  question.at_least = condition.at_least;
  question.target = condition.limit;
  question.probability = settings.probability.value_or(0.5);
}

/// Whether every word is the lever's kind, or an id or name of a state in it.
bool is_called(const Lever& l, const std::vector<std::string>& words, const Panel& panel) {
  std::vector<StateIndex> states = l.states;
  if (l.state != all_states) states.push_back(l.state);
  if (tenbin::spec(l).names_two()) states.push_back(l.other);
  return std::ranges::all_of(words, [&](const std::string& word) {
    const auto state = state_by_words(word, panel);
    return word == tenbin::spec(l).name ||
           (state && std::ranges::find(states, *state) != states.end());
  });
}

/// The number of the lever that a text names: its number, or words that only it is called by.
std::size_t lever_named(const std::string& text, const Runs& runs, const std::string& scenario) {
  const std::vector<Lever>& levers = runs.scenarios[0].levers;
  const auto refuse = [&](std::string what) {
    throw Error({{"--lever", std::move(what),
                  levers.empty() ? "Write a lever into the scenario"
                                 : fmt::format("tenbin plan {} numbers them: 1 to {}", scenario,
                                               levers.size())}});
  };
  if (levers.empty()) refuse("the scenario has no lever");
  if (const auto number = parse_number(text)) {
    if (*number < 1 || *number > static_cast<double>(levers.size()) ||
        *number != std::floor(*number))
      refuse(fmt::format("there is no lever {}", text));
    return static_cast<std::size_t>(*number) - 1;
  }
  std::vector<std::size_t> called;
  for (std::size_t k = 0; k < levers.size(); ++k)
    if (is_called(levers[k], pieces(text), runs.panel())) called.push_back(k);
  if (called.size() != 1)
    refuse(called.empty() ? fmt::format("no lever is called \"{}\"", text)
                          : fmt::format("{} levers are called \"{}\"", called.size(), text));
  return called.front();
}

void Solve::choose_lever(const Inputs& inputs) {
  question.lever = lever_named(inputs.settings.lever.value_or("1"), runs, inputs.names[0]);
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

/// What the outcome is in the middle future of the scenario without the lever.
double Solve::baseline_value(Work& work) const {
  Scenario without = runs.scenarios[0];
  without.levers.erase(without.levers.begin() + static_cast<std::ptrdiff_t>(question.lever));
  Outcome outcome = question.outcome;
  outcome.year = condition.baseline_year;
  const Schedule plain = schedule(*runs.past, without);
  const Projection projection{{{.schedule = &plain}},
                              &runs.posterior->spending,
                              &runs.posterior->economy,
                              {.futures = without.futures}};
  const std::vector<Measure> measures{
      {[read = reader(outcome, runs.panel(), plain)](
           std::span<const Ensemble> of, std::span<double> room) -> std::span<const double> {
         for (std::size_t f = 0; f < room.size(); ++f) room[f] = read(of[0], static_cast<int>(f));
         return room;
       },
       unit_of(outcome), true}};
  return tally(projection, measures, work.execution, {}).parts[0].band().median();
}

void Solve::answer(Work& work) {
  if (condition.baseline_year > 0) question.target = baseline_value(work);
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

/// " ($101 bn at the GDP of 2025)": what a share of one state's GDP is in money; else nothing.
std::string Solve::money_words(double share) const {
  const LeverSpec& row = tenbin::spec(lever());
  const int start = runs.scenarios[0].start;
  const auto year = last_with_burden(runs.panel(), lever().state, start);
  if (row.unit != Unit::share || row.has(Gives::states) || !year) return "";
  const MilexCell& cell = runs.panel().cell(lever().state, *year);
  return fmt::format(" ({} at the GDP of {})",
                     money_of(runs.panel()).text(share * cell.milex / cell.burden), *year);
}

std::string Solve::value_text(double value) const {
  const LeverSpec& row = tenbin::spec(lever());
  const UnitSpec& unit = row.unit_spec();
  if (row.unit == Unit::money) return money_of(runs.panel()).text(value);
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
  if (condition.baseline_year > 0)
    say(text, "Without the lever the median is {} in {}.\n",
        outcome_text(question.outcome, question.target, runs.panel()), condition.baseline_year);
  say(text, "The {} {} from {} at which {} holds with probability {:g}: {}{}, with {}.\n", find,
      key, range, that, question.probability, value_text(solution.value),
      money_words(solution.value), chance_text(solution.chance));
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
