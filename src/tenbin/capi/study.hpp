// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/capi/result.hpp"
#include "tenbin/session/runs.hpp"
#include "tenbin/session/settings.hpp"

/// Everything that the settings of a study hold.
struct StudySettings {
  int threads = 0;
  std::int64_t futures = 0;               // 0: as each question has it
  tenbin::FitSettings fit{.priors = ""};  // empty: as each question has it
  std::string without, leave_out, states;
  int as_of = 0, add_states = 0;
  tenbin::RaceSettings races;
  tenbin::BacktestSettings backtest;
  tenbin::DiffSettings diff;

  /// The priors of a fit, world where none are named.
  tenbin::FitSettings fit_settings() const;
};

struct tenbin_study {
  mutable std::mutex guard;  // calls on one study wait for each other
  std::vector<tenbin::Problem> problems;
  std::vector<std::string> whole;  // the text of each

  StudySettings settings;
  std::vector<std::shared_ptr<const tenbin::Past>>
      panels;                        // as read; the second is a later release
  std::vector<std::string> folders;  // their names
  tenbin::Runs runs;                 // scenarios, without a posterior
  std::vector<std::string> scenario_files;
  std::shared_ptr<const tenbin::Posterior> posterior;
  std::shared_ptr<const tenbin::Past> fitted;  // that the posterior is of

  bool has_scenarios() const { return !runs.scenarios.empty(); }
  /// The panel of the questions: that of the scenarios as known at their start, or the one read.
  std::shared_ptr<const tenbin::Past> past() const {
    return has_scenarios() ? runs.past : panels.empty() ? nullptr : panels.front();
  }
};

/// A call that came before the one that it needs, or a wrong argument.
[[noreturn]] void refuse_call(std::string where, std::string what, std::string mend);

/// Thrown where the observer said stop.
struct StoppedByObserver {};

/// Asked with the part done whether to go on; empty: always.
using Asking = std::function<bool(double)>;

/// Sets one setting; what is wrong goes to `problems`.
void set_setting(StudySettings& settings, const std::string& name, const std::string& value,
                 tenbin::Problems& problems);
/// Fits the study's panel by its settings.
void fit_study(tenbin_study& study, const Asking& asking);
/// The first scenario's futures.
std::unique_ptr<tenbin_result> project_study(const tenbin_study& study, bool keep,
                                             const Asking& asking);
/// States, years, milex and burden.
std::unique_ptr<tenbin_result> panel_result(const tenbin::Panel& panel);
/// Draws as netCDF files have them: one array a parameter, its dimensions chain, draw and, where it
/// has one, state or year. The numbers are the draws' own.
std::unique_ptr<tenbin_result> draws_result(const tenbin_study& study, tenbin::Equation equation);
/// What the sampler says of each draw.
std::unique_ptr<tenbin_result> sampling_result(const tenbin_study& study,
                                               tenbin::Equation equation);
/// Any other question.
std::unique_ptr<tenbin_result> answer(const tenbin_study& study, const std::string& question,
                                      const Asking& asking);
/// The panel's past, the panel, the posterior; refuse the call where there is none.
std::shared_ptr<const tenbin::Past> past_of(const tenbin_study& study);
const tenbin::Panel& panel_of(const tenbin_study& study);
const tenbin::Posterior& posterior_of(const tenbin_study& study);
/// Every file and folder that the study was read from.
std::vector<std::filesystem::path> inputs_of(const tenbin_study& study);
/// The study's scenarios with its posterior, compiled. Throws where one of them is not there.
tenbin::Runs runs_of(const tenbin_study& study);
