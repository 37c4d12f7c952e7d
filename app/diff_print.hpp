// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/study/revision.hpp"

/// What `tenbin diff` says.

namespace tenbin::app {

/// Two panels, what differs, and what a reader asked to see.
struct DiffTold {
  const Panel& before;
  const Panel& after;
  std::vector<StateIndex> wanted;  // of the earlier panel; empty: the largest
  std::size_t rows;                // of a table on the screen
};

void print_money(const DiffTold& told, const CommonMoney& money);
void print_figures(const DiffTold& told, const FigureRevisions& figures, double tolerance);
void print_conclusions(const DiffTold& told, const Conclusions& c, const std::string& priors);

}  // namespace tenbin::app
