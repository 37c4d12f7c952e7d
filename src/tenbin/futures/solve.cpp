// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/solve.hpp"

#include <algorithm>

#include "tenbin/num/elementary.hpp"

namespace tenbin {

namespace {

constexpr int halvings = 11;  // 8 x 2^11 = 16384 parts of the range

/// Looks at values of the lever.
struct LeverSearch {
  const Past& past;
  const Scenario& scenario;
  const Draws &spending, &economy;
  const SolveQuestion& q;
  const Execution& execution;
  const std::function<bool(double)>& go_on;
  std::vector<SolveStep> steps{};

  SolveStep look(double value) {
    const Schedule plan = schedule(past, with(value));
    const Projection projection{
        {{.schedule = &plan}}, &spending, &economy, {.futures = scenario.futures}};
    const std::vector<Measure> measures{
        {[&, read = reader(q.outcome, past.panel(), plan)](
             std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
           for (std::size_t f = 0; f < room.size(); ++f) {
             const double x = read(runs[0], static_cast<int>(f));
             room[f] = q.at_least ? x >= q.target : x <= q.target;
           }
           return room;
         },
         chance_unit, false}};
    const double before = static_cast<double>(steps.size()) / (solve_grid + halvings);
    const Tally t = tally(projection, measures, execution, {.go_on = [&](double part) {
                            return !go_on || go_on(before + part / (solve_grid + halvings));
                          }});
    steps.push_back({value, t.parts[0].positive()});
    return steps.back();
  }
  Scenario with(double value) const {
    Scenario varied = scenario;
    Value& v = varied.levers[q.lever].value;
    v.mean = value;
    v.low = minimum(v.low, value);  // the value looked at is inside its own range
    v.high = maximum(v.high, value);
    return varied;
  }
};

}  // namespace

Solution solve(const Past& past, const Scenario& scenario, const Draws& spending,
               const Draws& economy, const SolveQuestion& q, const Execution& execution,
               const std::function<bool(double)>& go_on) {
  Solution s;
  LeverSearch search{past, scenario, spending, economy, q, execution, go_on};
  const auto holds = [&](const SolveStep& step) { return step.chance.p >= q.probability; };
  const double from = q.smallest ? q.low : q.high, to = q.smallest ? q.high : q.low;

  SolveStep without = search.look(from), with = without;
  s.found = s.everywhere = holds(without);
  for (int k = 1; k < solve_grid; ++k) {
    const SolveStep next = search.look(from + (to - from) * k / (solve_grid - 1));
    s.everywhere = s.everywhere && holds(next);
    if (s.found) continue;  // looked at to say whether it holds everywhere
    if (holds(next))
      s.found = true, with = next;
    else
      without = next;
  }
  if (s.found && !holds(without))
    for (int k = 0; k < halvings; ++k) {
      const SolveStep middle = search.look(0.5 * (without.value + with.value));
      (holds(middle) ? with : without) = middle;
    }
  s.value = with.value;
  s.chance = with.chance;
  s.steps = std::move(search.steps);
  std::stable_sort(s.steps.begin(), s.steps.end(),
                   [](const SolveStep& a, const SolveStep& b) { return a.value < b.value; });
  s.earliest = s.latest = s.value;
  for (const SolveStep& step : s.steps)
    if (absolute(step.chance.p - q.probability) <= 2 * step.chance.error) {
      s.earliest = minimum(s.earliest, step.value);
      s.latest = maximum(s.latest, step.value);
    }
  return s;
}

}  // namespace tenbin
