// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

/// The structural danger of a dispute between two states, as a panel's folder can carry it.

namespace tenbin {

/// What it answers to, all of the year before; nothing of the dyad's own history.
enum class DangerCovariate {
  intercept,
  log_km,
  land_border,
  larger_share,
  imbalance,
  democracy,
  ally,
  rival
};
inline constexpr std::size_t danger_covariates = 8;
inline constexpr std::array<std::string_view, danger_covariates> danger_covariate_names{
    "intercept", "log_km",    "land_border", "larger_share",
    "imbalance", "democracy", "ally",        "rival"};
using DangerVector = std::array<double, danger_covariates>;

/// Log odds of a fatal dispute, and of one with force, by covariates; fitted to the years first ..
/// last.
struct DangerModel {
  int first = 0, last = 0;
  int rows = 0;  // dyad-years
  struct Outcome {
    int onsets = 0;
    DangerVector slope{}, error{};
  };
  Outcome fatal, force;
};

}  // namespace tenbin
