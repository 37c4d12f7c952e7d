// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/register.hpp"

namespace tenbin {

/// "spending", "share of GDP", "incident with force": what entries of a kind are about.
std::string registered_words(Registered what);
/// "3 years ahead", "due": the distance of a group of scores.
std::string ahead_words(const RegisterScore& score);
/// By how much the mean score is below another forecast's, in percent; NaN: neither is above 0.
double register_gain(double own, double other);

/// A register and its outcomes, as one HTML page in English that makes no request. `panel` has what
/// came; `name` is that of the register's file.
std::string render_register(const Register& reg, const ResolvedRegister& resolved,
                            const Panel& panel, const std::string& name);

}  // namespace tenbin
