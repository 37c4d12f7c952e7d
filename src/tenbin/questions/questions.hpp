// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "tenbin/questions/question.hpp"

/// All questions. A new one is a file with the struct of the question and its NAME_question(), and
/// a line in this list.
// clang-format off
#define TENBIN_QUESTIONS(Q) \
  Q(project) Q(compare) Q(regret) Q(responses) Q(burden) Q(balance) Q(threats) Q(danger) Q(reach) Q(risk) Q(explain) \
  Q(solve) Q(stability) Q(plan) Q(races) Q(loo) Q(placebo) Q(promises) Q(announcements) Q(register) Q(resolve) Q(calibrate) Q(sensitivity) Q(backtest) Q(scores) Q(diff) \
  Q(medians) Q(disputes) Q(richardson) Q(coverage) Q(check) Q(verify) Q(summary) Q(priors) Q(export) Q(parameters) \
  Q(evidence) Q(gallery) Q(scenarios) Q(settings) Q(questions)
// clang-format on

namespace tenbin {

/// In the order of their list.
std::span<const QuestionEntry> questions();
/// The question of a name. Throws Error (usage) with the nearest name where there is none.
const QuestionEntry& question_named(const std::string& name);

#define TENBIN_DECLARE(name) QuestionEntry name##_question();
TENBIN_QUESTIONS(TENBIN_DECLARE)
#undef TENBIN_DECLARE

struct PanelCoverage;
/// Tables of a panel, their sources and last years, and states whose figures are stale.
std::string coverage_text(const Panel& panel, const PanelCoverage& coverage);
/// The global parameters of a fit as a table on the terminal.
std::string summary_text(const Posterior& posterior);

}  // namespace tenbin
