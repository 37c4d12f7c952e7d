// SPDX-License-Identifier: Apache-2.0
#include "tenbin/briefing/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "tenbin/briefing/chart.hpp"
#include "tenbin/briefing/document.hpp"
#include "tenbin/briefing/risk_section.hpp"
#include "tenbin/briefing/score_page.hpp"
#include "tenbin/briefing/style.hpp"
#include "tenbin/briefing/words.hpp"

namespace tenbin {
namespace {

constexpr int history_shown = 20;  // years before the start
constexpr std::array quantities{Quantity::burden, Quantity::milex};

/// Sections of one page; each writes itself as HTML.
class Page {
 public:
  Page(const Briefing& b, const LivePage* live)
      : b_(b),
        live_(live),
        base_(b.scenarios[0].scenario),
        panel_(b.panel),
        money_(money_of(b.panel)) {}
  std::string whole() const;

 private:
  std::string name(StateIndex i) const { return isolated(panel_.states[i].name); }
  std::string style() const;
  std::string pickers() const;
  std::string fans() const;
  std::string fan_of(StateIndex i, Quantity q, const ScenarioAnswers& a) const;
  std::string changes() const;
  std::string changes_of(StateIndex i, Quantity q) const;
  std::string scenario_words() const;
  std::string comparison_tables() const;
  std::string responses() const;
  std::string burden_sharing() const;
  std::string reach() const;
  std::string drivers() const;
  std::string record() const;
  /// How often the headline's event came before, as a sentence.
  std::string base_rate() const {
    const BaseRate& r = b_.more_before;
    if (r.cases == 0) return "";
    return fmt::format(
        " Base rate: in this panel a state's share was larger {} years later in {} of {} cases.",
        b_.shown_year - base_.start, r.events, r.cases);
  }
  std::string sources() const;
  bool exists(StateIndex i, Quantity q) const {
    return series(b_.scenarios[0], q).at(base_.end, i).exists;
  }
  static const Fan& series(const ScenarioAnswers& a, Quantity q) {
    return q == Quantity::burden ? a.burden : a.milex;
  }
  static const Comparison& change(const ScenarioAnswers& a, Quantity q) {
    return q == Quantity::burden ? a.burden_change : a.milex_change;
  }
  static double scale(Quantity q) { return q == Quantity::burden ? 100 : 0.001; }
  NumberText axis_text(Quantity q) const {  // the caption says that money is in billions
    if (q == Quantity::burden) return [](double x) { return fmt::format("{:.3g} %", x); };
    return [sign = money_.sign](double x) {
      return x >= 100 ? fmt::format("{}{:.0f}", sign, x) : fmt::format("{}{:.3g}", sign, x);
    };
  }
  static NumberText change_text(Quantity q) {
    if (q == Quantity::burden)
      return [](double x) { return x == 0 ? std::string("0") : signed_number(x, 2); };
    return [](double x) {
      return x == 0 ? std::string("0") : signed_number(x, std::abs(x) < 10 ? 1 : 0);
    };
  }
  std::string amount(double x, Quantity q) const {
    return q == Quantity::burden ? percent(x) : money_.text(x);
  }
  std::string amount_change(double x, Quantity q) const {
    return q == Quantity::burden ? signed_number(100 * x, 2) : money_.change(x);
  }
  std::string latest(StateIndex i, Quantity q) const;

  const Briefing& b_;
  const LivePage* live_;  // null: a page without a script
  const Scenario& base_;
  const Panel& panel_;
  Money money_;
};

/// A radio button as a chip. Ids are numbers of ours: nothing from a file enters an attribute that
/// means something.
std::string chip(const char* group, int number, const std::string& label, bool checked) {
  return fmt::format(
      "<label class=\"chip\"><input type=\"radio\" name=\"{0}\" "
      "id=\"{0}-{1}\"{2}><span>{3}</span></label>",
      group, number, checked ? " checked" : "", label);
}

std::string Page::style() const {
  std::string rules(page_style);
  const auto show = [&](const char* group, int count) {
    for (int k = 0; k < count; ++k)
      rules += fmt::format("body:has(#{0}-{1}:checked) .{0}-{1}{{display:block}}\n", group, k);
  };
  show("state", panel_.size());
  show("unit", 2);
  show("scenario", static_cast<int>(b_.scenarios.size()));
  return rules;
}

std::string Page::pickers() const {
  std::string html = "<div class=\"pickers\"><fieldset><legend>State</legend>";
  for (StateIndex i = 0; i < panel_.size(); ++i)
    if (exists(i, Quantity::milex)) html += chip("state", i, name(i), i == base_.focus);
  html += "</fieldset><fieldset><legend>Unit</legend>" + chip("unit", 0, "share of GDP", true) +
          chip("unit", 1, escape(money_.unit), false) +
          "</fieldset><fieldset><legend>Scenario</legend>";
  for (std::size_t s = 0; s < b_.scenarios.size(); ++s)
    html += chip("scenario", static_cast<int>(s), isolated(b_.scenarios[s].scenario.name), s == 0);
  return html + "</fieldset></div>";
}

std::string Page::fan_of(StateIndex i, Quantity q, const ScenarioAnswers& a) const {
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

std::string Page::latest(StateIndex i, Quantity q) const {
  for (int year = base_.start; year >= panel_.first_year; --year) {
    const double x =
        q == Quantity::burden ? panel_.cell(i, year).burden : panel_.cell(i, year).milex;
    if (known(x)) return fmt::format("{} in {}", amount(x, q), year);
  }
  return "no figure";
}

std::string Page::fans() const {
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
                              fan_of(i, q, b_.scenarios[s]));
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

std::string Page::changes_of(StateIndex i, Quantity q) const {
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

std::string Page::changes() const {
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

std::string Page::scenario_words() const {
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

std::string Page::comparison_tables() const {
  if (b_.scenarios.size() < 2) return "";
  std::string html =
      "<section><h2>The scenarios side by side</h2><p>Differences from the baseline, paired: each "
      "future is compared with its own twin, which shares the draw from "
      "the posterior and every shock. Without any effect half of the pairs would be higher. Choose "
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
          "class=\"scroll\"><table><caption>{}, {}</caption><thead><tr><th>Scenario</th>",
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

std::string Page::responses() const {
  std::string html = fmt::format(
      "<section><h2>Who responds to whom</h2><p>How much of the threat that each state feels comes "
      "from whom in {}: hostility times reach times the rival's stock. Hostility is coded by the "
      "panel's makers, and money leaves out nuclear weapons and what a soldier costs. "
      "Beside it, what the figures say of its response to its rivals' rise. The effects are small: "
      "in the world's figures a rise of 10 % goes with about 1 % more spending, give or take as "
      "much.</p>"
      "<div class=\"scroll\"><table><thead><tr><th>State</th><th>Threat felt from</th><th "
      "class=\"n\">Response to a rise of 10 %</th><th class=\"n\">9 in 10</th><th>Basis</th>"
      "<th class=\"n\">Burden at rest</th></tr></thead><tbody>",
      base_.start);
  for (const ReactionRow& r : b_.reactions) {
    std::string from;
    for (const ThreatShare& t : b_.threats)
      if (t.state == r.state && t.share >= 0.005)
        from += fmt::format(
            "{}<svg class=\"bar\" viewBox=\"0 0 100 10\" aria-hidden=\"true\"><path "
            "d=\"M0,5H{:.0f}\" stroke=\"#0072b2\" stroke-width=\"10\"/></svg> {:.0f} % {}",
            from.empty() ? "" : "<br>", 100 * t.share, 100 * t.share, name(t.rival));
    const bool off = r.rival_response.fixed;
    const auto number = [&](double x) { return off ? "" : signed_number(10 * x, 1) + " %"; };
    html += fmt::format(
        "<tr><th>{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}{}{}</td><td>{}</td>"
        "<td class=\"n\">{}</td></tr>",
        name(r.state), from.empty() ? "no rival in this panel" : from,
        number(r.rival_response.mean), number(r.rival_response.q05), off ? "" : " to ",
        number(r.rival_response.q95),
        off                    ? "<span class=\"badge\">switched off</span>"
        : r.rival_prior_driven ? "<span class=\"badge\">prior-driven</span>"
                               : "data and prior",
        r.resting.exists
            ? fmt::format("{} <span class=\"soft\">({} to {})</span>", percent(r.resting.median()),
                          percent(r.resting.low80()), percent(r.resting.high80()))
            : "");
  }
  return html +
         "</tbody></table></div><p class=\"soft\">Burden at rest: where the share would settle "
         "with today's threat and cover and the expected growth, without any plan (8 in 10 draws). "
         "The rise is that of the rivals' stock together with the state's own, so for a large "
         "state its rivals alone must grow by more. "
         "Prior-driven: the figures of this panel alone say little, the world's fit "
         "speaks.</p></section>";
}

std::string Page::burden_sharing() const {
  if (b_.targets.empty()) return "";
  std::string html = fmt::format(
      "<section><h2>Burden sharing: announced targets and what becomes of them</h2><p>A "
      "government's own share often counts more than this panel's measure does; the factor is "
      "judged from "
      "years that both report. Under \u201c{}\u201d.</p><div "
      "class=\"scroll\"><table><thead><tr><th>State</th><th>Announced</th><th class=\"n\">By this "
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
        : t.by <= base_.start ? "past: " + std::string(meets(t.now, t.target) ? "met" : "missed")
                              : "after the end",
        t.year_reached ? std::to_string(t.year_reached) : fmt::format("not by {}", base_.end),
        isolated(t.definition), isolated(t.source), escape(t.status));
  return html +
         "</tbody></table></div><p class=\"soft\">Base rate: of the 24 NATO allies "
         "that spent less than 2 % of GDP in 2014, 9 reached it in 2024, the year they had named, "
         "and 17 "
         "in 2025 (SIPRI, April 2026). seen: read in a public source; known: general "
         "knowledge.</p></section>";
}

std::string Page::reach() const {
  if (b_.reach.empty()) return "";
  std::string html = fmt::format(
      "<section><h2>Reach</h2><p>Whose missiles reach the capital of a state that counts them as a "
      "rival, {}, great circle from capital to capital.</p>"
      "<div class=\"scroll\"><table><thead><tr><th>From</th><th>Reaches</th></tr></thead><tbody>",
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

std::string badge(const ParameterRow& r) {
  if (r.prior_driven) return "<span class=\"badge\">prior-driven</span>";
  return r.from_used_prior ? "<span class=\"badge\">as its prior</span>" : "";
}

std::string Page::drivers() const {
  std::string html = fmt::format(
      "<section><h2>What drives the result</h2><p>The posterior of the two equations under the {} "
      "priors. R-hat at most {:.4f}, effective draws at least {:.0f}, divergences {} of {} draws. "
      "{}<span class=\"badge\">prior-driven</span>: hardly narrower than the wide prior. "
      "<span class=\"badge\">as its prior</span>: this panel's figures hardly moved the prior that "
      "was "
      "used.</p>"
      "<div class=\"scroll\"><table><thead><tr><th>Parameter</th><th>Meaning</th><th>Unit</th><th "
      "class=\"n\">Mean</th><th class=\"n\">sd</th><th class=\"n\">9 in "
      "10</th><th></th></tr></thead><tbody>",
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
      html += fmt::format("<tr class=\"group\"><th colspan=\"7\">{} equation</th></tr>",
                          r.spec->equation == Equation::spending ? "Spending" : "Economy");
    html += fmt::format(
        "<tr><th>{}</th><td>{}</td><td>{}</td><td class=\"n\">{:.3f}</td><td "
        "class=\"n\">{:.3f}</td><td class=\"n\">{:.3f} to {:.3f}</td><td>{}</td></tr>",
        r.spec->name, r.spec->meaning, r.spec->unit, r.summary.mean, r.summary.sd, r.summary.q05,
        r.summary.q95, badge(r));
    before = r.spec;
  }
  return html + "</tbody></table></div></section>";
}

std::string Page::record() const {
  if (b_.record) return score_section(*b_.record, panel_);
  return "<section><h2>How good was this in the past?</h2><p>" + escape(b_.no_record) +
         ".</p></section>";
}

std::string Page::sources() const {
  std::string html = fmt::format(
      "<section><h2>Sources and staleness</h2><p>Panel \u201c{}\u201d, {}; {}, {}; licence: {}. "
      "Each state's latest figure and how many of its years are reported, estimated or imputed:</p>"
      "<div class=\"scroll\"><table><thead><tr><th>State</th><th class=\"n\">Latest</th><th "
      "class=\"n\">Reported</th><th class=\"n\">Estimate or uncertain</th><th "
      "class=\"n\">Imputed</th><th>Source of the latest</th></tr></thead><tbody>",
      escape(panel_.name), isolated(panel_.vintage), isolated(panel_.currency),
      panel_.price_year > 0 ? fmt::format("prices of {}", panel_.price_year)
                            : std::string("current prices"),
      isolated(panel_.licence.empty() ? "not stated" : panel_.licence));
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    std::map<MilexKind, int> count;
    int latest = 0;
    for (int year = panel_.first_year; year <= panel_.last_year; ++year)
      if (panel_.cell(i, year).present()) ++count[panel_.cell(i, year).kind], latest = year;
    html += fmt::format(
        "<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td>{}</td></tr>",
        name(i), latest ? std::to_string(latest) : "none", count[MilexKind::reported],
        count[MilexKind::estimate] + count[MilexKind::uncertain], count[MilexKind::imputed],
        latest ? isolated(panel_.cell(i, latest).source) : "");
  }
  html += "</tbody></table></div>";
  if (!b_.notes.empty()) {
    html += "<ul>";
    for (const std::string& note : b_.notes) html += fmt::format("<li>{}.</li>", escape(note));
    html += "</ul>";
  }
  if (!panel_.notice.empty())
    html += fmt::format(
        "<details><summary>NOTICE: whose figures these are</summary><pre>{}</pre></details>",
        escape(panel_.notice));
  if (live_)
    html += fmt::format(
        "<p id=\"live-check\">The page checks itself when its script runs.</p><p "
        "class=\"soft\">This file carries the panel, the scenarios and {} draws of the posterior; "
        "tenbin verify computes every number in it again from those. R-hat, effective draws and "
        "the table of parameters are of the whole fit, the scorecard of an earlier back-test.</p>",
        live_->carried.study.spending.size());
  return html + fmt::format(
                    "<p class=\"soft\">The figures are not under the licence of tenbin's code. "
                    "Borders, names and codes follow the sources. Made by {}; {} futures from seed "
                    "{}; panel {}.</p></section>",
                    escape(b_.creator), base_.futures, base_.seed, panel_.hash.substr(0, 16));
}

std::string Page::whole() const {
  std::string html = fmt::format(
      "<header><p class=\"kicker\">tenbin briefing</p><h1>{}</h1><p class=\"soft\">{} futures to "
      "{}, each one draw from the fitted model with its own shocks. \u201c8 in 10 futures\u201d is "
      "the range between the lowest and the highest tenth. \u00b1 is a probability's Monte Carlo "
      "error.{}</p></header>\n<main>\n",
      escape(headline(b_)), base_.futures, base_.end, base_rate());
  const Quantity first = exists(base_.focus, Quantity::burden) ? Quantity::burden : Quantity::milex;
  html += pickers() + "\n" +
          (live_ ? live_section(b_, *live_, fan_of(base_.focus, first, b_.scenarios[0]))
                 : "<div class=\"two\">" + fans() + changes() + "</div>") +
          "\n" + scenario_words() + "\n" + comparison_tables() + "\n" + responses() + "\n" +
          burden_sharing() + "\n" + reach() + "\n" + risk_section(b_) + "\n" + drivers() + "\n" +
          record() + "\n" + sources();
  html += "\n</main>\n<script type=\"application/json\" id=\"tenbin-data\">" +
          page_data(b_, live_ == nullptr) + "</script>";
  return html_document(panel_.states[base_.focus].name + ": a tenbin briefing", style(), html,
                       live_ ? live_->script : DocumentScript{});
}

}  // namespace

std::string render(const Briefing& briefing, const LivePage* live) {
  return Page(briefing, live).whole();
}

}  // namespace tenbin
