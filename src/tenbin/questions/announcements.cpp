// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/announcements.hpp"

#include <algorithm>

#include "tenbin/evidence/experiments.hpp"
#include "tenbin/evidence/trials.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/experiments_file.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/page/announcement_page.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/backtest.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

constexpr int first_with_world_priors = 2000, last_with_world_priors = 2024;
constexpr int years_to_fit = 20;  // of a panel, at the least

/// Forecasts with and without what was announced.
struct Announcements {
  static constexpr QuestionSpec spec{
      .name = "announcements",
      .about = About::panel,
      .settings =
          "priors terms chains warmup draws accept fit-seed without futures origins cache "
          "experiments page",
      .summary = "forecasts with and without what was announced, beside placebos and events"};

  explicit Announcements(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const {
    if (page.empty()) return {};
    return {{page, render_announcements({panel, sample, scores, before_war, experiments, rows})}};
  }

  std::string key(int origin) const;
  const std::string& id(StateIndex i) const { return panel.states[static_cast<std::size_t>(i)].id; }

  const Panel& panel;
  TrialOptions options;
  std::string cache, page;
  std::filesystem::path experiments_path;
  std::string experiments_digest;
  Sample sample;
  std::vector<Experiment> experiments;
  std::vector<TrialScore> scores;
  std::vector<TrialGroup> before_war;  // announcements scored up to the year before a war
  std::vector<ExperimentRow> rows;
};

/// The origins that priors of a name allow, unless the settings name some.
std::string origins_asked(const Panel& panel, const Settings& s, const std::string& priors) {
  if (s.origins) return *s.origins;
  const bool world = priors == "world";
  return fmt::format(
      "{}:{}", world ? first_with_world_priors : panel.first_year + years_to_fit,
      std::min(world ? last_with_world_priors : panel.last_year, panel.last_year - 1));
}

/// What the shipped world priors know of the response to nearness of a war.
WarResponse response_of_today() {
  const PriorsFile file = read_priors(data_folder() / "priors" / "world.toml");
  std::size_t k = 0;
  for (const ParameterSpec& spec : parameters(Equation::spending)) {
    if (spec.scope != Scope::global) continue;
    if (spec.name == "exposure_response") return {file.spending[k].a, file.spending[k].b};
    ++k;
  }
  return {};
}

Announcements::Announcements(const Inputs& inputs)
    : panel(*inputs.panel),
      cache(inputs.settings.cache.value_or("")),
      page(inputs.settings.page.value_or("")),
      experiments_path(inputs.settings.experiments
                           ? std::filesystem::path(*inputs.settings.experiments)
                           : data_folder() / "evidence" / "experiments.toml") {
  if (panel.pledges.empty() || panel.keeping.empty())
    throw Error({{panel.name,
                  panel.pledges.empty() ? "the panel has no promises"
                                        : "nothing says how promises are kept",
                  "Copy pledges.csv and keeping.toml of data/promises into its folder "
                  "(docs/formats.md)"}});
  const FitSettings fit = fit_settings(inputs.settings);
  Settings asked = inputs.settings;
  asked.origins = origins_asked(panel, asked, fit.priors);
  options.backtest = backtest_options(panel, asked, fit);
  options.response = response_of_today();
  read_setting("experiments", [&] {
    experiments = read_experiments(experiments_path, panel);
    return 0;
  });
  sample = announcement_sample(panel, options.backtest.origins);
  options.backtest.origins = origins_of(sample.trials, experiments, options.backtest.origins);
  Problems ignored;
  experiments_digest = sha256_hex(read_file(experiments_path, largest_text, ignored).value_or(""));
}

/// Everything that decides the bits of an origin's record.
std::string Announcements::key(int origin) const {
  return fmt::format("announcements 1\nexperiments {}\nresponse {} {}\n", experiments_digest,
                     options.response.mean, options.response.sd) +
         backtest_key(panel, origin, options.backtest);
}

void Announcements::answer(Work& work) {
  RecordStore store;
  if (!cache.empty()) store = store_by_key(cache, [this](int origin) { return key(origin); });
  const auto records = records_of(
      options.backtest.origins,
      [this](int origin, const FitObserver& tell) {
        return try_origin(panel, origin, sample.trials, experiments, options, tell);
      },
      work.execution, work.begin("forecasting announcements"), store);
  try {
    work.finish();
  } catch (Stopped& stopped) {
    if (!cache.empty())
      stopped.kept =
          fmt::format("origins that were done are in {}; the same command goes on", cache);
    throw;
  }
  scores = score_trials(panel, sample.trials, records);
  for (const Experiment& e : experiments)
    if (e.war) before_war.push_back(up_to(panel, sample.trials, records, e.year - 1));
  rows = experiment_rows(panel, experiments, records);
}

/// Columns what (announcement, wrong date, wrong country, or an experiment's id), group, state,
/// pledge, kind, measure, maker; event (year of the announcement, as it is tried, or of the event),
/// origin, year (the last scored); due, target, years (scored), crps_with, crps_without, gain,
/// observed, median_with, median_without, pit_with, pit_without, moved, surprise; of an experiment
/// pit_war and pit_war_today, and with and without are those of promises.
TidyTable Announcements::table() const {
  TidyTable table;
  for (const char* name : {"what", "group", "state", "pledge", "kind", "measure", "maker"})
    table.text(name);
  for (const char* name : {"event", "origin", "year"}) table.integer(name);
  for (const char* name : {"due", "target", "years", "crps_with", "crps_without", "gain",
                           "observed", "median_with", "median_without", "pit_with", "pit_without",
                           "moved", "surprise", "pit_war", "pit_war_today"})
    table.number(name);
  for (const TrialScore& s : scores) {
    const Pledge& p = s.trial.pledge;
    table << trial_kind_names[static_cast<std::size_t>(s.trial.kind)]
          << (s.trial.earlier ? fmt::format("{} years early", s.trial.earlier) : std::string())
          << id(p.state) << p.pledge << pledge_kind_names[static_cast<std::size_t>(p.kind)]
          << pledge_measure_names[static_cast<std::size_t>(p.measure)] << id(s.trial.maker)
          << s.trial.origin << s.trial.origin << s.last << p.due() << p.target << s.years << s.with
          << s.without << s.gain() << exp(s.observed) << exp(s.median_with) << exp(s.median_without)
          << s.pit_with << s.pit_without << s.moved() << s.surprise() << missing << missing;
  }
  const std::string none;
  for (const ExperimentRow& r : rows)
    table << experiments[r.experiment].id
          << experiment_group_names[static_cast<std::size_t>(r.group)] << id(r.state) << none
          << none << none << none << r.event << r.origin << r.year << missing << missing << missing
          << missing << missing << missing << r.observed << r.median[1] << r.median[0] << r.pit[1]
          << r.pit[0] << missing << missing << r.pit[2] << r.pit[3];
  return table;
}

std::string percent_with_error(double part, double error) {
  return signed_number(100 * part, 1) + "%" +
         (known(error) ? fmt::format(" ({:.1f})", 100 * error) : "");
}

void add_groups(std::string& text, const std::vector<TrialGroup>& groups) {
  AlignedText rows("<>>>>>>>>>");
  rows.row({"", "cases", "better", "worse", "better of both", "gain (se)", "median gain",
            "pledges better", "moved > 1 sd", "outcome > 1 sd"});
  for (const TrialGroup& group : groups) {
    const TrialSummary s = summary_of(group.scores);
    rows.row({group.name, fmt::format("{}", s.trials), fmt::format("{}", s.better),
              fmt::format("{}", s.worse),
              known(s.part_better()) ? fmt::format("{:.0f}%", 100 * s.part_better()) : "-",
              percent_with_error(s.gain, s.error), signed_number(100 * s.median_gain, 1) + "%",
              fmt::format("{} of {}", s.pledges_better, s.pledges),
              fmt::format("{:.0f}%", 100 * s.moved), fmt::format("{:.0f}%", 100 * s.surprise)});
  }
  text += rows.text();
}

std::string experiments_text(std::span<const Experiment> experiments,
                             std::span<const ExperimentRow> rows) {
  AlignedText table("<<<<>>>>>>>");
  std::vector<std::string> heads{"event", "group", "made in", "forecast", "cases"};
  for (const char* what : {"below", "above"})
    for (int h = 1; h <= experiment_years; ++h) heads.push_back(fmt::format("{} {}", what, h));
  table.row(heads);
  std::size_t last = experiments.size();
  for (const ExperimentLine& l : experiment_lines(rows)) {
    std::vector<std::string> cells{
        l.experiment == last ? "" : experiments[l.experiment].id,
        std::string(experiment_group_names[static_cast<std::size_t>(l.group)]),
        l.before ? "year before" : "its year",
        std::string(foresight_names[static_cast<std::size_t>(l.foresight)]),
        fmt::format("{}", l.cases[0])};
    for (const auto* parts : {&l.percentile, &l.above})
      for (const double x : *parts)
        cells.push_back(known(x) ? fmt::format("{:.0f}", 100 * x) : "-");
    table.row(cells);
    last = l.experiment;
  }
  return table.text();
}

std::string Announcements::text() const {
  int real = 0;
  for (const Trial& t : sample.trials) real += t.kind == TrialKind::announcement;
  std::string text = fmt::format(
      "Ledger of {} rows; {} announcements in the sample (docs/counterfactuals.md). Left out:\n",
      panel.pledges.size(), real);
  for (const auto& [why, count] : sample.left_out)
    say(text, "  {} {}\n", count, why_not_words[static_cast<std::size_t>(why)]);
  const std::pair<TrialKind, const char*> parts[] = {
      {TrialKind::announcement, "Announcements: forecasts with them against without"},
      {TrialKind::wrong_date, "Placebo: the same announcements before they were made"},
      {TrialKind::wrong_state, "Placebo: the same announcements for countries without promises"}};
  for (const auto& [kind, title] : parts) {
    say(text, "\n{}\n\n", title);
    std::vector<TrialGroup> groups = groups_of(scores, kind);
    if (kind == TrialKind::announcement)
      groups.insert(groups.end(), before_war.begin(), before_war.end());
    add_groups(text, groups);
  }
  text +=
      "\nGain: by how much the error (CRPS) of the logarithm falls with the announcement; a gain "
      "below 0.1% "
      "is neither better nor worse. Moved: "
      "the announcement raises\nthe median by more than one standard deviation. Outcome: it lay "
      "more than one standard deviation above the median\nwithout the announcement.\n";
  if (!rows.empty())
    text +=
        "\nNatural experiments: share of GDP, 1, 2 and 3 years ahead. Below: the mean percentage "
        "of "
        "simulations below the outcome\n(50: as forecast). Above: the percentage of outcomes above "
        "the likely range (80%); 10 are expected.\n\n" +
        experiments_text(experiments, rows);
  return text;
}

}  // namespace

QuestionEntry announcements_question() { return entry_of<Announcements>(); }

}  // namespace tenbin
