// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/stages.hpp"

#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

/// States with a link to one of `marked` that counts in some year from the start on, either way.
std::vector<char> neighbours(const Schedule& s, const std::vector<char>& marked, bool rivals) {
  const std::vector<Link>& links = rivals ? s.topology.threats : s.topology.covers;
  std::vector<char> counts(links.size(), false), result(marked.size(), false);
  for (int year = s.start; year <= s.end; ++year) {
    const Relations<double>& r = s.base[year - s.first];
    const std::vector<double>& value = rivals ? r.hostility : r.cover;
    for (std::size_t k = 0; k < links.size(); ++k) counts[k] = counts[k] || value[k] > 0;
  }
  for (const SetLink& set : rivals ? s.hostility : s.cover)
    for (const std::size_t k : set.links) counts[k] = true;
  for (std::size_t k = 0; k < links.size(); ++k) {
    if (!counts[k]) continue;
    if (marked[links[k].j]) result[links[k].i] = true;
    if (marked[links[k].i]) result[links[k].j] = true;
  }
  return result;
}

}  // namespace

Stages add_stages(std::vector<Run>& runs, const Schedule& changed) {
  const Schedule& base = *runs[0].schedule;
  const std::vector<char> hands_on = changed_states(base, changed);
  std::vector<char> sees = hands_on;
  Stages stages;
  const auto add = [&](std::size_t stage) {
    Run run{.schedule = &changed, .disputes = stage < 5 ? RunDisputes::as_first : RunDisputes::own};
    bool everyone = true;
    for (const char s : sees) {
      run.follows.push_back(s ? missing : 0.0);
      everyone = everyone && s;
    }
    if (everyone) run.follows.clear();
    const Run& last = runs[stages.run[stage - 1]];
    const auto same = [&] {
      if (stage == 1 || last.follows.size() != run.follows.size()) return false;
      if (stage == 5 && (base.disputes || changed.disputes)) return false;
      for (std::size_t i = 0; i < run.follows.size(); ++i)
        if (known(last.follows[i]) != known(run.follows[i])) return false;
      return true;
    };
    if (!same()) runs.push_back(std::move(run));
    stages.run[stage] = static_cast<int>(runs.size()) - 1;
  };
  const auto let_see = [&](bool rivals) {
    for (const Schedule* s : {&base, &changed}) {
      const std::vector<char> more = neighbours(*s, hands_on, rivals);
      for (std::size_t i = 0; i < sees.size(); ++i) sees[i] = sees[i] || more[i];
    }
  };
  add(1);
  let_see(true);
  add(2);
  let_see(false);
  add(3);
  sees.assign(sees.size(), true);
  add(4);
  add(5);
  return stages;
}

int add_raised(std::vector<Run>& runs, StateIndex state, double factor) {
  Run run{.schedule = runs[0].schedule, .disputes = RunDisputes::as_first};
  run.follows.assign(static_cast<std::size_t>(runs[0].schedule->states()), missing);
  run.follows[state] = log(factor);
  runs.push_back(std::move(run));
  return static_cast<int>(runs.size()) - 1;
}

}  // namespace tenbin
