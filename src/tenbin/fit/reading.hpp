// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"

namespace tenbin {

/// What a fit says of one term of the equations, in words.
struct TermReading {
  std::string term;            // "rivals"
  std::string parameter;       // that the sentence reads, "rival_mean"; empty: switched off
  std::string sentence;        // with the 90 % interval
  bool signed_effect = false;  // whether it could be of either sign
  double positive = 0;         // then: probability that the parameter is above 0
  std::string placebo;         // what exchanged partners said of it; empty: none is known
  double prior_share = 0;      // posterior variance over that of the prior used: 1 is no news
};

std::vector<TermReading> read_terms(const Posterior& posterior);

/// "at least as large with random partners in 29% of the trials (may be chance)".
std::string placebo_words(const PlaceboVerdict& verdict);
/// Of the answers to rivals and allies that the fit has.
std::vector<PlaceboVerdict> placebo_verdicts(const FitOptions& asked);
/// One sentence on the fit's answers to rivals and allies; empty if the priors carry no placebo.
std::string placebo_sentence(const FitOptions& asked);

/// A global parameter of a fit that is not switched off.
struct GlobalSummary {
  std::string name;  // "spending.rival_mean"
  const Summary* summary;
  bool prior_driven;
};
std::vector<GlobalSummary> global_summaries(const Posterior& posterior);

/// A prior's share in words: "the figures", "mostly the figures", "figures and prior alike" or
/// "mostly the prior" (where the badge of from_used_prior() stands).
std::string share_words(double prior_share);

}  // namespace tenbin
