// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "tenbin/core/tidy.hpp"
#include "tenbin/futures/answers.hpp"

/// Columns that many tables share, and how answers go into them.

namespace tenbin {

inline constexpr std::array<const char*, 7> band_names{"q05", "q10", "q25", "q50",
                                                       "q75", "q90", "q95"};

inline void add_band(TidyTable& table, const std::string& written = "{:.6g}") {
  for (const char* name : band_names) table.number(name, written);
  table.number("mean", written);
}
inline TidyTable& operator<<(TidyTable& table, const Band& b) {
  for (const double q : b.quantile) table << (b.exists ? q : missing);
  return table << (b.exists ? b.mean : missing);
}

/// A probability and its Monte Carlo error.
inline void add_chance(TidyTable& table, const std::string& name) {
  table.number(name, "{:.4f}");
  table.number(name == "probability" ? "error" : name + "_error", "{:.2g}");
}
inline TidyTable& operator<<(TidyTable& table, const Chance& c) {
  return table << c.p << (known(c.p) ? c.error : missing);
}

inline const char* quantity_name(Quantity q) { return q == Quantity::milex ? "milex" : "burden"; }

}  // namespace tenbin
