// SPDX-License-Identifier: Apache-2.0
// A reader of tables on any bytes: it answers with findings or a refusal, and with nothing else.
#include "sound.hpp"
#include "tenbin/io/published/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tenbin::fuzz::expect_sound(tenbin::TENBIN_READER,
                             {"file", {reinterpret_cast<const char*>(data), size}});
  return 0;
}
