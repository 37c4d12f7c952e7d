// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/problem.hpp"
#include "tenbin/page/carried.hpp"

/// Whether what a page carries is what a panel and a fit give: `tenbin verify --panel --refit`.

namespace tenbin {

/// What of the page's figures is not that of a panel; empty: all is the same, to the last bit.
/// `panel`: as known at the scenarios' start. `where` names it in the problems.
Problems differences_from_panel(const Carried& page, const Panel& panel, const std::string& where);

/// How the page's posterior was fitted, by its own account, with the priors that it names.
/// `priors`: the file that a reader gives, or empty, where the page names shipped ones. Throws
/// Error where the page asks for what no fit takes, or names priors that are not at hand.
FitOptions options_of_page(const Carried& page, const std::string& priors);

/// What of the page's draws, summaries and health is not that of another fit of the same panel, cut
/// as the page's is; empty: all is the same, to the last bit.
Problems differences_from_fit(const Carried& page, const Carried& again);

}  // namespace tenbin
