// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/register_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/tidy_file.hpp"

namespace tenbin {
namespace {

constexpr std::size_t columns = register_columns.size();

std::string next_chain(const std::string& before, std::string_view line) {
  return sha256_hex(fmt::format("{}\n{}", before, line));
}

std::string header() {
  std::string text;
  for (const RegisterColumn& c : register_columns)
    text += fmt::format("{}{}", text.empty() ? "" : ",", c.name);
  return text;
}

// --- writing ---------------------------------------------------------------------------------

struct EntryWriter {
  TidyTable& table;
  const RegisterEntry& entry;

  void operator()(int RegisterEntry::*member) const { table << entry.*member; }
  void operator()(std::string RegisterEntry::*member) const {
    std::string text = entry.*member;  // an entry is one line
    for (char& c : text)
      if (c == '\n' || c == '\r') c = ' ';
    table << std::move(text);
  }
  void operator()(double RegisterEntry::*member) const { table << entry.*member; }
  void operator()(Registered RegisterEntry::*member) const {
    table << registered_name(entry.*member);
  }
  void operator()(QuantilePlace place) const { table << entry.quantile[place.at]; }
};

void add_columns(TidyTable& table) {
  for (const RegisterColumn& c : register_columns) {
    const std::string name(c.name);
    if (std::holds_alternative<int RegisterEntry::*>(c.member))
      table.integer(name);
    else if (std::holds_alternative<std::string RegisterEntry::*>(c.member) ||
             std::holds_alternative<Registered RegisterEntry::*>(c.member))
      table.text(name);
    else
      table.number(name, std::string(c.written));
  }
}

void add_entry(TidyTable& table, const RegisterEntry& entry) {
  for (const RegisterColumn& c : register_columns) std::visit(EntryWriter{table, entry}, c.member);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// --- reading ---------------------------------------------------------------------------------

struct EntryReader {
  RegisterEntry& entry;
  const std::string& field;

  bool operator()(int RegisterEntry::*member) const {
    const auto x = parse_number(field);
    if (!x || *x < 0 || *x > 1e9 || *x != static_cast<int>(*x)) return false;
    entry.*member = static_cast<int>(*x);
    return true;
  }
  bool operator()(std::string RegisterEntry::*member) const {
    entry.*member = field;
    return true;
  }
  bool operator()(double RegisterEntry::*member) const { return number(entry.*member); }
  bool operator()(Registered RegisterEntry::*member) const {
    const auto found = std::ranges::find(registered_names, field);
    if (found == registered_names.end()) return false;
    entry.*member = static_cast<Registered>(found - registered_names.begin());
    return true;
  }
  bool operator()(QuantilePlace place) const { return number(entry.quantile[place.at]); }
  bool number(double& into) const {
    into = missing;
    if (field.empty()) return true;
    const auto x = parse_number(field);
    if (x) into = *x;
    return x.has_value();
  }
};

/// What an entry of its kind must have to be scored.
bool is_whole(const RegisterEntry& e) {
  if (!is_quantity(e.what)) return e.chance >= 0 && e.chance <= 1;
  const bool rises = std::ranges::is_sorted(e.quantile) && e.quantile[0] > 0;
  return rises && (e.what != Registered::spending || e.base > 0);
}

/// A line's fields as an entry; nothing where they are none.
std::optional<RegisterEntry> entry_of(const std::vector<std::string>& fields) {
  RegisterEntry entry;
  for (std::size_t c = 0; c < columns; ++c)
    if (!std::visit(EntryReader{entry, fields[c]}, register_columns[c].member)) return std::nullopt;
  if (entry.year < entry.from || entry.from <= entry.known_until || !is_whole(entry))
    return std::nullopt;
  return entry;
}

constexpr std::size_t chain_length = 64;

/// What one line says of itself, whether it is as written or not.
struct LineRead {
  int line = 0;
  std::string_view body;               // what its chain is made of
  std::string chain;                   // its last 64 characters
  std::string id;                      // empty: not known
  std::optional<RegisterEntry> entry;  // empty: it is none of a register
  int number = 0;                      // 0: not known

  LineRead(int at, std::string_view text) : line(at) {
    if (text.size() <= chain_length) return;
    chain = text.substr(text.size() - chain_length);
    body = text.substr(0, text.size() - chain_length - 1);
    int damaged = 0;
    const auto records = csv_records(text, damaged);
    if (!records || records->size() != 1 || (*records)[0].fields.size() != columns + 1) return;
    std::vector<std::string> fields = (*records)[0].fields;
    for (std::string& field : fields) field = text_of_field(std::move(field));
    id = fields[3];
    entry = entry_of(fields);
    if (entry) number = entry->number;
  }
};

/// Follows the chain line by line.
class ChainReader {
 public:
  explicit ChainReader(std::string first) : chains_{{0, std::move(first)}} {}
  /// `next`: the line behind it, or nothing.
  void read(const LineRead& line, const LineRead* next);
  void finish(int last_line);
  Register take() { return std::move(register_); }

 private:
  int place_of(const LineRead& line, const LineRead* next);
  bool chained(const LineRead& line, int number) const;
  bool only_chain_changed(const LineRead& line, const LineRead* next, std::string& chain) const;
  void broken(const LineRead& line, std::string what) {
    register_.breaks.push_back({line.line, line.id, std::move(what)});
  }

  Register register_;
  std::map<int, std::string> chains_;  // by number of the entry; 0: the header
  std::map<int, int> line_of_;         // by number
  int wanted_ = 1, of_ = 0;            // number of the next entry; how many there are
};

/// Whether a line goes with the chain of the entry before `number`.
bool ChainReader::chained(const LineRead& line, int number) const {
  const auto before = chains_.find(number - 1);
  return before != chains_.end() && line.chain == next_chain(before->second, line.body);
}

/// The number of the entry that a line stands for, 0 where it is one too many, and says what is
/// wrong with its place. Sets the next number.
int ChainReader::place_of(const LineRead& line, const LineRead* next) {
  const int n = line.number, wanted = wanted_;
  const auto seen = line_of_.find(n);
  if (n == wanted) return wanted_++;
  if (next ? next->number == wanted + 1 && n != wanted + 1 : wanted == of_) {
    broken(line, fmt::format("was changed: its number is {} where entry {} stands", n, wanted));
    return wanted_++;
  }
  if (seen != line_of_.end()) {
    broken(line,
           fmt::format("was added or moved: entry {} stands in line {} already", n, seen->second));
    return 0;
  }
  if (n < wanted) {
    broken(line, fmt::format("was moved: it is entry {}", n));
    return n;
  }
  if (next && next->number == wanted && n != wanted + 1) {
    broken(line, fmt::format("was added: entry {} follows it", wanted));
    return 0;
  }
  broken(line, n == wanted + 1
                   ? fmt::format("entry {} is missing before it", wanted)
                   : fmt::format("entries {} to {} are missing before it", wanted, n - 1));
  wanted_ = n + 1;
  return n;
}

/// Whether the line behind it goes with the chain that a line should have, which is put into
/// `chain`.
bool ChainReader::only_chain_changed(const LineRead& line, const LineRead* next,
                                     std::string& chain) const {
  const auto before = chains_.find(line.number - 1);
  if (before == chains_.end() || !next) return false;
  const std::string computed = next_chain(before->second, line.body);
  if (next->chain != next_chain(computed, next->body)) return false;
  chain = computed;
  return true;
}

void ChainReader::read(const LineRead& line, const LineRead* next) {
  if (line.number == 0) {
    const bool added = next && next->number == wanted_;
    broken(line, added ? fmt::format("was added: entry {} follows it", wanted_)
                       : "was changed after it was written: a field is none of a register");
    if (!added) chains_[wanted_] = line.chain;
    wanted_ += !added;
    register_.lines.push_back({line.line, false, {.id = line.id}});
    return;
  }
  const std::size_t before = register_.breaks.size();
  const int place = place_of(line, next);
  const bool placed = register_.breaks.size() == before, goes = chained(line, place);
  std::string chain = line.chain;
  if (placed && !goes)
    broken(line, only_chain_changed(line, next, chain)
                     ? "its chain was changed; the rest of the line is as it was"
                     : "was changed after it was written");
  if (goes && of_ > 0 && place > of_)
    broken(line, fmt::format("was added behind the last of {}", of_));
  if (place > 0) {
    line_of_.emplace(place, line.line);
    chains_.emplace(place, chain);
  }
  if (goes && of_ == 0) of_ = line.entry->of;
  register_.lines.push_back({line.line, placed && goes, *line.entry});
  register_.seal = line.chain;
}

void ChainReader::finish(int last_line) {
  if (of_ == 0 || wanted_ > of_) return;
  register_.breaks.push_back(
      {last_line + 1, "",
       wanted_ == of_ ? fmt::format("entry {} is missing at the end", of_)
                      : fmt::format("entries {} to {} are missing at the end", wanted_, of_)});
}

}  // namespace

TidyTable register_table(std::vector<RegisterEntry> entries) {
  TidyTable bare;
  add_columns(bare);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    entries[k].number = static_cast<int>(k) + 1;
    entries[k].of = static_cast<int>(entries.size());
    add_entry(bare, entries[k]);
  }
  const std::string text = csv_text(bare);
  const std::vector<std::string_view> lines = lines_of(text);
  TidyTable table;
  add_columns(table);
  table.text("chain");
  std::string chain = sha256_hex(lines[0]);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    add_entry(table, entries[k]);
    table << (chain = next_chain(chain, lines[k + 1]));
  }
  return table;
}

std::string seal_of(const TidyTable& table) {
  const auto& chain = std::get<std::vector<std::string>>(table.columns().back().values);
  return chain.empty() ? "" : chain.back();
}

Register register_of(std::string_view text, const std::string& where) {
  const std::vector<std::string_view> lines = lines_of(text);
  if (lines.empty() || lines[0] != header() + ",chain")
    throw Error({{where + ":1",
                  lines.empty() ? "the file is empty"
                                : "its first line is not that of a register of format 1",
                  "Give a file that tenbin register wrote, byte for byte as it wrote it"}});
  ChainReader reader(sha256_hex(header()));
  std::vector<LineRead> read;
  for (std::size_t k = 1; k < lines.size(); ++k)
    read.emplace_back(static_cast<int>(k) + 1, lines[k]);
  for (std::size_t k = 0; k < read.size(); ++k)
    reader.read(read[k], k + 1 < read.size() ? &read[k + 1] : nullptr);
  reader.finish(static_cast<int>(lines.size()));
  return reader.take();
}

Register read_register(const std::filesystem::path& path) {
  Problems problems;
  const auto text = read_text(path, problems);
  if (!text) throw Error(std::move(problems));
  return register_of(*text, path.filename().string());
}

}  // namespace tenbin
