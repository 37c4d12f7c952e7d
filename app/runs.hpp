// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "common.hpp"
#include "tenbin/analyse/answers.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/tally_file.hpp"
#include "tenbin/session/columns.hpp"
#include "tenbin/session/runs.hpp"

namespace tenbin::app {

/// What the verbs that project ask for.
struct RunFlags {
  std::vector<std::string> scenarios;
  std::string out;           // empty: to the screen
  std::int64_t futures = 0;  // 0: the first scenario's own number
  bool resume = false;
  double keep_every = 60;                 // seconds between checkpoints
  mutable std::optional<TallyLock> lock;  // held from tally_aloud() to deliver(), which removes the
                                          // checkpoints
  FitFlags fit;
  CommonFlags common;
};
/// All but the scenarios themselves, whose number differs by verb. `what` is written to --out,
/// which is required unless the verb can print.
void add_run_flags(CLI::App& verb, RunFlags& flags, const std::string& what, bool required = true);
/// Flags of the verbs whose tally can be taken up again.
void add_resume_flags(CLI::App& verb, RunFlags& flags);
/// The one scenario of a verb that takes one.
void add_scenario(CLI::App& verb, RunFlags& flags);

/// Checks that the output can be written, reads, and fits (or reads the posterior).
Runs prepare_runs(const RunFlags& flags);

/// Adds up the measures with progress on a terminal, on all ranks; keeps what is done in
/// checkpoints where `resumable` is not empty (it identifies the run). Throws Interrupted after
/// Ctrl-C. On ranks other than the first the result is empty and `first_rank()` is false.
Tally tally_aloud(const Projection& projection, const std::vector<Measure>& measures,
                  const RunFlags& flags, const std::string& resumable = {});

/// Every file and folder that the command reads.
std::vector<std::filesystem::path> inputs_of(const RunFlags& flags, const Runs& runs);

/// Writes to --out, or to the screen if there is none. Only the first rank does.
void deliver(const RunFlags& flags, const std::string& text);

/// Says which probabilities are less certain than the per cent they are shown to.
class Certainty {
 public:
  void see(const Chance& chance) {
    ++seen_;
    if (chance.error > 0.01) ++unsure_;
    if (chance.error > worst_) worst_ = chance.error;
  }
  /// A note on standard error, where there is something to say.
  void tell(const RunFlags& flags, std::int64_t futures) const;

 private:
  int seen_ = 0, unsure_ = 0;
  double worst_ = 0;
};

/// "62 %", with its error where that is larger than the digit shown.
std::string chance_text(const Chance& chance);

}  // namespace tenbin::app
