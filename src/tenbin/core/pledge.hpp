// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tenbin {

/// How what is spent stands to a target.
enum class PlanMode { at_least, exactly, at_most };
inline constexpr std::array<std::string_view, 3> plan_mode_names{"at-least", "exactly", "at-most"};

/// Who binds whom by a promise: the ledger's kinds, the firmest first. What is asked of a state is
/// no promise of its own, and a norm is kept or dropped, not reached.
enum class PledgeKind {
  budget_law,
  government_plan,
  summit_pledge,
  ministerial_aim,
  norm,
  request
};
inline constexpr std::array<std::string_view, 6> pledge_kind_names{
    "budget_law", "government_plan", "summit_pledge", "ministerial_aim", "norm", "request"};
/// Kinds whose keeping is learned.
inline constexpr std::size_t promise_kinds = 4;

enum class PledgeMeasure { share_of_gdp, real_growth_per_year, real_level, nominal_level_lcu };
inline constexpr std::array<std::string_view, 4> pledge_measure_names{
    "share_of_gdp", "real_growth_per_year", "real_level", "nominal_level_lcu"};

/// A level in its year, a sum over its years, or growth a year.
enum class PledgeForm { year, sum, growth };
inline constexpr std::array<std::string_view, 3> pledge_form_names{"year", "sum", "growth"};

/// A row of pledges.csv: what one state promised, kept or not.
struct Pledge {
  int state = 0;       // StateIndex
  std::string pledge;  // states that promised together share it
  PledgeKind kind = PledgeKind::government_plan;
  int announced = 0, from = 0;
  int by = 0;         // 0: no year was named
  double target = 0;  // in the announcer's own definition
  PledgeMeasure measure = PledgeMeasure::share_of_gdp;
  PledgeForm form = PledgeForm::year;
  PlanMode as = PlanMode::at_least;
  bool part = false;    // of a part of the spending
  std::string same_as;  // name of the same promise in another measure
  std::string definition;
  double to_panel = 0;  // the announcer's share times this is the panel's share; 0: not known
  int withdrawn = 0;    // year after which it no longer binds, kept early or not; 0: none
  std::string status, source, notes;

  /// A level of the share of GDP that the state's own spending is to reach.
  bool reaches_share() const {
    return static_cast<std::size_t>(kind) < promise_kinds &&
           measure == PledgeMeasure::share_of_gdp && form == PledgeForm::year &&
           as == PlanMode::at_least && !part && same_as.empty();
  }
  /// Its year; one that names none is read as one of ten years, an assumption.
  int due() const { return by > 0 ? by : announced + 10; }
};

/// How promises of one kind were kept, learned from those that had run out: docs/model.md section
/// 6 (Levers).
struct KindKeeping {
  double ignored = 0.5;         // probability that the next one closes nothing of its gap
  double mean = 0.8, sd = 0.4;  // part of the log gap that it closes otherwise
  int promises = 0, cases = 0;  // that ran out; states that made them
};

/// How promises are kept, as of a year.
struct Keeping {
  int as_of = 0;                                 // last year known
  double lateness = 1.5;                         // of the way to a target
  std::array<KindKeeping, promise_kinds> kinds;  // by PledgeKind

  const KindKeeping& of(PledgeKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
};

}  // namespace tenbin
