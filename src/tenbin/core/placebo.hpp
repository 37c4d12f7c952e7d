// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tenbin {

/// Result of a placebo test of one reaction, docs/model.md section 13 (Placebos). A priors file
/// carries the results for the figures that its priors were fitted to.
struct PlaceboVerdict {
  std::string term;   // "rivals" or "allies"
  double p = 1;       // share of random partners with at least as large an answer
  double spread = 0;  // standard deviation of the answers to random partners
  int exchanges = 0;

  static constexpr double chance = 0.05;
  /// Whether random partners reach the answer in at most 1 of 20 tries.
  bool finding() const { return p <= chance; }
};

}  // namespace tenbin
