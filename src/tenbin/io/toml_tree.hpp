// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenbin/core/problem.hpp"

namespace tenbin {

constexpr int deepest_toml = 64;       // levels of tables, lists and parts of dotted keys
constexpr double widest_number = 1e9;  // of any number in a TOML file that tenbin wrote

struct TomlField;

/// A TOML value with the file and line it stands on; toml++ does the parsing.
struct TomlNode {
  enum class Kind { string, integer, real, boolean, array, table, other };
  Kind kind = Kind::table;
  std::string text;     // of a string
  double number = 0;    // of an integer or a real
  long long whole = 0;  // of an integer
  bool truth = false;
  std::vector<TomlNode> items;    // of an array
  std::vector<TomlField> fields;  // of a table, in file order
  std::string file;
  int line = 0;

  bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
  const TomlNode* find(std::string_view key) const;
  TomlNode* find(std::string_view key);
  std::string where() const;
};

/// A key of a table with its value. No std::pair: clang asks whether it is destructible before
/// TomlNode is complete.
struct TomlField {
  std::string key;
  TomlNode value;
};

/// Line of the first key, header or value of a TOML text that lies deeper than `deepest_toml`; 0
/// where none does. Parts of a dotted key count one by one: toml++ recurses over them without a
/// limit. It looks no further than the first such place, and needs no memory for the rest.
int too_deep_line(std::string_view toml);

/// Reads a TOML file. A syntax error, or a text that is nested too deep, stops the reading of this
/// file and is the one problem reported of it.
std::optional<TomlNode> read_toml(const std::filesystem::path& path, Problems& problems);
/// The same of a text that was read from `path`.
std::optional<TomlNode> parse_toml(std::string_view text, const std::filesystem::path& path,
                                   Problems& problems);

/// Getters of one table: each reports a wrong type or range, and finish() reports the keys nobody
/// asked for.
class TomlReader {
 public:
  TomlReader(const TomlNode& table, std::string what, Problems& problems)
      : table_(table), what_(std::move(what)), problems_(problems) {}

  bool has(std::string_view key) const { return table_.find(key) != nullptr; }
  const TomlNode* get(std::string_view key, bool required = false);
  std::optional<std::string> text(std::string_view key, bool required = false);
  /// A text of one line and at most 200 characters (wrong_name in text.hpp).
  std::optional<std::string> name(std::string_view key, bool required = false);
  std::optional<int> integer(std::string_view key, int low, int high, bool required = false);
  std::optional<double> number(std::string_view key, double low, double high,
                               bool required = false);
  /// A table below this one; null where it is missing or something else.
  const TomlNode* subtable(std::string_view key, bool required = false);
  /// The items of a list; none where it is missing or something else.
  const std::vector<TomlNode>& list(std::string_view key, bool required = false);
  /// The same of a list whose items are tables, written as [[key]].
  const std::vector<TomlNode>& tables(std::string_view key, bool required = false);
  /// The items of a list of texts.
  std::vector<std::string> texts(std::string_view key, bool required = false);
  void refuse(std::string_view key, std::string what, std::string mend);
  /// The same with the names of the table and the key before `what`: "has no draws".
  void wrong(std::string_view key, std::string_view what, std::string mend);
  void finish();
  const TomlNode& table() const { return table_; }
  const std::string& what() const { return what_; }

 private:
  const TomlNode& table_;
  std::string what_;  // "lever \"plan\"", "scenario"
  Problems& problems_;
  std::vector<std::string> asked_;
};

/// format = 1, else a problem.
void check_format(TomlReader& reader);

/// A text as a basic string of TOML, on one line and with its quotes. Its bytes must be UTF-8.
std::string toml_quote(std::string_view text);

}  // namespace tenbin
