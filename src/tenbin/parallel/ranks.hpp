// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "tenbin/parallel/execution.hpp"

/// Ranks: copies of the program on one machine or many, started together (mpirun, srun). The only
/// place that knows MPI; built without it, or started alone, there is one rank.

namespace tenbin {

/// Joins the other ranks for the life of this object; one a program.
class RankSession {
 public:
  RankSession(int* argc, char*** argv);
  ~RankSession();  // NOLINT(performance-trivially-destructible): it is not with MPI
  RankSession(const RankSession&) = delete;
  RankSession& operator=(const RankSession&) = delete;
};

/// This rank's number and how many there are, with so many threads each.
Execution execution_here(int threads);

/// Whether this build knows how to join ranks.
bool knows_ranks();

/// Returns when every rank has come here.
void wait_for_ranks(const Execution& execution);

/// Whether every rank says yes.
bool all_ranks(const Execution& execution, bool yes);

/// Sends bytes to the first rank, which gets those of the others, one rank after the other.
void gather_at_first(const Execution& execution, const std::string& mine,
                     const std::function<void(int rank, const std::string& bytes)>& take);

/// Ends all ranks at once with an exit code; for a failure that the others do not share.
[[noreturn]] void end_all_ranks(int code);

}  // namespace tenbin
