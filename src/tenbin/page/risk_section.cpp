// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/risk_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "tenbin/page/chart_table.hpp"
#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/section_charts.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

using fmt::arg;

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
  template <class... Args>
  std::string say(Sentence sentence, const Args&... args) const {
    return tenbin::say(b_.language, sentence, args...);
  }
  std::string chance(double p) const { return chance_text(p, b_.language); }
  std::string pair(StateIndex a, StateIndex b) const {
    return say("{first} and {second}", arg("first", name(a)), arg("second", name(b)));
  }
  /// Heads of a table's columns, the first of words and the others of numbers.
  static std::string heads(const std::vector<std::string>& all) {
    std::string html;
    for (const std::string& head : all)
      html += fmt::format("<th scope=\"col\"{}>{}</th>", html.empty() ? "" : " class=\"n\"", head);
    return html;
  }

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
    GrowthStrip strip{.label = say("Growth of military spending by year"),
                      .last_year = base_.start,
                      .threshold = RaceRule{}.growth};
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
    ChartTable table{{say("Country")}, {}};
    for (int year = first; year <= base_.start; ++year) table.heads.push_back(fmt::to_string(year));
    for (const GrowthStrip::Row& row : strip.rows) {
      table.rows.push_back({row.name});
      for (const double g : row.growth)
        table.rows.back().push_back(known(g) ? signed_number(100 * g, 1) + "%" : "");
    }
    return fmt::format(
        "<section><h3>{}</h3><p>{}</p><figure class=\"card coverage\" "
        "tabindex=\"0\">{}{}</figure></section>",
        say("Growth of military spending, year by year"),
        say("After inflation. Orange: {growth}% or more, the pace that counts as an arms race if "
            "both rivals keep it for {years} years in a row.",
            arg("growth", fmt::format("{:.0f}", 100 * RaceRule{}.growth)),
            arg("years", RaceRule{}.years)),
        draw(strip), as_table(table, b_.language));
  }

  std::string rate_words() const {
    const RaceRate& rate = b_.race_rate;
    if (rate.spans == 0) return "";
    return say(
        "For comparison: of {periods} past periods of {years} years of two rivals (overlapping), "
        "{races} contained a race.",
        arg("periods", rate.spans), arg("years", rate.span), arg("races", rate.with_race));
  }

  std::string races() const {
    std::string html =
        "<section><h3>" +
        say("{races} to come", arg("races", term(say("Arms races"), "race", b_.language))) +
        "</h3><p>" +
        joined({say("Chance of a race by {year} on {plans}. The other columns: change under each "
                    "scenario, in percentage points. A policy can make a country grow faster than "
                    "the threshold by itself; a race then needs no answer.",
                    arg("year", base_.end), arg("plans", narrative_.plans())),
                rate_words()},
               b_.language) +
        "</p>";
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
                          chance(o.by.back().p));
      for (std::size_t s = 1; s < b_.races.size(); ++s)
        rows += "<td class=\"n\">" + points(b_.races[s][d].change) + "</td>";
      rows += "</tr>";
    }
    if (rows.empty())
      return html + "<p>" + say("No pair of rivals reaches 0.5%.") + "</p></section>";
    std::vector<std::string> columns{say("Rivals"), say("Race")};
    for (std::size_t s = 1; s < b_.scenarios.size(); ++s)
      columns.push_back(isolated(b_.scenarios[s].scenario.name));
    return html + "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + heads(columns) +
           "</tr></thead><tbody>" + rows + "</tbody></table></div>" + thresholds() + "</section>";
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
      for (const Chance& c : o.at_growth) rows += "<td class=\"n\">" + chance(c.p) + "</td>";
      rows += "</tr>";
    }
    if (rows.empty()) return "";
    std::vector<std::string> columns{say("Rivals")};
    for (const double rate : race_growths) columns.push_back(fmt::format("{:.0f}%", 100 * rate));
    return "<p>" +
           say("The threshold of 8% is a convention. Chance of a race by {year} at other "
               "thresholds, on {plans}:",
               arg("year", base_.end), arg("plans", narrative_.plans())) +
           "</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + heads(columns) +
           "</tr></thead><tbody>" + rows + "</tbody></table></div>";
  }

  std::string stability() const {
    const Stability& s = b_.stability;
    const std::string head = "<section><h3>" + say("Do responses set off a spiral?") + "</h3><p>";
    if (s.draws == 0)
      return head +
             say("Not computed for more than {count} countries; tenbin stability computes it.",
                 arg("count", most_states_in_short)) +
             "</p></section>";
    const auto change = [](double gain) { return signed_number(100 * (gain - 1), 1); };
    return head +
           joined({s.unstable.p > 0.5 ? say("Yes, in this model.")
                                      : say("Not in this model: a shock fades."),
                   say("In {chance} of the versions of the model that fit the data, responses to "
                       "each other would make a shock grow without end. Responses change total "
                       "spending ten years after a shock by {median}% (likely range {low}% to "
                       "{high}%).",
                       arg("chance", chance(s.unstable.p)), arg("median", change(s.gain.median())),
                       arg("low", change(s.gain.low80())), arg("high", change(s.gain.high80())))},
                  b_.language) +
           "</p></section>";
  }

  std::string incidents() const {
    const std::string head = "<section><h3>" +
                             say("{incidents} next year",
                                 arg("incidents", term(say("Incidents"), "dispute", b_.language))) +
                             "</h3>";
    if (b_.risks.empty()) return head + "<p>" + why_none() + "</p></section>";
    return head + next_year() + "</section><section><h3>" +
           say("Incidents until {year}", arg("year", base_.end)) + "</h3>" + to_come() +
           "<p class=\"soft\">" +
           say("In these data, incidents are more frequent where the gap to a stronger rival is "
               "smaller. This is an association: it does not show that arming causes incidents.") +
           "</p></section>";
  }

  /// Why the panel has no risk of incidents.
  std::string why_none() const {
    switch (b_.dispute_lack) {
      case DisputeLack::nothing:
        break;
      case DisputeLack::model:
        return say(
            "The panel’s folder holds no disputes.toml (tenbin disputes writes one), so futures "
            "draw no disputes and their risk is not judged.");
      case DisputeLack::late_model:
        return say(
            "The panel’s disputes.toml was fitted to years up to {last}, later than {year}, so "
            "futures draw no disputes and their risk is not judged.",
            arg("last", b_.panel.dispute_model->last), arg("year", base_.start));
      case DisputeLack::past:
        return say(
            "The panel tells of no dyad’s past up to {year}, so futures draw no disputes and their "
            "risk is not judged.",
            arg("year", base_.start));
      case DisputeLack::dyads:
        return say(
            "The panel has no relevant dyad (contiguity.csv, majors.csv) whose states’ places, "
            "entry, stocks and democracy (regime.csv) are known in {year}, so futures draw no "
            "disputes and their risk is not judged.",
            arg("year", base_.start));
    }
    return "";
  }

  /// What the panel counts as incidents of a pair.
  std::string counted(StateIndex a, StateIndex b) const {
    for (const DisputePast& d : b_.panel.dispute_past)
      if (std::minmax(d.a, d.b) == std::minmax(a, b) && d.as_of == base_.start)
        return std::string(translated(d.basis, b_.language));
    return "";
  }

  std::string next_year() const {
    const DisputeModel& m = *b_.panel.dispute_model;
    const Classification& judged = m.judged[0];
    std::string html =
        "<p>" +
        say("Chance of at least one incident in {year}: a threat, display or use of force between "
            "two countries. For comparison: {share}% of the years of pairs that are neighbours or "
            "include a major power had one in {first}–{last}. The last column shows how often an "
            "incident followed where the model gave a similar chance in years that it had not seen "
            "({judged}). After {last} the past of a pair is our own coding and judgement.",
            arg("year", base_.start + 1),
            arg("share", fmt::format("{:.1f}", 100.0 * m.onsets / m.rows)), arg("first", m.first),
            arg("last", m.last), arg("judged", escape(translated(m.judged_on, b_.language)))) +
        "</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" +
        heads({say("Pair, and what counts"), say("Any"), say("With force"), say("With a death"),
               say("Latest"), say("Years with one, last 10"), say("Track record")}) +
        "</tr></thead><tbody>";
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
          "class=\"n\">{}</td></tr>",
          pair(r.a, r.b),
          what.empty() ? "" : "<br><span class=\"why\">" + isolated(what) + "</span>",
          chance(r.risk[0].mean), chance(r.risk[1].mean), chance(r.risk[2].mean),
          r.past.never ? say("none") : std::to_string(r.past.last), r.past.recent(),
          say("followed in {events} of {cases}", arg("events", seen.events),
              arg("cases", seen.cases)));
    }
    html += "</tbody></table></div>";
    if (b_.risks.size() > order.size())
      html += "<p class=\"soft\">" +
              say("Pairs with at least 10%, at most {most}; the model covers {count} pairs.",
                  arg("most", most_risks), arg("count", b_.risks.size())) +
              "</p>";
    return html;
  }

  /// What simulations draw on today's plans.
  std::string to_come() const {
    const auto& base = b_.disputes[0];
    if (base.empty())
      return "<p>" +
             say("These scenarios say {setting}: their simulations hold no incidents.",
                 arg("setting", "disputes = \"none\"")) +
             "</p>";
    std::string html =
        "<p>" +
        joined({say("Every simulation draws incidents year by year. An incident makes the next one "
                    "more likely; an incident with force leaves hostility for ten years."),
                world_check()},
               b_.language) +
        "</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" +
        heads({say("Pair"),
               say("Years with one, of {years}", arg("years", base_.end - base_.start)),
               say("At least one with force"), say("At least one with a death")}) +
        "</tr></thead><tbody>";
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
          pair(o.a, o.b), o.count, chance(o.once[1].p), chance(o.once[2].p));
    }
    return html + "</tbody></table></div>";
  }

  /// The same model, held to what followed in the world.
  std::string world_check() const {
    const auto whole = b_.panel.dispute_model->whole_spans();
    if (whole.empty()) return "";
    const SimulatedCount& c = whole[0];
    const auto whole_number = [](double x) { return fmt::format("{:.0f}", x); };
    return say(
        "Check: for the whole world, as of {year}, the same simulation gave {mean} incidents in "
        "{first}–{last} (90% range {low} to {high}); {observed} were observed.",
        arg("year", c.first - 1), arg("mean", whole_number(c.mean)), arg("first", c.first),
        arg("last", c.last), arg("low", whole_number(c.low)), arg("high", whole_number(c.high)),
        arg("observed", c.observed));
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
