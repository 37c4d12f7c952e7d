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
  const Schedule& schedule;
  const Draws &spending, &economy;
  const ParameterPlaces& places;
  Ensemble& out;
  int begin, end;  // futures
};

template <class Real>
void run_futures(const BlockJob& job) {
  constexpr int width = width_of<Real>;
  FutureRunner<Real> runner(job.schedule, job.spending, job.economy, job.places);
  for (int f = job.begin; f < job.end; f += width) {
    runner.begin(static_cast<std::uint32_t>(f));
    while (runner.year() < job.schedule.start) runner.advance();
    for (int year = job.schedule.start;; runner.advance(), ++year) {
      const World<Real>& x = runner.world();
      for (StateIndex i = 0; i < job.schedule.states(); ++i) {
        const std::size_t at = job.out.row(year, i) + f;
        const bool idle = x.law[i] == Law::idle;
        for (int k = 0; k < std::min(width, job.end - f); ++k) {
          job.out.log_milex[at + k] = idle ? missing : get(x.log_milex[i], k);
          job.out.log_burden[at + k] =
              x.law[i] == Law::equation ? get(x.log_milex[i] - x.log_gdp[i], k) : missing;
        }
      }
      if (year == job.schedule.end) break;
    }
  }
}

void run_block_1(const BlockJob& job) { run_futures<double>(job); }
void run_block_4(const BlockJob& job) { run_futures<Lane<4>>(job); }
TENBIN_CLONES void run_block_8(const BlockJob& job) { run_futures<Lane<8>>(job); }

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

Ensemble project(const Schedule& schedule, const Draws& spending, const Draws& economy,
                 const ProjectOptions& options, const Execution& execution,
                 const std::function<bool()>& go_on) {
  const ParameterPlaces places = parameter_places(schedule, spending, economy);
  Ensemble out{.states = schedule.states(),
               .start = schedule.start,
               .end = schedule.end,
               .futures = options.futures,
               .notes = schedule.notes};
  out.log_milex.resize(static_cast<std::size_t>(out.years()) * out.states * out.futures);
  out.log_burden.resize(out.log_milex.size());
  const int blocks = (options.futures + futures_per_block - 1) / futures_per_block;
  for_each_block(execution, blocks, [&](int b) {
    if (go_on && !go_on()) return;
    const BlockJob job{schedule,
                       spending,
                       economy,
                       places,
                       out,
                       b * futures_per_block,
                       std::min((b + 1) * futures_per_block, options.futures)};
    if (options.lanes == 1)
      run_block_1(job);
    else if (options.lanes == 4)
      run_block_4(job);
    else
      run_block_8(job);
  });
  return out;
}

}  // namespace tenbin
