// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "tenbin/core/tidy.hpp"
#include "tenbin/io/outputs.hpp"

namespace tenbin {

/// Writes the tables of a page as a workbook (.xlsx): a sheet with the headline, the contents and
/// whose figures they are, a sheet for each table of `html`, in its order, under its headings, and
/// a sheet with `projections`. A cell that holds one number is a number; everything else is text,
/// never a formula. Throws Error (output) where the file cannot be written.
void write_workbook(const std::filesystem::path& path, const std::string& html,
                    const TidyTable& projections);
/// The same beside `path`, as one of several outputs.
void write_workbook(const std::filesystem::path& path, const std::string& html,
                    const TidyTable& projections, Outputs& outputs);

}  // namespace tenbin
