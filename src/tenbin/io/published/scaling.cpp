// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/scaling.hpp"

#include <algorithm>
#include <cmath>

namespace tenbin {
namespace {

double median_ratio(std::vector<double> ratios) {
  std::ranges::sort(ratios);
  const std::size_t n = ratios.size();
  return n % 2 ? ratios[n / 2] : std::sqrt(ratios[n / 2 - 1] * ratios[n / 2]);
}

}  // namespace

Scales scales_of(const std::vector<FoundMilex>& theirs, const StateYears& ours) {
  Scales scales;
  for (const FoundMilex& m : theirs)
    if (const auto own = ours.find({m.state, m.year}); m.state == "USA" && own != ours.end())
      scales.price[m.year] = m.milex / own->second;
  std::map<std::string, std::vector<double>> ratios;
  for (const FoundMilex& m : theirs) {
    const auto price = scales.price.find(m.year);
    const auto own = ours.find({m.state, m.year});
    if (price != scales.price.end() && own != ours.end())
      ratios[m.state].push_back(own->second * price->second / m.milex);
  }
  for (auto& [state, values] : ratios) scales.of_state[state] = median_ratio(std::move(values));
  return scales;
}

}  // namespace tenbin
