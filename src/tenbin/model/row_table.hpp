// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/model/covariates.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/num/lane.hpp"

namespace tenbin {

/// An equation's fitted rows, by state and then by year.
struct RowTable {
  std::vector<StateIndex> states;    // fitted states, in the panel's order
  std::vector<std::string> ids;      // of each fitted state
  std::vector<std::string> regions;  // of each fitted state; none where no state has one
  int first_year = 0;                // of the rows
  int years = 0;                     // calendar years from the first to the last row
  struct Entry {
    int state = 0;  // place among the fitted states
    Row row;
  };
  std::vector<Entry> rows;

  /// Empty: not known.
  std::string region(std::size_t state) const {
    return state < regions.size() ? regions[state] : std::string();
  }
  /// Regions with states enough for a wave of their own, by name.
  std::vector<std::string> wave_regions() const;
  /// Of each fitted state, percentage points.
  std::vector<double> mean_danger() const {
    std::vector<double> mean(states.size(), typical_danger);
    for (const Entry& e : rows) mean[e.state] = e.row.danger_mean;
    return mean;
  }
};

/// Rows of the equation: the economy leaves out rows without lagged growth.
RowTable row_table(Equation equation, const std::vector<Row>& rows, const Panel& panel);

/// Eight states side by side, year by year, so that one pass serves eight states with no sum across
/// lanes. States lie in slots, ordered by first year; a pack's years run from its first row to its
/// last; where a state has no row its lane is zero, `there` too.
struct RowPacks {
  static constexpr int lane = 8;
  using Values = Twin<Lane<lane / 2>>;
  enum Column { there, response, first_covariate };  // then the equation's covariates
  struct Pack {
    int first = 0, years = 0;  // years since the table's first
    std::size_t begin = 0;     // place of its first year's columns in `values`
    Values count;              // rows of each state
  };
  int columns = 0;
  std::vector<Pack> packs;
  std::vector<int> slots;      // place among the fitted states of the state in each slot
  std::vector<Values> values;  // [pack, year][column]
};

/// `covariates`: members of Row, in the order of the packs' columns; nullptr gives a column of 0.
RowPacks row_packs(const RowTable& table, double Row::*response,
                   const std::vector<double Row::*>& covariates);

}  // namespace tenbin
