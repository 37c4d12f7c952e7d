// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tenbin/page/document.hpp"
#include "tenbin/questions/runs.hpp"

namespace tenbin {

/// What makes a page live, as it was built in; empty: built without.
DocumentScript live_script();

/// A briefing as one HTML file, with its headline.
struct BriefingPage {
  std::string html, headline;
  bool live = false;
  std::string no_sliders;  // why it is not, where it was asked to be
  Problems notes;          // on what was chosen
};
/// Projects the scenarios side by side and renders their page; the panel folder's scorecard goes
/// with it where it is of these figures. Where no scenario changes the state of the first one's
/// focus, but one that of its own, the page is about that. `plain`: no script, and computed with
/// the whole posterior. If `go_on` says no, the result is of no use. Throws Error where the
/// scenarios cannot stand side by side.
BriefingPage briefing_page(Runs runs, bool plain, const Execution& execution,
                           const std::function<bool(double)>& go_on = {});

}  // namespace tenbin
