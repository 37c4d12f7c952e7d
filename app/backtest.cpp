// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/backtest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "backtest_print.hpp"
#include "common.hpp"
#include "tenbin/analyse/baselines.hpp"
#include "tenbin/analyse/scoreboard.hpp"
#include "tenbin/briefing/score_page.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/session/backtests.hpp"

namespace tenbin::app {
namespace backtest_verb {

struct Flags : BacktestSettings {
  std::string panel, out, page, card, outside, without;
  bool ablate = false, json = false;
  FitFlags fit;
  CommonFlags common;
};

/// Adds what was forecast elsewhere, scored against the same figures.
void add_outside(const std::string& path, const Panel& panel, std::vector<OriginRecord>& records,
                 std::vector<std::string>& methods) {
  const std::vector<std::string> taken{std::string(own_method),
                                       std::string(with_plan),
                                       std::string(with_plan_as_announced),
                                       "rw",
                                       "drift",
                                       "share"};
  for (const OutsideForecast& f : read_outside_forecasts(path)) {
    if (std::ranges::find(taken, f.method) != taken.end()) continue;  // tenbin makes it itself
    const auto state = panel.find(f.state);
    const auto record = std::ranges::find(records, f.origin, &OriginRecord::origin);
    if (!state || record == records.end()) continue;
    const MilexCell& c = panel.cell(*state, f.origin + f.horizon);
    const double came = f.what == Scored::milex ? c.milex : c.burden;
    if (!c.observed() || !known(came)) continue;
    record->forecasts.push_back(
        score_normal(f.method, f.what, f.state, f.origin, f.horizon, std::log(came), f.mean, f.sd));
    if (std::ranges::find(methods, f.method) == methods.end()) methods.push_back(f.method);
  }
}

std::vector<OriginRecord> run_aloud(const Panel& panel, const BacktestOptions& options,
                                    const Flags& flags, const std::string& doing) {
  Progress progress(doing, flags.common.quiet);
  auto records = backtest(
      panel, options, flags.common.execution(),
      [&](double part) {
        progress.show(part);
        return !interruption_asked();
      },
      store_in(flags.cache, panel, options));
  if (interruption_asked())
    throw Interrupted{
        fmt::format("origins that were done are in {}; the same command goes on", flags.cache)};
  return records;
}

/// What each term is worth: the model's CRPS without it, over that with it.
std::vector<TermWorth> ablate(const Panel& panel, const BacktestOptions& options,
                              const Flags& flags, const std::vector<OriginRecord>& whole,
                              const std::vector<std::string>& states) {
  std::vector<TermWorth> worth;
  std::vector<std::string> off = switched_off(options.terms, panel);
  off.insert(off.end(), options.fit.without.begin(), options.fit.without.end());
  for (const TermSpec& term : spending_terms) {
    const std::string name(term.name);
    if (std::ranges::find(off, name) != off.end()) continue;
    BacktestOptions without = options;
    without.fit.without.push_back(name);
    std::vector<OriginRecord> both = run_aloud(panel, without, flags, "without " + name);
    for (OriginRecord& r : both) {
      std::erase_if(r.forecasts, [](const ScoredForecast& f) { return f.method != own_method; });
      for (ScoredForecast& f : r.forecasts) f.method = name;
      const auto same = std::ranges::find(whole, r.origin, &OriginRecord::origin);
      r.forecasts.insert(r.forecasts.end(), same->forecasts.begin(), same->forecasts.end());
    }
    for (const HorizonScores& h :
         scoreboard(both, {.methods = {std::string(own_method), name}, .states = states})) {
      const double ratio = h.methods[1].crps / h.own().crps;
      worth.push_back({name, h.horizon, ratio - 1, h.methods[1].skill_se * ratio * ratio});
    }
  }
  return worth;
}

/// "world priors, standard terms", and what is left out.
std::string setup_text(const Flags& flags, const BacktestOptions& options) {
  std::string text = fmt::format("{} priors, {} terms", flags.fit.priors, flags.fit.terms);
  if (!options.fit.without.empty())
    text += fmt::format(", without {}", fmt::join(options.fit.without, ", "));
  return text;
}

void run(Flags flags) {
  if (flags.cache.empty()) flags.cache = flags.out + ".cache";
  std::vector<std::string> beside_panel{flags.out, flags.page};
  if (std::filesystem::path(flags.card).filename() == "scorecard.toml")
    check_output(flags.card, {});  // the one file of a panel's folder that is written, never read
  else
    beside_panel.push_back(flags.card);
  const Panel panel = panel_to_work_on(flags.panel, beside_panel, flags.fit, flags.common);
  const std::vector<std::string> outputs{flags.out, flags.page, flags.card};
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    if (outputs[k].empty()) continue;
    if (!flags.outside.empty()) check_output(outputs[k], {flags.outside});
    if (std::count(outputs.begin(), outputs.end(), outputs[k]) > 1)
      throw Error({{outputs[k], "two outputs have one name", "Give each its own"}});
  }
  const auto states = states_named(flags.states, panel, "--states");
  const BacktestOptions options = backtest_options(panel, flags, flags.fit, flags.without);
  std::vector<OriginRecord> records = run_aloud(panel, options, flags, "back-testing");
  ScorecardSource source{.records = records,
                         .methods = {std::string(own_method)},
                         .setup = setup_text(flags, options)};
  for (const StateIndex i : states) source.states.push_back(panel.states[i].id);
  for (const auto name : baseline_names) source.methods.emplace_back(name);
  if (!flags.outside.empty()) add_outside(flags.outside, panel, records, source.methods);
  if (flags.ablate) source.terms = ablate(panel, options, flags, records, source.states);
  source.records = records;
  const Scorecard card = scorecard(panel, source);
  write_text(flags.out, csv_text(forecast_table(records)));
  if (!flags.card.empty()) write_text(flags.card, scorecard_text(card));
  if (!flags.page.empty()) write_text(flags.page, render_scores(card, panel));
  if (flags.json)
    print_json(card);
  else
    print(card);
}

}  // namespace backtest_verb

void add_backtest(CLI::App& program) {
  using namespace backtest_verb;
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "backtest", "how good this was in the past: refit at each origin, scored beside baselines");
  verb.add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb.add_option("-o,--out", flags->out, "CSV of every scored forecast")->required();
  add_setting(verb, "origins", flags->origins);
  add_setting(verb, "horizons", flags->horizons);
  verb.add_option("--baselines", flags->outside,
                  "CSV of forecasts made elsewhere (bench/baselines.R writes ets, arima, theta)");
  verb.add_option("--states", flags->states, "states of the tables, with commas; all without it");
  verb.add_option("--without", flags->without, "terms switched off, with commas: " + term_list());
  verb.add_flag("--ablate", flags->ablate, "what each term is worth: the score without it");
  verb.add_option("--cache", flags->cache,
                  "folder that keeps each origin's record (default: OUT.cache)");
  verb.add_option("--page", flags->page, "HTML file: the scoreboard as a page");
  verb.add_option("--scorecard", flags->card,
                  "TOML file: the scoreboard in small; `tenbin brief` shows the panel folder's "
                  "scorecard.toml");
  add_setting(verb, "futures", flags->futures, "futures an origin");
  verb.add_flag("--json", flags->json, "the scores as JSON");
  add_fit(verb, flags->fit, false);
  add_setting(verb, "terms", flags->fit.terms);
  add_common(verb, flags->common);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
