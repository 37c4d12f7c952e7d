// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/scenario.hpp"
#include "tenbin/core/scorecard.hpp"
#include "tenbin/evidence/predictive.hpp"
#include "tenbin/fit/fit.hpp"
#include "tenbin/futures/answers.hpp"
#include "tenbin/futures/balance.hpp"
#include "tenbin/futures/risk.hpp"
#include "tenbin/futures/stability.hpp"
#include "tenbin/futures/tables.hpp"
#include "tenbin/futures/threats.hpp"
#include "tenbin/page/language.hpp"

namespace tenbin {

/// One scenario's part of a briefing; the comparisons are with the first scenario and empty for it.
struct ScenarioAnswers {
  Scenario scenario;
  Fan burden, milex;
  Comparison burden_change, milex_change;
};

/// What the fit says of one state's reactions.
struct ReactionRow {
  StateIndex state;
  Summary rival_response, pull, income;
  bool rival_prior_driven;
  Band resting;  // burden at which the state rests, share of GDP
};

/// One line of the posterior summary.
struct ParameterRow {
  const ParameterSpec* spec;
  Summary summary;
  bool prior_driven;
  bool from_used_prior;  // the figures hardly moved the prior that was used
};

/// A state that is bound to defend another.
struct CoverLink {
  StateIndex state, protector;
  double strength;  // 0-1
};

/// The balance of two blocs, as one way of counting stocks has it.
struct BalanceAnswers {
  BalanceCut cut = BalanceCut::whole;
  std::vector<std::vector<BalanceYear>> years;  // [scenario]
};

/// Two shares of GDP around today's share of the focus, and the chances of where its share lies in
/// the last year.
struct Ending {
  double low = missing, now = missing, high = missing;  // shares of GDP, low < now < high
  int low_from = 0,
      low_to = 0;  // `low` is the median of these years; 0: it is a fifth below today's
  bool high_announced = false;     // `high` is announced, by the announcer's definition
  Chance at_low, at_now, at_high;  // of a share at most `low`, at least `now`, at least `high`

  bool exists() const { return known(now); }
};

/// Everything that a briefing shows, as numbers; no drawing, no words but those of the input.
struct Briefing {
  Language language = Language::english;  // of the page; localised() changes it
  std::string creator;
  std::shared_ptr<const Past> past;
  Panel panel;                             // of the past
  std::vector<ScenarioAnswers> scenarios;  // the first is the baseline
  std::vector<ReactionRow> reactions;
  Threats threats;
  std::vector<CoverLink> covers;  // at the start, of one pair the strongest tie
  std::vector<Reaching> reach;
  std::vector<BalanceAnswers> balance;  // of the first scenario's first two blocs, whole stocks
                                        // first; empty without blocs
  std::vector<TargetOutlook> targets;   // under the baseline
  std::vector<ParameterRow> parameters;
  int shown_year = 0;  // year of the scenario tables
  Ending ending;       // under the baseline
  Health spending_health, economy_health;
  std::vector<PredictiveLine> predictive;  // figures drawn from the fit; empty: not to be had
  std::string priors;
  std::vector<PlaceboVerdict> placebos;  // of the reactions that the fit has; empty: not known
  std::vector<std::string> notes;
  std::vector<std::vector<RaceOutlook>> races;      // [scenario]
  RaceRate race_rate;                               // in the panel's history
  Stability stability;                              // under the baseline; no draws: too many states
  DisputeLack dispute_lack = DisputeLack::nothing;  // why the panel cannot tell of any
  std::vector<DisputeRisk> risks;  // of a dispute next year; empty: the panel cannot tell
  std::vector<std::vector<DisputeOutlook>> disputes;  // [scenario]; empty where none are drawn
  std::optional<Scorecard> record;                    // how good this was in the past
  std::string no_record;                              // why there is none
};

/// Projects the scenarios side by side, so that their futures are pairs, and collects the answers.
/// `go_on` is asked now and then; after a no the result is of no use.
Briefing brief(const Compiled& compiled, const Posterior& posterior, const Execution& execution,
               const std::function<bool(double)>& go_on = {});

}  // namespace tenbin
