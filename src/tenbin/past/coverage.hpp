// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"

/// How far a panel's tables know the world, and how old each state's figures are.

namespace tenbin {

/// A column of a table, or a whole table that was made by hand.
struct TableCoverage {
  std::string table;   // "ties.csv"
  std::string source;  // of the ledger; empty: by hand
  std::string date;    // of the release, empty where unknown
  int first = 0;       // years known by its source; by hand: of its rows
  int last = 0;
  int behind = 0;  // years between its source's last one and the panel's, 0 or more
};

/// Last years of one state; 0 where a table has nothing of it.
struct StateCoverage {
  StateIndex state = 0;
  int milex = 0, burden = 0;
  int regime = 0, personnel = 0, disputes = 0, missiles = 0, plans = 0;
  int rivalries = 0, ties = 0;                   // in which the last spell began or ended
  int reported = 0, estimated = 0, imputed = 0;  // years of milex; estimates with the uncertain
  std::vector<int> gaps;                         // years without milex between its first and last
};

struct PanelCoverage {
  std::vector<TableCoverage> tables;  // in the order of names
  std::vector<StateCoverage> states;
};
PanelCoverage coverage(const Panel& panel);

/// Years by which figures may lag before a reader is warned.
inline constexpr int stale_after = 2;

}  // namespace tenbin
