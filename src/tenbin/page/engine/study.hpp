// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/scenario.hpp"

/// What a live page carries to its engine.

namespace tenbin {

/// A lever that a reader moves. At `rest` it does nothing; a slider whose own state of things has a
/// number (a cover, a hostility) rests there.
struct Slider {
  Lever lever;  // but for its value
  double low = 0, high = 1, step = 0.01, rest = 0;
};
/// The lever at a value.
Lever lever_of(const Slider& slider, double value);

struct PageStudy {
  Panel panel;                      // as known at the start
  std::vector<Scenario> scenarios;  // presets; the first is the baseline
  std::vector<Slider> sliders;
  Draws spending, economy;  // the first carried_draws
};
inline constexpr int carried_draws = 1000;

/// Places in a draw of what a page carries of it: all but the waves before a year.
std::vector<std::size_t> carried_places(const Draws& draws, int first_wave);
/// The first draws, with waves from a year on only: so futures 0 .. carried_draws - 1 have the bits
/// that they have with all of the posterior.
Draws first_draws(const Draws& draws, int count, int first_wave);

/// All of a study, in a frame (core/archive.hpp).
std::string to_bytes(const PageStudy& study);
/// The study, if the bytes are one that an engine can compute with (study_check.hpp): any bytes may
/// be given. Otherwise nothing, and `fault` (may be null) says what is wrong, for a reader.
std::optional<PageStudy> from_bytes(std::string_view bytes, std::string* fault = nullptr);

}  // namespace tenbin
