// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/io/posterior_file.hpp"

namespace tenbin {

/// A posterior for other programs: the bytes of a netCDF-4 file, made in memory, with the groups
/// posterior (spending), posterior_economy, sample_stats, sample_stats_economy, summary,
/// summary_economy and observed_data, which xarray and ArviZ read. Nothing reads it back. Format:
/// docs/formats.md. Callable from any thread. Throws Error (output) where the library fails, and
/// bad_alloc.
std::string posterior_netcdf(const PosteriorFile& file);

}  // namespace tenbin
