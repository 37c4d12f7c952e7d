// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace tenbin {

/// What a chain did between two iterations, enough to go on to the same bits: the sampler's state
/// after `iteration` and the draws kept since the part before. All numbers keep their exact bits.
struct ChainPart {
  std::string equation;
  int chain = 0, iteration = 0;
  std::vector<double> state;    // opaque
  std::vector<double> records;  // what was kept: width + 5 numbers a draw
};

/// Where a sampler leaves its parts, and what an earlier run left. The callbacks are called from
/// the chains' threads.
struct Journal {
  std::vector<ChainPart> done;  // one a chain: the last state, all records
  std::function<bool(const std::string& equation, int chain)> due;  // time to save?
  std::function<void(const ChainPart& part)> save;
};

}  // namespace tenbin
