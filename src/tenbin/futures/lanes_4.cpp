// SPDX-License-Identifier: Apache-2.0
// Four futures side by side, for any machine.
#include "tenbin/futures/run_block.hpp"

namespace tenbin {
void run_block_4(const BlockJob& job) { run_futures<Lane<4>>(job); }
}  // namespace tenbin
