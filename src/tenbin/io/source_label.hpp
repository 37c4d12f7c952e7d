// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// The `source` of a row that an import wrote: LABEL, "LABEL, scaled", or either of these followed
/// by "; burden OTHER LABEL".

namespace tenbin {

/// Marks a row whose milex was converted to the panel's money.
inline constexpr std::string_view scaled_mark = ", scaled";
/// Separates the label of a row from the label of the source of its share of GDP.
inline constexpr std::string_view burden_mark = "; burden ";
/// Separates the labels of earlier releases in the column `earlier` of ledger.csv.
inline constexpr std::string_view label_separator = "; ";
/// The label of a row's `source` without the source of its share of GDP.
inline std::string label_of(std::string_view source) {
  return std::string(source.substr(0, source.find(burden_mark)));
}

}  // namespace tenbin
