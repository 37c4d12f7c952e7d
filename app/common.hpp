// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "tenbin/core/problem.hpp"
#include "tenbin/exec/ranks.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/session/fitting.hpp"
#include "tenbin/session/settings.hpp"

/// What the verbs share: exit codes, common flags, problems on the screen, progress, interruption.

namespace tenbin::app {

enum Exit {
  done = 0,
  no = 1,
  usage = 2,
  refused = 3,
  not_written = 4,
  interrupted = 5,
  our_bug = 70
};

/// Thrown by a verb that has said why it ends with this exit code.
struct Answer {
  int code = 0;
};

/// Thrown by a verb that Ctrl-C stopped.
struct Interrupted {
  std::string kept = "nothing was written";
};
/// From here on Ctrl-C asks the work to stop.
void watch_for_interruption();
bool interruption_asked();
void stop_if_asked();  // throws Interrupted

struct CommonFlags {
  int threads = 0;
  bool quiet = false;
  Execution execution() const { return execution_here(threads); }
};

/// Flags of every verb that needs a posterior.
struct FitFlags : FitSettings {
  std::string posterior;  // file; empty: fit now
};

/// Adds the flag of a setting, whose row says what it may be. Whatever is wrong with all settings
/// of a verb is told before the verb runs. `meaning`: where it is a special one here.
template <class Place>
CLI::Option* add_setting(CLI::App& verb, std::string_view name, Place& place,
                         std::string meaning = {});
/// What is wrong with the settings of this command line.
Problems& setting_problems();

void add_common(CLI::App& verb, CommonFlags& flags);
void add_fit(CLI::App& verb, FitFlags& flags, bool may_read);
/// A text of a file without what would steer a terminal.
std::string printable(std::string text);

/// Problems on standard error, at most twenty of a kind and the count.
void show(const Problems& problems);

/// One line that says how many notes there are and how to read them.
void point_to_notes(const Problems& problems, const std::string& what);

/// Notes on a posterior, on standard error.
void show_notes(const Problems& notes);

/// Reads a panel that a verb works on: throws its problems, looks at where the verb writes before
/// any work (empty paths are none), and points to notes.
Panel panel_to_work_on(const std::string& folder, const std::vector<std::string>& outputs,
                       const FitFlags& fit, const CommonFlags& common);

/// Progress with time left, on a terminal only.
class Progress {
 public:
  Progress(std::string doing, bool quiet);
  ~Progress();
  /// `part` of 0-1 is done.
  void show(double part);

 private:
  std::string doing_;
  bool on_;
  int shown_ = -1;
  double first_ = -1;  // part at the first call: what an earlier run had done
  std::mutex guard_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Fits with progress on a terminal; throws Interrupted after Ctrl-C.
Posterior fit_aloud(const Past& past, const FitOptions& options, const CommonFlags& common,
                    const Journal* journal = nullptr);
/// Reads the posterior that the flags name, checking that it is of this panel, or fits.
Posterior posterior_of(const Past& past, const FitFlags& flags, const CommonFlags& common);

/// Whether this is the first rank: the one that speaks and writes.
inline bool first_rank() { return execution_here(0).rank == 0; }

/// Where ranks fail alike, the first one's words are enough: the others wait until it has ended
/// all.
void let_first_rank_speak();

void add_check(CLI::App& program);
void add_diff(CLI::App& program);
void add_new(CLI::App& program);
void add_import(CLI::App& program);
void add_fit_verb(CLI::App& program);
void add_loo(CLI::App& program);
void add_calibrate(CLI::App& program);
void add_backtest(CLI::App& program);
void add_races(CLI::App& program);
void add_richardson(CLI::App& program);
void add_stability(CLI::App& program);
void add_risk(CLI::App& program);
void add_disputes(CLI::App& program);
void add_priors(CLI::App& program);
void add_project(CLI::App& program);
void add_compare(CLI::App& program);
void add_solve(CLI::App& program);
void add_explain(CLI::App& program);
void add_responses(CLI::App& program);
void add_burden(CLI::App& program);
void add_balance(CLI::App& program);
void add_reach(CLI::App& program);
void add_plan(CLI::App& program);
void add_brief(CLI::App& program);
void add_verify(CLI::App& program);
void add_parameters(CLI::App& program);

template <class Place>
CLI::Option* add_setting(CLI::App& verb, std::string_view name, Place& place, std::string meaning) {
  const SettingSpec& row = *find_setting(name);
  return verb
      .add_option_function<std::string>(
          fmt::format("--{}", name),
          [name, &place](const std::string& text) {
            read_setting(name, text, place, setting_problems());
          },
          meaning.empty() ? std::string(row.meaning) : std::move(meaning))
      ->type_name(range_text(row));
}

}  // namespace tenbin::app
