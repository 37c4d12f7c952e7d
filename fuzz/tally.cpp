// SPDX-License-Identifier: Apache-2.0
// What a worker added up, in a frame that is put right: a body that is accepted is written back as
// it was, can be added to other futures, and gives bands and chances.
#include "small_tally.hpp"
#include "tenbin/core/archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  fuzz::Input in(data, size);
  const bool exact = in.take<std::uint8_t>() % 2 == 0;
  const std::string bytes = framed<Tally>(ArchiveKind::tally, in.text());
  Tally tally = fuzz::small_tally(exact);
  if (from_bytes(bytes, fuzz::small_blocks, tally)) {
    fuzz::expect(to_bytes(tally) == bytes);
    fuzz::use(std::move(tally), exact);
  }
  return 0;
}
