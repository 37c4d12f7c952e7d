// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/answer_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/claims.hpp"
#include "tenbin/page/answer_charts.hpp"
#include "tenbin/page/chart_table.hpp"
#include "tenbin/page/palette.hpp"
#include "tenbin/page/phrases.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {
namespace {

using fmt::arg;

constexpr int tested_horizon = 5;        // years, of the tags
constexpr double clearly_better = 0.02;  // skill from which a method has beaten another
constexpr int enough_pledges = 20;       // of a kind, for a record to be called good
constexpr double race_pace = 0.08;
constexpr int race_years = 3, incident_rows = 6, own_incident_rows = 3;
constexpr double moved = 0.05;  // a ratio of blocs has moved

/// How far past tests support an answer.
enum class Trust { good, fair, weak };

struct Tag {
  Trust trust;
  Sentence words;
};

/// Parts of a whole as whole numbers that add up to `total` (largest remainders).
std::vector<int> apportioned(const std::vector<double>& parts, int total) {
  std::vector<int> counts;
  std::vector<std::size_t> order;
  int given = 0;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    counts.push_back(static_cast<int>(std::floor(total * parts[k])));
    given += counts.back();
    order.push_back(k);
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return total * parts[a] - counts[a] > total * parts[b] - counts[b];
  });
  for (std::size_t k = 0; given < total && k < order.size(); ++k, ++given) ++counts[order[k]];
  return counts;
}

class AnswerSection : Section {
 public:
  AnswerSection(const Briefing& b, const Narrative& narrative)
      : Section(b), f_(narrative), focus_(base_.focus) {}

  std::string whole() {
    std::string cards;
    for (const std::string& card :
         {lasting(), others(), pressure(), race(), incidents(), balance()})
      cards += card;
    return "<section id=\"answers\"><h2>" + say(phrases.answers) + "</h2><div class=\"answers\">" +
           cards + "</div></section>";
  }

 private:
  template <class... Args>
  std::string say(Sentence sentence, const Args&... args) const {
    return capitalised(Section::say(sentence, args...));
  }
  std::string short_of(StateIndex i) const { return short_name(panel_.states[i]); }

  std::string card(Sentence question, const Tag& tag, const std::string& sentence,
                   const std::string& title, const std::string& chart, const ChartTable& table,
                   const std::string& note) const {
    constexpr std::array classes{"good", "fair", "weak"};
    const std::string figure =
        chart.empty() ? ""
                      : fmt::format("<figure><figcaption>{}</figcaption>{}{}</figure>",
                                    escape(title), chart, as_table(table, b_.language));
    return fmt::format(
        "<article class=\"answer\"><h3>{}</h3><p class=\"tag {}\">{}</p><p "
        "class=\"says\">{}</p>{}{}</article>",
        say(question), classes[static_cast<std::size_t>(tag.trust)], Section::say(tag.words),
        escape(sentence), figure, note.empty() ? "" : "<p class=\"soft\">" + escape(note) + "</p>");
  }

  /// The label of an answer: what its row of data/evidence/claims.csv names, with the panel's own
  /// record of forecasts and pledges.
  Tag tag_of(std::string_view claim) const {
    const std::string& tag = claim_of(claim).tag;
    if (tag == "test of shares") return tested(&Scorecard::burden);
    if (tag == "test of spending") return tested(&Scorecard::milex);
    if (tag == "record of pledges") return of_pledges();
    if (tag == "counted past") return {Trust::good, phrases.tag_counted};
    if (tag == "association") return {Trust::weak, phrases.tag_no_cause};
    TENBIN_ASSERT(tag == "money only");
    return {Trust::weak, phrases.tag_money_only};
  }

  /// What the scorecard says of forecasts of a quantity.
  Tag tested(const std::vector<HorizonScores> Scorecard::*boards) const {
    if (b_.record)
      for (const HorizonScores& h : (*b_.record).*boards)
        if (h.horizon == tested_horizon && h.methods.size() > 1)
          return h.best_baseline().skill > clearly_better ? Tag{Trust::good, phrases.tag_beat}
                                                          : Tag{Trust::fair, phrases.tag_no_better};
    return {Trust::fair, phrases.tag_untested};
  }

  /// What the record of pledges says of how such pledges are kept.
  Tag of_pledges() const {
    const Keeping* const keeping = keeping_in(panel_, base_.start);
    if (keeping == nullptr) return {Trust::fair, phrases.tag_untested};
    return {keeping->of(pressed_kind).cases >= enough_pledges ? Trust::good : Trust::fair,
            phrases.tag_pledges};
  }

  std::string lasting() const {
    const Ending& e = b_.ending;
    const Band& end = b_.scenarios[0].burden.at(base_.end, focus_);
    if (!e.exists() || !end.exists) return "";
    const double below = 1 - e.at_low.p - e.at_now.p, above = e.at_now.p - e.at_high.p;
    const std::vector<int> counts = apportioned({e.at_low.p, below, above, e.at_high.p}, 100);
    const std::string low = share_text(e.low), now = share_text(e.now), high = share_text(e.high);
    DotChart chart;
    chart.classes = {{counts[0], say(phrases.lasting_low, arg("level", low)), palette::rival},
                     {counts[1], say(phrases.lasting_below, arg("low", low), arg("now", now)),
                      palette::rival_light},
                     {counts[2], say(phrases.lasting_above, arg("high", high)), palette::own_light},
                     {counts[3], say(phrases.lasting_high, arg("level", high)), palette::own}};
    const std::string title = say(phrases.lasting_chart, arg("year", base_.end));
    ChartTable table{{say("Share of GDP in {year}", arg("year", base_.end)), say("Simulations")},
                     {}};
    for (DotChart::Class& c : chart.classes) {
      c.words[0] = c.words[0] == 'A' ? 'a' : c.words[0];
      table.rows.push_back({c.words, fmt::format("{}%", c.count)});
    }
    chart.label = in_words(title, table);
    const bool after_rise = f_.past() == PastCourse::surge || f_.past() == PastCourse::rise;
    const std::string low_note = e.low_from ? say(phrases.lasting_source_usual, arg("low", low),
                                                  arg("from", e.low_from), arg("to", e.low_to))
                                            : say(phrases.lasting_source, arg("low", low));
    const std::string high_note =
        say(e.high_announced ? phrases.lasting_source_target : phrases.lasting_source_high,
            arg("high", high));
    return card(
        after_rise ? phrases.questions[0] : phrases.question_next, tag_of("lasting"),
        say((after_rise ? phrases.lasting : phrases.next)[static_cast<std::size_t>(f_.course())],
            arg("plans", f_.plans()), arg("now", now), arg("median", share_text(end.median())),
            arg("year", base_.end), arg("above", chance_text(e.at_now.p, b_.language))),
        title, draw(chart), table, joined({low_note, high_note}, b_.language));
  }

  std::string others() const {
    struct Grown {
      StateIndex state;
      Band times;
    };
    std::vector<Grown> all;
    for (const StateIndex i : f_.neighbours())
      if (const Band times = f_.times(i);
          times.exists && (panel_.cell(i, base_.start).observed() || i == focus_))
        all.push_back({i, times});
    std::ranges::stable_sort(
        all, [](const Grown& a, const Grown& b) { return a.times.median() > b.times.median(); });
    const Band own = f_.times(focus_);
    if (!own.exists || all.empty()) return "";
    const auto text = [](double v) { return fmt::format("{:.1f}", v); };
    RangeChart chart{.reference = 1};
    const std::string title =
        say(phrases.others_chart, arg("year", base_.end), arg("start", base_.start));
    ChartTable table{{say("Country"), say("Median"), say("80% range")}, {}};
    for (const Grown& g : all) {
      const std::string name = capitalised(short_of(g.state));
      chart.rows.push_back({name, "×" + text(g.times.median()), g.times.low80(), g.times.median(),
                            g.times.high80(), g.state == focus_});
      table.rows.push_back({name, text(g.times.median()),
                            say("{low} to {high}", arg("low", text(g.times.low80())),
                                arg("high", text(g.times.high80())))});
    }
    chart.label = in_words(title, table);
    return card(phrases.questions[1], tag_of("others"), others_words(all.front().state), title,
                draw(chart), table, say(phrases.others_source));
  }

  /// `first`: whose spending grows most.
  std::string others_words(StateIndex first) const {
    const auto text = [&](StateIndex i) { return fmt::format("{:.1f}", f_.times(i).median()); };
    if (f_.times(first).median() < 1) return say(phrases.others_fall, arg("year", base_.end));
    if (first == focus_)
      return say(phrases.others_alone, arg("state", short_of(focus_)),
                 arg("own_times", text(focus_)), arg("year", base_.end));
    const std::optional<StateIndex> rival = f_.rival();
    if (!rival || *rival == first)
      return say(phrases.others, arg("first", short_of(first)), arg("first_times", text(first)),
                 arg("state", short_of(focus_)), arg("own_times", text(focus_)),
                 arg("year", base_.end));
    return say(phrases.others_rival, arg("rival", short_of(*rival)),
               arg("rival_times", text(*rival)), arg("first", short_of(first)),
               arg("first_times", text(first)), arg("state", short_of(focus_)),
               arg("own_times", text(focus_)), arg("year", base_.end));
  }

  /// Targets that are not yet due nor met, by their chance; of a state the one that is due last.
  std::vector<const TargetOutlook*> open_targets() const {
    std::vector<const TargetOutlook*> open;
    for (const TargetOutlook& t : b_.targets) {
      if (!known(t.in_time.p) || t.gap <= 0 || meets(t.now, t.target)) continue;
      const auto same = std::ranges::find(open, t.state, &TargetOutlook::state);
      if (same == open.end())
        open.push_back(&t);
      else if (t.by > (*same)->by)
        *same = &t;
    }
    std::ranges::stable_sort(open, [](const TargetOutlook* a, const TargetOutlook* b) {
      return a->in_time.p > b->in_time.p;
    });
    return open;
  }

  std::string pressure() const {
    const std::vector<const TargetOutlook*> open = open_targets();
    const ScenarioAnswers* pressed = f_.pressed();
    const Band& without = b_.scenarios[0].burden.at(base_.end, focus_);
    std::string sentence;
    if (pressed && without.exists)
      sentence =
          say(phrases.pressure, arg("plans", f_.plans()),
              arg("scenario", in_sentence(pressed->scenario.name)), arg("state", short_of(focus_)),
              arg("with", share_text(pressed->burden.at(base_.end, focus_).median())),
              arg("without", share_text(without.median())), arg("year", base_.end));
    else if (open.size() == 1)
      sentence =
          say(phrases.promises_one, arg("chance", chance_text(open[0]->in_time.p, b_.language)));
    else if (!open.empty())
      sentence = say(phrases.promises, arg("count", open.size()),
                     arg("likely", std::ranges::count_if(open, [](const TargetOutlook* t) {
                           return t->in_time.p > 0.5;
                         })));
    const Sentence question = pressed ? phrases.questions[2] : phrases.question_promises;
    const Tag tag = tag_of("pressure");
    if (open.empty()) return sentence.empty() ? "" : card(question, tag, sentence, "", "", {}, "");
    ChanceChart chart;
    ChartTable table{{say("Country"), say("Chance")}, {}};
    for (const TargetOutlook* t : open) {
      const std::string name = Section::say(
          "{state} {year}", arg("state", capitalised(short_of(t->state))), arg("year", t->by));
      chart.rows.push_back(
          {name, chance_text(t->in_time.p, b_.language), t->in_time.p, t->state == focus_});
      table.rows.push_back({name, chance_text(t->in_time.p, b_.language)});
    }
    chart.label = in_words(say(phrases.promises_chart), table);
    std::string note = say(phrases.promises_source);
    if (!panel_.base_rates.empty()) {
      const BaseRateRow& r = panel_.base_rates.back();
      note = joined({say(phrases.base_rate, arg("what", translated(r.what, b_.language)),
                         arg("cases", r.cases), arg("of", r.of), arg("to", r.to)),
                     note},
                    b_.language);
    }
    return card(question, tag, sentence, say(phrases.promises_chart), draw(chart), table, note);
  }

  /// Chance of a race between the focus and its rival in a scenario; NaN where none is asked.
  double race_chance(std::size_t scenario) const {
    for (const RaceOutlook& o : b_.races[scenario])
      if (std::minmax(o.a, o.b) == std::minmax(focus_, *f_.rival()) && !o.by.empty())
        return o.by.back().p;
    return missing;
  }

  std::string race() const {
    if (!f_.rival()) return "";
    const StateIndex rival = *f_.rival();
    PairChart chart{.own = capitalised(short_of(focus_)),
                    .rival = capitalised(short_of(rival)),
                    .threshold_words = say(phrases.race_line),
                    .threshold = race_pace};
    ChartTable table{{say("Year"), chart.own, chart.rival}, {}};
    bool own = true, other = true;
    for (int year = base_.start - race_years + 1; year <= base_.start; ++year) {
      chart.years.push_back({year, f_.growth(focus_, year), f_.growth(rival, year)});
      const PairChart::Year& y = chart.years.back();
      if (!known(y.own) || !known(y.rival)) return "";
      own = own && y.own >= race_pace, other = other && y.rival >= race_pace;
      table.rows.push_back({fmt::to_string(year), signed_number(100 * y.own, 1) + "%",
                            signed_number(100 * y.rival, 1) + "%"});
    }
    chart.label = in_words(say(phrases.race_chart), table);
    std::string note;
    if (const double p = race_chance(0); known(p)) {
      note = say(phrases.race_source, arg("plans", f_.plans()), arg("state", short_of(focus_)),
                 arg("rival", short_of(rival)), arg("year", base_.end),
                 arg("chance", chance_text(p, b_.language)));
      std::size_t most = 0;
      for (std::size_t s = 1; s < b_.races.size(); ++s)
        if (race_chance(s) > race_chance(most)) most = s;
      if (most > 0 && race_chance(most) > p + 0.01)
        note = joined({note, say(phrases.race_change,
                                 arg("scenario", in_sentence(b_.scenarios[most].scenario.name)),
                                 arg("chance", chance_text(race_chance(most), b_.language)))},
                      b_.language);
    }
    return card(phrases.questions[3], tag_of("race"),
                say(phrases.race[own && other ? 0
                                 : own        ? 1
                                 : other      ? 2
                                              : 3],
                    arg("state", short_of(focus_)), arg("rival", short_of(rival))),
                say(phrases.race_chart), draw(chart), table, note);
  }

  std::string incidents() const {
    const std::vector<DisputeOutlook>& all = b_.disputes[0];
    std::vector<const DisputeOutlook*> own, others;
    const std::vector<StateIndex> near = f_.neighbours();
    const auto is_near = [&](StateIndex i) { return std::ranges::find(near, i) != near.end(); };
    for (const DisputeOutlook& o : all)
      if (o.a == focus_ || o.b == focus_)
        own.push_back(&o);
      else if (is_near(o.a) && is_near(o.b))
        others.push_back(&o);
    if (own.empty()) return "";
    const auto by_count = [](const DisputeOutlook* a, const DisputeOutlook* b) {
      return a->count > b->count;
    };
    std::ranges::stable_sort(own, by_count);
    std::ranges::stable_sort(others, by_count);
    own.resize(std::min<std::size_t>(own.size(), own_incident_rows));
    others.resize(std::min<std::size_t>(others.size(), incident_rows - own.size()));
    const int years = base_.end - base_.start;
    IncidentChart chart{.before = Section::say(phrases.incidents_before),
                        .next = Section::say(phrases.incidents_next, arg("years", years)),
                        .years = years};
    ChartTable table{{say("Pair of countries"), chart.before, chart.next}, {}};
    const auto add = [&](const DisputeOutlook& o) {
      const StateIndex one = o.a == focus_ ? o.b : o.a, two = o.a == focus_ ? o.a : o.b;
      const std::string name = capitalised(short_of(one)) + " – " + capitalised(short_of(two));
      chart.rows.push_back({name, recent(o), o.count, o.a == focus_ || o.b == focus_});
      table.rows.push_back({name, fmt::to_string(recent(o)), fmt::format("{:.0f}", o.count)});
    };
    for (const DisputeOutlook* o : own) add(*o);
    for (const DisputeOutlook* o : others) add(*o);
    chart.label = in_words(say(phrases.incidents_chart), table);
    const DisputeOutlook& first = *own.front();
    const int before = recent(first);
    return card(
        phrases.questions[4], tag_of("incidents"),
        say(phrases.incidents[before > 0],
            arg("rival", short_of(first.a == focus_ ? first.b : first.a)), arg("recent", before),
            arg("expected", fmt::format("{:.0f}", first.count)), arg("years", years)),
        say(phrases.incidents_chart), draw(chart), table, say(phrases.incidents_source));
  }

  /// Years with an incident among the last ten.
  int recent(const DisputeOutlook& o) const {
    for (const DisputeRisk& r : b_.risks)
      if (std::minmax(r.a, r.b) == std::minmax(o.a, o.b)) return r.past.recent();
    return 0;
  }

  /// The same ratio where forces from outside the region count in part; empty without that way of
  /// counting.
  std::string region_words() const {
    for (const BalanceAnswers& answers : b_.balance) {
      if (answers.cut != BalanceCut::in_region) continue;
      const Band &before = answers.years[0].front().ratio, &after = answers.years[0].back().ratio;
      if (before.exists && after.exists)
        return say(phrases.balance_region,
                   arg("part", fmt::format("{:.0f}%", 100 * share_in_region)),
                   arg("before", fmt::format("{:.1f}", before.median())),
                   arg("after", fmt::format("{:.1f}", after.median())), arg("year", base_.end));
    }
    return "";
  }

  std::string balance() const {
    if (b_.balance.empty()) return "";
    const auto& scenarios = b_.balance.front().years;
    const std::vector<BalanceYear>& years = scenarios[0];
    if (!years.front().ratio.exists || !years.back().ratio.exists) return "";
    const std::string first = bloc_name(panel_, base_.start, base_.blocs[0], b_.language),
                      second = bloc_name(panel_, base_.start, base_.blocs[1], b_.language);
    RatioChart chart{.parity = Section::say(phrases.balance_parity), .first_year = base_.start};
    const auto text = [](double v) { return fmt::format("{:.1f}", v); };
    ChartTable table{{say("Year"), say("Median"), say("80% range")}, {}};
    for (std::size_t k = 0; k < years.size(); ++k) {
      const Band& ratio = years[k].ratio;
      chart.low.push_back(ratio.low80());
      chart.middle.push_back(ratio.median());
      chart.high.push_back(ratio.high80());
      table.rows.push_back({fmt::to_string(base_.start + static_cast<int>(k)), text(ratio.median()),
                            say("{low} to {high}", arg("low", text(ratio.low80())),
                                arg("high", text(ratio.high80())))});
    }
    const double before = chart.middle.front(), after = chart.middle.back();
    double low = after, high = after;
    for (std::size_t s = 1; s < scenarios.size(); ++s) {
      low = std::min(low, scenarios[s].back().ratio.median());
      high = std::max(high, scenarios[s].back().ratio.median());
    }
    const std::string title =
        say(phrases.balance_chart, arg("first", first), arg("second", second));
    chart.label =
        fmt::format("{}; {}: {}; {}: {}", title, base_.start, text(before), base_.end, text(after));
    const std::size_t which = after > (1 + moved) * before   ? 0
                              : after < (1 - moved) * before ? 2
                                                             : 1;
    return card(phrases.questions[5], tag_of("balance"),
                say(phrases.balance[which], arg("first", first), arg("second", second),
                    arg("before", text(before)), arg("after", text(after)), arg("year", base_.end)),
                title, draw(chart), table,
                joined({region_words(), scenarios.size() < 2 ? ""
                                        : text(low) == text(high)
                                            ? say(phrases.balance_same)
                                            : say(phrases.balance_range, arg("low", text(low)),
                                                  arg("high", text(high)), arg("year", base_.end))},
                       b_.language));
  }

  const Narrative& f_;
  StateIndex focus_;
};

}  // namespace

std::string answer_section(const Briefing& briefing, const Narrative& narrative) {
  return AnswerSection(briefing, narrative).whole();
}

std::string cannot_section(const Narrative& narrative, Language language) {
  return "<section id=\"cannot\" class=\"cannot\"><p><b>" + say(language, phrases.cannot) +
         "</b> " + escape(joined(narrative.cannot_tell(), language)) + "</p></section>";
}

}  // namespace tenbin
