// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/risk_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/section_charts.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr double least_race = 0.005;     // probabilities below it are not listed
constexpr double least_incident = 0.10;  // the same, of an incident next year
constexpr double least_expected = 0.5;   // incidents to come
constexpr std::size_t most_risks = 16;   // rows
constexpr int strip_years = 15;

class RiskSection {
 public:
  RiskSection(const Briefing& b, const Narrative& narrative)
      : b_(b), narrative_(narrative), base_(b.scenarios[0].scenario) {}
  std::string whole() const {
    return "<section class=\"page\">" + past_growth() + races() + stability() + incidents() +
           "</section>";
  }

 private:
  std::string name(StateIndex i) const { return isolated(b_.panel.states[i].name); }
  std::string pair(StateIndex a, StateIndex b) const { return name(a) + " and " + name(b); }

  /// A handout is cut after its first rows: they are those of the country that it is about.
  template <class Outlook>
  void focus_first(std::vector<std::size_t>& order, const std::vector<Outlook>& all) const {
    // Not std::ranges::stable_partition: clang 14 cannot compile the subrange that it returns.
    std::stable_partition(order.begin(), order.end(), [&](std::size_t d) {
      return all[d].a == base_.focus || all[d].b == base_.focus;
    });
  }

  /// Growth of the focus and its neighbours year by year, against the threshold of races.
  std::string past_growth() const {
    GrowthStrip strip{.last_year = base_.start, .threshold = RaceRule{}.growth};
    const int first = std::max(b_.panel.first_year + 1, base_.start - strip_years + 1);
    strip.first_year = first;
    std::vector<StateIndex> near = narrative_.neighbours();
    std::stable_partition(near.begin(), near.end(), [&](StateIndex i) { return i == base_.focus; });
    for (const StateIndex i : near) {
      GrowthStrip::Row row{capitalised(short_name(b_.panel.states[i])), {}};
      for (int year = first; year <= base_.start; ++year)
        row.growth.push_back(narrative_.growth(i, year));
      if (std::ranges::any_of(row.growth, known)) strip.rows.push_back(std::move(row));
    }
    if (strip.rows.empty()) return "";
    return fmt::format(
        "<section><h3>Growth of military spending, year by year</h3><p>After inflation. Orange: "
        "{:.0f}% or more, the pace that counts as an arms race if both rivals keep it for {} years "
        "in a row.</p><figure class=\"card coverage\" tabindex=\"0\">{}</figure></section>",
        100 * RaceRule{}.growth, RaceRule{}.years, draw(strip));
  }

  std::string rate_words() const {
    const RaceRate& rate = b_.race_rate;
    if (rate.spans == 0) return "";
    return fmt::format(
        " For comparison: of {} past periods of {} years of two rivals (overlapping), {} contained "
        "a race.",
        rate.spans, rate.span, rate.with_race);
  }

  std::string races() const {
    std::string html =
        "<section><h3>" + term("Arms races", "race") +
        fmt::format(
            " to come</h3><p>Chance of a race by {} on {}. The other columns: "
            "change under each scenario, in percentage points. A policy can make a country "
            "grow faster than the threshold by itself; a race then needs no answer.{}</p>",
            base_.end, narrative_.plans(), rate_words());
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
      rows += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td>", pair(o.a, o.b),
                          chance_text(o.by.back().p));
      for (std::size_t s = 1; s < b_.races.size(); ++s)
        rows += "<td class=\"n\">" + points(b_.races[s][d].change) + "</td>";
      rows += "</tr>";
    }
    if (rows.empty()) return html + "<p>No pair of rivals reaches 0.5%.</p></section>";
    html +=
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Rivals</th><th "
        "scope=\"col\" class=\"n\">Race</th>";
    for (std::size_t s = 1; s < b_.scenarios.size(); ++s)
      html += "<th scope=\"col\" class=\"n\">" + isolated(b_.scenarios[s].scenario.name) + "</th>";
    return html + "</tr></thead><tbody>" + rows + "</tbody></table></div>" + thresholds() +
           "</section>";
  }

  /// "+5", "−0.3", "0" of a chance.
  static std::string points(double change) {
    const double size = std::abs(100 * change);
    return size < 0.05 ? "0" : signed_number(100 * change, size < 1 ? 1 : 0);
  }

  /// Probability of a race in the baseline at each threshold, for the pairs of the focus.
  std::string thresholds() const {
    std::string rows;
    for (const RaceOutlook& o : b_.races[0]) {
      if ((o.a != base_.focus && o.b != base_.focus) || o.at_growth[0].p < least_race) continue;
      rows += "<tr><th scope=\"row\">" + pair(o.a, o.b) + "</th>";
      for (const Chance& c : o.at_growth) rows += "<td class=\"n\">" + chance_text(c.p) + "</td>";
      rows += "</tr>";
    }
    if (rows.empty()) return "";
    std::string html = fmt::format(
        "<p>The threshold of 8% is a convention. Chance of a race by {} at other thresholds, on "
        "{}:</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th "
        "scope=\"col\">Rivals</th>",
        base_.end, narrative_.plans());
    for (const double rate : race_growths)
      html += fmt::format("<th scope=\"col\" class=\"n\">{:.0f}%</th>", 100 * rate);
    return html + "</tr></thead><tbody>" + rows + "</tbody></table></div>";
  }

  std::string stability() const {
    const Stability& s = b_.stability;
    const std::string head = "<section><h3>Do responses set off a spiral?</h3><p>";
    if (s.draws == 0)
      return head + fmt::format(
                        "Not computed for more than {} countries; tenbin stability "
                        "computes it.</p></section>",
                        most_states_in_short);
    return head +
           fmt::format(
               "{} In {} of the versions of the model that fit the data, responses to each other "
               "would make a shock grow without end. Responses change total spending ten years "
               "after a shock by {}% (likely range {}% to {}%).</p></section>",
               s.unstable.p > 0.5 ? "Yes, in this model." : "Not in this model: a shock fades.",
               chance_text(s.unstable.p), signed_number(100 * (s.gain.median() - 1), 1),
               signed_number(100 * (s.gain.low80() - 1), 1),
               signed_number(100 * (s.gain.high80() - 1), 1));
  }

  std::string incidents() const {
    const std::string head = "<section><h3>" + term("Incidents", "dispute") + " next year</h3>";
    if (b_.risks.empty())
      return head + "<p>" + escape(capitalised(b_.no_disputes)) + ".</p></section>";
    return head + next_year() + "</section><section><h3>Incidents until " +
           std::to_string(base_.end) + "</h3>" + to_come() +
           "<p class=\"soft\">In these data, incidents are more frequent where the gap to a "
           "stronger rival is smaller. This is an association: it does not show that arming causes "
           "incidents.</p></section>";
  }

  /// What the panel counts as incidents of a pair.
  std::string counted(StateIndex a, StateIndex b) const {
    for (const DisputePast& d : b_.panel.dispute_past)
      if (std::minmax(d.a, d.b) == std::minmax(a, b) && d.as_of == base_.start) return d.basis;
    return "";
  }

  std::string next_year() const {
    const DisputeModel& m = *b_.panel.dispute_model;
    const Classification& judged = m.judged[0];
    std::string html = fmt::format(
        "<p>Chance of at least one incident in {}: a threat, display or use of force between two "
        "countries. For comparison: {:.1f}% of the years of pairs that are neighbours or include a "
        "major power had one in {}–{}. The last column shows how often an incident followed where "
        "the model gave a similar chance in years that it had not seen ({}). After {} the past of "
        "a pair is our own coding and judgement.</p><div class=\"scroll\" "
        "tabindex=\"0\"><table><thead><tr><th scope=\"col\">Pair, and what counts</th><th "
        "scope=\"col\" class=\"n\">Any</th><th scope=\"col\" class=\"n\">With force</th><th "
        "scope=\"col\" class=\"n\">With a death</th><th scope=\"col\" class=\"n\">Latest</th><th "
        "scope=\"col\" class=\"n\">Years with one, last 10</th><th scope=\"col\" class=\"n\">Track "
        "record</th></tr></thead><tbody>",
        base_.start + 1, 100.0 * m.onsets / m.rows, m.first, m.last, escape(m.judged_on), m.last);
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < b_.risks.size(); ++k)
      if (b_.risks[k].risk[0].mean >= least_incident) order.push_back(k);
    focus_first(order, b_.risks);
    order.resize(std::min(order.size(), most_risks));
    for (const std::size_t k : order) {
      const DisputeRisk& r = b_.risks[k];
      const Reliability& seen = judged.classes[risk_class(r.risk[0].mean)];
      const std::string what = counted(r.a, r.b);
      html += fmt::format(
          "<tr><th scope=\"row\">{}{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"n\">followed "
          "in {} of {}</td></tr>",
          pair(r.a, r.b),
          what.empty() ? "" : "<br><span class=\"why\">" + isolated(what) + "</span>",
          chance_text(r.risk[0].mean), chance_text(r.risk[1].mean), chance_text(r.risk[2].mean),
          r.past.never ? "none" : std::to_string(r.past.last), r.past.recent(), seen.events,
          seen.cases);
    }
    html += "</tbody></table></div>";
    if (b_.risks.size() > order.size())
      html += fmt::format(
          "<p class=\"soft\">Pairs with at least 10%, at most {}; the model covers "
          "{} pairs.</p>",
          most_risks, b_.risks.size());
    return html;
  }

  /// What simulations draw on today's plans.
  std::string to_come() const {
    const auto& base = b_.disputes[0];
    if (base.empty())
      return "<p>These scenarios say disputes = \"none\": their simulations hold no "
             "incidents.</p>";
    const DisputeModel& m = *b_.panel.dispute_model;
    const int years = base_.end - base_.start;
    std::string html = fmt::format(
        "<p>Every simulation draws incidents year by year. An incident makes the next one more "
        "likely; an incident with force leaves hostility for ten years.{}</p><div "
        "class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Pair</th><th "
        "scope=\"col\" class=\"n\">Years with one, of {}</th><th scope=\"col\" class=\"n\">At "
        "least one with force</th><th scope=\"col\" class=\"n\">At least one with a "
        "death</th></tr></thead><tbody>",
        world_check(m), years);
    std::vector<std::size_t> order;
    for (std::size_t d = 0; d < base.size(); ++d)
      if (base[d].count >= least_expected) order.push_back(d);
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t d) { return base[d].count; });
    focus_first(order, base);
    order.resize(std::min(most_risks, order.size()));
    for (const std::size_t d : order) {
      const DisputeOutlook& o = base[d];
      html += fmt::format(
          "<tr><th scope=\"row\">{}</th><td class=\"n\">{:.1f}</td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td></tr>",
          pair(o.a, o.b), o.count, chance_text(o.once[1].p), chance_text(o.once[2].p));
    }
    return html + "</tbody></table></div>";
  }

  /// The same model, held to what followed in the world.
  static std::string world_check(const DisputeModel& m) {
    const auto whole = m.whole_spans();
    if (whole.empty()) return "";
    const SimulatedCount& c = whole[0];
    return fmt::format(
        " Check: for the whole world, as of {}, the same simulation gave {:.0f} incidents in {}–{} "
        "(90% range {:.0f} to {:.0f}); {} were observed.",
        c.first - 1, c.mean, c.first, c.last, c.low, c.high, c.observed);
  }

  const Briefing& b_;
  const Narrative& narrative_;
  const Scenario& base_;
};

}  // namespace

std::string risk_section(const Briefing& briefing, const Narrative& narrative) {
  return RiskSection(briefing, narrative).whole();
}

}  // namespace tenbin
