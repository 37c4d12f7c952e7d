// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// Within a part of the second value. doctest::Approx would add the tolerance to small values.
inline bool is_near(double value, double wanted, double part) {
  if (!known(value) || !known(wanted)) return known(value) == known(wanted);
  return std::abs(value - wanted) <= part * std::abs(wanted) + 1e-12;
}

}  // namespace tenbin
