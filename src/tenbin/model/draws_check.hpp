// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/parameters.hpp"

namespace tenbin {

/// Years that figures, levers and draws may name.
inline constexpr int least_year = 0, most_year = 9999;
inline bool is_year(int year) { return year >= least_year && year <= most_year; }

/// What is wrong with draws that were read from a file; empty if they can be used without a further
/// check. Columns must be the rows of the parameter table in its order, without gap or overlap; all
/// state columns must name the same states, and year columns consecutive years; every number must
/// be finite and within the bounds of its parameter. No sum or product in here can overflow.
std::string fault_of(const Draws& draws, Equation equation);

/// Whether `values` holds exactly chains x draws x width numbers, at least one of each, every
/// column lies within the width, and what the sampler says is there for every draw or for none.
bool has_shape(const Draws& draws);

}  // namespace tenbin
