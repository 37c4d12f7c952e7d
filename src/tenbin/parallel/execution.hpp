// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace tenbin {

/// The machine, in one value. Results never depend on it.
struct Execution {
  int threads = 0;  // 0: one for each core
  int rank = 0, ranks = 1;
};

/// Calls work(block, worker) for block = 0 .. blocks-1, each once, on up to execution.threads
/// workers (numbered from 0, each does one block at a time); returns when all are done. Blocks must
/// write to places of their own. The first exception is rethrown.
void for_each_block(const Execution& execution, int blocks,
                    const std::function<void(int block, int worker)>& work);

/// Workers that would be used for that many blocks.
int threads_for(const Execution& execution, int blocks);

}  // namespace tenbin
