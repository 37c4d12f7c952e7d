// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tenbin/io/published/findings.hpp"

/// What readers of dyads share: numbers to states, years to spells.

namespace tenbin {

/// First and last year that a file knows.
struct Span {
  int first = std::numeric_limits<int>::max(), last = std::numeric_limits<int>::min();
  void add(int year);  // throws Refusal where it is no year
  /// Throws Refusal where there was no row; `of` names what is missing.
  void check(const char* of) const;
};

/// Counts a row of somebody who is no state of the list.
void count_nobody(Findings& found, const std::string& who);

/// The state of a Correlates of War number in a year; null, and counted in `nobody`, without one.
const State* state_of(Findings& found, int number, int year);

/// Adds a spell, in pieces where a number changes its state; nothing where a side is no state we
/// know or both are one.
void add_spell(Findings& found, std::vector<FoundSpell>& spells, int a, int b, int first, int last,
               double value);

/// Overlapping and adjoining spells of the same pair and value as one, in order of pair and year.
std::vector<FoundSpell> joined(std::vector<FoundSpell> spells);

/// Years in which a relation held, made into spells. One that held in `last_known`, the file's last
/// year, is still going on.
class HeldYears {
 public:
  void add(const std::string& a, const std::string& b, int year, double value);
  std::vector<FoundSpell> spells(int last_known) const;

 private:
  std::map<std::tuple<std::string, std::string, double>, std::set<int>> years_;
};

/// Onsets of disputes: of a pair and year the highest level; pairs in the order of ids.
class Onsets {
 public:
  void add(Findings& found, int a, int b, int year, int hostility_level,
           std::optional<int> fatality_level);
  std::vector<FoundDispute> all() const;

 private:
  std::map<std::tuple<std::string, std::string, int>, FoundDispute> by_key_;
};

}  // namespace tenbin
