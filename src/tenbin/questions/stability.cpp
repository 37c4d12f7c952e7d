// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/stability.hpp"

#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct StabilityQuestion {
  static constexpr QuestionSpec spec{
      .name = "stability",
      .about = About::scenario,
      .posterior = true,
      .settings = "draws-judged",
      .summary = "whether the states' answers to each other die out or run away"};

  explicit StabilityQuestion(const Inputs& inputs) : runs(*inputs.runs) {
    options.draws = inputs.settings.draws_judged.value_or(options.draws);
  }
  void answer(Work& work) {
    stability =
        tenbin::stability(runs.schedules[0], runs.posterior->spending, runs.posterior->economy,
                          options, work.execution, work.begin("judging stability"));
  }
  TidyTable table() const;
  std::string text() const;
  bool runs_away() const { return stability.unstable.p > 0.5; }

  const Runs& runs;
  StabilityOptions options;
  Stability stability;
};

/// Columns scenario, what (radius, radius_alone, difference, gain: with quantiles and mean;
/// unstable, unstable_alone: with probability and error; dominant, cure: with pair and left, the
/// part of it that is left), draws.
TidyTable StabilityQuestion::table() const {
  const Stability& s = stability;
  TidyTable table;
  table.text("scenario");
  table.text("what");
  add_band(table);
  add_chance(table, "probability");
  table.text("pair");
  table.number("left");
  table.integer("draws");
  const auto add = [&](const char* what, const Band& band, const Chance& chance,
                       const Weakened& pair) {
    const bool none = pair.what == Weakened::What::nothing;
    table << runs.scenarios[0].id << what << band << chance
          << (none ? "" : pair_words(pair, runs.panel())) << (none ? missing : pair.left)
          << s.draws;
  };
  const Chance no_chance{missing, missing};
  for (const auto& [name, band] : {std::pair{"radius", &s.radius},
                                   {"radius_alone", &s.radius_alone},
                                   {"difference", &s.difference},
                                   {"gain", &s.gain}})
    add(name, *band, no_chance, {});
  add("unstable", Band{}, s.unstable, {});
  add("unstable_alone", Band{}, s.unstable_alone, {});
  add("dominant", Band{}, no_chance, s.dominant);
  add("cure", Band{}, no_chance, s.cure);
  return table;
}

std::string range_of(const Band& b, int digits) {
  return fmt::format("{:.{}f} (90% range: {:.{}f} to {:.{}f})", b.median(), digits, b.quantile[0],
                     digits, b.quantile[6], digits);
}

std::string StabilityQuestion::text() const {
  const Stability& s = stability;
  const Scenario& scenario = runs.scenarios[0];
  std::string text = fmt::format(
      "\u201c{}\u201d, the world of {} with the relations of {}\n"
      "{}: an outside push {} ({} draws; the spectral radius is above 1 in {} of them,\n"
      "and in {} where nobody answers anybody: the base rate).\n"
      "  radius                  {}\n"
      "  habits alone            {}\n"
      "  what reactions add      {}\n"
      "  loop's gain to {}     {}: total spending over that if nobody answered a change\n",
      scenario.name, scenario.start, scenario.end, runs_away() ? "Unstable" : "Stable",
      runs_away() ? "grows without end" : "dies out", s.draws, chance_text(s.unstable),
      chance_text(s.unstable_alone), range_of(s.radius, 4), range_of(s.radius_alone, 4),
      range_of(s.difference, 4), scenario.start + gain_years, range_of(s.gain, 3));
  if (s.dominant.what != Weakened::What::nothing)
    say(text, "What matters most to it: {}. Without it the gain is lower by {:.4f}.\n",
        pair_words(s.dominant, runs.panel()), s.gain_less);
  if (!runs_away() || !s.cure_sought) return text;
  if (s.cure.what == Weakened::What::nothing)
    return text + "None of the single weaker reactions or ties that were tried makes it stable.\n";
  say(text, "The smallest change that makes it stable: {} down to {:.0f} % of what it is.\n",
      pair_words(s.cure, runs.panel()), 100 * s.cure.left);
  return text;
}

}  // namespace

QuestionEntry stability_question() { return entry_of<StabilityQuestion>(); }

}  // namespace tenbin
