// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/tenbin.h"

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <mutex>
#include <new>

#include "tenbin/capi/study.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/importing.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/output.hpp"
#include "tenbin/questions/page.hpp"
#include "tenbin/questions/workbook.hpp"

using namespace tenbin;

namespace {

/// What went wrong in words, which callers show on terminals; without memory for them the code
/// alone tells.
void tell(tenbin_study* study, Problems problems) noexcept {
  try {
    std::vector<std::string> whole;
    for (const Problem& p : problems) whole.push_back(printable(p.text()));
    study->problems = std::move(problems);
    study->whole = std::move(whole);
  } catch (...) {
    study->problems.clear();
    study->whole.clear();
  }
}
void tell(tenbin_study* study, const char* before, const char* what) noexcept {
  try {
    tell(study, {{"tenbin", std::string(before) + what, ""}});
  } catch (...) {
    tell(study, Problems{});
  }
}

/// Runs the body of a call; every exception becomes a code and problems.
template <class Body>
int guarded(tenbin_study* study, Body&& body) noexcept {
  if (!study) return TENBIN_USAGE;
  const std::lock_guard lock(study->guard);
  study->problems.clear();
  study->whole.clear();
  try {
    body();
    tell(study, std::move(study->problems));
    return TENBIN_DONE;
  } catch (Error& error) {
    tell(study, std::move(error.problems));
    return error.reason == Error::Reason::usage    ? TENBIN_USAGE
           : error.reason == Error::Reason::output ? TENBIN_OUTPUT
                                                   : TENBIN_REFUSED;
  } catch (const Stopped& stopped) {
    tell(study, {{"stopped", stopped.kept, "", Problem::Kind::note}});
    return TENBIN_STOPPED;
  } catch (const std::bad_alloc&) {
    tell(study, "", "there is not enough memory");
    return TENBIN_MEMORY;
  } catch (const std::filesystem::filesystem_error& error) {
    tell(study, "", error.what());
    return TENBIN_REFUSED;
  } catch (const std::exception& error) {
    tell(study, "this is a bug: ", error.what());
    return TENBIN_BUG;
  } catch (...) {
    tell(study, "this is a bug", "");
    return TENBIN_BUG;
  }
}

/// Nothing, before a call that may give a result.
void clear(tenbin_result** result) {
  if (result) *result = nullptr;
}

/// A text argument.
const char* given(const char* text, const char* name) {
  if (!text) refuse_call(name, "is NULL", "Give a text");
  return text;
}

tenbin_result*& given(tenbin_result** result) {
  if (!result) refuse_call("result", "is NULL", "Give a place for it");
  return *result;
}

Asking asking(tenbin_observer observer, void* context) {
  if (!observer) return {};
  struct Asked {
    std::mutex guard;
    bool stopped = false;
  };
  return [=, asked = std::make_shared<Asked>()](double part) {  // workers ask at the same time
    const std::lock_guard lock(asked->guard);
    if (!asked->stopped) asked->stopped = observer(part, context) == 0;
    return !asked->stopped;
  };
}

void note_posterior(tenbin_study& study) {
  study.problems = missing_notes(*study.posterior, *study.fitted);
  if (study.posterior->asked.priors.name == "world")
    for (Problem& p : counted_twice_notes("world", study.fitted->panel()))
      study.problems.push_back(std::move(p));
  for (Problem& p : health_notes(*study.posterior)) study.problems.push_back(std::move(p));
}

}  // namespace

extern "C" {

int tenbin_api_version(void) { return TENBIN_API_VERSION; }
const char* tenbin_version(void) { return TENBIN_VERSION; }
const char* tenbin_data_folder(void) {
  try {
    static const std::string folder = data_folder().string();
    return folder.c_str();
  } catch (...) {
    return "";
  }
}

tenbin_study* tenbin_open(void) {
  try {
    return new tenbin_study;
  } catch (...) {
    return nullptr;
  }
}
void tenbin_close(tenbin_study* study) { delete study; }

size_t tenbin_problem_count(const tenbin_study* study) {
  if (!study) return 0;
  const std::lock_guard lock(study->guard);
  return study->whole.size();
}
const char* tenbin_problem(const tenbin_study* study, size_t which, int part) {
  if (!study) return nullptr;
  const std::lock_guard lock(study->guard);
  if (which >= study->whole.size()) return nullptr;
  const Problem& p = study->problems[which];
  switch (part) {
    case TENBIN_WHOLE:
      return study->whole[which].c_str();
    case TENBIN_WHERE:
      return p.where.c_str();
    case TENBIN_WHAT:
      return p.what.c_str();
    case TENBIN_MEND:
      return p.mend.c_str();
    case TENBIN_KIND:
      return p.kind == Problem::Kind::note ? "note" : "refuse";
    default:
      return nullptr;
  }
}

int tenbin_set(tenbin_study* study, const char* name, const char* value) {
  return guarded(study, [&] {
    Problems problems;
    set(study->settings, given(name, "name"), given(value, "value"), problems);
    if (!problems.empty()) throw Error(std::move(problems), Error::Reason::usage);
  });
}

int tenbin_read_panel(tenbin_study* study, const char* folder) {
  return guarded(study, [&] {
    given(folder, "folder");
    if (study->has_scenarios())
      refuse_call("panel", "this study has scenarios, and their panel", "Open another study");
    if (study->panels.size() == 2)
      refuse_call("panel", "this study has two already", "Open another study");
    PanelReading reading = read_panel_checked(folder);
    if (!reading.panel) throw Error(std::move(reading.problems));
    study->panels.push_back(past_of(std::move(*reading.panel)));
    study->folders.emplace_back(folder);
    study->problems = std::move(reading.problems);
  });
}

int tenbin_read_scenario(tenbin_study* study, const char* path) {
  return guarded(study, [&] {
    given(path, "path");
    if (!study->panels.empty())
      refuse_call("scenario", "this study has a panel of its own", "Open another study");
    auto files = study->scenario_files;
    files.emplace_back(path);
    Problems problems;
    Runs runs = read_runs(files, problems);
    if (refuses(problems)) throw Error(std::move(problems));
    problems.insert(problems.end(), runs.notes.begin(), runs.notes.end());
    study->runs = std::move(runs);
    study->scenario_files = std::move(files);
    study->problems = std::move(problems);
  });
}

int tenbin_fit(tenbin_study* study, tenbin_observer observer, void* context) {
  return guarded(study, [&] { fit_study(*study, asking(observer, context)); });
}

int tenbin_read_posterior(tenbin_study* study, const char* path) {
  return guarded(study, [&] {
    const std::shared_ptr<const Past> past = past_of(*study);
    study->posterior = std::make_shared<const Posterior>(read_posterior_of(
        given(path, "path"), past->panel(), fit_settings(study->settings).options));
    study->fitted = past;
    note_posterior(*study);
  });
}

int tenbin_use_posterior(tenbin_study* study, const tenbin_result* posterior) {
  return guarded(study, [&] {
    const std::shared_ptr<const Past> past = past_of(*study);
    if (!posterior || !posterior->posterior)
      refuse_call("posterior", "this is the result of another question",
                  "Give a result of the question \"posterior\"");
    require_of_panel({.attributes = {posterior->attributes.begin(), posterior->attributes.end()}},
                     past->panel(), "posterior");
    study->posterior = posterior->posterior;
    study->fitted = past;
    note_posterior(*study);
  });
}

int tenbin_write_posterior(tenbin_study* study, const char* path) {
  return guarded(study, [&] {
    if (!study->posterior)
      refuse_call("posterior", "there is none", "Fit, or read a posterior, first");
    check_output(given(path, "path"), inputs_of(*study));
    require_fit_name(path);
    write_posterior_of(path, *study->posterior, *study->fitted);
  });
}

int tenbin_export_posterior(tenbin_study* study, const char* path) {
  return guarded(study, [&] {
    if (!study->posterior)
      refuse_call("posterior", "there is none", "Fit, or read a posterior, first");
    check_output(given(path, "path"), inputs_of(*study));
    require_ending(path, ".nc");
    export_posterior_of(path, *study->posterior, *study->fitted);
  });
}

int tenbin_project(tenbin_study* study, int keep, tenbin_observer observer, void* context,
                   tenbin_result** result) {
  clear(result);
  return guarded(study, [&] {
    tenbin_result*& place = given(result);
    place = project_study(*study, keep != 0, asking(observer, context)).release();
  });
}

int tenbin_ask(tenbin_study* study, const char* question, tenbin_observer observer, void* context,
               tenbin_result** result) {
  clear(result);
  return guarded(study, [&] {
    tenbin_result*& place = given(result);
    place = answer(*study, given(question, "question"), asking(observer, context)).release();
  });
}

int tenbin_brief(tenbin_study* study, const char* path, int plain, tenbin_observer observer,
                 void* context) {
  return guarded(study, [&] {
    check_output(given(path, "path"), inputs_of(*study));
    require_ending(path, ".html");
    const Asking ask = asking(observer, context);
    Work work;
    prepare(work, *study, ask);
    const BriefingPage page =
        briefing_page(runs_of(*study), language_of(study->settings.lang.value_or("en")), plain != 0,
                      work.execution, work.begin("projecting"));
    work.finish();
    write_text(path, page.html);
    if (study->settings.xlsx) write_workbook(*study->settings.xlsx, page.html, page.projections);
    study->problems.insert(study->problems.end(), page.notes.begin(), page.notes.end());
    study->problems.push_back({path, page.headline, "", Problem::Kind::note});
  });
}

int tenbin_import(tenbin_study* study, const char* source, const char* const* files, size_t count,
                  const char* folder, tenbin_result** result) {
  clear(result);
  return guarded(study, [&] {
    tenbin_result*& place = given(result);
    given(source, "source");
    given(folder, "folder");
    if (!files || count == 0) refuse_call("FILE", "there is none", "Give a published file");
    std::vector<std::string> paths;
    for (size_t k = 0; k < count; ++k) paths.emplace_back(given(files[k], "FILE"));
    MergeOptions options{.add_states = study->settings.add_states};
    for (const std::string& id : listed_states(study->settings.states.value_or("")))
      options.states.insert(id);
    const ImportReport report = import_files(source, paths, folder, options);
    for (const ImportedFile& file : report.files)
      study->problems.insert(study->problems.end(), file.report.notes.begin(),
                             file.report.notes.end());
    study->problems.insert(study->problems.end(), report.notes.begin(), report.notes.end());
    auto table = std::make_unique<tenbin_result>(TENBIN_TABLE);
    table->table(import_table(report));
    place = table.release();
  });
}

size_t tenbin_array_count(const tenbin_result* result) {
  return result ? result->arrays.size() : 0;
}

int tenbin_get_array(const tenbin_result* result, size_t which, tenbin_array* array) {
  if (!array || which >= tenbin_array_count(result)) return TENBIN_USAGE;
  *array = result->arrays[which];
  return TENBIN_DONE;
}

int tenbin_result_kind(const tenbin_result* result) { return result ? result->kind : -1; }

size_t tenbin_attribute_count(const tenbin_result* result) {
  return result ? result->attributes.size() : 0;
}

const char* tenbin_attribute_name(const tenbin_result* result, size_t which) {
  if (which >= tenbin_attribute_count(result)) return nullptr;
  return std::next(result->attributes.begin(), static_cast<std::ptrdiff_t>(which))->first.c_str();
}

const char* tenbin_attribute(const tenbin_result* result, const char* name) {
  if (!result || !name) return nullptr;
  const auto found = result->attributes.find(std::string_view(name));
  return found == result->attributes.end() ? nullptr : found->second.c_str();
}

void tenbin_close_result(tenbin_result* result) { delete result; }

}  // extern "C"
