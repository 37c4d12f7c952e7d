// SPDX-License-Identifier: Apache-2.0
// Any text as rows of fields: its rows are written as this program writes them, and read again as
// they were.
#include <vector>

#include "in_memory.hpp"
#include "tenbin/io/table.hpp"

namespace {

using namespace tenbin;

std::string written(const std::vector<CsvRecord>& rows) {
  std::string text;
  for (const CsvRecord& row : rows)
    for (std::size_t k = 0; k < row.fields.size(); ++k)
      text += csv_field(row.fields[k]) + (k + 1 < row.fields.size() ? "," : "\n");
  return text;
}

/// A row of one empty field is written as an empty line, which is no row.
bool is_blank(const CsvRecord& row) { return row.fields.size() == 1 && row.fields[0].empty(); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::Input(data, size).text();
  int damaged = 0;
  auto rows = csv_records(text, damaged);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  if (!rows) {
    fuzz::expect(damaged >= 1 && damaged <= lines);
    return 0;
  }
  std::erase_if(*rows, is_blank);
  int line = 0;
  for (const CsvRecord& row : *rows) {
    fuzz::expect(row.line >= std::max(line, 1) && row.line <= lines && !row.fields.empty());
    line = row.line;
  }
  const auto again = csv_records(written(*rows), damaged);
  fuzz::expect(again.has_value() && again->size() == rows->size());
  for (std::size_t r = 0; r < rows->size(); ++r) {
    const auto &fields = (*rows)[r].fields, &back = (*again)[r].fields;
    fuzz::expect(fields.size() == back.size());
    for (std::size_t k = 0; k < fields.size(); ++k)
      fuzz::expect(text_of_field(back[k]) == fields[k]);
  }
  for (const CsvRecord& row : *rows)
    for (const std::string& field : row.fields)
      for (const auto read : {parse_number, parse_share, parse_money})
        if (const auto x = read(field)) fuzz::expect(*x - *x == 0 || read == parse_money);
  return 0;
}
