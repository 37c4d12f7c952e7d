// SPDX-License-Identifier: Apache-2.0
// Thirty-two futures side by side. CMakeLists.txt compiles this file for AVX-512.
#include "tenbin/futures/run_block.hpp"

namespace tenbin {
void run_block_32(const BlockJob& job) { run_futures<Twin<Twin<Lane<8>>>>(job); }
}  // namespace tenbin
