// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/panel_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/panel_commit.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

/// Where the line "key = ..." begins and ends in a TOML text; npos where there is none.
std::pair<std::size_t, std::size_t> line_of(std::string_view toml, std::string_view key) {
  for (std::size_t at = 0; at < toml.size();) {
    const std::size_t end = std::min(toml.find('\n', at), toml.size());
    std::string_view line = toml.substr(at, end - at);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with(key)) {
      line.remove_prefix(key.size());
      const auto sign = line.find_first_not_of(" \t");
      if (sign != std::string_view::npos && line[sign] == '=') return {at, end};
    }
    at = end + 1;
  }
  return {std::string_view::npos, std::string_view::npos};
}

/// The comment at the end of a TOML line, with the blanks before it.
std::string comment_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (line[k] == '"') quoted = !quoted;
    if (line[k] != '#' || quoted) continue;
    while (k > 0 && (line[k - 1] == ' ' || line[k - 1] == '\t')) --k;
    return std::string(line.substr(k));
  }
  return "";
}

}  // namespace

std::optional<std::size_t> TextTable::find(std::string_view name) const {
  const auto found = std::ranges::find(columns, name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

std::size_t TextTable::column(std::string_view name) {
  if (const auto place = find(name)) return *place;
  columns.emplace_back(name);
  for (Fields& row : rows) row.resize(columns.size());
  return columns.size() - 1;
}

std::string csv_text(const TextTable& table) {
  std::string text;
  const auto add = [&](const Fields& row) {
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      if (k > 0) text += ',';
      if (k < row.size()) text += csv_field(row[k]);
    }
    text += '\n';
  };
  add(table.columns);
  for (const Fields& row : table.rows) add(row);
  return text;
}

PanelFolder::PanelFolder(const fs::path& path) : path_(path) {
  // "folder/" and "folder" are one
  if (path_.filename().empty()) path_ = path_.parent_path();
  std::error_code error;
  fresh_ = !fs::exists(path_, error);
  if (fresh_) return;
  if (!fs::is_directory(path_, error))
    throw Error({{path_.string(), "this is no folder", "A panel is a folder: give another name"}});
  Problems problems = foreign_links(path_);
  bool other_files = false;
  for (const std::string& name : names_in(path_)) {
    const fs::path file = path_ / name;
    other_files = true;
    if (name == "panel.toml") toml_ = read_text(file, problems).value_or("");
    if (!panel_tables().contains(name) || !fs::is_regular_file(file)) continue;
    const auto text = read_text(file, problems);
    if (!text) continue;
    TextTable table;
    try {
      each_row({name, *text}, [&](int, const Fields& fields) {
        Fields row = fields;
        for (std::string& field : row) field = text_of_field(std::move(field));
        if (table.columns.empty()) {
          table.columns = row;
          return true;
        }
        if (row.size() > table.columns.size())
          throw Refusal{
              fmt::format("the row has {} fields, the header {}", row.size(), table.columns.size()),
              "Put a text that holds a comma in quotation marks"};
        table.rows.push_back(row);
        table.rows.back().resize(table.columns.size());
        return true;
      });
    } catch (const Refusal& why) {
      problems.push_back({fmt::format("{}:{}", file.string(), why.line), why.what, why.mend});
    }
    tables_.emplace(name, std::move(table));
    digests_before_.emplace(name, sha256_hex(*text));
  }
  if (toml_.empty() && other_files && problems.empty())
    problems.push_back({path_.string(), "this folder is no panel: it has no panel.toml",
                        "Give the name of a new folder, or of a panel"});
  if (refuses(problems)) throw Error(std::move(problems));
  fresh_ = !other_files;
  before_ = tables_;
  toml_before_ = toml_;
}

TextTable& PanelFolder::table(const std::string& name,
                              const std::vector<std::string_view>& columns) {
  TextTable& table = tables_[name];
  for (const std::string_view column : columns) table.column(column);
  return table;
}

std::string PanelFolder::setting(std::string_view key) const {
  const auto [at, end] = line_of(toml_, key);
  if (at == std::string::npos) return "";
  std::string_view value = std::string_view(toml_).substr(at, end - at);
  value.remove_prefix(value.find('=') + 1);
  value.remove_prefix(std::min(value.find_first_not_of(" \t\""), value.size()));
  value = value.substr(0, value.find_first_of("\"#\r"));
  return std::string(value.substr(0, value.find_last_not_of(" \t") + 1));
}

void PanelFolder::set(std::string_view key, std::string_view value) {
  const std::string line = fmt::format("{} = {}", key, value);
  const auto [at, end] = line_of(toml_, key);
  if (at == std::string::npos)
    toml_ += (toml_.empty() || toml_.ends_with('\n') ? "" : "\n") + line + "\n";
  else
    toml_.replace(at, end - at, line + comment_of(std::string_view(toml_).substr(at, end - at)));
}

/// A table that an import filled is also written where only its bytes differ (line ends, quotation
/// marks), so that its digest is right.
bool PanelFolder::is_to_be_written(const std::string& name, const TextTable& table) const {
  const auto old = before_.find(name);
  if (old == before_.end() || old->second.columns != table.columns ||
      old->second.rows != table.rows)
    return true;
  return imported_.contains(name) && digests_before_.at(name) != sha256_hex(csv_text(table));
}

/// The ledger's digests of the tables that this import filled or changed. Those of other tables
/// stay, so that a change by hand is still seen.
void PanelFolder::put_digests() {
  const auto ledger = tables_.find("ledger.csv");
  if (ledger == tables_.end()) return;
  const auto name = ledger->second.find("table"), digest = ledger->second.find("table_sha256");
  if (!name || !digest) return;
  std::map<std::string, std::string> digests;
  for (Fields& row : ledger->second.rows) {
    const auto table = tables_.find(row[*name]);
    if (table == tables_.end() || table == ledger) continue;
    if (!imported_.contains(table->first) && !is_to_be_written(table->first, table->second))
      continue;
    std::string& of = digests[table->first];
    if (of.empty()) of = sha256_hex(csv_text(table->second));
    row[*digest] = of;
  }
}

/// Every file is written beside before the first one takes its name; then all change as a whole.
void PanelFolder::write_into(const fs::path& folder, bool all) const {
  PanelChange change(folder);
  if (all || toml_ != toml_before_) change.write("panel.toml", toml_);
  for (const auto& [name, table] : tables_)
    if (all || is_to_be_written(name, table)) change.write(name, csv_text(table));
  change.commit();
}

Problems PanelFolder::write() {
  put_digests();
  FolderBeside trial(path_);
  write_into(trial.path(), true);
  PanelReading reading = read_panel_checked(trial.path(), false);
  for (Problem& problem : reading.problems)  // as if it lay there already
    if (problem.where.starts_with(trial.path().string()))
      problem.where.replace(0, trial.path().string().size(), path_.string());
  if (!reading.panel) throw Error(std::move(reading.problems));
  if (fresh_)
    trial.take_place();
  else
    write_into(path_, false);
  return std::move(reading.problems);
}

}  // namespace tenbin
