// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "tenbin/core/classification.hpp"
#include "tenbin/model/disputes.hpp"

namespace tenbin {

/// A posterior of the dispute model that a panel's folder can carry (docs/formats.md).
struct DisputeFile {
  std::string fitted_to;     // panel and its release
  int first = 0, last = 0;   // years of the onsets fitted
  int rows = 0, onsets = 0;  // dyad-years
  DisputeScale scale;
  Draws draws;            // thinned, one chain
  std::string judged_on;  // "fitted to 1950-1989, judged on 1990-2010"
  Classification judged, peace_alone;
};
void write_disputes(const std::filesystem::path& path, const DisputeFile& file);
/// Throws Error with every problem.
DisputeFile read_disputes(const std::filesystem::path& path);

}  // namespace tenbin
