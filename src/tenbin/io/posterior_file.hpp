// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/density.hpp"

namespace tenbin {

/// A fit on disk: netCDF-4 with the groups posterior (spending), posterior_economy, sample_stats,
/// sample_stats_economy and observed_data, which xarray and ArviZ read. Format: docs/formats.md.
struct PosteriorFile {
  Draws spending, economy;
  std::map<std::string, std::string>
      attributes;  // version, panel, panel_hash, seed, options; all texts
};

/// Writes beside, then renames. `observed` are the fitted rows. Throws Error (output).
void write_posterior(const std::filesystem::path& path, const PosteriorFile& file,
                     const RowTable& observed);

/// Throws Error where the posterior is not of this panel, cut at its last year.
void require_of_panel(const PosteriorFile& file, const Panel& panel,
                      const std::filesystem::path& path);

/// Throws Error with what is wrong.
PosteriorFile read_posterior(const std::filesystem::path& path);

}  // namespace tenbin
