// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <optional>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/page/coverage_plot.hpp"
#include "tenbin/past/coverage.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Check {
  static constexpr QuestionSpec spec{
      .name = "check",
      .about = About::file,
      .settings = "file strict plot",
      .summary = "check scenarios and panels and say how to fix each error",
      .most_files = 1000};

  explicit Check(const Inputs& inputs);
  TidyTable table() const;
  std::string text() const;
  Problems notes() const { return problems; }
  bool holds() const { return !strict || problems.empty(); }
  std::vector<TextFile> files() const;

  std::vector<std::string> paths;
  std::vector<char> noted;  // of each path: there are notes on it
  std::string plot;
  bool strict;
  Problems problems;           // notes only: others are thrown
  std::optional<Panel> panel;  // of one folder alone
  PanelCoverage coverage;

 private:
  Problems problems_of(const std::string& path);
};

Problems Check::problems_of(const std::string& path) {
  if (!std::filesystem::is_directory(path)) return read_scenario_checked(path).problems;
  PanelReading reading = read_panel_checked(path);
  panel = std::move(reading.panel);
  return std::move(reading.problems);
}

Check::Check(const Inputs& inputs)
    : paths(inputs.names), plot(inputs.settings.plot.value_or("")), strict(inputs.settings.strict) {
  for (const std::string& path : paths) {
    Problems found = problems_of(path);
    noted.push_back(!found.empty());
    for (Problem& p : found)
      if (std::ranges::find(problems, p) == problems.end()) problems.push_back(std::move(p));
  }
  if (refuses(problems)) throw Error(std::move(problems));
  if (paths.size() > 1) panel.reset();
  if (!plot.empty() && !panel)
    throw Error({{paths[0], "a scenario has no coverage to draw", "Name one panel's folder"}});
  if (panel) coverage = tenbin::coverage(*panel);
}

/// Columns where, what, fix: one row a note.
TidyTable Check::table() const {
  TidyTable table;
  for (const char* name : {"where", "what", "fix"}) table.text(name);
  for (const Problem& p : problems) table << p.where << p.what << p.mend;
  return table;
}

std::string Check::text() const {
  std::string text;
  for (std::size_t k = 0; k < paths.size(); ++k)
    say(text, "{}: good{}\n", paths[k], noted[k] ? ", with notes" : "");
  if (panel) text += coverage_text(*panel, coverage);
  return text;
}

std::vector<TextFile> Check::files() const {
  if (plot.empty()) return {};
  return {{plot, coverage_plot(*panel, coverage, true)}};
}

}  // namespace

QuestionEntry check_question() { return entry_of<Check>(); }

}  // namespace tenbin
