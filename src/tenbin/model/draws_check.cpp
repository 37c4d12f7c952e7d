// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/draws_check.hpp"

#include <algorithm>
#include <cstdint>

namespace tenbin {
namespace {

/// Consecutive years of the world, then the same of each region, by name.
bool consecutive_years(const std::vector<std::string>& elements) {
  std::size_t years = 0;
  while (years < elements.size() && region_and_year(elements[years]).first.empty()) ++years;
  if (years == 0 || elements.size() % years != 0) return false;
  std::string region;
  const int first = region_and_year(elements[0]).second;
  for (std::size_t n = 0; n < elements.size(); ++n) {
    const auto [name, year] = region_and_year(elements[n]);
    if (!is_year(year) || year != first + static_cast<int>(n % years)) return false;
    if (n % years != 0 ? name != region : (n > 0 && name <= region)) return false;
    region = name;
  }
  return true;
}

/// Columns in the order of the table, side by side.
bool lie_as_in_table(const Draws& draws, std::span<const ParameterSpec> table) {
  if (draws.columns.size() != table.size()) return false;
  std::size_t offset = 0;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const Column& c = draws.columns[k];
    if (c.name != table[k].name || c.offset != offset) return false;
    if (c.elements.empty() != (table[k].scope == Scope::global)) return false;
    offset += c.size();
  }
  return offset == draws.width;
}

std::string fault_of_elements(const Draws& draws, std::span<const ParameterSpec> table) {
  const Column* states = nullptr;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const Column& c = draws.columns[k];
    if (table[k].scope == Scope::year && !consecutive_years(c.elements))
      return "the years of " + c.name + " are not consecutive";
    if (table[k].scope != Scope::state) continue;
    if (states && states->elements != c.elements)
      return states->name + " and " + c.name + " are not of the same states";
    states = &c;
  }
  return {};
}

}  // namespace

bool has_shape(const Draws& draws) {
  if (draws.chains < 1 || draws.draws_per_chain < 1 || draws.width < 1) return false;
  const auto count = static_cast<std::uint64_t>(draws.chains) *
                     static_cast<std::uint64_t>(draws.draws_per_chain);  // below 2^62
  const std::size_t values = draws.values.size();
  const auto none_or_all = [&](std::size_t size) { return size == 0 || size == count; };
  return values / draws.width == count && values % draws.width == 0 &&
         none_or_all(draws.log_density.size()) && none_or_all(draws.acceptance.size()) &&
         none_or_all(draws.tree_depth.size()) && none_or_all(draws.leapfrogs.size()) &&
         none_or_all(draws.divergent.size()) &&
         std::all_of(draws.columns.begin(), draws.columns.end(), [&](const Column& c) {
           return c.size() <= draws.width && c.offset <= draws.width - c.size();
         });
}

std::string shape_fault_of(const Draws& draws, Equation equation) {
  const auto table = parameters(equation);
  if (draws.equation != equation_name(equation))
    return "its draws are not of the " + std::string(equation_name(equation)) + " equation";
  if (!has_shape(draws) || !lie_as_in_table(draws, table))
    return "its draws do not have the size that their columns name";
  return fault_of_elements(draws, table);
}

DrawRange draw_range(const ParameterSpec& p) {
  return {std::max(p.lower, p.least), std::min(p.upper, p.most)};
}

std::vector<ColumnFault> value_faults_of(const Draws& draws, Equation equation) {
  std::vector<ColumnFault> faults;
  for (std::size_t k = 0; k < draws.columns.size(); ++k) {
    const Column& c = draws.columns[k];
    const auto [low, high] = draw_range(parameters(equation)[k]);
    ColumnFault fault{.column = k};
    for (std::size_t d = 0; d < draws.size(); ++d)
      for (std::size_t e = 0; e < c.size(); ++e) {
        const double x = draws.draw(d)[c.offset + e];
        if (x >= low && x <= high) continue;  // NaN is not
        if (fault.count++ == 0) fault.element = e, fault.draw = d, fault.value = x;
      }
    if (fault.count > 0) faults.push_back(fault);
  }
  return faults;
}

std::string fault_of(const Draws& draws, Equation equation) {
  const std::string fault = shape_fault_of(draws, equation);
  if (!fault.empty()) return fault;
  const auto faults = value_faults_of(draws, equation);
  if (faults.empty()) return {};
  return "a draw of " + draws.columns[faults[0].column].name + " is not within its bounds";
}

}  // namespace tenbin
