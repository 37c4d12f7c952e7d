// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/score_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/page/document.hpp"
#include "tenbin/page/said_and_came.hpp"
#include "tenbin/page/style.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr int near = told_horizons[0], middle = told_horizons[1];
constexpr std::array shown_in_short{1, 3, 5, 10};  // horizons of a briefing

/// Plain text.
std::string method_name(const std::string& method) {
  if (method == "rw") return "random walk";
  if (method == "share") return "constant share of GDP";
  return method;
}

/// "+10.8 % ± 4.4": what tenbin gains on a method.
std::string gain(const MethodScore& m) {
  return signed_number(100 * m.skill, 1) + "%" +
         (known(m.skill_se) ? fmt::format(" \u00b1 {:.1f}", 100 * m.skill_se) : "");
}

const HorizonScores* at(const std::vector<HorizonScores>& board, int horizon) {
  const auto found = std::ranges::find(board, horizon, &HorizonScores::horizon);
  return found == board.end() ? nullptr : &*found;
}

std::string years(int horizon) {
  return fmt::format("{} year{}", horizon, horizon == 1 ? "" : "s");
}

/// Sections of the scoreboard; `level` is that of their headings.
class Scores {
 public:
  Scores(const Scorecard& card, const Panel& panel, int level)
      : card_(card), panel_(panel), level_(level) {}
  std::string page(const std::string& pictures) const {
    const std::string body = "<header><p class=\"kicker\">tenbin scoreboard</p><h1>" +
                             escape(verdict()) + "</h1>" + how() + "</header>\n<main>" +
                             gains(card_.milex, milex_title, milex_of) +
                             gains(card_.burden, burden_title, burden_of) + calibration() +
                             pictures + by_state() + misses() + plans() + terms() + "</main>";
    return html_document("How good was this in the past: a tenbin scoreboard", verdict() + ".",
                         std::string(page_style), body);
  }
  std::string section() const {
    const auto short_of = [](std::vector<HorizonScores> boards) {
      std::erase_if(boards, [](const HorizonScores& h) {
        return std::ranges::find(shown_in_short, h.horizon) == shown_in_short.end();
      });
      return boards;
    };
    return "<section><h3>How good was this in the past?</h3><p>" + escape(verdict()) + ".</p>" +
           how() + gains(short_of(card_.milex), milex_title, milex_of) +
           gains(short_of(card_.burden), burden_title, burden_of) + misses() + plans() +
           "<details><summary>More of the record: ranges, countries, and the value of each "
           "term</summary>" +
           calibration() + by_state() + terms() + "</details></section>";
  }

 private:
  static constexpr const char *milex_title = "Military spending",
                              *milex_of = "logarithm of spending", *burden_title = "Share of GDP",
                              *burden_of = "logarithm of the share";

  std::string heading(const std::string& text) const {
    return fmt::format("<section><h{0}>{1}</h{0}>", level_, text);
  }
  std::string name(const std::string& id) const {
    const auto i = panel_.find(id);
    return i ? isolated(panel_.states[*i].name) : escape(id);
  }
  std::string verdict() const {
    const HorizonScores* h = at(card_.milex, middle);
    if (h == nullptr && !card_.milex.empty()) h = &card_.milex.back();
    if (h == nullptr) return "No forecast could be scored";
    const MethodScore& best = h->best_baseline();
    return fmt::format(
        "Over {}, tenbin’s forecasts of military spending were {:.0f}% {} than the best simple "
        "method ({}); {:.0f}% of outcomes lay in the likely range (80%){}",
        years(h->horizon), 100 * std::abs(best.skill), best.skill >= 0 ? "better" : "worse",
        method_name(best.method), 100 * h->own().coverage[1], losses());
  }
  /// Where a simple method is better, in words.
  std::string losses() const {
    std::string text;
    for (const auto& [boards, what] : {std::pair{&card_.milex, "military spending"},
                                       std::pair{&card_.burden, "the share of GDP"}}) {
      const HorizonScores* worst = nullptr;
      for (const HorizonScores& h : *boards)
        if (h.best_baseline().skill < (worst ? worst->best_baseline().skill : 0)) worst = &h;
      if (worst)
        text += fmt::format("; on {} it was up to {:.0f}% worse ({}, over {})", what,
                            -100 * worst->best_baseline().skill,
                            method_name(worst->best_baseline().method), years(worst->horizon));
    }
    return text;
  }
  std::string how() const {
    return fmt::format(
        "<p class=\"soft\">For each of {} years from {} to {}, the model was fitted to what the "
        "panel "
        "{} held at the end of that year ({}), projected without levers and without incidents, and "
        "compared with the outcome, {}. The score is the CRPS of the logarithm: 0.05 is about 5% "
        "of "
        "the level, smaller is better. ± is one standard error; it allows for periods that "
        "overlap. "
        "The figures of earlier years come from today’s release{}.</p>",
        card_.origins, card_.first_origin, card_.last_origin, isolated(card_.panel),
        escape(card_.setup), whose(), card_.release.empty() ? "" : ": " + isolated(card_.release));
  }
  std::string whose() const {
    if (card_.states.empty() || static_cast<int>(card_.states.size()) == panel_.size())
      return "for all of its countries";
    std::string text = "for ";
    for (std::size_t k = 0; k < card_.states.size(); ++k)
      text += (k == 0 ? "" : k + 1 == card_.states.size() ? " and " : ", ") + name(card_.states[k]);
    return text;
  }

  std::string gains(const std::vector<HorizonScores>& board, const char* title,
                    const char* of) const {
    if (board.empty()) return "";
    std::string html =
        heading(fmt::format("{}: gain on each method", title)) +
        fmt::format(
            "<p class=\"soft\">Score (CRPS) of the {}, and by how much it is below the score of "
            "each method; a negative number means that tenbin is worse. All methods have the same "
            "cases.</p><div "
            "class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" class=\"n\">Years "
            "ahead</th><th "
            "class=\"n\">Cases</th><th scope=\"col\" class=\"n\">tenbin</th>",
            of);
    for (std::size_t m = 1; m < board[0].methods.size(); ++m)
      html += "<th scope=\"col\" class=\"n\">" + escape(method_name(board[0].methods[m].method)) +
              "</th>";
    html += "</tr></thead><tbody>";
    for (const HorizonScores& h : board) {
      html += fmt::format(
          "<tr><th scope=\"row\" class=\"n\">{}</th><td class=\"n\">{}</td><td "
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
    std::string html = heading("Do the ranges hold?") +
                       "<p>Part of the outcomes inside each range, and the "
                       "width of the likely range (80%):</p><div class=\"scroll\" "
                       "tabindex=\"0\"><table><thead><tr><th "
                       "class=\"n\">Years ahead</th><th scope=\"col\" class=\"n\">50% "
                       "range</th><th scope=\"col\" class=\"n\">80% "
                       "range</th><th scope=\"col\" class=\"n\">95% range</th><th scope=\"col\" "
                       "class=\"n\">Width of the 80% range</th><th "
                       "class=\"n\">Error of the median</th></tr></thead><tbody>";
    for (const HorizonScores& h : card_.milex) {
      const MethodScore& own = h.own();
      html += fmt::format(
          "<tr><th scope=\"row\" class=\"n\">{}</th><td class=\"n\">{:.0f}%</td><td "
          "class=\"n\">{:.0f}%</td><td "
          "class=\"n\">{:.0f}%</td><td class=\"n\">a factor of {:.2f}</td><td class=\"n\">{:.1f}"
          "%</td></tr>",
          h.horizon, 100 * own.coverage[0], 100 * own.coverage[1], 100 * own.coverage[2],
          std::exp(own.width[1]), 100 * std::expm1(own.absolute_error));
    }
    html += "</tbody></table></div><div class=\"two\">";
    for (const int horizon : {near, middle})
      if (const HorizonScores* h = at(card_.milex, horizon))
        html += fmt::format(
            "<figure class=\"card\"><figcaption>In which tenth of the forecast did the outcome "
            "fall? {} ahead, {} cases. Bars of one height are right; low ends mean ranges that are "
            "too wide.</figcaption>{}</figure>",
            years(horizon), h->cases, histogram(*h));
    return html + "</div></section>";
  }

  std::string by_state() const {
    std::string html =
        heading("Country by country") +
        "<p class=\"soft\">Gain on the simple method that was best for this country (known only "
        "afterwards), and part of the outcomes inside the likely range (80%). The cases are few "
        "and "
        "overlap: read the rows together.</p><div class=\"scroll\" "
        "tabindex=\"0\"><table><thead><tr><th scope=\"col\">Country</th>";
    for (const int h : told_horizons)
      html += fmt::format(
          "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">inside</th>",
          years(h));
    html += "</tr></thead><tbody>";
    for (const StateScores& s : card_.by_state) {
      html += "<tr><th scope=\"row\">" + name(s.state) + "</th>";
      for (const int horizon : told_horizons) {
        const HorizonScores* h = at(s.boards, horizon);
        html += h == nullptr
                    ? "<td class=\"n\">-</td><td class=\"n\">-</td>"
                    : fmt::format("<td class=\"n\">{} on {}</td><td class=\"n\">{:.0f}</td>",
                                  signed_number(100 * h->best_baseline().skill, 0) + "%",
                                  escape(method_name(h->best_baseline().method)),
                                  100 * h->own().coverage[1]);
      }
      html += "</tr>";
    }
    return html + "</tbody></table></div></section>";
  }

  std::string misses() const {
    if (card_.misses.empty()) return "";
    std::string html = heading("Biggest misses") + "<div class=\"two\">";
    for (const int horizon : {near, middle}) {
      std::string rows;
      for (const Miss& m : card_.misses) {
        if (m.horizon != horizon) continue;
        const auto so_far = std::lround(1000 * m.beyond);
        rows += fmt::format(
            "<li><b>{} {}</b>, forecast made in {}: outcome {}% from the median; {} of 1,000 "
            "simulations went so far.",
            name(m.state), m.origin + m.horizon, m.origin,
            signed_number(100 * std::expm1(m.off), 0),
            so_far == 0 ? "none" : std::to_string(so_far));
        if (!m.story.empty())
          rows += fmt::format(" {}. <span class=\"why\">{}.</span>", isolated(m.story),
                              isolated(m.source));
        rows += "</li>";
      }
      if (!rows.empty())
        html += fmt::format("<div class=\"card\"><h{0}>{1} ahead</h{0}><ul>{2}</ul></div>",
                            level_ + 1, years(horizon), rows);
    }
    return html + "</div></section>";
  }

  std::string plans() const {
    if (card_.plans.empty()) return "";
    std::string html =
        heading("Forecasts with an announced plan") +
        "<p class=\"soft\">Percentage of simulations below the outcome (near 0 or 100: the outcome "
        "was a surprise), and the score (CRPS): without the plan, with its target as the panel "
        "counts it, and with its target as announced.</p><div "
        "class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Country</th><th "
        "scope=\"col\" class=\"n\">Made "
        "in</th><th "
        "class=\"n\">Year</th><th scope=\"col\" class=\"n\">Without it</th><th scope=\"col\" "
        "class=\"n\">CRPS</th><th "
        "class=\"n\">As counted here</th><th scope=\"col\" class=\"n\">CRPS</th><th scope=\"col\" "
        "class=\"n\">As "
        "announced</th><th scope=\"col\" class=\"n\">CRPS</th></tr></thead><tbody>";
    for (const PlanCase& c : card_.plans) {
      html +=
          fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                      name(c.state), c.origin, c.origin + c.horizon);
      for (std::size_t k = 0; k < c.pit.size(); ++k)
        html += fmt::format("<td class=\"n\">{:.1f}</td><td class=\"n\">{:.3f}</td>",
                            100 * c.pit[k], c.crps[k]);
      html += "</tr>";
    }
    return html + "</tbody></table></div></section>";
  }

  /// The terms of whom one arms against, and whether they help: said whichever it is.
  std::string finding() const {
    std::string text;
    for (const std::string_view term : {"threat", "support", "rivals"}) {
      bool helps = false, costs = false, asked = false;
      for (const TermWorth& t : card_.terms)
        if (t.term == term) {
          asked = true;
          helps = helps || t.change > 2 * t.error;
          costs = costs || t.change < -2 * t.error;
        }
      if (asked)
        text += fmt::format(" <b>{}</b>: {}.", term,
                            helps && costs ? "better at some horizons, worse at others"
                            : helps        ? "improves forecasts"
                            : costs        ? "worsens forecasts"
                                           : "no difference beyond two standard errors");
    }
    return text;
  }
  std::string terms() const {
    if (card_.terms.empty()) return "";
    std::vector<int> horizons;
    std::vector<std::string> names;
    for (const TermWorth& t : card_.terms) {
      if (std::ranges::find(horizons, t.horizon) == horizons.end()) horizons.push_back(t.horizon);
      if (std::ranges::find(names, t.term) == names.end()) names.push_back(t.term);
    }
    std::string html =
        heading("Value of each term of the model") +
        "<p>Change of the score (CRPS) without the term, in percent; a positive "
        "number means that the "
        "term improves forecasts." +
        finding() +
        " Terms that do not improve forecasts serve policy questions.</p><div "
        "class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Without</th>";
    for (const int h : horizons)
      html += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", years(h));
    html += "</tr></thead><tbody>";
    for (const std::string& term : names) {
      html += fmt::format("<tr><th scope=\"row\">{}</th>", escape(term));
      for (const int h : horizons)
        for (const TermWorth& t : card_.terms)
          if (t.term == term && t.horizon == h)
            html += fmt::format("<td class=\"n\">{}{}</td>", signed_number(100 * t.change, 1),
                                known(t.error) ? fmt::format(" \u00b1 {:.1f}", 100 * t.error) : "");
      html += "</tr>";
    }
    return html + "</tbody></table></div></section>";
  }

  const Scorecard& card_;
  const Panel& panel_;
  int level_;
};

}  // namespace

std::string render_scores(const Scorecard& card, const Panel& panel,
                          std::span<const OriginRecord> records) {
  return Scores(card, panel, 2).page(said_and_came(records, panel, card.states));
}

std::string score_section(const Scorecard& card, const Panel& panel) {
  return Scores(card, panel, 3).section();
}

}  // namespace tenbin
