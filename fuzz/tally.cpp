// SPDX-License-Identifier: Apache-2.0
// What a worker added up, as words: words that are accepted are written back as they were, can be
// added to other futures, and give bands and chances.
#include <algorithm>
#include <vector>

#include "small_tally.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  fuzz::Input in(data, size);
  const bool exact = in.take<std::uint8_t>() % 2 == 0;
  std::vector<std::uint64_t> words(in.left() / sizeof(std::uint64_t));
  for (std::uint64_t& word : words) word = in.take<std::uint64_t>();
  Tally tally = fuzz::small_tally(exact);
  if (from_words(words, fuzz::small_blocks, tally)) {
    fuzz::expect(to_words(tally) == words);
    fuzz::use(std::move(tally), exact);
  }
  return 0;
}
