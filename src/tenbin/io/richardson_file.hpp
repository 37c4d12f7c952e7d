// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tenbin/core/linear_system.hpp"

namespace tenbin {

/// Either a system (states) or totals of two blocs by year, to be fitted.
struct RichardsonFile {
  std::string name;
  Richardson system;
  std::vector<std::string> states;
  std::vector<double> start;
  std::vector<int> years;  // after which spending is shown
  int first_year = 0;
  std::vector<double> totals;
};
/// Throws Error with every problem. Format: docs/formats.md.
RichardsonFile read_richardson(const std::filesystem::path& path);

}  // namespace tenbin
