// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/core/scorecard.hpp"

namespace tenbin::app {

/// A scorecard as tables on the screen.
void print(const Scorecard& card);
/// Its scores as JSON (docs/formats.md).
void print_json(const Scorecard& card);

}  // namespace tenbin::app
