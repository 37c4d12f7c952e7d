// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/tenbin.h"

#include <fmt/format.h>

#include <array>
#include <exception>
#include <memory>
#include <mutex>
#include <new>

#include "tenbin/capi/study.hpp"
#include "tenbin/io/outputs.hpp"
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

/// The study of the observer that this thread is in, and of the one around it.
struct Observing {
  const tenbin_study* study;
  const Observing* around;
};
thread_local const Observing* observing = nullptr;

bool is_observed(const tenbin_study* study) {
  for (const Observing* one = observing; one; one = one->around)
    if (one->study == study) return true;
  return false;
}

/// Why a study cannot be called: by part, TENBIN_WHOLE first. These words need no study.
using CannotCall = std::array<const char*, 5>;
constexpr CannotCall is_closed{"study: it is closed, or was never opened. Open another one.",
                               "study", "it is closed, or was never opened", "Open another one",
                               "refuse"};
constexpr CannotCall is_lost{
    "study: a thread was using it when this process was forked, and is not here. Open another one.",
    "study", "a thread was using it when this process was forked, and is not here",
    "Open another one", "refuse"};
constexpr CannotCall is_in_call{
    "study: an observer calls the study whose work it observes. Return first, or use another one.",
    "study", "an observer calls the study whose work it observes",
    "Return first, or use another one", "refuse"};

/// Nothing where it can.
const CannotCall* cannot_call(const tenbin_study* study) {
  return !study ? &is_closed : is_observed(study) ? &is_in_call : study->lost ? &is_lost : nullptr;
}

/// Runs the body of a call, which takes the study; every exception becomes a code and problems.
template <class Body>
int guarded(const tenbin_study* handle, Body&& body) noexcept {
  const std::shared_ptr<tenbin_study> held = studies().find(handle);
  tenbin_study* const study = held.get();
  if (cannot_call(study)) return TENBIN_USAGE;
  const std::lock_guard lock(study->guard);
  study->problems.clear();
  study->whole.clear();
  try {
    body(study);
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

/// Where a result goes.
class ResultPlace {
 public:
  explicit ResultPlace(tenbin_result** result) : result_(result) {
    if (!result) refuse_call("result", "is NULL", "Give a place for it");
  }
  void put(std::unique_ptr<tenbin_result> made) const { *result_ = results().add(std::move(made)); }

 private:
  tenbin_result** result_;
};

/// An observer's question whether to go on, for the work of one study.
Asking asking(const tenbin_study* study, tenbin_observer observer, void* context) {
  if (!observer) return {};
  struct Asked {
    std::mutex guard;
    bool stopped = false;
  };
  return [=, asked = std::make_shared<Asked>()](double part) {  // workers ask at the same time
    const std::lock_guard lock(asked->guard);
    if (asked->stopped) return false;
    const Observing now{study, observing};
    observing = &now;
    asked->stopped = observer(part, context) == 0;
    observing = now.around;
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
    return studies().add(std::make_shared<tenbin_study>());
  } catch (...) {
    return nullptr;
  }
}
void tenbin_close(tenbin_study* study) { studies().close(study); }

size_t tenbin_problem_count(const tenbin_study* handle) {
  if (!handle) return 0;
  const auto study = studies().find(handle);
  if (cannot_call(study.get())) return 1;
  const std::lock_guard lock(study->guard);
  return study->whole.size();
}
const char* tenbin_problem(const tenbin_study* handle, size_t which, int part) {
  if (!handle) return nullptr;
  const auto study = studies().find(handle);
  if (const CannotCall* const why = cannot_call(study.get()))
    return which == 0 && part >= TENBIN_WHOLE && part <= TENBIN_KIND
               ? (*why)[static_cast<std::size_t>(part)]
               : nullptr;
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
  return guarded(study, [&](tenbin_study* study) {
    Problems problems;
    set(study->settings, given(name, "name"), given(value, "value"), problems);
    if (!problems.empty()) throw Error(std::move(problems), Error::Reason::usage);
  });
}

int tenbin_read_panel(tenbin_study* study, const char* folder) {
  return guarded(study, [&](tenbin_study* study) {
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
  return guarded(study, [&](tenbin_study* study) {
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
  return guarded(study,
                 [&](tenbin_study* study) { fit_study(*study, asking(study, observer, context)); });
}

int tenbin_read_posterior(tenbin_study* study, const char* path) {
  return guarded(study, [&](tenbin_study* study) {
    const std::shared_ptr<const Past> past = past_of(*study);
    study->posterior = std::make_shared<const Posterior>(read_posterior_of(
        given(path, "path"), past->panel(), fit_settings(study->settings).options));
    study->fitted = past;
    note_posterior(*study);
  });
}

int tenbin_use_posterior(tenbin_study* study, const tenbin_result* given_posterior) {
  return guarded(study, [&](tenbin_study* study) {
    const std::shared_ptr<const Past> past = past_of(*study);
    const auto posterior = results().find(given_posterior);
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
  return guarded(study, [&](tenbin_study* study) {
    if (!study->posterior)
      refuse_call("posterior", "there is none", "Fit, or read a posterior, first");
    check_output(given(path, "path"), inputs_of(*study));
    if (std::string_view(path).ends_with(".nc"))
      return export_posterior_of(path, *study->posterior, *study->fitted);
    require_ending(path, ".fit");
    write_posterior_of(path, *study->posterior, *study->fitted);
  });
}

int tenbin_project(tenbin_study* study, int keep, tenbin_observer observer, void* context,
                   tenbin_result** result) {
  clear(result);
  return guarded(study, [&](tenbin_study* study) {
    const ResultPlace place(result);
    place.put(project_study(*study, keep != 0, asking(study, observer, context)));
  });
}

int tenbin_ask(tenbin_study* study, const char* question, tenbin_observer observer, void* context,
               tenbin_result** result) {
  clear(result);
  return guarded(study, [&](tenbin_study* study) {
    const ResultPlace place(result);
    place.put(answer(*study, given(question, "question"), asking(study, observer, context)));
  });
}

int tenbin_brief(tenbin_study* study, const char* path, int plain, tenbin_observer observer,
                 void* context) {
  return guarded(study, [&](tenbin_study* study) {
    check_output(given(path, "path"), inputs_of(*study));
    require_ending(path, ".html");
    const Asking ask = asking(study, observer, context);
    Work work;
    prepare(work, *study, ask);
    const BriefingPage page =
        briefing_page(runs_of(*study), language_of(study->settings.lang.value_or("en")), plain != 0,
                      work.execution, work.begin("projecting"));
    work.finish();
    Outputs outputs;
    outputs.write(path, page.html);
    if (study->settings.xlsx)
      write_workbook(*study->settings.xlsx, page.html, page.projections, outputs);
    outputs.finish();
    study->problems.insert(study->problems.end(), page.notes.begin(), page.notes.end());
    study->problems.push_back({path, page.headline, "", Problem::Kind::note});
  });
}

int tenbin_import(tenbin_study* study, const char* source, const char* const* files, size_t count,
                  const char* folder, tenbin_result** result) {
  clear(result);
  return guarded(study, [&](tenbin_study* study) {
    const ResultPlace place(result);
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
    place.put(std::move(table));
  });
}

size_t tenbin_array_count(const tenbin_result* handle) {
  const auto result = results().find(handle);
  return result ? result->arrays.size() : 0;
}

int tenbin_get_array(const tenbin_result* handle, size_t which, tenbin_array* array) {
  const auto result = results().find(handle);
  if (!array || !result || which >= result->arrays.size()) return TENBIN_USAGE;
  *array = result->arrays[which];
  return TENBIN_DONE;
}

int tenbin_result_kind(const tenbin_result* handle) {
  const auto result = results().find(handle);
  return result ? result->kind : -1;
}

size_t tenbin_attribute_count(const tenbin_result* handle) {
  const auto result = results().find(handle);
  return result ? result->attributes.size() : 0;
}

const char* tenbin_attribute_name(const tenbin_result* handle, size_t which) {
  const auto result = results().find(handle);
  if (!result || which >= result->attributes.size()) return nullptr;
  return std::next(result->attributes.begin(), static_cast<std::ptrdiff_t>(which))->first.c_str();
}

const char* tenbin_attribute(const tenbin_result* handle, const char* name) {
  const auto result = results().find(handle);
  if (!result || !name) return nullptr;
  const auto found = result->attributes.find(std::string_view(name));
  return found == result->attributes.end() ? nullptr : found->second.c_str();
}

void tenbin_close_result(tenbin_result* result) { results().close(result); }

}  // extern "C"
