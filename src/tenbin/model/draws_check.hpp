// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/parameters.hpp"

namespace tenbin {

/// Years that figures, levers and draws may name.
inline constexpr int least_year = 0, most_year = 9999;
inline bool is_year(int year) { return year >= least_year && year <= most_year; }

/// What is wrong with draws that were read from a file; empty if they can be used without a further
/// check. They must have the shape that shape_fault_of() asks for, and every number must be finite
/// and within the bounds of its parameter. No sum or product in here can overflow.
std::string fault_of(const Draws& draws, Equation equation);

/// What is wrong with their shape: columns must be the rows of the parameter table in its order,
/// without gap or overlap; all state columns must name the same states, and year columns
/// consecutive years.
std::string shape_fault_of(const Draws& draws, Equation equation);

/// What a number of a column may be: the parameter's bounds, and what is plausible of it.
struct DrawRange {
  double low, high;
};
DrawRange draw_range(const ParameterSpec& spec);

/// Numbers of one column that are not finite or beyond its range.
struct ColumnFault {
  std::size_t column, element, draw;  // of the first; draws count on from chain to chain
  double value;
  std::size_t count;
};
/// One for each column that has any, of draws whose shape is right.
std::vector<ColumnFault> value_faults_of(const Draws& draws, Equation equation);

/// Whether `values` holds exactly chains x draws x width numbers, at least one of each, every
/// column lies within the width, and what the sampler says is there for every draw or for none.
bool has_shape(const Draws& draws);

}  // namespace tenbin
