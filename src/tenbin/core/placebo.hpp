// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tenbin {

/// What became of an answer when its partners were exchanged for others: docs/model.md section 13
/// (Placebos). It travels with the priors that were fitted to the same figures.
struct PlaceboVerdict {
  std::string term;   // "rivals" or "allies"
  double p = 1;       // part of the exchanges whose answer is at least as large
  double spread = 0;  // sd of the answers to wrong partners, of the parameter
  int exchanges = 0;

  static constexpr double chance = 0.05;
  /// Whether the answer is more than what wrong partners give too.
  bool finding() const { return p <= chance; }
};

}  // namespace tenbin
