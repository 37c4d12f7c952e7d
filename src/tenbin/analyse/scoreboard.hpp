// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "tenbin/core/record.hpp"

namespace tenbin {

/// One method's mean scores over the cases that every method has.
struct MethodScore {
  std::string method;
  double crps = 0, log_score = 0, absolute_error = 0;  // of the median
  std::array<double, interval_levels.size()> coverage{}, width{};
  double energy = 0;  // mean over origins; NaN where it was not scored

  /// What the own method gains on this one: 1 - own CRPS / this CRPS, with a standard error from
  /// differences paired by case and summed by origin (origins nearer than the horizon overlap:
  /// Bartlett's weights), NaN where the origins are hardly more than one block. 0 for the own
  /// method.
  double skill = 0, skill_se = 0;
  double dm = 0, dm_p = 1;  // Diebold-Mariano on the mean loss of each origin, two-sided
};

/// The scoreboard of one horizon.
struct HorizonScores {
  Scored what = Scored::milex;
  int horizon = 0, cases = 0, origins = 0;
  std::vector<MethodScore> methods;  // the own one first, then by name as asked
  std::array<int, 10> pit{};         // histogram of the own method

  const MethodScore& own() const { return methods.front(); }
  /// The baseline with the smallest CRPS.
  const MethodScore& best_baseline() const;
};

struct ScoreboardOptions {
  Scored what = Scored::milex;
  std::vector<std::string> methods;  // the own one first
  std::vector<std::string> states;   // ids; empty: all
  int first_origin = 0, last_origin = 9999;
};

/// Those of the methods that forecast a quantity at all.
std::vector<std::string> methods_of(std::span<const OriginRecord> records, Scored what,
                                    const std::vector<std::string>& asked);

/// By horizon; only cases (state, origin, horizon) that all methods have are scored.
std::vector<HorizonScores> scoreboard(std::span<const OriginRecord> records,
                                      const ScoreboardOptions& options);

/// The forecasts of the own method that were furthest off, by CRPS, worst first; one a state.
std::vector<ScoredForecast> worst_misses(std::span<const OriginRecord> records,
                                         const ScoreboardOptions& options, int horizon,
                                         std::size_t count);

}  // namespace tenbin
