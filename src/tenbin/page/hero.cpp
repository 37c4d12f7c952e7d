// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/hero.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tenbin/page/phrases.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {
namespace {

constexpr int years_apart = 2;
constexpr std::size_t most_events = 5;
constexpr std::array<std::string_view, 4> decisions{"norm", "law", "strategy", "budget"};

/// The latest target that the focus has met by its own count although the panel counts less, or
/// null.
const TargetOutlook* counted_otherwise(const Briefing& b) {
  const Scenario& base = b.scenarios[0].scenario;
  const TargetOutlook* found = nullptr;
  for (const TargetOutlook& t : b.targets)
    if (t.state == base.focus && t.announced > 1.1 * t.target && (!found || t.by >= found->by))
      found = &t;
  return found;
}

}  // namespace

std::vector<const Event*> marked_events(const Briefing& b) {
  const Scenario& base = b.scenarios[0].scenario;
  std::vector<const Event*> marked;
  for (const Event& e : b.panel.events) {
    const bool own = !e.states.empty() && e.states.front() == base.focus;
    if (!own || e.weight > 1 || std::ranges::find(decisions, e.kind) == decisions.end()) continue;
    if (e.year < b.panel.first_year || e.year > base.start ||
        !b.panel.cell(base.focus, e.year).observed())
      continue;
    if (marked.empty() || e.year - marked.back()->year >= years_apart) marked.push_back(&e);
  }
  if (marked.size() > most_events)
    marked.erase(marked.begin(), marked.end() - static_cast<std::ptrdiff_t>(most_events));
  return marked;
}

std::string hero_figure(const Briefing& b, const Narrative& narrative) {
  const Scenario& base = b.scenarios[0].scenario;
  const std::string focus = short_name(b.panel.states[base.focus]);
  const std::vector<const Event*> marked = marked_events(b);
  const FuturesSection futures(b);
  std::string events, why;
  for (const Event* e : marked)
    events += fmt::format("<li><b>{}</b> {}</li>", e->year, isolated(e->title));
  if (const TargetOutlook* t = counted_otherwise(b))
    why = fmt::format(
        "<p class=\"soft\">{}</p>",
        escape(say(b.language, phrases.two_numbers, fmt::arg("state", capitalised(focus)),
                   fmt::arg("announced", fmt::format("{:.3g}%", 100 * t->announced)),
                   fmt::arg("definition", translated(t->definition, b.language)),
                   fmt::arg("target", fmt::format("{:.3g}%", 100 * t->target)))));
  return fmt::format(
      "<figure class=\"card\"><figcaption id=\"hero-title\">{}</figcaption><div "
      "id=\"hero-chart\">{}</div><p id=\"hero-chart-reads\" class=\"reads\"></p>{}{}{}</figure>",
      escape(say(b.language, phrases.hero_chart, fmt::arg("state", capitalised(focus)),
                 fmt::arg("plans", narrative.plans()))),
      futures.hero(marked), events.empty() ? "" : "<ol class=\"events\">" + events + "</ol>", why,
      as_table(futures.fan_table(base.focus, futures.hero_quantity()), b.language));
}

std::string hero_controls(const Briefing& b) {
  std::string presets;
  for (std::size_t s = 1; s < b.scenarios.size(); ++s)
    presets +=
        fmt::format("<button type=\"button\" data-preset=\"{}\" aria-pressed=\"false\">{}</button>",
                    s, isolated(b.scenarios[s].scenario.name));
  return fmt::format(
      "<aside class=\"try\" aria-label=\"{0}\"><h2>{0}</h2><div id=\"hero-slider\"><div "
      "class=\"slider\"></div></div><div class=\"presets\">{1}</div><h3 "
      "id=\"consequences-title\">{2}</h3><dl id=\"consequences\" "
      "aria-labelledby=\"consequences-title\"></dl><p><a "
      "href=\"#policy\">{3}</a></p></aside>",
      say(b.language, "Try it"), presets,
      say(b.language, "What follows by {year}", fmt::arg("year", b.scenarios[0].scenario.end)),
      say(b.language, "More levers"));
}

}  // namespace tenbin
