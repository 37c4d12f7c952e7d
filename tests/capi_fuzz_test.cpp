// SPDX-License-Identifier: Apache-2.0
// Random sequences of calls of the C interface (fuzz/capi.cpp), of which the sanitizers see every
// one.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tenbin/num/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// capi_fuzz_test [SEQUENCES [FIRST]]
int main(int argc, char** argv) {
  const std::uint32_t count = argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : 300,
                      first = argc > 2 ? static_cast<std::uint32_t>(std::atoi(argv[2])) : 0;
  for (std::uint32_t sequence = first; sequence < first + count; ++sequence) {
    std::vector<std::uint8_t> bytes;
    // most sequences begin as a user would: a study with a scenario and a posterior
    if (sequence % 4 != 0)
      bytes = {0, 0, 3, 0, static_cast<std::uint8_t>(1 + 2 * (sequence % 2)), 4, 1};
    for (std::uint32_t block = 0; block < 16; ++block)
      for (const std::uint32_t word : tenbin::philox({block, sequence, 0, 0}, 20261127))
        for (int shift = 0; shift < 32; shift += 8)
          bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%u sequences of calls\n", count);
  return 0;
}
