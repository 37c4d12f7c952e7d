// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/fit/fit.hpp"
#include "tenbin/page/brief.hpp"
#include "tenbin/page/engine/study.hpp"

namespace tenbin {

/// What a live page carries beside its study.
struct PageRecord {
  Posterior fit;  // without draws, which are the study's: what was asked, summaries and health of
                  // the whole fit, by number of the study's draws
  std::optional<Scorecard> record;
  std::string no_record;  // why there is none
  std::string creator;    // program and version
};

/// What a live page is made of, and nothing else: whoever has it can compute the page again.
struct Carried : PageRecord {
  PageStudy study;
};

/// Cuts a posterior to what a page carries. Record and creator stay empty.
Carried carried(const Compiled& compiled, const Posterior& posterior);

/// The briefing on the carried draws: their first futures are those of the whole posterior.
Briefing brief(const Carried& carried, const Execution& execution,
               const std::function<bool(double)>& go_on = {});
/// The same where the study's scenarios are compiled already.
Briefing brief_compiled(const Carried& carried, const Compiled& compiled,
                        const Execution& execution, const std::function<bool(double)>& go_on = {});

/// All but the study, which has bytes of its own.
std::string record_bytes(const PageRecord& record);
/// Puts the record back beside its study; false where the bytes are no record of this study.
bool put_record(std::string_view bytes, Carried& carried);

}  // namespace tenbin
