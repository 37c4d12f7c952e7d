// SPDX-License-Identifier: Apache-2.0
// The list of experiments, against a small panel: what is accepted names its states, and years
// within its bounds.
#include "in_memory.hpp"
#include "small_folder.hpp"
#include "tenbin/io/experiments_file.hpp"

namespace {

using namespace tenbin;

void expect_sound(const Experiment& e, const Panel& panel) {
  const auto inside = [&](StateIndex i) { return i >= 0 && i < panel.size(); };
  fuzz::expect(!e.states.empty() && e.year >= 1800 && e.year <= 2200);
  for (const auto* states : {&e.states, &e.placebo_states})
    for (const StateIndex i : *states) fuzz::expect(inside(i));
  for (const int year : e.placebo_years) fuzz::expect(year >= 1800 && year < e.year);
  if (!e.war) return;
  fuzz::expect(inside(e.war->aggressor) && inside(e.war->against));
  fuzz::expect(e.war->from <= e.war->until && e.war->intensity > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file;
  static const Panel panel = fuzz::small_folder_panel();
  const std::string_view text = fuzz::Input(data, size).text();
  file.write(text);
  try {
    for (const Experiment& e : read_experiments(file.path(), panel)) expect_sound(e, panel);
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty());
    fuzz::expect_said(error.problems, text);
  }
  return 0;
}
