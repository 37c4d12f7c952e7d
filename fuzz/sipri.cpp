// SPDX-License-Identifier: Apache-2.0
// SIPRI's reader behind the zip: the bytes are the parts of a workbook, each after a line "===
// NAME", packed here so that checksums hold and the mutations reach the reader.
#include <string_view>

#include "packing.hpp"
#include "sound.hpp"
#include "tenbin/io/published/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view parts(reinterpret_cast<const char*>(data), size);
  tenbin::fuzz::expect_sound(tenbin::read_sipri, {"book.xlsx", tenbin::fuzz::packed_parts(parts)});
  return 0;
}
