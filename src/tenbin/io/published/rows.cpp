// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/rows.hpp"

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <utility>

#include "tenbin/io/published/cells.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

constexpr std::uint64_t largest_table = std::uint64_t{2} << 30;  // unpacked; it is streamed
constexpr std::size_t longest_field = std::size_t{1} << 20;
constexpr std::size_t most_fields = 20'000;
constexpr int most_lines = 20'000'000;
constexpr std::size_t longest_row = std::size_t{8} << 20;

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
    require_memory();
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  void require_memory() {
    if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
  }
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
    if (csv_parse(&parser_, part.data(), part.size(), on_field, on_row, this) != part.size()) {
      require_memory();
      throw Refusal{"the table cannot be read", get_again, row_line_};
    }
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
    const std::string low = lower_case(member.name);
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

/// A header by which a table is known: it has all these columns.
struct Signature {
  KnownTable table;
  std::vector<std::string_view> columns;
};
/// The more particular before the more general.
const std::vector<Signature>& signatures() {
  static constexpr const char* dyadic = "Take dyadic_mid_....csv, one row a dispute and pair";
  static constexpr const char* directed = "Take alliance_v4.1_by_directed.csv";
  static const std::vector<Signature> all{
      {{"", "the Correlates of War's list of wars by pair", dyadic},
       {"warnum", "disno", "dyindex"}},
      {{"", "a list of wars of the Correlates of War", dyadic}, {"warnum", "warname"}},
      {{"cow-disputes", "COW dyadic disputes", ""}, {"disno", "dyindex", "statea", "stateb"}},
      {{"cow-disputes", "GML dyadic disputes", ""}, {"dispnum", "ccode1", "ccode2", "midonset"}},
      {{"", "disputes by participant", dyadic}, {"dispnum", "stabb", "ccode"}},
      {{"", "disputes without their participants", dyadic}, {"dispnum", "numa", "numb"}},
      {{"", "incidents of disputes", dyadic}, {"incidnum", "dispnum"}},
      {{"", "crises of the ICB project", dyadic}, {"crisno", "crisname"}},
      {{"", "armed conflicts of UCDP and PRIO", dyadic}, {"conflict_id", "gwno_a"}},
      {{"cow-alliances", "COW alliances", ""}, {"version4id", "ccode1", "ccode2", "dyad_st_year"}},
      {{"", "COW alliances by year", directed}, {"version4id", "ccode1", "ccode2", "year"}},
      {{"", "COW alliances by member", directed}, {"version4id", "ccode", "mem_st_year"}},
      {{"", "COW alliances by member", directed}, {"version4id", "ccode", "all_st_year"}},
      {{"nmc", "COW national material capabilities", ""},
       {"ccode", "year", "milex", "milper", "cinc"}},
      {{"", "V-Dem's episodes of regime change", "Take V-Dem-CY-....csv, country-years"},
       {"country_text_id", "year", "dem_ep"}},
      {{"vdem", "V-Dem country-years", ""}, {"country_text_id", "year", "v2x_polyarchy"}},
      {{"", "Polity", "Take V-Dem's country-years: tenbin import vdem"},
       {"ccode", "scode", "polity2"}},
      {{"atop", "ATOP directed dyad-years", ""}, {"statea", "stateb", "year", "atopally"}},
      {{"atop", "ATOP dyad-years", ""}, {"mem1", "mem2", "year", "atopally"}},
      {{"", "ATOP by member", "Take its directed dyad-years, atop5_1ddyr.csv"},
       {"atopid", "member", "yrent"}},
      {{"", "ATOP by state and year", "Take its directed dyad-years, atop5_1ddyr.csv"},
       {"state", "year", "atopally"}},
      {{"", "COW contiguity",
        "Add conttype to dyad-years with peacesciencer: tenbin import dyad-years"},
       {"state1no", "state2no", "conttype"}},
      {{"", "the Penn World Table", "A panel has no place for it"}, {"countrycode", "rgdpe"}},
      {{"troopdata", "American troops by host", ""}, {"year", "troops_ad"}},
      {{"troopdata", "American troops by host", ""}, {"ccode", "year", "troops"}},
      {{"warheads", "nuclear warheads", ""}, {"code", "year", "number of nuclear warheads"}},
      {{"warheads", "nuclear warheads", ""}, {"code", "year", "nuclear_weapons_stockpile"}},
      {{"cow-disputes", "dyadic disputes", ""}, {"dispnum", "ccode1", "ccode2"}},
      {{"rivalries", "strategic rivalries", ""}, {"ccode1", "ccode2", "styear", "endyear"}},
      {{"rivalries", "strategic rivalries", ""}, {"ccode1", "ccode2", "start", "end"}},
      {{"dyad-years", "dyad-years", ""}, {"ccode1", "ccode2", "year"}},
      {{"world-bank", "the World Bank's figures", ""}, {"country code", "indicator code"}},
      {{"world-bank", "the World Bank's figures", ""}, {"country code", "series code"}},
      {{"world-bank", "the World Bank's figures", ""}, {"iso2c", "iso3c", "year"}},
  };
  return all;
}

/// Names without case, blanks and quotation marks.
Fields plain_names(const Fields& header) {
  Fields low;
  for (const std::string& name : header) low.push_back(lower_case(cell_text(name)));
  return low;
}

/// What to say of a header that is not the one of `source`.
std::string another_table(const KnownTable& known, std::string_view source) {
  if (known.source.empty()) return fmt::format("This is {}. {}", known.name, known.advice);
  if (known.source == source) return "";
  return fmt::format("It looks like {}: tenbin import {}", known.name, known.source);
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
    if (const auto sign = parted_by(piece); !sign.empty())
      throw Refusal{fmt::format("its columns are separated by {}", sign),
                    "Save it with commas between columns and a point in decimals", 1};
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

Columns::Columns(const Fields& header, std::span<const std::vector<std::string_view>> wanted,
                 std::string_view source)
    : header_(plain_names(header)) {
  std::vector<std::string> lacking;
  for (const std::vector<std::string_view>& names : wanted) {
    int place = -1;
    for (std::string_view name : names) {
      if (name.starts_with('?')) name.remove_prefix(1);
      find_column(name, place);
    }
    std::string_view called = names.front();
    if (called.starts_with('?'))
      called.remove_prefix(1);
    else if (place < 0)
      lacking.emplace_back(called);
    place_.push_back(place);
    name_.emplace_back(called);
  }
  const auto known = table_of_header(header);
  const std::string other = known ? another_table(*known, source) : "";
  // a table of another maker that has all these columns by chance
  if (lacking.empty() && (other.empty() || known->source == "dyad-years")) return;
  if (lacking.empty()) throw Refusal{fmt::format("it is no file for import {}", source), other, 1};
  const std::size_t shown = std::min<std::size_t>(header_.size(), 12);
  throw Refusal{
      fmt::format("the table lacks the column{} {}", lacking.size() > 1 ? "s" : "",
                  fmt::join(lacking, ", ")),
      !other.empty()
          ? other
          : fmt::format(
                "Its columns are: {}{}", fmt::join(header_.begin(), header_.begin() + shown, ", "),
                shown < header_.size() ? fmt::format(" ... ({} in all)", header_.size()) : ""),
      1};
}

/// Finds the column of a name, unless `place` is one of another name already.
void Columns::find_column(std::string_view name, int& place) {
  for (const std::string& joined : header_)
    if (joined == std::string(name) + ".x" || joined == std::string(name) + ".y")
      passed_over_.push_back(fmt::format("{} is not read: a join gave it that name", joined));
  const auto found = std::ranges::find(header_, name);
  if (found == header_.end()) return;
  if (std::ranges::count(header_, name) > 1)
    throw Refusal{fmt::format("column \"{}\" stands there twice", name), "Keep one", 1};
  if (place < 0)
    place = static_cast<int>(found - header_.begin());
  else
    passed_over_.push_back(
        fmt::format("{} is not read, {} is", name, header_[static_cast<std::size_t>(place)]));
}

bool Columns::named(std::string_view name) const {
  return std::ranges::find(header_, name) != header_.end();
}

void check_width(std::size_t header, const Fields& row) {
  std::size_t width = row.size();
  while (width > header && cell_text(row[width - 1]).empty()) --width;
  if (width == header) return;
  if (width == header + 1)
    throw Refusal{
        fmt::format("the row has {} fields, the header {}", width, header),
        "R's write.table() writes row names without a heading: use write.csv(row.names = FALSE). "
        "Or a text with a comma lacks its quotation marks"};
  throw Refusal{fmt::format("the row has {} fields, the header {}", width, header),
                "Write one field a column: an unknown value is an empty field, and a text with a "
                "comma stands in quotation marks"};
}

void Columns::check_width(const Fields& row) const { tenbin::check_width(header_.size(), row); }

std::string_view Columns::text(const Fields& row, std::size_t column) const {
  const int place = place_[column];
  if (place < 0 || static_cast<std::size_t>(place) >= row.size()) return {};
  return cell_text(row[static_cast<std::size_t>(place)]);
}

std::optional<double> Columns::number(const Fields& row, std::size_t column) const {
  return number_in(text(row, column), name_[column]);
}

std::optional<bool> Columns::flag(const Fields& row, std::size_t column) const {
  return flag_in(text(row, column), name_[column]);
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
        if (columns) {
          columns->check_width(row);
          take(*columns, row);
        } else {
          columns.emplace(row, wanted, source);
        }
        return true;
      },
      choose);
}

std::optional<KnownTable> table_of_header(const Fields& header) {
  const Fields low = plain_names(header);
  for (const Signature& signature : signatures())
    if (std::ranges::all_of(signature.columns, [&](std::string_view column) {
          return std::ranges::find(low, column) != low.end();
        }))
      return signature.table;
  return std::nullopt;
}

std::optional<KnownTable> table_of_file(const PublishedFile& file) {
  std::optional<KnownTable> table;
  try {
    each_row(file, [&](int line, const Fields& row) {
      table = table_of_header(row);
      return !table && line < 10;
    });
  } catch (const Refusal&) {
  }
  return table;
}

}  // namespace tenbin
