// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/section_charts.hpp"
#include "tenbin/page/sections.hpp"
#include "tenbin/past/promises.hpp"

namespace tenbin {
namespace {

/// Explains a way of counting; empty for whole stocks.
std::string what_counts(BalanceCut cut) {
  switch (cut) {
    case BalanceCut::whole:
      return "";
    case BalanceCut::by_treaty:
      return "Weighted by treaty: a member with a defence treaty inside its bloc counts in "
             "proportion to its strongest commitment; a lever on that commitment changes it. ";
    case BalanceCut::in_region:
      return fmt::format(
          "Weighted by region: {:.0f}% of a member’s spending counts if no member of the other "
          "bloc "
          "is in its region (an assumption). ",
          100 * share_in_region);
    case BalanceCut::purchasing_power:
      return "Purchasing power: at military price levels of the first year.";
  }
  return "";
}

}  // namespace

std::string AllianceSection::burden_sharing() const {
  if (b_.targets.empty()) return "";
  return "<section class=\"page\">" + dumbbells() + targets() + record() + "</section>";
}

/// Today's share and the announced one, both by the panel's measure.
std::string AllianceSection::dumbbells() const {
  DumbbellChart chart{.label = fmt::format("Share of GDP in {} and announced target", base_.start),
                      .from_words = fmt::format("share in {}", base_.start),
                      .to_words = "announced target, as the panel counts it"};
  for (const TargetOutlook& t : b_.targets) {
    if (t.by <= base_.start) continue;
    const std::string who =
        fmt::format("{} {}", capitalised(short_name(panel_.states[t.state])), t.by);
    const bool met = t.gap <= 0 || meets(t.now, t.target);
    const std::string text = (met ? "reached; " : "") + chance_text(t.in_time.p) + " in its year";
    chart.rows.push_back(
        {who, known(t.in_time.p) || met ? text : "", t.now, t.target, t.state == base_.focus});
    chart.label += fmt::format("; {}: {}, {}", who, share_text(t.now), share_text(t.target));
  }
  if (chart.rows.empty()) return "";
  return "<figure class=\"card coverage\" tabindex=\"0\"><figcaption>Where countries are, and what "
         "they announced. Right: chance of being at or above the target in its year</figcaption>" +
         draw(chart) + "</figure>";
}

std::string AllianceSection::targets() const {
  std::string html =
      "<details><summary>Announced targets, with definitions and sources</summary><p>A "
      "government’s own definition often counts more than this panel does. The factor between the "
      "two comes from years in which both are known.</p><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">Country</th><th "
      "scope=\"col\">Announced</th><th scope=\"col\" class=\"n\">As counted here</th><th "
      "scope=\"col\" class=\"n\">Extra spending needed a year</th><th scope=\"col\" "
      "class=\"n\">Chance in its year</th><th "
      "scope=\"col\" class=\"n\">First year with 50% or more</th><th scope=\"col\">Definition and "
      "source</th></tr></thead><tbody>";
  for (const TargetOutlook& t : b_.targets) {
    const bool met = t.gap <= 0 || meets(t.now, t.target), past = t.by <= base_.start;
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{:.3g}% by {}</td><td class=\"n\">{:.3g}%</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"why\">{}. {}{}</td></tr>",
        name(t.state), 100 * t.announced, t.by, 100 * t.target,
        met ? "reached" : money_.text(t.gap),
        known(t.in_time.p) ? chance_text(t.in_time.p)
        : past             ? (met ? "met" : "missed")
                           : "due later",
        past             ? ""
        : t.year_reached ? std::to_string(t.year_reached)
                         : fmt::format("none to {}", base_.end),
        isolated(t.definition), isolated(t.source),
        t.status == "known" ? " (general knowledge)" : "");
  }
  return html + "</tbody></table></div></details>";
}

/// How earlier promises of the panel's states ended, and what is expected of the kinds above.
std::string AllianceSection::record() const {
  std::string html;
  for (const BaseRateRow& r : panel_.base_rates)
    html += fmt::format("{}: {} of {} by {}. ", isolated(r.what), r.cases, r.of, r.to);
  if (!html.empty()) html = "<p>Record. " + html + "</p>";
  const Keeping* const keeping = keeping_in(panel_, base_.start);
  const auto cases = promise_cases(panel_, base_.start);
  if (keeping == nullptr || cases.empty()) return html;
  html += fmt::format(
      "<div class=\"scroll kept\" tabindex=\"0\"><table><caption>How pledges were kept that ended "
      "or "
      "were replaced by {}, by kind, in all countries in our ledger</caption><thead><tr><th "
      "scope=\"col\">Kind of pledge</th><th scope=\"col\" class=\"n\">Cases</th><th scope=\"col\" "
      "class=\"n\">Ignored</th><th scope=\"col\" class=\"n\">Part of the gap closed by the "
      "others</th></tr></thead><tbody>",
      keeping->as_of);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    const KindKeeping& kind = keeping->kinds[k];
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{:.0f}%</td><td "
        "class=\"n\">{:.0f}% (± {:.0f})</td></tr>",
        escape(promise_words(static_cast<PledgeKind>(k))), kind.cases, 100 * kind.ignored,
        100 * kind.mean, 100 * kind.sd);
  }
  html += fmt::format(
      "</tbody></table></div><details><summary>How {} earlier pledges of these countries "
      "ended</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th "
      "scope=\"col\">Country</th><th scope=\"col\">Pledge</th><th scope=\"col\">Kind</th><th "
      "scope=\"col\" class=\"n\">Share before</th><th scope=\"col\" class=\"n\">Share at the "
      "end</th><th scope=\"col\" class=\"n\">Part of the gap closed</th></tr></thead><tbody>",
      cases.size());
  for (const PromiseCase& c : cases) {
    const Pledge& p = panel_.pledges[c.pledge];
    const auto share = [&](int year) {
      return fmt::format("{:.3g}%", 100 * panel_.cell(p.state, year).burden);
    };
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{:.3g}% by {}, announced in {}</td><td>{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{} in {}{}</td><td class=\"n\">{}</td></tr>",
        name(p.state), 100 * p.target, p.due(), p.announced, escape(promise_words(p.kind)),
        share(c.from - 1), share(c.ended), c.ended, c.ended < p.due() ? " (replaced)" : "",
        fmt::format("{}{:.0f}%", c.closed() < 0 ? "\u2212" : "", std::abs(100 * c.closed())));
  }
  return html + "</tbody></table></div></details>";
}

/// The first two blocs of the first scenario, under each scenario.
std::string AllianceSection::balance() const {
  const auto weighed = [](const auto& years) { return years.back().ratio.exists; };
  if (b_.balance.empty() || !std::ranges::all_of(b_.balance.front().years, weighed)) return "";
  const Bloc &one = base_.blocs[0], &two = base_.blocs[1];
  const auto called = [&](const Bloc& bloc) {
    return escape(bloc_name(panel_, base_.start, bloc));
  };
  const auto members = [&](const Bloc& bloc) {
    std::string list;
    for (const StateIndex i : bloc.members) list += (list.empty() ? "" : ", ") + name(i);
    return list;
  };
  return fmt::format(
      "<section><p>{} of {} that can act against {}, divided by that of {} that can act "
      "against {}. Above 1, the first group has accumulated more; this does not say who would "
      "win. Readiness, doctrine and nuclear weapons are not counted. The way of counting matters "
      "more than most scenarios; the "
      "table shows each.</p><div class=\"two\">{}<div><p class=\"soft\">{}: {}. {}: "
      "{}.</p>{}</div></div>{}</section>",
      term("Accumulated spending", "stock"), called(one), called(two), called(two), called(one),
      balance_charts(), capitalised(called(one)), members(one), capitalised(called(two)),
      members(two), ways_of_counting(), balance_table());
}

std::string AllianceSection::ways_of_counting() const {
  std::string said;
  for (const BalanceAnswers& answers : b_.balance) said += what_counts(answers.cut);
  return said.empty() ? said : "<p class=\"soft\">" + said + "</p>";
}

/// The whole stocks under each scenario, year by year.
std::string AllianceSection::balance_charts() const {
  const Bloc &one = base_.blocs[0], &two = base_.blocs[1];
  const auto& whole = b_.balance.front().years;
  std::string charts;
  for (std::size_t s = 0; s < whole.size(); ++s) {
    const BalanceYear& end = whole[s].back();
    FanChart c{.first_year = base_.start, .start = base_.start, .end = base_.end};
    c.text = [](double x) { return fmt::format("{:.3g}", x); };
    for (const BalanceYear& y : whole[s]) c.bands.push_back(y.ratio);
    if (s > 0)
      for (const BalanceYear& y : whole[0]) c.baseline.push_back(y.ratio);
    c.label = fmt::format(
        "Accumulated spending of {} over that of {} under \u201c{}\u201d: median {:.2f} in {}, "
        "likely range {:.2f} to {:.2f}",
        bloc_name(panel_, base_.start, one), bloc_name(panel_, base_.start, two),
        b_.scenarios[s].scenario.name, end.ratio.median(), base_.end, end.ratio.low80(),
        end.ratio.high80());
    charts += fmt::format("<div class=\"pick scenario-{}\"><p><b>{}</b></p>{}</div>", s,
                          isolated(b_.scenarios[s].scenario.name), draw(c));
  }
  return fmt::format(
      "<figure class=\"card\"><figcaption>{} over {}, all spending at "
      "market prices, in the chosen scenario</figcaption>{}</figure>",
      escape(capitalised(bloc_name(panel_, base_.start, one))),
      escape(bloc_name(panel_, base_.start, two)), charts);
}

/// The last year by each way of counting, under each scenario; the start above.
std::string AllianceSection::balance_table() const {
  std::string head = "<th scope=\"col\">Scenario</th>", start, rows;
  for (const BalanceAnswers& answers : b_.balance) {
    head += fmt::format("<th scope=\"col\" class=\"n\">{}</th>",
                        balance_cut_words[static_cast<std::size_t>(answers.cut)]);
    const Band& now = answers.years[0].front().ratio;
    start += fmt::format("<td class=\"n\">{}</td>",
                         now.exists ? fmt::format("{:.2f}", now.median()) : "");
  }
  for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", isolated(b_.scenarios[s].scenario.name));
    for (const BalanceAnswers& answers : b_.balance) {
      const Band& end = answers.years[s].back().ratio;
      rows += fmt::format("<td class=\"n\">{}</td>",
                          end.exists
                              ? fmt::format("{:.2f} <span class=\"soft\">({:.2f} to {:.2f})</span>",
                                            end.median(), end.low80(), end.high80())
                              : "");
    }
    rows += "</tr>";
  }
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{}</tr></thead><tbody><tr><th "
      "scope=\"row\">{}, "
      "today</th>{}</tr>{}</tbody></table></div><p class=\"soft\">Median in {} and likely range "
      "(80%).</p>",
      head, base_.start, start, rows, base_.end);
}

/// Rivals that reach the focus, or that it reaches, as items of a list.
std::string AllianceSection::reach_list(bool of_focus) const {
  std::string items;
  int first_missile = base_.start;  // the first year that the table of missiles knows
  for (const Missile& m : panel_.missiles) first_missile = std::min(first_missile, m.in_service);
  for (const Reaching& r : b_.reach) {
    if ((of_focus ? r.from : r.to) != base_.focus) continue;
    std::string newest;
    int entered = 0;
    for (const Missile& m : panel_.missiles)
      if (m.state == r.from && m.in_service <= base_.start && m.range_km >= r.distance_km) {
        if (m.in_service >= entered) entered = m.in_service, newest = m.system;
      }
    items += fmt::format(
        "<li><b>{}</b> ({} km between the capitals): in reach since {}{} with {}; newest system of "
        "this range: {} ({})</li>",
        name(of_focus ? r.to : r.from), grouped(r.distance_km), r.since,
        r.since <= first_missile ? " or earlier" : "", isolated(r.system), isolated(newest),
        entered);
  }
  return items;
}

std::string AllianceSection::reach(bool live) const {
  if (b_.reach.empty()) return "";
  const std::string at = reach_list(false), from = reach_list(true), focus = name(base_.focus);
  std::string html = "<section>";
  if (!at.empty())
    html += "<h3>Rivals whose missiles can reach " + focus + "</h3><ul>" + at + "</ul>";
  if (!from.empty()) html += "<h3>Rivals that " + focus + " can reach</h3><ul>" + from + "</ul>";
  html +=
      "<p class=\"soft\">Distances are from capital to capital; launch areas can be nearer. "
      "Ranges are press figures. Nothing is said about whether a missile gets through.</p>";
  if (live)
    html +=
        "<figure class=\"card\"><figcaption id=\"reach-says\"></figcaption><div "
        "id=\"reach-map\"></div><p class=\"key\">Rings: range of missiles in service, from the "
        "capital of the chosen country. Lines: the shortest way to the capital of each rival, "
        "orange if the longest range covers it. Coasts without borders, from Natural "
        "Earth.</p></figure>";
  html +=
      "<details><summary>All pairs of rivals</summary><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">From</th><th "
      "scope=\"col\">Reaches</th></tr></thead><tbody>";
  for (std::size_t k = 0; k < b_.reach.size();) {
    const StateIndex from_state = b_.reach[k].from;
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>", name(from_state));
    for (bool first = true; k < b_.reach.size() && b_.reach[k].from == from_state;
         ++k, first = false)
      html += fmt::format("{}{} <span class=\"soft\">({} km, first in {} with {})</span>",
                          first ? "" : "; ", name(b_.reach[k].to), grouped(b_.reach[k].distance_km),
                          b_.reach[k].since, isolated(b_.reach[k].system));
    html += "</td></tr>";
  }
  return html + "</tbody></table></div></details></section>";
}

}  // namespace tenbin
