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

/// A row that was fitted, as other programs are told of it.
struct ObservedRow {
  std::string state;  // id
  int year = 0;
  double milex_growth = 0, milex_growth_lag = 0, log_burden_lag = 0, gdp_growth = 0, threat_lag = 0,
         support_lag = 0, rival_growth_lag = 0, ally_growth_lag = 0;
};

/// A fit on disk (.fit): a frame (core/archive.hpp) and the SHA-256 of all its bytes, which is
/// compared before anything is read. Format: docs/formats.md.
struct PosteriorFile {
  Draws spending, economy;
  std::map<std::string, std::string>
      attributes;  // version, panel, panel_hash, seed, options; all texts
  std::vector<double> spending_summary{}, economy_summary{};  // [summary_names][number of a draw]
  std::vector<ObservedRow> observed{};
};

/// What its frame holds.
struct PosteriorArchive {
  std::vector<std::array<std::string, 2>> attributes;  // name and text, by name
  Draws spending, economy;
  std::vector<double> spending_summary, economy_summary;
  std::vector<ObservedRow> observed;
};

std::vector<ObservedRow> observed_rows(const RowTable& rows);

/// The bytes of its file.
std::string posterior_bytes(const PosteriorFile& file);
/// A frame with the SHA-256 of its bytes behind it.
std::string with_sha256(std::string frame);
/// From any bytes: throws Error with all that is wrong, each problem at `where`. What is returned
/// is what a fit can have written: every number is finite, within its bounds and plausible, and
/// every count, name and setting agrees with the others.
PosteriorFile posterior_of(std::string_view bytes, const std::string& where);

/// Writes beside, then renames. Throws Error (output).
void write_posterior(const std::filesystem::path& path, const PosteriorFile& file);
/// Throws Error with all that is wrong.
PosteriorFile read_posterior(const std::filesystem::path& path);

/// Throws Error where the posterior is not of this panel, cut at its last year.
void require_of_panel(const PosteriorFile& file, const Panel& panel,
                      const std::filesystem::path& path);

}  // namespace tenbin
