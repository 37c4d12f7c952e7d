// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "tenbin/page/brief.hpp"
#include "tenbin/page/chart.hpp"
#include "tenbin/page/chart_table.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/past/coverage.hpp"

namespace tenbin {

/// What every section of a page writes with: the briefing, its first scenario, names and amounts in
/// words.
class Section {
 public:
  explicit Section(const Briefing& b)
      : b_(b),
        base_(b.scenarios[0].scenario),
        panel_(b.panel),
        money_(money_of(b.panel, b.language)) {}

 protected:
  static constexpr std::array quantities{Quantity::burden, Quantity::milex};

  std::string name(StateIndex i) const { return isolated(panel_.states[i].name); }
  /// A sentence in the page's language.
  template <class... Args>
  std::string say(Sentence sentence, const Args&... args) const {
    return tenbin::say(b_.language, sentence, args...);
  }
  /// "today’s plans" or "current policy".
  std::string plans() const { return Narrative(b_).plans(); }
  static const Fan& series(const ScenarioAnswers& a, Quantity q) {
    return q == Quantity::burden ? a.burden : a.milex;
  }
  static const Comparison& change(const ScenarioAnswers& a, Quantity q) {
    return q == Quantity::burden ? a.burden_change : a.milex_change;
  }
  /// Whether the baseline has a quantity of a state.
  bool exists(StateIndex i, Quantity q) const {
    return series(b_.scenarios[0], q).at(base_.end, i).exists;
  }
  std::string amount(double x, Quantity q) const {
    return q == Quantity::burden ? fmt::format("{:.2f}%", 100 * x) : money_.text(x);
  }
  std::string amount_change(double x, Quantity q) const {
    return q == Quantity::burden ? signed_number(100 * x, 2) : money_.change(x);
  }

  /// A value and its likely range in small print, as HTML.
  std::string with_range(const std::string& value, const std::string& low,
                         const std::string& high) const {
    const std::string range =
        say("({low} to {high})", fmt::arg("low", low), fmt::arg("high", high));
    return say("{value} {range}", fmt::arg("value", value),
               fmt::arg("range", "<span class=\"soft\">" + range + "</span>"));
  }

  const Briefing& b_;
  const Scenario& base_;
  const Panel& panel_;
  Money money_;
};

/// What each scenario does to every state: bands, changes, levers in words, tables.
class FuturesSection : Section {
 public:
  using Section::Section;
  std::string charts() const;  // fans and changes side by side
  std::string fan(StateIndex i, Quantity q, const ScenarioAnswers& a) const;
  /// What a fan under the first scenario shows from the first year of data on.
  ChartTable fan_table(StateIndex i, Quantity q) const;
  /// The focus from the first year of data on, under the first scenario; years of `marked` carry
  /// its number.
  std::string hero(const std::vector<const Event*>& marked) const;
  /// The share of GDP, or spending where the share is not known.
  Quantity hero_quantity() const {
    return exists(base_.focus, Quantity::burden) ? Quantity::burden : Quantity::milex;
  }
  std::string scenario_words() const;
  std::string comparison_tables() const;

 private:
  std::string fans() const;
  std::string changes() const;
  std::string changes_of(StateIndex i, Quantity q) const;
  FanChart fan_chart(StateIndex i, Quantity q, const ScenarioAnswers& a, int years_before) const;
  std::string fan_label(StateIndex i, Quantity q, const Scenario& s, const Band& end) const;
  std::string lever_list(const std::vector<Lever>& levers) const;
  std::string difference_cells(const Difference& d, Quantity q) const;
  NumberText axis_text(Quantity q) const;
};

/// Above this number of columns a matrix is no picture.
inline constexpr std::size_t most_states_drawn = 24;

/// Who threatens whom and who responds, as a matrix and two tables.
class ReactionSection : Section {
 public:
  using Section::Section;
  std::string whole() const;

 private:
  std::string matrix() const;
  std::string threat_rows(bool of_focus) const;
  std::string threats() const;
  std::string placebo() const;
  std::string responses() const;
};

/// What allies promised, how blocs weigh against each other, and whose missiles reach whom.
class AllianceSection : Section {
 public:
  using Section::Section;
  std::string burden_sharing() const;
  std::string balance() const;
  std::string reach(bool live) const;

 private:
  std::string dumbbells() const;
  std::string targets() const;
  std::string record() const;
  std::string reach_list(bool of_focus) const;
  std::string balance_charts() const;
  std::string ways_of_counting() const;
  std::string balance_table() const;
};

/// What the result rests on: the posterior, the past record, the figures' sources.
class GroundsSection : Section {
 public:
  using Section::Section;
  std::string drivers() const;
  std::string record() const;
  /// Features of the observed figures beside those that the fit draws, and where the evidence of
  /// each claim is listed.
  std::string evidence() const;
  /// How a live page checks itself; empty for a page without a script (`carried` draws: 0).
  std::string checks(std::size_t carried) const;
  std::string sources() const;
  /// Events of the focus with their dates, as a list; empty where the panel has none.
  std::string history() const;
  /// How to cite the page.
  std::string cite() const;
  /// What every page ends with: who made it, from what.
  std::string made() const;

 private:
  std::string tables_known(const PanelCoverage& known_years) const;
  std::string states_known(const PanelCoverage& known_years) const;
};

}  // namespace tenbin
