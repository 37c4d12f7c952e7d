// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/table.hpp"

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <new>

#include "tenbin/io/nearest.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

/// Whether a text is a number with a decimal comma or with marks between its digits.
bool has_marks(std::string_view s) {
  const auto mark = s.find_first_of(", '");
  return mark != std::string_view::npos && mark > 0 && mark + 1 < s.size() &&
         s.find_first_not_of("0123456789,.-+ '%") == std::string_view::npos;
}

/// Whether a spreadsheet that opens a CSV file computes a text, once apostrophes before it are
/// gone: an apostrophe more or less changes nothing, so that each text has one form and comes back.
bool computed_by_spreadsheets(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return text.size() > 1 && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos &&
         !parse_share(text);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const std::string plain = plain_digits(trimmed(text));
  text = plain;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<double> parse_share(std::string_view text) {
  text = trimmed(text);
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  const auto value = parse_number(text);
  if (!value || !percent) return value;
  return *value / 100;
}

std::optional<double> parse_money(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('$')) text.remove_prefix(1);
  double millions = 1;
  for (const auto& [unit, size] : {std::pair<std::string_view, double>{"tn", 1e6},
                                   {"trillion", 1e6},
                                   {"bn", 1e3},
                                   {"billion", 1e3},
                                   {"million", 1},
                                   {"m", 1}})
    if (text.ends_with(unit)) {
      text.remove_suffix(unit.size());
      millions = size;
      break;
    }
  const auto value = parse_number(text);
  if (!value || !std::isfinite(*value * millions)) return std::nullopt;
  return *value * millions;
}

std::string csv_field(const std::string& text) {
  const std::string plain = computed_by_spreadsheets(text) ? "'" + text : text;
  const bool padded = trimmed(plain).size() < plain.size();  // readers take blanks off
  if (!padded && plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char c : plain) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string text_of_field(std::string field) {
  if (field.starts_with('\'') && computed_by_spreadsheets(field)) field.erase(0, 1);
  return field;
}

std::optional<StateIndex> state_by_words(std::string_view words, const Panel& panel) {
  if (const auto found = panel.find(trimmed(words))) return found;
  const std::string low = lower_case(trimmed(words));
  std::optional<StateIndex> meant;
  for (StateIndex i = 0; i < panel.size(); ++i)
    if (low == lower_case(panel.states[i].id) || low == lower_case(panel.states[i].name)) {
      if (meant) return std::nullopt;  // two states of one name
      meant = i;
    }
  return meant;
}

std::string unknown_state_mend(std::string_view id, const Panel& panel) {
  std::vector<std::string> ids, names;
  for (const State& s : panel.states) {
    ids.push_back(s.id);
    names.push_back(s.name);
  }
  std::string near;
  if (const auto meant = state_by_words(id, panel)) near = panel.states[*meant].id;
  const std::string name = nearest(id, names);
  const auto begins = [&](const State& s) {
    return s.name == name && lower_case(name).starts_with(lower_case(id));
  };
  const bool begun = std::ranges::any_of(panel.states, begins);  // "JAP", rather than JPN's like
  if (near.empty() && !begun) near = nearest(id, ids);
  if (near.empty() && !name.empty())
    near = panel.states[std::ranges::find(names, name) - names.begin()].id;
  std::ranges::sort(ids);
  const bool many = ids.size() > 20;
  if (many) ids.resize(20);
  return fmt::format(
      "{}States: {}{}", near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near),
      fmt::join(ids, " "), many ? fmt::format(" ... ({} in all)", panel.states.size()) : "");
}

Table::Table(const std::filesystem::path& path, std::vector<ColumnSpec> columns, Problems& problems)
    : path_(path), columns_(std::move(columns)), place_(columns_.size(), -1), problems_(&problems) {
  if (!read_records(problems)) return;
  match_header(problems);
  if (usable_) check_widths(problems);
}

std::string Table::where(int line) const {
  return line > 0 ? fmt::format("{}:{}", path_.string(), line) : path_.string();
}

std::optional<std::vector<CsvRecord>> csv_records(std::string_view text, int& damaged) {
  struct Collector {
    std::vector<CsvRecord> records;
    std::vector<std::string> fields;
    int start_line = 1;  // of the record being read
  } collector;
  const auto on_field = [](void* s, std::size_t size, void* data) {
    static_cast<Collector*>(data)->fields.emplace_back(static_cast<const char*>(s), size);
  };
  const auto on_row = [](int, void* data) {
    auto& c = *static_cast<Collector*>(data);
    c.records.push_back({c.start_line, std::move(c.fields)});
    c.fields.clear();
  };
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  int line = 0;
  bool good = true;
  for (std::size_t at = 0;
       good && at < text.size();) {  // one physical line at a time, so that line numbers hold
    const auto end = text.find('\n', at);
    const auto piece = text.substr(at, end == std::string_view::npos ? end : end - at + 1);
    ++line;
    if (parser.pstate == 0) collector.start_line = line;  // no record is open
    good = csv_parse(&parser, piece.data(), piece.size(), on_field, on_row, &collector) ==
           piece.size();
    at += piece.size();
  }
  if (good) good = csv_fini(&parser, on_field, on_row, &collector) == 0;
  const bool short_of_memory = csv_error(&parser) == CSV_ENOMEM;
  csv_free(&parser);
  if (short_of_memory) throw std::bad_alloc();
  damaged = collector.start_line;
  if (!good) return std::nullopt;
  return std::move(collector.records);
}

bool Table::read_records(Problems& problems) {
  const auto text = read_text(path_, problems);
  if (!text) return false;
  if (const auto sign = parted_by(*text); !sign.empty()) {
    problems.push_back({where(1), fmt::format("the columns are separated by {}", sign),
                        "Save the file with commas between columns and a point in decimals"});
    return false;
  }
  int damaged = 0;
  auto records = csv_records(*text, damaged);
  if (!records) {
    problems.push_back(
        {where(damaged), "a quotation mark is not closed or stands inside a field",
         "Write a field with quotation marks as \"...\" and double each mark inside it"});
    return false;
  }
  if (records->empty()) {
    problems.push_back(
        {where(0), "the file is empty", "Give it a header row with the names of its columns"});
    return false;
  }
  for (CsvRecord& record : *records)
    for (std::string& field : record.fields) field = text_of_field(std::move(field));
  header_ = std::move(records->front().fields);
  records_.assign(std::make_move_iterator(records->begin() + 1),
                  std::make_move_iterator(records->end()));
  return true;
}

void Table::match_header(Problems& problems) {
  for (std::string& name : header_) name = std::string(trimmed(name));
  const std::size_t before = problems.size();
  std::vector<std::string> ignored;
  for (std::size_t k = 0; k < header_.size(); ++k) {
    if (std::find(header_.begin(), header_.begin() + k, header_[k]) != header_.begin() + k) {
      problems.push_back(
          {where(1), fmt::format("column \"{}\" stands there twice", header_[k]), "Keep one"});
      continue;
    }
    const auto spec = std::ranges::find(columns_, header_[k], &ColumnSpec::name);
    if (spec == columns_.end())
      ignored.push_back(header_[k]);
    else
      place_[spec - columns_.begin()] = static_cast<int>(k);
  }
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (place_[c] >= 0 || !columns_[c].required) continue;
    const std::string near = nearest(columns_[c].name, ignored);
    problems.push_back({where(1), fmt::format("column \"{}\" is missing", columns_[c].name),
                        near.empty()
                            ? fmt::format("The columns there are: {}", fmt::join(header_, ", "))
                            : fmt::format("Is it the column \"{}\"? Rename it", near)});
  }
  usable_ = problems.size() == before;
  if (usable_ && !ignored.empty())
    problems.push_back({where(1),
                        fmt::format("ignored column{} {}", ignored.size() > 1 ? "s" : "",
                                    fmt::join(ignored, ", ")),
                        "", Problem::Kind::note});
}

void Table::check_widths(Problems& problems) {
  const auto is_blank = [](const CsvRecord& r) {
    return r.fields.size() == 1 && trimmed(r.fields[0]).empty();
  };
  std::erase_if(records_, is_blank);
  const bool row_names =
      !records_.empty() && std::ranges::all_of(records_, [&](const CsvRecord& r) {
        return r.fields.size() == header_.size() + 1;
      });
  if (row_names) {
    problems.push_back(
        {where(records_.front().line),
         fmt::format("each row has {} fields, the header {}", header_.size() + 1, header_.size()),
         "R's write.table() writes row names without a heading: use write.csv(row.names = FALSE)"});
    records_.clear();
  }
  std::erase_if(records_, [&](const CsvRecord& r) {
    if (r.fields.size() == header_.size()) return false;
    problems.push_back(
        {where(r.line),
         fmt::format("the row has {} fields, the header has {}", r.fields.size(), header_.size()),
         r.fields.size() > header_.size()
             ? "Write decimals with a point, and put a text that holds a comma in quotation marks"
             : "Fill in the missing fields; an unknown value is an empty field"});
    return true;
  });
}

void Table::each(const std::function<void(const RowView&)>& use) const {
  if (!usable_) return;
  RowView row;
  row.table_ = this;
  for (const CsvRecord& r : records_) {
    row.line_ = r.line;
    row.fields_ = &r.fields;
    const bool blank =
        std::ranges::all_of(r.fields, [](const std::string& f) { return trimmed(f).empty(); });
    if (!blank) use(row);  // spreadsheets leave rows of commas
  }
}

std::string Table::RowView::text(int column) const {
  const int place = table_->place_[column];
  return place < 0 ? std::string() : std::string(trimmed((*fields_)[place]));
}

void Table::RowView::refuse(std::string what, std::string mend) const {
  table_->problems_->push_back({table_->where(line_), std::move(what), std::move(mend)});
}

void Table::RowView::note(std::string what, std::string mend) const {
  table_->problems_->push_back(
      {table_->where(line_), std::move(what), std::move(mend), Problem::Kind::note});
}

std::string_view Table::RowView::name(int column) const { return table_->columns_[column].name; }

void Table::RowView::unknown(int column, std::string mend) const {
  const std::string raw = text(column);
  refuse(raw.empty() ? fmt::format("{} is empty", name(column))
                     : fmt::format("{} \"{}\" is not known", name(column), raw),
         std::move(mend));
}

std::optional<std::string> Table::RowView::required_text(int column) const {
  std::string value = text(column);
  if (!value.empty()) return value;
  refuse(fmt::format("{} is empty", table_->columns_[column].name), "Fill it in");
  return std::nullopt;
}

std::optional<double> Table::RowView::parsed(int column, std::optional<double> value, double low,
                                             double high, std::string_view mend) const {
  const std::string raw = text(column);
  const auto name = table_->columns_[column].name;
  if (says_nothing(raw)) {
    refuse(fmt::format("{} is empty", name), "Leave the row out where it is unknown");
  } else if (!value) {
    refuse(fmt::format("{} \"{}\" is not a number", name, raw),
           has_marks(raw) ? "Write decimals with a point and no thousands marks"
                          : "Write a number, or leave the field empty where it is unknown");
  } else if (*value < low || *value > high) {
    refuse(fmt::format("{} is {}", name, raw), std::string(mend));
  } else {
    return value;
  }
  return std::nullopt;
}

std::optional<double> Table::RowView::number(int column, double low, double high,
                                             std::string_view mend) const {
  return parsed(column, parse_number(text(column)), low, high, mend);
}

std::optional<double> Table::RowView::share(int column, double low, double high,
                                            std::string_view mend) const {
  return parsed(column, parse_share(text(column)), low, high, mend);
}

std::optional<int> Table::RowView::integer(int column, int low, int high) const {
  const auto value =
      number(column, low, high, fmt::format("Give a whole number from {} to {}", low, high));
  if (!value) return std::nullopt;
  if (*value == std::floor(*value)) return static_cast<int>(*value);
  refuse(fmt::format("{} is {}", table_->columns_[column].name, text(column)),
         "Give a whole number");
  return std::nullopt;
}

std::optional<StateIndex> Table::RowView::state(int column, const Panel& panel) const {
  const std::string id = text(column);
  if (const auto found = panel.find(id)) return found;
  refuse(id.empty() ? fmt::format("{} is empty", name(column))
                    : fmt::format("{} \"{}\" is not in states.csv", name(column), id),
         unknown_state_mend(id, panel));
  return std::nullopt;
}

}  // namespace tenbin
