// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"

/// A finding of the literature that a computation can repeat: docs/gallery.md.

namespace tenbin {

/// Whose figures a finding is computed from.
enum class FindingPanel { none, embedded, world, catalogue };
inline constexpr std::array<std::string_view, 4> finding_panel_names{"none", "embedded", "world",
                                                                     "catalogue"};

/// What the figures say of the literature's finding.
enum class Verdict { agrees, contradicts, cannot_tell };
inline constexpr std::array<std::string_view, 3> verdict_names{"agrees", "contradicts",
                                                               "cannot tell"};
inline std::string_view verdict_name(Verdict v) { return verdict_names[static_cast<int>(v)]; }

/// The values of a parameter of a computation: one or several numbers, or one or several words.
struct ParameterValues {
  std::vector<double> numbers;
  std::vector<std::string> words;
};
using ParametersGiven = std::map<std::string, ParameterValues, std::less<>>;

/// A parameter of a computation.
struct MeasureParameter {
  enum class Kind { number, numbers, year, word, state, states };
  std::string_view name;
  Kind kind = Kind::number;
  std::string_view meaning;       // with its unit
  double low = 0, high = 0;       // of numbers, both included
  std::string_view choices = {};  // of a word, with spaces; empty: any
  bool required = true;

  bool is_number() const {
    return kind == Kind::number || kind == Kind::numbers || kind == Kind::year;
  }
  bool is_list() const { return kind == Kind::numbers || kind == Kind::states; }
};

/// A computation that findings can name.
struct ComputationSpec {
  std::string_view name;
  FindingPanel panel = FindingPanel::world;  // the one that it is made for
  std::string_view unit;                     // of the estimate
  std::string_view meaning;                  // one line
  std::vector<MeasureParameter> parameters;
  bool posterior = false;  // whether it needs a fit to its panel
};

/// A value beside the estimate; `error` is a standard error, NaN: none.
struct ComputedFigure {
  std::string name;
  double value = missing, error = missing;
};

/// What a computation gives, in the unit of its measure. A case is a row of the panel, a dyad-year,
/// or whatever is counted.
struct Computed {
  double estimate = missing;
  double error = missing;  // a standard error, NaN: none
  int cases = 0;
  std::vector<ComputedFigure> figures;

  /// Ends of the interval of 90 %, as elsewhere in tenbin; the estimate where there is no error.
  static constexpr double errors_to_end = 1.645;
  double low() const { return known(error) ? estimate - errors_to_end * error : estimate; }
  double high() const { return known(error) ? estimate + errors_to_end * error : estimate; }
};

/// What the literature expects of an estimate; an end may be infinite.
struct ExpectedRange {
  double low = 0, high = 0;
  double nothing = 0;  // the value of an estimate where there is no effect at all
  std::string words;   // the finding in numbers or signs as its source states it
};

/// The figures contradict the literature where the interval of 90 % and the expected range have no
/// value in common. They agree where the estimate lies in the range and the interval excludes that
/// there is nothing. Otherwise they cannot tell.
inline Verdict judge(const ExpectedRange& expected, const Computed& m) {
  if (!known(m.estimate)) return Verdict::cannot_tell;
  if (m.high() < expected.low || m.low() > expected.high) return Verdict::contradicts;
  const bool inside = expected.low <= m.estimate && m.estimate <= expected.high;
  const bool something = m.low() > expected.nothing || m.high() < expected.nothing;
  return inside && something ? Verdict::agrees : Verdict::cannot_tell;
}

/// What tenbin found when the finding was shipped.
struct RecordedResult {
  Computed computed;
  std::string release;  // of the panel's figures
};

/// The id of a finding: 1 to 60 small letters, digits and hyphens.
inline bool is_finding_id(std::string_view id) {
  return !id.empty() && id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

struct Finding {
  std::string id;       // the name of its file
  std::string claim;    // one plain sentence
  std::string authors;  // "Nordhaus, Oneal and Russett"
  int year = 0;         // of the publication
  std::string source;   // title and journal
  std::string read_in;  // where the expected range was read
  FindingPanel panel = FindingPanel::world;
  std::string computation;  // the name of a ComputationSpec
  ParametersGiven parameters;
  ExpectedRange expected;
  bool recorded = false;  // whether the file says what was found
  RecordedResult found;
  Verdict verdict = Verdict::cannot_tell;  // as the file states it
  std::string why;                         // the verdict in one sentence
};

/// A finding as it is shown: computed now, or with what its file recorded.
struct ShownFinding {
  Finding finding;
  std::string unit;                        // of the estimate
  Computed computed;                       // now, or as recorded
  std::string release;                     // of the figures behind it; empty: no panel
  bool run = false;                        // false: recorded, not run now
  Verdict verdict = Verdict::cannot_tell;  // of `computed`

  bool as_stated() const { return verdict == finding.verdict; }
};

}  // namespace tenbin
