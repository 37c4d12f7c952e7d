// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/study/calibrate.hpp"

namespace tenbin {

/// Rank histograms as an SVG file of its own: one panel a global parameter, and one for the states
/// or years of each other parameter together. The band holds 99 % of a uniform histogram's bars.
std::string rank_plot(const Calibration& calibration);

}  // namespace tenbin
