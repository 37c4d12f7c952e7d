// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"

namespace tenbin {

/// Where a sampler leaves its parts, and what an earlier run left. The callbacks are called from
/// the chains' threads.
struct Journal {
  std::vector<ChainPart> done;  // one a chain: the last state, all records
  std::function<bool(const std::string& equation, int chain)> due;  // time to save?
  std::function<void(const ChainPart& part)> save;
};

}  // namespace tenbin
