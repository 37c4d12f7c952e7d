// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/fit/calibrate.hpp"

namespace tenbin {

/// Rank histograms as an SVG file of its own: one plot a global parameter, with the band that holds
/// 99 % of a uniform histogram's bars, and one for the states or years of each other parameter
/// together, without one.
std::string rank_plot(const Calibration& calibration);

}  // namespace tenbin
