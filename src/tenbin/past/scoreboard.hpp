// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/record.hpp"
#include "tenbin/core/scorecard.hpp"

namespace tenbin {

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

/// What a scorecard is made from.
struct ScorecardSource {
  std::span<const OriginRecord> records;
  std::vector<std::string> methods;  // the own one first
  std::vector<std::string> states;   // ids
  std::string setup;                 // as in Scorecard
  std::vector<TermWorth> terms;      // of an ablation, if one was asked for
};

/// The back-test in small. The stories of its misses are those that the panel tells.
Scorecard scorecard(const Panel& panel, const ScorecardSource& source);

}  // namespace tenbin
