// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/draws_check.hpp"

/// From the groups of a posterior file to draws. Nothing that a group says is trusted: sizes are
/// bounded before memory is taken for them.

namespace tenbin {

/// Most numbers of one equation's posterior: 2 GiB of them.
inline constexpr std::size_t most_posterior_numbers = std::size_t{1} << 28;
inline constexpr std::size_t most_posterior_chains = 10'000, most_posterior_draws = 100'000'000,
                             most_posterior_elements = 10'000;  // states, or years

/// Product of the lengths of a variable's dimensions; nothing beyond most_posterior_numbers.
inline std::optional<std::size_t> number_of_values(std::span<const std::size_t> lengths) {
  std::size_t size = 1;
  for (const std::size_t length : lengths) {
    if (length != 0 && size > most_posterior_numbers / length) return std::nullopt;
    size *= length;
  }
  return size;
}

/// A group of a file. `has` and `length` are of a dimension; the others give all values of a
/// variable, or fail as the group's Failure does where there are not exactly `size`.
template <class Group>
concept PosteriorGroup = requires(const Group& g, const std::string& name, std::size_t size) {
  { g.has(name) } -> std::same_as<bool>;
  { g.length(name) } -> std::same_as<std::size_t>;
  { g.texts(name, size) } -> std::same_as<std::vector<std::string>>;
  { g.integers(name, size) } -> std::same_as<std::vector<int>>;
  { g.doubles(name, size) } -> std::same_as<std::vector<double>>;
  g.fail(name);
};

namespace detail {

template <PosteriorGroup Group>
std::size_t bounded_length(const Group& g, const std::string& name, std::size_t low,
                           std::size_t most) {
  const std::size_t length = g.length(name);
  if (length < low) g.fail("it holds no draws");
  if (length > most) g.fail("its dimension " + name + " is too long");
  return length;
}

template <PosteriorGroup Group>
std::vector<std::string> years_of(const Group& g) {
  std::vector<std::string> years;
  int before = 0;
  for (const int y : g.integers("year", bounded_length(g, "year", 1, most_posterior_elements))) {
    if (!is_year(y) || (!years.empty() && y != before + 1)) g.fail("its years have a gap");
    years.push_back(std::to_string(before = y));
  }
  if (!g.has("region")) return years;
  const std::size_t count = bounded_length(g, "region", 1, most_posterior_elements);
  if (count * years.size() > most_posterior_elements) g.fail("it has too many years of regions");
  std::vector<std::string> all = years;
  for (const std::string& region : g.texts("region", count))
    for (const std::string& year : years) all.push_back(year_element(region, std::stoi(year)));
  return all;
}

/// Columns as the table of parameters has them, side by side.
inline void set_columns(Draws& draws, Equation equation, const std::vector<std::string>& states,
                        const std::vector<std::string>& years) {
  for (const ParameterSpec& p : parameters(equation)) {
    Column c{.name = std::string(p.name), .offset = draws.width};
    if (p.scope == Scope::state) c.elements = states;
    if (p.scope == Scope::year) c.elements = years;
    draws.width += c.size();
    draws.columns.push_back(std::move(c));
  }
}

/// What the sampler said of each draw.
template <PosteriorGroup Group>
void read_statistics(const Group& g, Draws& draws) {
  draws.log_density = g.doubles("lp", draws.size());
  draws.acceptance = g.doubles("acceptance_rate", draws.size());
  draws.tree_depth = g.integers("tree_depth", draws.size());
  draws.leapfrogs = g.integers("n_steps", draws.size());
  const std::vector<int> divergent = g.integers("diverging", draws.size());
  for (const int d : divergent) draws.divergent.push_back(d != 0);
  for (const auto* numbers : {&draws.log_density, &draws.acceptance})
    for (const double x : *numbers)
      if (x - x != 0) g.fail("a number of its sample statistics is not finite");
  for (const auto* counts : {&draws.tree_depth, &draws.leapfrogs})
    for (const int n : *counts)
      if (n < 0) g.fail("a count of its sample statistics is negative");
}

}  // namespace detail

/// Draws of one equation from its two groups. Every number is finite and within the bounds of its
/// parameter (model/draws_check.hpp), every count at least 0.
template <PosteriorGroup Group>
Draws read_draws(const Group& posterior, const Group& statistics, Equation equation) {
  Draws draws{.equation = std::string(equation_name(equation))};
  draws.chains =
      static_cast<int>(detail::bounded_length(posterior, "chain", 1, most_posterior_chains));
  draws.draws_per_chain =
      static_cast<int>(detail::bounded_length(posterior, "draw", 4, most_posterior_draws));
  const std::size_t states = detail::bounded_length(posterior, "state", 1, most_posterior_elements);
  detail::set_columns(draws, equation, posterior.texts("state", states),
                      detail::years_of(posterior));
  const std::size_t lengths[]{static_cast<std::size_t>(draws.chains),
                              static_cast<std::size_t>(draws.draws_per_chain), draws.width};
  const auto size = number_of_values(lengths);
  if (!size) posterior.fail("it holds too many numbers");
  detail::read_statistics(statistics, draws);
  std::vector<std::vector<double>> values;
  for (std::size_t k = 0; k < draws.columns.size(); ++k) {
    const Column& c = draws.columns[k];
    const std::size_t series =
        parameters(equation)[k].scope == Scope::year ? 1 + regions_of(c).size() : 1;
    const std::size_t size = c.size() / series, others = c.size() - size;
    std::vector<double>& all = values.emplace_back();
    const auto first = posterior.doubles(c.name, draws.size() * size);
    if (others == 0) {
      all = first;
      continue;
    }
    const auto rest = posterior.doubles(c.name + "_region", draws.size() * others);
    for (std::size_t d = 0; d < draws.size(); ++d) {
      all.insert(all.end(), first.begin() + static_cast<std::ptrdiff_t>(d * size),
                 first.begin() + static_cast<std::ptrdiff_t>((d + 1) * size));
      all.insert(all.end(), rest.begin() + static_cast<std::ptrdiff_t>(d * others),
                 rest.begin() + static_cast<std::ptrdiff_t>((d + 1) * others));
    }
  }
  draws.values.reserve(*size);
  for (std::size_t d = 0; d < draws.size(); ++d)
    for (std::size_t k = 0; k < values.size(); ++k) {
      const std::size_t count = draws.columns[k].size();
      const auto from = values[k].begin() + static_cast<std::ptrdiff_t>(d * count);
      draws.values.insert(draws.values.end(), from, from + static_cast<std::ptrdiff_t>(count));
    }
  if (const std::string fault = fault_of(draws, equation); !fault.empty()) posterior.fail(fault);
  return draws;
}

}  // namespace tenbin
