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
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {
namespace {

struct Flags {
  std::string panel, out, cache, page, card, outside, states, without;
  std::string origins = "2004:2022", horizons = "1:10";
  std::int64_t futures = 4000;
  bool ablate = false, json = false;
  FitFlags fit;
  CommonFlags common;
};

/// "2000:2022" or "2000,2005,2010": each once, in order.
std::vector<int> numbers_of(const std::string& text, const std::string& flag, int low, int high) {
  std::vector<int> numbers;
  const auto refuse = [&] {
    throw Error(
        {{flag, fmt::format("\"{}\" is no list of whole numbers within {} to {}", text, low, high),
          "Write FIRST:LAST, or numbers with commas"}});
  };
  for (const std::string& piece : pieces(text)) {
    int first = 0, last = 0, end = 0, end_of_range = 0;
    const int found = std::sscanf(piece.c_str(), "%d%n:%d%n", &first, &end, &last, &end_of_range);
    if (found == 1) last = first;
    if (found < 1 || (found == 2 ? end_of_range : end) != static_cast<int>(piece.size()) ||
        first < low || last > high || first > last)
      refuse();
    for (int n = first; n <= last; ++n) numbers.push_back(n);
  }
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (numbers.empty()) refuse();
  return numbers;
}

/// Priors may know nothing of an origin's future, and nothing of the panel's own states, whose
/// figures would count twice.
void check_priors(const PriorsFile& file, const std::string& path, int origin, const Panel& panel,
                  Problems& problems) {
  if (file.last_year == 0 || file.last_year > origin)
    problems.push_back(
        {path,
         file.last_year == 0 ? "the file does not say up to which year its figures go"
                             : fmt::format("these priors know figures up to {}, the origin is {}",
                                           file.last_year, origin),
         fmt::format("Give --priors wide, or priors of `tenbin fit --as-of {}`", origin)});
  std::vector<std::string> own;
  for (const State& s : panel.states)
    if (std::ranges::find(file.left_out, s.id) == file.left_out.end()) own.push_back(s.id);
  if (!own.empty())
    problems.push_back(
        {path,
         fmt::format("these priors were fitted to {} of this panel's own states ({}{})", own.size(),
                     own[0], own.size() > 1 ? ", ..." : ""),
         "Give --priors wide: no figure may count twice"});
}

/// The priors of every origin, checked.
std::map<int, PriorSet> priors_by_origin(const Panel& panel, const std::vector<int>& origins,
                                         const std::string& name) {
  std::map<int, PriorSet> priors;
  Problems problems;
  for (const int origin : origins) {
    if (name == "wide") {
      priors[origin] = {};
      continue;
    }
    const std::filesystem::path path =
        name == "world" ? world_priors(origin) : std::filesystem::path(name);
    if (name == "world" && !std::filesystem::exists(path)) {
      problems.push_back({"--origins", fmt::format("there are no world priors as of {}", origin),
                          "Give --priors wide, or origins within 2000:2024"});
      continue;
    }
    PriorsFile file = read_priors(path);
    check_priors(file, path.filename().string(), origin, panel, problems);
    priors[origin] = {file.name, std::move(file.spending), std::move(file.economy)};
    if (name != "world" && !problems.empty()) break;
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return priors;
}

/// Everything that decides the bits of an origin's record.
std::string key_of(const Panel& panel, int origin, const BacktestOptions& o) {
  std::string key =
      fmt::format("backtest 2\norigin {}\nhorizons {}\nfutures {}\nterms {}\n", origin,
                  fmt::join(o.horizons, ","), o.futures, static_cast<int>(o.terms));
  for (const auto& [name, value] : provenance(panel, o.fit)) key += name + "=" + value + "\n";
  const PriorSet priors = o.priors(origin);
  for (const Priors* set : {&priors.spending, &priors.economy})
    for (const Prior& p : *set)
      key += fmt::format("{} {} {}\n", static_cast<int>(p.kind), p.a, p.b);
  return key;
}

/// Records in a folder, by the hash of what went in.
RecordStore store_in(const std::filesystem::path& folder, const Panel& panel,
                     const BacktestOptions& options) {
  const auto place = [folder](const std::string& key) {
    return folder / (sha256_hex(key).substr(0, 20) + ".record");
  };
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error({{folder.string(), "the cache's folder cannot be made: " + failed.message(),
                  "Give another with --cache"}},
                Error::Reason::output);
  return {.find =
              [=, &panel, &options](int origin) {
                const std::string key = key_of(panel, origin, options);
                return read_record(place(key), key);
              },
          .keep =
              [=, &panel, &options](const OriginRecord& record) {
                const std::string key = key_of(panel, record.origin, options);
                write_record(place(key), key, record);
              }};
}

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
  BacktestOptions options{
      .origins = numbers_of(flags.origins, "--origins", panel.first_year + 10, panel.last_year - 1),
      .horizons = numbers_of(flags.horizons, "--horizons", 1, 50),
      .futures = flags.futures,
      .fit = flags.fit.options,
      .terms = term_set(flags.fit)};
  options.fit.without = terms_named(flags.without, "--without");
  const auto priors = priors_by_origin(panel, options.origins, flags.fit.priors);
  options.fit.priors.name = flags.fit.priors;
  options.priors = [&](int origin) { return priors.at(origin); };
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
  write_text(flags.out, forecasts_csv(records));
  if (!flags.card.empty()) write_text(flags.card, scorecard_text(card));
  if (!flags.page.empty()) write_text(flags.page, render_scores(card, panel));
  if (flags.json)
    print_json(card);
  else
    print(card);
}

}  // namespace

void add_backtest(CLI::App& app) {
  auto flags = std::make_shared<Flags>();
  CLI::App* verb = app.add_subcommand(
      "backtest", "how good this was in the past: refit at each origin, scored beside baselines");
  verb->add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb->add_option("-o,--out", flags->out, "CSV of every scored forecast")->required();
  verb->add_option("--origins", flags->origins,
                   "last years known: FIRST:LAST, or years with commas");
  verb->add_option("--horizons", flags->horizons,
                   "years ahead: FIRST:LAST, or numbers with commas");
  verb->add_option("--baselines", flags->outside,
                   "CSV of forecasts made elsewhere (bench/baselines.R writes ets, arima, theta)");
  verb->add_option("--states", flags->states, "states of the tables, with commas; all without it");
  verb->add_option("--without", flags->without, "terms switched off, with commas: " + term_list());
  verb->add_flag("--ablate", flags->ablate, "what each term is worth: the score without it");
  verb->add_option("--cache", flags->cache,
                   "folder that keeps each origin's record (default: OUT.cache)");
  verb->add_option("--page", flags->page, "HTML file: the scoreboard as a page");
  verb->add_option("--scorecard", flags->card,
                   "TOML file: the scoreboard in small; `tenbin brief` shows the panel folder's "
                   "scorecard.toml");
  verb->add_option("--futures", flags->futures, "futures an origin")
      ->check(CLI::Range(100, 1000000));
  verb->add_flag("--json", flags->json, "the scores as JSON");
  add_fit(*verb, flags->fit, false);
  add_terms(*verb, flags->fit);
  add_common(*verb, flags->common);
  verb->callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
