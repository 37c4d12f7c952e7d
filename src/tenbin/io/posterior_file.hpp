// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/density.hpp"

namespace tenbin {

/// What a posterior file says of each number of a draw: infer/diagnostics.hpp has the meanings.
inline constexpr std::array<std::string_view, 9> summary_names{
    "mean", "sd", "mcse_mean", "q05", "median", "q95", "ess_bulk", "ess_tail", "rhat"};

/// A fit on disk: netCDF-4 with the groups posterior (spending), posterior_economy, sample_stats,
/// sample_stats_economy, summary, summary_economy and observed_data, which xarray and ArviZ read.
/// Format: docs/formats.md.
struct PosteriorFile {
  Draws spending, economy;
  std::map<std::string, std::string>
      attributes;  // version, panel, panel_hash, seed, options; all texts
  std::vector<double> spending_summary{},
      economy_summary{};  // [summary_names][number of a draw]; empty: there are none of these draws
};

/// Writes beside, then renames. `observed` are the fitted rows. Throws Error (output).
void write_posterior(const std::filesystem::path& path, const PosteriorFile& file,
                     const RowTable& observed);

/// Throws Error where the posterior is not of this panel, cut at its last year.
void require_of_panel(const PosteriorFile& file, const Panel& panel,
                      const std::filesystem::path& path);

/// Throws Error with what is wrong. Summaries whose digest is not that of the draws are left out.
PosteriorFile read_posterior(const std::filesystem::path& path);

}  // namespace tenbin
