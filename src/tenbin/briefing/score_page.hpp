// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenbin/core/record.hpp"

namespace tenbin {

/// A back-test to be shown.
struct ScoreReport {
  const Panel& panel;
  std::span<const OriginRecord> records;
  std::vector<std::string> methods;  // the own one first
  std::vector<std::string> states;   // ids; empty: all
  std::string setup;                 // "world priors, standard terms": plain text
};

/// The scoreboard as one HTML file: gains by horizon and by state, calibration, the worst misses,
/// and what announced plans were worth.
std::string render_scores(const ScoreReport& report);

}  // namespace tenbin
