// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {

namespace {

constexpr int history_shown = 20;  // years before the start

double scale(Quantity q) { return q == Quantity::burden ? 100 : 0.001; }

NumberText change_text(Quantity q) {
  if (q == Quantity::burden)
    return [](double x) { return x == 0 ? std::string("0") : signed_number(x, 2); };
  return [](double x) {
    return x == 0 ? std::string("0") : signed_number(x, std::abs(x) < 10 ? 1 : 0);
  };
}

}  // namespace

/// The caption says that money is in billions.
NumberText FuturesSection::axis_text(Quantity q) const {
  if (q == Quantity::burden) return [](double x) { return fmt::format("{:.3g}%", x); };
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

std::string FuturesSection::hero(const std::vector<const Event*>& marked) const {
  const Quantity q = exists(base_.focus, Quantity::burden) ? Quantity::burden : Quantity::milex;
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
  FanChart c{.start = base_.start, .end = base_.end, .scale = scale(q), .text = axis_text(q)};
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
  const Band& end = c.bands.back();
  c.label = fmt::format(
      "{}, {}: {}, then simulations of \u201c{}\u201d up to {}: median {} in {}, likely range {} "
      "to {}",
      panel_.states[i].name,
      q == Quantity::burden ? "military spending as a share of GDP" : "military spending",
      latest(i, q), s.name, base_.end, amount(end.median(), q), base_.end, amount(end.low80(), q),
      amount(end.high80(), q));
  return c;
}

std::string FuturesSection::latest(StateIndex i, Quantity q) const {
  for (int year = base_.start; year >= panel_.first_year; --year) {
    const double x =
        q == Quantity::burden ? panel_.cell(i, year).burden : panel_.cell(i, year).milex;
    if (known(x)) return fmt::format("{} in {}", amount(x, q), year);
  }
  return "no figure";
}

std::string FuturesSection::fans() const {
  std::string html = "<figure class=\"card\">";
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    if (!exists(i, Quantity::milex)) continue;
    html += fmt::format("<div class=\"pick state-{}\">", i);
    for (const Quantity q : quantities) {
      html +=
          fmt::format("<div class=\"pick unit-{}\"><figcaption><b>{}</b>: {}</figcaption>",
                      static_cast<int>(q == Quantity::milex), name(i),
                      q == Quantity::burden ? "military spending as a share of GDP"
                                            : "military spending, billion " + escape(money_.unit));
      if (!exists(i, q))
        html +=
            "<p>The share of GDP is not known: no source gives the GDP of this country in the same "
            "money. Choose the other unit.</p>";
      else
        for (std::size_t s = 0; s < b_.scenarios.size(); ++s)
          html += fmt::format("<div class=\"pick scenario-{}\">{}</div>", s,
                              fan(i, q, b_.scenarios[s]));
      html += "</div>";
    }
    html += "</div>";
  }
  return html +
         "<p class=\"key\"><span class=\"item\"><i class=\"k-ink\"></i>observed</span> <span "
         "class=\"item\"><i class=\"k-mid\"></i>median</span> "
         "<span class=\"item\"><i class=\"k-50\"></i>50% range</span> <span "
         "class=\"item\"><i class=\"k-80\"></i>80% range</span> "
         "<span class=\"item\"><i class=\"k-base\"></i>" +
         plans() + "</span></p></figure>";
}

std::string FuturesSection::changes_of(StateIndex i, Quantity q) const {
  ChangeChart c{.smallest_axis = q == Quantity::burden ? 0.05 : 0.5,
                .scale = scale(q),
                .text = change_text(q)};
  c.label = fmt::format("What each scenario changes for {} in {}, compared with {}",
                        panel_.states[i].name, base_.end, plans());
  for (std::size_t s = 1; s < b_.scenarios.size(); ++s) {
    const Difference& d = change(b_.scenarios[s], q).at(base_.end, i);
    if (d.band.exists) c.rows.push_back({b_.scenarios[s].scenario.name, d.band});
  }
  return c.rows.empty() ? "<p>Give a second scenario to compare with the first.</p>" : draw(c);
}

std::string FuturesSection::changes() const {
  std::string html = "<figure class=\"card\">";
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    if (!exists(i, Quantity::milex)) continue;
    html += fmt::format("<div class=\"pick state-{}\">", i);
    for (const Quantity q : quantities) {
      html += fmt::format(
          "<div class=\"pick unit-{}\"><figcaption><b>What each scenario changes</b> for {} in {}, "
          "{}</figcaption>",
          static_cast<int>(q == Quantity::milex), name(i), base_.end,
          q == Quantity::burden ? "percentage points" : "billion " + escape(money_.unit));
      html += (exists(i, q) ? changes_of(i, q)
                            : "<p>The share of GDP is not known. Choose the other unit.</p>") +
              "</div>";
    }
    html += "</div>";
  }
  return html + fmt::format(
                    "<p class=\"key\">Dot: median difference from \u201c{}\u201d. Bars: 50% and "
                    "80% ranges. Each "
                    "simulation is compared with its twin.</p></figure>",
                    escape(base_.name));
}

std::string FuturesSection::scenario_words() const {
  std::string html = "<section class=\"card words\">";
  for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
    const Scenario& sc = b_.scenarios[s].scenario;
    html += fmt::format("<div class=\"pick scenario-{}\"><h3>{}</h3><p>{}</p>", s,
                        isolated(sc.name), isolated(sc.about));
    if (sc.levers.empty())
      html += sc.announced_plans && !b_.targets.empty()
                  ? "<p>Nothing else changed.</p>"
                  : "<p>No announced target, nothing changed.</p>";
    else {
      html += "<ul>";
      std::string last;  // the same held and responds are said once
      for (const Lever& l : sc.levers) {
        const LeverWords w = words(l, panel_);
        html += fmt::format("<li>{}.", escape(w.does));
        if (last != w.held)
          html += fmt::format(" <span class=\"soft\">Fixed: {}. Free to react: {}.</span>",
                              escape(w.held), escape(w.responds));
        if (!w.why.empty()) html += fmt::format(" <span class=\"why\">{}.</span>", isolated(w.why));
        html += "</li>";
        last = w.held;
      }
      html += "</ul>";
    }
    html += "</div>";
  }
  return html + "</section>";
}

std::string FuturesSection::comparison_tables() const {
  if (b_.scenarios.size() < 2) return "";
  std::string html =
      "<section id=\"scenarios\"><h3>The scenarios side by side</h3><p>Differences from today’s "
      "plans: each simulation is compared "
      "with "
      "its " +
      term("twin", "pair") +
      ". Where the data hardly know a reaction, a lever on it shows no difference; this does not "
      "show that it has no effect. Choose the country and the unit above.</p>";
  std::vector<int> years{b_.shown_year};
  if (base_.end > b_.shown_year) years.push_back(base_.end);
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    if (!exists(i, Quantity::milex)) continue;
    html += fmt::format("<div class=\"pick state-{}\">", i);
    for (const Quantity q : quantities) {
      if (!exists(i, q)) continue;
      html += fmt::format(
          "<div class=\"pick unit-{}\"><div "
          "class=\"scroll\" tabindex=\"0\"><table><caption>{}, "
          "{}</caption><thead><tr><th scope=\"col\">Scenario</th>",
          static_cast<int>(q == Quantity::milex), name(i),
          q == Quantity::burden ? "share of GDP; changes in percentage points"
                                : escape(money_.unit));
      for (const int year : years)
        html += fmt::format(
            "<th scope=\"col\" class=\"n year\">{0}</th><th scope=\"col\" "
            "class=\"n\">change</th><th scope=\"col\" class=\"n\">likely "
            "range (80%)</th><th scope=\"col\" class=\"n\">higher in</th>",
            year);
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
          const Difference& d = change(b_.scenarios[s], q).at(year, i);
          const std::string none = amount_change(0, q), low = amount_change(d.band.low80(), q),
                            high = amount_change(d.band.high80(), q);
          if (low == none && high == none)
            html += "<td class=\"soft\" colspan=\"3\">no measurable change</td>";
          else
            html += fmt::format(
                "<td class=\"n\">{}</td><td class=\"n\">{} to {}</td><td class=\"n\">{}</td>",
                amount_change(d.band.median(), q), low, high, chance_text(d.positive.p));
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
