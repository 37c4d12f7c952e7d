// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "tenbin/futures/answers.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Responses {
  static constexpr QuestionSpec spec{
      .name = "responses",
      .about = About::scenario,
      .posterior = true,
      .settings = "state",
      .summary = "a state spends 10 % more for good: what everyone else does"};

  explicit Responses(const Inputs& inputs);
  void ask(Measures& m) { places = ask_responses(m.projection.runs, m.list); }
  void read(const Tally& tally) { responses = read_responses(tally, places); }
  TidyTable table() const;
  std::string text() const;
  Problems notes() const;

  const Runs& runs;
  std::optional<StateIndex> only;
  ResponseTable places;
  std::vector<Response> responses;
};

Responses::Responses(const Inputs& inputs) : runs(*inputs.runs) {
  if (inputs.settings.state) only = state_named(*inputs.settings.state, runs.panel());
}

/// Columns scenario, state, raised, years, quantiles and mean of the change (0.01: 1 % more),
/// positive and negative with their errors.
TidyTable Responses::table() const {
  TidyTable table;
  for (const char* name : {"scenario", "state", "raised"}) table.text(name);
  table.integer("years");
  add_band(table);
  add_chance(table, "positive");
  add_chance(table, "negative");
  for (const Response& r : responses)
    table << runs.scenarios[0].id << runs.panel().states[r.of].id << runs.panel().states[r.to].id
          << r.years << r.change << r.positive << r.negative;
  return table;
}

/// The responses of one state to one other, by years.
using ResponseRow = std::vector<const Response*>;

std::vector<ResponseRow> strongest_first(const Responses& q) {
  std::map<std::pair<StateIndex, StateIndex>, ResponseRow> pairs;
  for (const Response& r : q.responses)
    if (!q.only || r.to == *q.only || r.of == *q.only) pairs[{r.to, r.of}].push_back(&r);
  std::vector<ResponseRow> rows;
  for (auto& [pair, row] : pairs) rows.push_back(std::move(row));
  std::ranges::stable_sort(rows, std::greater{}, [](const ResponseRow& row) {
    return std::abs(row.back()->change.median());
  });
  return rows;
}

std::string Responses::text() const {
  constexpr std::size_t most_rows = 20;
  constexpr double least_shown = 5e-5;
  const auto change = [](double x) { return signed_number(100 * x, 2); };
  std::string text = fmt::format(
      "A state spends {:.0f} % more for good: by how many per cent others' spending changes "
      "(median and 90% range of {} paired simulations)\n\n{:<8}{:<9}",
      100 * (raised - 1), runs.scenarios[0].futures, "raises", "answers");
  for (const int years : response_years)
    if (runs.scenarios[0].start + years <= runs.scenarios[0].end)
      say(text, "{:<28}", fmt::format("after {} year{}", years, years > 1 ? "s" : ""));
  text += "above 0 at last\n";
  std::size_t shown = 0;
  for (const ResponseRow& row : strongest_first(*this)) {
    const Response& last = *row.back();
    if (std::abs(last.change.median()) < least_shown || (!only && shown == most_rows)) break;
    ++shown;
    say(text, "{:<8}{:<9}", runs.panel().states[last.to].id, runs.panel().states[last.of].id);
    for (const Response* r : row)
      say(text, "{:<28}",
          fmt::format("{} ({} to {})", change(r->change.median()), change(r->change.quantile[0]),
                      change(r->change.quantile[6])));
    text += chance_text(last.positive) + "\n";
  }
  if (shown == 0) text += "none above 0.005 %\n";
  if (shown > 0 && !only) text += "The strongest; --out writes all.\n";
  return text + placebo_line(*runs.posterior);
}

Problems Responses::notes() const {
  Certainty certainty;
  for (const Response& r : responses) certainty.see(r.positive);
  return certainty.notes(runs.scenarios[0].futures);
}

}  // namespace

QuestionEntry responses_question() { return entry_of<Responses>(); }

}  // namespace tenbin
