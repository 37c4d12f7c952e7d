// SPDX-License-Identifier: Apache-2.0
// The record that a page carries beside its study, in a frame that is put right: a body that is
// accepted is written back as it was, and the page's section on the past is written from it.
#include "expect.hpp"
#include "small_study.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/page/score_page.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  static const PageStudy study = fuzz::small_study();
  const std::string bytes =
      framed<PageRecord>(ArchiveKind::page_record, fuzz::Input(data, size).text());
  Carried c;
  c.study = study;
  if (!put_record(bytes, c)) return 0;
  if (c.record) fuzz::expect(!score_section(*c.record, study.panel, Language::japanese).empty());
  fuzz::expect(record_bytes(c) == bytes);
  return 0;
}
