// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tenbin/core/record.hpp"

/// A back-test in small: what a page needs of it, and a panel's folder can carry.

namespace tenbin {

/// One method's mean scores over the cases that every method has.
struct MethodScore {
  std::string method;
  double crps = 0, log_score = 0, absolute_error = 0;  // of the median
  std::array<double, interval_levels.size()> coverage{}, width{};
  double coverage80_se = missing;  // of the middle 80 %'s, as that of skill
  double interval = 0;  // interval score of the middle 80 % (Gneiting and Raftery 2007); smaller is
                        // better
  double energy = 0;    // mean over origins; NaN where it was not scored

  /// What the own method gains on this one: 1 - own CRPS / this CRPS, with a standard error from
  /// differences paired by case and summed by origin (origins nearer than the horizon overlap:
  /// Bartlett's weights), NaN where the origins are hardly more than one block. 0 for the own
  /// method.
  double skill = 0, skill_se = 0;
  double dm = 0, dm_p = 1;  // Diebold-Mariano on the mean loss of each origin, two-sided
};

/// The scoreboard of one horizon.
struct HorizonScores {
  Scored what = Scored::milex;
  int horizon = 0, cases = 0, origins = 0;
  std::vector<MethodScore> methods;  // the own one first, then by name as asked
  std::array<int, 10> pit{};         // histogram of the own method

  const MethodScore& own() const { return methods.front(); }
  /// The baseline with the smallest CRPS; the own method where there is none.
  const MethodScore& best_baseline() const {
    const MethodScore* best = &methods[methods.size() > 1 ? 1 : 0];
    for (std::size_t m = 1; m < methods.size(); ++m)
      if (methods[m].crps < best->crps) best = &methods[m];
    return *best;
  }
};

/// The forecasts of one state.
struct StateScores {
  std::string state;
  std::vector<HorizonScores> boards;
};

/// A forecast that was far off.
struct Miss {
  std::string state;
  int origin = 0, horizon = 0;
  double off = 0;             // log of the outcome over the forecast's median
  double beyond = 0;          // part of the futures that went as far or farther
  std::string story, source;  // what happened, as the panel tells it; may be empty
};

/// Forecasts made where a plan was already announced.
struct PlanCase {
  static constexpr std::array<std::string_view, 3> methods{own_method, with_plan,
                                                           with_plan_as_announced};
  std::string state;
  int origin = 0, horizon = 0;
  std::array<double, methods.size()> pit{}, crps{};  // of log milex
};

/// What a term of the spending equation is worth: the change of the CRPS without it, as a part of
/// the CRPS with it; above 0 the term helps.
struct TermWorth {
  std::string term;
  int horizon = 0;
  double change = 0, error = 0;
};

struct Scorecard {
  template <class Card>
  static auto boards(Card& card) {
    return std::array{&card.milex, &card.burden, &card.gdp};  // in the order of Scored
  }

  std::string panel, figures_hash, release;
  std::string setup;  // "world priors, standard terms"
  int origins = 0, first_origin = 0, last_origin = 0;
  std::vector<std::string> states;                // ids of those that were scored
  std::vector<HorizonScores> milex, burden, gdp;  // by horizon
  std::vector<StateScores> by_state;              // of milex, at near_horizon and the like
  std::vector<Miss> misses;                       // worst first, by horizon
  std::vector<PlanCase> plans;
  std::vector<TermWorth> terms;
};

/// Horizons of the tables by state; misses are told of the first two.
inline constexpr std::array told_horizons{1, 5, 10};

}  // namespace tenbin
