// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "tenbin/core/ensemble.hpp"
#include "tenbin/exec/execution.hpp"

/// Answers from futures: quantiles, probabilities and paired comparisons.

namespace tenbin {

/// The probabilities of every band that is shown: 5, 10, 25, 50, 75, 90, 95 %.
inline constexpr std::array<double, 7> band_levels{0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};

/// A distribution in short. Empty (NaN) where the quantity does not exist.
struct Band {
  std::array<double, 7> quantile{};  // at band_levels
  double mean = 0;
  bool exists = false;

  double median() const { return quantile[3]; }
  double low80() const { return quantile[1]; }
  double high80() const { return quantile[5]; }
};

/// Exact band of values (type 7 quantiles); values with NaN do not exist.
Band band(std::vector<double> values);

enum class Quantity { milex, burden };  // M USD; share of GDP

/// [year][state] bands of an ensemble.
struct Fan {
  int start = 0, states = 0;
  std::vector<Band> bands;
  const Band& at(int year, int state) const {
    return bands[static_cast<std::size_t>(year - start) * states + state];
  }
};
Fan fan(const Ensemble& ensemble, Quantity quantity, const Execution& execution);

/// Paired difference of two ensembles with the same futures: changed minus baseline.
struct Difference {
  Band band;
  double positive = 0;  // part of futures in which it is above 0
  double negative = 0;
};
struct Comparison {
  int start = 0, states = 0;
  std::vector<Difference> differences;  // [year][state]
  const Difference& at(int year, int state) const {
    return differences[static_cast<std::size_t>(year - start) * states + state];
  }
};
Comparison compare(const Ensemble& baseline, const Ensemble& changed, Quantity quantity,
                   const Execution& execution);

/// Part of futures in which the burden of `state` is at least `share` in `year`.
double probability_at_least(const Ensemble& ensemble, int state, int year, double share);

}  // namespace tenbin
