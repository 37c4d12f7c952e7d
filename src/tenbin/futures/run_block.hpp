// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/futures/futures.hpp"

/// One block of futures, for every lane width: one source file a width (lanes_*.cpp) compiles
/// run_futures() for its instruction set, and project.cpp chooses among them. The bits are the
/// same.

namespace tenbin {

/// What a block needs, in one value, so that run_block_* is one non-template function.
struct BlockJob {
  const Projection& projection;
  const ParameterPlaces& places;
  std::span<Ensemble> out;  // one a run
};

void run_block_1(const BlockJob& job);
void run_block_4(const BlockJob& job);
void run_block_8(const BlockJob& job);
void run_block_16(const BlockJob& job);  // AVX2
void run_block_32(const BlockJob& job);  // AVX-512

TENBIN_INLINE void store_all(double* to, double x) { *to = x; }
template <class Lanes>
TENBIN_INLINE void store_all(double* to, const Lanes& x) {
  store(to, x);
}

/// Records one year of a lane at place `at` of each row, of the states that are asked for (empty:
/// all).
template <class Real>
void record(const World<Real>& x, const std::vector<char>& asked, int year, std::size_t at,
            Ensemble& out) {
  for (StateIndex i = 0; i < out.states; ++i) {
    if (!asked.empty() && !asked[i]) continue;
    const std::size_t place = out.row(year, i) + at;
    store_all(&out.milexes[place], x.milex[i]);
    store_all(&out.burdens[place],
              x.law[i] == Law::equation ? x.milex[i] * exp(-x.log_gdp[i]) : Real(missing));
    store_all(&out.stocks[place], x.stock[i]);
  }
}

/// Records the disputes that began in one year.
template <class Real>
void record_disputes(const std::vector<Real>& reached, int year, std::size_t at, Ensemble& out) {
  double each[width_of<Real>];
  for (std::size_t d = 0; d < out.dyads.size(); ++d) {
    store_all(each, reached[d]);
    std::uint8_t* const to = &out.disputes[out.dispute_row(year, d) + at];
    for (int k = 0; k < width_of<Real>; ++k) to[k] = static_cast<std::uint8_t>(each[k]);
  }
}

/// Records why the milex of a state changed.
template <class Real>
void record_terms(const Terms<Real>& t, Real before, Real after, std::size_t at, Ensemble& out) {
  const std::array<Real, term_names.size() + 2> parts{
      t.habit, t.income, t.momentum, t.danger, t.rivals, t.allies, t.presence,
      t.war,   t.wave,   t.plan,     t.shock,  before,   after};
  for (std::size_t k = 0; k < parts.size(); ++k)
    store_all(&out.terms[k * out.stride + at], parts[k]);
}

template <class Real>
void run_futures(const BlockJob& job) {
  constexpr int width = width_of<Real>;
  const auto& runs = job.projection.runs;
  std::vector<FutureRunner<Real>> runners;
  runners.reserve(runs.size());
  for (const Run& run : runs)
    runners.emplace_back(run, *job.projection.spending, *job.projection.economy, job.places,
                         job.projection.kept);
  const Schedule& s = *runs[0].schedule;
  const Ensemble& first = job.out[0];
  for (int at = 0; at < first.futures; at += width) {
    for (auto& runner : runners) runner.begin(static_cast<std::uint32_t>(first.first + at));
    for (int year = s.first;; ++year) {
      if (year >= s.start)
        for (std::size_t r = 0; r < runs.size(); ++r) {
          record(runners[r].world(), runs[r].recorded, year, at, job.out[r]);
          record_disputes(runners[r].disputes(), year, at, job.out[r]);
        }
      if (year == s.end) break;
      for (std::size_t r = 0; r < runs.size(); ++r) {
        const StateIndex asked = year + 1 == runs[r].explained_year ? runs[r].explained : -1;
        const Real before = asked < 0 ? Real(0.0) : runners[r].world().log_milex[asked];
        Terms<Real> why;
        runners[r].advance(r == 0 ? nullptr : &runners[0],
                           [&](StateIndex i, const Terms<Real>& terms) {
                             if (i == asked) why = terms;
                           });
        if (asked >= 0)
          record_terms(why, before, runners[r].world().log_milex[asked], at, job.out[r]);
      }
    }
  }
}

}  // namespace tenbin
