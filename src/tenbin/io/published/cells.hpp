// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

/// What a single cell of a published table says. Every source is read by these: a mark for what is
/// not known is one wherever it stands, and a word that is none is never passed over.

namespace tenbin {

/// The text without blanks of any kind and quotation marks around it.
std::string_view cell_text(std::string_view field);

/// Whether a cell says that nothing is known: it is empty, a mark of R, pandas, Stata, spreadsheets
/// or the World Bank (NA, nan, <NA>, ".", ".a", "..", "#N/A"), or a code of the Correlates of War
/// for what is missing (-9, -8, -88, -999 and their like).
bool says_unknown(std::string_view field);

/// The number of a cell; nothing where it is unknown. Throws Refusal, with the column's name, for
/// what is no number.
std::optional<double> number_in(std::string_view field, std::string_view column);

/// Yes or no: 1, 1.0, TRUE, T, Yes, Y; 0, 0.0, FALSE, F, No, N; nothing where it is unknown. Throws
/// Refusal for anything else.
std::optional<bool> flag_in(std::string_view field, std::string_view column);

}  // namespace tenbin
