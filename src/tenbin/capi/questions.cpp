// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/questions.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>
#include <optional>

#include "tenbin/analyse/baselines.hpp"
#include "tenbin/analyse/coverage.hpp"
#include "tenbin/analyse/scoreboard.hpp"
#include "tenbin/io/text_file.hpp"
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

const Panel& panel_of(const tenbin_study& study) {
  const Panel* panel = study.panel();
  if (panel == nullptr) refuse_call("panel", "none was read", "Read a panel or a scenario first");
  return *panel;
}

const Posterior& posterior_of(const tenbin_study& study) {
  if (!study.posterior)
    refuse_call("posterior", "there is none", "Fit, or read a posterior, first");
  return *study.posterior;
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

// --- arrays ------------------------------------------------------------------------------------

std::vector<std::string> ids_of(const Panel& panel) {
  std::vector<std::string> ids;
  for (const State& s : panel.states) ids.push_back(s.id);
  return ids;
}

std::vector<std::int32_t> numbers(int first, int count) {
  std::vector<std::int32_t> result(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) result[static_cast<std::size_t>(k)] = first + k;
  return result;
}

std::string milex_unit_text(const Panel& panel) { return "millions of " + panel.currency; }

void add_panel_attributes(tenbin_result& result, const Panel& panel) {
  result.attribute("panel", panel.name);
  result.attribute("panel_hash", panel.hash);
  result.attribute("currency", panel.currency);
  result.attribute("price_year", std::to_string(panel.price_year));
  result.attribute("vintage", panel.vintage);
}

std::unique_ptr<tenbin_result> panel_result(const Panel& panel) {
  auto result = std::make_unique<tenbin_result>();
  add_panel_attributes(*result, panel);
  result->attribute("licence", panel.licence);
  result->attribute("notice", panel.notice);
  result->texts("state", "state", ids_of(panel));
  std::vector<std::string> names;
  for (const State& s : panel.states) names.push_back(s.name);
  result->texts("name", "state", names);
  const std::size_t states = panel.states.size(), years = static_cast<std::size_t>(panel.years());
  result->own("year", {{"year", years, 0}}, numbers(panel.first_year, panel.years()));
  std::vector<double> milex, burden;
  std::vector<std::uint8_t> kind;
  for (const MilexCell& c : panel.milex) {
    milex.push_back(c.milex);
    burden.push_back(c.burden);
    kind.push_back(static_cast<std::uint8_t>(c.kind));
  }
  const std::vector<Dimension> shape{{"state", states, 0}, {"year", years, 0}};
  result->own("milex", shape, std::move(milex), milex_unit_text(panel), "military expenditure");
  result->own("burden", shape, std::move(burden), "1", "military expenditure as share of GDP");
  result->own("kind", shape, std::move(kind), "",
              "0 none, 1 reported, 2 estimate, 3 uncertain, 4 imputed");
  return result;
}

/// Draws as netCDF files have them: one array a parameter, its dimensions chain, draw and, where it
/// has one, state or year. The numbers are the draws' own.
std::unique_ptr<tenbin_result> draws_result(const tenbin_study& study, Equation equation) {
  const Posterior& p = posterior_of(study);
  const Draws& draws = equation == Equation::spending ? p.spending : p.economy;
  auto result = std::make_unique<tenbin_result>();
  result->hold(study.posterior);
  result->posterior = study.posterior;
  for (const auto& [name, text] : provenance(study.fitted, p.asked)) result->attribute(name, text);
  const std::size_t chains = static_cast<std::size_t>(draws.chains),
                    per_chain = static_cast<std::size_t>(draws.draws_per_chain),
                    a_draw = draws.width * sizeof(double);
  result->own("chain", {{"chain", chains, 0}}, numbers(0, draws.chains));
  result->own("draw", {{"draw", per_chain, 0}}, numbers(0, draws.draws_per_chain));
  const auto specs = parameters(equation);
  std::vector<std::string> coordinates;
  for (const Column& c : draws.columns) {
    const ParameterSpec& spec = specs[parameter_index(specs, c.name)];
    std::vector<Dimension> shape{{"chain", chains, per_chain * a_draw},
                                 {"draw", per_chain, a_draw}};
    if (spec.scope != Scope::global) {
      const char* dimension = spec.scope == Scope::state ? "state" : "year";
      shape.push_back({dimension, c.size(), sizeof(double)});
      if (std::ranges::find(coordinates, dimension) == coordinates.end()) {
        coordinates.emplace_back(dimension);
        if (spec.scope == Scope::state)
          result->texts("state", "state", c.elements);
        else
          result->own("year", {{"year", c.size(), 0}},
                      numbers(std::stoi(c.elements.front()), static_cast<int>(c.size())));
      }
    }
    result->view(c.name, std::move(shape), draws.values.data() + c.offset, spec.unit, spec.meaning);
  }
  return result;
}

std::unique_ptr<tenbin_result> sampling_result(const tenbin_study& study, Equation equation) {
  const Posterior& p = posterior_of(study);
  const Draws& draws = equation == Equation::spending ? p.spending : p.economy;
  auto result = std::make_unique<tenbin_result>();
  result->hold(study.posterior);
  const std::size_t chains = static_cast<std::size_t>(draws.chains),
                    per_chain = static_cast<std::size_t>(draws.draws_per_chain);
  const auto shape = [&](std::size_t size) {
    return std::vector<Dimension>{{"chain", chains, per_chain * size}, {"draw", per_chain, size}};
  };
  result->view("lp", shape(sizeof(double)), draws.log_density.data(), "", "log density");
  result->view("acceptance_rate", shape(sizeof(double)), draws.acceptance.data());
  result->view("tree_depth", shape(sizeof(int)), draws.tree_depth.data());
  result->view("n_steps", shape(sizeof(int)), draws.leapfrogs.data());
  result->view("diverging", shape(1),
               reinterpret_cast<const std::uint8_t*>(draws.divergent.data()));
  return result;
}

// --- futures -----------------------------------------------------------------------------------

/// Room for every future of one quantity, [year][state or dyad][future].
template <class Number>
class Kept {
 public:
  Kept(int years, std::size_t rows, std::int64_t futures)
      : rows_(static_cast<std::size_t>(years) * rows),
        futures_(static_cast<std::size_t>(futures)),
        numbers_(room(rows_ * futures_ * sizeof(Number)), [](Number* p) { std::free(p); }) {}
  /// Copies rows of a block, which lie `stride` apart, to the block's own futures.
  void take(const Number* rows, std::size_t stride, std::int64_t first, int futures) {
    for (std::size_t row = 0; row < rows_; ++row)
      std::copy_n(rows + row * stride, futures, numbers_.get() + row * futures_ + first);
  }
  void give(tenbin_result& result, const char* name, std::vector<Dimension> shape,
            const std::string& unit, const char* meaning) const {
    shape[2].stride = sizeof(Number);
    shape[1].stride = shape[2].stride * shape[2].size;
    shape[0].stride = shape[1].stride * shape[1].size;
    result.view(name, std::move(shape), static_cast<const Number*>(numbers_.get()), unit, meaning);
    result.hold(numbers_);
  }

 private:
  /// Bytes that are not set to 0 first, since every block writes its own; large ones in large
  /// pages, because blocks write far apart.
  static Number* room(std::size_t bytes) {
    constexpr std::size_t page = std::size_t{1} << 21;
    const std::size_t pages = std::max<std::size_t>(1, (bytes + page - 1) / page);
    void* memory = bytes < page ? std::malloc(std::max<std::size_t>(bytes, 1))
                                : std::aligned_alloc(page, pages * page);
    if (memory == nullptr) throw std::bad_alloc();
    if (bytes >= page) madvise(memory, pages * page, MADV_HUGEPAGE);  // may be refused: only slower
    return static_cast<Number*>(memory);
  }

  std::size_t rows_, futures_;
  std::shared_ptr<Number[]> numbers_;
};

void add_fan(tenbin_result& result, const std::string& name, const Fan& fan,
             const std::string& unit) {
  const std::size_t states = static_cast<std::size_t>(fan.states),
                    years = fan.bands.size() / states;
  std::vector<double> quantiles, means;
  for (const Band& b : fan.bands) {
    for (const double q : b.quantile) quantiles.push_back(b.exists ? q : missing);
    means.push_back(b.exists ? b.mean : missing);
  }
  result.own(name + "_quantile",
             {{"year", years, 0}, {"state", states, 0}, {"level", band_levels.size(), 0}},
             std::move(quantiles), unit);
  result.own(name + "_mean", {{"year", years, 0}, {"state", states, 0}}, std::move(means), unit);
}

// --- tables ------------------------------------------------------------------------------------

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

void refuse_call(std::string where, std::string what, std::string mend) {
  throw Error({{std::move(where), std::move(what), std::move(mend)}}, Error::Reason::usage);
}

FitSettings StudySettings::fit_settings() const {
  FitSettings settings = fit;
  if (settings.priors.empty()) settings.priors = "world";
  return settings;
}

void set_setting(StudySettings& s, const std::string& name, const std::string& value,
                 Problems& problems) {
  const auto read = [&](auto& into) { read_setting(name, value, into, problems); };
  if (name == "threads") return read(s.threads);
  if (name == "futures") return read(s.futures);
  if (name == "priors") return read(s.fit.priors);
  if (name == "terms") return read(s.fit.terms);
  if (name == "without") return read(s.without);
  if (name == "leave-out") return read(s.leave_out);
  if (name == "chains") return read(s.fit.options.chains);
  if (name == "warmup") return read(s.fit.options.warmup);
  if (name == "draws") return read(s.fit.options.draws);
  if (name == "accept") return read(s.fit.options.target_accept);
  if (name == "seed") return read(s.fit.options.seed);
  if (name == "as-of") return read(s.as_of);
  if (name == "add-states") return read(s.add_states);
  if (name == "pair") return read(s.races.pair);
  if (name == "money") return read(s.races.money);
  if (name == "until") return read(s.races.until);
  if (name == "growth") return read(s.races.rule.growth);
  if (name == "years") return read(s.races.rule.years);
  if (name == "origins") return read(s.backtest.origins);
  if (name == "horizons") return read(s.backtest.horizons);
  if (name == "states") return read(s.states);
  if (name == "cache") return read(s.backtest.cache);
  if (name == "tolerance") return read(s.diff.tolerance);
  if (name == "year") return read(s.diff.year);
  std::vector<std::string> names;
  for (const SettingSpec& row : setting_table()) names.emplace_back(row.name);
  const std::string near = nearest(name, names);
  problems.push_back({"--" + name, "there is no such setting",
                      near.empty() ? "The question \"settings\" lists them"
                                   : fmt::format("Did you mean \"{}\"?", near)});
}

std::vector<std::filesystem::path> inputs_of(const tenbin_study& study) {
  std::vector<std::filesystem::path> inputs = study.runs.files;
  if (study.has_scenarios()) inputs.emplace_back(study.runs.scenarios[0].panel_folder);
  inputs.insert(inputs.end(), study.folders.begin(), study.folders.end());
  if (!study.settings.fit.priors.empty()) inputs.emplace_back(study.settings.fit.priors);
  return inputs;
}

Runs runs_of(const tenbin_study& study) {
  if (!study.has_scenarios()) refuse_call("scenario", "none was read", "Read a scenario first");
  posterior_of(study);
  if (study.fitted.hash != study.runs.panel.hash)
    throw Error({{"posterior", "it is of another panel than the scenarios", "Fit again"}});
  if (study.fitted.last_year != study.runs.panel.last_year)
    throw Error({{"posterior",
                  fmt::format("it knows figures up to {}, the scenario starts in {}",
                              study.fitted.last_year, study.runs.panel.last_year),
                  "Fit what was known then: leave as-of out"}});
  Runs runs = study.runs;
  runs.posterior = *study.posterior;
  schedule_runs(runs, study.settings.futures);
  return runs;
}

void fit_study(tenbin_study& study, const Asking& asking) {
  auto [panel, options] =
      fit_plan(panel_of(study), study.settings.fit_settings(), study.settings.as_of,
               study.settings.without, study.settings.leave_out);
  auto posterior =
      std::make_shared<Posterior>(fit(panel, options, {.threads = study.settings.threads}, asking));
  if (posterior->economy.chains == 0) throw StoppedByObserver{};
  study.problems = health_notes(*posterior);
  study.posterior = std::move(posterior);
  study.fitted = std::move(panel);
}

std::unique_ptr<tenbin_result> project_study(const tenbin_study& study, bool keep,
                                             const Asking& asking) {
  const Runs runs = runs_of(study);
  const Schedule& s = runs.schedules[0];
  const QuantileQuestion asked = ask_quantiles(runs);
  Projection projection = runs.projection();
  projection.runs.resize(1);
  const std::size_t states = static_cast<std::size_t>(s.states()), dyads = s.drawn().size();
  const std::int64_t futures = projection.options.futures;
  const int years = s.end - s.start + 1;
  std::optional<Kept<double>> milex, burden;
  std::optional<Kept<std::uint8_t>> disputes;
  TallyWatch watch{.go_on = asking};
  if (keep) {
    milex.emplace(years, states, futures);
    burden.emplace(years, states, futures);
    disputes.emplace(years, dyads, futures);
    watch.block = [&](std::span<const Ensemble> block) {
      const Ensemble& e = block[0];
      milex->take(e.milexes.data(), e.stride, e.first, e.futures);
      burden->take(e.burdens.data(), e.stride, e.first, e.futures);
      if (dyads > 0) disputes->take(e.onsets.data(), e.stride, e.first, e.futures);
    };
  }
  const Tally t = tally(projection, asked.measures, {.threads = study.settings.threads}, watch);
  if (static_cast<int>(t.blocks.size()) < projection.blocks()) throw StoppedByObserver{};

  auto result = std::make_unique<tenbin_result>();
  add_panel_attributes(*result, runs.panel);
  result->attribute("scenario", runs.scenarios[0].id);
  result->attribute("exact", t.exact ? "1" : "0");
  for (std::size_t k = 0; k < s.notes.size(); ++k)
    result->attribute(fmt::format("note {:02}", k + 1), s.notes[k]);
  result->own("year", {{"year", static_cast<std::size_t>(years), 0}}, numbers(s.start, years));
  result->texts("state", "state", ids_of(runs.panel));
  result->own("level", {{"level", band_levels.size(), 0}},
              std::vector<double>(band_levels.begin(), band_levels.end()));
  const Fan burden_fan = read_fan(t, asked.burden), milex_fan = read_fan(t, asked.milex);
  add_fan(*result, "burden", burden_fan, "1");
  add_fan(*result, "milex", milex_fan, milex_unit_text(runs.panel));
  result->attribute("digest", quantile_digest(burden_fan, milex_fan));
  if (!keep) return result;
  const std::vector<Dimension> shape{{"year", static_cast<std::size_t>(years), 0},
                                     {"state", states, 0},
                                     {"future", static_cast<std::size_t>(futures), 0}};
  milex->give(*result, "milex", shape, milex_unit_text(runs.panel), "military expenditure");
  burden->give(*result, "burden", shape, "1", "military expenditure as share of GDP");
  if (dyads == 0) return result;
  std::vector<std::string> pairs;
  for (const Dyad& d : s.drawn())
    pairs.push_back(runs.panel.states[d.a].id + "-" + runs.panel.states[d.b].id);
  result->texts("dyad", "dyad", pairs);
  disputes->give(*result, "dispute", {shape[0], {"dyad", dyads, 0}, shape[2]}, "1",
                 "1 where a militarised dispute began");
  return result;
}

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
