// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/live_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/io/toml_tree.hpp"
#include "tenbin/page/engine/engine.hpp"
#include "tenbin/page/live.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

using Json = nlohmann::ordered_json;

/// Futures while a slider moves, and when it rests: more than that fill a browser's memory.
std::int64_t futures_moving(const Scenario& s) {
  return std::min<std::int64_t>(s.futures, carried_draws);
}
std::int64_t futures_resting(const Scenario& s) {
  return std::min<std::int64_t>(s.futures, 20'000);
}

Json number(double x) { return known(x) ? Json(x) : Json(nullptr); }

/// A key's value as a scenario file has it; empty: the key is left out.
std::string toml_value(const Lever& l, const LeverKey& key, const Panel& panel) {
  const auto id = [&](StateIndex i) {
    return toml_quote(i == all_states ? "all" : panel.states[i].id);
  };
  switch (key.gives) {
    case Gives::state:
    case Gives::state_or_all:
      return id(l.state);
    case Gives::other:
      return id(l.other);
    case Gives::pair:
      return "[" + id(l.state) + ", " + id(l.other) + "]";
    case Gives::states: {
      std::string list;
      for (const StateIndex i : l.states) list += (list.empty() ? "" : ", ") + id(i);
      return "[" + list + "]";
    }
    case Gives::reaction:
      return toml_quote(spec(l.reaction).name);
    case Gives::value:
      return "{}";
    case Gives::from:
      return fmt::to_string(l.from);
    case Gives::by:
      return fmt::to_string(l.by);
    case Gives::until:
      return l.by > 0 ? fmt::to_string(l.by) : "";
    case Gives::mode:
      return l.as == PlanMode::at_least
                 ? ""
                 : toml_quote(plan_mode_names[static_cast<std::size_t>(l.as)]);
    default:  // no slider's lever has the others
      return "";
  }
}

/// The lever of a slider as a scenario file has it, with {} for its value.
std::string toml_of(const Lever& l, const Panel& panel) {
  std::string text = fmt::format("[[lever]]\nkind = \"{}\"", spec(l).name);
  for (const bool what : {true, false})  // what it acts on, then its number and years
    for (const LeverKey& key : spec(l).keys)
      if (const std::string value = toml_value(l, key, panel);
          what == (key.gives < Gives::value) && !value.empty())
        text += fmt::format("\n{} = {}", key.name, value);
  return text;
}

Json slider_json(const Slider& slider, const Panel& panel) {
  const LeverSpec& s = spec(slider.lever);
  const double now = s.unit == Unit::share && !s.has(Gives::states)
                         ? panel.cell(slider.lever.state, panel.last_year).burden
                         : (slider.low + slider.high) / 2;
  return {{"words", slider_words(slider, panel)},
          {"unit", s.unit_spec().name},
          {"low", slider.low},
          {"high", slider.high},
          {"step", slider.step},
          {"rest", number(slider.rest)},
          {"start", known(slider.rest) ? slider.rest : now},
          {"effect", s.effect},
          {"held", s.held},
          {"responds", s.responds},
          {"toml", toml_of(slider.lever, panel)}};
}

bool all_imputed(const Panel& panel, StateIndex i, int until) {
  for (int year = panel.first_year; year <= until; ++year)
    if (panel.cell(i, year).observed()) return false;
  return true;
}

/// Where a state lies, its missiles and who counts it as a rival.
Json place_of(const Briefing& b, StateIndex i) {
  const State& s = b.panel.states[i];
  if (!s.has_place()) return nullptr;
  Json missiles = Json::array(), rivals = Json::array();
  for (const Missile& m : b.panel.missiles)
    if (m.state == i && m.in_service <= b.scenarios[0].scenario.start)
      missiles.push_back({m.system, m.range_km});
  for (const Threat& t : b.threats.pairs)
    if (t.other == i && t.is_rival()) rivals.push_back(t.threatened);
  return {{"capital", s.capital},
          {"lat", s.lat},
          {"lon", s.lon},
          {"missiles", std::move(missiles)},
          {"rivals", std::move(rivals)}};
}

/// The data that the script reads; nothing in it ends its element.
std::string data_of(const Briefing& b, const LivePage& live) {
  const Scenario& base = b.scenarios[0].scenario;
  const Panel& panel = b.panel;
  const Money money = money_of(panel);
  Json states = Json::array(), places = Json::array();
  for (StateIndex i = 0; i < panel.size(); ++i) {
    Json observed = Json::array();
    for (int year = panel.first_year; year <= base.start; ++year)
      if (const MilexCell& c = panel.cell(i, year); c.present())
        observed.push_back({year, c.milex, number(c.burden)});
    const auto exists = [&](const Fan& f) { return f.at(base.end, i).exists; };
    states.push_back({{"id", panel.states[i].id},
                      {"name", panel.states[i].name},
                      {"share", exists(b.scenarios[0].burden)},
                      {"projected", exists(b.scenarios[0].milex)},
                      {"imputed", all_imputed(panel, i, base.start)},
                      {"observed", std::move(observed)}});
    places.push_back(place_of(b, i));
  }
  Engine engine(live.carried.study, b.past);
  std::vector<double> check = engine.answer({}, futures_moving(base), base.focus);
  for (double& x : check)
    if (!known(x)) x = 0;  // a NaN has many bits
  Json presets = Json::array(), sliders = Json::array();
  for (const ScenarioAnswers& a : b.scenarios)
    presets.push_back({{"id", a.scenario.id}, {"name", a.scenario.name}});
  for (const Slider& s : live.carried.study.sliders) sliders.push_back(slider_json(s, panel));
  const Json j{{"start", base.start},
               {"end", base.end},
               {"focus", base.focus},
               {"futures", futures_moving(base)},
               {"full", futures_resting(base)},
               {"states", std::move(states)},
               {"places", std::move(places)},
               {"presets", std::move(presets)},
               {"sliders", std::move(sliders)},
               {"money", {{"sign", money.sign}, {"unit", money.unit}}},
               {"rivals", engine.rivals()},
               {"dyads", engine.dyads()},
               {"selftest", sha256_hex({reinterpret_cast<const char*>(check.data()),
                                        check.size() * sizeof(double)})}};
  std::string text = j.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos; at += 6)
    text.replace(at, 1, "\\u003c");
  return text;
}

std::string stowed(const char* id, std::string_view bytes) {
  return fmt::format("<script type=\"text/plain\" id=\"{}\">{}</script>", id,
                     base64(deflated(bytes)));
}

using Button = std::array<const char*, 2>;  // id and words
constexpr std::array<Button, 4> history_buttons{{{"undo", "Undo"},
                                                 {"redo", "Redo"},
                                                 {"replay", "Replay the last change"},
                                                 {"reset", "Let everything go"}}};
constexpr std::array<Button, 4> other_buttons{{{"predict", "Predict first"},
                                               {"link", "Copy link"},
                                               {"data", "Copy data"},
                                               {"scenario", "Copy as scenario file"}}};
std::string buttons(const std::array<Button, 4>& all) {
  std::string html = "<div class=\"buttons\">";
  for (const auto& [id, words] : all)
    html += fmt::format("<button type=\"button\" id=\"live-{}\">{}</button>", id, words);
  return html + "</div>";
}

std::string charts(const Briefing& b, const std::string& first_chart) {
  return "<div class=\"charts\"><figure class=\"card\"><figcaption id=\"live-fan-says\">" +
         isolated(b.panel.states[b.scenarios[0].scenario.focus].name) +
         "</figcaption><div id=\"live-fan\" class=\"live-chart\">" + first_chart +
         "</div><div id=\"live-predict-box\" hidden></div><p class=\"key\"><span class=\"item\"><i "
         "class=\"k-ink\"></i>observed</span> <span class=\"item\"><i class=\"k-mid\"></i>middle "
         "future</span> <span class=\"item\"><i class=\"k-50\"></i>5 in 10 futures</span> <span "
         "class=\"item\"><i class=\"k-80\"></i>8 in 10 futures</span> <span class=\"item\"><i "
         "class=\"k-base\"></i>baseline</span> <span class=\"item\"><i class=\"k-base "
         "k-dashed\"></i>its 8 in 10</span></p></figure><figure class=\"card\"><figcaption "
         "id=\"live-change-says\">What that changes</figcaption><div id=\"live-change\" "
         "class=\"live-chart\"></div><p class=\"key\">Middle, 5 and 8 in 10 of the paired "
         "differences from the baseline. Both futures of a pair share every "
         "shock.</p></figure></div>";
}

/// Sliders take their room before the script fills them, so that nothing moves.
std::string controls(const Scenario& base, std::size_t sliders) {
  std::string room;
  for (std::size_t k = 0; k < sliders; ++k) room += "<div class=\"slider\"></div>";
  return fmt::format(
             "<section class=\"card\" aria-label=\"What if\"><h2>What if</h2><p "
             "class=\"soft\">Each "
             "slider changes the chosen scenario from {} on, and the model runs again: {} futures "
             "while you move it, {} when you rest.</p><div id=\"live-sliders\">{}</div>",
             base.start + 1, futures_moving(base), base.futures, room) +
         buttons(history_buttons) + buttons(other_buttons) +
         "<p id=\"live-said\" role=\"status\"></p><textarea id=\"live-copied\" rows=\"4\" readonly "
         "hidden aria-label=\"Copied text\"></textarea></section>";
}

}  // namespace

std::string live_section(const Briefing& b, const LivePage& live, const std::string& first_chart) {
  const Scenario& base = b.scenarios[0].scenario;
  return "<div id=\"live\"><p id=\"live-says\" role=\"status\">The engine in this page is "
         "starting.</p><div class=\"desk\">" +
         charts(b, first_chart) + controls(base, live.carried.study.sliders.size()) +
         fmt::format(
             "</div><section class=\"card\" aria-label=\"Held and responding\"><h2>Held, and what "
             "responds</h2><ul id=\"live-held\"></ul></section><section class=\"card\" "
             "aria-label=\"Races and disputes of what is set\"><h2>Races and disputes of what is "
             "set</h2><p class=\"soft\">Of the chosen state, in {} futures, against the baseline; "
             "it "
             "comes when the sliders rest. A race: both rivals' real spending grows by 8 % or more "
             "for three years running. Disputes answer to the gap between two states and to their "
             "past: an association, no finding that arming causes them. Base rates, and each "
             "scenario in all of its futures, stand further below.</p><div id=\"live-risks\" "
             "class=\"two\"></div></section></div>",
             futures_moving(base)) +
         "<script type=\"application/json\" id=\"tenbin-live\">" + data_of(b, live) + "</script>" +
         stowed(study_element, to_bytes(live.carried.study)) +
         stowed(record_element, record_bytes(live.carried));
}

}  // namespace tenbin
