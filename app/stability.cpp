// SPDX-License-Identifier: Apache-2.0
#include "tenbin/analyse/stability.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/words.hpp"

namespace tenbin::app {
namespace stability_verb {

struct StabilityFlags : RunFlags {
  StabilityOptions options;
};

std::string range_text(const Band& b, int digits) {
  return fmt::format("{:.{}f} (9 in 10: {:.{}f} to {:.{}f})", b.median(), digits, b.quantile[0],
                     digits, b.quantile[6], digits);
}

std::string told(const Stability& s, const Panel& panel, int start) {
  const bool runs_away = s.unstable.p > 0.5;
  std::string text = fmt::format(
      "{}: an outside push {} ({} draws; the spectral radius is above 1 in {} of them,\n"
      "and in {} where nobody answers anybody: the base rate).\n"
      "  radius                  {}\n"
      "  habits alone            {}\n"
      "  what reactions add      {}\n"
      "  loop's gain to {}     {}: total spending over that if nobody answered a change\n",
      runs_away ? "Unstable" : "Stable", runs_away ? "grows without end" : "dies out", s.draws,
      chance_text(s.unstable), chance_text(s.unstable_alone), range_text(s.radius, 4),
      range_text(s.radius_alone, 4), range_text(s.difference, 4), start + gain_years,
      range_text(s.gain, 3));
  if (s.dominant.what != Weakened::What::nothing)
    text += fmt::format("What matters most to it: {}. Without it the gain is lower by {:.4f}.\n",
                        pair_words(s.dominant, panel), s.gain_less);
  if (runs_away && s.cure_sought)
    text += s.cure.what == Weakened::What::nothing
                ? "None of the single weaker reactions or ties that were tried makes it stable.\n"
                : fmt::format(
                      "The smallest change that makes it stable: {} down to {:.0f} % of "
                      "what it is.\n",
                      pair_words(s.cure, panel), 100 * s.cure.left);
  return text;
}

nlohmann::ordered_json json_of(const Band& b) {
  return {{"q05", b.quantile[0]}, {"q50", b.median()}, {"q95", b.quantile[6]}, {"mean", b.mean}};
}
nlohmann::ordered_json json_of(const Weakened& w, const Panel& panel) {
  if (w.what == Weakened::What::nothing) return nullptr;
  return {{"what", pair_words(w, panel)}, {"left", w.left}};
}

void run(const StabilityFlags& flags) {
  const Runs runs = prepare_runs(flags);
  Progress progress("judging stability", flags.common.quiet);
  const Stability s =
      stability(runs.schedules[0], runs.posterior->spending, runs.posterior->economy, flags.options,
                flags.common.execution(), [&](double part) {
                  progress.show(part);
                  return !interruption_asked();
                });
  stop_if_asked();
  if (!flags.out.empty()) {
    deliver(flags, nlohmann::ordered_json{{"format", 1},
                                          {"scenario", runs.scenarios[0].id},
                                          {"draws", s.draws},
                                          {"unstable", s.unstable.p},
                                          {"unstable_error", s.unstable.error},
                                          {"unstable_alone", s.unstable_alone.p},
                                          {"unstable_alone_error", s.unstable_alone.error},
                                          {"radius", json_of(s.radius)},
                                          {"alone", json_of(s.radius_alone)},
                                          {"difference", json_of(s.difference)},
                                          {"gain", json_of(s.gain)},
                                          {"dominant", json_of(s.dominant, runs.panel())},
                                          {"cure", json_of(s.cure, runs.panel())}}
                           .dump(2) +
                       "\n");
    return;
  }
  fmt::print("\u201c{}\u201d, the world of {} with the relations of {}\n{}", runs.scenarios[0].name,
             runs.scenarios[0].start, runs.scenarios[0].end,
             told(s, runs.panel(), runs.scenarios[0].start));
}

}  // namespace stability_verb

void add_stability(CLI::App& program) {
  using namespace stability_verb;
  auto flags = std::make_shared<StabilityFlags>();
  CLI::App& verb = *program.add_subcommand(
      "stability", "whether the states' answers to each other die out or run away");
  add_scenario(verb, *flags);
  add_run_flags(verb, *flags, "JSON", false);
  verb.add_option("--draws-judged", flags->options.draws,
                  "posterior draws that are judged (about a second each with 150 states)")
      ->check(CLI::Range(50, 100000));
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
