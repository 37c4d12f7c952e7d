// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runs.hpp"
#include "tenbin/study/brief.hpp"

namespace tenbin::app {

/// What a panel's folder holds beside its tables, or why it is not shown.
struct Beside {
  std::optional<Scorecard> record;
  std::string no_record;
  std::optional<DisputeOutlook> disputes;
  std::string no_disputes;
};

/// Reads it, to be called before any projection: a wrong file costs nothing then.
Beside read_beside(const Runs& runs);

}  // namespace tenbin::app
