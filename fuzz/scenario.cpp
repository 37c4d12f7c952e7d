// SPDX-License-Identifier: Apache-2.0
// A scenario against a small panel. The first byte says how: its levers and settings alone, or
// the whole file from a folder, by itself or below another one that extends it. What is accepted
// is what a page can carry to its engine, and becomes a schedule.
#include "expect.hpp"
#include "small_folder.hpp"
#include "small_study.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/page/engine/study_check.hpp"

namespace {

using namespace tenbin;

const Panel& small() {
  static const Panel panel = fuzz::small_folder_panel();
  return panel;
}

void expect_usable(const Scenario& scenario) {
  static const Draws spending = fuzz::small_draws(Equation::spending),
                     economy = fuzz::small_draws(Equation::economy);
  PageStudy study{
      .panel = small(), .scenarios = {scenario}, .spending = spending, .economy = economy};
  fuzz::expect(fault_of(study).empty());
  for (const Lever& lever : scenario.levers) {
    const LeverSpec& s = spec(lever);
    for (const Value& v : {lever.value, lever.adherence}) {
      fuzz::expect(v.sd >= 0 && v.low <= v.high);
      fuzz::expect(v.ignored >= 0 && v.ignored <= 1);
    }
    const double factor = s.has(Gives::to_panel) ? 10 : 1;  // it is no longer known
    fuzz::expect(s.has(Gives::path) ||
                 (lever.value.low * factor >= s.low && lever.value.high <= s.high * factor));
    for (const YearValue& y : lever.path)
      fuzz::expect(y.value.low >= s.low && y.value.high <= s.high);
  }
  if (scenario.levers.size() > 20 || scenario.end - scenario.start > 20) return;
  const Schedule made = schedule(small(), scenario);
  fuzz::expect(made.start == scenario.start && made.end == scenario.end);
}

/// Levers and settings of a text.
void read_alone(std::string_view text) {
  Problems problems;
  const auto root = parse_toml(text, "scenario.toml", problems);
  if (!root) return fuzz::expect_said(problems, text);
  TomlReader top(*root, "scenario", problems);
  const Scenario scenario = read_scenario_table(top, small(), false, problems);
  top.finish();
  fuzz::expect_said(problems, text);
  if (!refuses(problems)) expect_usable(scenario);
}

void read_file(std::string_view text, bool below) {
  const fuzz::MemoryFolder& folder = fuzz::small_folder_here();
  // No other folder is read.
  if (text.find_first_of("/\\") != std::string_view::npos) return;
  folder.write("scenario.toml", text);
  folder.write("above.toml", "format = 1\nname = \"above\"\nextends = \"scenario.toml\"\n");
  const ScenarioReading reading =
      read_scenario_checked(folder.path() / (below ? "above.toml" : "scenario.toml"));
  for (const Problem& p : reading.problems) fuzz::expect(!p.where.empty() && !p.what.empty());
  fuzz::expect(reading.scenario.has_value() == !refuses(reading.problems));
  if (reading.scenario) expect_usable(*reading.scenario);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input in(data, size);
  const auto how = in.take<std::uint8_t>() % 8;
  if (how > 1)
    read_alone(in.text());
  else
    read_file(in.text(), how == 1);
  return 0;
}
