// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/questions/settings.hpp"

/// From settings and files to a posterior, and back to a file.

namespace tenbin {

/// Program and version, as results carry it.
std::string creator();

/// The folder of the shipped panels, priors and templates: $TENBIN_DATA; else share/tenbin/data
/// beside the folder of the program or library; else that of the source tree it was built from.
std::filesystem::path data_folder();
/// A path that is there, or else the scenario or panel of that name that is shipped with tenbin
/// ("japan-announced", "east-asia", "data/east-asia"), or else the path as it was given.
std::string shipped_or(const std::string& path);
/// The shipped world priors of what was known at the end of a year.
std::filesystem::path world_priors(int year);
/// Priors of a name: "wide", "world" (shipped) or a file. Throws Error.
PriorSet priors_of(const std::string& name);

/// The states of a panel whose figures the priors of a file have seen already; those of the world
/// know every state of tenbin's list but those that they leave out.
std::vector<std::string> states_counted_twice(const PriorsFile& priors, const Panel& panel);
/// A note where the priors of a name ("world", or a file) have seen the panel's own figures, with
/// how to have honest ones.
Problems counted_twice_notes(const std::string& priors, const Panel& panel);

/// Options with the priors that the settings name, and without what their set of terms switches
/// off on a panel.
FitOptions options_of(const FitSettings& settings, const Past& past);
/// Makes the priors those of what was known at the end of a year; refuses priors that know more.
void use_priors_as_of(int year, FitSettings& settings);
/// The past of a panel; with the setting as-of, of what was known at the end of that year, and the
/// setting of priors becomes that of priors of that year.
std::shared_ptr<const Past> past_as_of(Panel panel, Settings& settings);
/// What to fit and how.
struct FitPlan {
  std::shared_ptr<const Past> past;
  FitOptions options;
};
/// Settings on a past: as of an earlier year (0: as it is), without terms and states named in
/// lists.
FitPlan fit_plan(std::shared_ptr<const Past> past, FitSettings settings, int year,
                 const std::string& without, const std::string& leave_out);
/// A posterior that `tenbin fit` wrote, with what its file says was asked. Throws Error where it is
/// not of this panel, cut at its last year.
Posterior read_posterior_of(const std::string& path, const Panel& panel, FitOptions asked);
/// Throws Error (usage) where a name is not one of a fit's file: it ends in .fit.
void require_fit_name(const std::string& path);
/// Writes a posterior with its provenance and the rows it was fitted to.
void write_posterior_of(const std::string& path, const Posterior& posterior, const Past& past);
/// Writes the same as netCDF, for other programs.
void export_posterior_of(const std::string& path, const Posterior& posterior, const Past& past);

/// Attributes that a result carries: version, panel, hash, seed and options. No clock, path or
/// host.
std::map<std::string, std::string> provenance(const Panel& panel, const FitOptions& options);
/// What a fit whose provenance is `of` knows of the global parameters, widened, as priors for
/// another panel.
PriorsFile priors_file(const Posterior& posterior, std::map<std::string, std::string> of);
/// Two lines on the health of a fit.
std::string health_line(const Posterior& posterior);
/// A note where the chains have not mixed.
Problems health_notes(const Posterior& posterior);
/// A note where the fit was made without what the standard terms of its panel have.
Problems missing_notes(const Posterior& posterior, const Past& past);

}  // namespace tenbin
