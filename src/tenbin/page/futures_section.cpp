// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tenbin/page/glossary.hpp"
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
  if (q == Quantity::burden) return [](double x) { return fmt::format("{:.3g} %", x); };
  return [sign = money_.sign](double x) {
    return x >= 100 ? fmt::format("{}{:.0f}", sign, x) : fmt::format("{}{:.3g}", sign, x);
  };
}

std::string FuturesSection::charts() const {
  return "<div class=\"two\">" + fans() + changes() + "</div>";
}

std::string FuturesSection::fan(StateIndex i, Quantity q, const ScenarioAnswers& a) const {
  const Scenario& s = a.scenario;
  FanChart c{.start = base_.start, .end = base_.end, .scale = scale(q), .text = axis_text(q)};
  c.first_year = std::max(panel_.first_year, base_.start - history_shown);
  for (int year = c.first_year; year <= base_.start; ++year)
    c.observed.push_back(q == Quantity::burden ? panel_.cell(i, year).burden
                                               : panel_.cell(i, year).milex);
  for (int year = base_.start; year <= base_.end; ++year) {
    c.bands.push_back(series(a, q).at(year, i));
    if (&a != &b_.scenarios[0]) c.baseline.push_back(series(b_.scenarios[0], q).at(year, i));
  }
  int latest_by = 0;  // the target that lies farthest ahead is drawn
  if (q == Quantity::burden)
    for (const TargetOutlook& t : b_.targets)
      if (t.state == i && t.by > std::max(base_.start, latest_by) && base_.announced_plans) {
        latest_by = t.by;
        c.target = t.target;
        c.target_from = t.announced_in;
        c.target_by = t.by;
        c.target_label = fmt::format(
            "announced {:.3g} % by {}{}", 100 * t.announced, t.by,
            t.announced == t.target ? "" : fmt::format(" = {:.3g} % here", 100 * t.target));
      }
  const Band& end = c.bands.back();
  c.label = fmt::format(
      "{}, {}: {}, then futures of \u201c{}\u201d up to {}: {} in {}, 8 in 10 between {} and {}",
      panel_.states[i].name, q == Quantity::burden ? "defence share of GDP" : "defence spending",
      latest(i, q), s.name, base_.end, amount(end.median(), q), base_.end, amount(end.low80(), q),
      amount(end.high80(), q));
  return draw(c);
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
                      q == Quantity::burden ? "defence spending as a share of GDP"
                                            : "defence spending, billion " + escape(money_.unit));
      if (!exists(i, q))
        html +=
            "<p>The share of GDP is not known: no source gives this state's output in the same "
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
         "class=\"item\"><i class=\"k-mid\"></i>middle future</span> "
         "<span class=\"item\"><i class=\"k-50\"></i>5 in 10 futures</span> <span "
         "class=\"item\"><i class=\"k-80\"></i>8 in 10 futures</span> "
         "<span class=\"item\"><i class=\"k-base\"></i>baseline</span></p></figure>";
}

std::string FuturesSection::changes_of(StateIndex i, Quantity q) const {
  ChangeChart c{.smallest_axis = q == Quantity::burden ? 0.05 : 0.5,
                .scale = scale(q),
                .text = change_text(q)};
  c.label =
      fmt::format("What each scenario changes for {} in {}, against the baseline, future by future",
                  panel_.states[i].name, base_.end);
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
          q == Quantity::burden ? "points of GDP" : "billion " + escape(money_.unit));
      html += (exists(i, q) ? changes_of(i, q)
                            : "<p>The share of GDP is not known. Choose the other unit.</p>") +
              "</div>";
    }
    html += "</div>";
  }
  return html +
         fmt::format(
             "<p class=\"key\">Dot: the middle of the paired difference from \u201c{}\u201d; bars: "
             "5 and 8 in 10 futures. Both futures of a pair share every shock.</p></figure>",
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
                  ? "<p>No lever besides the announced plans (see burden sharing).</p>"
                  : "<p>No lever: every state follows its own reactions.</p>";
    else {
      html += "<ul>";
      std::string last;  // the same held and responds are said once
      for (const Lever& l : sc.levers) {
        const LeverWords w = words(l, panel_);
        html += fmt::format("<li>{}.", escape(w.does));
        if (last != w.held)
          html += fmt::format(" <span class=\"soft\">Held: {}. Responds: {}.</span>",
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
      "<section id=\"scenarios\"><h2>The scenarios side by side</h2><p>Differences from the "
      "baseline, " +
      term("paired", "pair") +
      ": each "
      "future is compared with its own twin, which shares the draw from "
      "the posterior and every shock. Without any effect half of the pairs would be higher. Where "
      "the figures hardly know a reaction (the badges below), a lever on it shows no difference: "
      "that is no finding that it does not matter. Choose "
      "the state and the unit above.</p>";
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
          "{}</caption><thead><tr><th>Scenario</th>",
          static_cast<int>(q == Quantity::milex), name(i),
          q == Quantity::burden ? "share of GDP; changes in points" : escape(money_.unit));
      for (const int year : years)
        html += fmt::format(
            "<th class=\"n year\">{0}</th><th class=\"n\">change</th><th class=\"n\">8 in 10 "
            "futures</th><th class=\"n\">higher in</th>",
            year);
      html += "</tr></thead><tbody>";
      for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
        html += fmt::format("<tr><th>{}</th>", isolated(b_.scenarios[s].scenario.name));
        for (const int year : years) {
          html += fmt::format("<td class=\"n year\">{}</td>",
                              amount(series(b_.scenarios[s], q).at(year, i).median(), q));
          if (s == 0) {
            html += "<td class=\"n\" colspan=\"3\">baseline</td>";
            continue;
          }
          const Difference& d = change(b_.scenarios[s], q).at(year, i);
          const std::string none = amount_change(0, q), low = amount_change(d.band.low80(), q),
                            high = amount_change(d.band.high80(), q);
          if (low == none && high == none)
            html += "<td class=\"soft\" colspan=\"3\">no difference to speak of</td>";
          else
            html += fmt::format(
                "<td class=\"n\">{}</td><td class=\"n\">{} to {}</td><td class=\"n\">{}</td>",
                amount_change(d.band.median(), q), low, high, in_hundred(d.positive));
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
