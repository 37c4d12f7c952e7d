// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tenbin/core/danger_model.hpp"
#include "tenbin/core/panel.hpp"

namespace tenbin {

/// The danger of disputes as the panel's own tell it, fitted to 1950 (or the second year of
/// milex.csv) up to the panel's last year of disputes, and up to every fifth year before it from
/// 1970 on, so that a forecast of the past has one that knew nothing later. Maximum likelihood with
/// a normal prior of variance 1,000 on every coefficient. Empty where the panel has too few.
std::vector<DangerModel> fit_danger(const Panel& panel);

}  // namespace tenbin
