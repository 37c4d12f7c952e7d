// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "tenbin/core/classification.hpp"

namespace tenbin {

/// Probabilities in (0, 1) and whether the event came, case by case.
Classification classify(std::span<const double> probability, std::span<const char> came);

}  // namespace tenbin
