// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tenbin/page/brief.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/document.hpp"

namespace tenbin {

/// What makes a page live: what it carries, and the script that has the engine in it.
struct LivePage {
  Carried carried;
  DocumentScript script;
};

/// Ids of the elements that hold what a live page carries: deflated, in base64.
inline constexpr const char *study_element = "tenbin-study", *record_element = "tenbin-record",
                            *other_element = "tenbin-other";

/// How far the ends of a slider move the outcome that it is about, in its unit.
struct Meter {
  double base = missing, low = missing, high = missing;  // today's plans; changes at the ends
  bool moves = false;                                    // as far as a reader can see
};
/// What the engine says once, when the page is written.
struct Measured {
  std::vector<std::pair<int, int>> rivals, dyads;
  std::size_t cuts = 0;  // ways of counting the balance
  std::string selftest;  // SHA-256 of the answer without changes
  std::vector<Meter> meters;
};
Measured measure(const Briefing& briefing, const LivePage& live);

/// The first screen of a live page: charts (as drawn for the focus until the engine answers),
/// sliders, what is held and what responds, and the data that the script reads.
std::string live_section(const Briefing& briefing, const LivePage& live, const Measured& measured,
                         const std::string& first_chart);

/// The elements with the study and the record.
std::string carried_elements(const LivePage& live);
/// The element with the page's sheet in its other language.
std::string other_element_of(const std::string& sheet);

}  // namespace tenbin
