// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/levers.hpp"

namespace tenbin {

struct Bloc {
  std::string name;
  std::vector<StateIndex> members;
};

/// A state that is in both; two such blocs are not weighed against each other.
inline std::optional<StateIndex> shared_member(const Bloc& one, const Bloc& other) {
  for (const StateIndex i : one.members)
    if (std::find(other.members.begin(), other.members.end(), i) != other.members.end()) return i;
  return std::nullopt;
}

/// A validated scenario on a panel.
struct Scenario {
  std::string id;    // name of its file without folder and ending
  std::string name;  // one line for a reader
  std::string about;
  std::string panel_folder;  // as found from the scenario's file
  int start = 0;             // last observed year used
  int end = 0;               // last projected year
  std::int64_t futures = 4000;
  std::uint64_t seed = 20261122;
  StateIndex focus = 0;
  bool announced_plans = true;  // whether plans.csv acts
  bool disputes = true;         // whether futures draw them, where the panel has a model of them
  std::vector<Bloc> blocs;
  std::vector<Lever> levers;

  int years() const { return end - start + 1; }  // start included
};

}  // namespace tenbin
