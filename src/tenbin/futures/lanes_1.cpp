// SPDX-License-Identifier: Apache-2.0
// One future at a time: the plain meaning of the code, to which the wider ones are held.
#include "tenbin/futures/run_block.hpp"

namespace tenbin {
void run_block_1(const BlockJob& job) { run_futures<double>(job); }
}  // namespace tenbin
