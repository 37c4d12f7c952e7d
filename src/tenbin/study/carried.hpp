// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tenbin/engine/study.hpp"
#include "tenbin/study/brief.hpp"
#include "tenbin/study/fit.hpp"

namespace tenbin {

/// What a live page is made of, and nothing else: whoever has it can compute the page again.
struct Carried {
  PageStudy study;
  Posterior fit;  // without draws, which are the study's: what was asked, summaries and health of
                  // the whole fit, by number of the study's draws
  std::optional<Scorecard> record;
  std::string no_record;  // why there is none
  std::string creator;    // program and version
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
std::vector<unsigned char> record_bytes(Carried carried);
/// Puts the record back beside its study; false where the bytes are no record of this study.
bool put_record(std::span<const unsigned char> bytes, Carried& carried);

}  // namespace tenbin
