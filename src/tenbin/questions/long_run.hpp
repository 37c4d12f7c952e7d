// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "tenbin/io/tally_file.hpp"
#include "tenbin/questions/question.hpp"

namespace tenbin {

/// Thrown on every rank but the first once its part of a tally has been sent: the first rank alone
/// answers.
struct OtherRank {};

/// Adds up measures on all threads and ranks, and keeps unfinished work in OUT.checkpoint.* beside
/// an output, so that an interrupted run can be continued to the same bits.
class LongRun {
 public:
  /// `out` may be empty: then nothing is kept. `keep_every` in seconds.
  LongRun(std::string out, bool resume, double keep_every)
      : out_(std::move(out)), resume_(resume), keep_every_(keep_every) {}

  /// Called on a rank that stops, before it waits for the others, with what is kept of its work.
  std::function<void(const std::string& kept)> on_stop;

  /// Throws Stopped if the work was stopped, OtherRank on every rank but the first, and Error if
  /// the checkpoint of another run is there, if more memory is needed than a machine is likely to
  /// have, or if a rank's part arrives damaged.
  Tally tally(const Measures& asked, const std::string& key, Work& work);
  /// Removes the checkpoint. To be called after the output has been written.
  void finish() {
    if (lock_) remove_tally_parts(out_);
  }

 private:
  std::string out_;
  bool resume_ = false;
  double keep_every_ = 60;
  std::optional<TallyLock> lock_;  // held from tally() on
};

}  // namespace tenbin
