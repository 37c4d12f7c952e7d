// SPDX-License-Identifier: Apache-2.0
#include "tenbin/capi/tenbin.h"

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <mutex>
#include <optional>

#include "tenbin/analyse/answers.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/study/fit.hpp"

using namespace tenbin;

struct tenbin_study {
  std::vector<std::string> problems;
  std::optional<Panel> panel;  // as it was known at the start
  Scenario scenario;
  std::optional<Draws> spending, economy;
  std::array<std::optional<Fan>, 2> fans;  // by quantity
};

namespace {

/// Runs the body of a call; every exception becomes a code and problems.
template <class Body>
int guarded(tenbin_study* study, Body&& body) {
  if (!study) return TENBIN_USAGE;
  study->problems.clear();
  try {
    return body();
  } catch (const Error& error) {
    for (const Problem& p : error.problems) study->problems.push_back(p.text());
    return error.reason == Error::Reason::output ? TENBIN_OUTPUT : TENBIN_REFUSED;
  } catch (const std::filesystem::filesystem_error& error) {
    study->problems.emplace_back(error.what());
    return TENBIN_REFUSED;
  } catch (const std::exception& error) {
    study->problems.emplace_back(error.what());
    return TENBIN_BUG;
  } catch (...) {
    return TENBIN_BUG;
  }
}

int usage(tenbin_study* study, std::string what) {
  study->problems.push_back(std::move(what));
  return TENBIN_USAGE;
}

std::function<bool(double)> asking(tenbin_observer observer, void* context) {
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

}  // namespace

extern "C" {

int tenbin_api_version(void) { return TENBIN_API_VERSION; }
const char* tenbin_version(void) { return TENBIN_VERSION; }

tenbin_study* tenbin_open(void) { return new (std::nothrow) tenbin_study; }
void tenbin_close(tenbin_study* study) { delete study; }

size_t tenbin_problem_count(const tenbin_study* study) {
  return study ? study->problems.size() : 0;
}
const char* tenbin_problem(const tenbin_study* study, size_t which) {
  return which < tenbin_problem_count(study) ? study->problems[which].c_str() : nullptr;
}

int tenbin_read_scenario(tenbin_study* study, const char* path) {
  return guarded(study, [&] {
    if (!path) return usage(study, "path is NULL");
    ScenarioReading reading = read_scenario_checked(path);
    if (!reading.scenario) throw Error(std::move(reading.problems));
    for (const Problem& p : reading.problems) study->problems.push_back(p.text());
    study->scenario = std::move(*reading.scenario);
    study->panel = cut(std::move(*reading.panel), study->scenario.start);
    study->spending.reset();
    study->economy.reset();
    study->fans = {};
    return TENBIN_DONE + 0;
  });
}

int tenbin_read_posterior(tenbin_study* study, const char* path) {
  return guarded(study, [&] {
    if (!path) return usage(study, "path is NULL");
    if (!study->panel) return usage(study, "read a scenario first");
    PosteriorFile file = read_posterior(path);
    require_of_panel(file, *study->panel, path);
    study->spending = std::move(file.spending);
    study->economy = std::move(file.economy);
    study->fans = {};
    return TENBIN_DONE + 0;
  });
}

int tenbin_fit(tenbin_study* study, const char* priors_path, int threads, tenbin_observer observer,
               void* context) {
  return guarded(study, [&] {
    if (!study->panel) return usage(study, "read a scenario first");
    if (threads < 0) return usage(study, fmt::format("threads is {}", threads));
    FitOptions options;
    options.without = switched_off(TermSet::standard, *study->panel);
    if (priors_path) {
      PriorsFile file = read_priors(priors_path);
      options.priors = {file.name, std::move(file.spending), std::move(file.economy)};
    }
    Posterior posterior =
        fit(*study->panel, options, {.threads = threads}, asking(observer, context));
    if (posterior.economy.chains == 0) return TENBIN_STOPPED + 0;
    study->spending = std::move(posterior.spending);
    study->economy = std::move(posterior.economy);
    study->fans = {};
    return TENBIN_DONE + 0;
  });
}

int tenbin_project(tenbin_study* study, int64_t futures, int threads, tenbin_observer observer,
                   void* context) {
  return guarded(study, [&] {
    if (!study->spending) return usage(study, "read or fit a posterior first");
    if (futures < 0 || futures > most_futures)
      return usage(study, fmt::format("futures is {}; give 0 to {}", futures, most_futures));
    if (threads < 0) return usage(study, fmt::format("threads is {}", threads));
    const Schedule s = schedule(*study->panel, study->scenario);
    const Projection projection{{{.schedule = &s}},
                                &*study->spending,
                                &*study->economy,
                                {.futures = futures > 0 ? futures : study->scenario.futures}};
    std::vector<Measure> measures;
    const std::array places{ask_fan(measures, s, 0, Quantity::milex),
                            ask_fan(measures, s, 0, Quantity::burden)};
    const Tally t =
        tally(projection, measures, {.threads = threads}, {.go_on = asking(observer, context)});
    if (static_cast<int>(t.blocks.size()) < projection.blocks()) return TENBIN_STOPPED + 0;
    for (std::size_t q = 0; q < places.size(); ++q) study->fans[q] = read_fan(t, places[q]);
    study->problems = s.notes;
    return TENBIN_DONE + 0;
  });
}

size_t tenbin_state_count(const tenbin_study* study) {
  return study && study->panel ? static_cast<size_t>(study->panel->size()) : 0;
}
const char* tenbin_state_id(const tenbin_study* study, size_t state) {
  return state < tenbin_state_count(study) ? study->panel->states[state].id.c_str() : nullptr;
}
int tenbin_start_year(const tenbin_study* study) {
  return study && study->panel ? study->scenario.start : 0;
}
int tenbin_end_year(const tenbin_study* study) {
  return study && study->panel ? study->scenario.end : 0;
}

int tenbin_quantiles(tenbin_study* study, int quantity, double* out, size_t size) {
  return guarded(study, [&] {
    if (quantity != TENBIN_MILEX && quantity != TENBIN_BURDEN)
      return usage(study, fmt::format("quantity is {}", quantity));
    const auto& fan = study->fans[static_cast<std::size_t>(quantity)];
    if (!fan) return usage(study, "project first");
    if (!out || size != fan->bands.size() * TENBIN_LEVELS)
      return usage(study, fmt::format("size is {}; {} numbers are needed", size,
                                      fan->bands.size() * TENBIN_LEVELS));
    for (const Band& band : fan->bands)
      for (const double q : band.quantile) *out++ = band.exists ? q : missing;
    return TENBIN_DONE + 0;
  });
}

}  // extern "C"
