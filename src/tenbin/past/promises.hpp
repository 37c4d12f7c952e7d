// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// Log of a promise's target over what there was before: a smaller one asks for nothing.
inline constexpr double least_gap = 0.05;

/// What came of one state's promise of a share of GDP, from the year before its first to its end:
/// its own year, or the one in which it was withdrawn or replaced.
struct PromiseCase {
  std::size_t pledge = 0;       // of Panel::pledges
  int from = 0, ended = 0;      // first year, last year of `changes`
  int years = 0;                // from the year before `from` to the promise's own year
  double gap = 0;               // log target by the panel's measure over the share before `from`
  std::vector<double> changes;  // of the log share, by year
  double usual = 0;             // sd of the state's yearly changes before `from`

  /// Part of the log gap that was closed by its end.
  double closed() const;
};

/// Of the pledges that had run out by a year, those that can be judged: a level of the share of GDP
/// of at least so much, above the share of the year before by 5 % or more, with every year's share
/// observed. In the order of the pledges.
std::vector<PromiseCase> promise_cases(const Panel& panel, int until);

/// The last year in which a promise binds.
int ended(const Pledge& pledge);

}  // namespace tenbin
