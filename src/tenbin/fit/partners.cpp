// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/partners.hpp"

#include <algorithm>
#include <numeric>

#include "tenbin/num/random.hpp"

namespace tenbin {

Partners::Partners(const Past& past, bool allies)
    : past_(past),
      allies_(allies),
      links_(allies ? past.topology().covers : past.topology().threats),
      size_(past.panel().size()),
      distance_(static_cast<std::size_t>(size_) * size_, missing) {
  for (StateIndex i = 0; i < size_ && !allies; ++i)
    for (StateIndex j = 0; j < i; ++j) {
      const State &a = past.panel().states[i], &b = past.panel().states[j];
      if (!a.has_place() || !b.has_place()) continue;
      distance_[place(i, j)] = distance_[place(j, i)] = great_circle(a.lat, a.lon, b.lat, b.lon);
    }
}

double Partners::rise(StateIndex i, int year, std::span<const StateIndex> other) const {
  const Relations<double>& r = past_.relations(year);
  detail::Counted<double> counted;
  auto k = static_cast<std::size_t>(
      std::lower_bound(links_.begin(), links_.end(), i,
                       [](const Link& l, StateIndex s) { return l.i < s; }) -
      links_.begin());
  for (; k < links_.size() && links_[k].i == i; ++k) {
    const double strength = allies_ ? r.cover[k] : r.hostility[k];
    const StateIndex j = other[links_[k].j];
    if (!(strength > 0) || j == i) continue;
    const double had = past_.stock(j, year - 1);
    if (!(had > 0)) continue;
    const double weight = strength * (allies_ ? 1.0 : bearing(i, j, r.reach[j]));
    counted.some = true;
    counted.grown_before += weight * had;
    counted.grown_now += weight * past_.stock(j, year);
  }
  return clamp(detail::rise(past_.stock(i, year - 1), counted), -Limits::rise, Limits::rise);
}

std::vector<StateIndex> permuted(int states, std::uint64_t seed, int number) {
  std::vector<StateIndex> order(states);
  std::iota(order.begin(), order.end(), 0);
  for (int k = states - 1; k > 0; --k) {
    const double u = uniforms({.seed = seed,
                               .purpose = Purpose::placebo,
                               .index = static_cast<std::uint32_t>(number),
                               .entity = static_cast<std::uint32_t>(k)})[0];
    std::swap(order[k], order[static_cast<int>(u * (k + 1))]);
  }
  return order;
}

}  // namespace tenbin
