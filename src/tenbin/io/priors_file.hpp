// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tenbin/core/placebo.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/model/density.hpp"

namespace tenbin {

/// Priors of both equations as a small file, with what they were fitted to.
struct PriorsFile {
  std::string name;                      // "world"
  std::string fitted_to;                 // name and hash of the panel
  std::vector<std::string> left_out;     // states of that panel whose rows were not fitted
  int last_year = 0;                     // of the figures they know; 0: not said
  std::vector<PlaceboVerdict> placebos;  // of the figures that they were fitted to
  Priors spending, economy;
};

/// Throws Error with every problem.
PriorsFile read_priors(const std::filesystem::path& path);
std::string priors_text(const PriorsFile& priors);

}  // namespace tenbin
