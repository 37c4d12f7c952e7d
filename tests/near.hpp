// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cmath>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// For `==`: within a part of the value, 1.2e-5 without `.epsilon()`. doctest's own would take a
/// part of 1 + the value, which sees nothing in small values. For 0 give an absolute limit instead.
inline doctest::Approx approx(double wanted) { return doctest::Approx(wanted).scale(1e-9); }

/// Within a part of the second value, or both unknown.
inline bool is_near(double value, double wanted, double part) {
  if (!known(value) || !known(wanted)) return known(value) == known(wanted);
  return std::abs(value - wanted) <= part * std::abs(wanted) + 1e-12;
}

}  // namespace tenbin
