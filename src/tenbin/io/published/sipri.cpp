// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "tenbin/io/published/cells.hpp"
#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/published/workbook.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"

/// SIPRI's workbook. A sheet has a title, a row of years, then regions (a name alone) and states. A
/// cell holds a figure, or "..." (not available), "xxx" (no such state) or ". ." (no figure). The
/// colour of a figure's font marks it: blue an estimate, red highly uncertain.

namespace tenbin {
namespace {

constexpr std::uint32_t blue = 0x0000ff, red = 0xff0000;
constexpr int first_year = 1900, last_year = 2100;

std::optional<int> year_in(const WorkbookCell& cell) {
  const auto value = parse_number(cell.text);
  if (!value || *value < first_year || *value > last_year || *value != std::floor(*value))
    return std::nullopt;
  return static_cast<int>(*value);
}

/// The first year from 1900 to 2100 in a text after `from`, 0 without one.
int year_after(std::string_view text, std::size_t from) {
  for (std::size_t k = from; k + 4 <= text.size(); ++k) {
    int year = 0;
    const auto [end, error] = std::from_chars(text.data() + k, text.data() + k + 4, year);
    if (error == std::errc{} && end == text.data() + k + 4 && year >= first_year &&
        year <= last_year)
      return year;
  }
  return 0;
}

/// No figure stands here, and the maker says why.
bool is_absent(std::string_view text) {
  return text.find_first_not_of(". ") == std::string_view::npos || text == "xxx" || text == "XXX" ||
         says_unknown(text);
}

struct Figure {
  double value = missing;
  std::string text;
  std::uint32_t colour = 0;
};

/// What a sheet of states and years says.
struct StateSheet {
  std::string title;
  int first = 0, last = 0;
  std::map<std::string, std::map<int, Figure>> figures;  // by name and year
  std::map<std::string, std::string> marks;              // of a name, as they stand: "§4"
};

StateSheet read_sheet(const Workbook& book, const std::string& name) {
  StateSheet sheet;
  std::map<int, int> year_of;  // by column
  int notes_column = -1;
  book.read(name, [&](int row, const std::vector<WorkbookCell>& cells) {
    if (year_of.empty()) {
      if (sheet.title.empty()) sheet.title = cells.front().text;
      int years = 0;
      for (const WorkbookCell& cell : cells) years += year_in(cell).has_value();
      if (years < 5) return true;
      for (const WorkbookCell& cell : cells)
        if (const auto year = year_in(cell); year && !year_of.emplace(cell.column, *year).second)
          throw Refusal{fmt::format("row {} of \"{}\" has a year twice", row, name), get_again};
      for (const WorkbookCell& cell : cells)
        if (cell.text == "Notes") notes_column = cell.column;
      sheet.first = last_year;
      for (const auto& [column, year] : year_of) {
        sheet.first = std::min(sheet.first, year);
        sheet.last = std::max(sheet.last, year);
      }
      return true;
    }
    if (cells.front().column != 0) return true;
    const std::string state(trimmed(cells.front().text));
    std::map<int, Figure> figures;
    bool absent = false;
    for (const WorkbookCell& cell : cells) {
      if (cell.column == notes_column) sheet.marks.emplace(state, trimmed(cell.text));
      const auto year = year_of.find(cell.column);
      if (year == year_of.end()) continue;
      if (is_absent(trimmed(cell.text))) {
        absent = true;
        continue;
      }
      figures[year->second] = {cell.number ? parse_number(cell.text).value_or(missing) : missing,
                               cell.text, cell.colour};
    }
    if (figures.empty() && !absent) return true;  // a region
    if (!sheet.figures.emplace(state, std::move(figures)).second)
      throw Refusal{fmt::format("\"{}\" stands twice in \"{}\" (row {})", state, name, row),
                    get_again};
    return true;
  });
  if (year_of.empty())
    throw Refusal{fmt::format("the sheet \"{}\" has no row of years", name),
                  "Give SIPRI's workbook as it is published"};
  return sheet;
}

/// Signs and numbers of the sheet "Footnotes" with their texts.
std::map<std::string, std::string> read_footnotes(const Workbook& book) {
  std::map<std::string, std::string> notes;
  book.read("Footnotes", [&](int, const std::vector<WorkbookCell>& cells) {
    if (cells.size() >= 2) notes.emplace(trimmed(cells[0].text), trimmed(cells[1].text));
    return true;
  });
  return notes;
}

/// "‡§¶16, 17" in pieces: each sign alone, each number whole.
std::vector<std::string> marks_in(std::string_view text) {
  std::vector<std::string> marks;
  for (std::size_t k = 0; k < text.size();) {
    std::size_t end = k + 1;
    const auto c = static_cast<unsigned char>(text[k]);
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (digit(k))
      while (end < text.size() && digit(end)) ++end;
    else if (c >= 0xC0)
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    const std::string_view mark = text.substr(k, end - k);
    if (mark != " " && mark != "," && mark != ";") marks.emplace_back(mark);
    k = end;
  }
  return marks;
}

MilexKind kind_of(std::uint32_t colour) {
  if (colour == blue) return MilexKind::estimate;
  if (colour == red) return MilexKind::uncertain;
  return MilexKind::reported;
}

/// "Constant (2024) US$" among the sheets.
std::string constant_sheet(const Workbook& book) {
  for (const std::string& name : book.sheets())
    if (name.starts_with("Constant (")) return name;
  throw Refusal{fmt::format("it has no sheet \"Constant (...) US$\"; its sheets are {}",
                            fmt::join(book.sheets(), ", ")),
                "Give SIPRI's workbook of all states, SIPRI-Milex-data-....xlsx"};
}

/// The year of whose dollars the sheet's figures are; its title must not say another.
int price_year_of(const std::string& name, const StateSheet& dollars) {
  const int price_year = year_after(name, 0);
  if (price_year == 0)
    throw Refusal{fmt::format("the sheet \"{}\" does not say of which year its dollars are", name),
                  "Give SIPRI's workbook as it is published"};
  if (const int in_title = year_after(dollars.title, 0); in_title != 0 && in_title != price_year)
    throw Refusal{
        fmt::format("the sheet \"{}\" calls its dollars those of {} in its title", name, in_title),
        get_again};
  return price_year;
}

/// The names of a sheet by the state that each means; null: none that we know.
using NamedStates = std::map<std::string, const State*>;

NamedStates states_of(const StateSheet& sheet) {
  NamedStates named;
  for (const auto& [name, by_year] : sheet.figures)
    named.emplace(name, KnownStates::all().by_name(name));
  return named;
}

bool has_state(const NamedStates& named, const State* state) {
  return std::ranges::any_of(named, [&](const auto& n) { return n.second == state; });
}

/// A slip of the pen in one sheet: the name is like that of a state which the other sheet has and
/// this one otherwise lacks.
void mend_slips(Findings& found, NamedStates& named, const NamedStates& other,
                const std::string& sheet) {
  for (auto& [name, state] : named) {
    if (state) continue;
    const std::string near = KnownStates::all().nearest_name(name);
    const State* const meant = near.empty() ? nullptr : KnownStates::all().by_name(near);
    if (!meant || has_state(named, meant) || !has_state(other, meant)) continue;
    state = meant;
    found.notes.push_back(
        {fmt::format("\"{}\" in \"{}\" is read as {}, which the other sheet has and this one lacks",
                     name, sheet, meant->name),
         ""});
  }
}

/// The figures of both sheets by state and year. A name that is no state's is a key of its own.
struct BothSheets {
  struct Pair {
    const Figure *dollar = nullptr, *share = nullptr;
  };
  std::map<std::string, std::map<int, Pair>> figures;
  std::map<std::string, const State*> states;

  void put(Findings& found, const StateSheet& sheet, const NamedStates& named,
           const Figure* Pair::*part, const char* column);
};

void BothSheets::put(Findings& found, const StateSheet& sheet, const NamedStates& named,
                     const Figure* Pair::*part, const char* column) {
  for (const auto& [name, by_year] : sheet.figures) {
    const State* const state = named.at(name);
    const std::string key = state ? state->id : name;
    states.emplace(key, state);
    if (!state) found.nobody[name] += static_cast<int>(by_year.size());
    for (const auto& [year, figure] : by_year) {
      const Figure*& kept = figures[key][year].*part;
      if (!kept)
        kept = &figure;
      else if (kept->text != figure.text)
        found.left_out.push_back(
            {"milex.csv", key, fmt::format("{}", year), column, figure.text,
             fmt::format("of \"{}\"; another row of {} has this year too", name, key)});
    }
  }
}

/// Adds a state's figure of a year, or what of it a panel cannot hold. `state` is null for a name
/// that is no state's.
void add_figures(Findings& found, const State* state, const std::string& key, int year,
                 const BothSheets::Pair& pair) {
  const auto leave = [&](const char* column, const Figure* figure, const char* why) {
    if (figure)
      found.left_out.push_back(
          {"milex.csv", key, fmt::format("{}", year), column, figure->text, why});
  };
  const auto& [dollar, share] = pair;
  const char* why = nullptr;
  if (!state)
    why = "no state that tenbin knows has this name";
  else if (!dollar)
    why = "a share of GDP without dollars";
  else if (!known(dollar->value))
    why = "not a figure";
  else if (!(dollar->value > 0))
    why = "a panel's milex is above 0";
  if (why) {
    leave("milex", dollar, why);
    leave("burden", share, why);
    return;
  }
  FoundMilex row{key, year, dollar->value, missing, kind_of(dollar->colour)};
  if (share && share->value > 0)
    row.burden = share->value;
  else
    leave("burden", share, "a panel's burden is above 0");
  found.milex.push_back(std::move(row));
}

/// Names each that is no state's, with the figures that go with it and the name that it is like.
void note_unknown_names(Findings& found) {
  for (const auto& [name, count] : found.nobody) {
    if (count == 0 || KnownStates::all().other(name)) continue;
    const std::string near = KnownStates::all().nearest_name(name);
    found.notes.push_back(
        {fmt::format("\"{}\" is no state that tenbin knows; {} figures are left out", name, count),
         near.empty() ? "" : fmt::format("Did you mean {}?", near)});
  }
}

void add_all_figures(Findings& found, const StateSheet& dollars, const StateSheet& shares,
                     const std::string& dollars_name) {
  NamedStates of_dollars = states_of(dollars), of_shares = states_of(shares);
  mend_slips(found, of_dollars, of_shares, dollars_name);
  mend_slips(found, of_shares, of_dollars, "Share of GDP");
  BothSheets both;
  both.put(found, dollars, of_dollars, &BothSheets::Pair::dollar, "milex");
  both.put(found, shares, of_shares, &BothSheets::Pair::share, "burden");
  for (const auto& [key, by_year] : both.figures)
    for (const auto& [year, pair] : by_year)
      add_figures(found, both.states.at(key), key, year, pair);
  note_unknown_names(found);
}

/// The years of which there are figures, by column: the sheet's last column may be empty.
void cover_figures(Findings& found) {
  Span dollars, shares;
  for (const FoundMilex& m : found.milex) {
    dollars.add(m.year);
    if (known(m.burden)) shares.add(m.year);
  }
  found.coverage = {{"milex.csv", "milex", dollars.first, dollars.last}};
  if (!shares.empty()) found.coverage.push_back({"milex.csv", "burden", shares.first, shares.last});
}

void add_footnotes(Findings& found, const Workbook& book, const StateSheet& dollars) {
  const auto sheets = book.sheets();
  if (std::ranges::find(sheets, "Footnotes") == sheets.end()) return;
  const std::map<std::string, std::string> texts = read_footnotes(book);
  for (const auto& [name, marks] : dollars.marks) {
    const State* const state = KnownStates::all().by_name(name);
    if (!state) continue;
    for (const std::string& each : marks_in(marks))
      if (const auto text = texts.find(each); text != texts.end())
        found.footnotes.push_back({state->id, each, text->second});
  }
}

}  // namespace

Findings read_sipri(const PublishedFile& file) {
  const Workbook book(file);
  const std::string dollars_name = constant_sheet(book);
  const StateSheet dollars = read_sheet(book, dollars_name);
  const StateSheet shares = read_sheet(book, "Share of GDP");
  Findings found{.source = "sipri"};
  found.price_year = price_year_of(dollars_name, dollars);
  const int release = dollars.last + 1;  // in April of the year after
  found.label = fmt::format("SIPRI {}", release);
  found.release = fmt::format("{}-{}", dollars.first, dollars.last);
  found.date = book.changed();
  found.cite =
      "Stockholm International Peace Research Institute, SIPRI Military Expenditure Database";
  found.currency = "US dollars at constant prices and exchange rates";
  add_all_figures(found, dollars, shares, dollars_name);
  if (found.milex.empty())
    throw Refusal{
        fmt::format("the sheet \"{}\" has no figure of a state that tenbin knows", dollars_name),
        "Give SIPRI's workbook as it is published"};
  cover_figures(found);
  add_footnotes(found, book, dollars);
  return found;
}

}  // namespace tenbin
