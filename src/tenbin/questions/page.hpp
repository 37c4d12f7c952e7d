// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/scorecard.hpp"
#include "tenbin/core/tidy.hpp"
#include "tenbin/page/document.hpp"
#include "tenbin/page/language.hpp"
#include "tenbin/questions/runs.hpp"

namespace tenbin {

/// What makes a page live, as it was built in; empty: built without.
DocumentScript live_script();

/// The scorecard beside a panel's tables, if it is of these very figures. Throws Error if the file
/// is damaged.
std::optional<Scorecard> scorecard_beside(const std::filesystem::path& folder, const Panel& panel);

/// A briefing as one HTML file, with its headline in the same language.
struct BriefingPage {
  std::string html, headline;
  std::string card;       // headline and first chart as an SVG drawing
  TidyTable projections;  // scenario, country, year, quantity, quantiles and mean
  bool live = false;
  std::string no_sliders;  // why it is not, where it was asked to be
  Problems notes;          // on what was chosen
};
/// Projects the scenarios side by side and renders their page, with the panel folder's scorecard if
/// it is of these figures. If no scenario changes the focus of the first one, and one scenario
/// changes its own focus, the page is about the latter. `plain`: no script, and computed with the
/// whole posterior. If `go_on` returns false, the result must not be used. Throws Error if the
/// scenarios cannot be compared.
BriefingPage briefing_page(Runs runs, Language language, bool plain, const Execution& execution,
                           const std::function<bool(double)>& go_on = {});

}  // namespace tenbin
