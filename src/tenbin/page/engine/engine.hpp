// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "tenbin/futures/balance.hpp"
#include "tenbin/futures/risk.hpp"
#include "tenbin/page/engine/study.hpp"

namespace tenbin {

/// What a reader has set: a preset, and the sliders on top of it.
struct PageState {
  int preset = 0;
  std::vector<double> sliders;  // NaN: at rest
};
/// The scenario that this is: the preset's with the moved sliders' levers behind its own.
Scenario scenario_of(const PageStudy& study, const PageState& state);

/// Numbers of one year of one state and quantity, in this order.
inline constexpr int numbers_a_band = 9;  // 5, 10, 25, 50, 75, 90, 95 % of futures, mean, whether
                                          // it exists (1, 0)
inline constexpr int numbers_a_year =
    3 * numbers_a_band + 2;  // baseline, changed, difference;
                             // chance that it is higher, its error

/// Answers a page. The baseline's futures and bands are kept from one answer to the next, so that
/// each costs one projection.
class Engine {
 public:
  /// `past`: of the study's panel at the start; empty: it is built.
  explicit Engine(PageStudy study, std::shared_ptr<const Past> past = {});
  const PageStudy& study() const { return study_; }

  /// All numbers in one row, so that a page reads them without a second format:
  ///   [state][milex, burden][year from the start to the end][numbers_a_year]
  /// for one state, or for all (`only` -1); then, for all, [rivals()][chance of a race by the end:
  /// baseline, its error, change, its error], [dyads()][years with a dispute: baseline, its
  /// error, change, its error; chance of at least one: baseline, changed] and
  /// [cuts()][median ratio of the first two blocs' stocks at the end: baseline, changed]. The
  /// baseline is the first preset as it stands.
  std::vector<double> answer(const PageState& state, std::int64_t futures, StateIndex only = -1);

  /// The same in three steps, so that several engines share the work: each is asked the same,
  /// computes the blocks that are its own (`part` of `parts`; it may do several parts), and one
  /// finishes when what all of them found is merged into its tally.
  struct Question {
    std::int64_t futures = 0;
    StateIndex only = -1;
    std::vector<Schedule> schedules;  // baseline, changed
    std::vector<Measure> measures;
    std::size_t bands = 0;  // measures that are bands of states
    RaceQuestion races;
    DisputeQuestion disputes;
    std::vector<BalanceQuestion> balance;  // [cuts()][baseline, changed]
    Tally tally;
  };
  Question ask(const PageState& state, std::int64_t futures, StateIndex only);
  void compute(Question& question, int part, int parts);
  std::vector<double> finish(const Question& all);

  const std::vector<std::pair<StateIndex, StateIndex>>& rivals() const { return rivals_; }
  const std::vector<std::pair<StateIndex, StateIndex>>& dyads() const { return dyads_; }
  /// Ways of counting the first two blocs of the first preset; none where it has no two blocs
  /// without a member in common.
  const std::vector<BalanceCut>& cuts() const { return cuts_; }

 private:
  Projection projection(const Schedule& schedule, std::int64_t futures);

  PageStudy study_;
  std::shared_ptr<const Past> past_;
  Schedule base_;
  std::vector<std::pair<StateIndex, StateIndex>> rivals_, dyads_;
  std::vector<BalanceCut> cuts_;
  std::map<std::int64_t, std::vector<Ensemble>> kept_;  // of the baseline, by number of futures and
                                                        // block; empty: not yet computed
  std::map<std::pair<std::int64_t, StateIndex>, std::vector<Band>> baseline_bands_;  // by futures
                                                                                     // and `only`
  KeptShocks shocks_;  // of the first carried_draws futures
};

}  // namespace tenbin
