// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/published/findings.hpp"
#include "tenbin/io/published/panel_folder.hpp"

namespace tenbin {

struct MergeOptions {
  std::set<std::string> states;  // of a fresh panel, by code or name; empty: all
  bool add_states = false;       // to a panel that is there
};

/// What an import did to one table.
struct TableChange {
  std::string table;
  int added = 0, replaced = 0, gone = 0;  // rows of this source, against its last import
  int taken = 0;                          // rows of other sources whose place it takes
  int kept = 0;                           // rows by hand that stand where the source has another
  bool operator==(const TableChange&) const = default;
};

struct MergeReport {
  std::vector<TableChange> changes;
  Problems notes;  // `where` is the published file
};

/// Puts what a file says into a panel's tables. Rows of an earlier import of the same source go;
/// rows by hand (of no source in the ledger) stay, and win where both have one. Years without
/// figures stay empty: nothing is made 0. Throws Error where the two do not fit together.
MergeReport merge(PanelFolder& panel, const Findings& found, const PublishedFile& file,
                  const MergeOptions& options);

}  // namespace tenbin
