// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "tenbin/core/experiment.hpp"
#include "tenbin/core/record.hpp"

/// Natural experiments as scored forecasts of the share of GDP: docs/counterfactuals.md.

namespace tenbin {

inline constexpr int experiment_years = 3;  // scored after an experiment's origin

/// Whose forecast is shown: that of the countries that an event concerned, of countries that it did
/// not concern, or of the first ones in years without such an event.
enum class ExperimentGroup { concerned, other_states, other_years };
inline constexpr std::array<std::string_view, 3> experiment_group_names{
    "countries concerned", "other countries", "other years"};

/// Forecasts of an experiment in the order of a row's numbers.
enum class Foresight { nothing, promises, war, war_of_today };
inline constexpr std::size_t foresights = 4;
inline constexpr std::array<std::string_view, foresights> foresight_names{
    "without promises", "with promises", "with the war", "with the war, today's response"};

/// One state's share in one year, as it was forecast and as it was.
struct ExperimentRow {
  std::size_t experiment = 0;
  ExperimentGroup group = ExperimentGroup::concerned;
  int event = 0;  // year of the event, or the placebo year
  StateIndex state = 0;
  int origin = 0, year = 0;  // last year known, year forecast
  double observed = missing;
  std::array<double, foresights> median{missing, missing, missing, missing};  // shares
  std::array<double, foresights> pit{missing, missing, missing, missing};     // part below observed
};
/// In the order of experiments, groups, origins, states and years. `records` are those of
/// try_origin().
std::vector<ExperimentRow> experiment_rows(const Panel& panel,
                                           std::span<const Experiment> experiments,
                                           std::span<const OriginRecord> records);

/// The rows of an experiment and a group, of forecasts of one kind that were made in the year
/// before the event or in its year.
struct ExperimentLine {
  std::size_t experiment = 0;
  ExperimentGroup group = ExperimentGroup::concerned;
  bool before = true;  // made in the year before the event
  Foresight foresight = Foresight::nothing;
  std::array<int, experiment_years> cases{};          // by years ahead, from 1
  std::array<double, experiment_years> percentile{};  // mean part of the simulations below the
                                                      // outcome; NaN without cases
  std::array<double, experiment_years> above{},
      below{};  // part of outcomes outside the middle 80 %
};
/// In the order of experiments, groups, origins and kinds. Of states that an event did not concern
/// and of other years only forecasts without promises.
std::vector<ExperimentLine> experiment_lines(std::span<const ExperimentRow> rows);

}  // namespace tenbin
