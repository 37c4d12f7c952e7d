// SPDX-License-Identifier: Apache-2.0
#include "runs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/project/project.hpp"

namespace tenbin::app {
namespace {

/// What two scenarios must share for their futures to be pairs.
void require_pairs(const Scenario& first, const Scenario& other, const std::string& path,
                   const std::string& hash, const std::string& other_hash, Problems& problems) {
  const auto differ = [&](const char* what, auto a, auto b) {
    if (a != b)
      problems.push_back({path,
                          fmt::format("its {} is {}, that of the first scenario is {}", what, b, a),
                          "Scenarios are compared future by future: give both the same panel, "
                          "start, end and seed"});
  };
  differ("panel", hash.substr(0, 12), other_hash.substr(0, 12));
  differ("start", first.start, other.start);
  differ("end", first.end, other.end);
  differ("seed", first.seed, other.seed);
}

/// All futures are kept in memory: say so before the machine does.
void refuse_too_many(const Runs& runs, int futures) {
  constexpr double most = 8e9;  // bytes
  const double need = 16.0 * futures * runs.panel.size() * runs.scenarios[0].years() *
                      static_cast<double>(runs.scenarios.size());
  if (need > most)
    throw Error({{"--futures",
                  fmt::format("{} futures of {} scenarios need {:.0f} GB of memory", futures,
                              runs.scenarios.size(), need / 1e9),
                  fmt::format("Give at most {:.0f}", std::floor(futures * most / need))}});
}

}  // namespace

Runs run_scenarios(const std::vector<std::string>& paths, const std::string& out, int futures,
                   const FitFlags& fit, const CommonFlags& common) {
  Runs runs;
  Problems problems;
  std::string hash;
  for (const std::string& path : paths) {  // every problem of every scenario at once
    ScenarioReading reading = read_scenario_checked(path);
    for (Problem& p : reading.problems)
      if (std::ranges::find(problems, p) == problems.end()) problems.push_back(std::move(p));
    if (!reading.scenario) continue;
    if (runs.scenarios.empty()) {
      runs.panel = std::move(*reading.panel);
      hash = runs.panel.hash;
    } else {
      require_pairs(runs.scenarios[0], *reading.scenario, path, hash, reading.panel->hash,
                    problems);
    }
    runs.scenarios.push_back(std::move(*reading.scenario));
  }
  if (refuses(problems)) throw Error(std::move(problems));
  std::vector<std::filesystem::path> inputs(paths.begin(), paths.end());
  inputs.emplace_back(runs.scenarios[0].panel_folder);
  for (const std::string& file : {fit.posterior, fit.priors}) inputs.emplace_back(file);
  check_output(out, inputs);
  if (!common.quiet) point_to_notes(problems, paths.front());
  runs.notes = std::move(problems);
  runs.panel = cut(std::move(runs.panel), runs.scenarios[0].start);
  runs.posterior = posterior_of(runs.panel, fit, common);
  const int count = futures > 0 ? futures : runs.scenarios[0].futures;
  refuse_too_many(runs, count);
  for (Scenario& s : runs.scenarios) {
    s.futures = count;
    runs.ensembles.push_back(project(schedule(runs.panel, s), runs.posterior.spending,
                                     runs.posterior.economy, {.futures = count}, common.execution(),
                                     [] { return !interruption_asked(); }));
    stop_if_asked();
  }
  return runs;
}

}  // namespace tenbin::app
