// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {

std::string AllianceSection::burden_sharing() const {
  if (b_.targets.empty()) return "";
  std::string html = fmt::format(
      "<section id=\"burden-sharing\" class=\"page\"><h2>Burden sharing: announced targets and "
      "what becomes of them</h2><p>A "
      "government's own share often counts more than this panel's measure does; the factor is "
      "judged from "
      "years that both report. Under \u201c{}\u201d.</p><div "
      "class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>State</th><th>Announced</th><th "
      "class=\"n\">By this "
      "measure</th>"
      "<th class=\"n\">Share in {}</th><th class=\"n\">Gap a year</th><th class=\"n\">At or above "
      "it in its year</th><th class=\"n\">More likely than not from</th><th>Definition and "
      "source</th></tr></thead><tbody>",
      escape(base_.name), base_.start);
  for (const TargetOutlook& t : b_.targets)
    html += fmt::format(
        "<tr><th>{}</th><td>{:.3g} % by {}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
        "<td class=\"why\">{}. {} ({})</td></tr>",
        name(t.state), 100 * t.announced, t.by, percent(t.target), percent(t.now),
        t.gap <= 0               ? "met"
        : meets(t.now, t.target) ? "within 2 %"
                                 : money_.text(t.gap),
        known(t.in_time.p)    ? in_hundred(t.in_time)
        : t.by <= base_.start ? "past: " + std::string(t.gap <= 0               ? "met"
                                                       : meets(t.now, t.target) ? "met within 2 %"
                                                                                : "missed")
                              : "after the end",
        t.by <= base_.start ? ""
        : t.year_reached    ? std::to_string(t.year_reached)
                            : fmt::format("not by {}", base_.end),
        isolated(t.definition), isolated(t.source), escape(t.status));
  html += "</tbody></table></div><p class=\"soft\">";
  for (const BaseRateRow& r : panel_.base_rates)
    html += fmt::format("Base rate: {}: {} of {} by {}{}. ", isolated(r.what), r.cases, r.of, r.to,
                        r.source.empty() ? "" : " (" + isolated(r.source) + ")");
  return html + "seen: read in a public source; known: general knowledge.</p></section>";
}

/// The first two blocs of the first scenario, under each scenario.
std::string AllianceSection::balance() const {
  const auto weighed = [](const auto& years) { return years.back().ratio.exists; };
  if (b_.balance.empty() || !std::ranges::all_of(b_.balance, weighed)) return "";
  const Bloc &one = base_.blocs[0], &two = base_.blocs[1];
  const auto called = [](const Bloc& bloc) { return "\u201c" + isolated(bloc.name) + "\u201d"; };
  const auto members = [&](const Bloc& bloc) {
    std::string list;
    for (const StateIndex i : bloc.members) list += (list.empty() ? "" : ", ") + name(i);
    return list;
  };
  std::string charts, table;
  for (std::size_t s = 0; s < b_.balance.size(); ++s) {
    const auto& years = b_.balance[s];
    const BalanceYear& end = years.back();
    FanChart c{.first_year = base_.start, .start = base_.start, .end = base_.end};
    c.text = [](double x) { return fmt::format("{:.3g}", x); };
    for (const BalanceYear& y : years) c.bands.push_back(y.ratio);
    if (s > 0)
      for (const BalanceYear& y : b_.balance[0]) c.baseline.push_back(y.ratio);
    c.label = fmt::format(
        "Stock of {} over that of {} under \u201c{}\u201d: {:.2f} in {}, 8 in 10 "
        "futures between {:.2f} and {:.2f}",
        one.name, two.name, b_.scenarios[s].scenario.name, end.ratio.median(), base_.end,
        end.ratio.low80(), end.ratio.high80());
    charts += fmt::format("<div class=\"pick scenario-{}\"><p><b>{}</b></p>{}</div>", s,
                          isolated(b_.scenarios[s].scenario.name), draw(c));
    table += fmt::format(
        "<tr><th>{}</th><td class=\"n\">{:.2f}</td><td class=\"n\">{:.2f}</td><td "
        "class=\"n\">{:.2f} to {:.2f}</td><td class=\"n\">{}</td></tr>",
        isolated(b_.scenarios[s].scenario.name), years.front().ratio.median(), end.ratio.median(),
        end.ratio.low80(), end.ratio.high80(), in_hundred(end.first_ahead));
  }
  return fmt::format(
      "<section id=\"balance\"><h2>Balance of the blocs</h2><p>How much of the {} of {} bears "
      "on "
      "{}, over how much of {}'s bears on it: a member's stock of past spending counts with how "
      "far "
      "it reaches the other bloc. Above 1 the first is ahead. Money leaves out readiness, "
      "doctrine, "
      "nuclear weapons and where forces stand; and a member's stock counts whole, however firm its "
      "commitment is.</p><p class=\"soft\">{}: {}. {}: {}.</p><div "
      "class=\"two\"><figure class=\"card\"><figcaption>{} over {}, futures of the chosen "
      "scenario</figcaption>{}</figure><div "
      "class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>Scenario</th><th "
      "class=\"n\">{}</th><th class=\"n\">{}</th><th class=\"n\">8 in 10</th><th class=\"n\">{} "
      "ahead in {}</th></tr></thead><tbody>{}</tbody></table></div></div></section>",
      term("stock", "stock"), called(one), called(two), called(two), called(one), members(one),
      called(two), members(two), called(one), called(two), charts, base_.start, base_.end,
      called(one), base_.end, table);
}

std::string AllianceSection::reach(bool live) const {
  if (b_.reach.empty()) return "";
  std::string html = fmt::format(
      "<section id=\"reach\"><h2>Reach</h2>{}<p>Whose missiles reach the capital of a state that "
      "counts them as a "
      "rival, {}, great circle from capital to capital.</p>"
      "<div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th>From</th><th>Reaches</th></tr></thead><tbody>",
      live ? "<figure class=\"card\"><figcaption id=\"reach-says\"></figcaption><div "
             "id=\"reach-map\"></div><p class=\"key\">Rings: how far missiles that have entered "
             "service reach "
             "from the capital. Lines: the shortest way to the capital of each rival, in orange "
             "where the longest of them reaches it. Coasts without borders, from Natural Earth. A "
             "range is a press figure; nothing is said of whether a missile gets through.</p>"
             "</figure>"
           : "",
      base_.start);
  for (std::size_t k = 0; k < b_.reach.size();) {
    const StateIndex from = b_.reach[k].from;
    html += fmt::format("<tr><th>{}</th><td>", name(from));
    for (bool first = true; k < b_.reach.size() && b_.reach[k].from == from; ++k, first = false)
      html += fmt::format("{}{} <span class=\"soft\">({:.0f} km, since {} with {})</span>",
                          first ? "" : "; ", name(b_.reach[k].to), b_.reach[k].distance_km,
                          b_.reach[k].since, isolated(b_.reach[k].system));
    html += "</td></tr>";
  }
  return html + "</tbody></table></div></section>";
}

}  // namespace tenbin
