// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/briefing/document.hpp"
#include "tenbin/engine/study.hpp"
#include "tenbin/study/brief.hpp"

namespace tenbin {

/// What makes a page live: what its engine computes with, and the script that has the engine in it.
struct LivePage {
  PageStudy study;
  DocumentScript script;
};

/// The first screen of a live page: charts (as drawn for the focus until the engine answers),
/// sliders, what is held and what responds, and the data that the script reads.
std::string live_section(const Briefing& briefing, const LivePage& live,
                         const std::string& first_chart);

}  // namespace tenbin
