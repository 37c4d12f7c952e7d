// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/study.hpp"

#include <fmt/format.h>

#include "tenbin/io/nearest.hpp"
#include "tenbin/session/fitting.hpp"

using namespace tenbin;

void refuse_call(std::string where, std::string what, std::string mend) {
  throw Error({{std::move(where), std::move(what), std::move(mend)}}, Error::Reason::usage);
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
