// SPDX-License-Identifier: Apache-2.0
// What a page says by rule: which sentence follows from which numbers, and how long it is.
#include "tenbin/page/narrative.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "made_posterior.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/page/answer_section.hpp"
#include "tenbin/page/localised.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/page/words.hpp"

namespace narrative_test {

using namespace tenbin;

namespace {

Briefing briefing_of(StateIndex focus, std::int64_t futures = 200) {
  Scenario base = fixture::scenario(), other = base;
  base.levers.clear();
  base.focus = other.focus = focus;
  base.futures = other.futures = futures;
  return brief(compile(past_of(fixture::panel(), base.start), {base, other}), fixture::posterior(),
               {});
}

std::size_t words(std::string_view text) {
  return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::count(text, ' '));
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Spending of the focus in the last year as a multiple of three years before, and its median share
/// at the end as a multiple of today's.
Briefing bent(Briefing b, double risen, double later) {
  const Scenario& base = b.scenarios[0].scenario;
  const auto cell = [&](int year) -> MilexCell& {
    return b.panel.milex[static_cast<std::size_t>(base.focus) * b.panel.years() +
                         static_cast<std::size_t>(year - b.panel.first_year)];
  };
  cell(base.start).milex = risen * cell(base.start - 3).milex;
  Fan& burden = b.scenarios[0].burden;
  Band& end = burden.bands[static_cast<std::size_t>(base.end - burden.start) * burden.states +
                           static_cast<std::size_t>(base.focus)];
  end.quantile.fill(later * cell(base.start).burden);
  return b;
}

/// Runs of more than three Latin letters in lower case, outside of placeholders.
std::vector<std::string> english_words(const std::string& text) {
  std::vector<std::string> all;
  std::string word;
  bool placeholder = false;
  for (const char c : text + " ") {
    if (c == '{') placeholder = true;
    if (c >= 'a' && c <= 'z' && !placeholder) {
      word += c;
      continue;
    }
    if (c == '}') placeholder = false;
    if (word.size() > 3) all.push_back(word);
    word.clear();
  }
  return all;
}
/// Names and commands that Japanese keeps.
const std::set<std::string> kept{
    "tenbin", "verify", "backtest", "scorecard", "toml", "stability", "disputes", "contiguity",
    "majors", "regime", "cript",    "atural",    "arth", "xlsx"};  // JavaScript, Natural Earth

}  // namespace

TEST_CASE("a headline has at most 16 words and a deck at most 45, for every focus") {
  for (StateIndex focus = 0; focus < fixture::panel().size(); ++focus) {
    Briefing b = briefing_of(focus);
    for (const char* name : {"Japan", "United Arab Emirates", "The Former Kingdom of Far Away"}) {
      b.panel.states[focus].name = name;
      const Narrative n(b);
      CAPTURE(n.headline());
      CHECK(words(n.headline()) <= 16);
      CHECK(words(n.deck()) <= 45);
      CHECK(n.headline().find('{') == std::string::npos);
      const std::string text = short_name(b.panel.states[focus]);
      CHECK(holds(n.headline(), std::string_view(text).substr(1)));
    }
  }
}

TEST_CASE("a page speaks Japanese: names, headline, money, and every sentence of its tables") {
  Briefing b = briefing_of(0);
  b.panel.states[0] = {"JPN", "Japan", "Tokyo"};
  b.panel.states[1] = {"CHN", "China", "Beijing"};
  const Briefing ja = localised(b, Language::japanese);
  CHECK(ja.panel.states[0].name == "日本");
  CHECK(ja.panel.states[0].capital == "東京");
  CHECK(ja.panel.states[2].name == b.panel.states[2].name);  // one that the table does not know
  const std::string headline = Narrative(bent(ja, 1.5, 1)).headline();
  CAPTURE(headline);
  CHECK(holds(headline, "日本の軍備増強は本物だ。"));
  CHECK(holds(headline, "中国の軍事費は"));
  for (const std::string& text : {headline, Narrative(ja).deck()}) {
    CHECK(text.find('{') == std::string::npos);
    CHECK(text.find("。 ") == std::string::npos);
  }
  const Money money{"$", "", Language::japanese};
  CHECK(money.text(58'000) == "580億ドル");
  CHECK(money.text(1'234'567) == "1.23兆ドル");
  CHECK(money.text(950) == "9.5億ドル");
  CHECK(money.change(-58'000) == "\u2212580億ドル");
  CHECK(listed({"甲", "乙", "丙"}, Language::japanese) == "甲、乙、丙");
  CHECK(listed({"A", "B", "C"}, Language::english) == "A, B and C");

  std::set<std::string_view> seen;
  for (const Translation& row : japanese) {
    CAPTURE(row.english);
    CHECK(seen.insert(row.english).second);  // once
    CHECK(!row.japanese.empty());
    for (const std::string& word : english_words(std::string(row.japanese)))
      CHECK_MESSAGE(kept.contains(word), word);
  }
}

TEST_CASE("the headline follows from the past, the plans and the rival") {
  const Briefing b = briefing_of(0);
  const auto says = [&](double risen, double later) {
    return Narrative(bent(b, risen, later)).headline();
  };
  CHECK(holds(says(1.5, 1), "Alphaland’s defence surge is real. On today’s plans it levels off."));
  CHECK(holds(says(1.5, 1.5), "On today’s plans it goes on."));
  CHECK(holds(says(1.5, 0.7), "On today’s plans it fades."));
  CHECK(
      holds(says(1.15, 1), "Alphaland’s defence spending is rising. Its share of GDP levels off."));
  CHECK(holds(says(1.02, 1.3), "Alphaland’s defence spending is steady. Its share of GDP rises."));
  CHECK(
      holds(says(0.8, 1), "Alphaland’s defence spending is falling. Its share of GDP levels off."));
  CHECK(holds(says(1.5, 1), "Betaland’s spending"));
  Briefing without_plans = bent(b, 1.5, 1);
  without_plans.targets.clear();
  CHECK(holds(Narrative(without_plans).headline(), "On current policy it levels off."));
  Briefing alone = bent(b, 1.5, 1);
  alone.threats.pairs.clear();
  CHECK(Narrative(alone).headline() ==
        "Alphaland’s defence surge is real. On today’s plans it levels off.");
  CHECK(Narrative(briefing_of(0, 60)).headline() ==
        "Too few simulations (60) to say what Alphaland will spend.");
  CHECK(Narrative(briefing_of(0, 60)).deck().empty());
}

TEST_CASE("of rivals that are nearly as large, one of the other bloc or of the region is named") {
  Briefing b = briefing_of(0);
  const auto found = std::ranges::find_if(b.threats.pairs, [](const Threat& t) {
    return t.threatened == 0 && t.is_rival() && t.other == 1;
  });
  REQUIRE(found != b.threats.pairs.end());
  Threat other = *found;
  other.other = 2;
  b.scenarios[0].scenario.blocs.clear();
  const auto parts = [&](double of_one, double of_two) {
    for (Threat& t : b.threats.pairs)
      if (t.threatened == 0) {
        t.money_risk_share = missing;
        t.money_share = t.other == 1 ? of_one : t.other == 2 ? of_two : 0;
      }
    return *Narrative(b).rival();
  };
  b.threats.pairs.push_back(other);
  CHECK(parts(0.4, 0.6) == 2);
  b.panel.states[0].region = b.panel.states[1].region = "here";
  b.panel.states[2].region = "elsewhere";
  CHECK(parts(0.4, 0.6) == 1);
  CHECK(parts(0.2, 0.8) == 2);  // far smaller
  b.scenarios[0].scenario.blocs = {{"own", {0}}, {"others", {2}}};
  CHECK(parts(0.6, 0.4) == 2);
}

TEST_CASE("where the share may end: levels around today's, and chances that add up") {
  for (StateIndex focus = 0; focus < fixture::panel().size(); ++focus) {
    const Ending e = briefing_of(focus).ending;
    if (!e.exists()) continue;
    CAPTURE(focus);
    CHECK(e.low < e.now);
    CHECK(e.now < e.high);
    CHECK(e.at_low.p + e.at_now.p <= 1 + 1e-12);
    CHECK(e.at_high.p <= e.at_now.p);
  }
  const Briefing b = briefing_of(0);
  REQUIRE(b.ending.exists());
  // the same from the bands: a level at a quantile is reached by that part of the simulations
  const Scenario& base = b.scenarios[0].scenario;
  const Band& end = b.scenarios[0].burden.at(base.end, 0);
  for (std::size_t q = 0; q < band_levels.size(); ++q) {
    if (end.quantile[q] < b.ending.now) CHECK(b.ending.at_now.p <= 1 - band_levels[q] + 0.02);
    if (end.quantile[q] > b.ending.now) CHECK(b.ending.at_now.p >= 1 - band_levels[q] - 0.02);
  }
}

TEST_CASE("answers are cards with a tag, a sentence and a chart that says its numbers") {
  const Briefing b = briefing_of(0);
  const std::string html = answer_section(b, Narrative(b));
  std::size_t cards = 0, charts = 0, tags = 0;
  for (std::size_t at = 0; (at = html.find("<article", at)) != std::string::npos; ++at) ++cards;
  for (std::size_t at = 0; (at = html.find("<svg", at)) != std::string::npos; ++at) ++charts;
  for (std::size_t at = 0; (at = html.find("class=\"tag ", at)) != std::string::npos; ++at) ++tags;
  CHECK(cards >= 3);
  CHECK(charts >= 3);
  CHECK(charts <= cards);
  CHECK(!holds(html, "<figcaption></figcaption>"));
  CHECK(tags == cards);
  CHECK(html.find('{') == std::string::npos);
  // a hundred dots and four in the key
  std::size_t dots = 0;
  const std::size_t begin = html.find("<svg"), end = html.find("</svg>");
  for (std::size_t at = begin; (at = html.find("<circle", at)) < end; ++at) ++dots;
  CHECK(dots == 104);
  // a state without anything has no card that would be empty
  Briefing bare = briefing_of(3);
  bare.balance.clear();
  CHECK(!holds(answer_section(bare, Narrative(bare)), "Is it an arms race?"));
}

TEST_CASE("numbers and names as running text has them") {
  CHECK(share_text(0.01412) == "1.4%");
  CHECK(share_text(0.009) == "0.9%");
  CHECK(share_text(0.0996) == "10%");
  CHECK(chance_text(0.004, Language::english) == "under 1%");
  CHECK(chance_text(0.33, Language::japanese) == "33%");
  CHECK(chance_text(0.996, Language::japanese) == "99%超");
  CHECK(short_name({"USA", "United States of America"}) == "the US");
  CHECK(short_name({"GBR", "United Kingdom"}) == "the UK");
  CHECK(short_name({"JPN", "\u65e5\u672c"}) == "\u65e5\u672c");
  CHECK(short_name({"EGY", "\u0645\u0635\u0631"}) == "\u2068\u0645\u0635\u0631\u2069");
  const Panel panel = fixture::panel();
  CHECK(bloc_name(panel, 2020, {"one", {1}}, Language::english) == "Betaland");
  CHECK(holds(bloc_name(panel, 2020, {"two", {0, 1}}, Language::english), "land and "));
  CHECK(holds(bloc_name(panel, 2020, {"three", {0, 1, 2}}, Language::english), "land, "));
  CHECK(holds(bloc_name(panel, 2020, {"four", {0, 1, 2, 3}}, Language::english), " and 2 others"));
  CHECK(possessive("Japan", Language::english) == "Japan’s");
  CHECK(possessive("日本", Language::japanese) == "日本の");
  CHECK(possessive("the Philippines", Language::english) == "the Philippines’");
}

}  // namespace narrative_test
