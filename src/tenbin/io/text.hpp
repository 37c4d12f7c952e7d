// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tenbin/core/problem.hpp"

namespace tenbin {

enum class LineEnds { kept, replaced };

/// A text as a terminal may show it, whatever files it was read from: each byte of a control
/// character, of a mark of the direction of writing, of a character without width and of what is
/// not UTF-8 becomes a question mark, so that no escape sequence, no reordering and no hidden text
/// is left. Soft hyphens and the marks U+2066 to U+2069 are dropped.
std::string printable(std::string_view text, LineEnds ends = LineEnds::kept);

/// A JSON text with the same characters as \u escapes, which changes no value of it.
std::string screen_json(std::string_view json);

constexpr std::size_t longest_id = 32;     // bytes
constexpr std::size_t longest_name = 200;  // characters

/// Characters of a UTF-8 text.
std::size_t characters_in(std::string_view text);

/// Whether a text is an id: 1 to 32 of A-Z, a-z, 0-9, _ and -, the first a letter or a digit. Such
/// a text is no formula for a spreadsheet, no flag and no path.
bool is_id(std::string_view text);

/// What is wrong with a name ("has 300 characters, more than 200", "holds a line break", by which
/// it would pass for a message); empty: nothing.
std::string wrong_name(std::string_view name);

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
