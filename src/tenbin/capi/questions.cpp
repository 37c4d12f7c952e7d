// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "tenbin/analyse/baselines.hpp"
#include "tenbin/analyse/coverage.hpp"
#include "tenbin/analyse/scoreboard.hpp"
#include "tenbin/capi/study.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/session/backtests.hpp"
#include "tenbin/session/compare.hpp"
#include "tenbin/session/fitting.hpp"
#include "tenbin/session/history.hpp"
#include "tenbin/session/outlook.hpp"
#include "tenbin/session/releases.hpp"
#include "tenbin/session/tables.hpp"
#include "tenbin/study/backtest.hpp"

using namespace tenbin;

namespace {

std::unique_ptr<tenbin_result> as_result(const TidyTable& table) {
  auto result = std::make_unique<tenbin_result>();
  result->table(table);
  return result;
}

/// Asks until the observer says stop, then throws.
Asking or_stop(const Asking& asking) {
  return [&asking](double part) {
    if (asking && !asking(part)) throw StoppedByObserver{};
    return true;
  };
}

Tally tally_of(const tenbin_study& study, const Projection& projection,
               const std::vector<Measure>& measures, const Asking& asking) {
  Tally t = tally(projection, measures, {.threads = study.settings.threads}, {.go_on = asking});
  if (static_cast<int>(t.blocks.size()) < projection.blocks()) throw StoppedByObserver{};
  return t;
}

TidyTable settings_table() {
  TidyTable table;
  for (const char* name : {"name", "meaning", "kind"}) table.text(name);
  table.number("low");
  table.number("high");
  table.text("choices");
  for (const SettingSpec& s : setting_table()) {
    static constexpr std::array kinds{"integer", "number", "text"};
    const bool bounded = s.kind != SettingSpec::Kind::text;
    table << s.name << s.meaning << kinds[static_cast<std::size_t>(s.kind)]
          << (bounded ? s.low : missing) << (bounded ? s.high : missing) << s.choices;
  }
  return table;
}

TidyTable scenario_table(const tenbin_study& study) {
  TidyTable table;
  for (const char* name : {"scenario", "name", "about", "focus"}) table.text(name);
  table.integer("start");
  table.integer("end");
  table.number("futures");
  table.integer("levers");
  for (const Scenario& s : study.runs.scenarios)
    table << s.id << s.name << s.about << study.runs.panel.states[s.focus].id << s.start << s.end
          << static_cast<double>(s.futures) << static_cast<int>(s.levers.size());
  return table;
}

TidyTable coverage_table(const Panel& panel) {
  TidyTable table;
  for (const char* name : {"table", "source", "date"}) table.text(name);
  for (const char* name : {"first", "last", "behind"}) table.integer(name);
  for (const TableCoverage& t : coverage(panel).tables)
    table << t.table << t.source << t.date << t.first << t.last << t.behind;
  return table;
}

struct Answering {
  const tenbin_study& study;
  const Asking& asking;

  Tally tally(const Projection& p, const std::vector<Measure>& m) const {
    return tally_of(study, p, m, asking);
  }

  TidyTable compare() const {
    const Runs runs = runs_of(study);
    if (runs.scenarios.size() < 2)
      refuse_call("scenarios", "there is nothing to compare the baseline with",
                  "Read two scenarios or more");
    const ComparisonQuestion asked = ask_comparisons(runs);
    return comparison_table(runs, asked, tally(asked.projection, asked.measures));
  }
  TidyTable quantiles() const {
    const Runs runs = runs_of(study);
    const QuantileQuestion asked = ask_quantiles(runs);
    return quantile_table(runs, asked, tally(runs.projection(), asked.measures));
  }
  TidyTable responses() const {
    const Runs runs = runs_of(study);
    Projection projection = runs.projection();
    projection.runs.resize(1);
    std::vector<Measure> measures;
    const ResponseTable table = ask_responses(projection.runs, measures);
    return response_table(runs, read_responses(tally(projection, measures), table));
  }
  TidyTable burden() const {
    const Runs runs = runs_of(study);
    std::vector<Measure> measures;
    const TargetQuestion question = ask_targets(measures, runs.panel, runs.schedules[0], 0);
    return target_table(runs,
                        read_targets(tally(runs.projection(), measures), question, runs.panel));
  }
  TidyTable balance() const {
    const Runs runs = runs_of(study);
    std::vector<Measure> measures;
    const auto pairs = ask_balances(measures, runs);
    return balance_table(runs, pairs, tally(runs.projection(), measures));
  }
  TidyTable risk() const {
    const Runs runs = runs_of(study);
    require_same_disputes(runs);
    return outlook_table(
        runs,
        outlook(
            runs, [&](const Projection& p, const std::vector<Measure>& m) { return tally(p, m); },
            true));
  }
  TidyTable races() const {
    const Panel& panel = panel_of(study);
    const auto go_on = or_stop(asking);
    return race_table(past_races(panel, study.settings.races, panel.name, [&] { return go_on(0); }),
                      panel);
  }

  std::vector<OriginRecord> records(const Panel& panel, FitSettings& fit) const {
    BacktestSettings settings = study.settings.backtest;
    if (study.settings.futures > 0) settings.futures = study.settings.futures;
    fit = study.settings.fit_settings();
    const BacktestOptions options = backtest_options(panel, settings, fit, study.settings.without);
    RecordStore store;
    if (!settings.cache.empty()) store = store_in(settings.cache, panel, options);
    auto records = backtest(panel, options, {.threads = study.settings.threads}, asking, store);
    if (records.size() < options.origins.size()) throw StoppedByObserver{};
    return records;
  }
  TidyTable forecasts() const {
    FitSettings fit;
    return forecast_table(records(panel_of(study), fit));
  }
  TidyTable scores() const {
    const Panel& panel = panel_of(study);
    FitSettings fit;
    const std::vector<OriginRecord> all = records(panel, fit);
    ScorecardSource source{.records = all, .methods = {std::string(own_method)}};
    for (const auto name : baseline_names) source.methods.emplace_back(name);
    for (const StateIndex i : states_named(study.settings.states, panel, "--states"))
      source.states.push_back(panel.states[static_cast<std::size_t>(i)].id);
    return score_table(scorecard(panel, source));
  }

  /// The two releases, checked.
  std::pair<const Panel*, const Panel*> releases() const {
    if (study.panels.size() < 2)
      refuse_call("panels", "there is nothing to compare",
                  "Read two panels, the earlier one first");
    const Panel &before = study.panels[0], &after = study.panels[1];
    require_comparable(before, after, study.folders[0], study.folders[1], study.settings.diff.year);
    return {&before, &after};
  }
  TidyTable figures() const {
    const auto [before, after] = releases();
    return figure_table(*before, *after,
                        compare_figures(*before, *after, common_money(*before, *after),
                                        study.settings.diff.tolerance));
  }
  TidyTable medians() const {
    const auto [before, after] = releases();
    DiffSettings diff = study.settings.diff;
    if (study.settings.futures > 0) diff.futures = study.settings.futures;
    return median_table(
        compare_conclusions(*before, *after, common_money(*before, *after),
                            conclusion_options(*before, *after, study.settings.fit, diff),
                            {.threads = study.settings.threads}, or_stop(asking)));
  }
};

TidyTable question_table();

/// The settings of a fit; of what is projected.
#define TENBIN_FITTING "threads priors terms chains warmup draws accept seed"
#define TENBIN_PROJECTING "threads futures"

/// A question by name. `needs` is what must have been read first, `settings` what it listens to.
struct Question {
  const char* name;
  const char* needs;
  const char* settings;
  const char* meaning;
  std::unique_ptr<tenbin_result> (*answer)(const Answering&);
};

const std::vector<Question>& questions() {
  static const std::vector<Question> all{
      {"settings", "nothing", "", "what can be set, with its range",
       [](const Answering&) { return as_result(settings_table()); }},
      {"questions", "nothing", "", "what can be asked, and what that needs",
       [](const Answering&) { return as_result(question_table()); }},
      {"panel", "panel", "", "states, years, military expenditure and its share of GDP",
       [](const Answering& a) { return panel_result(panel_of(a.study)); }},
      {"coverage", "panel", "", "how far each table knows",
       [](const Answering& a) { return as_result(coverage_table(panel_of(a.study))); }},
      {"races", "panel", "pair money until growth years", "arms races of the past",
       [](const Answering& a) { return as_result(a.races()); }},
      {"forecasts", "panel", TENBIN_FITTING " without futures origins horizons cache",
       "every scored forecast of a back-test",
       [](const Answering& a) { return as_result(a.forecasts()); }},
      {"scores", "panel", TENBIN_FITTING " without futures origins horizons cache states",
       "a back-test's scores beside the simplest forecasts",
       [](const Answering& a) { return as_result(a.scores()); }},
      {"figures", "two panels", "tolerance", "figures added, gone or revised",
       [](const Answering& a) { return as_result(a.figures()); }},
      {"medians", "two panels", TENBIN_FITTING " tolerance futures year",
       "medians that moved, by revision and by new years",
       [](const Answering& a) { return as_result(a.medians()); }},
      {"posterior", "posterior", "", "draws of the spending equation",
       [](const Answering& a) { return draws_result(a.study, Equation::spending); }},
      {"posterior_economy", "posterior", "", "draws of the economy equation",
       [](const Answering& a) { return draws_result(a.study, Equation::economy); }},
      {"sample_stats", "posterior", "", "what the sampler says of each draw",
       [](const Answering& a) { return sampling_result(a.study, Equation::spending); }},
      {"sample_stats_economy", "posterior", "", "the same of the economy equation",
       [](const Answering& a) { return sampling_result(a.study, Equation::economy); }},
      {"parameters", "posterior", "", "summaries of every parameter",
       [](const Answering& a) { return as_result(parameter_table(posterior_of(a.study))); }},
      {"scenarios", "scenario", "", "the scenarios read",
       [](const Answering& a) { return as_result(scenario_table(a.study)); }},
      {"reach", "scenario", "", "whose missiles reach whom",
       [](const Answering& a) {
         const Panel& panel = panel_of(a.study);
         const int year =
             a.study.has_scenarios() ? a.study.runs.scenarios[0].start : panel.last_year;
         return as_result(reach_table(panel, reach_table(panel, year)));
       }},
      {"quantiles", "scenario and posterior", TENBIN_PROJECTING, "quantiles of the futures",
       [](const Answering& a) { return as_result(a.quantiles()); }},
      {"compare", "scenarios and posterior", TENBIN_PROJECTING,
       "paired differences from the first scenario",
       [](const Answering& a) { return as_result(a.compare()); }},
      {"responses", "scenario and posterior", TENBIN_PROJECTING,
       "what everyone does when one state spends more",
       [](const Answering& a) { return as_result(a.responses()); }},
      {"burden", "scenario and posterior", TENBIN_PROJECTING,
       "announced targets and the year they are reached",
       [](const Answering& a) { return as_result(a.burden()); }},
      {"balance", "scenario and posterior", TENBIN_PROJECTING,
       "the blocs' stocks, weighed by whom they reach",
       [](const Answering& a) { return as_result(a.balance()); }},
      {"risk", "scenarios and posterior", TENBIN_PROJECTING, "races and disputes to come",
       [](const Answering& a) { return as_result(a.risk()); }},
  };
  return all;
}

TidyTable question_table() {
  TidyTable table;
  for (const char* name : {"name", "needs", "settings", "meaning"}) table.text(name);
  for (const Question& q : questions()) table << q.name << q.needs << q.settings << q.meaning;
  table << "(fit)"
        << "panel or scenarios" << TENBIN_FITTING " without leave-out as-of"
        << "the call tenbin_fit()";
  table << "(project)"
        << "scenario and posterior" << TENBIN_PROJECTING << "the call tenbin_project()";
  table << "(brief)"
        << "scenarios and posterior" << TENBIN_PROJECTING << "the call tenbin_brief()";
  table << "(import)"
        << "nothing"
        << "states add-states"
        << "the call tenbin_import()";
  return table;
}

}  // namespace

std::unique_ptr<tenbin_result> answer(const tenbin_study& study, const std::string& question,
                                      const Asking& asking) {
  std::vector<std::string> names;
  for (const Question& q : questions()) {
    if (question == q.name) return q.answer({study, asking});
    names.emplace_back(q.name);
  }
  const std::string near = nearest(question, names);
  refuse_call("question", fmt::format("there is no question \"{}\"", question),
              near.empty() ? "The question \"questions\" lists them"
                           : fmt::format("Did you mean \"{}\"?", near));
}
