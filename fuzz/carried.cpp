// SPDX-License-Identifier: Apache-2.0
// The record that a page carries beside its study: bytes that are accepted are written back as they
// were, and the page's section on the past is written from them.
#include <algorithm>

#include "expect.hpp"
#include "small_study.hpp"
#include "tenbin/briefing/score_page.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  static const PageStudy study = fuzz::small_study();
  Carried c{.study = study};
  if (!put_record({data, size}, c)) return 0;
  if (c.record) fuzz::expect(!score_section(*c.record, study.panel).empty());
  const auto back = record_bytes(std::move(c));
  fuzz::expect(std::equal(back.begin(), back.end(), data, data + size));
  return 0;
}
