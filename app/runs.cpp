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

void add_run_flags(CLI::App& verb, RunFlags& flags, const std::string& what) {
  verb.add_option("-o,--out", flags.out, what + " file to write")->required();
  verb.add_option("--futures", flags.futures, "futures, instead of the first scenario's own number")
      ->check(CLI::Range(1, 10'000'000));
  add_fit(verb, flags.fit, true);
  add_common(verb, flags.common);
}

Runs run_scenarios(const RunFlags& flags) {
  Runs runs;
  Problems problems;
  std::string hash;
  for (const std::string& path : flags.scenarios) {  // every problem of every scenario at once
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
  std::vector<std::filesystem::path> inputs(flags.scenarios.begin(), flags.scenarios.end());
  inputs.emplace_back(runs.scenarios[0].panel_folder);
  for (const std::string& file : {flags.fit.posterior, flags.fit.priors}) inputs.emplace_back(file);
  check_output(flags.out, inputs);
  if (!flags.common.quiet) point_to_notes(problems, flags.scenarios.front());
  runs.panel = cut(std::move(runs.panel), runs.scenarios[0].start);
  runs.posterior = posterior_of(runs.panel, flags.fit, flags.common);
  const int count = flags.futures > 0 ? flags.futures : runs.scenarios[0].futures;
  refuse_too_many(runs, count);
  for (Scenario& s : runs.scenarios) {
    s.futures = count;
    runs.ensembles.push_back(project(
        schedule(runs.panel, s), runs.posterior.spending, runs.posterior.economy,
        {.futures = count}, flags.common.execution(), [] { return !interruption_asked(); }));
    stop_if_asked();
  }
  return runs;
}

}  // namespace tenbin::app
