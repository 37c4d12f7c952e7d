// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/record.hpp"

/// Announcements of the pledge ledger as tests of counterfactuals: docs/counterfactuals.md.

namespace tenbin {

/// Whose announcement a trial puts into a forecast, and when: the one that was made, the same
/// before it was made, or the same of a state that made none.
enum class TrialKind { announcement, wrong_date, wrong_state };
inline constexpr std::array<std::string_view, 3> trial_kind_names{"announcement", "wrong date",
                                                                  "wrong country"};

/// One announcement that is put into the forecast of one state at one origin.
struct Trial {
  TrialKind kind = TrialKind::announcement;
  std::size_t row = 0;   // of Panel::pledges: as it was made
  Pledge pledge;         // of the state that is forecast, in the years tried, with the ratio of
                         // both measures as it was known at the origin
  StateIndex maker = 0;  // the state that made it
  int origin = 0;        // last year known
  int until = 0;         // last year that may be scored
  int earlier = 0;       // years before it was made: of a wrong date
  int run = 0;           // a state has at most one trial in a run of its origin

  Scored what() const {
    return pledge.measure == PledgeMeasure::share_of_gdp ? Scored::burden : Scored::milex;
  }
};

/// Why a row of the ledger is not in the sample. The first that holds.
enum class WhyNot {
  no_promise,   // a request or a norm
  measure,      // a sum or a level in a country's own money
  part,         // of a part of the spending, another row's promise again, or a limit
  joined,       // it starts more than two years after it was made
  no_time,      // it ends in the year it was made, or was given up or replaced in it
  no_outcome,   // no figure of the year it was made, or none afterwards
  asks_nothing  // its target is not 5 % above that year's
};
inline constexpr std::array<std::string_view, 7> why_not_words{
    "requests and norms",
    "sums or levels in a country's own money",
    "for a part of the spending, counted by another row, or limits",
    "by countries that joined later",
    "ended or replaced in the year of the announcement",
    "without a figure of that year, or without an outcome",
    "with a target less than 5% above that year's level"};

/// Names of forecasts in a record: of every state without an announcement that is tried, and of the
/// states of a run's trials with theirs.
inline constexpr std::string_view without_it = "without";
inline std::string run_method(int run) { return "run " + std::to_string(run); }

inline constexpr int most_years = 10;                        // scored
inline constexpr std::array<int, 3> years_earlier{3, 5, 8};  // of wrong dates

/// A promise of growth of spending a year that is tried like one of a share: its target is the
/// spending of the year it was made, grown at that rate over its years.
bool reaches_growth(const Pledge& pledge);

/// Spending that a promise of growth asks for in its year, in the panel's money; NaN if the
/// spending of the year of the announcement is not observed.
double growth_target(const Panel& panel, const Pledge& pledge);

/// The panel's share of GDP over the announcer's, as it was known in a year: the mean ratio of the
/// last three years with both, else the ledger's, else 1.
double ratio_known(const Panel& panel, const Pledge& pledge, int year);

/// Whether a promise binds after a year, as it was known at the end of the year.
bool in_force(const Pledge& pledge, int year);

struct Sample {
  std::vector<Trial> trials;       // announcements, wrong dates, wrong states
  std::map<WhyNot, int> left_out;  // rows of the ledger
};
/// The trials of a panel's ledger, by the rule of docs/counterfactuals.md, at some of these
/// origins.
Sample announcement_sample(const Panel& panel, std::span<const int> origins);

/// What a trial showed. Logs of the share, or of the spending.
struct TrialScore {
  Trial trial;
  int years = 0;                 // scored
  double with = 0, without = 0;  // mean CRPS over them
  int last = 0;                  // last year scored; of what follows
  double observed = 0, median_with = 0, median_without = 0, sd_without = 0;
  double pit_with = 0, pit_without = 0;

  double gain() const { return 1 - with / without; }
  /// How far the announcement moves the median, and how far the outcome is from the median without
  /// it, in standard deviations of the forecast without it.
  double moved() const { return (median_with - median_without) / sd_without; }
  double surprise() const { return (observed - median_without) / sd_without; }
};

/// The trials that could be scored, in their order. `records` are those of try_announcements().
std::vector<TrialScore> score_trials(const Panel& panel, std::span<const Trial> trials,
                                     std::span<const OriginRecord> records);

/// A gain nearer to 0 is no difference: the announcement adds nothing to what was promised before,
/// and only what other states promise moves the forecast.
inline constexpr double no_difference = 0.001;

/// What several trials show together.
struct TrialSummary {
  int trials = 0, better = 0, worse = 0;   // with the announcement; the others: no difference
  int pledges = 0, pledges_better = 0;     // the same of sums over the trials of a pledge
  double gain = missing, error = missing;  // of sums of the scores; standard error
  double median_gain = missing;            // over trials
  double moved = missing;                  // part whose median moved up by more than one sd
  double surprise = missing;  // part whose outcome lay more than one sd above the median without

  /// Part of the trials with a difference that are better; NaN if there are none.
  double part_better() const {
    return better + worse > 0 ? static_cast<double>(better) / (better + worse) : missing;
  }
};
/// The standard error is the largest of three, all by pledge: with independent pledges; with trials
/// of one state as dependent too if they have a scored year in common; and from leaving out one
/// pledge at a time (jackknife). Fewer than three pledges have none.
TrialSummary summary_of(std::span<const TrialScore> scores);

/// A line of a report: its name and its trials.
struct TrialGroup {
  std::string name;
  std::vector<TrialScore> scores;
};
/// The trials with a score for outcomes up to a year, scored anew on these.
TrialGroup up_to(const Panel& panel, std::span<const Trial> trials,
                 std::span<const OriginRecord> records, int year);
/// Trials of a kind: all, by who bound whom, by measure and by era.
std::vector<TrialGroup> groups_of(std::span<const TrialScore> scores, TrialKind kind);

}  // namespace tenbin
