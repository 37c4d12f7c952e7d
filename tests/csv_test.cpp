// SPDX-License-Identifier: Apache-2.0
// CSV that a spreadsheet opens: no text becomes a formula, numbers stay numbers, and tenbin reads
// back what it wrote.
#include <doctest/doctest.h>

#include <filesystem>

#include "fixture.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/published/panel_folder.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/tidy_file.hpp"

namespace csv_test {

using namespace tenbin;

namespace {

const std::vector<std::string> commands{"=1+1",
                                        "=cmd|' /C calc'!A0",
                                        "@SUM(1+1)*cmd|' /C calc'!A0",
                                        "+1+cmd|' /C calc'!A0",
                                        "-2+3+cmd|' /C calc'!A0",
                                        "=HYPERLINK(\"http://x\",\"y\")",
                                        "\t=1+1",
                                        "\r=1+1",
                                        "--1",
                                        "+81 3 1234",
                                        "-5 and less"};
const std::vector<std::string> plain{"",     "Japan",    "-5",    "+5",       "-0.5",    "-1e-7",
                                     "-3 %", "+2.5%",    "-",     "+",        "=",       "a=b",
                                     "1-2",  "a, b",     "\"x\"", "'tis",     "'",       "it's",
                                     "''",   "'quoted'", "2\n3",  "日本 - x", "\u22125", " =1"};

/// The one field of a CSV text of one row.
std::string field_of(const std::string& csv) {
  int damaged = 0;
  const auto records = csv_records(csv + "\n", damaged);
  REQUIRE(records);
  REQUIRE(records->size() == 1);
  REQUIRE(records->front().fields.size() == 1);
  return records->front().fields[0];
}

}  // namespace

TEST_CASE("a text that a spreadsheet would compute has an apostrophe before it, and comes back") {
  for (const std::string& text : commands) {
    CAPTURE(text);
    CHECK(field_of(csv_field(text)) == "'" + text);
    CHECK(text_of_field(field_of(csv_field(text))) == text);
  }
  for (const std::string& text : plain) {
    CAPTURE(text);
    CHECK(csv_field(text).find("'" + text) == std::string::npos);
    if (!text.empty()) CHECK(text_of_field(field_of(csv_field(text))) == text);
  }
  // Apostrophes of the text's own: each more or less is another text.
  for (std::string text : commands)
    for (int k = 0; k < 4; ++k) {
      CHECK(text_of_field(field_of(csv_field(text))) == text);
      text.insert(0, "'");
    }
}

TEST_CASE("every short text of the signs that matter comes back from CSV") {
  const std::string signs = "'=+-@\t\r\"%5,x ";
  int tried = 0;
  for (std::size_t n = 1; n <= 4; ++n) {
    std::vector<std::size_t> at(n, 0);
    for (;;) {
      std::string text;
      for (const std::size_t k : at) text += signs[k];
      REQUIRE(text_of_field(field_of(csv_field(text))) == text);
      ++tried;
      std::size_t k = 0;
      while (k < n && ++at[k] == signs.size()) at[k++] = 0;
      if (k == n) break;
    }
  }
  CHECK(tried == 13 + 169 + 2197 + 28561);
}

TEST_CASE("a table's numbers below 0 are numbers, its texts are none") {
  TidyTable table;
  table.text("name");
  table.number("change");
  table.integer("count");
  table << "=1+1" << -0.5 << -3;
  CHECK(csv_text(table) == "name,change,count\n'=1+1,-0.5,-3\n");
}

TEST_CASE("a panel whose texts are commands is rewritten as it was read") {
  const auto folder = std::filesystem::temp_directory_path() / "tenbin_csv_test";
  std::filesystem::remove_all(folder);
  std::filesystem::copy(std::filesystem::path(TENBIN_SOURCE) / "tests/data/tiny", folder,
                        std::filesystem::copy_options::recursive);
  write_text(folder / "events.csv",
             "date,states,kind,title,title_ja,detail,source,weight\n"
             "2020,JPN,law,=cmd|' /C calc'!A0,x,-5 and less,@x,1\n");
  const Panel before = read_panel(folder);
  REQUIRE(before.events.size() == 1);
  CHECK(before.events[0].title == "=cmd|' /C calc'!A0");
  PanelFolder writer(folder);
  TextTable& events = writer.table("events.csv", {"date"});
  events.rows[0][*events.find("weight")] = "2";
  writer.write();
  const Panel after = read_panel(folder);
  REQUIRE(after.events.size() == 1);
  CHECK(after.events[0].title == before.events[0].title);
  CHECK(after.events[0].detail == "-5 and less");
  Problems problems;
  const std::string text = read_text(folder / "events.csv", problems).value_or("");
  CHECK(text.find(",'=cmd|") != std::string::npos);
  CHECK(text.find(",'-5 and less") != std::string::npos);
  CHECK(text.find(",'@x") != std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace csv_test
