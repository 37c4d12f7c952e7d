// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"
#include "tenbin/model/past.hpp"

namespace tenbin {

/// A slope and its standard error.
struct Slope {
  double value = 0, error = 0;
};
/// Slope of y on x through 0 where y has Student-t shocks of known scales: the mode under a prior
/// sd of 1, by reweighted least squares, and its error by the expected curvature (Lange, Little and
/// Taylor 1989). All three as long as each other.
Slope student_slope(std::span<const double> x, std::span<const double> y,
                    std::span<const double> scale, double df);

/// What the same rivalries (or ties) would say if they were with other partners: docs/model.md
/// section 13 (Placebos).
struct PlaceboLine {
  std::string term;         // rivals or allies
  int first = 0, last = 0;  // years of the rows
  int rows = 0;             // with some such partner
  double estimate = 0;      // the response, given everything else in the fit
  double error = 0;         // of it, by the expected curvature
  double spread = 0;        // of the responses to other partners, a standard deviation
  double middle = 0;        // of them, the mean
  double p = 1;  // share of permutations with a response at least as large, this one counted
  int permutations = 0;
};
struct PlaceboOptions {
  int permutations = 400;
  std::uint64_t seed = 20261130;
};
/// By term, then all years, before 1992, since 1992, 1992-2013 and since 2014, where there are
/// rows. Every permutation gives each state's partners to other states, with their stocks,
/// distances and reach; the response is fitted to the shocks that the rest of the fit leaves (its
/// posterior means), with their tails. If the observer stops it, the result is empty.
std::vector<PlaceboLine> placebo(const Past& past, const Posterior& posterior,
                                 const PlaceboOptions& options, const Execution& execution,
                                 const std::function<bool(double)>& observer = {});

}  // namespace tenbin
