// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string_view>

#include "tenbin/page/coverage_plot.hpp"
#include "tenbin/page/score_page.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {

namespace {

/// Names of tables in words; a table without a row keeps the name of its file.
constexpr std::array<std::array<std::string_view, 2>, 10> table_words{
    {{"milex", "military spending"},
     {"ties", "alliances and ties"},
     {"regime", "democracy"},
     {"growth", "expected growth"},
     {"plans", "announced targets"},
     {"pledges", "pledges"},
     {"rivalries", "rivalries"},
     {"missiles", "missiles"},
     {"dispute_history", "past incidents"},
     {"disputes", "past incidents"}}};
std::string_view words_of_table(std::string_view name) {
  for (const auto& [table, words] : table_words)
    if (table == name) return words;
  return name;
}

std::string badge(const ParameterRow& r) {
  if (r.prior_driven) return "<span class=\"badge\">mostly assumed</span>";
  return r.from_used_prior ? "<span class=\"badge\">from other countries</span>" : "";
}

}  // namespace

std::string GroundsSection::drivers() const {
  std::string html = fmt::format(
      "<section class=\"later\"><h3>Parameters of the model</h3><p>Estimates of the two "
      "equations, starting from the {} estimates of other countries. Convergence: R-hat at most "
      "{:.3f}, effective draws at least {:.0f}, {} divergences in {} draws. {}<span "
      "class=\"badge\">mostly assumed</span>: hardly narrower than the wide prior. "
      "<span class=\"badge\">from other countries</span>: the figures of this panel hardly changed "
      "it.</p>"
      "<div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">Parameter</th><th "
      "scope=\"col\">Meaning</th><th scope=\"col\">Unit</th><th "
      "class=\"n\">Mean</th><th scope=\"col\" class=\"n\">±</th><th scope=\"col\" class=\"n\">90% "
      "range</th><th scope=\"col\">Basis</th></tr></thead><tbody>",
      escape(b_.priors), std::max(b_.spending_health.rhat_max, b_.economy_health.rhat_max),
      std::min(b_.spending_health.ess_bulk_min, b_.economy_health.ess_bulk_min),
      b_.spending_health.divergences + b_.economy_health.divergences,
      b_.spending_health.draws + b_.economy_health.draws,
      healthy(b_.spending_health) && healthy(b_.economy_health)
          ? ""
          : "<strong>The chains have not mixed well enough to trust these results.</strong> ");
  const ParameterSpec* before = nullptr;
  for (const ParameterRow& r : b_.parameters) {
    if (!before || before->equation != r.spec->equation)
      html += fmt::format(
          "<tr class=\"group\"><th scope=\"colgroup\" colspan=\"7\">{} equation</th></tr>",
          r.spec->equation == Equation::spending ? "Spending" : "Economy");
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{:.3f}</td><td "
        "class=\"n\">{:.3f}</td><td class=\"n\">{:.3f} to {:.3f}</td><td>{}</td></tr>",
        r.spec->name, r.spec->meaning, r.spec->unit, r.summary.mean, r.summary.sd, r.summary.q05,
        r.summary.q95, badge(r));
    before = r.spec;
  }
  return html + "</tbody></table></div></section>";
}

std::string GroundsSection::record() const {
  if (b_.record) return "<div class=\"later\">" + score_section(*b_.record, panel_) + "</div>";
  return "<section><h3>How good was this in the past?</h3><p>" + escape(b_.no_record) +
         ".</p></section>";
}

std::string GroundsSection::tables_known(const PanelCoverage& known_years) const {
  std::string html =
      "<p class=\"later\">Last year of each table. After that year, spells that were going on are "
      "assumed to go on; a missing figure is not zero.</p><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr>"
      "<th scope=\"col\">Table</th><th scope=\"col\">Source</th><th scope=\"col\" "
      "class=\"n\">Years</th><th scope=\"col\" class=\"n\">Behind the panel's "
      "end</th></tr></thead><tbody>";
  for (const TableCoverage& t : known_years.tables)
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}{}</td><td class=\"n\">{}\u2013{}</td><td "
        "class=\"n\">{}</td></tr>",
        words_of_table(table_name(t.table)),
        t.source.empty() ? "given in each row" : isolated(t.source),
        t.date.empty() ? "" : fmt::format(", {}", escape(t.date)), t.first, t.last,
        t.behind == 0 ? "" : fmt::format("{} year{}", t.behind, t.behind == 1 ? "" : "s"));
  return html + "</tbody></table></div>";
}

std::string GroundsSection::states_known(const PanelCoverage& known_years) const {
  const auto year = [](int last) { return last ? std::to_string(last) : std::string("none"); };
  std::string html =
      "<p class=\"later\">Latest figures of each country, and how many years are reported, "
      "estimated "
      "or filled in:</p><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">Country</th><th scope=\"col\" "
      "class=\"n\">Spending</th><th "
      "class=\"n\">Share of GDP</th><th scope=\"col\" class=\"n\">Reported</th><th scope=\"col\" "
      "class=\"n\">Estimate or "
      "uncertain</th><th scope=\"col\" class=\"n\">Filled in</th><th scope=\"col\" "
      "class=\"n\">Gaps</th><th scope=\"col\" class=\"n\">Newest "
      "missile</th><th scope=\"col\" class=\"n\">Democracy</th><th scope=\"col\">Source of the "
      "latest</th></tr></thead><tbody>";
  for (const StateCoverage& s : known_years.states)
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
        name(s.state), year(s.milex), year(s.burden), s.reported, s.estimated, s.imputed,
        s.gaps.size(), year(s.missiles), year(s.regime),
        s.milex ? isolated(panel_.cell(s.state, s.milex).source) : "");
  return html + "</tbody></table></div>";
}

std::string GroundsSection::sources() const {
  const PanelCoverage known_years = coverage(panel_);
  std::string html = fmt::format(
      "<section><h3>Sources and dates</h3><p>Panel \u201c{}\u201d, {}; {}, {}; "
      "licence: {}.</p>",
      escape(panel_.name), isolated(panel_.vintage), isolated(panel_.currency),
      panel_.price_year > 0 ? fmt::format("prices of {}", panel_.price_year)
                            : std::string("current prices"),
      isolated(panel_.licence.empty() ? "not stated" : panel_.licence));
  html += tables_known(known_years) + states_known(known_years);
  html += fmt::format("<figure class=\"card coverage\" tabindex=\"0\">{}</figure>",
                      coverage_plot(panel_, known_years, false));
  if (!b_.notes.empty()) {
    html += "<ul>";
    for (const std::string& note : b_.notes) html += fmt::format("<li>{}.</li>", escape(note));
    html += "</ul>";
  }
  if (!panel_.notice.empty())
    html += fmt::format(
        "<details><summary>NOTICE: whose figures these are</summary><pre>{}</pre></details>",
        escape(panel_.notice));
  return html + "</section>";
}

std::string GroundsSection::checks(std::size_t carried) const {
  if (carried == 0) return "";
  return fmt::format(
      "<section><h3>Checks</h3><p id=\"live-check\">The page checks itself when its script "
      "runs.</p><p class=\"soft later\">This file carries the data, the scenarios and {} sets of "
      "parameters. tenbin verify computes every number again from them. The table of parameters "
      "comes from the whole fit, the track record from an earlier back-test.</p></section>",
      carried);
}

std::string GroundsSection::history() const {
  std::string items;
  for (const Event& e : panel_.events) {
    if (e.weight > 1 || std::ranges::find(e.states, base_.focus) == e.states.end()) continue;
    items += fmt::format("<li><b>{}</b> {}. <span class=\"why\">{}</span></li>", escape(e.date),
                         isolated(e.title), isolated(e.detail));
  }
  return items.empty() ? "" : "<ul>" + items + "</ul>";
}

std::string GroundsSection::cite() const {
  return fmt::format(
      "<section><h3>How to cite</h3><p>tenbin briefing: {}. Made by {} from {}, data to {}, panel "
      "{}, seed {}.</p></section>",
      name(base_.focus), escape(b_.creator),
      isolated(panel_.vintage.empty() ? panel_.name : panel_.vintage), base_.start,
      panel_.hash.substr(0, 16), base_.seed);
}

std::string GroundsSection::made() const {
  return fmt::format(
      "<footer><p class=\"soft\">Made by {}. We simulated {} futures from seed {}; panel {}. The "
      "figures are not under the licence of tenbin's code. Borders, names and codes follow the "
      "sources.</p><p class=\"printed\">This is a handout: tables are cut after their first rows. "
      "The file itself has all of them, and every source.</p></footer>",
      escape(b_.creator), base_.futures, base_.seed, panel_.hash.substr(0, 16));
}

}  // namespace tenbin
