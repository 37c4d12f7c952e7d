// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "tenbin/page/coverage_plot.hpp"
#include "tenbin/page/score_page.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {

namespace {

using fmt::arg;

std::string badge(Sentence text, Language language) {
  return "<span class=\"badge\">" + say(language, text) + "</span>";
}
std::string basis(const ParameterRow& r, Language language) {
  if (r.prior_driven) return badge("mostly assumed", language);
  return r.from_used_prior ? badge("from other countries", language) : "";
}

/// A head of a column, of text or of numbers.
std::string column(const std::string& head) { return "<th scope=\"col\">" + head + "</th>"; }
std::string number_column(const std::string& head) {
  return "<th scope=\"col\" class=\"n\">" + head + "</th>";
}
std::string scrolled_table(const std::string& heads) {
  return "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + heads + "</tr></thead><tbody>";
}

/// "1947-05-03", "1947年5月3日"; the day or the month may be missing. A date of another form as it
/// is.
std::string date_words(const std::string& date, Language language) {
  if (language == Language::english || date.find_first_not_of("0123456789-") != std::string::npos)
    return date;
  constexpr std::array marks{"年", "月", "日"};
  std::string text;
  std::size_t from = 0;
  for (std::size_t k = 0; k < marks.size() && from < date.size(); ++k) {
    const std::size_t to = std::min(date.find('-', from), date.size());
    const std::string part = date.substr(from, to - from);
    text += (k > 0 && part.starts_with("0") ? part.substr(1) : part) + marks[k];
    from = to + 1;
  }
  return text;
}

}  // namespace

std::string GroundsSection::drivers() const {
  const std::string text = joined(
      {say("Estimates of the two equations, starting from the {priors} estimates of other "
           "countries.",
           arg("priors", escape(translated(b_.priors, b_.language)))),
       say("Convergence: R-hat at most {rhat:.3f}, effective draws at least {ess:.0f}, "
           "{divergences} divergences in {draws} draws.",
           arg("rhat", std::max(b_.spending_health.rhat_max, b_.economy_health.rhat_max)),
           arg("ess", std::min(b_.spending_health.ess_bulk_min, b_.economy_health.ess_bulk_min)),
           arg("divergences", b_.spending_health.divergences + b_.economy_health.divergences),
           arg("draws", b_.spending_health.draws + b_.economy_health.draws)),
       healthy(b_.spending_health) && healthy(b_.economy_health)
           ? ""
           : "<strong>" + say("The chains have not mixed well enough to trust these results.") +
                 "</strong>",
       say("{badge}: hardly narrower than the wide prior.",
           arg("badge", badge("mostly assumed", b_.language))),
       say("{badge}: the figures of this panel hardly changed it.",
           arg("badge", badge("from other countries", b_.language)))},
      b_.language);
  std::string html =
      "<section class=\"later\"><h3>" + say("Parameters of the model") + "</h3><p>" + text +
      "</p>" +
      scrolled_table(column(say("Parameter")) + column(say("Meaning")) + column(say("Unit")) +
                     "<th class=\"n\">" + say("Mean") + "</th>" + number_column("±") +
                     number_column(say("90% range")) + column(say("Basis")));
  const ParameterSpec* before = nullptr;
  for (const ParameterRow& r : b_.parameters) {
    if (!before || before->equation != r.spec->equation)
      html += fmt::format("<tr class=\"group\"><th scope=\"colgroup\" colspan=\"7\">{}</th></tr>",
                          r.spec->equation == Equation::spending ? say("Spending equation")
                                                                 : say("Economy equation"));
    html += fmt::format(
        "<tr><th scope=\"row\" translate=\"no\">{}</th><td>{}</td><td>{}</td><td "
        "class=\"n\">{:.3f}</td><td "
        "class=\"n\">{:.3f}</td><td class=\"n\">{}</td><td>{}</td></tr>",
        r.spec->name, translated(r.spec->meaning, b_.language),
        translated(r.spec->unit, b_.language), r.summary.mean, r.summary.sd,
        say("{low:.3f} to {high:.3f}", arg("low", r.summary.q05), arg("high", r.summary.q95)),
        basis(r, b_.language));
    before = r.spec;
  }
  return html + "</tbody></table></div></section>";
}

std::string GroundsSection::record() const {
  if (b_.record)
    return "<div class=\"later\">" + score_section(*b_.record, panel_, b_.language) + "</div>";
  return "<section><h3>" + say("How good was this in the past?") + "</h3><p>" +
         say("{text}.", arg("text", escape(translated(b_.no_record, b_.language)))) +
         "</p></section>";
}

std::string GroundsSection::evidence() const {
  std::string html = "<section class=\"later\"><h3>" +
                     say("Do figures drawn from the model look like the observed ones?") + "</h3>";
  const std::string list =
      "<p>" +
      say("The document “Evidence” of tenbin lists every claim of this page with its test and "
          "what would refute it.") +
      "</p></section>";
  if (b_.predictive.empty()) return html + list;
  const auto shown = [](Feature feature, double x) {
    if (!known(x)) return std::string("–");
    if (feature == Feature::longest_rise) return fmt::format("{:.0f}", x);
    if (feature != Feature::region_corr) return fmt::format("{:.1f}%", 100 * x);
    return (x < -0.005 ? "−" : "") + fmt::format("{:.2f}", std::abs(x));
  };
  const std::array words{say("country-years with a fall of more than 20%"),
                         say("longest run of yearly rises above 8%, years"),
                         say("correlation of growth within regions"),
                         say("country-years with a share above 10% of GDP"),
                         say("standard deviation of growth")};
  html += "<p>" +
          say("Growth of spending, one year ahead of the observed year before. 90% range: the "
              "middle 90% of the drawn sets of figures.") +
          "</p>" +
          scrolled_table(column(say("Feature")) + number_column(say("Observed")) +
                         number_column(say("Drawn: 90% range")));
  for (const PredictiveLine& l : b_.predictive)
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
        words[static_cast<std::size_t>(l.feature)], shown(l.feature, l.observed),
        say("{low} to {high}", arg("low", shown(l.feature, l.posterior.low)),
            arg("high", shown(l.feature, l.posterior.high))));
  return html + "</tbody></table></div>" + list;
}

std::string GroundsSection::tables_known(const PanelCoverage& known_years) const {
  const auto source = [&](const TableCoverage& t) {
    const std::string whose = t.source.empty() ? say("given in each row") : isolated(t.source);
    return t.date.empty() ? whose
                          : say("{source}, {date}", arg("source", whose),
                                arg("date", escape(date_words(t.date, b_.language))));
  };
  const auto behind = [&](int years) {
    return years == 0   ? std::string()
           : years == 1 ? say("1 year")
                        : say("{count} years", arg("count", years));
  };
  std::string html =
      "<p class=\"later\">" +
      say("Last year of each table. After that year, spells that were going on are assumed to go "
          "on; a missing figure is not zero.") +
      "</p>" +
      scrolled_table(column(say("Table")) + column(say("Source")) + number_column(say("Years")) +
                     number_column(say("Behind the panel’s end")));
  for (const TableCoverage& t : known_years.tables)
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}\u2013{}</td><td "
        "class=\"n\">{}</td></tr>",
        table_words(t.table, b_.language), source(t), t.first, t.last, behind(t.behind));
  return html + "</tbody></table></div>";
}

std::string GroundsSection::states_known(const PanelCoverage& known_years) const {
  const auto year = [&](int last) { return last ? std::to_string(last) : say("none"); };
  std::string html =
      "<p class=\"later\">" +
      say("Latest figures of each country, and how many years are reported, estimated or filled "
          "in:") +
      "</p>" +
      scrolled_table(column(say("Country")) + number_column(say("Spending")) + "<th class=\"n\">" +
                     say("Share of GDP") + "</th>" + number_column(say("Reported")) +
                     number_column(say("Estimate or uncertain")) + number_column(say("Filled in")) +
                     number_column(say("Gaps")) + number_column(say("Newest missile")) +
                     number_column(say("Democracy")) + column(say("Source of the latest")));
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
  const auto given = [&](std::string_view text) { return isolated(translated(text, b_.language)); };
  const std::string panel = isolated(panel_.name),
                    vintage = panel_.vintage.empty() ? say("undated") : given(panel_.vintage),
                    currency = given(panel_.currency),
                    licence = panel_.licence.empty() ? "<bdi>" + say("not stated") + "</bdi>"
                                                     : given(panel_.licence);
  const std::string data =
      panel_.price_year > 0
          ? say("Panel “{panel}”, {vintage}; {currency}, prices of {year}; licence: {licence}.",
                arg("panel", panel), arg("vintage", vintage), arg("currency", currency),
                arg("year", panel_.price_year), arg("licence", licence))
          : say("Panel “{panel}”, {vintage}; {currency}, current prices; licence: {licence}.",
                arg("panel", panel), arg("vintage", vintage), arg("currency", currency),
                arg("licence", licence));
  std::string html = "<section><h3>" + say("Sources and dates") + "</h3><p>" + data + "</p>";
  html += tables_known(known_years) + states_known(known_years);
  html += fmt::format("<figure class=\"card coverage\" tabindex=\"0\">{}</figure>",
                      coverage_plot(panel_, known_years, false, b_.language));
  // Messages of the program and the panel's NOTICE are in English on every page.
  const bool english = b_.language == Language::english;
  if (!b_.notes.empty()) {
    if (!english) html += "<h4>" + say("Messages of the program, in English") + "</h4>";
    html += english ? "<ul>" : "<ul lang=\"en\" translate=\"no\">";
    for (const std::string& note : b_.notes) html += fmt::format("<li>{}.</li>", escape(note));
    html += "</ul>";
  }
  if (!panel_.notice.empty())
    html += fmt::format("<details><summary>{}</summary><pre{}>{}</pre></details>",
                        say("NOTICE: whose figures these are"), english ? "" : " lang=\"en\"",
                        escape(panel_.notice));
  return html + "</section>";
}

std::string GroundsSection::checks(std::size_t carried) const {
  if (carried == 0) return "";
  return fmt::format(
      "<section><h3>{}</h3><p id=\"live-check\">{}</p><p class=\"soft later\">{}</p></section>",
      say("Checks"), say("The page checks itself when its script runs."),
      joined({say("This file carries the data, the scenarios and {count} sets of parameters.",
                  arg("count", carried)),
              say("tenbin verify computes every number again from them."),
              say("The table of parameters comes from the whole fit, the track record from an "
                  "earlier back-test.")},
             b_.language));
}

std::string GroundsSection::history() const {
  std::string items;
  for (const Event& e : panel_.events) {
    if (e.weight > 1 || std::ranges::find(e.states, base_.focus) == e.states.end()) continue;
    items += "<li>" +
             say("{date} {title}. {detail}",
                 arg("date", "<b>" + escape(date_words(e.date, b_.language)) + "</b>"),
                 arg("title", isolated(e.title)),
                 arg("detail", "<span class=\"why\">" +
                                   isolated(translated(e.detail, b_.language)) + "</span>")) +
             "</li>";
  }
  return items.empty() ? "" : "<ul>" + items + "</ul>";
}

std::string GroundsSection::cite() const {
  const std::string data = panel_.vintage.empty() ? panel_.name : panel_.vintage;
  return fmt::format(
      "<section><h3>{}</h3><p>{}</p></section>", say("How to cite"),
      joined({say("tenbin briefing: {state}.", arg("state", name(base_.focus))),
              say("Made by {creator} from {data}, data to {year}, panel {panel}, seed {seed}.",
                  arg("creator", escape(b_.creator)),
                  arg("data", isolated(translated(data, b_.language))), arg("year", base_.start),
                  arg("panel", panel_.hash.substr(0, 16)), arg("seed", base_.seed))},
             b_.language));
}

std::string GroundsSection::made() const {
  return fmt::format("<footer><p class=\"soft\">{}</p><p class=\"printed\">{}</p></footer>",
                     joined({say("Made by {creator}.", arg("creator", escape(b_.creator))),
                             say("We simulated {count} possible futures.",
                                 arg("count", grouped(static_cast<double>(base_.futures)))),
                             say("The figures are not under the licence of tenbin’s code."),
                             say("Borders, names and codes follow the sources.")},
                            b_.language),
                     joined({say("This is a handout: tables are cut after their first rows."),
                             say("The file itself has all of them, and every source.")},
                            b_.language));
}

}  // namespace tenbin
