// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/tidy.hpp"

/// Where answers are written and how.

namespace tenbin {

/// Before any work: throws Error where `out` cannot be written, or is (or lies in) something that
/// is read.
void check_output(const std::filesystem::path& out,
                  const std::vector<std::filesystem::path>& inputs);

/// Throws Error (usage) where the name of a file does not end in `ending` (".html"): what is
/// written is of that kind, whatever its name says.
void require_ending(const std::string& path, std::string_view ending);

enum class TableFormat { csv, json };
/// By the ending of a file's name. Throws Error (usage) for another ending than .csv and .json.
TableFormat format_of(const std::string& path);
/// A table as CSV, or as JSON: {"format": 1, "question": ..., "rows": [{column: value ...} ...]}
/// with null for an unknown number.
std::string table_text(const TidyTable& table, TableFormat format, std::string_view question);

}  // namespace tenbin
