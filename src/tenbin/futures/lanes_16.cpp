// SPDX-License-Identifier: Apache-2.0
// Sixteen futures side by side. CMakeLists.txt compiles this file for AVX2.
#include "tenbin/futures/run_block.hpp"

namespace tenbin {
void run_block_16(const BlockJob& job) { run_futures<Twin<Twin<Lane<4>>>>(job); }
}  // namespace tenbin
