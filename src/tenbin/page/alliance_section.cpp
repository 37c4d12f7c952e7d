// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "tenbin/page/glossary.hpp"
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
          "Weighted by region: {:.0f} % of a member's spending counts if no member of the other "
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
  return html + "seen: read in a public source; known: general knowledge.</p>" + record() +
         "</section>";
}

/// How earlier promises of the panel's states ended, and what is expected of the kinds above.
std::string AllianceSection::record() const {
  const Keeping* const keeping = keeping_in(panel_, base_.start);
  const auto cases = promise_cases(panel_, base_.start);
  if (keeping == nullptr || cases.empty()) return "";
  std::string html = fmt::format(
      "<div class=\"scroll kept\" tabindex=\"0\"><table><caption>How promises of these kinds were "
      "kept that ended or were replaced by {}, in all countries that we know "
      "of</caption><thead><tr><th>Kind</th><th "
      "class=\"n\">Promises</th><th class=\"n\">Country cases</th><th class=\"n\">Change "
      "nothing</th><th class=\"n\">The others close</th></tr></thead><tbody>",
      keeping->as_of);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    const KindKeeping& kind = keeping->kinds[k];
    html += fmt::format(
        "<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{:.0f} in "
        "100</td><td class=\"n\">{:.0f} % of the gap (give or take {:.0f})</td></tr>",
        escape(promise_words(static_cast<PledgeKind>(k))), kind.promises, kind.cases,
        100 * kind.ignored, 100 * kind.mean, 100 * kind.sd);
  }
  html += fmt::format(
      "</tbody></table></div><details><summary>How {} earlier promises of these states "
      "ended</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>State</th><th>"
      "Promise</th><th>Kind</th><th class=\"n\">Share before</th><th class=\"n\">Share in its last "
      "year</th><th class=\"n\">Part of the gap closed</th></tr></thead><tbody>",
      cases.size());
  for (const PromiseCase& c : cases) {
    const Pledge& p = panel_.pledges[c.pledge];
    const auto share = [&](int year) { return percent(panel_.cell(p.state, year).burden); };
    html += fmt::format(
        "<tr><th>{}</th><td>{:.3g} % by {}, announced in {}</td><td>{}</td><td class=\"n\">{}</td>"
        "<td class=\"n\">{} in {}{}</td><td class=\"n\">{}</td></tr>",
        name(p.state), 100 * p.target, p.due(), p.announced, escape(promise_words(p.kind)),
        share(c.from - 1), share(c.ended), c.ended, c.ended < p.due() ? " (replaced)" : "",
        fmt::format("{}{:.0f} %", c.closed() < 0 ? "\u2212" : "", std::abs(100 * c.closed())));
  }
  return html + "</tbody></table></div></details>";
}

/// The first two blocs of the first scenario, under each scenario.
std::string AllianceSection::balance() const {
  const auto weighed = [](const auto& years) { return years.back().ratio.exists; };
  if (b_.balance.empty() || !std::ranges::all_of(b_.balance.front().years, weighed)) return "";
  const Bloc &one = base_.blocs[0], &two = base_.blocs[1];
  const auto called = [](const Bloc& bloc) { return "\u201c" + isolated(bloc.name) + "\u201d"; };
  const auto members = [&](const Bloc& bloc) {
    std::string list;
    for (const StateIndex i : bloc.members) list += (list.empty() ? "" : ", ") + name(i);
    return list;
  };
  return fmt::format(
      "<section id=\"balance\"><h2>Balance of the blocs</h2><p>The {} of {} that reaches {}, "
      "divided by that of {} that reaches {}. Above 1, the first bloc is ahead. It says nothing "
      "about readiness, doctrine or nuclear weapons. The way of counting matters more than most "
      "scenarios, so the table shows each."
      "</p><div class=\"two\">{}<div><p class=\"soft\">{}: {}. {}: "
      "{}.</p>{}</div></div>{}</section>",
      term("accumulated spending", "stock"), called(one), called(two), called(two), called(one),
      balance_charts(), called(one), members(one), called(two), members(two), ways_of_counting(),
      balance_table());
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
        "Stock of {} over that of {} under \u201c{}\u201d: {:.2f} in {}, 8 in 10 "
        "futures between {:.2f} and {:.2f}",
        one.name, two.name, b_.scenarios[s].scenario.name, end.ratio.median(), base_.end,
        end.ratio.low80(), end.ratio.high80());
    charts += fmt::format("<div class=\"pick scenario-{}\"><p><b>{}</b></p>{}</div>", s,
                          isolated(b_.scenarios[s].scenario.name), draw(c));
  }
  return fmt::format(
      "<figure class=\"card\"><figcaption>\u201c{}\u201d over \u201c{}\u201d, all spending at "
      "market prices, in the chosen scenario</figcaption>{}</figure>",
      isolated(one.name), isolated(two.name), charts);
}

/// The last year by each way of counting, under each scenario; the start above.
std::string AllianceSection::balance_table() const {
  std::string head = "<th>Scenario</th>", start, rows;
  for (const BalanceAnswers& answers : b_.balance) {
    head += fmt::format("<th class=\"n\">{}</th>",
                        balance_cut_words[static_cast<std::size_t>(answers.cut)]);
    const Band& now = answers.years[0].front().ratio;
    start += fmt::format("<td class=\"n\">{}</td>",
                         now.exists ? fmt::format("{:.2f}", now.median()) : "");
  }
  for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
    rows += fmt::format("<tr><th>{}</th>", isolated(b_.scenarios[s].scenario.name));
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
      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{}</tr></thead><tbody><tr><th>{}, "
      "today</th>{}</tr>{}</tbody></table></div><p class=\"soft\">Median in {} and likely range "
      "(80 %).</p>",
      head, base_.start, start, rows, base_.end);
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
