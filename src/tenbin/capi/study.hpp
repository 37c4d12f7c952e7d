// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tenbin/capi/handles.hpp"
#include "tenbin/capi/result.hpp"
#include "tenbin/questions/question.hpp"

struct tenbin_study {
  mutable std::mutex guard;        // calls on one study wait for each other
  std::atomic<bool> lost = false;  // a thread that the fork of this process left behind held it
  std::vector<tenbin::Problem> problems;
  std::vector<std::string> whole;  // the text of each

  tenbin::Settings settings;
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

/// Called with progress in [0, 1]; returns whether to go on. Empty: always.
using Asking = std::function<bool(double)>;

/// Fits the study's panel by its settings.
void fit_study(tenbin_study& study, const Asking& asking);
/// The first scenario's futures.
std::unique_ptr<tenbin_result> project_study(const tenbin_study& study, bool keep,
                                             const Asking& asking);
/// Answers a question; notes go to the study's problems.
std::unique_ptr<tenbin_result> answer(tenbin_study& study, const std::string& question,
                                      const Asking& asking);
/// The questions that are answered by arrays of several dimensions; nothing for another name.
std::unique_ptr<tenbin_result> array_answer(const tenbin_study& study, const std::string& question);
/// The panel's past, the panel, the posterior; refuse the call where there is none.
std::shared_ptr<const tenbin::Past> past_of(const tenbin_study& study);
const tenbin::Panel& panel_of(const tenbin_study& study);
const tenbin::Posterior& posterior_of(const tenbin_study& study);
/// Every file and folder that the study was read from.
std::vector<std::filesystem::path> inputs_of(const tenbin_study& study);
/// The study's scenarios, compiled; with its posterior where asked for. Throws where one of them is
/// not there.
tenbin::Runs runs_of(const tenbin_study& study, bool with_posterior = true);
/// How a question of this study works.
void prepare(tenbin::Work& work, const tenbin_study& study, const Asking& asking);
