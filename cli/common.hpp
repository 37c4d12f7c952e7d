// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "interruption.hpp"
#include "screen.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/parallel/ranks.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/question.hpp"

/// What the verbs share: exit codes, flags of settings, problems and progress on the screen,
/// interruption.

namespace tenbin::cli {

enum Exit {
  done = 0,
  no = 1,
  usage = 2,
  refused = 3,
  not_written = 4,
  interrupted = 5,
  out_of_memory = 6,
  our_bug = 70
};

/// Thrown by a verb that has said why it ends with this exit code.
struct End {
  int code = 0;
};

/// The flags of a verb.
struct Flags {
  Settings settings;
  Problems wrong;         // what is wrong with the settings
  std::string posterior;  // file; empty: fit now
  std::string out;
  bool quiet = false, json = false;

  Execution execution() const { return execution_here(settings.threads.value_or(0)); }
};

/// Adds the flags of settings, by name.
std::vector<CLI::Option*> add_settings(CLI::App& verb, Flags& flags,
                                       const std::vector<std::string>& names);
/// Adds --threads and --quiet. All that is wrong with the settings is told before the verb runs.
void add_common(CLI::App& verb, Flags& flags);
/// Adds the settings of a fit, and --posterior, which excludes them.
void add_posterior(CLI::App& verb, Flags& flags);

/// Problems on standard error, at most twenty of a kind and the count.
void show(const Problems& problems);
/// One line that says how many notes there are that ask for something, and how to read them.
void point_to_notes(const Problems& problems, const std::string& what);
/// Notes on a posterior, on standard error.
void show_notes(const Problems& notes);

/// Reads a panel, one of the user's or one that is shipped; throws its problems and points to
/// notes.
Panel panel_to_work_on(const std::string& name, const Flags& flags);

/// Prints progress and the time left on a terminal; elsewhere one line if more than a minute is
/// left. Returns false after Ctrl-C. From its first call on, interruptions are held.
Work::Observer progress_observer(const Flags& flags);

/// Fits with progress on a terminal; throws Stopped after Ctrl-C.
Posterior fit_with_progress(const Past& past, const FitOptions& options, const Flags& flags,
                            const Journal* journal = nullptr);
/// Reads the posterior that the flags name, checking that it is of this panel, or fits.
std::shared_ptr<const Posterior> posterior_of(const Past& past, const Flags& flags);

/// Whether this is the first rank: the one that prints and writes.
inline bool first_rank() { return execution_here(0).rank == 0; }
/// If every rank fails with the same error, only the first reports it: the others wait until it has
/// ended all.
void let_first_rank_speak();

/// Reads scenarios, points to notes, and compiles them without a posterior.
Runs runs_of(const std::vector<std::string>& scenarios, const Flags& flags);
/// Every file and folder that the scenarios were read from.
std::vector<std::filesystem::path> inputs_of(const Runs& runs);
/// Before any work: refuses outputs that cannot be written, are read, or have one name.
void check_outputs(const Flags& flags, std::vector<std::filesystem::path> inputs);

void add_questions(CLI::App& program);
void add_brief(CLI::App& program);
void add_fit(CLI::App& program);
void add_import(CLI::App& program);
void add_new(CLI::App& program);

}  // namespace tenbin::cli
