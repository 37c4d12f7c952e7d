// SPDX-License-Identifier: Apache-2.0
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
      .settings = "file plot",
      .summary = "check a scenario or a panel and say how to fix each error"};

  explicit Check(const Inputs& inputs);
  TidyTable table() const;
  std::string text() const;
  Problems notes() const { return problems; }
  std::vector<TextFile> files() const;

  std::string path, plot;
  Problems problems;           // notes only: others are thrown
  std::optional<Panel> panel;  // of a folder
  PanelCoverage coverage;
};

Check::Check(const Inputs& inputs)
    : path(inputs.names[0]), plot(inputs.settings.plot.value_or("")) {
  if (std::filesystem::is_directory(path)) {
    PanelReading reading = read_panel_checked(path);
    problems = std::move(reading.problems);
    panel = std::move(reading.panel);
  } else {
    problems = read_scenario_checked(path).problems;
    if (!plot.empty())
      throw Error({{path, "a scenario has no coverage to draw", "Name a panel's folder"}});
  }
  if (refuses(problems)) throw Error(std::move(problems));
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
  std::string text = fmt::format("{}: good{}\n", path, problems.empty() ? "" : ", with notes");
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
