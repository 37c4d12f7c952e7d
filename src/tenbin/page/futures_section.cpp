// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {

namespace {

using fmt::arg;

constexpr int history_shown = 20;  // years before the start

/// From shares to per cent; from millions to billions, or in Japanese to units of 10^8.
double scale(Quantity q, const Money& money) { return q == Quantity::burden ? 100 : money.axis(); }

NumberText change_text(Quantity q) {
  if (q == Quantity::burden)
    return [](double x) { return x == 0 ? std::string("0") : signed_number(x, 2); };
  return [](double x) {
    return x == 0 ? std::string("0") : signed_number(x, std::abs(x) < 10 ? 1 : 0);
  };
}

}  // namespace

/// The caption says that money is in billions, or in Japanese in units of 10^8 of what currency.
NumberText FuturesSection::axis_text(Quantity q) const {
  if (q == Quantity::burden) return [](double x) { return fmt::format("{:.3g}%", x); };
  if (b_.language == Language::japanese)
    return [](double x) { return x >= 100 ? grouped(x) : fmt::format("{:.3g}", x); };
  return [sign = money_.sign](double x) {
    return x >= 100 ? fmt::format("{}{:.0f}", sign, x) : fmt::format("{}{:.3g}", sign, x);
  };
}

std::string FuturesSection::charts() const {
  return "<div class=\"two\">" + fans() + changes() + "</div>";
}

std::string FuturesSection::fan(StateIndex i, Quantity q, const ScenarioAnswers& a) const {
  return draw(fan_chart(i, q, a, history_shown));
}

ChartTable FuturesSection::fan_table(StateIndex i, Quantity q) const {
  ChartTable table{{say("Year"), say("Observed"), say("Median"), say("80% range")}, {}};
  for (int year = panel_.first_year; year <= base_.end; ++year) {
    const double was = year > base_.start      ? missing
                       : q == Quantity::burden ? panel_.cell(i, year).burden
                                               : panel_.cell(i, year).milex;
    const Band band = year > base_.start ? series(b_.scenarios[0], q).at(year, i) : Band{};
    if (!known(was) && !band.exists) continue;
    table.rows.push_back({fmt::to_string(year), known(was) ? amount(was, q) : "",
                          band.exists ? amount(band.median(), q) : "",
                          band.exists ? say("{low} to {high}", arg("low", amount(band.low80(), q)),
                                            arg("high", amount(band.high80(), q)))
                                      : ""});
  }
  return table;
}

std::string FuturesSection::hero(const std::vector<const Event*>& marked) const {
  const Quantity q = hero_quantity();
  FanChart c = fan_chart(base_.focus, q, b_.scenarios[0], base_.start - panel_.first_year);
  c.wide = true;
  for (const Event* e : marked) c.marked.push_back(e->year);
  if (q == Quantity::burden && b_.ending.low_from > 0) {
    c.level = b_.ending.low;
    c.level_label = Narrative(b_).level_words();
  }
  return draw(c);
}

FanChart FuturesSection::fan_chart(StateIndex i, Quantity q, const ScenarioAnswers& a,
                                   int years_before) const {
  const Scenario& s = a.scenario;
  FanChart c{
      .start = base_.start, .end = base_.end, .scale = scale(q, money_), .text = axis_text(q)};
  c.first_year = std::max(panel_.first_year, base_.start - years_before);
  for (int year = c.first_year; year <= base_.start; ++year)
    c.observed.push_back(q == Quantity::burden ? panel_.cell(i, year).burden
                                               : panel_.cell(i, year).milex);
  for (int year = base_.start; year <= base_.end; ++year) {
    c.bands.push_back(series(a, q).at(year, i));
    if (&a != &b_.scenarios[0]) c.baseline.push_back(series(b_.scenarios[0], q).at(year, i));
  }
  if (q == Quantity::burden)
    if (const auto mark = Narrative(b_).announced(i)) {
      c.target = mark->target;
      c.target_from = mark->from;
      c.target_by = mark->by;
      c.target_label = mark->words;
    }
  c.label = fan_label(i, q, s, c.bands.back());
  return c;
}

std::string FuturesSection::fan_label(StateIndex i, Quantity q, const Scenario& s,
                                      const Band& end) const {
  constexpr Sentence labels[2][2]{
      // [money][no figure]
      {"{state}, military spending as a share of GDP: {amount} in {year}, then simulations of "
       "“{scenario}” up to {end}: median {median} in {end}, likely range {low} to {high}",
       "{state}, military spending as a share of GDP: no figure, then simulations of “{scenario}” "
       "up to {end}: median {median} in {end}, likely range {low} to {high}"},
      {"{state}, military spending: {amount} in {year}, then simulations of “{scenario}” up to "
       "{end}: median {median} in {end}, likely range {low} to {high}",
       "{state}, military spending: no figure, then simulations of “{scenario}” up to {end}: "
       "median {median} in {end}, likely range {low} to {high}"}};
  const auto observed = [&](int year) {
    const MilexCell& c = panel_.cell(i, year);
    return q == Quantity::burden ? c.burden : c.milex;
  };
  int year = base_.start;
  while (year >= panel_.first_year && !known(observed(year))) --year;
  const bool none = year < panel_.first_year;
  return say(labels[q == Quantity::milex][none], arg("state", panel_.states[i].name),
             arg("amount", none ? "" : amount(observed(year), q)), arg("year", year),
             arg("scenario", s.name), arg("end", base_.end), arg("median", amount(end.median(), q)),
             arg("low", amount(end.low80(), q)), arg("high", amount(end.high80(), q)));
}

std::string FuturesSection::fans() const {
  std::string html = "<figure class=\"card\">";
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    if (!exists(i, Quantity::milex)) continue;
    html += fmt::format("<div class=\"pick state-{}\">", i);
    for (const Quantity q : quantities) {
      const std::string state = "<b>" + name(i) + "</b>";
      html +=
          fmt::format("<div class=\"pick unit-{}\"><figcaption>{}</figcaption>",
                      static_cast<int>(q == Quantity::milex),
                      q == Quantity::burden
                          ? say("{state}: military spending as a share of GDP", arg("state", state))
                          : say("{state}: military spending, billion {unit}", arg("state", state),
                                arg("unit", escape(money_.unit))));
      if (!exists(i, q))
        html += "<p>" +
                say("The share of GDP is not known: no source gives the GDP of this country in the "
                    "same money. Choose the other unit.") +
                "</p>";
      else
        for (std::size_t s = 0; s < b_.scenarios.size(); ++s)
          html += fmt::format("<div class=\"pick scenario-{}\">{}</div>", s,
                              fan(i, q, b_.scenarios[s]));
      html += "</div>";
    }
    html += "</div>";
  }
  const auto item = [](const char* line, const std::string& words) {
    return fmt::format("<span class=\"item\"><i class=\"{}\"></i>{}</span>", line, words);
  };
  return html + "<p class=\"key\">" + item("k-ink", say("observed")) + " " +
         item("k-mid", say("median")) + " " + item("k-50", say("50% range")) + " " +
         item("k-80", say("80% range")) + " " + item("k-base", plans()) + "</p></figure>";
}

std::string FuturesSection::changes_of(StateIndex i, Quantity q) const {
  const double scaled = scale(q, money_);
  ChangeChart c{.smallest_axis = q == Quantity::burden ? 0.05 : 500 * scaled,
                .scale = scaled,
                .text = change_text(q)};
  c.label = say("What each scenario changes for {state} in {year}, compared with {plans}",
                arg("state", panel_.states[i].name), arg("year", base_.end), arg("plans", plans()));
  for (std::size_t s = 1; s < b_.scenarios.size(); ++s) {
    const Difference& d = change(b_.scenarios[s], q).at(base_.end, i);
    if (d.band.exists) c.rows.push_back({b_.scenarios[s].scenario.name, d.band});
  }
  return c.rows.empty() ? "<p>" + say("Give a second scenario to compare with the first.") + "</p>"
                        : draw(c);
}

std::string FuturesSection::changes() const {
  std::string html = "<figure class=\"card\">";
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    if (!exists(i, Quantity::milex)) continue;
    html += fmt::format("<div class=\"pick state-{}\">", i);
    for (const Quantity q : quantities) {
      constexpr Sentence captions[2]{
          "{bold}What each scenario changes{end} for {state} in {year}, percentage points",
          "{bold}What each scenario changes{end} for {state} in {year}, billion {unit}"};
      html += fmt::format(
          "<div class=\"pick unit-{}\"><figcaption>{}</figcaption>",
          static_cast<int>(q == Quantity::milex),
          say(captions[q == Quantity::milex], arg("bold", "<b>"), arg("end", "</b>"),
              arg("state", name(i)), arg("year", base_.end), arg("unit", escape(money_.unit))));
      html += (exists(i, q) ? changes_of(i, q)
                            : "<p>" + say("The share of GDP is not known. Choose the other unit.") +
                                  "</p>") +
              "</div>";
    }
    html += "</div>";
  }
  return html + "<p class=\"key\">" +
         say("Dot: median difference from “{scenario}”. Bars: 50% and 80% ranges. Each simulation "
             "is compared with its twin.",
             arg("scenario", escape(base_.name))) +
         "</p></figure>";
}

std::string FuturesSection::scenario_words() const {
  std::string html = "<section class=\"card words\">";
  for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
    const Scenario& sc = b_.scenarios[s].scenario;
    html += fmt::format("<div class=\"pick scenario-{}\"><h3>{}</h3><p>{}</p>", s,
                        isolated(sc.name), isolated(sc.about));
    if (sc.levers.empty())
      html += "<p>" +
              (sc.announced_plans && !b_.targets.empty()
                   ? say("Nothing else changed.")
                   : say("No announced target, nothing changed.")) +
              "</p>";
    else
      html += lever_list(sc.levers);
    html += "</div>";
  }
  return html + "</section>";
}

std::string FuturesSection::lever_list(const std::vector<Lever>& levers) const {
  std::string html = "<ul>", last;  // the same held and responds are said once
  for (const Lever& l : levers) {
    const LeverWords w = words(l, panel_, b_.language);
    std::vector<std::string> sentences{say("{does}.", arg("does", escape(w.does)))};
    if (last != w.held)
      sentences.push_back("<span class=\"soft\">" +
                          say("Fixed: {held}. Free to react: {responds}.",
                              arg("held", escape(w.held)), arg("responds", escape(w.responds))) +
                          "</span>");
    if (!w.why.empty())
      sentences.push_back("<span class=\"why\">" + say("{why}.", arg("why", isolated(w.why))) +
                          "</span>");
    html += "<li>" + joined(sentences, b_.language) + "</li>";
    last = w.held;
  }
  return html + "</ul>";
}

/// Three cells: the median of a difference, its likely range, and how often it is above zero.
std::string FuturesSection::difference_cells(const Difference& d, Quantity q) const {
  const std::string none = amount_change(0, q), low = amount_change(d.band.low80(), q),
                    high = amount_change(d.band.high80(), q);
  if (low == none && high == none)
    return "<td class=\"soft\" colspan=\"3\">" + say("no measurable change") + "</td>";
  return fmt::format("<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                     amount_change(d.band.median(), q),
                     say("{low} to {high}", arg("low", low), arg("high", high)),
                     chance_text(d.positive.p, b_.language));
}

std::string FuturesSection::comparison_tables() const {
  if (b_.scenarios.size() < 2) return "";
  const std::string twin = term(say("twin"), "pair", b_.language);
  std::string html =
      "<section id=\"scenarios\"><h3>" + say("The scenarios side by side") + "</h3><p>" +
      joined({say("Differences from today’s plans: each simulation is compared with its {twin}.",
                  arg("twin", twin)),
              say("If the data say little about a response, a lever on that response shows no "
                  "difference here. An effect can exist all the same."),
              say("Choose the country and the unit above.")},
             b_.language) +
      "</p>";
  std::vector<int> years{b_.shown_year};
  if (base_.end > b_.shown_year) years.push_back(base_.end);
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    if (!exists(i, Quantity::milex)) continue;
    html += fmt::format("<div class=\"pick state-{}\">", i);
    for (const Quantity q : quantities) {
      if (!exists(i, q)) continue;
      html += fmt::format(
          "<div class=\"pick unit-{}\"><div "
          "class=\"scroll\" tabindex=\"0\"><table><caption>{}</caption><thead><tr><th "
          "scope=\"col\">{}</th>",
          static_cast<int>(q == Quantity::milex),
          q == Quantity::burden
              ? say("{state}, share of GDP; changes in percentage points", arg("state", name(i)))
              : say("{state}, {unit}", arg("state", name(i)), arg("unit", escape(money_.unit))),
          say("Scenario"));
      for (const int year : years)
        html += fmt::format(
            "<th scope=\"col\" class=\"n year\">{}</th><th scope=\"col\" "
            "class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" "
            "class=\"n\">{}</th>",
            say("{year}", arg("year", year)), say("change"), say("likely range (80%)"),
            say("higher in"));
      html += "</tr></thead><tbody>";
      for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
        html +=
            fmt::format("<tr><th scope=\"row\">{}</th>", isolated(b_.scenarios[s].scenario.name));
        for (const int year : years) {
          html += fmt::format("<td class=\"n year\">{}</td>",
                              amount(series(b_.scenarios[s], q).at(year, i).median(), q));
          if (s == 0) {
            html += "<td class=\"n\" colspan=\"3\">" + plans() + "</td>";
            continue;
          }
          html += difference_cells(change(b_.scenarios[s], q).at(year, i), q);
        }
        html += "</tr>";
      }
      html += "</tbody></table></div></div>";
    }
    html += "</div>";
  }
  return html + "</section>";
}

}  // namespace tenbin
