// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tenbin/core/problem.hpp"

namespace tenbin {

/// The text without the blanks around it: those of a keyboard, and those that pages and word
/// processors put in their place (no-break, thin, figure, ideographic spaces and the like).
std::string_view trimmed(std::string_view text);

/// With small letters for A to Z; other characters as they are.
std::string lower_case(std::string_view text);

/// Whether a field says that nothing is known: it is empty, or a mark of R, pandas, Stata or a
/// spreadsheet (NA, nan, <NA>, ".", ".a", "..", "#N/A").
bool says_nothing(std::string_view field);

/// The text with plain characters for typographic ones that mean the same in a number: the true
/// minus as "-", and no typographic space where one parts groups of three digits.
std::string plain_digits(std::string_view text);

/// "semicolons" or "tabs" where a table's first line has these and no comma; else empty.
std::string_view parted_by(std::string_view text);

/// What a file is that is no text ("packed with gzip", "a PDF") or not the text that is wanted ("a
/// web page", "JSON"); empty: text, or nothing known.
std::string looks_like(std::string_view bytes);

/// Whole file as bytes, or nothing and a problem. "-" is what is piped in, to its end.
std::optional<std::string> read_bytes(const std::filesystem::path& path, Problems& problems);

/// Text of a file without its byte-order mark. Refuses what is not UTF-8 (with the line) and NUL
/// bytes.
std::optional<std::string> read_text(const std::filesystem::path& path, Problems& problems);

}  // namespace tenbin
