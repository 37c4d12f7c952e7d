// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/fit/fit.hpp"
#include "tenbin/page/engine/study.hpp"
#include "tenbin/page/language.hpp"

namespace tenbin {

inline constexpr std::size_t most_sliders = 12;

/// What a live page carries: the scenarios as presets, the first draws, and at most most_sliders
/// sliders on the focus of the first scenario, its rivals and protectors.
PageStudy page_study(const Past& past, const std::vector<Scenario>& scenarios,
                     const Posterior& posterior);

/// What a page carries of a panel: all but texts that no page shows.
Panel carried_panel(Panel panel);

/// Year of the first wave among the draws that a page carries.
int first_carried_wave(const Scenario& base);

/// A slider in words, "Target of Japan for 2032, share of GDP".
std::string slider_words(const Slider& slider, const Panel& panel,
                         Language language = Language::english);

}  // namespace tenbin
