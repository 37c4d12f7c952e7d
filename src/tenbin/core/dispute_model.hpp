// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/classification.hpp"
#include "tenbin/core/danger_model.hpp"
#include "tenbin/core/draws.hpp"

/// A fitted model of the onsets of militarised disputes, as a panel's folder can carry it
/// (disputes.toml of docs/formats.md).

namespace tenbin {

/// What the risk of a year answers to, all of the year before.
enum DisputeCovariate {
  distance,
  land_border,
  larger_share,
  imbalance,
  democracy,
  rivalry,
  recent,
  peace
};
inline constexpr std::size_t dispute_covariates = 8;
inline constexpr std::array<std::string_view, dispute_covariates> dispute_covariate_names{
    "distance",  "land_border", "larger_share", "imbalance",
    "democracy", "rivalry",     "recent",       "peace"};
inline constexpr std::array<std::string_view, dispute_covariates> dispute_covariate_meanings{
    "log of kilometres between the capitals",
    "1 where the two share a border on land",
    "log of the larger state's share of the world's stock",
    "log of the larger stock over the smaller",
    "electoral democracy of the less democratic",
    "largest hostility of the year's spells",
    "log of 1 + years with an onset among the past ten",
    "log of 1 + years since the last onset"};
using DisputeVector = std::array<double, dispute_covariates>;

/// How far a dispute went; each includes those after it.
enum class Severity { any, force, fatal };
inline constexpr std::size_t severities = 3;
inline constexpr std::array<std::string_view, severities> severity_names{"any", "force", "fatal"};

/// Numbers of a posterior draw: for each severity an intercept and the covariates' slopes (of an
/// onset; of force in it; of a death in one with force), then the calibration's two slopes.
inline constexpr std::size_t dispute_logit = dispute_covariates + 1;
inline constexpr std::size_t dispute_numbers = severities * dispute_logit + 2;
/// The calibration turns about the first and bends at the second: probabilities of a year.
inline constexpr double calibration_centre = 0.02, calibration_bend = 0.1;

/// Columns are standardised by these.
struct DisputeScale {
  DisputeVector mean{}, sd{};
};

/// Spans of so many years in which a dyad was relevant all the time, and those of them with an
/// onset; spans overlap.
struct SpanRate {
  int spans = 0, with_onset = 0;
};
inline constexpr int longest_span = 25;  // years

/// Onsets that futures drew from an earlier year on, against those that came among the same dyads.
struct SimulatedCount {
  Severity severity = Severity::any;
  int first = 0, last = 0;   // years
  int observed = 0;          // onsets
  double mean = 0;           // over futures
  double low = 0, high = 0;  // 5 and 95 of 100 futures
};

struct DisputeModel {
  std::string fitted_to;     // panel and its release
  int first = 0, last = 0;   // years of the onsets fitted
  int rows = 0, onsets = 0;  // dyad-years
  DisputeScale scale;
  Draws draws;                   // dispute_numbers wide; thinned, one chain
  std::vector<SpanRate> within;  // base rates, of spans of 1 .. longest_span years
  std::string judged_on;         // "fitted to 1950-1989, judged on 1990-2010"
  std::array<Classification, severities> judged;
  Classification peace_alone;             // of any onset, by the years of peace alone
  std::vector<SimulatedCount> simulated;  // by severity, decade, then all; of the years judged

  std::vector<DangerModel> danger;  // by last year; a panel that reads the file takes them out

  /// Of the simulated, the longest span of each severity.
  std::vector<SimulatedCount> whole_spans() const {
    std::vector<SimulatedCount> whole;
    for (const SimulatedCount& c : simulated)
      if (!whole.empty() && whole.back().severity == c.severity)
        whole.back() = c;
      else
        whole.push_back(c);
    return whole;
  }
};

}  // namespace tenbin
