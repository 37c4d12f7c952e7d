// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "tenbin/core/ensemble.hpp"
#include "tenbin/core/record.hpp"
#include "tenbin/fit/fit.hpp"

namespace tenbin {

/// At each origin the panel is cut to what was known (as_of), fitted, projected without levers, and
/// scored against what came.
struct BacktestOptions {
  std::vector<int> origins;                                  // last years known
  std::vector<int> horizons{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};  // years ahead
  std::int64_t futures = 4000;
  FitOptions fit;  // its priors must be older than every origin, unless `priors` is set
  std::function<PriorSet(int origin)> priors;  // of data up to the origin; empty: those of `fit`
  std::shared_ptr<const Panel> vintage;  // figures as an earlier release published them; forecasts
                                         // are made from them, at origins up to its last year
  TermSet terms = TermSet::standard;  // on the panel as it was known; beside what `fit` leaves out
};

/// The panel with another release's figures of the states that both have, and none of the others.
Panel with_figures(Panel panel, const Panel& release);

/// Where an origin's record was kept from an earlier run, and where to keep a new one.
struct RecordStore {
  std::function<std::optional<OriginRecord>(int origin)> find;
  std::function<void(const OriginRecord&)> keep;  // called by one thread at a time
};

/// Makes the record of an origin; nothing if it was stopped. Called by several threads at a time.
using OriginWork =
    std::function<std::optional<OriginRecord>(int origin, const FitObserver& observer)>;
/// One record an origin, in order, from the store or else by `work`; those that were stopped are
/// left out. The observer is called with progress in [0, 1]; it returns false to stop.
std::vector<OriginRecord> records_of(std::span<const int> origins, const OriginWork& work,
                                     const Execution& execution, const FitObserver& observer = {},
                                     const RecordStore& store = {});

/// One record an origin, in order; those that were stopped are left out. The observer is told of
/// the part done and answers whether to go on.
std::vector<OriginRecord> backtest(const Panel& panel, const BacktestOptions& options,
                                   const Execution& execution, const FitObserver& observer = {},
                                   const RecordStore& store = {});

/// The record of one origin. Nothing if it was stopped.
std::optional<OriginRecord> backtest_origin(const Panel& panel, int origin,
                                            const BacktestOptions& options,
                                            const FitObserver& observer = {});

/// What a back-test knows at an origin: the panel as it was at the end of the year, in the figures
/// of the options' vintage if there is one.
std::shared_ptr<const Past> past_at(const Panel& panel, int origin, const BacktestOptions& options);

/// The fit that a back-test makes of such a past. If stopped, the economy's posterior has no
/// chains.
Posterior fit_at(const Past& past, const BacktestOptions& options,
                 const FitObserver& observer = {});

/// Logs of the simulated values of a state in a year; NaN if its share of GDP is not known.
std::vector<double> log_sample(const Ensemble& futures, int year, StateIndex i, Scored what);
/// Scores of a sample of logs against `observed` of the forecast given. Sorts the sample.
ScoredForecast score_sample(ScoredForecast forecast, std::vector<double>& sample);
/// Log of the observed spending, share or GDP of a state in a year; NaN if not observed.
double log_outcome(const Panel& panel, StateIndex i, int year, Scored what);

/// Scores of a normal forecast: of a baseline made elsewhere, or of tenbin's own.
ScoredForecast score_normal(std::string method, Scored what, std::string state, int origin,
                            int horizon, double observed, double mean, double sd);

/// Logs of a state's observed milex and GDP without a gap, since first_baseline_year and up to the
/// origin, its last year; nothing where there are fewer than fewest_baseline_years or no burden.
struct History {
  std::vector<double> log_milex, log_gdp;
};
std::optional<History> baseline_history(const Panel& panel, StateIndex state, int origin);

}  // namespace tenbin
