// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/explain.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tenbin/model/parameters.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

constexpr std::array<const char*, term_names.size()> meanings{
    "the pull of its own target on its share of GDP",
    "growth of its GDP",
    "the change of the year before going on",
    "the danger of a fatal dispute, above its own mean",
    "its rivals' rise, and the threat they are",
    "its allies' rise, and the cover they give",
    "foreign troops in the country, more or fewer than five years before",
    "a war of its own that began, and an aggression near by",
    "the whole world's rearming or disarming",
    "what plans, caps and paths change",
    "what the equation does not say"};

constexpr std::string_view plan_name = "plan";

struct Explain {
  static constexpr QuestionSpec spec{
      .name = "explain",
      .about = About::scenario,
      .posterior = true,
      .settings = "state year",
      .summary = "where one year's change of a state's milex comes from"};

  explicit Explain(const Inputs& inputs);
  void ask(Measures& m);
  void read(const Tally& tally) {
    (is_past() ? foretold : explanation) = read_explanation(tally, at);
  }
  TidyTable table() const;
  std::string text() const;

  bool is_past() const { return year <= runs.scenarios[0].start; }
  void require_fitted() const;
  void require_projected() const;
  void explain_past_year(Measures& m);
  /// The meaning of a term, or why the term is 0.
  std::string meaning_of(std::size_t term) const;
  void add_what_was_known(std::string& text) const;
  void add_story(std::string& text) const;

  const Runs& runs;
  StateIndex state;
  int year = 0;
  std::size_t at = 0;
  Explanation explanation;
  Compiled before;       // of a past year: the world as it was known at the end of the year before
  Explanation foretold;  // and what that foretold of the year
};

/// The plans of a state that were announced by a year and act in the next.
std::vector<const PlanRow*> plans_known(const Panel& panel, StateIndex state, int year) {
  std::vector<const PlanRow*> plans;
  for (const PlanRow& p : panel.plans)
    if (p.state == state && p.announced < year && p.from <= year && year <= p.by)
      plans.push_back(&p);
  return plans;
}

Explain::Explain(const Inputs& inputs)
    : runs(*inputs.runs),
      state(inputs.settings.state ? state_named(*inputs.settings.state, runs.panel())
                                  : runs.scenarios[0].focus) {
  if (!inputs.settings.year)
    throw Error({{"--year", "is required", "Give a year of the past or of the futures"}},
                Error::Reason::usage);
  year = *inputs.settings.year;
  if (is_past())
    require_fitted();
  else
    require_projected();
}

void Explain::require_fitted() const {
  const std::vector<Row>& rows = runs.past->rows();
  if (std::ranges::any_of(rows, [&](const Row& r) { return r.state == state && r.year == year; }))
    return;
  throw Error({{"--year",
                fmt::format("{} {} is not among the fitted rows: figures of the year and the two "
                            "before are needed, observed, with shares of GDP",
                            runs.panel().states[state].id, year),
                "Choose another year"}});
}

void Explain::require_projected() const {
  const Scenario& s = runs.scenarios[0];
  if (year > s.end)
    throw Error(
        {{"--year", fmt::format("the scenario ends in {}", s.end), "Give a year up to it"}});
  if (runs.schedules[0].law[state] == Law::idle)
    throw Error({{"--state",
                  fmt::format("{} {}: it is not projected", runs.panel().states[state].id,
                              since_words(runs.panel(), state, s.start)),
                  "Choose a state with figures"}});
}

void Explain::ask(Measures& m) {
  if (is_past()) return explain_past_year(m);
  m.projection.runs[0].explained = state;
  m.projection.runs[0].explained_year = year;
  at = ask_explanation(m.list, 0);
}

/// A year of the past is taken apart by the equation, and beside it stands what was foretold of it
/// at the end of the year before, with the plans that were known by then.
void Explain::explain_past_year(Measures& m) {
  if (auto past = explain_past(*runs.past, runs.posterior->spending, state, year))
    explanation = std::move(*past);
  else
    throw Error(
        {{"--state",
          fmt::format("{} is not among the states of the posterior", runs.panel().states[state].id),
          "Choose a state that was fitted"}});
  Scenario then = runs.scenarios[0];
  then.levers.clear();
  then.start = year - 1;
  then.end = year;
  before = compile(past_of(runs.panel(), year - 1), {then});
  m.projection.runs[0] = {.schedule = &before.schedules[0]};
  m.projection.runs[0].explained = state;
  m.projection.runs[0].explained_year = year;
  at = ask_explanation(m.list, 0);
}

/// Columns scenario, state, year, part (a term, whole, before, after; of a past year foretold and
/// foretold plan, in place of plan), change of log milex with
/// its quantiles and mean, money (M USD), count (of futures, or of posterior draws for a past
/// year).
TidyTable Explain::table() const {
  TidyTable table;
  table.text("scenario");
  table.text("state");
  table.integer("year");
  table.text("part");
  table.number("change", "{:.8g}");
  add_band(table);
  table.number("money", "{:.8g}");
  table.number("count");
  const auto add = [&](std::string_view part, double change, const Band& band, double money) {
    table << runs.scenarios[0].id << runs.panel().states[state].id << year << part << change << band
          << money << static_cast<double>(explanation.count);
  };
  for (std::size_t k = 0; k < term_names.size(); ++k) {
    if (is_past() && term_names[k] == plan_name) continue;  // part of the shock
    add(term_names[k], explanation.parts[k].change, explanation.parts[k].band,
        explanation.parts[k].money);
  }
  add("whole", explanation.whole.change, explanation.whole.band, explanation.whole.money);
  add("before", missing, Band{}, explanation.before);
  add("after", missing, Band{}, explanation.after);
  if (!is_past()) return table;
  const auto plan =
      static_cast<std::size_t>(std::ranges::find(term_names, plan_name) - term_names.begin());
  for (const auto& [name, part] :
       {std::pair{"foretold", &foretold.whole}, {"foretold plan", &foretold.parts[plan]}})
    add(name, part->change, part->band, part->money);
  return table;
}

std::string Explain::meaning_of(std::size_t term) const {
  const std::string_view name = term_names[term];
  const Explanation::Part& p = explanation.parts[term];
  const bool nothing = p.change == 0 && p.band.low80() == 0 && p.band.high80() == 0;
  if (nothing && name == plan_name) return "no plan, cap or path acts on it";
  for (const Column& c : runs.posterior->spending.columns)
    if (c.fixed && spending_parameters[parameter_index(spending_parameters, c.name)].term == name)
      return "not in this model: " + std::string(meanings[term]);
  return meanings[term];
}

std::string Explain::text() const {
  const Explanation& e = explanation;
  const Money money = money_of(runs.panel());
  std::string text = fmt::format(
      "{} in {}: milex goes from {} to {} {}\n\n"
      "  {:<9}{:>9}  {:<20}{:>11}\n",
      runs.panel().states[state].name, year, money.text(e.before), money.text(e.after),
      e.past ? fmt::format("(figures), by the equation under {} posterior draws", e.count)
             : fmt::format("in the mean of {} futures of \"{}\"", e.count, runs.scenarios[0].name),
      "", "log %", "80% range", "money");
  const auto add = [&](std::string_view name, const Explanation::Part& p,
                       std::string_view meaning) {
    say(text, "  {:<9}{:>9}  {:<20}{:>11}  {}\n", name, signed_number(100 * p.change, 2),
        fmt::format("({} to {})", signed_number(100 * p.band.low80(), 2),
                    signed_number(100 * p.band.high80(), 2)),
        money.change(p.money), meaning);
  };
  for (std::size_t k = 0; k < term_names.size(); ++k) {
    if (is_past() && term_names[k] == plan_name)
      say(text, "  {:<9}{:>9}  of the past, what was announced is part of the shock\n", plan_name,
          "");
    else
      add(term_names[k], e.parts[k], meaning_of(k));
  }
  add("whole", e.whole, "the parts add up to it");
  text += placebo_line(*runs.posterior);
  if (is_past()) {
    add_what_was_known(text);
    add_story(text);
  }
  return text;
}

void Explain::add_what_was_known(std::string& text) const {
  const auto plan =
      static_cast<std::size_t>(std::ranges::find(term_names, plan_name) - term_names.begin());
  const auto band = [](const Explanation::Part& p) {
    return fmt::format("{} ({} to {})", signed_number(100 * p.change, 2),
                       signed_number(100 * p.band.low80(), 2),
                       signed_number(100 * p.band.high80(), 2));
  };
  say(text, "\nKnown at the end of {}, with today's posterior: {} was foretold; {} came\n",
      year - 1, band(foretold.whole), signed_number(100 * explanation.whole.change, 2));
  const auto plans = plans_known(runs.panel(), state, year);
  for (const PlanRow* p : plans)
    say(text, "  announced in {}: {:.3g} % of GDP by {}, from {} ({})\n", p->announced,
        100 * p->burden, p->by, p->from, p->definition);
  if (!plans.empty())
    say(text, "  of what was foretold, the plan is {}\n", band(foretold.parts[plan]));
  for (const PlanRow& p : runs.panel().plans)
    if (p.state == state && p.announced == year)
      say(text, "  announced in that year: {:.3g} % of GDP by {}, from {}\n", 100 * p.burden, p.by,
          p.from);
}

void Explain::add_story(std::string& text) const {
  for (const Story& s : runs.panel().stories)
    if (s.state == state && s.year == year) say(text, "What happened: {} ({})\n", s.text, s.source);
  for (const Event& e : runs.panel().events)
    if (e.year == year && std::ranges::find(e.states, state) != e.states.end())
      say(text, "  {}  {} ({})\n", e.date, e.title, e.source);
}

}  // namespace

QuestionEntry explain_question() { return entry_of<Explain>(); }

}  // namespace tenbin
