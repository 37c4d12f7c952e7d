// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tenbin/model/past.hpp"

namespace tenbin {

/// Rises of the stocks of a state's rivals or allies, as they are and with other states in their
/// place: docs/model.md section 13 (Placebos).
class Partners {
 public:
  /// `past` must outlive this.
  Partners(const Past& past, bool allies);

  /// Rise of the stocks of the partners of `i` at the end of a year, where `other[j]` stands in
  /// place of j.
  double rise(StateIndex i, int year, std::span<const StateIndex> other) const;

 private:
  std::size_t place(StateIndex i, StateIndex j) const {
    return static_cast<std::size_t>(i) * size_ + j;
  }
  double bearing(StateIndex i, StateIndex j, double reach) const {
    const double km = distance_[place(i, j)];
    return known(km) ? reach_weight(past_.panel().stock_rule, km, reach) : 0;
  }

  const Past& past_;
  bool allies_;
  const std::vector<Link>& links_;
  int size_;
  std::vector<double> distance_;
};

/// The states in another order, keyed by number.
std::vector<StateIndex> permuted(int states, std::uint64_t seed, int number);

}  // namespace tenbin
