// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/backtest.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>

#include "tenbin/core/scorecard.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/page/score_page.hpp"
#include "tenbin/past/baselines.hpp"
#include "tenbin/past/scoreboard.hpp"
#include "tenbin/questions/backtest.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

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
  const std::vector<std::string> own = states_counted_twice(file, panel);
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
    PriorsFile file = read_setting("priors", [&] { return read_priors(path); });
    check_priors(file, path.filename().string(), origin, panel, problems);
    priors[origin] = {file.name, std::move(file.spending), std::move(file.economy)};
    if (name != "world" && !problems.empty()) break;
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return priors;
}

}  // namespace

std::vector<int> numbers_named(const std::string& text, const std::string& flag, int low,
                               int high) {
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

std::string backtest_key(const Panel& panel, int origin, const BacktestOptions& o) {
  std::string key =
      fmt::format("backtest 2\norigin {}\nhorizons {}\nfutures {}\nterms {}\n", origin,
                  fmt::join(o.horizons, ","), o.futures, static_cast<int>(o.terms));
  if (o.vintage) key += fmt::format("vintage {}\n", o.vintage->figures_hash);
  for (const auto& [name, value] : provenance(panel, o.fit)) key += name + "=" + value + "\n";
  const PriorSet priors = o.priors(origin);
  for (const Priors* set : {&priors.spending, &priors.economy})
    for (const Prior& p : *set)
      key += fmt::format("{} {} {}\n", static_cast<int>(p.kind), p.a, p.b);
  return key;
}

/// The priors of a back-test are read and checked: they may know nothing of an origin's future, and
/// nothing of the panel's own states, whose figures would count twice.
BacktestOptions backtest_options(const Panel& panel, const Settings& s, const FitSettings& fit) {
  BacktestOptions options{
      .origins = numbers_named(s.origins.value_or("2004:2022"), "--origins", panel.first_year + 10,
                               panel.last_year - 1),
      .horizons = numbers_named(s.horizons.value_or("1:10"), "--horizons", 1, 50),
      .futures = s.futures.value_or(4000),
      .fit = fit.options,
      .terms = fit.term_set()};
  require_within("futures", options.futures, 100, 1'000'000);
  if (s.vintage) {
    options.vintage = std::make_shared<const Panel>(
        read_setting("vintage", [&] { return read_panel(shipped_or(*s.vintage)); }));
    if (const int latest = std::ranges::max(options.origins); latest > options.vintage->last_year)
      throw Error({{"--vintage",
                    fmt::format("{} ends in {}, before the origin {}", *s.vintage,
                                options.vintage->last_year, latest),
                    fmt::format("Give --origins up to {}", options.vintage->last_year)}});
  }
  options.fit.without = terms_named(s.without.value_or(""), "--without");
  options.fit.priors.name = fit.priors;
  const auto priors = std::make_shared<const std::map<int, PriorSet>>(
      priors_by_origin(panel, options.origins, fit.priors));
  options.priors = [priors](int origin) { return priors->at(origin); };
  return options;
}

RecordStore store_by_key(const std::filesystem::path& folder,
                         std::function<std::string(int origin)> key) {
  const auto place = [folder](const std::string& of) {
    return folder / (sha256_hex(of).substr(0, 20) + ".record");
  };
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error({{folder.string(), "the cache's folder cannot be made: " + failed.message(),
                  "Give another with --cache"}},
                Error::Reason::output);
  return {.find = [=](int origin) { return read_record(place(key(origin)), key(origin)); },
          .keep =
              [=](const OriginRecord& record) {
                write_record(place(key(record.origin)), key(record.origin), record);
              }};
}

RecordStore store_in(const std::filesystem::path& folder, const Panel& panel,
                     const BacktestOptions& options) {
  return store_by_key(folder, [&](int origin) { return backtest_key(panel, origin, options); });
}

TidyTable forecast_table(std::span<const OriginRecord> records) {
  TidyTable table;
  for (const char* name : {"method", "what", "state"}) table.text(name);
  table.integer("origin");
  table.integer("horizon");
  for (const char* name : {"observed", "mean", "sd", "median", "crps", "log_score", "pit", "low50",
                           "high50", "low80", "high80", "low95", "high95"})
    table.number(name);
  for (const OriginRecord& r : records)
    for (const ScoredForecast& f : r.forecasts) {
      table << f.method << scored_names[static_cast<std::size_t>(f.what)] << f.state << f.origin
            << f.horizon << f.observed << f.mean << f.sd << f.median << f.crps << f.log_score
            << f.pit;
      for (std::size_t k = 0; k < interval_levels.size(); ++k) table << f.low[k] << f.high[k];
    }
  return table;
}

TidyTable score_table(const Scorecard& card) {
  TidyTable table;
  table.text("what");
  for (const char* name : {"horizon", "cases", "origins"}) table.integer(name);
  table.text("method");
  for (const char* name :
       {"crps", "log_score", "absolute_error", "coverage50", "coverage80", "coverage80_se",
        "coverage95", "interval80", "skill", "skill_se", "dm", "dm_p"})
    table.number(name);
  for (const auto* boards : Scorecard::boards(card))
    for (const HorizonScores& h : *boards)
      for (const MethodScore& m : h.methods)
        table << scored_names[static_cast<std::size_t>(h.what)] << h.horizon << h.cases << h.origins
              << m.method << m.crps << m.log_score << m.absolute_error << m.coverage[0]
              << m.coverage[1] << m.coverage80_se << m.coverage[2] << m.interval << m.skill
              << m.skill_se << m.dm << m.dm_p;
  return table;
}

namespace {

struct Backtest {
  static constexpr QuestionSpec spec{
      .name = "backtest",
      .about = About::panel,
      .settings =
          "priors terms chains warmup draws accept fit-seed without futures origins horizons "
          "states vintage cache ablate baselines page scorecard",
      .summary = "how good this was in the past: refit at each origin, scored beside baselines"};

  explicit Backtest(const Inputs& inputs);
  void answer(Work& work);
  /// Every scored forecast.
  TidyTable table() const { return forecast_table(records); }
  std::string text() const;
  std::vector<TextFile> files() const;

  std::vector<OriginRecord> run(const BacktestOptions& of, const std::string& doing,
                                Work& work) const;
  void ablate_terms(const std::vector<std::string>& states, Work& work);
  std::string setup() const;

  const Past& past;
  const Panel& panel;
  FitSettings fit;
  BacktestOptions options;
  std::vector<std::string> states;  // of the tables; empty: all
  std::string cache, page, card_path;
  std::vector<OutsideForecast> outside;  // forecasts made elsewhere
  bool ablate;
  std::vector<OriginRecord> records;
  std::vector<TermWorth> terms;
  Scorecard card;
};

Backtest::Backtest(const Inputs& inputs)
    : past(*inputs.past),
      panel(*inputs.panel),
      fit(fit_settings(inputs.settings)),
      options(backtest_options(panel, inputs.settings, fit)),
      cache(inputs.settings.cache.value_or("")),
      page(inputs.settings.page.value_or("")),
      card_path(inputs.settings.scorecard.value_or("")),
      ablate(inputs.settings.ablate) {
  if (const auto& path = inputs.settings.baselines)
    outside = read_setting("baselines", [&] { return read_outside_forecasts(*path); });
  for (const StateIndex i : states_named(inputs.settings.states.value_or(""), panel, "--states"))
    states.push_back(panel.states[i].id);
}

/// Adds what was forecast elsewhere, scored against the same figures.
void add_outside(const std::vector<OutsideForecast>& outside, const Panel& panel,
                 std::vector<OriginRecord>& records, std::vector<std::string>& methods) {
  const std::vector<std::string> taken{std::string(own_method),
                                       std::string(with_plan),
                                       std::string(with_plan_as_announced),
                                       "rw",
                                       "drift",
                                       "share"};
  for (const OutsideForecast& f : outside) {
    if (std::ranges::find(taken, f.method) != taken.end()) continue;  // tenbin makes it itself
    const auto state = panel.find(f.state);
    const auto record = std::ranges::find(records, f.origin, &OriginRecord::origin);
    if (!state || record == records.end()) continue;
    const MilexCell& c = panel.cell(*state, f.origin + f.horizon);
    const double came = scored(c, f.what);
    if (!c.observed() || !known(came)) continue;
    record->forecasts.push_back(
        score_normal(f.method, f.what, f.state, f.origin, f.horizon, std::log(came), f.mean, f.sd));
    if (std::ranges::find(methods, f.method) == methods.end()) methods.push_back(f.method);
  }
}

std::vector<OriginRecord> Backtest::run(const BacktestOptions& of, const std::string& doing,
                                        Work& work) const {
  RecordStore store;
  if (!cache.empty()) store = store_in(cache, panel, of);
  auto result = backtest(panel, of, work.execution, work.begin(doing), store);
  try {
    work.finish();
  } catch (Stopped& stopped) {
    if (!cache.empty())
      stopped.kept =
          fmt::format("origins that were done are in {}; the same command goes on", cache);
    throw;
  }
  return result;
}

/// What each term is worth: the model's CRPS without it, over that with it.
void Backtest::ablate_terms(const std::vector<std::string>& of_states, Work& work) {
  std::vector<std::string> off = switched_off(options.terms, past.rows());
  off.insert(off.end(), options.fit.without.begin(), options.fit.without.end());
  for (const TermSpec& term : equation_terms) {
    const std::string name(term.name);
    if (std::ranges::find(off, name) != off.end()) continue;
    BacktestOptions without = options;
    without.fit.without.push_back(name);
    std::vector<OriginRecord> both = run(without, "without " + name, work);
    for (OriginRecord& r : both) {
      std::erase_if(r.forecasts, [](const ScoredForecast& f) { return f.method != own_method; });
      for (ScoredForecast& f : r.forecasts) f.method = name;
      const auto same = std::ranges::find(records, r.origin, &OriginRecord::origin);
      r.forecasts.insert(r.forecasts.end(), same->forecasts.begin(), same->forecasts.end());
    }
    for (const HorizonScores& h :
         scoreboard(both, {.methods = {std::string(own_method), name}, .states = of_states})) {
      const double ratio = h.methods[1].crps / h.own().crps;
      terms.push_back({name, h.horizon, ratio - 1, h.methods[1].skill_se * ratio * ratio});
    }
  }
}

/// "world priors, standard terms", and what is left out.
std::string Backtest::setup() const {
  std::string text = fmt::format("{} priors, {} terms", fit.priors, fit.terms);
  if (options.vintage)
    say(text, ", made from the figures of {}",
        options.vintage->vintage.empty() ? options.vintage->name : options.vintage->vintage);
  if (!options.fit.without.empty()) say(text, ", without {}", fmt::join(options.fit.without, ", "));
  return text;
}

void Backtest::answer(Work& work) {
  records = run(options, "back-testing", work);
  ScorecardSource source{
      .records = {}, .methods = {std::string(own_method)}, .states = states, .setup = setup()};
  for (const auto name : baseline_names) source.methods.emplace_back(name);
  if (!outside.empty()) add_outside(outside, panel, records, source.methods);
  if (ablate) ablate_terms(states, work);
  source.terms = terms;
  source.records = records;
  card = scorecard(panel, source);
}

std::vector<TextFile> Backtest::files() const {
  std::vector<TextFile> files;
  if (!card_path.empty()) files.push_back({card_path, scorecard_text(card)});
  if (!page.empty()) files.push_back({page, render_scores(card, panel, records)});
  return files;
}

/// A number, or a dash where there is none.
std::string or_dash(double x, int digits) {
  return known(x) ? fmt::format("{:.{}f}", x, digits) : "-";
}

std::string skill_text(const MethodScore& m) {
  return fmt::format("{:+.1f} ({})", 100 * m.skill, or_dash(100 * m.skill_se, 1));
}

void add_board(std::string& text, const std::vector<HorizonScores>& board) {
  if (board.empty()) return;
  const auto& methods = board.front().methods;
  say(text, "\nLog {}: mean CRPS, and in per cent what tenbin gains on each (standard error)\n",
      scored_names[static_cast<std::size_t>(board.front().what)]);
  say(text, "{:>2} {:>6} {:>8} {:>8}", "h", "cases", "origins", "tenbin");
  for (std::size_t m = 1; m < methods.size(); ++m)
    say(text, " {:>8} {:>13}", methods[m].method, "gain");
  say(text, "\n");
  for (const HorizonScores& h : board) {
    say(text, "{:>2} {:>6} {:>8} {:>8.4f}", h.horizon, h.cases, h.origins, h.own().crps);
    for (std::size_t m = 1; m < h.methods.size(); ++m)
      say(text, " {:>8.4f} {:>13}", h.methods[m].crps, skill_text(h.methods[m]));
    say(text, "\n");
  }
}

void add_calibration(std::string& text, const std::vector<HorizonScores>& board) {
  say(text,
      "\nOf its intervals (a perfect forecast: 50, 80, 95 %; standard error), and against the best "
      "baseline\n{:>2} {:>5} {:>9} {:>5} {:>9} {:>8} {:>8} {:>9} {:>9} {:>8} {:>9} {:>10} {:>7} "
      "{:>7}\n",
      "h", "50 %", "80 %", "95 %", "width 80", "score 80", "best's", "median", "log score",
      "energy", "best", "its energy", "DM", "p");
  for (const HorizonScores& h : board) {
    const MethodScore &own = h.own(), &best = h.best_baseline();
    say(text,
        "{:>2} {:>5.0f} {:>9} {:>5.0f} {:>9.3f} {:>8.3f} {:>8.3f} {:>9.4f} {:>9.3f} {:>8} {:>9} "
        "{:>10} {:>7} {:>7}\n",
        h.horizon, 100 * own.coverage[0],
        fmt::format("{:.0f} ({})", 100 * own.coverage[1], or_dash(100 * own.coverage80_se, 1)),
        100 * own.coverage[2], own.width[1], own.interval, best.interval, own.absolute_error,
        own.log_score, or_dash(own.energy, 3), best.method, or_dash(best.energy, 3),
        or_dash(best.dm, 2), or_dash(best.dm_p, 3));
  }
}

void add_misses(std::string& text, const std::vector<Miss>& misses, int horizon) {
  bool first = true;
  for (const Miss& m : misses) {
    if (m.horizon != horizon) continue;
    if (first) say(text, "\nWorst misses {} years ahead\n", horizon);
    first = false;
    say(text, "  {} {} from {}: {:+.0f} % of the median; {:.1f} in 100 futures went so far{}\n",
        m.state, m.origin + m.horizon, m.origin, 100 * std::expm1(m.off), 100 * m.beyond,
        m.story.empty() ? "" : ". " + m.story);
  }
}

/// The same cases with and without the plans that were already announced.
void add_plans(std::string& text, const std::vector<PlanCase>& plans) {
  if (plans.empty()) return;
  say(text,
      "\nWhere a plan was already announced: part of futures below what came, and CRPS\n"
      "{:>5} {:>6} {:>5} {:>18} {:>18} {:>18}\n",
      "state", "origin", "year", "without it", "panel's measure", "as announced");
  for (const PlanCase& c : plans) {
    say(text, "{:>5} {:>6} {:>5}", c.state, c.origin, c.origin + c.horizon);
    for (std::size_t k = 0; k < c.pit.size(); ++k)
      say(text, "   {:>6.3f} {:>8.4f}", c.pit[k], c.crps[k]);
    say(text, "\n");
  }
}

/// Lines of one term's horizons, in the order of the table.
void add_terms(std::string& text, const std::vector<TermWorth>& terms) {
  if (terms.empty()) return;
  say(text,
      "\nWithout one term: change of the CRPS in per cent (standard error); above 0 the term "
      "helps\n{:<14}",
      "term");
  for (const TermWorth& t : terms)
    if (t.term == terms[0].term) say(text, " {:>12}", fmt::format("h = {}", t.horizon));
  const std::string* before = nullptr;
  for (const TermWorth& t : terms) {
    if (before == nullptr || *before != t.term) say(text, "\n{:<14}", t.term);
    before = &t.term;
    say(text, " {:>12}", fmt::format("{:+.2f} ({})", 100 * t.change, or_dash(100 * t.error, 2)));
  }
  say(text, "\n");
}

std::string text_of(const Scorecard& card) {
  std::string text = fmt::format(
      "panel {}, as it stands in its release {}; {} origins, {} to {}; {}\n", card.panel,
      card.release, card.origins, card.first_origin, card.last_origin, card.setup);
  for (const auto* boards : Scorecard::boards(card)) {
    add_board(text, *boards);
    add_calibration(text, *boards);
  }
  for (const int h : {told_horizons[0], told_horizons[1]}) add_misses(text, card.misses, h);
  add_plans(text, card.plans);
  add_terms(text, card.terms);
  return text;
}

std::string Backtest::text() const { return text_of(card); }

struct Scores : Backtest {
  static constexpr QuestionSpec spec{
      .name = "scores",
      .about = About::panel,
      .settings = Backtest::spec.settings,
      .summary = "a back-test's scores beside the simplest forecasts"};
  using Backtest::Backtest;
  TidyTable table() const { return score_table(card); }
};

}  // namespace

QuestionEntry backtest_question() { return entry_of<Backtest>(); }
QuestionEntry scores_question() { return entry_of<Scores>(); }

}  // namespace tenbin
