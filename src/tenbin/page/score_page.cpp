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

using fmt::arg;

/// "+10.8 % ± 4.4": what tenbin gains on a method.
std::string gain(const MethodScore& m) {
  return signed_number(100 * m.skill, 1) + "%" +
         (known(m.skill_se) ? fmt::format(" \u00b1 {:.1f}", 100 * m.skill_se) : "");
}

const HorizonScores* at(const std::vector<HorizonScores>& board, int horizon) {
  const auto found = std::ranges::find(board, horizon, &HorizonScores::horizon);
  return found == board.end() ? nullptr : &*found;
}

/// What a table of gains is about.
struct GainsWords {
  Sentence title, score;
};
constexpr GainsWords milex_gains{
    "Military spending: gain on each method",
    "Score (CRPS) of the logarithm of spending, and by how much it is below the score of each "
    "method; a negative number means that tenbin is worse."};
constexpr GainsWords burden_gains{
    "Share of GDP: gain on each method",
    "Score (CRPS) of the logarithm of the share, and by how much it is below the score of each "
    "method; a negative number means that tenbin is worse."};

/// Sections of the scoreboard; `level` is that of their headings.
class Scores {
 public:
  Scores(const Scorecard& card, const Panel& panel, int level, Language language)
      : card_(card), panel_(panel), level_(level), language_(language) {}
  /// In English.
  std::string page(const std::string& pictures) const {
    const std::string body = "<header><p class=\"kicker\">tenbin scoreboard</p><h1>" +
                             escape(joined_clauses(verdict(), "")) + "</h1>" + how() +
                             "</header>\n<main>" + gains(card_.milex, milex_gains) +
                             gains(card_.burden, burden_gains) + calibration() + pictures +
                             by_state() + misses() + plans() + terms() + "</main>";
    return html_document("How good was this in the past: a tenbin scoreboard",
                         joined_clauses(verdict(), "."), language_, std::string(page_style), body);
  }
  std::string section() const {
    const auto short_of = [](std::vector<HorizonScores> boards) {
      std::erase_if(boards, [](const HorizonScores& h) {
        return std::ranges::find(shown_in_short, h.horizon) == shown_in_short.end();
      });
      return boards;
    };
    const bool english = language_ == Language::english;
    return "<section><h3>" + say("How good was this in the past?") + "</h3><p>" +
           escape(joined_clauses(verdict(), english ? "." : "。")) + "</p>" + how() +
           gains(short_of(card_.milex), milex_gains) + gains(short_of(card_.burden), burden_gains) +
           misses() + plans() + "<details><summary>" +
           say("More of the record: ranges, countries, and the value of each term") + "</summary>" +
           calibration() + by_state() + terms() + "</details></section>";
  }

 private:
  template <class... Args>
  std::string say(Sentence sentence, const Args&... args) const {
    return tenbin::say(language_, sentence, args...);
  }
  /// A table that is wider than some screens; `heads` are the cells of its first row.
  static std::string table(const std::string& heads) {
    return "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + heads +
           "</tr></thead><tbody>";
  }
  static std::string head(const std::string& words) {
    return "<th scope=\"col\" class=\"n\">" + words + "</th>";
  }
  static std::string loose_head(const std::string& words) {
    return "<th class=\"n\">" + words + "</th>";
  }
  std::string heading(const std::string& text) const {
    return fmt::format("<section><h{0}>{1}</h{0}>", level_, text);
  }
  static std::string soft(const std::string& text) { return "<p class=\"soft\">" + text + "</p>"; }
  std::string name(const std::string& id) const {
    const auto i = panel_.find(id);
    return i ? isolated(panel_.states[*i].name) : escape(id);
  }
  /// Plain text.
  std::string method_name(const std::string& method) const {
    if (method == "rw") return say("random walk");
    if (method == "share") return say("constant share of GDP");
    return std::string(translated(method, language_));
  }
  /// "5 years".
  std::string years(int horizon) const {
    return horizon == 1 ? say("1 year") : say("{count} years", arg("count", horizon));
  }

  /// Whole clauses, which may be sentences of their own, as plain text.
  std::string joined_clauses(const std::vector<std::string>& clauses, const char* end) const {
    return fmt::format("{}{}", fmt::join(clauses, language_ == Language::english ? "; " : "。"),
                       end);
  }
  /// How good the forecasts of military spending were, and where a simple method is better.
  std::vector<std::string> verdict() const {
    const HorizonScores* h = at(card_.milex, middle);
    if (h == nullptr && !card_.milex.empty()) h = &card_.milex.back();
    if (h == nullptr) return {say("No forecast could be scored")};
    const MethodScore& best = h->best_baseline();
    const std::string ahead = years(h->horizon), method = method_name(best.method);
    const double gain = 100 * std::abs(best.skill);
    std::vector<std::string> clauses{
        best.skill >= 0
            ? say("Over {years}, tenbin’s forecasts of military spending were {gain:.0f}% better "
                  "than the best simple method ({method})",
                  arg("years", ahead), arg("gain", gain), arg("method", method))
            : say("Over {years}, tenbin’s forecasts of military spending were {gain:.0f}% worse "
                  "than the best simple method ({method})",
                  arg("years", ahead), arg("gain", gain), arg("method", method)),
        say("{inside:.0f}% of outcomes lay in the likely range (80%)",
            arg("inside", 100 * h->own().coverage[1]))};
    for (const auto& [board, what] :
         {std::pair{&card_.milex,
                    Sentence("on military spending it was up to {loss:.0f}% worse ({method}, over "
                             "{years})")},
          std::pair{&card_.burden,
                    Sentence("on the share of GDP it was up to {loss:.0f}% worse ({method}, over "
                             "{years})")}})
      if (const HorizonScores* worst = worst_of(*board))
        clauses.push_back(say(what, arg("loss", -100 * worst->best_baseline().skill),
                              arg("method", method_name(worst->best_baseline().method)),
                              arg("years", years(worst->horizon))));
    return clauses;
  }
  /// The horizon at which a simple method is better by most; nullptr where none is better.
  static const HorizonScores* worst_of(const std::vector<HorizonScores>& board) {
    const HorizonScores* worst = nullptr;
    for (const HorizonScores& h : board)
      if (h.best_baseline().skill < (worst ? worst->best_baseline().skill : 0)) worst = &h;
    return worst;
  }
  std::string how() const {
    return soft(joined(
        {fitted(),
         say("The score is the CRPS of the logarithm: 0.05 is about 5% of the level, smaller is "
             "better."),
         say("± is one standard error; it allows for periods that overlap."),
         card_.release.empty()
             ? say("The figures of earlier years come from today’s release.")
             : say("The figures of earlier years come from today’s release: {release}.",
                   arg("release", isolated(translated(card_.release, language_))))},
        language_));
  }
  std::string fitted() const {
    const std::string panel = isolated(card_.panel),
                      setup = escape(translated(card_.setup, language_));
    if (card_.states.empty() || static_cast<int>(card_.states.size()) == panel_.size())
      return say(
          "For each of {count} years from {from} to {to}, the model was fitted to what the panel "
          "{panel} held at the end of that year ({setup}), projected without levers and without "
          "incidents, and compared with the outcome, for all of its countries.",
          arg("count", card_.origins), arg("from", card_.first_origin),
          arg("to", card_.last_origin), arg("panel", panel), arg("setup", setup));
    std::vector<std::string> names;
    for (const std::string& id : card_.states) names.push_back(name(id));
    return say(
        "For each of {count} years from {from} to {to}, the model was fitted to what the panel "
        "{panel} held at the end of that year ({setup}), projected without levers and without "
        "incidents, and compared with the outcome, for {states}.",
        arg("count", card_.origins), arg("from", card_.first_origin), arg("to", card_.last_origin),
        arg("panel", panel), arg("setup", setup), arg("states", listed(names, language_)));
  }

  std::string gains(const std::vector<HorizonScores>& board, const GainsWords& words) const {
    if (board.empty()) return "";
    std::string heads = head(say("Years ahead")) + loose_head(say("Cases")) + head("tenbin");
    for (std::size_t m = 1; m < board[0].methods.size(); ++m)
      heads += head(escape(method_name(board[0].methods[m].method)));
    std::string html =
        heading(say(words.title)) +
        soft(joined({say(words.score), say("All methods have the same cases.")}, language_)) +
        table(heads);
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
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", width, height + 10,
        say("Outcomes by the tenth of the forecast they fell in, {count} years ahead",
            arg("count", h.horizon)));
    for (int b = 0; b < 10; ++b) {
      const double tall = 100.0 * h.pit[b] / most;
      svg += fmt::format(
          "<rect x=\"{}\" y=\"{:.1f}\" width=\"32\" height=\"{:.1f}\" fill=\"#0072b2\" "
          "fill-opacity=\"0.75\"><title>{}</title></rect>",
          10 + 34 * b, base - tall, tall, say("{count} outcomes", arg("count", h.pit[b])));
    }
    return svg + fmt::format(
                     "<path d=\"M10 {0:.1f}h338\" stroke=\"#222\" "
                     "stroke-dasharray=\"4 3\"/><text x=\"10\" y=\"130\" "
                     "fill=\"#5b6269\">{1}</text><text x=\"348\" y=\"130\" "
                     "text-anchor=\"end\" fill=\"#5b6269\">{2}</text></svg>",
                     base - 100 * level / most, say("lowest tenth"), say("highest tenth"));
  }
  std::string calibration() const {
    std::string html =
        heading(say("Do the ranges hold?")) + "<p>" +
        say("Part of the outcomes inside each range, and the width of the likely range (80%):") +
        "</p>" +
        table(loose_head(say("Years ahead")) + head(say("50% range")) + head(say("80% range")) +
              head(say("95% range")) + head(say("Width of the 80% range")) +
              loose_head(say("Error of the median")));
    for (const HorizonScores& h : card_.milex) {
      const MethodScore& own = h.own();
      html += fmt::format(
          "<tr><th scope=\"row\" class=\"n\">{}</th><td class=\"n\">{:.0f}%</td><td "
          "class=\"n\">{:.0f}%{}</td><td "
          "class=\"n\">{:.0f}%</td><td class=\"n\">{}</td><td class=\"n\">{:.1f}"
          "%</td></tr>",
          h.horizon, 100 * own.coverage[0], 100 * own.coverage[1],
          known(own.coverage80_se) ? fmt::format(" \u00b1 {:.0f}", 100 * own.coverage80_se) : "",
          100 * own.coverage[2],
          say("a factor of {factor:.2f}", arg("factor", std::exp(own.width[1]))),
          100 * std::expm1(own.absolute_error));
    }
    html += "</tbody></table></div><div class=\"two\">";
    for (const int horizon : {near, middle})
      if (const HorizonScores* h = at(card_.milex, horizon))
        html += "<figure class=\"card\"><figcaption>" +
                say("In which tenth of the forecast did the outcome fall? {years} ahead, {count} "
                    "cases. Bars of one height are right; low ends mean ranges that are too wide.",
                    arg("years", years(horizon)), arg("count", h->cases)) +
                "</figcaption>" + histogram(*h) + "</figure>";
    return html + "</div></section>";
  }

  std::string by_state() const {
    std::string heads = "<th scope=\"col\">" + say("Country") + "</th>";
    for (const int h : told_horizons) heads += head(years(h)) + head(say("inside"));
    std::string html =
        heading(say("Scores country by country")) +
        soft(say("Gain on the simple method that was best for this country (known only "
                 "afterwards), and part of the outcomes inside the likely range (80%). The cases "
                 "are few and overlap: read the rows together.")) +
        table(heads);
    for (const StateScores& s : card_.by_state) {
      html += "<tr><th scope=\"row\">" + name(s.state) + "</th>";
      for (const int horizon : told_horizons) {
        const HorizonScores* h = at(s.boards, horizon);
        html +=
            h == nullptr
                ? "<td class=\"n\">-</td><td class=\"n\">-</td>"
                : fmt::format("<td class=\"n\">{}</td><td class=\"n\">{:.0f}</td>",
                              say("{gain}% on {method}",
                                  arg("gain", signed_number(100 * h->best_baseline().skill, 0)),
                                  arg("method", escape(method_name(h->best_baseline().method)))),
                              100 * h->own().coverage[1]);
      }
      html += "</tr>";
    }
    return html + "</tbody></table></div></section>";
  }

  std::string miss(const Miss& m) const {
    const auto so_far = std::lround(1000 * m.beyond);
    const std::string what =
        "<b>" +
        say("{state} {year}", arg("state", name(m.state)), arg("year", m.origin + m.horizon)) +
        "</b>";
    const std::string off = signed_number(100 * std::expm1(m.off), 0);
    const std::string text =
        so_far == 0
            ? say("{case}, forecast made in {origin}: outcome {off}% from the median; none of "
                  "1,000 simulations went so far.",
                  arg("case", what), arg("origin", m.origin), arg("off", off))
            : say("{case}, forecast made in {origin}: outcome {off}% from the median; {count} of "
                  "1,000 simulations went so far.",
                  arg("case", what), arg("origin", m.origin), arg("off", off),
                  arg("count", so_far));
    if (m.story.empty()) return "<li>" + text + "</li>";
    return "<li>" +
           joined({text, say("{text}.", arg("text", isolated(translated(m.story, language_)))),
                   "<span class=\"why\">" + say("{source}.", arg("source", isolated(m.source))) +
                       "</span>"},
                  language_) +
           "</li>";
  }
  std::string misses() const {
    if (card_.misses.empty()) return "";
    std::string html = heading(say("Biggest misses")) + "<div class=\"two\">";
    for (const int horizon : {near, middle}) {
      std::string rows;
      for (const Miss& m : card_.misses)
        if (m.horizon == horizon) rows += miss(m);
      if (!rows.empty())
        html += fmt::format("<div class=\"card\"><h{0}>{1}</h{0}><ul>{2}</ul></div>", level_ + 1,
                            say("{years} ahead", arg("years", years(horizon))), rows);
    }
    return html + "</div></section>";
  }

  std::string plans() const {
    if (card_.plans.empty()) return "";
    std::string html =
        heading(say("Forecasts with an announced plan")) +
        soft(say("Percentage of simulations below the outcome (near 0 or 100: the outcome was a "
                 "surprise), and the score (CRPS): without the plan, with its target as the panel "
                 "counts it, and with its target as announced.")) +
        table("<th scope=\"col\">" + say("Country") + "</th>" + head(say("Made in")) +
              loose_head(say("Year")) + head(say("Without it")) + head("CRPS") +
              loose_head(say("As counted here")) + head("CRPS") + head(say("As announced")) +
              head("CRPS"));
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
  std::vector<std::string> findings() const {
    std::vector<std::string> all;
    for (const std::string_view term : {"threat", "support", "rivals"}) {
      bool helps = false, costs = false, asked = false;
      for (const TermWorth& t : card_.terms)
        if (t.term == term) {
          asked = true;
          helps = helps || t.change > 2 * t.error;
          costs = costs || t.change < -2 * t.error;
        }
      const std::string bold = fmt::format("<b>{}</b>", translated(term, language_));
      const Sentence finding =
          helps && costs ? Sentence("{term}: better at some horizons, worse at others.")
          : helps        ? Sentence("{term}: improves forecasts.")
          : costs        ? Sentence("{term}: worsens forecasts.")
                         : Sentence("{term}: no difference beyond two standard errors.");
      if (asked) all.push_back(say(finding, arg("term", bold)));
    }
    return all;
  }
  std::string terms() const {
    if (card_.terms.empty()) return "";
    std::vector<int> horizons;
    std::vector<std::string> names;
    for (const TermWorth& t : card_.terms) {
      if (std::ranges::find(horizons, t.horizon) == horizons.end()) horizons.push_back(t.horizon);
      if (std::ranges::find(names, t.term) == names.end()) names.push_back(t.term);
    }
    std::string heads = "<th scope=\"col\">" + say("Without") + "</th>";
    for (const int h : horizons) heads += head(years(h));
    std::vector<std::string> text{
        say("Change of the score (CRPS) without the term, in percent; a positive number means "
            "that the term improves forecasts.")};
    for (std::string& finding : findings()) text.push_back(std::move(finding));
    text.push_back(say("Terms that do not improve forecasts serve policy questions."));
    std::string html = heading(say("Value of each term of the model")) + "<p>" +
                       joined(text, language_) + "</p>" + table(heads);
    for (const std::string& term : names) {
      html += fmt::format("<tr><th scope=\"row\">{}</th>", escape(translated(term, language_)));
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
  Language language_;
};

}  // namespace

std::string render_scores(const Scorecard& card, const Panel& panel,
                          std::span<const OriginRecord> records) {
  return Scores(card, panel, 2, Language::english).page(said_and_came(records, panel, card.states));
}

std::string score_section(const Scorecard& card, const Panel& panel, Language language) {
  return Scores(card, panel, 3, language).section();
}

}  // namespace tenbin
