// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "tenbin/io/table.hpp"

namespace tenbin {

/// The optional tables that record what happened; a panel's equations do without them.
inline constexpr std::array record_tables{
    "disputes.csv",    "dispute_history.csv", "contiguity.csv",   "majors.csv",
    "regime.csv",      "personnel.csv",       "wars.csv",         "races.csv",
    "price_index.csv", "stories.csv",         "ledger.csv",       "presence.csv",
    "nuclear.csv",     "aggressions.csv",     "price_levels.csv", "regions.csv",
    "indicators.csv",  "outside_danger.csv",  "events.csv",       "base_rates.csv",
    "pledges.csv",     "own_shares.csv",      "economy.csv",      "expectations.csv",
    "rates.csv"};
/// Tables that imports write for the reader's eye: the makers' remarks, and what no table can hold.
inline constexpr std::array remark_tables{"notes.csv", "left_out.csv"};

/// Reads those that are there into a panel whose states are known.
void read_records(const std::filesystem::path& folder, Panel& panel, Problems& problems);

/// Wars of a table elsewhere; rows of states that the panel does not have are left out. Throws
/// Error with every problem.
std::vector<War> read_wars(const std::filesystem::path& path, const Panel& panel);

/// Refuses the second row of a key.
bool first_of(std::map<std::string, int>& seen, const std::string& key, const Table::RowView& row);
/// First and last year of a row; an empty last year goes on. Refuses an end before its start.
std::optional<std::pair<int, int>> years_of(const Table::RowView& row, int start, int end);

}  // namespace tenbin
