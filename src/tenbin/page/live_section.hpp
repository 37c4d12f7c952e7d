// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

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
inline constexpr const char *study_element = "tenbin-study", *record_element = "tenbin-record";

/// The first screen of a live page: charts (as drawn for the focus until the engine answers),
/// sliders, what is held and what responds, and the data that the script reads.
std::string live_section(const Briefing& briefing, const LivePage& live,
                         const std::string& first_chart);

}  // namespace tenbin
