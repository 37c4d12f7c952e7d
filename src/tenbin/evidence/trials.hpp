// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/experiment.hpp"
#include "tenbin/evidence/announcements.hpp"
#include "tenbin/evidence/experiments.hpp"
#include "tenbin/fit/backtest.hpp"

/// Forecasts with and without announcements, from the fits of a back-test.

namespace tenbin {

/// Names of an experiment's forecasts: without promises, with those in force at the origin, and
/// without promises but with a war, by the response as it was known at the origin or as it is
/// known today.
inline constexpr std::string_view no_promises = "no promises", known_promises = "promises",
                                  with_war = "war", with_war_of_today = "war, today's response";

/// The response to nearness of a war as it is known today: mean and sd of exposure_response.
struct WarResponse {
  double mean = missing, sd = missing;
};

/// The name of an experiment's forecast with its war.
inline std::string war_method(const Experiment& e, std::string_view which) {
  return e.id + ": " + std::string(which);
}

struct TrialOptions {
  BacktestOptions backtest;  // its origins are those of the trials and experiments
  WarResponse response;
};

/// Those of some origins at which trials or experiments are forecast, in order: the year before an
/// event and its own, and the same of placebo years.
std::vector<int> origins_of(std::span<const Trial> trials, std::span<const Experiment> experiments,
                            std::span<const int> origins);

/// The record of one origin: forecasts `without_it` and run_method() of the trials' states, and
/// those of experiments. The states' promises are those of the ledger; plans.csv does not act.
/// Before the first year of keeping.toml promises are kept as it says of that year if no promise
/// had ended by then. Nothing if it was stopped.
std::optional<OriginRecord> try_origin(const Panel& panel, int origin,
                                       std::span<const Trial> trials,
                                       std::span<const Experiment> experiments,
                                       const TrialOptions& options,
                                       const FitObserver& observer = {});

}  // namespace tenbin
