// SPDX-License-Identifier: Apache-2.0
// Random sequences of calls of the C interface (fuzz/capi.cpp), of which the sanitizers see every
// one.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tenbin/num/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int capi_calls_done(int call);
extern "C" int capi_calls_made();

/// capi_fuzz_test [SEQUENCES [FIRST]]
int main(int argc, char** argv) {
  const std::uint32_t count = argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : 50,
                      first = argc > 2 ? static_cast<std::uint32_t>(std::atoi(argv[2])) : 0;
  for (std::uint32_t sequence = first; sequence < first + count; ++sequence) {
    std::vector<std::uint8_t> bytes;
    // most sequences begin as a user would: a study with a scenario and a posterior
    if (sequence % 4 != 0) bytes = {0, 1};
    for (std::uint32_t block = 0; block < 16; ++block)
      for (const std::uint32_t word : tenbin::philox({block, sequence, 0, 0}, 20261127))
        for (int shift = 0; shift < 32; shift += 8)
          bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  int done = 0, never = 0;
  for (int call = 1; capi_calls_done(call) >= 0; ++call) {
    done += capi_calls_done(call);
    if (capi_calls_done(call) > 0) continue;
    std::printf("call %d never did what it was asked\n", call);
    ++never;
  }
  std::printf("%u sequences, %d calls, %d of them did what they were asked\n", count,
              capi_calls_made(), done);
  return count >= 50 && never > 0 ? 1 : 0;  // else it would only have tried refusals
}
