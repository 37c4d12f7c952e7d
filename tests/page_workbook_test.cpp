// SPDX-License-Identifier: Apache-2.0
// The workbook of a page, read back by the reader of published workbooks.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "near.hpp"
#include "tenbin/io/published/workbook.hpp"
#include "tenbin/questions/workbook.hpp"

namespace page_workbook_test {

using namespace tenbin;

namespace {

const std::string page = R"html(<body>
<h1>A headline.</h1><section><h2>Prices &amp; more</h2><h3>By year</h3>
<div><table><caption>In short</caption><thead><tr><th scope="col">Country <span class="term">share<span class="tip" role="tooltip">what it is</span></span></th><th>Two</th></tr></thead>
<tbody><tr><th rowspan="2"><bdi>Alpha</bdi>, land</th><td>1.41%</td></tr><tr><td>1,292</td></tr><tr><td>−0.3</td><td>=1+1</td></tr></tbody></table></div>
<details><summary>By year</summary><table><tr><td>+5</td><td>3 of 4</td></tr><tr><td>1</td><td>2</td></tr></table></details>
<details class="data"><summary>As a table</summary><table><tr><th>Year</th></tr></table></details></section>
<script type="application/json" id="x">{"a":"<table>"}</script>
<pre>Whose figures</pre><footer><p>Made by tenbin</p></footer>
</body>)html";

std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a workbook has every table of a page under its headings, numbers as numbers") {
  TidyTable projections;
  projections.text("country");
  projections.number("q50");
  projections << "Alphaland" << 0.25 << "=HYPERLINK()" << std::numeric_limits<double>::quiet_NaN();
  const auto path = std::filesystem::temp_directory_path() / "tenbin_page.xlsx";
  write_workbook(path, page, projections);
  const std::string written = bytes_of(path);
  write_workbook(path, page, projections);
  CHECK(bytes_of(path) == written);  // at any time

  const PublishedFile file{path.string(), written};
  const Workbook book(file);
  CHECK(book.sheets() ==
        std::vector<std::string>{"Contents", "In short", "By year", "Projections"});
  const auto read = [&](const std::string& sheet) {
    std::map<std::pair<int, int>, WorkbookCell> cells;
    book.read(sheet, [&](int row, const std::vector<WorkbookCell>& all) {
      for (const WorkbookCell& c : all) cells[{row, c.column}] = c;
      return true;
    });
    return cells;
  };
  auto front = read("Contents");
  CHECK(front[{1, 0}].text == "A headline.");
  CHECK(front[{3, 0}].text == "Prices & more: By year: In short");
  CHECK(front[{7, 0}].text == "Whose figures");
  CHECK(front[{8, 0}].text == "Made by tenbin");
  auto table = read("In short");
  CHECK(table[{3, 0}].text == "Country share");  // without the explanation
  CHECK(table[{4, 0}].text == "Alpha, land");
  CHECK(table[{4, 1}].number);
  CHECK(std::stod(table[{4, 1}].text) == approx(0.0141));
  CHECK(table[{5, 1}].text == "1292");  // beside the cell over two rows
  CHECK(std::stod(table[{6, 0}].text) == approx(-0.3));
  CHECK(table[{6, 1}].text == "=1+1");  // a text, no formula: the reader refuses those
  CHECK(!table[{6, 1}].number);
  auto second = read("By year");
  CHECK(second[{3, 0}].text == "5");
  CHECK(second[{3, 1}].text == "3 of 4");
  auto numbers = read("Projections");
  CHECK(numbers[{2, 1}].text == "0.25");
  CHECK(numbers[{3, 0}].text == "=HYPERLINK()");
  CHECK(numbers.count({3, 1}) == 0);  // unknown is no number
  std::filesystem::remove(path);
}

TEST_CASE("a workbook that cannot be written leaves nothing behind") {
  const auto folder = std::filesystem::temp_directory_path() / "tenbin_no_such_folder";
  CHECK_THROWS(write_workbook(folder / "a.xlsx", page, {}));
  CHECK(!std::filesystem::exists(folder));
}

}  // namespace page_workbook_test
