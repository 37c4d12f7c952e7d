// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/io/published/merge.hpp"
#include "tenbin/io/source_label.hpp"

/// The work of merge(): merge.cpp has what holds for every table, merge_milex.cpp what expenditure
/// asks for beside.

namespace tenbin {

/// The columns of a table that an import fills; the first `keys` of them name a row.
struct TableShape {
  const char* table;
  std::size_t keys;
  std::vector<std::string_view> columns;
  bool spells = false;     // rows of several sources may stand side by side
  bool unordered = false;  // the first two columns are a pair in either order
};
inline const TableShape milex_shape{
    "milex.csv", 2, {"state", "year", "milex", "burden", "kind", "source"}};
/// `earlier` holds the labels of earlier releases, parted by label_separator; `table_sha256` is
/// filled in by PanelFolder::write().
inline const TableShape ledger_shape{
    "ledger.csv",
    3,
    {"table", "column", "source", "label", "release", "date", "first", "last", "file", "sha256",
     "cite", "price_year", "earlier", "table_sha256"}};

/// A number of a table; empty where it is unknown.
std::string number_text(double x);

/// One import into one panel.
class Merger {
 public:
  Merger(PanelFolder& panel, const Findings& found, const PublishedFile& file,
         const MergeOptions& options)
      : panel_(panel), found_(found), file_(file), options_(options) {}
  MergeReport run();

 private:
  void check_release() const;
  std::set<std::string> wanted_states() const;
  void choose_states();
  std::string share_of_world() const;
  void check_money();
  void put_milex();
  void fill_burdens();
  void scale_milex();
  void put_disputes();
  void put_presence();
  void put_prices();
  bool took_all() const;
  void put_remarks();
  std::vector<Coverage> ledger_coverage() const;
  void put_ledger();
  /// The rows of a table before an import: those of earlier imports of its source, by key, the keys
  /// that it leaves alone, and the rows of others.
  struct Standing {
    std::map<std::string, Fields> old;
    std::set<std::string> by_hand;
    std::vector<Fields> others;
  };
  Standing apart(const TableShape& shape, TextTable& table, const std::vector<std::size_t>& place);
  void put(const TableShape& shape, std::vector<Fields> rows);
  void note(std::string what, std::string mend = "") {
    report_.notes.push_back({file_.name, std::move(what), std::move(mend), Problem::Kind::note});
  }
  bool chosen(const std::string& state) const { return states_.contains(state); }
  std::set<std::string> labels_before() const;
  std::set<std::string> imported_labels() const;
  bool is_scaled(const std::string& source) const;
  bool is_mixed() const;
  std::vector<Fields> values(const std::vector<FoundValue>& found) const;
  std::vector<Fields> spells(const std::vector<FoundSpell>& found, bool ties) const;

  PanelFolder& panel_;
  const Findings& found_;
  const PublishedFile& file_;
  const MergeOptions& options_;
  std::set<std::string> states_;
  bool takes_all_ = false;  // every state that the file knows
  std::vector<LeftOut> left_out_;
  MergeReport report_;
};

}  // namespace tenbin
