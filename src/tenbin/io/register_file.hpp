// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/core/register.hpp"
#include "tenbin/core/tidy.hpp"

/// A register as a CSV file whose lines are chained: docs/formats.md.

namespace tenbin {

/// The table of entries, with their places and the chain: column `chain` of a line is the SHA-256
/// (64 lower-case hexadecimal digits) of the chain of the line before, a line end and the line
/// without its chain, byte for byte as csv_text() writes them. Before the first entry stands the
/// SHA-256 of the header without its chain.
TidyTable register_table(std::vector<RegisterEntry> entries);

/// The chain of the last line of a table; empty without a row.
std::string seal_of(const TidyTable& register_table);

/// Reads a register's text and follows its chain. What was changed, removed, added or swapped goes
/// to `breaks`; lines that stand as written can be used. Throws Error (input) where the text is no
/// register: another header, or another format. `where` names the file in messages.
Register register_of(std::string_view text, const std::string& where);
/// The same of a file. Throws Error.
Register read_register(const std::filesystem::path& path);

}  // namespace tenbin
