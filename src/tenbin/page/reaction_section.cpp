// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/section_charts.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {
namespace {

using fmt::arg;

/// What the shares are.
Sentence what_a_share_is(const Threats& threats) {
  if (std::ranges::none_of(threats.pairs,
                           [](const Threat& t) { return known(t.money_risk_share); }))
    return "Each rival’s share of the threat to a country: its accumulated military spending, "
           "weighted by hostility and reach. The shares compare the rivals in this panel only; "
           "they do not measure danger. Incidents are not computed for this panel, so a poor rival "
           "with many weapons counts too little.";
  return "Each rival’s share of the threat to a country: its accumulated military spending, "
         "weighted by hostility and reach, times the yearly risk of a fatal incident. The shares "
         "compare the rivals in this panel only; they do not measure danger. The table below adds "
         "the shares by spending alone and by risk alone. The risk column does not add up to 100%: "
         "the rest comes from countries that are not counted as rivals.";
}

std::string bar_of(double share) {
  return fmt::format(
      "<svg class=\"bar\" viewBox=\"0 0 100 10\" aria-hidden=\"true\"><path "
      "d=\"M0,5H{:.0f}\" stroke=\"#0072b2\" stroke-width=\"10\"/></svg> {:.0f}%",
      100 * share, 100 * share);
}

}  // namespace

std::string ReactionSection::whole() const {
  return "<section class=\"page\">" + matrix() + threats() + "<h3>" +
         say("How strongly do countries respond?") + "</h3>" + responses() + "</section>";
}

/// Rows feel, columns cause; the focus first.
std::string ReactionSection::matrix() const {
  std::vector<StateIndex> rows, columns;
  for (const Threat& t : b_.threats.pairs) {
    if (!t.is_rival()) continue;
    if (std::ranges::find(rows, t.threatened) == rows.end()) rows.push_back(t.threatened);
    if (std::ranges::find(columns, t.other) == columns.end()) columns.push_back(t.other);
  }
  if (rows.empty() || columns.size() > most_states_drawn) return "";
  const auto posed = [&](StateIndex i) {  // in all
    double sum = 0;
    for (const Threat& t : b_.threats.pairs)
      if (t.other == i && t.is_rival()) sum += t.part();
    return sum;
  };
  std::stable_partition(rows.begin(), rows.end(), [&](StateIndex i) { return i == base_.focus; });
  std::ranges::stable_sort(columns, std::greater{}, posed);
  ShareMatrix m{
      .label = say("Share of the threat to each country in {year}", arg("year", base_.start)),
      .rows_title = say("threatened ↓"),
      .columns_title = say("by →")};
  for (const StateIndex i : columns) m.columns.push_back(capitalised(short_name(panel_.states[i])));
  for (const StateIndex i : rows) {
    m.rows.push_back(capitalised(short_name(panel_.states[i])));
    m.label += fmt::format("; {}:", m.rows.back());
    std::vector<double>& shares = m.share.emplace_back(columns.size(), missing);
    for (const Threat& t : b_.threats.pairs)
      if (t.threatened == i && t.is_rival()) {
        const auto c = std::ranges::find(columns, t.other) - columns.begin();
        shares[static_cast<std::size_t>(c)] = t.part();
        m.label +=
            fmt::format(" {} {:.0f}%", m.columns[static_cast<std::size_t>(c)], 100 * t.part());
      }
  }
  return "<p>" + say(what_a_share_is(b_.threats)) +
         "</p><figure class=\"card coverage\" tabindex=\"0\">" + draw(m) + "</figure>";
}

/// Rows of some states: of each rival the share of the threat, and why it is a rival.
std::string ReactionSection::threat_rows(bool of_focus) const {
  std::string rows;
  const auto whole_percent = [](double x) {
    return known(x) ? fmt::format("{:.0f}%", 100 * x) : "";
  };
  const std::vector<Threat>& pairs = b_.threats.pairs;
  for (auto t = pairs.begin(); t != pairs.end();) {
    const auto end = std::find_if(t, pairs.end(),
                                  [&](const Threat& o) { return o.threatened != t->threatened; });
    if ((t->threatened == base_.focus) != of_focus) {
      t = end;
      continue;
    }
    std::string head =
        fmt::format("<th scope=\"rowgroup\" rowspan=\"{}\">{}</th>",
                    std::count_if(t, end, std::mem_fn(&Threat::is_rival)), name(t->threatened));
    for (; t != end; ++t) {
      if (!t->is_rival()) continue;
      rows += fmt::format(
          "<tr>{}<td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"why\">{}</td></tr>",
          std::exchange(head, ""), name(t->other), bar_of(t->part()), whole_percent(t->money_share),
          whole_percent(t->risk_share), isolated(translated(t->basis, b_.language)));
    }
  }
  return rows;
}

std::string ReactionSection::threats() const {
  const auto table = [&](const std::string& rows) {
    return fmt::format(
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">{}</th><th "
        "scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th "
        "scope=\"col\" class=\"n\">{}</th><th "
        "scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table></div>",
        say("Country"), say("Rival"), term(say("Share of the threat"), "threat", b_.language),
        say("By spending"), say("By risk"), say("Reason for the rivalry"), rows);
  };
  const std::string own = threat_rows(true), others = threat_rows(false);
  std::string html;
  if (!own.empty()) html += table(own);
  if (!others.empty())
    html += "<details><summary>" + say("The same for all countries") + "</summary>" +
            table(others) + "</details>";
  return html;
}

/// What exchanged partners say of the reactions; empty where it is not known.
std::string ReactionSection::placebo() const {
  std::string results;
  for (const PlaceboVerdict& v : b_.placebos) {
    const int rounded = static_cast<int>(100 * v.p + 0.5);
    const auto percent = arg("percent", rounded);  // refers to the number
    if (!results.empty()) results += say("; ");
    if (v.term == "rivals")
      results += v.finding()
                     ? say("the response to rivals is at least as large with random partners in "
                           "{percent}% of the trials (more than chance)",
                           percent)
                     : say("the response to rivals is at least as large with random partners in "
                           "{percent}% of the trials (may be chance)",
                           percent);
    else
      results += v.finding()
                     ? say("the response to allies is at least as large with random partners in "
                           "{percent}% of the trials (more than chance)",
                           percent)
                     : say("the response to allies is at least as large with random partners in "
                           "{percent}% of the trials (may be chance)",
                           percent);
  }
  return results.empty() ? results : say("Placebo test: {results}.", arg("results", results));
}

std::string ReactionSection::responses() const {
  std::string html = fmt::format(
      "<p>{}</p><details><summary>{}</summary><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" "
      "class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" "
      "class=\"n\">{}</th></tr></thead><tbody>",
      joined({say("Estimate: how much a country’s spending changes within a year when the "
                  "accumulated spending of its rivals and its own rise by 10%."),
              Narrative(b_).responses_seen() ? ""
                                             : say("No country’s response can be told from zero."),
              placebo()},
             b_.language),
      say("The estimates, country by country"), say("Country"),
      term(say("Response"), "rival_response", b_.language), say("90% range"),
      term(say("Long-run share of GDP without a plan"), "burden at rest", b_.language));
  for (const ReactionRow& r : b_.reactions) {
    const bool off = r.rival_response.fixed;
    const auto number = [&](double x) { return signed_number(10 * x, 1) + "%"; };
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td></tr>",
        name(r.state), off ? say("switched off") : number(r.rival_response.mean),
        off ? ""
            : say("{low} to {high}", arg("low", number(r.rival_response.q05)),
                  arg("high", number(r.rival_response.q95))),
        r.resting.exists ? with_range(share_text(r.resting.median()), share_text(r.resting.low80()),
                                      share_text(r.resting.high80()))
                         : "");
  }
  std::vector<std::string> notes{
      say("Long-run share without a plan: the share to which the model would return if threat, "
          "cover and growth stayed as they are today. Range: 80%.")};
  for (const ReactionRow& r : b_.reactions)
    if (r.state == base_.focus)
      notes.push_back(say("The return is slow: {state} closes about {share}% of the gap a year.",
                          arg("state", name(r.state)),
                          arg("share", fmt::format("{:.1f}", 100 * r.pull.mean))));
  return html + "</tbody></table></div><p class=\"soft\">" + joined(notes, b_.language) +
         "</p></details>";
}

}  // namespace tenbin
