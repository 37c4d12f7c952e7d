// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tenbin/io/published/findings.hpp"
#include "tenbin/io/published/package.hpp"

/// What readers of dyads share: numbers to states, years to spells.

namespace tenbin {

/// First and last year in which a file, or one column of it, says something.
struct Span {
  int first = std::numeric_limits<int>::max(), last = std::numeric_limits<int>::min();
  void add(int year);  // throws Refusal where it is no year
  bool empty() const { return first > last; }
  /// Throws Refusal where there was no row; `of` names what is missing.
  void check(const char* of) const;
};

/// Counts a row of somebody who is no state of the list.
void count_nobody(Findings& found, const std::string& who);

/// A row of a chart of Our World in Data.
struct ChartRow {
  const State& state;  // as it was in that year
  int year;
  double value;
  std::string called;  // what the file calls the state
};
/// Gives each known figure of a chart's table to `take`: entity, code, year and a column that has
/// one of these names. Counts rows of nobody and rows without a key. Throws Refusal where a state
/// has two rows of a year, and what each_record() does.
void each_chart_row(const PublishedFile& file, const std::vector<std::string_view>& names,
                    Findings& found, const std::function<void(const ChartRow&)>& take);

/// The state of a Correlates of War number in a year; null, and counted in `nobody`, without one.
const State* state_of(Findings& found, int number, int year);

/// Adds a spell, in pieces where a number changes its state; nothing where a side is no state we
/// know or both are one.
void add_spell(Findings& found, std::vector<FoundSpell>& spells, int a, int b, int first, int last,
               double value);

/// Overlapping and adjoining spells of the same pair and value as one, in order of pair and year.
std::vector<FoundSpell> joined(std::vector<FoundSpell> spells);

/// Years in which a relation held, made into spells. A year in which nothing is known of a pair, or
/// of which the whole file says nothing, ends no spell; a year in which it says no, or names others
/// and not the pair, does. A spell that reaches `last_known`, the last year in which the column
/// says anything, is still going on.
class HeldYears {
 public:
  /// `value` of what held; 0: it did not; missing: unknown. What is known of a pair and year wins
  /// over what is not, and what held over what did not.
  void add(const State& a, const State& b, int year, double value) {
    years_[{a.id, b.id}].push_back({year, static_cast<float>(value)});
    if (known(value)) observed_.insert(year);
  }
  std::vector<FoundSpell> spells(int last_known) const;

 private:
  struct Seen {
    int year;
    float value;
  };
  std::set<int> observed_;  // years of which the file says anything
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Seen>> years_;
};

/// Notes spells that are taken to go on after a year with which no release ends.
void note_open_end(Findings& found, const std::vector<FoundSpell>& spells, int last,
                   std::span<const int> releases);

/// Whether a file of pairs has each pair once, so that nothing in it says who does what to whom.
class PairOrders {
 public:
  void add(int a, int b);
  /// No pair stands in both orders, and the file is not what one state does to others.
  bool once() const;
  /// Makes spells of one order hold in both, and says so.
  static void both_ways(Findings& found);

 private:
  std::map<std::pair<int, int>, unsigned> orders_;  // by the smaller number and the larger
  std::set<int> firsts_, seconds_;
};

/// Onsets of disputes by pair, made of rows of disputes, dispute-years or dyad-years.
class Onsets {
 public:
  /// One row. `number` is the dispute's in its list. `onset`: whether the dispute begins in this
  /// year; nothing where the file does not say, then it begins in the first year that the file has.
  struct DisputeRow {
    int number = 0, a = 0, b = 0, year = 0;
    std::optional<bool> onset;
    std::optional<int> hostility_level, fatality_level;
  };
  /// Throws Refusal for a level that the lists do not have.
  void add(Findings& found, const DisputeRow& row);
  /// Of a pair and year the highest level; pairs in the order of ids. Counts onsets without a level
  /// in `found`'s notes and takes them as 3, the display of force.
  std::vector<FoundDispute> all(Findings& found) const;

 private:
  struct Dispute {
    std::set<int> onsets;
    int first = still_going;
    bool says_onset = false;
    std::optional<int> hostility_level, fatality_level;
  };
  std::map<std::tuple<int, std::string, std::string>, Dispute> by_number_;
};

/// A figure of each state and year. A second one that says something else is left out and listed.
class StateFigures {
 public:
  StateFigures(const char* table, const char* column) : table_(table), column_(column) {}
  void add(Findings& found, const State& state, int year, double value, std::string_view called);
  const std::map<std::pair<std::string, int>, double>& all() const { return figures_; }
  const Span& years() const { return years_; }

 private:
  const char *table_, *column_;
  std::map<std::pair<std::string, int>, double> figures_;
  Span years_;
};

}  // namespace tenbin
