// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tenbin/futures/distribution.hpp"
#include "tenbin/model/growth_record.hpp"
#include "tenbin/num/random.hpp"

/// Arms races in history: docs/model.md section 8 (Races).

namespace tenbin {

/// The rule of Gibler, Rider and Hutchison (2005): each state's spending or personnel (which may
/// differ by state and by year) is at least 1 + growth times the year before's, for at least
/// `years` years running.
struct RaceRule {
  double growth = 0.08;
  int years = 3;
};

/// Years (both included) in which the rule holds for a dyad: `start` is the first year of growth.
struct Race {
  StateIndex a = 0, b = 0;
  int start = 0, end = 0;
};
std::vector<Race> races_of(const GrowthRecord& record, StateIndex a, StateIndex b, int first,
                           int last, const RaceRule& rule = {});
/// Lowest yearly growth (0.08 for 8 %) of either state of a dyad in the `years` years up to `last`:
/// the highest threshold at which the rule holds. NaN if a figure is missing.
double pace(const GrowthRecord& record, StateIndex a, StateIndex b, int last, int years);
/// Thresholds of yearly growth that are compared with the catalogue's 0.08.
inline constexpr std::array race_growths{0.05, 0.06, 0.07, 0.08, 0.09, 0.10};
/// Years in a row in which a dyad (a < b) were rivals, whatever spells say so; within first ..
/// last.
struct RivalYears {
  StateIndex a = 0, b = 0;
  int start = 0, end = 0;
};
std::vector<RivalYears> rival_years(const Panel& panel, int first, int last);
/// Races among rivals: within the years of their rivalry and up to `last`, by start.
std::vector<Race> races_among_rivals(const Panel& panel, const GrowthRecord& record, int last,
                                     const RaceRule& rule = {});

/// How far a catalogue's races and the rule agree.
struct CatalogueMatch {
  int listed = 0, inside = 0, within_a_year = 0;  // of the listed: the rule holds there
  int found = 0, found_listed = 0;                // among rivals; of them overlapping a listed one
};
CatalogueMatch match_catalogue(const Panel& panel, const GrowthRecord& record, int last,
                               const RaceRule& rule = {});

/// Underlying growth of one series: its log is a level, measured with noise, whose growth walks at
/// random; both sizes by maximum likelihood over a grid.
struct UnderlyingGrowth {
  int first = 0, last = -1;    // years
  double noise = 0, walk = 0;  // sd of the measurement and of growth's steps, log a year
  std::vector<std::vector<double>> paths;  // [draw][year - first] of growth, given the figures

  bool above(std::size_t draw, int year, double growth) const {
    return first <= year && year <= last && paths[draw][year - first] > growth;
  }
};
inline constexpr std::uint32_t growth_paths = 2000;
/// Values of consecutive years from `first` on (NaN or 0: none). Nothing where there are fewer than
/// four. The key's index and when are set by this function.
UnderlyingGrowth underlying_growth(std::span<const double> values, int first, RandomKey key);

/// What a state's spending and personnel grow by, keyed by its id: whoever else is asked.
struct StateGrowth {
  UnderlyingGrowth spending, personnel;

  bool empty() const { return spending.paths.empty() && personnel.paths.empty(); }
  bool grows(std::size_t draw, int year, double growth) const {
    return spending.above(draw, year, growth) || personnel.above(draw, year, growth);
  }
};
StateGrowth state_growth(const Panel& panel, const GrowthRecord& record, StateIndex i,
                         std::uint64_t seed = 20261122);

/// How sure a race is, given the noise in the figures.
struct RaceOdds {
  Chance chance;  // that underlying growth of both was above the rule's for its years, at a time
                  // that overlaps the race's; NaN where there are too few figures
  double onset = missing, end = missing;  // middle year, where there was one
};
RaceOdds race_odds(const StateGrowth& a, const StateGrowth& b, const Race& race,
                   const RaceRule& rule = {});

/// Why a race may be none.
struct FalseAlarm {
  enum class Why { war_elsewhere, recovery, inflation };
  Why why;
  StateIndex state = -1;  // whose growth it explains; -1: the race as a whole
  std::string what;       // the war; the height that it recovers to
};
/// `real` is the same panel's record in real money (of which inflation is judged).
std::vector<FalseAlarm> false_alarms(const Panel& panel, const GrowthRecord& record,
                                     const GrowthRecord& real, const Race& race,
                                     const RaceRule& rule = {});

}  // namespace tenbin
