// SPDX-License-Identifier: Apache-2.0
// A panel of which one file is the input: the first byte says which one. What is accepted is what
// a page can carry to its engine, and comes back from there.
#include "expect.hpp"
#include "panel_files.hpp"
#include "small_folder.hpp"
#include "small_study.hpp"
#include "tenbin/page/engine/study_check.hpp"

namespace {

using namespace tenbin;

void expect_figures(const Panel& panel) {
  for (const MilexCell& c : panel.milex) {
    fuzz::expect(!c.present() || (c.milex > 0 && c.milex <= 1e9));
    fuzz::expect(!known(c.burden) || (c.burden > 0 && c.burden <= 2));
  }
  for (const auto* spells : {&panel.rivalries, &panel.ties})
    for (const Spell& s : *spells)
      fuzz::expect(s.a != s.b && s.start <= s.end && s.value >= 0 && s.value <= 1);
  for (const Missile& m : panel.missiles) fuzz::expect(m.range_km >= 1 && m.range_km <= 20100);
  for (const PlanRow& p : panel.plans)
    fuzz::expect(p.burden > 0 && p.burden * p.to_panel <= 0.5 && p.from <= p.by && p.to_panel > 0);
  for (const Dispute& d : panel.disputes)
    fuzz::expect(d.a != d.b && d.hostility_level >= 1 && d.hostility_level <= 5);
}

/// A page of this panel, if it has years enough.
void expect_carried(const Panel& panel) {
  if (panel.last_year < panel.first_year + 2 || panel.years() >= 400 ||
      panel.states.size() > most_page_states)
    return;
  static const Draws spending = fuzz::small_draws(Equation::spending),
                     economy = fuzz::small_draws(Equation::economy);
  const Scenario plain{
      .id = "a", .name = "a", .start = panel.last_year, .end = panel.last_year + 1, .futures = 40};
  const PageStudy study{
      .panel = panel, .scenarios = {plain}, .spending = spending, .economy = economy};
  fuzz::expect(fault_of(study).empty());
  const std::string bytes = to_bytes(study);
  const auto back = from_bytes(bytes);
  fuzz::expect(back.has_value() && to_bytes(*back) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFolder& folder = fuzz::small_folder_here();
  fuzz::Input in(data, size);
  const auto& files = fuzz::panel_files();
  const std::string& name = files[in.take<std::uint8_t>() % files.size()];
  std::string text(in.text());
  if (name == "disputes.toml" || name == "keeping.toml") text = "digest = \"edited\"\n" + text;
  folder.write(name, text);
  const PanelReading reading = read_panel_checked(folder.path());
  fuzz::restore_small_folder(folder, name);
  for (const Problem& p : reading.problems) {
    fuzz::expect(!p.where.empty() && !p.what.empty());
    if (p.where.starts_with((folder.path() / name).string())) fuzz::expect_said({p}, text);
  }
  fuzz::expect(reading.panel.has_value() == !refuses(reading.problems));
  if (!reading.panel) return 0;
  expect_figures(*reading.panel);
  expect_carried(*reading.panel);
  return 0;
}
