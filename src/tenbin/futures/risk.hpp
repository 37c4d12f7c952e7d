// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "tenbin/futures/races.hpp"
#include "tenbin/futures/tally.hpp"
#include "tenbin/model/past.hpp"

/// Is it dangerous? Risks of disputes next year and later, and of races to come, by dyad.

namespace tenbin {

/// Risk that a relevant dyad begins a dispute in the year after the past's, by severity.
struct DisputeRisk {
  StateIndex a = 0, b = 0;
  std::array<Band, severities> risk;  // over the draws
  DisputeHistory past;
};
/// Relevant dyads of the past's year by the panel's dispute model, largest mean risk first; none
/// where Past::no_disputes() says why.
std::vector<DisputeRisk> dispute_risks(const Past& past);

/// Disputes that futures draw for a dyad after the start.
struct DisputeOutlook {
  StateIndex a = 0, b = 0;
  std::vector<Chance> in;  // of an onset in a year: in every one, [year - start - 1], or the last
  std::array<Chance, severities> once;  // of at least one up to the end
  double count = 0, count_error = 0;    // years with an onset, mean over futures
  double change = 0, change_error = 0;  // of the count, against the first run, paired
};
struct DisputeQuestion {
  std::vector<std::pair<StateIndex, StateIndex>> dyads;
  std::size_t years = 0;  // asked of each dyad
  std::size_t at = 0;     // of the first measure
};
/// All schedules draw disputes, or none does.
DisputeQuestion ask_disputes(std::vector<Measure>& measures, std::span<const Schedule> schedules,
                             bool every_year);
/// By dyad, in the order of the schedule; empty where none are drawn.
std::vector<DisputeOutlook> read_disputes(const Tally& tally, const DisputeQuestion& question,
                                          int run);

/// A pair of rivals, and the probability that the rule of races holds (its third year of growth
/// reached) in a future year up to each.
struct RaceOutlook {
  StateIndex a = 0, b = 0;
  std::vector<Chance> by;               // [year - start - 1]
  double change = 0, change_error = 0;  // at the end, against the first run, paired; per future
  // Parts of the change. itself: the states that the scenario's levers change follow the scenario's
  // run, all others the first run. answers: change - itself.
  double itself = 0, itself_error = 0, answers = 0, answers_error = 0;
  std::array<Chance, race_growths.size()> at_growth;  // at the end, by threshold of race_growths
  int more_likely_than_not = 0;  // first year with a probability of at least 1/2; 0: none
};
struct RaceQuestion {
  std::vector<std::pair<StateIndex, StateIndex>> dyads;  // rivals at the start that are projected
  int start = 0, end = 0;
  std::size_t at = 0;  // of the first measure
};
/// Of the runs of these schedules, in their order. Spending only: personnel is not projected.
/// Growth of the two years up to the start counts too.
RaceQuestion ask_races(std::vector<Measure>& measures, const Past& past,
                       std::span<const Schedule> schedules, const RaceRule& rule = {});
std::vector<RaceOutlook> read_races(const Tally& tally, const RaceQuestion& question, int run);

/// How common races were: spans of so many years, as long as those of the futures, in which a dyad
/// was observed and rivals all the time, and those of them in which the rule held for spending.
/// Spans of one dyad overlap.
struct RaceRate {
  int span = 0, spans = 0, with_race = 0;
};
RaceRate race_rate(const Panel& panel, int last, int span, const RaceRule& rule = {});

}  // namespace tenbin
