// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/coverage.hpp"

#include <fmt/ranges.h>

#include <functional>
#include <map>

#include "tenbin/page/coverage_plot.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct CoverageQuestion {
  static constexpr QuestionSpec spec{
      .name = "coverage",
      .about = About::panel,
      .settings = "plot",
      .summary = "the years up to which each table of a panel knows"};

  explicit CoverageQuestion(const Inputs& inputs)
      : panel(*inputs.panel),
        plot(inputs.settings.plot.value_or("")),
        coverage(tenbin::coverage(panel)) {}
  TidyTable table() const;
  std::string text() const { return coverage_text(panel, coverage); }
  std::vector<TextFile> files() const {
    if (plot.empty()) return {};
    return {{plot, coverage_plot(panel, coverage, true)}};
  }

  const Panel& panel;
  std::string plot;
  PanelCoverage coverage;
};

/// Columns table, source, date, first, last, behind.
TidyTable CoverageQuestion::table() const {
  TidyTable table;
  for (const char* name : {"table", "source", "date"}) table.text(name);
  for (const char* name : {"first", "last", "behind"}) table.integer(name);
  for (const TableCoverage& t : coverage.tables)
    table << t.table << t.source << t.date << t.first << t.last << t.behind;
  return table;
}

/// States by the year in which their figures end, where that is stale.
void add_stale(std::string& text, const Panel& panel, const PanelCoverage& c, const char* what,
               int StateCoverage::*last) {
  std::map<int, std::vector<std::string>, std::greater<>> ended;
  for (const StateCoverage& s : c.states)
    if (const int year = s.*last; year < panel.last_year - stale_after)
      ended[year].push_back(panel.states[static_cast<std::size_t>(s.state)].id);
  if (ended.empty()) return;
  say(text, "{} that ended more than {} years before the panel does:\n", what, stale_after);
  for (const auto& [year, ids] : ended)
    say(text, "  {}  {}\n", year ? fmt::format("{}", year) : "none", fmt::join(ids, " "));
}

}  // namespace

std::string coverage_text(const Panel& panel, const PanelCoverage& c) {
  std::string text =
      fmt::format("\n{:<12} {:<10} {:<7} {}\n", "table", "years", "behind", "source");
  for (const TableCoverage& t : c.tables)
    say(text, "{:<12} {:<10} {:<7} {}{}\n", table_name(t.table),
        fmt::format("{}-{}", t.first, t.last), t.behind ? fmt::format("{}", t.behind) : "",
        t.source.empty() ? "as its rows say" : t.source,
        t.date.empty() ? "" : fmt::format(" ({})", t.date));
  add_stale(text, panel, c, "Milex", &StateCoverage::milex);
  add_stale(text, panel, c, "Shares of GDP", &StateCoverage::burden);
  return text;
}

QuestionEntry coverage_question() { return entry_of<CoverageQuestion>(); }

}  // namespace tenbin
