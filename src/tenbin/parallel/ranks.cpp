// SPDX-License-Identifier: Apache-2.0
#include "tenbin/parallel/ranks.hpp"

#include <cstdlib>

#ifdef TENBIN_MPI
#include <mpi.h>

#include <algorithm>
#endif

namespace tenbin {

#ifdef TENBIN_MPI
namespace {

bool joined() {
  int yes = 0;
  MPI_Initialized(&yes);
  return yes != 0;
}

/// Whether a starter of ranks (mpirun, srun) started this program.
bool started_with_others() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE"})
    if (std::getenv(name)) return true;
  return false;
}

constexpr std::uint64_t most_bytes = 1 << 30;  // a message: its count is an int

}  // namespace

RankSession::RankSession(int* argc, char*** argv) {
  int level = 0;
  if (started_with_others()) MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &level);
}

RankSession::~RankSession() {
  if (joined()) MPI_Finalize();
}

Execution execution_here(int threads) {
  Execution here{.threads = threads};
  if (!joined()) return here;
  MPI_Comm_rank(MPI_COMM_WORLD, &here.rank);
  MPI_Comm_size(MPI_COMM_WORLD, &here.ranks);
  return here;
}

bool knows_ranks() { return true; }

void wait_for_ranks(const Execution& e) {
  if (e.ranks > 1) MPI_Barrier(MPI_COMM_WORLD);
}

bool all_ranks(const Execution& e, bool yes) {
  int mine = yes, all = mine;
  if (e.ranks > 1) MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  return all != 0;
}

void gather_at_first(const Execution& e, const std::string& mine,
                     const std::function<void(int, const std::string&)>& take) {
  if (e.ranks == 1) return;
  constexpr int tag = 1;
  const auto pieces = [](std::uint64_t size, auto&& move) {
    for (std::uint64_t at = 0; at < size; at += most_bytes)
      move(at, static_cast<int>(std::min(most_bytes, size - at)));
  };
  if (e.rank != 0) {
    std::uint64_t size = mine.size();
    MPI_Send(&size, 1, MPI_UINT64_T, 0, tag, MPI_COMM_WORLD);
    pieces(size, [&](std::uint64_t at, int count) {
      MPI_Send(mine.data() + at, count, MPI_BYTE, 0, tag, MPI_COMM_WORLD);
    });
    return;
  }
  for (int rank = 1; rank < e.ranks; ++rank) {
    std::uint64_t size = 0;
    MPI_Recv(&size, 1, MPI_UINT64_T, rank, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::string bytes(size, '\0');
    pieces(size, [&](std::uint64_t at, int count) {
      MPI_Recv(bytes.data() + at, count, MPI_BYTE, rank, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    });
    take(rank, bytes);
  }
}

void end_all_ranks(int code) {
  if (joined()) MPI_Abort(MPI_COMM_WORLD, code);
  std::exit(code);
}
#else
RankSession::RankSession(int*, char***) {}
RankSession::~RankSession() = default;
Execution execution_here(int threads) { return {.threads = threads}; }
bool knows_ranks() { return false; }
void wait_for_ranks(const Execution&) {}
bool all_ranks(const Execution&, bool yes) { return yes; }
void gather_at_first(const Execution&, const std::string&,
                     const std::function<void(int, const std::string&)>&) {}
void end_all_ranks(int code) { std::exit(code); }
#endif

}  // namespace tenbin
