// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tenbin/core/tidy.hpp"
#include "tenbin/io/published/merge.hpp"

namespace tenbin {

/// One published file that went into a panel.
struct ImportedFile {
  std::string name;
  Findings found;
  MergeReport report;
};
struct ImportReport {
  std::vector<ImportedFile> files;
  Problems notes;  // on the panel as it is now
};
/// Puts files of one source into a panel's folder, new or not; all of them or none. Throws Error
/// with every problem of every file, or where the source is none.
ImportReport import_files(const std::string& source, const std::vector<std::string>& files,
                          const std::string& panel, const MergeOptions& options);

/// Columns file, source, release, table, added, replaced, gone, taken, kept.
TidyTable import_table(const ImportReport& report);

}  // namespace tenbin
