// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/project.hpp"

#include <algorithm>
#include <iterator>

#include "tenbin/core/problem.hpp"
#include "tenbin/futures/run_block.hpp"

namespace tenbin {
namespace {

/// The lane widths of this build, widest first, and the instructions that each needs.
struct Width {
  int lanes;
  void (*run_block)(const BlockJob&);
  bool (*runs_here)();
};
bool anywhere() { return true; }
#ifdef TENBIN_LANES_32
bool has_avx512() { return __builtin_cpu_supports("x86-64-v4"); }
#endif
#ifdef TENBIN_LANES_16
bool has_avx2() { return __builtin_cpu_supports("x86-64-v3"); }
#endif
constexpr Width widths[] = {
#ifdef TENBIN_LANES_32
    {32, run_block_32, has_avx512},
#endif
#ifdef TENBIN_LANES_16
    {16, run_block_16, has_avx2},
#endif
    {8, run_block_8, anywhere},
#ifdef TENBIN_LANES_4
    {4, run_block_4, anywhere},
#endif
#ifdef TENBIN_LANES_1
    {1, run_block_1, anywhere},
#endif
};

/// The widest of at most `lanes` that this machine has, else the narrowest.
const Width& width_for(int lanes) {
  for (const Width& w : widths)
    if (w.lanes <= lanes && w.runs_here()) return w;
  return *std::prev(std::end(widths));
}

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
  e.disputes.resize(static_cast<std::size_t>(e.years()) * e.dyads.size() * stride);
  if (run.explained >= 0) e.terms.resize((term_names.size() + 2) * stride);
  return e;
}

}  // namespace

ParameterPlaces parameter_places(const Schedule& schedule, const Draws& spending,
                                 const Draws& economy) {
  ParameterPlaces places{.spending = SpendingLayout(spending.columns),
                         .economy = EconomyLayout(economy.columns),
                         .spending_state = {},
                         .economy_state = {},
                         .series = {},
                         .waves = {}};
  for (const std::string& id : schedule.ids) {
    places.spending_state.push_back(places.spending.state(id));
    places.economy_state.push_back(places.economy.state(id));
  }
  for (const std::string& region : schedule.regions)
    places.series.push_back(places.spending.series_of(region));
  for (int k = 1; k < places.spending.series(); ++k)
    places.waves.push_back(entity_id(places.spending.region(k)));
  places.first_wave = places.spending.first_year();
  places.last_wave = places.spending.last_year();
  return places;
}

void project_blocks(const Projection& projection, const Execution& execution, const BlockSink& sink,
                    const std::function<bool(int)>& wanted, const std::function<bool()>& go_on) {
  const auto& runs = projection.runs;
  TENBIN_ASSERT(!runs.empty() && runs[0].follows.empty());
  const ParameterPlaces places =
      parameter_places(*runs[0].schedule, *projection.spending, *projection.economy);
  const Width& width = width_for(projection.options.lanes);
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
    width.run_block({projection, places, out});
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
        std::copy(block.dispute(year, d).begin(), block.dispute(year, d).end(),
                  all.disputes.begin() +
                      static_cast<std::ptrdiff_t>(all.dispute_row(year, d) + block.first));
  });
  return all;
}

}  // namespace tenbin
