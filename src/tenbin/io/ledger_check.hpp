// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/problem.hpp"

namespace tenbin {

/// What a row of ledger.csv says of the table that an import filled.
struct LedgerEntry {
  std::string table, label, file;
  std::optional<int> price_year;  // of milex; 0: current money
  std::string digest;             // SHA-256 of the table; empty: an earlier version imported it
};

/// Compares the ledger with panel.toml and with the tables. A table that was changed since its
/// import is a note. Expenditure of another release or price year than the ledger's is refused: the
/// panel would mix dollars of two years. Entries of earlier versions say too little and pass.
void check_ledger(const std::filesystem::path& folder, const Panel& panel,
                  const std::vector<LedgerEntry>& entries, Problems& problems);

}  // namespace tenbin
