// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/in_child.hpp"
#include "tenbin/io/published/workbook.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/page/written_page.hpp"

namespace tenbin {
namespace {

constexpr std::size_t longest_cell = 32'000;  // characters; a worksheet holds 32,767
constexpr std::size_t longest_sheet_name = 31;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;  // of a workbook that is read back

struct Cell {
  std::string text;
  bool head = false;
  int across = 1, down = 1;
};
/// A table of a page, with the headings that it stands under.
struct PageTable {
  std::vector<std::string> headings;  // the outermost first
  std::vector<std::vector<Cell>> rows;
};
struct PageText {
  std::string headline;
  std::vector<PageTable> tables;
  std::vector<std::string> sources;  // whose figures they are, who made the page
};

/// The value of an attribute of "<td colspan=2>", or nothing.
int attribute(const std::string& element, const std::string& name, int otherwise) {
  const std::size_t at = element.find(" " + name + "=");
  int value = otherwise;
  if (at != std::string::npos)
    std::from_chars(element.data() + at + name.size() + 2, element.data() + element.size(), value);
  return value;
}

/// Whether two pieces of running text have a space between them: not before a mark that ends a
/// clause, nor beside Japanese (of three bytes from E2 BA on).
bool has_space(std::string_view before, std::string_view after) {
  const auto wide = [](char c) { return static_cast<unsigned char>(c) >= 0xe3; };
  const std::size_t last = before.find_last_of("(\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xef");
  const bool ends_wide = last != std::string_view::npos && last + 3 == before.size();
  return std::string_view(",.;:)%").find(after[0]) == std::string_view::npos && !wide(after[0]) &&
         !ends_wide && before.back() != '(';
}

/// Reads the tables out of a page, as a browser's reader sees them.
class PageReader {
 public:
  PageText read(const std::string& html) {
    for (const Piece& piece : pieces(body_of(html))) take(piece);
    return std::move(page_);
  }

 private:
  void take(const Piece& piece) {
    const std::string& text = piece.text;
    if (!piece.element) return put(text);
    const std::string name = text.substr(1, std::min(text.find_first_of(" >"), text.size()) - 1);
    if (name == "script") in_script_ = true;
    if (name == "/script") in_script_ = false;
    // An explanation that a reader opens is no part of the words that it explains.
    if (text.find(" role=tooltip") != std::string::npos) in_tip_ = true;
    if (in_tip_ && name == "/span") return void(in_tip_ = false);
    if (name == "details") plain_summary_ = text.find(" class=data") != std::string::npos;
    if (plain_summary_ && name == "summary") return void(heading_ = "skipped");
    if (heading_ == "skipped" && name == "/summary")
      return void((heading_.clear(), words_.clear()));
    if (name == "h1" || name == "h2" || name == "h3" || name == "summary" || name == "caption" ||
        name == "figcaption")
      heading_ = name, words_.clear();
    if (name == "/" + heading_ && !heading_.empty()) end_heading();
    if (name == "pre" || name == "footer") source_ = name, page_.sources.emplace_back();
    if (name == "/" + source_) source_.clear();
    if (name == "table") page_.tables.push_back({headings(), {}});
    if (page_.tables.empty()) return;
    std::vector<std::vector<Cell>>& rows = page_.tables.back().rows;
    if (name == "tr") rows.emplace_back();
    if ((name == "td" || name == "th") && !rows.empty()) {
      rows.back().push_back(
          {"", name == "th", attribute(text, "colspan", 1), attribute(text, "rowspan", 1)});
      in_cell_ = true;
    }
    if (name == "/td" || name == "/th" || name == "/table") in_cell_ = false;
  }
  void put(const std::string& text) {
    if (in_script_ || in_tip_) return;
    std::string& to = !source_.empty()               ? page_.sources.back()
                      : heading_.empty() && in_cell_ ? page_.tables.back().rows.back().back().text
                                                     : words_;
    if (!to.empty() && has_space(to, text)) to += " ";
    to += text;
  }
  void end_heading() {
    if (heading_ == "h1") page_.headline = words_;
    if (heading_ == "figcaption") {
      figure_ = words_;
      heading_.clear();
      return words_.clear();
    }
    const int level = heading_ == "h2" ? 0 : heading_ == "h3" ? 1 : 2;
    if (heading_ == "caption") {
      page_.tables.back().headings.push_back(words_);
    } else if (heading_ != "h1") {
      for (int k = level; k < 3; ++k) levels_[k].clear();
      levels_[level] = words_;
    }
    heading_.clear();
    words_.clear();
  }
  std::vector<std::string> headings() const {
    std::vector<std::string> all;
    for (const std::string& one : levels_)
      if (!one.empty()) all.push_back(one);
    if (all.empty() && !figure_.empty()) all.push_back(figure_);
    return all;
  }

  PageText page_;
  std::string levels_[3], figure_, heading_, source_, words_;
  bool in_script_ = false, in_cell_ = false, in_tip_ = false;
  bool plain_summary_ = false;  // that of a chart's table, which says nothing of its own
};

struct Number {
  double value;
  bool percent;
};
/// The number that a cell holds and nothing else: "1,292", "−0.3", "+5", "1.41%".
std::optional<Number> number_in(const std::string& text) {
  std::string digits;
  bool percent = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text.compare(k, 3, "\u2212") == 0) {
      digits += '-', k += 2;
    } else if (text[k] == '%' && k + 1 == text.size()) {
      percent = true;
    } else if (text[k] != ',' && !(text[k] == '+' && k == 0)) {
      digits += text[k];
    }
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return Number{percent ? value / 100 : value, percent};
}

/// A name that a worksheet may have and that no other has.
std::string sheet_name(const std::string& wanted, std::set<std::string>& taken) {
  std::string name;
  for (const char c : wanted)
    if (std::string_view("[]:*?/\\'").find(c) == std::string_view::npos) name += c;
  for (int number = 1;; ++number) {
    const std::string end = number == 1 ? "" : fmt::format(" {}", number);
    const std::string cut = shortened(name, longest_sheet_name - 1 - end.size()) + end;
    if (taken.insert(cut).second) return cut;
  }
}

/// What the cells of a workbook say, by sheet, row and column (from 0); cells without text are left
/// out, and a number stands as the library writes it.
using CellTexts = std::map<std::tuple<std::string, int, int>, std::string>;

std::string listed(const CellTexts& cells) {
  std::string list;
  for (const auto& [place, text] : cells)
    list += fmt::format("{}\t{}\t{}\t{}\n", std::get<0>(place), std::get<1>(place),
                        std::get<2>(place), text);
  return list;
}

/// A text without control characters, which a cell cannot hold.
std::string for_cell(const std::string& words) {
  std::string text = shortened(words, longest_cell);
  std::erase_if(text, [](char c) { return c >= 0 && c < ' ' && c != '\n'; });
  return text;
}

class Book {
 public:
  explicit Book(const std::filesystem::path& path) : book_(workbook_new(path.c_str())) {
    if (!book_) throw std::bad_alloc();
    head_ = format([](lxw_format* f) { format_set_bold(f), format_set_text_wrap(f); });
    title_ = format([](lxw_format* f) { format_set_bold(f), format_set_font_size(f, 14); });
    percent_ = format([](lxw_format* f) { format_set_num_format(f, "0.00%"); });
    // The same bytes at any time: the library writes the time of making otherwise.
    lxw_doc_properties properties{};
    properties.created = 1'767'225'600;  // 2026-01-01
    workbook_set_properties(book_, &properties);
  }
  ~Book() {
    if (book_) workbook_close(book_);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  /// Whether the file is whole.
  bool close() { return workbook_close(std::exchange(book_, nullptr)) == LXW_NO_ERROR; }

  /// What was put into its cells.
  const CellTexts& cells() const { return cells_; }

  lxw_worksheet* sheet(const std::string& wanted, std::string* name = nullptr) {
    const std::string own = sheet_name(wanted, taken_);
    if (name) *name = own;
    lxw_worksheet* const made = workbook_add_worksheet(book_, own.c_str());
    worksheet_set_column(made, 0, 0, 30, nullptr);
    return made;
  }
  void text(lxw_worksheet* sheet, int row, int column, const std::string& words,
            lxw_format* format = nullptr) {
    const std::string text = for_cell(words);
    require_memory(worksheet_write_string(sheet, static_cast<lxw_row_t>(row),
                                          static_cast<lxw_col_t>(column), text.c_str(), format));
    note(sheet, row, column, text);
  }
  void number(lxw_worksheet* sheet, int row, int column, double value,
              lxw_format* format = nullptr) {
    require_memory(worksheet_write_number(sheet, static_cast<lxw_row_t>(row),
                                          static_cast<lxw_col_t>(column), value, format));
    note(sheet, row, column, fmt::format("{:.16G}", value));
  }
  void cell(lxw_worksheet* sheet, int row, int column, const Cell& cell) {
    const auto number = cell.head ? std::nullopt : number_in(cell.text);
    if (!number) return text(sheet, row, column, cell.text, cell.head ? head_ : nullptr);
    this->number(sheet, row, column, number->value, number->percent ? percent_ : nullptr);
  }
  /// A link to another sheet.
  void link(lxw_worksheet* sheet, int row, const std::string& name, const std::string& words) {
    const std::string text = for_cell(words);
    require_memory(worksheet_write_url_opt(sheet, static_cast<lxw_row_t>(row), 0,
                                           fmt::format("internal:'{}'!A1", name).c_str(), nullptr,
                                           text.c_str(), nullptr));
    note(sheet, row, 0, text);
  }
  lxw_format* title() const { return title_; }
  lxw_format* head() const { return head_; }

 private:
  static void require_memory(lxw_error error) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED ||
        error == LXW_ERROR_SHARED_STRING_INDEX_NOT_FOUND)  // a text that it could not keep
      throw std::bad_alloc();
  }
  void note(const lxw_worksheet* sheet, int row, int column, const std::string& text) {
    cells_.erase({sheet->name, row, column});
    if (!text.empty()) cells_[{sheet->name, row, column}] = text;
  }
  template <class Set>
  lxw_format* format(Set&& set) {
    lxw_format* const made = workbook_add_format(book_);
    set(made);
    return made;
  }

  lxw_workbook* book_;
  lxw_format *head_ = nullptr, *title_ = nullptr, *percent_ = nullptr;
  std::set<std::string> taken_;
  CellTexts cells_;
};

/// One table from its row on; a cell over several rows or columns stands in the first.
void put_table(Book& book, lxw_worksheet* sheet, const PageTable& table, int row) {
  std::set<std::pair<int, int>> covered;
  for (const std::vector<Cell>& cells : table.rows) {
    int column = 0;
    for (const Cell& one : cells) {
      while (covered.contains({row, column})) ++column;
      book.cell(sheet, row, column, one);
      for (int down = 0; down < one.down; ++down)
        for (int across = 0; across < one.across; ++across)
          covered.insert({row + down, column + across});
      column += one.across;
    }
    ++row;
  }
}

void put_tidy(Book& book, lxw_worksheet* sheet, const TidyTable& table) {
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    const TidyColumn& column = table.columns()[c];
    const auto at = static_cast<int>(c);
    book.text(sheet, 0, at, column.name, book.head());
    for (std::size_t r = 0; r < table.rows(); ++r) {
      const auto row = static_cast<int>(r + 1);
      if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values))
        book.text(sheet, row, at, (*texts)[r]);
      else if (const auto* whole = std::get_if<std::vector<std::int32_t>>(&column.values))
        book.number(sheet, row, at, (*whole)[r]);
      else if (const double x = std::get<std::vector<double>>(column.values)[r]; x == x)
        book.number(sheet, row, at, x);
    }
  }
  worksheet_freeze_panes(sheet, 1, 0);
}

/// Writes the workbook into a file. The list of its cells, or nothing where it could not be
/// written.
std::string put_page(const PageText& page, const TidyTable& projections,
                     const std::filesystem::path& path) {
  if (!std::ofstream(path)) return "";  // the library would say so on the screen
  errno = 0;
  Book book(path);
  lxw_worksheet* const front = book.sheet("Contents");
  book.text(front, 0, 0, page.headline, book.title());
  int row = 2;
  for (const PageTable& table : page.tables) {
    if (table.rows.size() < 2) continue;  // heads alone: a script fills it
    std::string name, words;
    for (const std::string& one : table.headings) words += (words.empty() ? "" : ": ") + one;
    lxw_worksheet* const sheet =
        book.sheet(table.headings.empty() ? "Table" : table.headings.back(), &name);
    book.text(sheet, 0, 0, words, book.title());
    put_table(book, sheet, table, 2);
    book.link(front, row++, name, words);
  }
  std::string name;
  put_tidy(book, book.sheet("Projections", &name), projections);
  book.link(front, row++, name, name);
  for (const std::string& source : page.sources) book.text(front, ++row, 0, source);
  const bool whole = book.close();
  if (!whole && errno == ENOMEM) throw std::bad_alloc();
  return whole ? listed(book.cells()) : "";
}

/// The list of the cells that a workbook has. Throws Refusal where it is not whole.
std::string read_back(std::string bytes) {
  const PublishedFile file{"", std::move(bytes)};
  const Workbook book(file, {.file_bytes = most_bytes,
                             .part_bytes = most_bytes,
                             .texts = most_bytes,
                             .text_bytes = most_bytes,
                             .elements = most_bytes,
                             .rows = most_bytes});
  book.require_whole();
  CellTexts cells;
  for (const std::string& sheet : book.sheets())
    book.read(sheet, [&](int row, const std::vector<WorkbookCell>& all) {
      for (const WorkbookCell& one : all) cells[{sheet, row - 1, one.column}] = one.text;
      return true;
    });
  return listed(cells);
}

/// Whether a workbook that was written twice came out the same, with those cells.
bool is_whole(const std::filesystem::path& path, const std::filesystem::path& again,
              const std::string& cells) {
  Problems problems;
  auto bytes = read_file(path, most_bytes, problems);
  if (cells.empty() || !bytes || bytes != read_file(again, most_bytes, problems)) return false;
  try {
    return read_back(std::move(*bytes)) == cells;
  } catch (const Refusal&) {
    return false;
  }
}

}  // namespace

void write_workbook(const std::filesystem::path& path, const std::string& html,
                    const TidyTable& projections) {
  Outputs outputs;
  write_workbook(path, html, projections, outputs);
  outputs.finish();
}

// The library crashes where its memory is short, and does not look at the errors of its temporary
// files: it works in a process of its own, what it wrote is read back, and as the reader does not
// look at all of it, it is written twice.
void write_workbook(const std::filesystem::path& path, const std::string& html,
                    const TidyTable& projections, Outputs& outputs) {
  const PageText page = PageReader().read(html);
  PartOfFile beside(name_beside(path));
  const PartOfFile again(name_beside(path));
  const std::string cells = in_child([&] {
    std::string put = put_page(page, projections, beside.path());
    return put_page(page, projections, again.path()) == put ? put : "";
  });
  if (!is_whole(beside.path(), again.path(), cells))
    throw Error({{path.string(), "the workbook cannot be written",
                  "Choose a folder that exists, with room on its disk and on that of TMPDIR"}},
                Error::Reason::output);
  outputs.add(beside.release(), path);
}

}  // namespace tenbin
