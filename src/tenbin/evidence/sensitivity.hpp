// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"

/// What depends on the constants of the stocks, and on whose figures are fitted. The constants are
/// not estimated: docs/model.md section 1 (Covariates).

namespace tenbin {

/// Constants to try.
struct StockSetting {
  std::string name;  // "loss of 5% a year"
  StockRule rule;
  int from = 0;  // first year whose spending is used; 0: the panel's
};
/// The panel's own rule first; then slower and faster decay (5 and 15 % a year), weights that fade
/// over 1,000 and 10,000 km, spending before the first year that grew by 0 and 6 % a year, and, of
/// a panel of at least 20 years, a record that begins five years later.
std::vector<StockSetting> stock_settings(const Panel& panel);

/// A global parameter of the spending equation that a fit estimated.
struct Effect {
  std::string name;
  double mean = 0, sd = 0;  // of its posterior
};

/// What one setting says.
struct SettingResult {
  StockSetting setting;
  int rows = 0;                          // country-years fitted
  std::vector<Effect> effects;           // without those switched off
  std::vector<double> spending;          // median in Sensitivity::year by state, M USD; NaN: none
  std::vector<double> stock;             // the same of the accumulated spending
  std::vector<double> low, high;         // its likely range: the 10th and 90th percentile
  std::vector<StateIndex> first_threat;  // who threatens a state most, by state; -1: nobody
};

/// How far a setting moves what the first one says.
struct SettingChange {
  std::string effect;     // the one that moves most, by its posterior sd
  double effect_sds = 0;  // by how many
  StateIndex state = -1;  // whose median forecast moves most, relative to its likely range
  double spending = 0;    // by so much, relative: 0.1 is 10 % more
  double of_range = 0;    // the same over half the width of the likely range (both as logs)
  std::vector<StateIndex> other_threat;  // states that somebody else threatens most
};
SettingChange change_of(const SettingResult& first, const SettingResult& other);

/// A share of GDP as another source has it.
struct SecondShare {
  StateIndex state = 0;
  int year = 0;
  double share = 0;  // of GDP, 0-1
};

/// The spending equation fitted to two sources' figures of the same country-years.
struct TwoSources {
  int rows = 0;  // 0: not asked
  std::vector<Effect> own, second;
  double level_ratio = missing;                          // median of second over own share
  double own_spread = missing, second_spread = missing;  // sd of growth in these rows, 1/year
  double correlation = missing;                          // of growth, between the two
};

struct Sensitivity {
  int year = 0;                        // of the forecasts
  std::vector<SettingResult> results;  // by stock_settings(); none: stopped
  TwoSources sources;
};

struct SensitivityOptions {
  FitOptions fit;
  std::int64_t futures = 2000;
  int ahead = 10;  // years from the panel's last one to the forecasts
};

/// Fits and projects the panel once a setting, each with the same seed. With shares of a second
/// source it fits the spending equation twice more: to the panel's figures, and to the second
/// shares times the panel's GDP, both on the rows whose share the second source has in the year and
/// the two before. Throws Error where too few rows are left.
Sensitivity sensitivity(const Panel& panel, const SensitivityOptions& options,
                        const std::vector<SecondShare>& second, const Execution& execution,
                        const FitObserver& observer = {});

}  // namespace tenbin
