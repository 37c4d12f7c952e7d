// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "tenbin/io/published/cells.hpp"
#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"

/// One indicator of the World Bank, in the forms in which it is downloaded: wide, a row a state and
/// a column a year (its site's CSV, DataBank's, R's wbstats), or long, a row a state and year (Our
/// World in Data, R's WDI, Python's wbgapi, Data360).

namespace tenbin {
namespace {

struct Indicator {
  std::string_view code, name, table, column;
};
constexpr Indicator known_indicators[]{
    {"MS.MIL.XPND.GD.ZS", "Military expenditure (% of GDP)", "milex.csv", "burden"},
    {"MS.MIL.XPND.CD", "Military expenditure (current USD)", "milex.csv", "milex"},
    {"MS.MIL.TOTL.P1", "Armed forces personnel, total", "personnel.csv", "personnel"},
    {"NY.GDP.DEFL.ZS", "GDP deflator (base year varies by country)", "price_index.csv",
     "us_prices"},
    {"FP.CPI.TOTL", "Consumer price index (2010 = 100)", "price_index.csv", "us_prices"}};

constexpr int first_year = 1960;  // of the World Bank's figures

std::string indicator_list() {
  std::string list;
  for (const Indicator& i : known_indicators) list += fmt::format(" {}", i.code);
  return list;
}

/// "WB_WDI_MS_MIL_XPND_GD_ZS", "Military expenditure (% of GDP) [MS.MIL.XPND.GD.ZS]": the
/// indicator that a text names, null where it names none that we know.
const Indicator* indicator_in(std::string_view text) {
  std::string dotted(cell_text(text));
  std::ranges::replace(dotted, '_', '.');
  const Indicator* found = nullptr;
  for (const Indicator& i : known_indicators) {
    const auto at = dotted.find(i.code);
    const bool ends = at != std::string::npos &&
                      (at + i.code.size() == dotted.size() || dotted[at + i.code.size()] == ']');
    if (ends || cell_text(text) == i.name) found = &i;
  }
  return found;
}

/// Whether a text has the form of an indicator's code.
bool looks_like_code(std::string_view text) {
  return text.size() >= 7 && std::ranges::count(text, '.') >= 2 &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._") == std::string_view::npos;
}

/// A heading "2021", "2021 [YR2021]", "YR2021" or "X2021"; nothing for another.
std::optional<int> year_of_heading(std::string_view heading) {
  heading = cell_text(heading);
  if (heading.starts_with("YR")) heading.remove_prefix(2);
  if (heading.starts_with('X')) heading.remove_prefix(1);
  if (heading.size() > 4 && (heading[4] == ' ' || heading[4] == '.')) {
    const auto again = heading.find(heading.substr(0, 4), 4);
    if (again == std::string_view::npos) return std::nullopt;
    heading = heading.substr(0, 4);
  }
  const auto year = heading.size() == 4 ? parse_number(heading) : std::nullopt;
  if (!year || *year < 1900 || *year > 2100 || *year != std::floor(*year)) return std::nullopt;
  return static_cast<int>(*year);
}

[[noreturn]] void refuse_two(const Indicator& one, const Indicator& other) {
  throw Refusal{fmt::format("it holds {} beside {}", other.code, one.code),
                "Give one indicator a file"};
}

/// Where the columns are, by the row that names them.
class Header {
 public:
  /// Takes a row for the one that names the columns, if it is.
  bool look(const Fields& row);
  std::size_t width() const { return width_; }
  std::optional<std::size_t> code, name, indicator, year, value, multiplier;
  const Indicator* of_column = nullptr;            // of a long table
  std::vector<std::pair<std::size_t, int>> years;  // of a wide one: place and year
  std::string unknown_indicator;

 private:
  std::size_t width_ = 0;
};

bool Header::look(const Fields& row) {
  *this = {};
  width_ = row.size();
  static constexpr std::array<std::string_view, 10> codes{
      "country code", "country.code", "iso3c", "code",         "countrycode",
      "economy",      "ref_area",     "iso3",  "country_code", "countryiso3code"};
  static constexpr std::array<std::string_view, 7> names{
      "country name", "country.name",   "country",      "entity",
      "country_name", "ref_area_label", "ref_area_name"};
  static constexpr std::array<std::string_view, 8> indicators{
      "indicator code", "series code",    "indicator", "indicatorcode",
      "series.code",    "indicator.code", "series",    "indicator.id"};
  static constexpr std::array<std::string_view, 4> times{"year", "time", "date", "time_period"};
  for (std::size_t k = 0; k < row.size(); ++k) {
    const std::string low = lower_case(cell_text(row[k]));
    const auto is_one = [&](const auto& words) {
      return std::ranges::find(words, low) != words.end();
    };
    if (is_one(codes) && !code) code = k;
    if (is_one(names) && !name) name = k;
    if (is_one(indicators) && !indicator) indicator = k;
    if (is_one(times) && !year) year = k;
    if ((low == "obs_value" || low == "value") && !of_column) value = k;
    if (low == "unit_mult") multiplier = k;
    if (const auto named = year_of_heading(row[k])) years.emplace_back(k, *named);
    if (const Indicator* const named = indicator_in(row[k])) {
      if (of_column && of_column != named) refuse_two(*of_column, *named);
      of_column = named;
      value = k;
    } else if (looks_like_code(cell_text(row[k]))) {
      unknown_indicator = cell_text(row[k]);
    }
  }
  if (!code && !name) return false;
  const bool wide = years.size() >= 1 && indicator;
  const bool is_long = year && value && (of_column || indicator);
  return wide || is_long || (year && !unknown_indicator.empty());
}

[[noreturn]] void refuse_form() {
  throw Refusal{"there is no row with a country's code, an indicator and years",
                "Give the CSV of one indicator as data.worldbank.org, DataBank, Our World in Data "
                "or R's WDI give it, or its zip. A panel has places for" +
                    indicator_list()};
}

/// What is read of one file.
class WorldBankFile {
 public:
  WorldBankFile() {
    found_.source = "world-bank";
    found_.label = "World Bank";
    found_.cite = "World Bank, World Development Indicators, CC BY 4.0";
  }
  bool take(int line, const Fields& row);
  Findings done();

 private:
  void before_header(int line, const Fields& row);
  bool is_trailer(const Fields& row);
  void set_indicator(std::string_view text);
  /// `power` of ten by which the cell is to be multiplied.
  void add(const State& of, int year, std::string_view cell, std::string_view called, double power);

  Findings found_;
  Header header_;
  bool has_header_ = false;
  const Indicator* indicator_ = nullptr;
  StateFigures figures_{"", ""};
};

void WorldBankFile::set_indicator(std::string_view text) {
  const Indicator* const named = indicator_in(text);
  if (!named)
    throw Refusal{fmt::format("a panel has no place for the indicator {}", text),
                  "Those with a place are" + indicator_list()};
  if (indicator_ && indicator_ != named) refuse_two(*indicator_, *named);
  if (!indicator_) figures_ = StateFigures(named->table.data(), named->column.data());
  indicator_ = named;
}

void WorldBankFile::before_header(int line, const Fields& row) {
  if (row.size() >= 2 && row[0] == "Last Updated Date") found_.date = row[1].substr(0, 10);
  has_header_ = header_.look(row);
  if (has_header_ && header_.years.empty() && !header_.of_column && !header_.indicator)
    set_indicator(header_.unknown_indicator);
  if (has_header_ && header_.of_column && !header_.indicator)
    set_indicator(header_.of_column->code);
  if (!has_header_ && line > 20) refuse_form();
}

/// The lines of text under DataBank's tables.
bool WorldBankFile::is_trailer(const Fields& row) {
  std::size_t filled = 0;
  for (const std::string& field : row) filled += !cell_text(field).empty();
  if (filled == 0) return true;
  if (filled > 1 || cell_text(row.front()).empty()) return false;
  constexpr std::string_view updated = "Last Updated: ";
  const std::string_view text = cell_text(row.front());
  if (text.starts_with(updated) && text.size() >= updated.size() + 10 && text[16] == '/')
    found_.date =
        fmt::format("{}-{}-{}", text.substr(20, 4), text.substr(14, 2), text.substr(17, 2));
  return true;
}

void WorldBankFile::add(const State& of, int year, std::string_view cell, std::string_view called,
                        double power) {
  const State& state = KnownStates::all().in_year(of, year);
  auto value = number_in(cell, indicator_->column);
  if (!value) return;
  *value *= std::pow(10.0, power);
  if (*value > 0 || (*value == 0 && indicator_->column == "personnel")) {
    figures_.add(found_, state, year, *value, called);
    return;
  }
  found_.left_out.push_back({std::string(indicator_->table), state.id, fmt::format("{}", year),
                             std::string(indicator_->column), std::string(cell_text(cell)),
                             fmt::format("a panel's {} is above 0", indicator_->column)});
}

bool WorldBankFile::take(int line, const Fields& row) {
  if (!has_header_) {
    before_header(line, row);
    return true;
  }
  if (is_trailer(row)) return true;
  check_width(header_.width(), row);
  if (header_.indicator) set_indicator(row[*header_.indicator]);
  const std::string_view code = header_.code ? cell_text(row[*header_.code]) : "",
                         name = header_.name ? cell_text(row[*header_.name]) : "";
  const KnownStates& states = KnownStates::all();
  const State* state = code.empty() ? nullptr : states.by_code(code);
  if (!state && !states.other(code)) state = states.by_name(name);
  // "OWID_WRL": its name says more
  const std::string_view called =
      code.empty() || (!name.empty() && !states.other(code)) ? name : code;
  if (!state) {
    count_nobody(found_, std::string(called));
    return true;
  }
  for (const auto& [place, year] : header_.years) add(*state, year, row[place], called, 0);
  if (!header_.years.empty()) return true;
  const std::string_view when = cell_text(row[*header_.year]);
  const auto year = year_of_heading(when);
  if (!year) throw Refusal{fmt::format("\"{}\" is no year", when.substr(0, 40)), get_again};
  const double power =
      header_.multiplier ? number_in(row[*header_.multiplier], "UNIT_MULT").value_or(0) : 0;
  add(*state, *year, row[*header_.value], called, power);
  return true;
}

Findings WorldBankFile::done() {
  if (!indicator_) refuse_form();
  const Span& years = figures_.years();
  years.check("figures");
  if (years.first < first_year)
    throw Refusal{
        fmt::format("it begins in {}, and the World Bank's figures in {}", years.first, first_year),
        indicator_->column == "burden"
            ? "It looks like the Global Military Spending Dataset: tenbin import gmsd"
            : get_again};
  const std::string_view column = indicator_->column;
  for (const auto& [key, value] : figures_.all()) {
    const auto& [state, year] = key;
    if (column == "burden")
      found_.milex.push_back({state, year, missing, value / 100});
    else if (column == "milex")
      found_.milex.push_back({state, year, value / 1e6, missing});
    else if (column == "personnel")
      found_.personnel.push_back({state, year, value});
    else if (state == "USA")
      found_.prices.push_back({year, value});
  }
  if (column == "milex") {
    found_.currency = "current US dollars";
    found_.price_year = 0;
  }
  found_.coverage = {
      {std::string(indicator_->table), std::string(column), years.first, years.last}};
  found_.release = fmt::format("{}, {}-{}", indicator_->code, years.first, years.last);
  return std::move(found_);
}

}  // namespace

Findings read_world_bank(const PublishedFile& file) {
  WorldBankFile reading;
  each_row(
      file, [&](int line, const Fields& row) { return reading.take(line, row); },
      [](std::string_view member) { return member.find("Metadata") == std::string_view::npos; });
  return reading.done();
}

}  // namespace tenbin
