// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "tenbin/page/chart.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/regret.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

constexpr std::array quantities{Quantity::milex, Quantity::burden};
constexpr std::array<const char*, 6> effects{"whole",  "direct", "rivals",
                                             "allies", "others", "disputes"};

/// Whether a difference is nothing at the digits that are shown: its median and likely range.
template <class Amount>
bool shows_nothing(const Band& b, const Amount& amount) {
  const std::string nothing = amount(0.0);
  return amount(b.median()) == nothing && amount(b.low80()) == nothing &&
         amount(b.high80()) == nothing;
}

/// Paired differences of scenarios from the first, split by who sees the change.
struct Compare {
  static constexpr QuestionSpec spec{
      .name = "compare",
      .about = About::scenarios,
      .posterior = true,
      .settings = "state plot regret",
      .summary = "paired differences of scenarios from the first, split by who sees the change",
      .fewest_scenarios = 2};

  explicit Compare(const Inputs& inputs);
  void ask(Measures& m);
  void read(Tally tally);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const;
  Problems notes() const;

  /// What is asked of one scenario against the baseline, by quantity.
  struct Places {
    std::array<std::array<Place, effects.size()>, quantities.size()> effect;
    std::array<Place, quantities.size()> changed;  // for what unpaired ensembles would give
  };
  const Distribution& effect(std::size_t scenario, std::size_t quantity, std::size_t kind, int year,
                             StateIndex i) const {
    return parts[scenarios[scenario - 1].effect[quantity][kind].of(year, i)];
  }
  double unpaired_error(std::size_t scenario, std::size_t quantity, int year, StateIndex i) const;
  void choose_state();
  void add_effects(std::string& text, std::size_t scenario) const;
  void add_errors(std::string& text, std::size_t scenario) const;

  const Runs& runs;
  StateIndex state;  // whose table is on the screen
  bool named;        // by the user; else a state that a lever changes may take its place
  std::string plot;
  std::optional<Regrets> regrets;
  std::array<Place, quantities.size()> baseline;
  std::vector<Places> scenarios;  // from the second on
  std::vector<Distribution> parts;
};

Compare::Compare(const Inputs& inputs)
    : runs(*inputs.runs),
      state(runs.scenarios[0].focus),
      named(inputs.settings.state.has_value()),
      plot(inputs.settings.plot.value_or("")) {
  if (named) state = state_named(*inputs.settings.state, runs.panel());
  if (runs.schedules[0].law[state] == Law::idle)
    throw Error({{"--state",
                  fmt::format("{} {}: it is not projected", runs.panel().states[state].id,
                              since_words(runs.panel(), state, runs.scenarios[0].start)),
                  "Choose a state with figures"}});
  if (inputs.settings.regret) regrets.emplace(*inputs.settings.regret, runs);
}

void Compare::ask(Measures& m) {
  const Schedule& base = runs.schedules[0];
  for (std::size_t q = 0; q < quantities.size(); ++q)
    baseline[q] = ask_fan(m.list, base, 0, quantities[q], false);
  std::vector<int> whole{0};
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
    const Stages stages = add_stages(m.projection.runs, runs.schedules[s]);
    whole.push_back(stages.run.back());
    Places places;
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      places.changed[q] = ask_fan(m.list, base, whole.back(), quantities[q], false);
      places.effect[q][0] = ask_comparison(m.list, base, 0, whole.back(), quantities[q]);
      for (std::size_t k = 1; k < effects.size(); ++k)
        places.effect[q][k] =
            ask_comparison(m.list, base, stages.run[k - 1], stages.run[k], quantities[q]);
    }
    scenarios.push_back(places);
  }
  if (regrets) regrets->ask(m.list, whole);
}

void Compare::read(Tally tally) {
  if (regrets) regrets->read(tally);
  parts = std::move(tally.parts);
  if (!named) choose_state();
}

/// Where nothing to speak of happens to the focus, a state that a lever changes heads the answer.
void Compare::choose_state() {
  const Money money = money_of(runs.panel());
  const auto moves = [&](StateIndex i) {
    for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
      const Distribution& d = effect(s, 0, 0, baseline[0].end, i);
      if (d.exists() && !shows_nothing(d.band(), [&](double x) { return money.change(x); }))
        return true;
    }
    return false;
  };
  if (moves(state)) return;
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
    const std::vector<char> changed = changed_states(runs.schedules[0], runs.schedules[s]);
    std::vector<StateIndex> order{runs.scenarios[s].focus};
    for (StateIndex i = 0; i < runs.panel().size(); ++i) order.push_back(i);
    const auto found =
        std::ranges::find_if(order, [&](StateIndex i) { return changed[i] && moves(i); });
    if (found == order.end()) continue;
    state = *found;
    return;
  }
}

/// Monte Carlo error that the mean difference of two independent ensembles would have.
double Compare::unpaired_error(std::size_t scenario, std::size_t quantity, int year,
                               StateIndex i) const {
  const Distribution &x = parts[baseline[quantity].of(year, i)],
                     &y = parts[scenarios[scenario - 1].changed[quantity].of(year, i)];
  if (!x.exists()) return missing;
  return std::sqrt((x.sd() * x.sd() + y.sd() * y.sd()) / static_cast<double>(x.count()));
}

/// Columns baseline, scenario, state, year, quantity, effect, quantiles and mean, error,
/// unpaired_error, positive and negative with their errors. One row a difference that exists.
TidyTable Compare::table() const {
  TidyTable table;
  for (const char* name : {"baseline", "scenario", "state"}) table.text(name);
  table.integer("year");
  table.text("quantity");
  table.text("effect");
  add_band(table);
  table.number("error", "{:.3g}");
  table.number("unpaired_error", "{:.3g}");
  add_chance(table, "positive");
  add_chance(table, "negative");
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s)
    for (std::size_t q = 0; q < quantities.size(); ++q)
      for (std::size_t k = 0; k < effects.size(); ++k)
        for (StateIndex i = 0; i < runs.panel().size(); ++i)
          for (int year = baseline[q].start + 1; year <= baseline[q].end; ++year) {
            const Distribution& d = effect(s, q, k, year, i);
            if (!d.exists()) continue;
            table << runs.scenarios[0].id << runs.scenarios[s].id << runs.panel().states[i].id
                  << year << quantity_name(quantities[q]) << effects[k] << d.band()
                  << d.mean_error() << unpaired_error(s, q, year, i) << d.positive()
                  << d.negative();
          }
  return table;
}

/// One scenario's effects on the state in the last year.
void Compare::add_effects(std::string& text, std::size_t scenario) const {
  const Money money = money_of(runs.panel());
  const int year = baseline[0].end;
  const auto amount = [&](double x, Quantity q) {
    return q == Quantity::milex ? money.change(x) : signed_number(100 * x, 2) + " %";
  };
  for (std::size_t k = 0; k < effects.size(); ++k) {
    const auto is_nothing = [&](std::size_t q) {
      const Distribution& d = effect(scenario, q, k, year, state);
      return !d.exists() ||
             shows_nothing(d.band(), [&](double x) { return amount(x, quantities[q]); });
    };
    if (is_nothing(0) && is_nothing(1)) {
      say(text, "  {:<8}  no measurable change\n", effects[k]);
      continue;
    }
    std::string row = fmt::format("  {:<8}", effects[k]);
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      const Distribution& d = effect(scenario, q, k, year, state);
      if (!d.exists()) continue;
      const Band b = d.band();
      say(row, "{}{:>12} ({} to {})", q == 1 ? "; of GDP" : "", amount(b.median(), quantities[q]),
          amount(b.low80(), quantities[q]), amount(b.high80(), quantities[q]));
    }
    say(text, "{}; above 0 in {}\n", row,
        chance_text(effect(scenario, 0, k, year, state).positive()));
  }
}

void Compare::add_errors(std::string& text, std::size_t scenario) const {
  const int year = baseline[0].end;
  const double paired = effect(scenario, 0, 0, year, state).mean_error(),
               unpaired = unpaired_error(scenario, 0, year, state);
  const Money money = money_of(runs.panel());
  const auto amount = [&](double x) {
    return x < 100 ? fmt::format("{:.2g} million", x) : money.text(x);
  };
  say(text, "  Monte Carlo error of the mean: {} paired, {} from two independent ensembles{}\n",
      amount(paired), amount(unpaired),
      paired > 0
          ? fmt::format(" ({:.0f} times the variance)", unpaired * unpaired / (paired * paired))
          : std::string());
}

std::string Compare::text() const {
  std::string text = fmt::format(
      "{} in {}, against \"{}\": median of {} paired simulations, and likely range (80%)\n",
      runs.panel().states[state].name, baseline[0].end, runs.scenarios[0].name,
      runs.scenarios[0].futures);
  if (!named && state != runs.scenarios[0].focus)
    say(text, "(no measurable change for {}; --state shows any other)\n",
        runs.panel().states[runs.scenarios[0].focus].name);
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
    say(text, "\n{}\n", runs.scenarios[s].name);
    add_effects(text, s);
    add_errors(text, s);
  }
  text += placebo_line(*runs.posterior);
  if (regrets) text += "\n" + regrets->text(runs);
  return text;
}

std::vector<TextFile> Compare::files() const {
  if (plot.empty()) return {};
  const bool shares = runs.schedules[0].law[state] == Law::equation;
  const std::size_t q = shares ? 1 : 0;
  DifferenceChart chart{
      .title =
          fmt::format("{}: {} against \"{}\"", runs.panel().states[state].name,
                      shares ? "share of GDP" : "military expenditure", runs.scenarios[0].name),
      .start = baseline[q].start,
      .scale = shares ? 100 : 1e-3,
      .text = [=, money = money_of(runs.panel())](double x) {
        return shares ? signed_number(x, 2) + " %" : money.change(1000 * x);
      }};
  chart.label = chart.title;
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
    DifferenceChart::Line line{runs.scenarios[s].name, {}};
    for (int year = chart.start; year <= baseline[q].end; ++year)
      line.bands.push_back(effect(s, q, 0, year, state).band());
    chart.lines.push_back(std::move(line));
  }
  return {{plot, draw(chart)}};
}

Problems Compare::notes() const {
  Certainty certainty;
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s)
    for (std::size_t q = 0; q < quantities.size(); ++q)
      for (std::size_t k = 0; k < effects.size(); ++k)
        for (StateIndex i = 0; i < runs.panel().size(); ++i)
          for (int year = baseline[q].start + 1; year <= baseline[q].end; ++year)
            if (const Distribution& d = effect(s, q, k, year, i); d.exists())
              certainty.see(d.positive());
  return certainty.notes(runs.scenarios[0].futures);
}

}  // namespace

QuestionEntry compare_question() { return entry_of<Compare>(); }

}  // namespace tenbin
