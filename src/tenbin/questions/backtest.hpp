// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tenbin/core/scorecard.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/fit/backtest.hpp"
#include "tenbin/questions/settings.hpp"

/// A back-test from settings, and its scores as tables.

namespace tenbin {

/// What a back-test is asked for. Throws Error with every problem.
BacktestOptions backtest_options(const Panel& panel, const Settings& settings,
                                 const FitSettings& fit);

/// "2000:2022" or "2000,2005,2010": each once, in order. Throws Error where it is no list of whole
/// numbers from `low` to `high`, naming `flag`.
std::vector<int> numbers_named(const std::string& text, const std::string& flag, int low, int high);

/// Everything that decides the bits of a back-test's record.
std::string backtest_key(const Panel& panel, int origin, const BacktestOptions& options);

/// Records in a folder, by the hash of their keys. Throws Error (output) if the folder cannot be
/// made.
RecordStore store_by_key(const std::filesystem::path& folder,
                         std::function<std::string(int origin)> key);

/// Records in a folder, by the hash of everything that decides their bits. Throws Error (output)
/// where the folder cannot be made. Panel and options must live as long as the store.
RecordStore store_in(const std::filesystem::path& folder, const Panel& panel,
                     const BacktestOptions& options);

/// Columns method, what (milex, burden), state, origin, horizon, observed, mean, sd, median, crps,
/// log_score, pit, low50 ... high95; all numbers but crps, log_score and pit are of the log.
TidyTable forecast_table(std::span<const OriginRecord> records);

/// Columns what, horizon, cases, origins, method, crps, log_score, absolute_error, coverage50,
/// coverage80, coverage80_se, coverage95, interval80, skill, skill_se, dm, dm_p; of the own method
/// and each baseline.
TidyTable score_table(const Scorecard& card);

}  // namespace tenbin
