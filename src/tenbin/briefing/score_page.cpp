// SPDX-License-Identifier: Apache-2.0
#include "tenbin/briefing/score_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/analyse/scoreboard.hpp"
#include "tenbin/briefing/document.hpp"
#include "tenbin/briefing/style.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/study/backtest.hpp"

namespace tenbin {
namespace {

constexpr int near = 1, middle = 5, far = 10;  // horizons of the tables by state
constexpr std::size_t misses_shown = 6;

std::string method_name(const std::string& method) {
  if (method == "rw") return "random walk";
  if (method == "share") return "constant share of GDP";
  return escape(method);
}

/// "+10.8 % ± 4.4": what tenbin gains on a method.
std::string gain(const MethodScore& m) {
  return signed_number(100 * m.skill, 1) + " %" +
         (known(m.skill_se) ? fmt::format(" \u00b1 {:.1f}", 100 * m.skill_se) : "");
}

const HorizonScores* at(const std::vector<HorizonScores>& board, int horizon) {
  const auto found = std::ranges::find(board, horizon, &HorizonScores::horizon);
  return found == board.end() ? nullptr : &*found;
}

class ScorePage {
 public:
  explicit ScorePage(const ScoreReport& r) : r_(r) {
    milex_ = board(Scored::milex, r.states);
    burden_ = board(Scored::burden, r.states);
  }
  std::string whole() const {
    const std::string body = "<header><p class=\"kicker\">tenbin scoreboard</p><h1>" +
                             escape(headline()) + "</h1>" + how() + "</header>\n<main>" +
                             by_horizon(milex_, "Expenditure", "log of milex") +
                             by_horizon(burden_, "Share of GDP", "log of the burden") +
                             calibration() + by_state() + misses() + plans() + "</main>";
    return html_document("How good was this in the past: a tenbin scoreboard",
                         std::string(page_style), body);
  }

 private:
  std::vector<HorizonScores> board(Scored what, std::vector<std::string> states) const {
    return scoreboard(r_.records, {.what = what,
                                   .methods = methods_of(r_.records, what, r_.methods),
                                   .states = std::move(states)});
  }
  std::string name(const std::string& id) const {
    const auto i = r_.panel.find(id);
    return i ? isolated(r_.panel.states[*i].name) : escape(id);
  }
  std::string headline() const {
    const HorizonScores* h = at(milex_, middle);
    if (h == nullptr && !milex_.empty()) h = &milex_.back();
    if (h == nullptr) return "No forecast could be scored";
    const MethodScore& best = h->best_baseline();
    return fmt::format(
        "Over {} year{}, tenbin's forecasts of expenditure were {:.1f} % {} than those of the best "
        "simple method ({}); {:.0f} of 100 outcomes lay in its 8-in-10 range",
        h->horizon, h->horizon == 1 ? "" : "s", 100 * std::abs(best.skill),
        best.skill >= 0 ? "better" : "worse", method_name(best.method), 100 * h->own().coverage[1]);
  }
  std::string how() const {
    int first = 9999, last = 0;
    for (const OriginRecord& r : r_.records)
      first = std::min(first, r.origin), last = std::max(last, r.origin);
    return fmt::format(
        "<p class=\"soft\">At each of {} origins from {} to {} the panel {} was cut to what was "
        "known, fitted anew ({}), projected without levers, and scored against what came. The "
        "score "
        "is the CRPS of the logarithm: 0.05 is about 5 % of the level, smaller is better. \u00b1 "
        "is "
        "one standard error, for cases in pairs and origins that overlap. The figures of earlier "
        "years are those of today's release.</p>",
        r_.records.size(), first, last, isolated(r_.panel.name), escape(r_.setup));
  }

  std::string by_horizon(const std::vector<HorizonScores>& board, const char* title,
                         const char* of) const {
    if (board.empty()) return "";
    std::string html = fmt::format(
        "<section><h2>{}: what tenbin gains on each method</h2><p class=\"soft\">CRPS of the {}, "
        "and by how much it is below that of each method; below 0 tenbin loses. The same cases for "
        "all.</p><div class=\"scroll\"><table><thead><tr><th class=\"n\">Years ahead</th><th "
        "class=\"n\">Cases</th><th class=\"n\">tenbin</th>",
        title, of);
    for (std::size_t m = 1; m < board[0].methods.size(); ++m)
      html += "<th class=\"n\">" + method_name(board[0].methods[m].method) + "</th>";
    html += "</tr></thead><tbody>";
    for (const HorizonScores& h : board) {
      html += fmt::format(
          "<tr><th class=\"n\">{}</th><td class=\"n\">{}</td><td "
          "class=\"n\">{:.4f}</td>",
          h.horizon, h.cases, h.own().crps);
      for (std::size_t m = 1; m < h.methods.size(); ++m)
        html += "<td class=\"n\">" + gain(h.methods[m]) + "</td>";
      html += "</tr>";
    }
    return html + "</tbody></table></div></section>";
  }

  /// Outcomes by the tenth of the forecast that they fell in; level where the forecast is honest.
  std::string histogram(const HorizonScores& h) const {
    constexpr int width = 360, height = 130, base = 112;
    const double level = h.cases / 10.0;
    const int most = std::max(*std::ranges::max_element(h.pit), static_cast<int>(2 * level));
    std::string svg = fmt::format(
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Outcomes by the tenth of the "
        "forecast they fell in, {} years ahead\">",
        width, height + 10, h.horizon);
    for (int b = 0; b < 10; ++b) {
      const double tall = 100.0 * h.pit[b] / most;
      svg += fmt::format(
          "<rect x=\"{}\" y=\"{:.1f}\" width=\"32\" height=\"{:.1f}\" fill=\"#0072b2\" "
          "fill-opacity=\"0.75\"><title>{} outcomes</title></rect>",
          10 + 34 * b, base - tall, tall, h.pit[b]);
    }
    return svg + fmt::format(
                     "<path d=\"M10 {0:.1f}h338\" stroke=\"#222\" "
                     "stroke-dasharray=\"4 3\"/><text x=\"10\" y=\"130\" "
                     "fill=\"#5b6269\">lowest tenth</text><text x=\"348\" y=\"130\" "
                     "text-anchor=\"end\" fill=\"#5b6269\">highest tenth</text></svg>",
                     base - 100 * level / most);
  }
  std::string calibration() const {
    std::string html =
        "<section><h2>Are its ranges honest?</h2><p>Of 100 outcomes, how many lay inside, and the "
        "width of the 8-in-10 range:</p><div class=\"scroll\"><table><thead><tr><th "
        "class=\"n\">Years ahead</th><th class=\"n\">5-in-10 range</th><th class=\"n\">8-in-10 "
        "range</th><th class=\"n\">19-in-20 range</th><th class=\"n\">Width of 8-in-10</th><th "
        "class=\"n\">Error of the median</th></tr></thead><tbody>";
    for (const HorizonScores& h : milex_) {
      const MethodScore& own = h.own();
      html += fmt::format(
          "<tr><th class=\"n\">{}</th><td class=\"n\">{:.0f}</td><td class=\"n\">{:.0f}</td><td "
          "class=\"n\">{:.0f}</td><td class=\"n\">a factor of {:.2f}</td><td class=\"n\">{:.1f} "
          "%</td></tr>",
          h.horizon, 100 * own.coverage[0], 100 * own.coverage[1], 100 * own.coverage[2],
          std::exp(own.width[1]), 100 * std::expm1(own.absolute_error));
    }
    html += "</tbody></table></div><div class=\"two\">";
    for (const int horizon : {near, middle})
      if (const HorizonScores* h = at(milex_, horizon))
        html += fmt::format(
            "<figure class=\"card\"><figcaption>In which tenth of the forecast did the outcome "
            "fall? {} year{} ahead, {} cases. Level bars are honest; low ends mean ranges that are "
            "too wide.</figcaption>{}</figure>",
            horizon, horizon == 1 ? "" : "s", h->cases, histogram(*h));
    return html + "</div></section>";
  }

  std::string by_state() const {
    std::string html =
        "<section><h2>State by state</h2><p class=\"soft\">Gain on the simple method that was best "
        "for this state (known only afterwards), and how many of 100 outcomes lay in the 8-in-10 "
        "range. Few cases, which overlap: read rows together.</p><div class=\"scroll\"><table>"
        "<thead><tr><th>State</th>";
    for (const int h : {near, middle, far})
      html += fmt::format("<th class=\"n\">{0} year{1}</th><th class=\"n\">inside</th>", h,
                          h == 1 ? "" : "s");
    html += "</tr></thead><tbody>";
    for (const State& s : r_.panel.states) {
      if (!r_.states.empty() && std::ranges::find(r_.states, s.id) == r_.states.end()) continue;
      const auto own = board(Scored::milex, {s.id});
      if (own.empty()) continue;
      html += "<tr><th>" + name(s.id) + "</th>";
      for (const int horizon : {near, middle, far}) {
        const HorizonScores* h = at(own, horizon);
        html += h == nullptr
                    ? "<td class=\"n\">-</td><td class=\"n\">-</td>"
                    : fmt::format(
                          "<td class=\"n\">{} on {}</td><td "
                          "class=\"n\">{:.0f}</td>",
                          signed_number(100 * h->best_baseline().skill, 0) + " %",
                          method_name(h->best_baseline().method), 100 * h->own().coverage[1]);
      }
      html += "</tr>";
    }
    return html + "</tbody></table></div></section>";
  }

  std::string misses() const {
    std::string html = "<section><h2>Where it was furthest off</h2><div class=\"two\">";
    for (const int horizon : {near, middle}) {
      const auto worst = worst_misses(r_.records, {.methods = r_.methods, .states = r_.states},
                                      horizon, misses_shown);
      if (worst.empty()) continue;
      html += fmt::format("<div class=\"card\"><h3>{} year{} ahead</h3><ul>", horizon,
                          horizon == 1 ? "" : "s");
      for (const ScoredForecast& f : worst)
        html += fmt::format(
            "<li>{} {}, seen from {}: {} % from the middle; {} of 1,000 futures went so far</li>",
            name(f.state), f.origin + f.horizon, f.origin,
            signed_number(100 * std::expm1(f.observed - f.median), 0),
            std::lround(1000 * std::min(f.pit, 1 - f.pit)));
      html += "</ul></div>";
    }
    return html + "</div></section>";
  }

  std::string plans() const {
    std::string rows;
    for (const OriginRecord& r : r_.records)
      for (const ScoredForecast& f : r.forecasts) {
        if (f.method != with_plan || f.what != Scored::milex) continue;
        rows += fmt::format("<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                            name(f.state), f.origin, f.origin + f.horizon);
        for (const std::string_view method : {own_method, with_plan, with_plan_as_announced})
          for (const ScoredForecast& g : r.forecasts)
            if (g.method == method && g.what == f.what && g.state == f.state &&
                g.horizon == f.horizon)
              rows += fmt::format("<td class=\"n\">{:.1f}</td><td class=\"n\">{:.3f}</td>",
                                  100 * g.pit, g.crps);
        rows += "</tr>";
      }
    if (rows.empty()) return "";
    return "<section><h2>Where a plan was already announced</h2><p class=\"soft\">Of 100 futures, "
           "how many lay below what came (near 0 or 100: the outcome was hardly foreseen), and the "
           "CRPS: without the plan, with its target in the panel's measure, and with its target as "
           "announced.</p><div class=\"scroll\"><table><thead><tr><th>State</th><th "
           "class=\"n\">Seen from</th><th class=\"n\">Year</th><th class=\"n\">Without it</th><th "
           "class=\"n\">CRPS</th><th class=\"n\">Panel's measure</th><th class=\"n\">CRPS</th><th "
           "class=\"n\">As announced</th><th class=\"n\">CRPS</th></tr></thead><tbody>" +
           rows + "</tbody></table></div></section>";
  }

  const ScoreReport& r_;
  std::vector<HorizonScores> milex_, burden_;
};

}  // namespace

std::string render_scores(const ScoreReport& report) { return ScorePage(report).whole(); }

}  // namespace tenbin
