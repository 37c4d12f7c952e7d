// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/section_charts.hpp"
#include "tenbin/page/sections.hpp"
#include "tenbin/past/promises.hpp"

namespace tenbin {
namespace {

using fmt::arg;

static_assert(std::ranges::all_of(balance_cut_words, [](std::string_view words) {
  return language_detail::place_of(words) < japanese.size();
}));

/// Explains a way of counting; empty for whole stocks.
std::string what_counts(BalanceCut cut, Language language) {
  switch (cut) {
    case BalanceCut::whole:
      return "";
    case BalanceCut::by_treaty:
      return say(language,
                 "Weighted by treaty: a member with a defence treaty inside its bloc counts in "
                 "proportion to its strongest commitment; a lever on that commitment changes it.");
    case BalanceCut::in_region:
      return say(language,
                 "Weighted by region: {share}% of a member’s spending counts if no member of the "
                 "other bloc is in its region (an assumption).",
                 arg("share", fmt::format("{:.0f}", 100 * share_in_region)));
    case BalanceCut::purchasing_power:
      return say(language, "Purchasing power: at military price levels of the first year.");
  }
  return "";
}

/// "2.5", "0.98": at most three digits.
std::string three_figures(double x) { return fmt::format("{:.3g}", x); }
/// "2.94": how many times one bloc's spending is the other's.
std::string ratio_text(double x) { return fmt::format("{:.2f}", x); }

}  // namespace

std::string AllianceSection::burden_sharing() const {
  if (b_.targets.empty()) return "";
  return "<section class=\"page\">" + dumbbells() + targets() + record() + "</section>";
}

/// Today's share and the announced one, both by the panel's measure.
std::string AllianceSection::dumbbells() const {
  const auto start = arg("year", base_.start);
  DumbbellChart chart{.label = say("Share of GDP in {year} and announced target", start),
                      .from_words = say("share in {year}", start),
                      .to_words = say("announced target, as the panel counts it")};
  for (const TargetOutlook& t : b_.targets) {
    if (t.by <= base_.start) continue;
    const std::string who =
        say("{state} {year}", arg("state", capitalised(short_name(panel_.states[t.state]))),
            arg("year", t.by));
    const bool met = t.gap <= 0 || meets(t.now, t.target);
    const std::string chance = chance_text(t.in_time.p, b_.language);
    const std::string text = met ? say("reached; {chance} in its year", arg("chance", chance))
                                 : say("{chance} in its year", arg("chance", chance));
    chart.rows.push_back(
        {who, known(t.in_time.p) || met ? text : "", t.now, t.target, t.state == base_.focus});
    chart.label += fmt::format("; {}: {}, {}", who, share_text(t.now), share_text(t.target));
  }
  if (chart.rows.empty()) return "";
  return "<figure class=\"card coverage\" tabindex=\"0\"><figcaption>" +
         say("Where countries are, and what they announced. Right: chance of being at or above the "
             "target in its year") +
         "</figcaption>" + draw(chart) + "</figure>";
}

std::string AllianceSection::targets() const {
  std::string html = fmt::format(
      "<details><summary>{}</summary><p>{}</p><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th "
      "scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" "
      "class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th "
      "scope=\"col\">{}</th></tr></thead><tbody>",
      say("Announced targets, with definitions and sources"),
      say("A government’s own definition often counts more than this panel does. The factor "
          "between the two comes from years in which both are known."),
      say("Country"), say("Announced"), say("As counted here"), say("Extra spending needed a year"),
      say("Chance in its year"), say("First year with 50% or more"), say("Definition and source"));
  for (const TargetOutlook& t : b_.targets) {
    const bool met = t.gap <= 0 || meets(t.now, t.target), past = t.by <= base_.start;
    const std::string defined = isolated(translated(t.definition, b_.language)),
                      from = isolated(t.source);
    const auto definition = arg("definition", defined), source = arg("source", from);
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}%</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"why\">{}</td></tr>",
        name(t.state),
        say("{share}% by {year}", arg("share", three_figures(100 * t.announced)),
            arg("year", t.by)),
        three_figures(100 * t.target), met ? say("reached") : money_.text(t.gap),
        known(t.in_time.p) ? chance_text(t.in_time.p, b_.language)
        : !past            ? say("due later")
        : met              ? say("met")
                           : say("missed"),
        past             ? ""
        : t.year_reached ? std::to_string(t.year_reached)
                         : say("none to {year}", arg("year", base_.end)),
        t.status == "known" ? say("{definition}. {source} (general knowledge)", definition, source)
                            : say("{definition}. {source}", definition, source));
  }
  return html + "</tbody></table></div></details>";
}

/// How earlier promises of the panel's states ended, and what is expected of the kinds above.
std::string AllianceSection::record() const {
  std::vector<std::string> rates{say("Record.")};
  for (const BaseRateRow& r : panel_.base_rates)
    rates.push_back(say("{what}: {cases} of {of} by {to}.",
                        arg("what", isolated(translated(r.what, b_.language))),
                        arg("cases", r.cases), arg("of", r.of), arg("to", r.to)));
  std::string html;
  if (rates.size() > 1) html = "<p>" + joined(rates, b_.language) + "</p>";
  const Keeping* const keeping = keeping_in(panel_, base_.start);
  const auto cases = promise_cases(panel_, base_.start);
  if (keeping == nullptr || cases.empty()) return html;
  html += fmt::format(
      "<div class=\"scroll kept\" tabindex=\"0\"><table><caption>{}</caption><thead><tr><th "
      "scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" "
      "class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>",
      say("How pledges were kept that ended or were replaced by {year}, by kind, in all countries "
          "in our ledger",
          arg("year", keeping->as_of)),
      say("Kind of pledge"), say("Cases"), say("Ignored"),
      say("Part of the gap closed by the others"));
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    const KindKeeping& kind = keeping->kinds[k];
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{:.0f}%</td><td "
        "class=\"n\">{}</td></tr>",
        escape(promise_words(static_cast<PledgeKind>(k), b_.language)), kind.cases,
        100 * kind.ignored,
        say("{mean}% (± {sd})", arg("mean", fmt::format("{:.0f}", 100 * kind.mean)),
            arg("sd", fmt::format("{:.0f}", 100 * kind.sd))));
  }
  html += fmt::format(
      "</tbody></table></div><details><summary>{}</summary><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th "
      "scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" "
      "class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>",
      say("How {count} earlier pledges of these countries ended", arg("count", cases.size())),
      say("Country"), say("Pledge"), say("Kind"), say("Share before"), say("Share at the end"),
      say("Part of the gap closed"));
  for (const PromiseCase& c : cases) {
    const Pledge& p = panel_.pledges[c.pledge];
    const auto share = [&](int year) {
      return three_figures(100 * panel_.cell(p.state, year).burden) + "%";
    };
    const std::string at_end = share(c.ended);
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
        name(p.state),
        say("{share}% by {year}, announced in {announced}",
            arg("share", three_figures(100 * p.target)), arg("year", p.due()),
            arg("announced", p.announced)),
        escape(promise_words(p.kind, b_.language)), share(c.from - 1),
        c.ended < p.due()
            ? say("{share} in {year} (replaced)", arg("share", at_end), arg("year", c.ended))
            : say("{share} in {year}", arg("share", at_end), arg("year", c.ended)),
        fmt::format("{}{:.0f}%", c.closed() < 0 ? "\u2212" : "", std::abs(100 * c.closed())));
  }
  return html + "</tbody></table></div></details>";
}

/// The first two blocs of the first scenario, under each scenario.
std::string AllianceSection::balance() const {
  const auto weighed = [](const auto& years) { return years.back().ratio.exists; };
  if (b_.balance.empty() || !std::ranges::all_of(b_.balance.front().years, weighed)) return "";
  const Bloc &one = base_.blocs[0], &two = base_.blocs[1];
  const auto called = [&](const Bloc& bloc) {
    return escape(bloc_name(panel_, base_.start, bloc, b_.language));
  };
  const auto members = [&](const Bloc& bloc) {
    if (bloc.members.size() < 2) return std::string();  // its name says it
    std::string list;
    for (const StateIndex i : bloc.members) list += (list.empty() ? "" : say(", ")) + name(i);
    return say("{bloc}: {members}.", arg("bloc", capitalised(called(bloc))), arg("members", list));
  };
  return fmt::format(
      "<section><p>{}</p><div class=\"two\">{}<div><p "
      "class=\"soft\">{}</p>{}</div></div>{}</section>",
      say("{spending} of {first} that can act against {second}, divided by that of {second} that "
          "can act against {first}. Above 1, the first group has accumulated more; this does not "
          "say who would win. Readiness, doctrine and nuclear weapons are not counted. The way of "
          "counting matters more than most scenarios; the table shows each.",
          arg("spending", term(say("Accumulated spending"), "stock", b_.language)),
          arg("first", called(one)), arg("second", called(two))),
      balance_charts(), joined({members(one), members(two)}, b_.language), ways_of_counting(),
      balance_table());
}

std::string AllianceSection::ways_of_counting() const {
  std::vector<std::string> ways;
  for (const BalanceAnswers& answers : b_.balance)
    ways.push_back(what_counts(answers.cut, b_.language));
  const std::string said = joined(ways, b_.language);
  return said.empty() ? said : "<p class=\"soft\">" + said + "</p>";
}

/// The whole stocks under each scenario, year by year.
std::string AllianceSection::balance_charts() const {
  const std::string one = bloc_name(panel_, base_.start, base_.blocs[0], b_.language),
                    two = bloc_name(panel_, base_.start, base_.blocs[1], b_.language);
  const auto& whole = b_.balance.front().years;
  std::string charts;
  for (std::size_t s = 0; s < whole.size(); ++s) {
    const BalanceYear& end = whole[s].back();
    FanChart c{.first_year = base_.start, .start = base_.start, .end = base_.end};
    c.text = three_figures;
    for (const BalanceYear& y : whole[s]) c.bands.push_back(y.ratio);
    if (s > 0)
      for (const BalanceYear& y : whole[0]) c.baseline.push_back(y.ratio);
    c.label = say(
        "Accumulated spending of {first} over that of {second} under “{scenario}”: median {median} "
        "in {year}, likely range {low} to {high}",
        arg("first", one), arg("second", two), arg("scenario", b_.scenarios[s].scenario.name),
        arg("median", ratio_text(end.ratio.median())), arg("year", base_.end),
        arg("low", ratio_text(end.ratio.low80())), arg("high", ratio_text(end.ratio.high80())));
    charts += fmt::format("<div class=\"pick scenario-{}\"><p><b>{}</b></p>{}</div>", s,
                          isolated(b_.scenarios[s].scenario.name), draw(c));
  }
  return fmt::format(
      "<figure class=\"card\"><figcaption>{}</figcaption>{}</figure>",
      escape(say("{first} over {second}, all spending at market prices, in the chosen scenario",
                 arg("first", capitalised(one)), arg("second", two))),
      charts);
}

/// The last year by each way of counting, under each scenario; the start above.
std::string AllianceSection::balance_table() const {
  std::string head = "<th scope=\"col\">" + say("Scenario") + "</th>", start, rows;
  for (const BalanceAnswers& answers : b_.balance) {
    head += fmt::format(
        "<th scope=\"col\" class=\"n\">{}</th>",
        translated(balance_cut_words[static_cast<std::size_t>(answers.cut)], b_.language));
    const Band& now = answers.years[0].front().ratio;
    start += fmt::format("<td class=\"n\">{}</td>", now.exists ? ratio_text(now.median()) : "");
  }
  for (std::size_t s = 0; s < b_.scenarios.size(); ++s) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", isolated(b_.scenarios[s].scenario.name));
    for (const BalanceAnswers& answers : b_.balance) {
      const Band& end = answers.years[s].back().ratio;
      rows += fmt::format("<td class=\"n\">{}</td>",
                          end.exists ? with_range(ratio_text(end.median()), ratio_text(end.low80()),
                                                  ratio_text(end.high80()))
                                     : "");
    }
    rows += "</tr>";
  }
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{}</tr></thead><tbody><tr><th "
      "scope=\"row\">{}</th>{}</tr>{}</tbody></table></div><p class=\"soft\">{}</p>",
      head, say("{year}, today", arg("year", base_.start)), start, rows,
      say("Median in {year} and likely range (80%).", arg("year", base_.end)));
}

/// Rivals that reach the focus, or that it reaches, as items of a list.
std::string AllianceSection::reach_list(bool of_focus) const {
  std::string items;
  const auto called = [&](std::string_view system) {
    return isolated(translated(system, b_.language));
  };
  int first_missile = base_.start;  // the first year that the table of missiles knows
  for (const Missile& m : panel_.missiles) first_missile = std::min(first_missile, m.in_service);
  for (const Reaching& r : b_.reach) {
    if ((of_focus ? r.from : r.to) != base_.focus) continue;
    std::string newest;
    int entered = 0;
    for (const Missile& m : panel_.missiles)
      if (m.state == r.from && m.in_service <= base_.start && m.range_km >= r.distance_km) {
        if (m.in_service >= entered) entered = m.in_service, newest = m.system;
      }
    const std::string rival = "<b>" + name(of_focus ? r.to : r.from) + "</b>",
                      system = called(r.system), new_system = called(newest),
                      km = grouped(r.distance_km);
    const auto item = [&](Sentence sentence) {
      return say(sentence, arg("rival", rival), arg("km", km), arg("year", r.since),
                 arg("system", system), arg("newest", new_system), arg("entered", entered));
    };
    items +=
        "<li>" +
        (r.since <= first_missile
             ? item("{rival} ({km} km between the capitals): in reach since {year} or earlier with "
                    "{system}; newest system of this range: {newest} ({entered})")
             : item("{rival} ({km} km between the capitals): in reach since {year} with {system}; "
                    "newest system of this range: {newest} ({entered})")) +
        "</li>";
  }
  return items;
}

std::string AllianceSection::reach(bool live) const {
  if (b_.reach.empty()) return "";
  const std::string at = reach_list(false), from = reach_list(true), focus = name(base_.focus);
  std::string html = "<section>";
  if (!at.empty())
    html += "<h3>" + say("Rivals whose missiles can reach {state}", arg("state", focus)) +
            "</h3><ul>" + at + "</ul>";
  if (!from.empty())
    html += "<h3>" + say("Rivals that {state} can reach", arg("state", focus)) + "</h3><ul>" +
            from + "</ul>";
  html += "<p class=\"soft\">" +
          say("Distances are from capital to capital; launch areas can be nearer. Ranges are press "
              "figures. Nothing is said about whether a missile gets through.") +
          "</p>";
  if (live)
    html +=
        "<figure class=\"card\"><figcaption id=\"reach-says\"></figcaption><div "
        "id=\"reach-map\"></div><p class=\"key\">" +
        say("Rings: range of missiles in service, from the capital of the chosen country. Lines: "
            "the shortest way to the capital of each rival, orange if the longest range covers it. "
            "Coasts without borders, from Natural Earth.") +
        "</p></figure>";
  html += fmt::format(
      "<details><summary>{}</summary><div class=\"scroll\" "
      "tabindex=\"0\"><table><thead><tr><th scope=\"col\">{}</th><th "
      "scope=\"col\">{}</th></tr></thead><tbody>",
      say("All pairs of rivals"), say("From"), say("Reaches"));
  const auto reached = [&](const Reaching& r) {
    const std::string missile =
        say("({km} km, first in {year} with {system})", arg("km", grouped(r.distance_km)),
            arg("year", r.since), arg("system", isolated(translated(r.system, b_.language))));
    return say("{value} {range}", arg("value", name(r.to)),
               arg("range", "<span class=\"soft\">" + missile + "</span>"));
  };
  for (std::size_t k = 0; k < b_.reach.size();) {
    const StateIndex from_state = b_.reach[k].from;
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>", name(from_state));
    for (bool first = true; k < b_.reach.size() && b_.reach[k].from == from_state;
         ++k, first = false)
      html += (first ? "" : say("; ")) + reached(b_.reach[k]);
    html += "</td></tr>";
  }
  return html + "</tbody></table></div></details></section>";
}

}  // namespace tenbin
