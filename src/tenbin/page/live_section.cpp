// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/live_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/io/toml_tree.hpp"
#include "tenbin/page/chart_table.hpp"
#include "tenbin/page/engine/engine.hpp"
#include "tenbin/page/hero.hpp"
#include "tenbin/page/live.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

using fmt::arg;
using Json = nlohmann::ordered_json;

/// So few that an answer comes in about 60 ms on two cores.
constexpr std::int64_t most_while_moving = 384;
/// Futures while a slider moves, and when it rests: more than that fill a browser's memory.
std::int64_t futures_moving(const Scenario& s) { return std::min(s.futures, most_while_moving); }
std::int64_t futures_resting(const Scenario& s) {
  return std::min<std::int64_t>(s.futures, 20'000);
}

Json exact(double x) { return known(x) ? Json(x) : Json(nullptr); }

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

constexpr std::array outcome_names{"share", "money", "balance", "treaty", "incidents"};
/// Below these an outcome has not moved, as far as a reader can see: of a share, a part of the
/// money, a ratio, a ratio, and years.
constexpr std::array least_moved{0.0005, 0.02, 0.02, 0.02, 0.2};
constexpr std::int64_t metered_futures = 256;

/// Where the numbers of an answer for all states lie.
class WholeAnswer {
 public:
  WholeAnswer(const Engine& engine, std::vector<double> numbers)
      : engine_(engine), numbers_(std::move(numbers)) {
    const Scenario& base = engine.study().scenarios[0];
    years_ = base.end - base.start + 1;
    races_ = engine.study().panel.states.size() * 2 * years_ * numbers_a_year;
    dyads_ = races_ + 4 * engine.rivals().size();
    balance_ = dyads_ + 6 * engine.dyads().size();
  }

  /// An outcome in the last year in the baseline and as changed; NaN where the answer has none.
  std::array<double, 2> outcome(SliderOutcome about, StateIndex focus, const Lever& lever) const {
    switch (about) {
      case SliderOutcome::share:
        return medians(focus, 1);
      case SliderOutcome::money:
        return medians(lever.state, 0);
      case SliderOutcome::balance:
        return ratio(BalanceCut::whole);
      case SliderOutcome::treaty:
        return ratio(BalanceCut::by_treaty);
      case SliderOutcome::incidents:
        break;
    }
    for (std::size_t d = 0; d < engine_.dyads().size(); ++d)
      if (std::minmax(engine_.dyads()[d].first, engine_.dyads()[d].second) ==
          std::minmax(lever.state, lever.other)) {
        const double* const at = &numbers_[dyads_ + 6 * d];
        return {at[0], at[0] + at[2]};
      }
    return {missing, missing};
  }

 private:
  std::array<double, 2> medians(StateIndex state, std::size_t quantity) const {
    const double* const at =
        &numbers_[((state * 2 + quantity) * years_ + years_ - 1) * numbers_a_year];
    if (at[numbers_a_band - 1] == 0) return {missing, missing};
    return {at[3], at[numbers_a_band + 3]};
  }
  std::array<double, 2> ratio(BalanceCut cut) const {
    for (std::size_t k = 0; k < engine_.cuts().size(); ++k)
      if (engine_.cuts()[k] == cut)
        return {numbers_[balance_ + 2 * k], numbers_[balance_ + 2 * k + 1]};
    return {missing, missing};
  }

  const Engine& engine_;
  std::vector<double> numbers_;
  std::size_t years_ = 0, races_ = 0, dyads_ = 0, balance_ = 0;
};

/// How far the ends of a slider move the outcome that it is about.
Meter meter_of(Engine& engine, std::size_t slider, StateIndex focus) {
  const Slider& s = engine.study().sliders[slider];
  const SliderOutcome about = slider_range(s.lever).about;
  const std::size_t row = static_cast<std::size_t>(about);
  std::array<double, 2> ends{};
  double base = missing;
  for (const std::size_t end : {0, 1}) {
    PageState state{.sliders = std::vector<double>(engine.study().sliders.size(), missing)};
    state.sliders[slider] = end == 0 ? s.low : s.high;
    const WholeAnswer answer(engine, engine.answer(state, metered_futures));
    const auto [was, is] = answer.outcome(about, focus, s.lever);
    base = was;
    ends[end] = is - was;
  }
  const double least = least_moved[row] * (about == SliderOutcome::money ? base : 1);
  const bool moves = std::abs(ends[0]) >= least || std::abs(ends[1]) >= least;
  return {base, ends[0], ends[1], moves};
}

/// "plan-JPN", "hostility-CHN-JPN", "response-rival_response": a slider in the address of a page.
std::string key_of(const Lever& l, const Panel& panel) {
  const LeverSpec& s = spec(l);
  std::string key(s.name);
  if (s.has(Gives::reaction)) return key + "-" + std::string(spec(l.reaction).name);
  key += "-" + panel.states[l.state].id;
  return s.names_two() ? key + "-" + panel.states[l.other].id : key;
}

Json meter_json(const Meter& m, SliderOutcome about) {
  return {{"about", outcome_names[static_cast<std::size_t>(about)]},
          {"base", exact(m.base)},
          {"low", exact(m.low)},
          {"high", exact(m.high)},
          {"moves", m.moves}};
}

Json slider_json(const Slider& slider, const Panel& panel, Language language) {
  const LeverSpec& s = spec(slider.lever);
  const double now = s.unit == Unit::share && !s.has(Gives::states)
                         ? panel.cell(slider.lever.state, panel.last_year).burden
                         : (slider.low + slider.high) / 2;
  return {{"key", key_of(slider.lever, panel)},
          {"words", slider_words(slider, panel, language)},
          {"unit", s.unit_spec().name},
          {"low", slider.low},
          {"high", slider.high},
          {"step", slider.step},
          {"rest", exact(slider.rest)},
          {"start", known(slider.rest) ? slider.rest : now},
          {"group", static_cast<int>(slider_range(slider.lever).group)},
          {"state", slider.lever.state},
          {"other", s.names_two() ? slider.lever.other : -1},
          {"effect", translated(s.effect, language)},
          {"held", translated(s.held, language)},
          {"responds", translated(s.responds, language)},
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
      missiles.push_back({translated(m.system, b.language), m.range_km});
  for (const Threat& t : b.threats.pairs)
    if (t.other == i && t.is_rival()) rivals.push_back(t.threatened);
  return {{"capital", s.capital},
          {"lat", s.lat},
          {"lon", s.lon},
          {"missiles", std::move(missiles)},
          {"rivals", std::move(rivals)}};
}

/// What the first chart and the list of consequences say besides numbers.
Json story(const Briefing& b) {
  const Narrative narrative(b);
  const Scenario& base = b.scenarios[0].scenario;
  const std::optional<AnnouncedMark> announced = narrative.announced(base.focus);
  Json marks = Json::array(), names = Json::array(), blocs = Json::array();
  for (const Event* e : marked_events(b)) marks.push_back(e->year);
  for (const State& s : b.panel.states) names.push_back(short_name(s));
  for (const Bloc& bloc : base.blocs)
    blocs.push_back(bloc_name(b.panel, base.start, bloc, b.language));
  return {{"marks", std::move(marks)},
          {"rival", narrative.rival() ? Json(*narrative.rival()) : Json(nullptr)},
          {"level", b.ending.low_from > 0 ? Json(b.ending.low) : Json(nullptr)},
          {"level_words", narrative.level_words()},
          {"announced", announced ? Json{{"target", announced->target},
                                         {"from", announced->from},
                                         {"by", announced->by},
                                         {"words", announced->words}}
                                  : Json(nullptr)},
          {"names", std::move(names)},
          {"plans", narrative.plans()},
          {"blocs", std::move(blocs)}};
}

/// The data that the script reads; nothing in it ends its element.
std::string data_of(const Briefing& b, const LivePage& live, const Measured& measured) {
  const Scenario& base = b.scenarios[0].scenario;
  const Panel& panel = b.panel;
  const Money money = money_of(panel, b.language);
  Json states = Json::array(), places = Json::array();
  for (StateIndex i = 0; i < panel.size(); ++i) {
    Json observed = Json::array();
    for (int year = panel.first_year; year <= base.start; ++year)
      if (const MilexCell& c = panel.cell(i, year); c.present())
        observed.push_back({year, c.milex, exact(c.burden)});
    const auto exists = [&](const Fan& f) { return f.at(base.end, i).exists; };
    states.push_back({{"id", panel.states[i].id},
                      {"name", panel.states[i].name},
                      {"share", exists(b.scenarios[0].burden)},
                      {"projected", exists(b.scenarios[0].milex)},
                      {"imputed", all_imputed(panel, i, base.start)},
                      {"observed", std::move(observed)}});
    places.push_back(place_of(b, i));
  }
  Json presets = Json::array(), sliders = Json::array();
  for (const ScenarioAnswers& a : b.scenarios)
    presets.push_back({{"id", a.scenario.id}, {"name", a.scenario.name}});
  for (std::size_t k = 0; k < live.carried.study.sliders.size(); ++k) {
    sliders.push_back(slider_json(live.carried.study.sliders[k], panel, b.language));
    sliders.back()["meter"] =
        meter_json(measured.meters[k], slider_range(live.carried.study.sliders[k].lever).about);
  }
  const Json j{
      {"start", base.start},
      {"end", base.end},
      {"focus", base.focus},
      {"futures", futures_moving(base)},
      {"full", futures_resting(base)},
      {"states", std::move(states)},
      {"places", std::move(places)},
      {"presets", std::move(presets)},
      {"sliders", std::move(sliders)},
      {"money", {{"sign", money.sign}, {"unit", money.unit}, {"yen", exact(money.yen)}}},
      {"source", translated(panel.vintage.empty() ? panel.name : panel.vintage, b.language)},
      {"rivals", measured.rivals},
      {"dyads", measured.dyads},
      {"cuts", measured.cuts},
      {"story", story(b)},
      {"selftest", measured.selftest}};
  std::string text = j.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos; at += 6)
    text.replace(at, 1, "\\u003c");
  return text;
}

std::string stowed(const char* id, std::string_view bytes) {
  return fmt::format("<script type=\"text/plain\" id=\"{}\">{}</script>", id,
                     base64(deflated(bytes)));
}

struct Button {
  const char* id;
  Sentence words;
};
constexpr std::array<Button, 4> history_buttons{{{"undo", "Undo"},
                                                 {"redo", "Redo"},
                                                 {"replay", "Show the change again"},
                                                 {"reset", "Reset all"}}};
constexpr std::array<Button, 7> other_buttons{{{"predict", "Guess first"},
                                               {"lesson", "Guided lesson"},
                                               {"link", "Copy link"},
                                               {"embed", "Copy embed code"},
                                               {"data", "Copy data"},
                                               {"workbook", "Workbook (.xlsx)"},
                                               {"scenario", "Export settings (.toml)"}}};
std::string buttons(std::span<const Button> all, Language language) {
  std::string html = "<div class=\"buttons\">";
  for (const auto& [id, words] : all)
    html +=
        fmt::format("<button type=\"button\" id=\"live-{}\">{}</button>", id, words.in(language));
  return html + "</div>";
}

std::string charts(const Briefing& b, const std::string& first_chart) {
  const auto words = [&](Sentence sentence) { return say(b.language, sentence); };
  const std::string plans = Narrative(b).plans();
  // The script fills it when a reader opens it.
  const std::string table =
      as_table({{words("Year"), words("Median"), words("80% range")}, {}}, b.language);
  return "<div class=\"charts\"><figure class=\"card\"><figcaption id=\"live-fan-says\">" +
         isolated(b.panel.states[b.scenarios[0].scenario.focus].name) +
         "</figcaption><div id=\"live-fan\" class=\"live-chart\">" + first_chart +
         "</div><p id=\"live-fan-reads\" class=\"reads\"></p><div id=\"live-predict-box\" "
         "hidden></div><p class=\"key\"><span class=\"item\"><i "
         "class=\"k-ink\"></i>" +
         words("observed") + "</span> <span class=\"item\"><i class=\"k-mid\"></i>" +
         words("median") + "</span> <span class=\"item\"><i class=\"k-base\"></i>" + plans +
         "</span> <span class=\"item\"><i class=\"k-base k-dashed\"></i>" +
         say(b.language, "{plans}, 80% range", arg("plans", plans)) + "</span></p>" + table +
         "</figure><figure class=\"card\"><figcaption id=\"live-change-says\">" +
         say(b.language, "Difference from {plans}", arg("plans", plans)) +
         "</figcaption><div id=\"live-change\" class=\"live-chart\"></div><p "
         "id=\"live-change-reads\" class=\"reads\"></p><p class=\"key\">" +
         words("Line: median. Bands: 50% and 80%. Each simulation is compared with its twin.") +
         "</p>" + table + "</figure></div>";
}

/// Sliders take their room before the script fills them, so that nothing moves.
std::string controls(std::size_t sliders, Language language) {
  const auto words = [&](Sentence sentence) { return say(language, sentence); };
  std::string room;
  for (std::size_t k = 0; k < sliders; ++k) room += "<div class=\"slider\"></div>";
  return fmt::format("<section class=\"card levers\" aria-label=\"{0}\"><h3>{0}</h3>",
                     words("Levers")) +
         "<p class=\"soft\">" + words("Move a slider. The model runs again in your browser.") +
         "</p><div id=\"live-sliders\">" + room + "</div>" + buttons(history_buttons, language) +
         buttons(other_buttons, language) +
         "<p id=\"live-said\" role=\"status\"></p><textarea id=\"live-copied\" rows=\"4\" readonly "
         "hidden aria-label=\"" +
         words("Copied text") + "\"></textarea></section>";
}

/// The lesson's box, which the script fills and shows.
std::string lesson(Language language) {
  return "<section id=\"lesson\" class=\"card\" aria-labelledby=\"lesson-title\" hidden><h3 "
         "id=\"lesson-title\" tabindex=\"-1\"></h3><p id=\"lesson-says\"></p><p "
         "id=\"lesson-result\" role=\"status\"></p><div class=\"buttons\"><button "
         "type=\"button\" id=\"lesson-back\">" +
         say(language, "Back") +
         "</button><button type=\"button\" id=\"lesson-next\"></button></div></section>";
}

std::string changed(Language language) {
  return "<details class=\"card changes\"><summary>" +
         say(language, "What you changed, and what follows") +
         "</summary><ul id=\"live-held\"></ul></details>";
}

std::string risks(const Briefing& b) {
  return "<details class=\"card\"><summary>" +
         say(b.language, "Arms races and incidents under your settings") +
         "</summary><p class=\"soft\">" +
         joined({say(b.language, "For the chosen country, compared with {plans}.",
                     arg("plans", Narrative(b).plans())),
                 say(b.language, "The tables are updated when you stop moving."),
                 say(b.language,
                     "Incidents are linked to the gap between two countries and to their past."),
                 say(b.language,
                     "This is an association; it does not show that arming causes incidents.")},
                b.language) +
         "</p><div id=\"live-risks\" class=\"two\"></div></details>";
}

}  // namespace

Measured measure(const Briefing& b, const LivePage& live) {
  const Scenario& base = b.scenarios[0].scenario;
  Engine engine(live.carried.study, b.past);
  std::vector<double> check = engine.answer({}, futures_moving(base), base.focus);
  for (double& x : check)
    if (!known(x)) x = 0;  // a NaN has many bits
  Measured m{.rivals = engine.rivals(),
             .dyads = engine.dyads(),
             .cuts = engine.cuts().size(),
             .selftest = sha256_hex(
                 {reinterpret_cast<const char*>(check.data()), check.size() * sizeof(double)})};
  for (std::size_t k = 0; k < live.carried.study.sliders.size(); ++k)
    m.meters.push_back(meter_of(engine, k, base.focus));
  return m;
}

std::string live_section(const Briefing& b, const LivePage& live, const Measured& measured,
                         const std::string& first_chart) {
  return "<div id=\"live\"><p id=\"live-says\" role=\"status\"></p><noscript>" +
         say(b.language,
             "The levers need JavaScript. All charts and tables of this page work without it.") +
         "</noscript>" + lesson(b.language) + "<div class=\"desk\">" + charts(b, first_chart) +
         controls(live.carried.study.sliders.size(), b.language) + "</div>" + changed(b.language) +
         risks(b) + "</div>" + "<script type=\"application/json\" id=\"tenbin-live\">" +
         data_of(b, live, measured) + "</script>";
}

std::string carried_elements(const LivePage& live) {
  return stowed(study_element, to_bytes(live.carried.study)) +
         stowed(record_element, record_bytes(live.carried));
}

std::string other_element_of(const std::string& sheet) { return stowed(other_element, sheet); }

}  // namespace tenbin
