// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// What an event was expected to do to the share of GDP of the countries it concerned.
enum class Expected { up, down, open };
inline constexpr std::array<std::string_view, 3> expected_names{"up", "down", "open"};

/// A war as the lever `war` has it, docs/model.md section 6 (Levers).
struct ExperimentWar {
  StateIndex aggressor = 0, against = 0;
  int from = 0, until = 0;  // years in which its nearness is felt
  double intensity = 1;     // of Russia's war of 2022
};

/// A dated event that concerned some countries and not others: an entry of
/// data/evidence/experiments.toml, with the states that the panel has.
struct Experiment {
  std::string id, title, date, about, source;
  int year = 0;  // of the event
  Expected expected = Expected::open;
  std::vector<StateIndex> states;          // that it concerned
  std::vector<StateIndex> placebo_states;  // that it did not concern
  std::vector<int> placebo_years;  // years without such an event for the states that it concerned
  std::optional<ExperimentWar> war;
};

}  // namespace tenbin
