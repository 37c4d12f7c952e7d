// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/io/published/rows.hpp"

namespace tenbin {

/// A table of a panel as text: what an import changes and writes back.
struct TextTable {
  std::vector<std::string> columns;
  std::vector<Fields> rows;

  /// Place of a column, which is added, empty in all rows, where it is not there.
  std::size_t column(std::string_view name);
  std::optional<std::size_t> find(std::string_view name) const;
};

/// A panel's folder in memory: tables and panel.toml. A change lies here until write().
class PanelFolder {
 public:
  /// An empty one where the folder is not there. Throws Error with the problems of its tables.
  explicit PanelFolder(const std::filesystem::path& path);

  std::string name() const { return path_.filename().string(); }
  bool has(const std::string& name) const { return tables_.contains(name); }
  /// The table, which is made with these columns where it is not there.
  TextTable& table(const std::string& name, const std::vector<std::string_view>& columns = {});
  const std::map<std::string, TextTable>& tables() const { return tables_; }

  /// A key of panel.toml as it stands there, without quotation marks; empty where it is not there.
  std::string setting(std::string_view key) const;
  /// `value` is TOML.
  void set(std::string_view key, std::string_view value);

  /// An import filled this table: write() notes its digest in the ledger.
  void mark_imported(const std::string& table) { imported_.insert(table); }

  /// Writes what changed: a fresh folder beside and then renamed, else each file beside and then
  /// renamed. Before, what would lie there is read as a panel; throws Error with its problems, and
  /// then nothing is changed. Returns the notes on it.
  Problems write();

 private:
  bool is_to_be_written(const std::string& name, const TextTable& table) const;
  void put_digests();
  void write_into(const std::filesystem::path& folder, bool all) const;

  std::filesystem::path path_;
  bool fresh_ = false;
  std::map<std::string, TextTable> tables_, before_;
  std::map<std::string, std::string> digests_before_;
  std::set<std::string> imported_;
  std::string toml_, toml_before_;
};

/// RFC 4180, one line a row.
std::string csv_text(const TextTable& table);

}  // namespace tenbin
