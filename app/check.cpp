// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common.hpp"
#include "tenbin/analyse/coverage.hpp"
#include "tenbin/briefing/coverage_plot.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace tenbin::app {
namespace check_verb {

/// States by the year in which their figures end, where that is stale.
void print_stale(const Panel& panel, const PanelCoverage& c, const char* what,
                 int StateCoverage::*last) {
  std::map<int, std::vector<std::string>, std::greater<>> ended;
  for (const StateCoverage& s : c.states)
    if (const int year = s.*last; year < panel.last_year - stale_after)
      ended[year].push_back(panel.states[static_cast<std::size_t>(s.state)].id);
  if (ended.empty()) return;
  fmt::print("{} that ended more than {} years before the panel does:\n", what, stale_after);
  for (const auto& [year, ids] : ended)
    fmt::print("  {}  {}\n", year ? fmt::format("{}", year) : "none", fmt::join(ids, " "));
}

void print_coverage(const Panel& panel, const PanelCoverage& c) {
  fmt::print("\n{:<12} {:<10} {:<7} {}\n", "table", "years", "behind", "source");
  for (const TableCoverage& t : c.tables)
    fmt::print("{:<12} {:<10} {:<7} {}{}\n", table_name(t.table),
               fmt::format("{}-{}", t.first, t.last), t.behind ? fmt::format("{}", t.behind) : "",
               t.source.empty() ? "as its rows say" : t.source,
               t.date.empty() ? "" : fmt::format(" ({})", t.date));
  print_stale(panel, c, "Milex", &StateCoverage::milex);
  print_stale(panel, c, "Shares of GDP", &StateCoverage::burden);
}

}  // namespace check_verb

void add_check(CLI::App& program) {
  using namespace check_verb;
  struct Flags {
    std::string path, plot;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "check", "every problem of a scenario or a panel, each with its mend; how far a panel knows");
  verb.add_option("FILE|FOLDER", flags->path, "a scenario file or a panel's folder")->required();
  verb.add_option("--plot", flags->plot, "SVG of a panel's coverage, a row a state");
  verb.callback([flags] {
    Problems problems;
    std::optional<Panel> panel;
    if (std::filesystem::is_directory(flags->path)) {
      PanelReading reading = read_panel_checked(flags->path);
      problems = std::move(reading.problems);
      panel = std::move(reading.panel);
    } else {
      problems = read_scenario_checked(flags->path).problems;
      if (!flags->plot.empty())
        throw Error({{flags->path, "a scenario has no coverage to draw", "Name a panel's folder"}});
    }
    if (!flags->plot.empty()) check_output(flags->plot, {flags->path});
    show(problems);
    if (refuses(problems)) throw Answer{refused};
    fmt::print("{}: good{}\n", flags->path, problems.empty() ? "" : ", with notes");
    if (!panel) return;
    const PanelCoverage c = coverage(*panel);
    print_coverage(*panel, c);
    if (!flags->plot.empty()) write_text(flags->plot, coverage_plot(*panel, c, true));
  });
}

}  // namespace tenbin::app
