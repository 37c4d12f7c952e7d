// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "tenbin/futures/tally.hpp"

namespace tenbin {

/// Where one year's change of a state's milex comes from, in the mean over futures (or, for a year
/// of the past, over posterior draws). The parts of `change` add up to it, and so do those of
/// `money`, to rounding.
struct Explanation {
  struct Part {
    double change = 0;  // of log milex
    Band band;          // of that
    double money = 0;   // M USD: the part of `change` times the logarithmic mean of both years'
                        // milex
  };
  std::array<Part, term_names.size()> parts;  // by term_names
  Part whole;
  double before = 0, after = 0;  // mean milex of the year before and of the year, M USD
  bool past = false;
  std::int64_t count = 0;  // futures or draws
};

/// Asks for a future year of a state; the run must name both (Run::explained). Read with
/// read_explanation.
std::size_t ask_explanation(std::vector<Measure>& measures, int run);
Explanation read_explanation(const Tally& tally, std::size_t at);

/// A year of the past: a fitted row, whose change is cut to the limits of
/// docs/model.md section 1 (Covariates), under every posterior draw; what the equation does not say
/// is the shock. Nothing where the year is no fitted row.
std::optional<Explanation> explain_past(const Past& past, const Draws& spending, StateIndex state,
                                        int year);

}  // namespace tenbin
