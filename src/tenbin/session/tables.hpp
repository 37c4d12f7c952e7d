// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/analyse/answers.hpp"
#include "tenbin/analyse/tables.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/session/runs.hpp"

/// Answers to one scenario as tidy tables.

namespace tenbin {

/// Columns scenario, state, raised, years, quantiles and mean of the change (0.01: 1 % more),
/// positive and negative with their errors.
TidyTable response_table(const Runs& runs, const std::vector<Response>& responses);

/// Columns scenario, state, announced, announced_in, by, target, now, gap, then chances: in_time,
/// ever, year_reached, in_that_year.
TidyTable target_table(const Runs& runs, const std::vector<TargetOutlook>& targets);

/// Two blocs against each other.
struct BlocPair {
  const Bloc* first;
  const Bloc* second;
  BalanceQuestion question;
};
/// Every pair of the first scenario's blocs. Throws Error where there are fewer than two.
std::vector<BlocPair> ask_balances(std::vector<Measure>& measures, const Runs& runs);
/// Columns scenario, first, second, year, quantity (first, second: M USD; ratio), quantiles and
/// mean, first_ahead with its error.
TidyTable balance_table(const Runs& runs, const std::vector<BlocPair>& pairs, const Tally& tally);

/// Columns from, to, distance_km, since, system.
TidyTable reach_table(const Panel& panel, const std::vector<Reaching>& reach);

/// Columns equation, parameter, element (a state or a year, empty for one of all), mean, sd, q05,
/// median, q95, rhat, ess_bulk, ess_tail, mcse_mean and prior_driven (1 where the prior speaks
/// rather than the data; of globals).
TidyTable parameter_table(const Posterior& posterior);

}  // namespace tenbin
