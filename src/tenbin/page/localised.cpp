// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/localised.hpp"

#include <algorithm>

#include "tenbin/page/japanese/countries.hpp"

namespace tenbin {

Briefing localised(Briefing b, Language language) {
  b.language = language;
  if (language == Language::english) return b;
  for (State& s : b.panel.states) {
    const auto found = std::ranges::find(japanese_countries, s.id, &CountryName::id);
    if (found == japanese_countries.end()) continue;
    s.name = found->name;
    if (!found->capital.empty()) s.capital = found->capital;
  }
  for (Event& e : b.panel.events)
    if (!e.title_ja.empty()) e.title = e.title_ja;
  const auto translate = [&](std::string& text) { text = translated(text, language); };
  for (ScenarioAnswers& a : b.scenarios) {
    translate(a.scenario.name);
    translate(a.scenario.about);
    for (Lever& l : a.scenario.levers) translate(l.why);
  }
  return b;
}

}  // namespace tenbin
