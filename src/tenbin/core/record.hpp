// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// The methods that an origin is scored for, beside baselines: the model, and where a plan was
/// already announced the model with it, in the panel's measure and as announced.
inline constexpr std::string_view own_method = "tenbin", with_plan = "plan",
                                  with_plan_as_announced = "plan, as announced";

/// What is forecast and scored, both on the log scale.
enum class Scored { milex, burden, gdp };
inline constexpr std::array<std::string_view, 3> scored_names{"milex", "burden", "gdp"};
/// The observed value, not its log: M USD, or a share; NaN where it is not known.
inline double scored(const MilexCell& c, Scored what) {
  if (what == Scored::milex) return c.milex;
  return what == Scored::burden ? c.burden : c.milex / c.burden;
}

/// Central intervals of a forecast, parts of 1.
inline constexpr std::array<double, 3> interval_levels{0.5, 0.8, 0.95};

/// One forecast of one state's milex (or burden, or GDP) `horizon` years after `origin`, with its
/// scores. All numbers are of the log.
struct ScoredForecast {
  std::string method;  // "tenbin", "rw", ...
  Scored what = Scored::milex;
  std::string state;
  int origin = 0, horizon = 0;
  double observed = 0;
  double mean = 0, sd = 0, median = 0;
  double crps = 0, log_score = 0, pit = 0;
  std::array<double, interval_levels.size()> low{}, high{};  // ends of the intervals
};

/// Energy score of the states' forecasts together.
struct JointScore {
  std::string method;
  Scored what = Scored::milex;
  int origin = 0, horizon = 0, states = 0;
  double energy = 0;
};

/// What one origin's forecasts were worth.
struct OriginRecord {
  int origin = 0;
  std::vector<ScoredForecast> forecasts;
  std::vector<JointScore> joint;
  double rhat_max = 0;  // of the spending equation's fit
  int divergences = 0, draws = 0;
};

}  // namespace tenbin
