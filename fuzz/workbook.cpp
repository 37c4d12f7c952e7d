// SPDX-License-Identifier: Apache-2.0
// Any bytes as a workbook: zip, XML and sheets.
#include "tenbin/io/published/workbook.hpp"

#include "sound.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  const PublishedFile file{"book.xlsx", {reinterpret_cast<const char*>(data), size}};
  try {
    const Workbook book(file);
    for (const std::string& sheet : book.sheets())
      book.read(sheet, [](int, const std::vector<WorkbookCell>& cells) {
        for (const WorkbookCell& cell : cells) fuzz::expect(!cell.text.empty() && cell.column >= 0);
        return true;
      });
  } catch (const Refusal& why) {
    fuzz::expect(!why.what.empty());
  }
  return 0;
}
