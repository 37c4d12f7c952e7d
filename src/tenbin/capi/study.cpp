// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/study.hpp"

#include <fmt/format.h>

#include "tenbin/questions/fitting.hpp"

using namespace tenbin;

void refuse_call(std::string where, std::string what, std::string mend) {
  throw Error({{std::move(where), std::move(what), std::move(mend)}}, Error::Reason::usage);
}

std::shared_ptr<const Past> past_of(const tenbin_study& study) {
  auto past = study.past();
  if (!past) refuse_call("panel", "none was read", "Read a panel or a scenario first");
  return past;
}

const Panel& panel_of(const tenbin_study& study) { return past_of(study)->panel(); }

const Posterior& posterior_of(const tenbin_study& study) {
  if (!study.posterior)
    refuse_call("posterior", "there is none", "Fit, or read a posterior, first");
  return *study.posterior;
}

std::vector<std::filesystem::path> inputs_of(const tenbin_study& study) {
  std::vector<std::filesystem::path> inputs = study.runs.files;
  if (study.has_scenarios()) inputs.emplace_back(study.runs.scenarios[0].panel_folder);
  inputs.insert(inputs.end(), study.folders.begin(), study.folders.end());
  if (study.settings.priors) inputs.emplace_back(*study.settings.priors);
  return inputs;
}

void require_posterior_of_scenarios(const tenbin_study& study) {
  posterior_of(study);
  if (study.fitted->panel().hash != study.runs.panel().hash)
    throw Error({{"posterior", "it is of another panel than the scenarios", "Fit again"}});
  if (study.fitted->panel().last_year != study.runs.panel().last_year)
    throw Error({{"posterior",
                  fmt::format("it knows figures up to {}, the scenario starts in {}",
                              study.fitted->panel().last_year, study.runs.panel().last_year),
                  "Fit what was known then: leave as-of out"}});
}

Runs runs_of(const tenbin_study& study, bool with_posterior) {
  if (!study.has_scenarios()) refuse_call("scenario", "none was read", "Read a scenario first");
  if (with_posterior) require_posterior_of_scenarios(study);
  Runs runs = study.runs;
  if (with_posterior) runs.posterior = study.posterior;
  schedule_runs(runs, study.settings.futures, study.settings.seed);
  return runs;
}

void prepare(Work& work, const tenbin_study& study, const Asking& asking) {
  work.execution = {.threads = study.settings.threads.value_or(0)};
  if (asking) work.observer = [&asking](std::string_view, double part) { return asking(part); };
}

void fit_study(tenbin_study& study, const Asking& asking) {
  const Settings& s = study.settings;
  auto [past, options] = fit_plan(past_of(study), fit_settings(s), s.as_of.value_or(0),
                                  s.without.value_or(""), s.leave_out.value_or(""));
  Work work;
  prepare(work, study, asking);
  auto posterior =
      std::make_shared<Posterior>(fit(*past, options, work.execution, work.begin("fitting")));
  work.finish();
  study.problems = counted_twice_notes(fit_settings(study.settings).priors, past->panel());
  for (Problem& p : health_notes(*posterior)) study.problems.push_back(std::move(p));
  study.posterior = std::move(posterior);
  study.fitted = std::move(past);
}
