// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/tidy.hpp"
#include "tenbin/session/fitting.hpp"
#include "tenbin/study/revision.hpp"

/// Two releases of a panel as tables.

namespace tenbin {

/// Refuses panels that cannot be compared; `before_name`, `after_name` are how they are called.
void require_comparable(const Panel& before, const Panel& after, const std::string& before_name,
                        const std::string& after_name, int year);

/// How the three fits are made: with the settings' own priors, or, where they name none, wide ones
/// for a panel that says enough of itself and the world's for others.
ConclusionOptions conclusion_options(const Panel& before, const Panel& after,
                                     const FitSettings& fit, const DiffSettings& diff);

/// Columns state, year, what (milex, burden, kind; added, gone), before, after, change, and for a
/// kind kind_before, kind_after.
TidyTable figure_table(const Panel& before, const Panel& after, const FigureRevisions& figures);

/// Columns state, year, quantity, before, revised_figures, after, by_revision, by_new_years, error,
/// foretold, came.
TidyTable median_table(const Conclusions& conclusions);

}  // namespace tenbin
