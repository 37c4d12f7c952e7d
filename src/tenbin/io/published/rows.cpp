// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/rows.hpp"

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "tenbin/io/table.hpp"

namespace tenbin {
namespace {

constexpr std::uint64_t largest_table = std::uint64_t{2} << 30;  // unpacked; it is streamed
constexpr std::size_t longest_field = std::size_t{1} << 20;
constexpr std::size_t most_fields = 20'000;
constexpr int most_lines = 20'000'000;
constexpr std::size_t longest_row = std::size_t{8} << 20;

std::string lower(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
  });
  return low;
}

constexpr std::string_view blanks_and_quotes = " \t\r\n\"";

/// Feeds pieces of text to libcsv and rows to the taker.
class RowFeed {
 public:
  explicit RowFeed(const std::function<bool(int, const Fields&)>& take) : take_(take) {
    if (csv_init(&parser_, CSV_APPEND_NULL) != 0) throw std::bad_alloc();
  }
  ~RowFeed() { csv_free(&parser_); }
  RowFeed(const RowFeed&) = delete;
  RowFeed& operator=(const RowFeed&) = delete;

  bool feed(std::string_view piece);
  void finish() {
    csv_fini(&parser_, on_field, on_row, this);
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  static void on_field(void* text, std::size_t size, void* self) {
    static_cast<RowFeed*>(self)->field({static_cast<const char*>(text), size});
  }
  static void on_row(int, void* self) { static_cast<RowFeed*>(self)->row(); }
  void field(std::string_view text);
  void row();

  const std::function<bool(int, const Fields&)>& take_;
  csv_parser parser_;
  Fields fields_;
  std::size_t used_ = 0, row_bytes_ = 0;  // fields of this row
  int line_ = 1, row_line_ = 1;
  bool stopped_ = false;
  std::exception_ptr thrown_;
};

bool RowFeed::feed(std::string_view piece) {
  while (!piece.empty() && !stopped_) {  // one physical line at a time, so that line numbers hold
    const auto end = piece.find('\n');
    const std::string_view part = piece.substr(0, end == std::string_view::npos ? end : end + 1);
    if (used_ == 0 && parser_.pstate == 0) row_line_ = line_;
    if (csv_parse(&parser_, part.data(), part.size(), on_field, on_row, this) != part.size())
      throw Refusal{"the table cannot be read", get_again, row_line_};
    if (thrown_) std::rethrow_exception(thrown_);
    if (parser_.entry_pos > longest_field)
      throw Refusal{fmt::format("a field has more than {} kB: a quotation mark may not be closed",
                                longest_field >> 10),
                    get_again, row_line_};
    if (end != std::string_view::npos && ++line_ > most_lines)
      throw Refusal{fmt::format("it has more than {} lines", most_lines), do_not_trust};
    piece.remove_prefix(part.size());
  }
  return !stopped_;
}

void RowFeed::field(std::string_view text) {
  if (thrown_ || stopped_) return;
  if (used_ >= most_fields || (row_bytes_ += text.size()) > longest_row) {
    thrown_ = std::make_exception_ptr(
        Refusal{"a row is longer than any that is published", do_not_trust, row_line_});
    return;
  }
  if (used_ < fields_.size())
    fields_[used_].assign(text);
  else
    fields_.emplace_back(text);
  ++used_;
}

void RowFeed::row() {
  if (thrown_ || stopped_) return;
  fields_.resize(used_);
  used_ = row_bytes_ = 0;
  if (fields_.size() == 1 && fields_[0].empty()) return;
  try {
    stopped_ = !take_(row_line_, fields_);
  } catch (Refusal& why) {
    if (why.line == 0) why.line = row_line_;
    thrown_ = std::make_exception_ptr(why);
  } catch (...) {
    thrown_ = std::current_exception();
  }
}

/// The member of a zip to read: the only CSV, or the only one that is chosen.
std::string member_of(const Package& package, const std::function<bool(std::string_view)>& choose) {
  std::vector<std::string> tables;
  std::string archive;
  for (const Package::Member& member : package.members()) {
    const std::string low = lower(member.name);
    if (low.ends_with(".zip")) archive = member.name;
    if (low.ends_with(".csv") && !low.starts_with("__macosx/") && (!choose || choose(member.name)))
      tables.push_back(member.name);
  }
  if (tables.empty() && package.has("xl/workbook.xml"))
    throw Refusal{"it is a workbook, not a table of text",
                  "If it is SIPRI's: tenbin import sipri; else save it as CSV"};
  if (tables.empty())
    throw Refusal{"the zip holds no CSV file of this source",
                  archive.empty() ? "Name the file that its maker publishes"
                                  : fmt::format("Unpack {} from it first", archive)};
  if (tables.size() > 1) {
    tables.resize(std::min<std::size_t>(tables.size(), 8));
    throw Refusal{fmt::format("the zip holds several tables: {}", fmt::join(tables, ", ")),
                  "Unpack it and name one"};
  }
  return tables.front();
}

/// A header by which a source's file is known.
struct Signature {
  std::string_view source;
  std::vector<std::string_view> columns;
};
const std::vector<Signature>& signatures() {
  static const std::vector<Signature> all{
      {"cow-disputes", {"disno", "dyindex", "statea", "stateb"}},
      {"cow-alliances", {"version4id", "ccode1", "ccode2", "dyad_st_year"}},
      {"nmc", {"ccode", "year", "milex", "milper", "cinc"}},
      {"vdem", {"country_text_id", "year", "v2x_polyarchy"}},
      {"atop", {"statea", "stateb", "year", "atopally"}},
      {"rivalries", {"ccode1", "ccode2", "styear", "endyear"}},
      {"rivalries", {"ccode1", "ccode2", "start", "end"}},
      {"dyad-years", {"ccode1", "ccode2", "year"}},
      {"world-bank", {"country name", "country code", "indicator code"}},
  };
  return all;
}

}  // namespace

void each_row(const PublishedFile& file, const std::function<bool(int, const Fields&)>& take,
              const std::function<bool(std::string_view)>& choose) {
  RowFeed feed(take);
  const auto start = [](std::string_view piece) {
    if (const std::string what = looks_like(piece); !what.empty())
      throw Refusal{fmt::format("it is no table of text but {}", what),
                    "Give the CSV file, or the zip that holds it"};
    if (piece.starts_with("\xEF\xBB\xBF")) piece.remove_prefix(3);
    return piece;
  };
  if (is_zip(file.bytes)) {
    const Package package(file.bytes);
    bool first = true;
    package.read(member_of(package, choose), largest_table, [&](std::string_view piece) {
      if (std::exchange(first, false)) piece = start(piece);
      return feed.feed(piece);
    });
  } else {
    std::string_view rest = start(file.bytes);
    while (!rest.empty() && feed.feed(rest.substr(0, std::size_t{1} << 16)))
      rest.remove_prefix(std::min(rest.size(), std::size_t{1} << 16));
  }
  feed.finish();
}

std::string_view trimmed(std::string_view text, std::string_view characters) {
  const auto first = text.find_first_not_of(characters);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(characters) - first + 1);
}

Columns::Columns(const Fields& header, std::span<const std::vector<std::string_view>> wanted,
                 std::string_view source) {
  Fields low;
  for (const std::string& name : header) low.push_back(lower(trimmed(name, blanks_and_quotes)));
  std::vector<std::string> lacking;
  for (const std::vector<std::string_view>& names : wanted) {
    int place = -1;
    for (std::string_view name : names) {
      if (name.starts_with('?')) name.remove_prefix(1);
      const auto found = std::ranges::find(low, name);
      if (place < 0 && found != low.end()) place = static_cast<int>(found - low.begin());
    }
    std::string_view called = names.front();
    if (called.starts_with('?'))
      called.remove_prefix(1);
    else if (place < 0)
      lacking.emplace_back(called);
    place_.push_back(place);
    name_.emplace_back(called);
  }
  if (lacking.empty()) return;
  const std::string other = source_of_header(header);
  const std::size_t shown = std::min<std::size_t>(low.size(), 12);
  throw Refusal{
      fmt::format("the table lacks the column{} {}", lacking.size() > 1 ? "s" : "",
                  fmt::join(lacking, ", ")),
      !other.empty() && other != source
          ? fmt::format("It looks like a file for tenbin import {}", other)
          : fmt::format("Its columns are: {}{}", fmt::join(low.begin(), low.begin() + shown, ", "),
                        shown < low.size() ? fmt::format(" ... ({} in all)", low.size()) : ""),
      1};
}

std::string_view Columns::text(const Fields& row, std::size_t column) const {
  const int place = place_[column];
  if (place < 0 || static_cast<std::size_t>(place) >= row.size()) return {};
  return trimmed(row[static_cast<std::size_t>(place)], blanks_and_quotes);
}

std::optional<double> Columns::number(const Fields& row, std::size_t column) const {
  const std::string_view field = text(row, column);
  if (field.empty() || field == "NA" || field == "NaN" || field == "." || field == "..")
    return std::nullopt;
  const auto value = parse_number(field);
  if (!value)
    throw Refusal{fmt::format("{} \"{}\" is not a number", name_[column], field.substr(0, 40)),
                  get_again};
  if (*value == -9 || *value == -99 || *value == -999 || *value == -9999) return std::nullopt;
  return value;
}

std::optional<int> Columns::whole(const Fields& row, std::size_t column) const {
  const auto value = number(row, column);
  if (!value) return std::nullopt;
  if (*value != std::floor(*value) || std::abs(*value) > 1e8)
    throw Refusal{fmt::format("{} is {}, no whole number", name_[column], *value), get_again};
  return static_cast<int>(*value);
}

void each_record(const PublishedFile& file, std::span<const std::vector<std::string_view>> wanted,
                 std::string_view source,
                 const std::function<void(const Columns&, const Fields&)>& take,
                 const std::function<bool(std::string_view)>& choose) {
  std::optional<Columns> columns;
  each_row(
      file,
      [&](int, const Fields& row) {
        if (columns)
          take(*columns, row);
        else
          columns.emplace(row, wanted, source);
        return true;
      },
      choose);
}

std::string source_of_header(const Fields& header) {
  Fields low;
  for (const std::string& name : header) low.push_back(lower(trimmed(name, blanks_and_quotes)));
  for (const Signature& signature : signatures())
    if (std::ranges::all_of(signature.columns, [&](std::string_view column) {
          return std::ranges::find(low, column) != low.end();
        }))
      return std::string(signature.source);
  return "";
}

std::string source_of_file(const PublishedFile& file) {
  std::string source;
  try {
    each_row(file, [&](int line, const Fields& row) {
      source = source_of_header(row);
      return source.empty() && line < 10;
    });
  } catch (const Refusal&) {
  }
  return source;
}

}  // namespace tenbin
