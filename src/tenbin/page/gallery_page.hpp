// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "tenbin/evidence/finding.hpp"

namespace tenbin {

/// "4.7 percent of spending (90% range: 2.74 to 6.67; 3,968 cases; SIPRI release of April 2026)".
std::string result_words(const ShownFinding& shown);
/// "0.103 ± 0.0287": a figure with its standard error.
std::string figure_words(const ComputedFigure& figure);
/// "15 findings: these figures agree with 10 and contradict 3; of 2 they cannot tell. ...".
std::string gallery_words(std::span<const ShownFinding> findings);

/// All findings as one HTML file: those that the figures contradict first. In English.
std::string render_gallery(std::span<const ShownFinding> findings);

}  // namespace tenbin
