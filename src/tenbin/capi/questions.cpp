// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/questions.hpp"

#include <fmt/format.h>

#include <optional>

#include "tenbin/capi/study.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/long_run.hpp"
#include "tenbin/questions/output.hpp"

using namespace tenbin;

namespace {

/// What a question is about, from the study. Throws where it was not read.
class Subject {
 public:
  Subject(const tenbin_study& study, const QuestionSpec& spec)
      : study_(study), names_(names_of(study, spec)), past_(study.past()) {
    if (spec.about == About::scenario || spec.about == About::scenarios)
      runs_ = runs_of(study, spec.posterior);
    if (spec.about == About::panel_and_scenarios) read_either();
    if (runs_) require_scenarios(spec, runs_->scenarios.size());
    if (spec.posterior) posterior_of(study);
  }
  Inputs inputs() const {
    return {.settings = study_.settings,
            .past = past_.get(),
            .panel = past_ ? &past_->panel() : nullptr,
            .later = study_.panels.size() > 1 ? &study_.panels[1]->panel() : nullptr,
            .names = names_,
            .runs = runs_ ? &*runs_ : nullptr,
            .posterior = study_.posterior.get()};
  }

 private:
  /// A panel, or scenarios with their panel, as known at the end of the setting as-of; the
  /// posterior must be of it.
  void read_either() {
    if (study_.has_scenarios()) runs_ = runs_of(study_);
    posterior_of(study_);
    Settings settings = study_.settings;
    past_ = past_as_of(panel_of(study_), settings);
    const Panel& fitted = study_.fitted->panel();
    if (fitted.hash != past_->panel().hash || fitted.last_year != past_->panel().last_year)
      throw Error({{"posterior",
                    fmt::format("it knows figures up to {}, the panel up to {}", fitted.last_year,
                                past_->panel().last_year),
                    "Fit this panel, with the same as-of"}});
  }
  static std::vector<std::string> names_of(const tenbin_study& study, const QuestionSpec& spec) {
    switch (spec.about) {
      case About::nothing:
        return {};
      case About::file:
        if (!study.settings.file)
          refuse_call("file", "none was named", "Set the setting \"file\" first");
        return {*study.settings.file};
      case About::panel:
        return {study.folders.empty() ? panel_of(study).name : study.folders[0]};
      case About::releases:
        if (study.panels.size() < 2)
          refuse_call("panels", "there is nothing to compare",
                      "Read two panels, the earlier one first");
        return study.folders;
      case About::scenario:
      case About::scenarios:
        return study.scenario_files;
      case About::panel_and_scenarios: {
        std::vector<std::string> names = study.scenario_files;
        names.insert(names.begin(), panel_of(study).name);
        return names;
      }
      case About::file_and_panel:
        if (!study.settings.file)
          refuse_call("file", "none was named", "Set the setting \"file\" first");
        return {*study.settings.file, panel_of(study).name};
    }
    return {};
  }

  const tenbin_study& study_;
  std::vector<std::string> names_;
  std::shared_ptr<const Past> past_;
  std::optional<Runs> runs_;
};

/// Before any work: refuses files that a question would write over what it reads.
void check_files(const tenbin_study& study, const QuestionEntry& entry) {
  for (const std::string& name : settings_of(entry)) {
    const SettingSpec& row = *find_setting(name);
    if (row.file != SettingSpec::File::written) continue;
    if (const auto path = text_of(study.settings, row)) check_output(*path, inputs_of(study));
  }
}

/// The calls that are no questions, and the questions that are answered by arrays.
void add_calls(TidyTable& table) {
  const auto add = [&](const char* name, const char* needs, std::string settings,
                       const char* meaning) {
    table << name << needs << std::move(settings) << meaning;
  };
  const std::string fitting = "threads " + std::string(fit_setting_names);
  const std::string futures = "threads futures seed";
  add("panel", "panel", "", "states, years, military expenditure and its share of GDP");
  add("posterior", "posterior", "", "draws of the spending equation");
  add("posterior_economy", "posterior", "", "draws of the economy equation");
  add("sample_stats", "posterior", "", "what the sampler says of each draw");
  add("sample_stats_economy", "posterior", "", "the same of the economy equation");
  add("(fit)", "panel or scenarios", fitting + " without leave-out as-of", "the call tenbin_fit()");
  add("(project)", "scenario and posterior", futures, "the call tenbin_project()");
  add("(brief)", "scenarios and posterior", futures + " lang xlsx", "the call tenbin_brief()");
  add("(import)", "nothing", "states add-states", "the call tenbin_import()");
}

}  // namespace

std::unique_ptr<tenbin_result> answer(tenbin_study& study, const std::string& name,
                                      const Asking& asking) {
  if (auto arrays = array_answer(study, name)) return arrays;
  const QuestionEntry& entry = question_named(name);
  check_files(study, entry);
  const Subject subject(study, entry.spec);
  const PutQuestion question = entry.put(subject.inputs());
  Work work;
  prepare(work, study, asking);
  LongRun futures(study.settings.checkpoint.value_or(""), study.settings.resume,
                  study.settings.keep_every.value_or(60));
  work.tally = [&](const Measures& measures, const std::string& key) {
    return futures.tally(measures, key, work);
  };
  Answer answer = question(work);
  TidyTable table = answer.table();
  if (name == "questions") add_calls(table);
  auto result = std::make_unique<tenbin_result>(TENBIN_TABLE);
  result->table(table);
  result->attribute("text", answer.text());
  result->attribute("holds", answer.holds ? "1" : "0");
  for (const TextFile& file : answer.files) answer.written.write(file.path, file.text);
  answer.written.finish();
  futures.finish();
  study.problems = answer.notes;
  return result;
}
