// SPDX-License-Identifier: Apache-2.0
// Eight futures side by side, for any machine.
#include "tenbin/futures/run_block.hpp"

namespace tenbin {
void run_block_8(const BlockJob& job) { run_futures<Lane<8>>(job); }
}  // namespace tenbin
