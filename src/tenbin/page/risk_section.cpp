// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/risk_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr double least_race = 0.005;  // probabilities below it are not listed
constexpr std::size_t most_risks = 16;

class RiskSection {
 public:
  explicit RiskSection(const Briefing& b) : b_(b) {}
  std::string whole() const {
    return "<section id=\"risk\" class=\"page\"><h2>Is it a race, and is it dangerous?</h2>" +
           races() + stability() + disputes() + "</section>";
  }

 private:
  std::string name(StateIndex i) const { return isolated(b_.panel.states[i].name); }
  std::string dyad(StateIndex a, StateIndex b) const { return name(a) + " and " + name(b); }

  /// "+5.7 ± 0.4 (+5.6)", in brackets the part of the policy itself; 0 if the change rounds to 0.
  static std::string change(const RaceOutlook& o) {
    return std::abs(o.change) < 0.0005
               ? "0"
               : fmt::format("{} \u00b1 {:.1f} ({})", signed_number(100 * o.change, 1),
                             100 * o.change_error, signed_number(100 * o.itself, 1));
  }
  static std::string change(const DisputeOutlook& o) {
    return std::abs(o.change) < 0.005
               ? "0"
               : fmt::format("{} \u00b1 {:.2f}", signed_number(o.change, 2), o.change_error);
  }
  /// One sentence on what is likeliest.
  std::string verdict() const {
    const RaceOutlook* top = nullptr;
    for (const RaceOutlook& o : b_.races[0])
      if (!top || o.by.back().p > top->by.back().p) top = &o;
    if (!top) return "The panel has no rivals whose spending is projected.";
    return fmt::format("The likeliest race by {} under \u201c{}\u201d is that of {}: {}.",
                       b_.scenarios[0].scenario.end, isolated(b_.scenarios[0].scenario.name),
                       dyad(top->a, top->b), in_hundred(top->by.back()));
  }

  std::string rate_words() const {
    const RaceRate& rate = b_.race_rate;
    if (rate.spans == 0)
      return fmt::format("no pair was observed and rivals for {} years", rate.span);
    return fmt::format(
        "{} of {} spans of {} years (they overlap) in which two rivals were observed held one",
        rate.with_race, rate.spans, rate.span);
  }

  /// A handout is cut after its first rows: they are those of the state that it is about.
  template <class Outlook>
  void focus_first(std::vector<std::size_t>& order, const std::vector<Outlook>& all) const {
    const StateIndex focus = b_.scenarios[0].scenario.focus;
    // Not std::ranges::stable_partition: clang 14 cannot compile the subrange that it returns.
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t d) { return all[d].a == focus || all[d].b == focus; });
  }

  std::string races() const {
    const int end = b_.scenarios[0].scenario.end;
    std::string html =
        "<section><h3>" + term("Races", "race") + " to come</h3><p><b>" + verdict() + "</b> " +
        fmt::format(
            "A race: two rivals' real spending grows by 8 % or more for three years running. Base "
            "rate: in this panel's history {}. The table "
            "has "
            "the probability by {} with its Monte Carlo error, and by how many points of 100 each "
            "scenario changes it, paired by simulation. In brackets: the part of the policy "
            "itself, "
            "before other countries answer; a policy can force a country to grow faster than the "
            "threshold. The pairs of {} come first.</p>",
            rate_words(), end, name(b_.scenarios[0].scenario.focus));
    std::string rows;
    std::vector<std::size_t> order(b_.races[0].size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t d) { return b_.races[0][d].by.back().p; });
    focus_first(order, b_.races[0]);
    for (const std::size_t d : order) {
      const bool any = std::ranges::any_of(
          b_.races, [&](const auto& run) { return run[d].by.back().p >= least_race; });
      if (!any) continue;
      const RaceOutlook& o = b_.races[0][d];
      rows += fmt::format("<tr><th>{}</th><td class=\"n\">{}</td>", dyad(o.a, o.b),
                          in_hundred(o.by.back()));
      for (std::size_t s = 1; s < b_.races.size(); ++s)
        rows += "<td class=\"n\">" + change(b_.races[s][d]) + "</td>";
      rows += "</tr>";
    }
    if (rows.empty()) return html + "<p>No pair reaches half a per cent.</p></section>";
    html +=
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>Rivals</th><th "
        "class=\"n\">Race by then</th>";
    for (std::size_t s = 1; s < b_.scenarios.size(); ++s)
      html += "<th class=\"n\">" + isolated(b_.scenarios[s].scenario.name) + "</th>";
    return html + "</tr></thead><tbody>" + rows + "</tbody></table></div>" + rates() + "</section>";
  }

  /// Probability of a race in the baseline at each threshold, for the pairs of the focus country.
  std::string rates() const {
    std::string rows;
    const StateIndex focus = b_.scenarios[0].scenario.focus;
    for (const RaceOutlook& o : b_.races[0]) {
      if ((o.a != focus && o.b != focus) || o.at_growth[0].p < least_race) continue;
      rows += "<tr><th>" + dyad(o.a, o.b) + "</th>";
      for (const Chance& c : o.at_growth) rows += "<td class=\"n\">" + in_hundred(c) + "</td>";
      rows += "</tr>";
    }
    if (rows.empty()) return "";
    std::string html = fmt::format(
        "<p>The threshold of 8 % is a convention. Probability by {} at other thresholds, under "
        "\u201c{}\u201d:</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>Rivals</th>",
        b_.scenarios[0].scenario.end, isolated(b_.scenarios[0].scenario.name));
    for (const double rate : race_growths)
      html += fmt::format("<th class=\"n\">{:.0f} %</th>", 100 * rate);
    return html + "</tr></thead><tbody>" + rows + "</tbody></table></div>";
  }

  std::string stability() const {
    const Stability& s = b_.stability;
    if (s.draws == 0)
      return fmt::format(
          "<section><h3>Stability</h3><p>Not judged in a briefing of more than {} states; tenbin "
          "stability does it.</p></section>",
          most_states_in_short);
    const bool runs_away = s.unstable.p > 0.5;
    std::string html = fmt::format(
        "<section><h3>Stability</h3><p><b>{}</b> In {} of the draws from the fitted model it would "
        "grow without end; base rate, with nobody answering anybody: {}. Habit alone keeps {:.2f} "
        "% of a push from one year to the next; with "
        "everybody's answers it is {:.2f} % (9 in 10: {:.2f} to {:.2f}). In ten years the answers "
        "to "
        "each other's changes add {} % to total spending (9 in 10: {} to {}).",
        runs_away ? "An outside push runs away." : "An outside push dies out.",
        in_hundred(s.unstable), in_hundred(s.unstable_alone), 100 * s.radius_alone.median(),
        100 * s.radius.median(), 100 * s.radius.quantile[0], 100 * s.radius.quantile[6],
        signed_number(100 * (s.gain.median() - 1), 1),
        signed_number(100 * (s.gain.quantile[0] - 1), 1),
        signed_number(100 * (s.gain.quantile[6] - 1), 1));
    if (s.dominant.what != Weakened::What::nothing)
      html += fmt::format(" What matters most to that: {} (without it {:.2f} points less).",
                          escape(pair_words(s.dominant, b_.panel)), 100 * s.gain_less);
    if (runs_away && s.cure_sought)
      html +=
          s.cure.what == Weakened::What::nothing
              ? " None of the single weaker reactions or ties that were tried would make it stable."
              : fmt::format(
                    " The smallest change that would make it stable: {}, down to {:.0f} % "
                    "of what it is.",
                    escape(pair_words(s.cure, b_.panel)), 100 * s.cure.left);
    return html + "</p></section>";
  }

  std::string disputes() const {
    const std::string head =
        "<section><h3>Risk of a militarised " + term("dispute", "dispute") + " next year</h3>";
    if (b_.risks.empty()) {
      std::string why = b_.no_disputes;
      if (!why.empty()) why[0] = static_cast<char>(why[0] - 'a' + 'A');
      return head + "<p>" + escape(why) + ".</p></section>";
    }
    return head + next_year() + "</section><section><h3>Disputes to come</h3>" + to_come() +
           "<p class=\"soft\">In these figures a smaller gap to a stronger rival goes with more "
           "disputes. That is an association: it is no finding that arming causes them, and no "
           "lever here should be read so.</p></section>";
  }

  std::string next_year() const {
    const DisputeModel& m = *b_.panel.dispute_model;
    const Classification& judged = m.judged[0];
    std::string html = fmt::format(
        "<p>A threat, display or use of force between two states in {}. Base rate: {:.1f} of 100 "
        "relevant dyad-years, {}-{}. Beside each risk, how often a dispute came where the model "
        "gave such a risk in years it had not seen ({}; it expected {:.0f} onsets, {} came). The "
        "pasts of these dyads are the panel's own coding, and judgement after {}: no data set "
        "reaches further. Most disputes are a display or a threat, few cost a life.</p><div "
        "class=\"scroll\" "
        "tabindex=\"0\"><table><thead><tr><th>Dyad</th><th class=\"n\">Any, of 100</th><th "
        "class=\"n\">9 in 10</th><th class=\"n\">With force</th><th class=\"n\">With a "
        "death</th><th "
        "class=\"n\">Last one</th><th class=\"n\">Years with one, of ten</th><th "
        "class=\"n\">Such risks before</th></tr></thead><tbody>",
        b_.scenarios[0].scenario.start + 1, 100.0 * m.onsets / m.rows, m.first, m.last,
        escape(m.judged_on), judged.expected, judged.events, m.last);
    for (std::size_t k = 0; k < std::min(most_risks, b_.risks.size()); ++k) {
      const DisputeRisk& r = b_.risks[k];
      const Reliability& seen = judged.classes[risk_class(r.risk[0].mean)];
      const auto cell = [&](std::size_t severity, double p) {
        const Band& band = r.risk[severity];
        return within_width(100 * p, 100 * (band.quantile[6] - band.quantile[0]));
      };
      const auto mean = [&](std::size_t severity) { return cell(severity, r.risk[severity].mean); };
      html += fmt::format(
          "<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{} to {}</td><td "
          "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n\">{} came of {}, {:.0f} expected</td></tr>",
          dyad(r.a, r.b), mean(0), cell(0, r.risk[0].quantile[0]), cell(0, r.risk[0].quantile[6]),
          mean(1), mean(2), r.past.never ? "none" : std::to_string(r.past.last), r.past.recent(),
          seen.events, seen.cases, seen.expected);
    }
    html += "</tbody></table></div>";
    if (b_.risks.size() > most_risks)
      html += fmt::format("<p class=\"soft\">The {} highest of {} relevant dyads.</p>", most_risks,
                          b_.risks.size());
    return html;
  }

  /// What futures draw, and what the scenarios change.
  std::string to_come() const {
    const auto& base = b_.disputes[0];
    if (base.empty())
      return "<p>These scenarios say disputes = \"none\": their futures draw none.</p>";
    const DisputeModel& m = *b_.panel.dispute_model;
    const int start = b_.scenarios[0].scenario.start, end = b_.scenarios[0].scenario.end,
              years = end - start, span = std::min(years, longest_span);
    std::string html = fmt::format(
        "<p>Every future draws its own disputes up to {}, year by year: one makes the next "
        "likelier, and one with force leaves hostility behind for ten years, to which both states' "
        "spending answers. Base rates, {}-{}: {:.2f} of {} years of a relevant dyad had one",
        end, m.first, m.last, static_cast<double>(years) * m.onsets / m.rows, years);
    if (!m.within.empty() && m.within[span - 1].spans > 0)
      html += fmt::format("; {:.0f} of 100 spans of {} years{} held at least one",
                          100.0 * m.within[span - 1].with_onset / m.within[span - 1].spans, span,
                          span < years ? " (the longest that are counted)" : "");
    html += ".";
    const auto whole = m.whole_spans();
    for (std::size_t k = 0; k < whole.size(); ++k) {
      const SimulatedCount& c = whole[k];
      html += k == 0 ? fmt::format(" The same as of {} for the whole world, {}-{}: ", c.first - 1,
                                   c.first, c.last)
                     : "; ";
      html += fmt::format("{:.0f}{} drawn (9 in 10: {:.0f} to {:.0f}), {} came", c.mean,
                          std::array{" disputes", " with force", " with a death"}[k], c.low, c.high,
                          c.observed);
    }
    if (!whole.empty()) html += ".";
    html += fmt::format(
        "</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>Dyad</th><th "
        "class=\"n\">In {}</th><th "
        "class=\"n\">At least one by then</th><th class=\"n\">With force</th><th "
        "class=\"n\">With a death</th><th class=\"n\">Years with one</th>",
        end);
    for (std::size_t s = 1; s < b_.scenarios.size(); ++s)
      html += "<th class=\"n\">" + isolated(b_.scenarios[s].scenario.name) + "</th>";
    html += "</tr></thead><tbody>";
    std::vector<std::size_t> order(base.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t d) { return base[d].count; });
    focus_first(order, base);
    order.resize(std::min(most_risks, order.size()));
    for (const std::size_t d : order) {
      const DisputeOutlook& o = base[d];
      html += fmt::format(
          "<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n\">{:.1f}</td>",
          dyad(o.a, o.b), in_hundred(o.in.back().p), in_hundred(o.once[0].p),
          in_hundred(o.once[1].p), in_hundred(o.once[2].p), o.count);
      for (std::size_t s = 1; s < b_.disputes.size(); ++s)
        html += "<td class=\"n\">" + change(b_.disputes[s][d]) + "</td>";
      html += "</tr>";
    }
    return html +
           "</tbody></table></div><p>Scenarios: change of the years with one, future by "
           "future, with its Monte Carlo error.</p>";
  }

  const Briefing& b_;
};

}  // namespace

std::string risk_section(const Briefing& briefing) { return RiskSection(briefing).whole(); }

}  // namespace tenbin
