// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "tenbin/io/scenario_reader.hpp"

namespace tenbin {
namespace {

/// What two scenarios must share for their futures to be pairs.
void require_pairs(const Scenario& first, const Scenario& other, const std::string& path,
                   const Panel& panel, const Panel& other_panel, Problems& problems) {
  const auto differ = [&](const char* what, auto a, auto b) {
    if (a != b)
      problems.push_back({path,
                          fmt::format("its {} is {}, that of the first scenario is {}", what, b, a),
                          "Scenarios are compared future by future: give both the same panel, "
                          "start, end and seed"});
  };
  differ("panel", panel.hash.substr(0, 12), other_panel.hash.substr(0, 12));
  differ("disputes.toml", panel.disputes_hash.substr(0, 12),
         other_panel.disputes_hash.substr(0, 12));
  differ("start", first.start, other.start);
  differ("end", first.end, other.end);
  differ("seed", first.seed, other.seed);
}

/// Tells a scenario apart from those before it: two files of one name are s and s-2, and two of one
/// title are noted.
void tell_apart(Scenario& scenario, const std::string& path, const std::vector<std::string>& paths,
                Runs& before) {
  Problems& problems = before.notes;
  const auto is_taken = [&](const std::string& id) {
    return std::ranges::find(before.scenarios, id, &Scenario::id) != before.scenarios.end();
  };
  const std::string id = scenario.id;
  for (int number = 2; is_taken(scenario.id); ++number)
    scenario.id = fmt::format("{}-{}", id, number);
  if (scenario.id != id)
    problems.push_back({path,
                        fmt::format("another scenario is called {} too; this one is {} in tables",
                                    id, scenario.id),
                        "Give the files names of their own", Problem::Kind::note});
  for (std::size_t k = 0; k < before.scenarios.size(); ++k)
    if (before.scenarios[k].name == scenario.name && paths[k] != path)
      problems.push_back({path,
                          fmt::format("{} has the same name, \"{}\"", paths[k], scenario.name),
                          "Give each scenario a name of its own", Problem::Kind::note});
}

}  // namespace

Projection Runs::projection() const {
  Projection p{{}, &posterior->spending, &posterior->economy, {.futures = scenarios[0].futures}};
  for (const Schedule& s : schedules) p.runs.push_back({.schedule = &s});
  return p;
}

Runs read_runs(const std::vector<std::string>& paths, Problems& problems) {
  Runs runs;
  std::optional<Panel> panel;
  std::vector<std::string> read;  // paths of runs.scenarios
  for (const std::string& path : paths) {
    ScenarioReading reading = read_scenario_checked(path);
    for (Problem& p : reading.problems)
      if (std::ranges::find(problems, p) == problems.end()) problems.push_back(std::move(p));
    runs.files.insert(runs.files.end(), reading.files.begin(), reading.files.end());
    if (!reading.scenario) continue;
    if (runs.scenarios.empty()) {
      panel = std::move(reading.panel);
    } else {
      require_pairs(runs.scenarios[0], *reading.scenario, path, *panel, *reading.panel, problems);
    }
    tell_apart(*reading.scenario, path, read, runs);
    read.push_back(path);
    runs.scenarios.push_back(std::move(*reading.scenario));
  }
  if (panel) runs.past = past_of(std::move(*panel), runs.scenarios[0].start);
  return runs;
}

void schedule_runs(Runs& runs, std::optional<std::int64_t> futures,
                   std::optional<std::uint64_t> seed) {
  Scenario& first = runs.scenarios[0];
  first.futures = futures.value_or(first.futures);
  first.seed = seed.value_or(first.seed);
  for (Scenario& s : runs.scenarios) {
    s.futures = first.futures;
    s.seed = first.seed;
  }
  runs.schedules = compile(runs.past, runs.scenarios).schedules;
}

Problems unknown_notes(const Runs& runs) {
  Problems notes;
  if (runs.schedules.empty()) return notes;
  const Schedule& s = runs.schedules[0];
  const Scenario& base = runs.scenarios[0];
  const auto bears = [&](StateIndex i) {
    const auto by = [&](const Link& l) { return l.j == i; };
    return std::ranges::any_of(s.topology.threats, by) ||
           std::ranges::any_of(s.topology.covers, by) ||
           std::ranges::any_of(base.blocs, [&](const Bloc& b) {
             return std::ranges::find(b.members, i) != b.members.end();
           });
  };
  for (StateIndex i = 0; i < s.states(); ++i)
    if (s.law[i] == Law::idle && bears(i))
      notes.push_back({runs.panel().states[i].id,
                       fmt::format("{} {}: it is not projected, and no bloc counts it", s.ids[i],
                                   since_words(runs.panel(), i, base.start)),
                       "As a rival or an ally it counts with the stock that it had, which decays",
                       Problem::Kind::note});
  return notes;
}

void require_same_panel(const Runs& runs, const Panel& panel) {
  if (runs.panel().hash == panel.hash) return;
  throw Error({{runs.files.empty() ? runs.scenarios[0].id : runs.files[0].string(),
                fmt::format("its panel is {} ({}), not {} ({})", runs.panel().name,
                            runs.panel().hash.substr(0, 12), panel.name, panel.hash.substr(0, 12)),
                "Give the panel that the scenarios name, or other scenarios"}});
}

void require_same_disputes(const Runs& runs) {
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s)
    if (runs.scenarios[s].disputes != runs.scenarios[0].disputes)
      throw Error({{runs.scenarios[s].id + ".toml",
                    "one of the scenarios draws disputes and another does not",
                    "Give all of them the same `disputes`; tenbin compare shows what it changes"}});
}

}  // namespace tenbin
