// SPDX-License-Identifier: Apache-2.0
#include "tenbin/project/project.hpp"

#include <algorithm>

#include "tenbin/core/problem.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/project/futures.hpp"

namespace tenbin {
namespace {

/// What a block needs, in one value, so that run_block is one non-template function for each lane
/// width.
struct BlockJob {
  const Projection& projection;
  const ParameterPlaces& places;
  std::span<Ensemble> out;  // one a run
};

void store_all(double* to, double x) { *to = x; }
template <class Lanes>
void store_all(double* to, const Lanes& x) {
  store(to, x);
}

/// Records one year of a lane at place `at` of each row.
template <class Real>
void record(const World<Real>& x, int year, std::size_t at, Ensemble& out) {
  for (StateIndex i = 0; i < out.states; ++i) {
    const std::size_t place = out.row(year, i) + at;
    store_all(&out.milexes[place], x.milex[i]);
    store_all(&out.burdens[place],
              x.law[i] == Law::equation ? x.milex[i] * exp(-x.log_gdp[i]) : Real(missing));
    store_all(&out.stocks[place], x.stock[i]);
  }
}

/// Records the onsets of one year.
template <class Real>
void record_onsets(const std::vector<Real>& onset, int year, std::size_t at, Ensemble& out) {
  double each[width_of<Real>];
  for (std::size_t d = 0; d < out.dyads.size(); ++d) {
    store_all(each, onset[d]);
    std::uint8_t* const to = &out.onsets[out.onset_row(year, d) + at];
    for (int k = 0; k < width_of<Real>; ++k) to[k] = static_cast<std::uint8_t>(each[k]);
  }
}

/// Records why the milex of a state changed.
template <class Real>
void record_terms(const Terms<Real>& t, Real before, Real after, std::size_t at, Ensemble& out) {
  const std::array<Real, 10> parts{t.habit, t.income, t.momentum, t.rivals, t.allies,
                                   t.wave,  t.plan,   t.shock,    before,   after};
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
          record(runners[r].world(), year, at, job.out[r]);
          record_onsets(runners[r].onsets(), year, at, job.out[r]);
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

// Plain code for any machine; the wider ones keep several lanes side by side (Twin).
void run_block_1(const BlockJob& job) { run_futures<double>(job); }
void run_block_4(const BlockJob& job) { run_futures<Lane<4>>(job); }
void run_block_8(const BlockJob& job) { run_futures<Lane<8>>(job); }

#ifdef TENBIN_VERSIONS
TENBIN_AVX2 void run_block_16(const BlockJob& job) { run_futures<Twin<Twin<Lane<4>>>>(job); }
TENBIN_AVX512 void run_block_32(const BlockJob& job) { run_futures<Twin<Twin<Lane<8>>>>(job); }

void run_block(int lanes, const BlockJob& job) {
  if (lanes == 1) return run_block_1(job);
  if (lanes == 8) return run_block_8(job);
  if (lanes >= 32 && __builtin_cpu_supports("x86-64-v4")) return run_block_32(job);
  if (lanes >= 16 && __builtin_cpu_supports("x86-64-v3")) return run_block_16(job);
  run_block_4(job);
}
#else
void run_block(int lanes, const BlockJob& job) {
  if (lanes == 1) return run_block_1(job);
  if (lanes == 4) return run_block_4(job);
  run_block_8(job);
}
#endif

/// Room for the futures of a run, in rows of `stride`.
Ensemble room(const Run& run, int stride) {
  const Schedule& s = *run.schedule;
  Ensemble e{.states = s.states(),
             .start = s.start,
             .end = s.end,
             .stride = static_cast<std::size_t>(stride),
             .notes = s.notes};
  const std::size_t size = static_cast<std::size_t>(e.years()) * e.states * stride;
  for (auto* v : {&e.milexes, &e.burdens, &e.stocks}) v->resize(size);
  for (const Dyad& d : run.dyads()) e.dyads.emplace_back(d.a, d.b);
  e.onsets.resize(static_cast<std::size_t>(e.years()) * e.dyads.size() * stride);
  if (run.explained >= 0) e.terms.resize((term_names.size() + 2) * stride);
  return e;
}

}  // namespace

ParameterPlaces parameter_places(const Schedule& schedule, const Draws& spending,
                                 const Draws& economy) {
  ParameterPlaces places;
  const auto look_up = [&](Equation equation, const Draws& draws, std::vector<std::size_t>& globals,
                           std::vector<std::size_t>& states, std::vector<int>& place) {
    const Column* any = nullptr;
    for (const ParameterSpec& p : parameters(equation)) {
      const Column* column = draws.find(p.name);
      TENBIN_ASSERT(column != nullptr);
      if (p.scope == Scope::global) globals.push_back(column->offset);
      if (p.scope == Scope::state) states.push_back(column->offset), any = column;
    }
    for (const std::string& id : schedule.ids) {
      const auto found = std::find(any->elements.begin(), any->elements.end(), id);
      place.push_back(
          found == any->elements.end() ? -1 : static_cast<int>(found - any->elements.begin()));
    }
  };
  look_up(Equation::spending, spending, places.spending_globals, places.spending_states,
          places.spending_state);
  look_up(Equation::economy, economy, places.economy_globals, places.economy_states,
          places.economy_state);
  const Column* wave = spending.find("wave");
  places.wave = wave->offset;
  places.first_wave = std::atoi(wave->elements.front().c_str());
  places.last_wave = places.first_wave + static_cast<int>(wave->elements.size()) - 1;
  return places;
}

void project_blocks(const Projection& projection, const Execution& execution, const BlockSink& sink,
                    const std::function<bool(int)>& wanted, const std::function<bool()>& go_on) {
  const auto& runs = projection.runs;
  TENBIN_ASSERT(!runs.empty() && runs[0].follows.empty());
  const ParameterPlaces places =
      parameter_places(*runs[0].schedule, *projection.spending, *projection.economy);
  const int blocks = projection.blocks();
  std::vector<std::vector<Ensemble>> rooms(threads_for(execution, blocks));
  for_each_block(execution, blocks, [&](int b, int worker) {
    if ((wanted && !wanted(b)) || (go_on && !go_on())) return;
    auto& out = rooms[worker];
    if (out.empty())
      for (const Run& run : runs) out.push_back(room(run, futures_per_block));
    for (Ensemble& e : out) {
      e.first = static_cast<std::int64_t>(b) * futures_per_block;
      e.futures = static_cast<int>(
          std::min<std::int64_t>(futures_per_block, projection.options.futures - e.first));
    }
    run_block(projection.options.lanes, {projection, places, out});
    sink(worker, b, out);
  });
}

Ensemble project(const Schedule& schedule, const Draws& spending, const Draws& economy,
                 const ProjectOptions& options, const Execution& execution) {
  const Projection projection{{{.schedule = &schedule}}, &spending, &economy, options};
  Ensemble all = room(projection.runs[0], static_cast<int>(options.futures));
  all.futures = static_cast<int>(options.futures);
  project_blocks(projection, execution, [&](int, int, std::span<const Ensemble> runs) {
    const Ensemble& block = runs[0];
    for (int year = all.start; year <= all.end; ++year)
      for (StateIndex i = 0; i < all.states; ++i) {
        const std::size_t to = all.row(year, i) + block.first;
        const auto copy = [&](std::span<const double> from, std::vector<double>& into) {
          std::copy(from.begin(), from.end(), into.begin() + static_cast<std::ptrdiff_t>(to));
        };
        copy(block.milex(year, i), all.milexes);
        copy(block.burden(year, i), all.burdens);
        copy(block.stock(year, i), all.stocks);
      }
    for (int year = all.start; year <= all.end; ++year)
      for (std::size_t d = 0; d < all.dyads.size(); ++d)
        std::copy(
            block.onset(year, d).begin(), block.onset(year, d).end(),
            all.onsets.begin() + static_cast<std::ptrdiff_t>(all.onset_row(year, d) + block.first));
  });
  return all;
}

}  // namespace tenbin
