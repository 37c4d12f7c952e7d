// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/classification.hpp"
#include "tenbin/core/draws.hpp"

/// A fitted model of the onsets of militarised disputes, as a panel's folder can carry it
/// (disputes.toml of docs/formats.md).

namespace tenbin {

/// What the risk of a year answers to, all of the year before.
enum DisputeCovariate { distance, larger_share, imbalance, democracy, recent, peace };
inline constexpr std::size_t dispute_covariates = 6;
inline constexpr std::array<std::string_view, dispute_covariates> dispute_covariate_names{
    "distance", "larger_share", "imbalance", "democracy", "recent", "peace"};
inline constexpr std::array<std::string_view, dispute_covariates> dispute_covariate_meanings{
    "log of kilometres between the capitals",
    "log of the larger state's share of the world's stock",
    "log of the larger stock over the smaller",
    "electoral democracy of the less democratic",
    "onsets in the past ten years",
    "log of 1 + years since the last onset"};
using DisputeVector = std::array<double, dispute_covariates>;

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
  Draws draws;                   // intercept, the covariates, force; thinned, one chain
  std::vector<SpanRate> within;  // base rates, of spans of 1 .. longest_span years
  std::string judged_on;         // "fitted to 1950-1989, judged on 1990-2010"
  Classification judged, peace_alone;
  std::vector<SimulatedCount> simulated;  // by decade, then all; of the years judged
};

}  // namespace tenbin
