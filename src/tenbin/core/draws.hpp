// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tenbin {

/// Name of a year's element: "1999" of the world, "Europe 1999" of a region.
inline std::string year_element(const std::string& region, int year) {
  return (region.empty() ? "" : region + " ") + std::to_string(year);
}
/// Region and year of such a name; a year of 0 where it is none.
inline std::pair<std::string, int> region_and_year(const std::string& element) {
  const std::size_t blank = element.rfind(' ');
  const bool of_region = blank != std::string::npos && blank > 0;
  const std::size_t begin = of_region ? blank + 1 : 0;
  int year = 0;
  for (std::size_t k = begin; k < element.size(); ++k) {  // not std::stoi: the page has no errno
    if (element[k] < '0' || element[k] > '9' || k - begin > 3) return {};
    year = 10 * year + (element[k] - '0');
  }
  if (element.size() - begin != 4) return {};
  return {of_region ? element.substr(0, blank) : std::string(), year};
}

/// One named quantity of a posterior: a scalar, or one value a state or a year.
struct Column {
  std::string name;                   // as in the parameter table
  std::vector<std::string> elements;  // ids of states or years; empty for a scalar
  std::size_t offset = 0;             // place of its first element in a draw
  bool fixed = false;                 // switched off: 0 in every draw

  std::size_t size() const { return elements.empty() ? 1 : elements.size(); }
  /// "target[JPN]".
  std::string label(std::size_t element) const {
    return elements.empty() ? name : name + "[" + elements[element] + "]";
  }
};

/// Regions that have years of their own in a column of years, after the world's.
inline std::vector<std::string> regions_of(const Column& years) {
  std::vector<std::string> regions;
  for (const std::string& element : years.elements)
    if (const std::string region = region_and_year(element).first;
        !region.empty() && (regions.empty() || regions.back() != region))
      regions.push_back(region);
  return regions;
}

/// Posterior draws: chains x draws x quantities, with what the sampler says of each draw.
struct Draws {
  std::string equation;  // "spending" or "economy"
  int chains = 0;
  int draws_per_chain = 0;
  std::vector<Column> columns;
  std::size_t width = 0;            // numbers a draw
  std::vector<double> values;       // [chain][draw][number]
  std::vector<double> log_density;  // [chain][draw]
  std::vector<double> acceptance;   // [chain][draw], mean acceptance of the trajectory
  std::vector<int> tree_depth;      // [chain][draw]
  std::vector<int> leapfrogs;       // [chain][draw]
  std::vector<char> divergent;      // [chain][draw]

  std::size_t size() const { return static_cast<std::size_t>(chains) * draws_per_chain; }
  std::span<const double> draw(std::size_t d) const { return {values.data() + d * width, width}; }
  const Column* find(std::string_view name) const {
    for (const Column& c : columns)
      if (c.name == name) return &c;
    return nullptr;
  }
  /// All values of number k of a draw, chain after chain.
  std::vector<double> series(std::size_t k) const {
    std::vector<double> x(size());
    for (std::size_t d = 0; d < x.size(); ++d) x[d] = values[d * width + k];
    return x;
  }
};

/// What a chain did between two iterations, enough to go on to the same bits: the sampler's state
/// after `iteration` and the draws kept since the part before. All numbers keep their exact bits.
struct ChainPart {
  std::string equation;
  int chain = 0;
  int begin = 0, iteration = 0;  // iterations done at the part before, and now
  std::vector<double> state;     // opaque
  std::vector<double> records;   // what was kept: width + 5 numbers a draw
};

}  // namespace tenbin
