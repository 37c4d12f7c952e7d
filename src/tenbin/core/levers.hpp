// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"

/// The one table of levers. The scenario reader, the texts, the sliders and their TOML, the
/// schedule of a scenario, `tenbin plan` and the checks of a page's study loop over its rows.
/// A new lever is a name in LeverKind, a row of lever_table and a line in the step.

namespace tenbin {

/// A number that a lever carries: fixed (sd 0) or a normal cut to [low, high], drawn once a future.
struct Value {
  double mean = 0;  // before cutting
  double sd = 0;    // before cutting
  double low = 0, high = 0;
  double ignored = 0;  // probability that it is 0 instead, of an adherence: the promise is ignored

  bool is_fixed() const { return sd == 0 && ignored == 0; }
  bool operator==(const Value&) const = default;
};

/// In the order of lever_table.
enum class LeverKind {
  plan,
  pressure,
  cap,
  growth,
  commitment,
  presence,
  war,
  hostility,
  reach,
  efficiency,
  weight,
  response,
  path,
  budget
};
/// Reactions that a response lever can set, in the order of reaction_table.
enum class Reaction { rival_response, ally_response, threat_slope, support_slope };
inline constexpr StateIndex all_states = -1;

/// A number in one year.
struct YearValue {
  int year = 0;
  Value value;

  bool operator==(const YearValue&) const = default;
};

inline constexpr double most_adherence = 1.5;
inline constexpr double least_lateness = 0.2, most_lateness = 5;
inline constexpr Value full_adherence{1, 0, 0, most_adherence};
/// The part of its gap that a promise of a kind closes.
constexpr Value adherence_of(const KindKeeping& k) {
  return {.mean = k.mean, .sd = k.sd, .low = 0, .high = most_adherence, .ignored = k.ignored};
}
/// As what an ally's call is kept where nothing else is said: a pledge that allies made together.
inline constexpr PledgeKind pressed_kind = PledgeKind::summit_pledge;
/// Adherence that allies below 2 % in 2014 have shown to a pledge: docs/model.md section 6
/// (Levers).
inline constexpr Value ally_adherence{0.8, 0.5, 0, most_adherence};

/// One change in a scenario. Which members count depends on the kind; lever_table says which.
struct Lever {
  LeverKind kind = LeverKind::plan;
  StateIndex state = 0;  // commitment: the protector; hostility: one of the dyad; pressure: who
                         // presses; response: all_states or one
  StateIndex other = 0;  // commitment: the protected; hostility: the other
  int from = 0;          // first year of effect
  int by = 0;            // plan, pressure: year of the target; else last year of effect, 0: none
  Value value;           // in the unit that lever_table says; path: in `path`
  Value adherence = full_adherence;  // plan, pressure, budget
  double lateness = 1;               // the same: the way is ((year - start) / years)^lateness
  PlanMode as = PlanMode::at_least;
  std::string why;
  std::vector<StateIndex> states;  // pressure: on whom
  Reaction reaction = Reaction::rival_response;
  std::vector<YearValue> path;  // M USD of the panel's prices, by year
};

/// A plan in one year.
struct PlanYear {
  int plan = -1;        // place in the plans of a Schedule; -1: none acts
  int way = 0;          // years from the one where its way begins to its last
  bool begins = false;  // its way begins in the year before
};

/// What acts on one state in one year: places in the plans and values of a Schedule, -1 for none.
struct Acting {
  PlanYear plan;   // moves this year's milex
  PlanYear ended;  // its last year was the year before
  int cap = -1, growth = -1, efficiency = -1, weight = -1, reach = -1, path = -1;
  std::array<int, 4> response{-1, -1, -1, -1};  // by Reaction
};

/// What a key of a lever's table in a scenario file gives to the lever.
enum class Gives {
  state,
  state_or_all,  // "all" or one state
  other,
  pair,    // state and other, as a list of two
  states,  // a list
  reaction,
  value,  // a number, or mean and sd; the keys before it say what the lever acts on
  path,   // a value for each year
  from,
  why,
  by,
  until,  // last year of effect of what is no plan
  adherence,
  lateness,
  to_panel,    // factor on the value
  definition,  // stands before `why`
  mode,
};
struct LeverKey {
  std::string_view name;
  Gives gives;
};

/// Unit of a lever's number, in the order of unit_table.
enum class Unit { share, growth, part, km, factor, number, money };
struct UnitSpec {
  std::string_view name;    // in the data of a page
  bool percent;             // files and texts may have it in percent
  std::string_view suffix;  // behind a number in a sentence
};
inline constexpr std::array unit_table{
    UnitSpec{"share", true, ""},  UnitSpec{"growth", true, ""},  UnitSpec{"part", false, ""},
    UnitSpec{"km", false, " km"}, UnitSpec{"factor", false, ""}, UnitSpec{"number", false, ""},
    UnitSpec{"M USD", false, ""},
};

/// Where a lever acts.
enum class LeverPlace {
  plan,       // a plan of the state, or of each of the lever's states
  path,       // milex of the state in the years given
  hostility,  // of the dyad, both ways
  cover,      // that `state` gives `other`
  troops,     // of `state` in `other`
  war,        // of `state` against `other`
  number,     // a member of Acting
  reaction,   // Acting::response
};

/// The parts of a year's step, in their order.
enum class YearPart { relations, economy, felt, spending, stock, disputes };

/// Who moves a slider, in the order of a page; the last two are folded.
enum class SliderGroup { own, protector, neighbours, assumptions };
/// What a slider is about: the outcome in the last year that its effect meter shows.
enum class SliderOutcome {
  share,      // share of GDP of the focus
  money,      // spending of the lever's state
  balance,    // ratio of the first two blocs' stocks
  treaty,     // the same, members weighted by treaty
  incidents,  // years with an incident between the lever's states
};

/// The range of a lever's slider in a live page; `now` is the state's share of GDP.
struct SliderRange {
  double low = 0, low_by_now = 0;    // low, or with a low_by_now the larger of low and that * now
  double high = 0, high_by_now = 0;  // in the same way
  double step = 0;
  double rest = std::numeric_limits<double>::quiet_NaN();  // NaN: absent until it is moved
  SliderGroup group = SliderGroup::own;
  SliderOutcome about = SliderOutcome::share;
};

/// A reaction that a response lever can set.
struct ReactionSpec {
  std::string_view name;          // in a scenario file
  std::string_view words;         // after "the"
  SliderRange slider;             // step 0: none
  std::string_view slider_words;  // empty: none
};
// clang-format off
inline constexpr std::array<ReactionSpec, 4> reaction_table{{
  {"rival_response", "response to its rivals' increases (part of an increase that it follows within the year)",
   {.low = -0.5, .high = 0.5, .step = 0.05, .group = SliderGroup::assumptions}, "How strongly countries match their rivals"},
  {"ally_response", "response to its allies' increases (part of an increase that it follows within the year)", {}, ""},
  {"threat_slope", "slope of the target on the threat (log share for each unit of log threat)",
   {.low = -0.2, .high = 0.5, .step = 0.02, .group = SliderGroup::assumptions}, "How strongly threat raises spending"},
  {"support_slope", "slope of the target on guarantees (log share for each unit of log guarantee)", {}, ""},
}};
// clang-format on
constexpr const ReactionSpec& spec(Reaction reaction) {
  return reaction_table[static_cast<std::size_t>(reaction)];
}

/// A row of the table. In sentences, {state}, {other}, {states}, {value}, {from}, {by}, {as},
/// {kept}, {reaction} and {path} are those of the lever.
struct LeverSpec {
  LeverKind kind;
  std::string_view name;           // in a scenario file
  std::span<const LeverKey> keys;  // besides kind, in the order in which they are read
  Unit unit;
  double low, high;           // range of the number
  std::string_view effect;    // one sentence
  std::string_view sentence;  // what this lever does
  std::string_view held;      // what it holds fixed
  std::string_view responds;  // what it lets respond
  YearPart part;
  LeverPlace place;
  int Acting::*number = nullptr;  // where place is number
  SliderRange slider = {};        // step 0: none, or that of the reaction
  std::string_view slider_words = "";
  Value adherence = full_adherence;  // where the file does not say
  bool over_distance = false;        // acts only between states whose place is known
  int lasts = 0;                     // years, where no `until` says so; 0: for good

  constexpr const LeverKey* key(Gives what) const {
    for (const LeverKey& k : keys)
      if (k.gives == what) return &k;
    return nullptr;
  }
  constexpr bool has(Gives what) const { return key(what) != nullptr; }
  constexpr bool names_two() const { return has(Gives::other) || has(Gives::pair); }
  /// Key of its number, or of its numbers by year.
  constexpr std::string_view value_key() const {
    const LeverKey* one = key(Gives::value);
    return one ? one->name : key(Gives::path)->name;
  }
  constexpr const UnitSpec& unit_spec() const { return unit_table[static_cast<std::size_t>(unit)]; }
};

namespace lever_keys {

// clang-format off
inline constexpr LeverKey state{"state", Gives::state}, from{"from", Gives::from}, why{"why", Gives::why},
    burden{"burden", Gives::value}, by{"by", Gives::by}, adherence{"adherence", Gives::adherence}, lateness{"lateness", Gives::lateness},
    to_panel{"to_panel", Gives::to_panel}, definition{"definition", Gives::definition}, as{"as", Gives::mode}, until{"until", Gives::until};
inline constexpr std::array plan{state, burden, from, why, by, adherence, lateness, to_panel, definition, as};
inline constexpr std::array pressure{LeverKey{"ally", Gives::state}, LeverKey{"on", Gives::states}, burden, from, why, by, adherence, lateness, to_panel, definition, as};
inline constexpr std::array cap{state, burden, from, why, until};
inline constexpr std::array growth{state, LeverKey{"growth", Gives::value}, from, why, until};
inline constexpr std::array commitment{LeverKey{"protector", Gives::state}, LeverKey{"protected", Gives::other}, LeverKey{"strength", Gives::value}, from, why, until};
inline constexpr std::array presence{LeverKey{"guest", Gives::state}, LeverKey{"host", Gives::other}, LeverKey{"troops", Gives::value}, from, why, until};
inline constexpr std::array war{LeverKey{"aggressor", Gives::state}, LeverKey{"against", Gives::other}, LeverKey{"intensity", Gives::value}, from, why, until};
inline constexpr std::array hostility{LeverKey{"states", Gives::pair}, LeverKey{"hostility", Gives::value}, from, why, until};
inline constexpr std::array reach{state, LeverKey{"range_km", Gives::value}, from, why, until};
inline constexpr std::array factor{state, LeverKey{"factor", Gives::value}, from, why, until};
inline constexpr std::array response{LeverKey{"state", Gives::state_or_all}, LeverKey{"value", Gives::value}, from, why, until, LeverKey{"reaction", Gives::reaction}};
inline constexpr std::array path{state, LeverKey{"milex", Gives::path}, why};
inline constexpr std::array budget{state, LeverKey{"milex", Gives::value}, from, why, by, adherence, lateness, to_panel, definition, as};
// clang-format on

}  // namespace lever_keys

// clang-format off
inline constexpr std::array lever_table{
  LeverSpec{LeverKind::plan, "plan", lever_keys::plan, Unit::share, 1e-6, 0.5,
            "an announced target: spending moves so that the stated part of the gap to it is closed by its year",
            "{state} plans {as}{value} of GDP by {by}, from {from}; {kept}",
            "the part of the gap that the plan closes",
            "the country's other responses, GDP, and every other country",
            YearPart::spending, LeverPlace::plan, nullptr,
            {.low = 0.002, .high = 0.05, .high_by_now = 2, .step = 0.0005},
            "Target of {state} for {by}, share of GDP"},
  LeverSpec{LeverKind::pressure, "pressure", lever_keys::pressure, Unit::share, 1e-6, 0.5,
            "an ally's call for burden sharing: the same plan for each country that it presses, kept as allies have kept such pledges",
            "{state} presses {states}; each of them plans {as}{value} of GDP by {by}, from {from}; {kept}",
            "the part of each gap that the plans close",
            "other responses of these countries, GDP, and every other country",
            YearPart::spending, LeverPlace::plan, nullptr,
            {.low = 0.02, .high = 0.05, .step = 0.001, .group = SliderGroup::protector},
            "Share of GDP that {state} asks of its allies by {by}", ally_adherence},
  LeverSpec{LeverKind::cap, "cap", lever_keys::cap, Unit::share, 1e-6, 0.5,
            "a rule at home: the country does not raise its share of GDP above this value; the rule never cuts, and a year's shock can still exceed it",
            "{state} has a rule against rising above {value} of GDP, from {from}",
            "no decision to rise above the limit; a year's shock can still exceed it",
            "everything below the limit, shocks, and every other country",
            YearPart::spending, LeverPlace::number, &Acting::cap,
            {.low_by_now = 0.5, .high = 0.03, .high_by_now = 2, .step = 0.0005},
            "Rule in {state}: no rise above this share of GDP"},
  LeverSpec{LeverKind::growth, "growth", lever_keys::growth, Unit::growth, -0.2, 0.2,
            "adds to the yearly growth of GDP",
            "GDP of {state} grows by {value} a year more than expected, from {from}",
            "the expected growth of its GDP",
            "its spending through income, and every country that is its rival or ally",
            YearPart::economy, LeverPlace::number, &Acting::growth,
            {.low = -0.05, .high = 0.05, .step = 0.0025, .rest = 0, .group = SliderGroup::neighbours, .about = SliderOutcome::money},
            "Economic growth of {state}, compared with the forecast"},
  LeverSpec{LeverKind::commitment, "commitment", lever_keys::commitment, Unit::part, 0, 1,
            "how far the protector is bound to defend the protected",
            "{state} is bound to defend {other} with strength {value} (1 is a defence treaty), from {from}",
            "the guarantee between these two",
            "the protected country's target and its response to the protector's increases",
            YearPart::relations, LeverPlace::cover, nullptr,
            {.high = 1, .step = 0.05, .group = SliderGroup::protector, .about = SliderOutcome::treaty}, "Strength of the guarantee of {state} to {other}"},
  LeverSpec{LeverKind::presence, "presence", lever_keys::presence, Unit::number, 0, 1e6,
            "troops that one country keeps in another: a change of their number moves the host's spending for five years, by the estimate",
            "{state} keeps {value} troops in {other}, from {from}",
            "the number of these troops",
            "the host's spending by the estimated response to foreign troops, and every country that is its rival or ally",
            YearPart::relations, LeverPlace::troops, nullptr,
            {.high = 1e6, .step = 500, .group = SliderGroup::protector}, "Troops of {state} in {other}"},
  LeverSpec{LeverKind::war, "war", lever_keys::war, Unit::factor, 0, 3,
            "one country attacks another: countries of the region arm, the nearer the more, and both countries at war arm; the estimate for the region rests on one war",
            "{state} attacks {other} in {from}; the effect on the region is {value} times that of Russia's war of 2022 on Europe",
            "that this war happens, and how long the region responds",
            "spending of the countries at war and of those near by, and everything that responds to it",
            YearPart::spending, LeverPlace::war, nullptr, {}, "", full_adherence, true, felt_years},
  LeverSpec{LeverKind::hostility, "hostility", lever_keys::hostility, Unit::part, 0, 1,
            "how far two countries count each other as a threat",
            "{state} and {other} count each other as a threat with strength {value} (1 is a full rivalry), from {from}",
            "the hostility of this pair, both ways",
            "both countries' targets and their responses to each other's increases",
            YearPart::relations, LeverPlace::hostility, nullptr,
            {.high = 1, .step = 0.05, .group = SliderGroup::neighbours, .about = SliderOutcome::incidents}, "Hostility between {state} and {other}",
            full_adherence, true},
  LeverSpec{LeverKind::reach, "reach", lever_keys::reach, Unit::km, 0, 20100,
            "longest range of the country's missiles in service",
            "missiles of {state} reach {value}, from {from}",
            "the range of its missiles",
            "the threat to every rival",
            YearPart::relations, LeverPlace::number, &Acting::reach, {}, "", full_adherence, true},
  LeverSpec{LeverKind::efficiency, "efficiency", lever_keys::factor, Unit::factor, 0.1, 10,
            "what a unit of the country's money buys (advanced technology, prices): a factor on what spending adds to accumulated spending",
            "a unit of spending of {state} buys {value} times what it buys today, from {from}",
            "what its spending adds to its accumulated spending; spending itself does not change",
            "the threat to it and its guarantees, and every country that is its rival or ally",
            YearPart::stock, LeverPlace::number, &Acting::efficiency,
            {.low = 0.5, .high = 2, .step = 0.05, .rest = 1, .about = SliderOutcome::balance}, "Value for money of military spending in {state}"},
  LeverSpec{LeverKind::weight, "weight", lever_keys::factor, Unit::factor, 0, 1000,
            "factor on the country's accumulated spending as others count it (nuclear weapons, price level); an assumption, not an estimate",
            "others count the accumulated spending of {state} {value} times (an assumption, not an estimate), from {from}",
            "how others count its accumulated spending; its own counting does not change",
            "the targets of its rivals and of those it protects, and their responses to its increases",
            YearPart::relations, LeverPlace::number, &Acting::weight,
            {.high = 50, .step = 0.5, .rest = 1, .group = SliderGroup::neighbours}, "Weight of the weapons of {state} beyond its spending"},
  LeverSpec{LeverKind::response, "response", lever_keys::response, Unit::number, -5, 5,
            "sets a response by hand; an assumption, not an estimate",
            "{state}: the {reaction} is set to {value} (an assumption, not an estimate), from {from}",
            "this response, at the value given instead of the estimate",
            "everything that follows from it",
            YearPart::spending, LeverPlace::reaction},
  LeverSpec{LeverKind::path, "path", lever_keys::path, Unit::money, 1e-3, 1e8,
            "fixes the country's spending in the years given (for example another forecast)",
            "spending of {state} is given: {path}",
            "its spending in those years, whatever its own responses would be",
            "its accumulated spending, its later years, and every country that is its rival or ally",
            YearPart::spending, LeverPlace::path},
  LeverSpec{LeverKind::budget, "budget", lever_keys::budget, Unit::money, 1e-3, 1e8,
            "an announced sum of money: a plan whose target is spending in its year, whatever GDP is then",
            "{state} plans to spend {as}{value} in {by}, from {from}; {kept}",
            "the part of the gap that the plan closes",
            "the country's other responses, GDP and with it the share of GDP, and every other country",
            YearPart::spending, LeverPlace::plan},
};
// clang-format on

constexpr const LeverSpec& spec(LeverKind kind) {
  return lever_table[static_cast<std::size_t>(kind)];
}
constexpr const LeverSpec& spec(const Lever& lever) { return spec(lever.kind); }

/// Whether every row stands where its kind says, and has what its place and unit need.
constexpr bool rows_hold() {
  for (std::size_t k = 0; k < lever_table.size(); ++k) {
    const LeverSpec& s = lever_table[k];
    const bool placed = (s.place == LeverPlace::number) == (s.number != nullptr) &&
                        (s.place == LeverPlace::path) == s.has(Gives::path) &&
                        (s.place == LeverPlace::plan) == s.has(Gives::by) &&
                        (s.place == LeverPlace::reaction) == s.has(Gives::reaction);
    if (static_cast<std::size_t>(s.kind) != k || !placed || s.low >= s.high) return false;
  }
  return true;
}
static_assert(rows_hold());

/// The range of a lever's slider: that of its reaction, where it sets one.
constexpr const SliderRange& slider_range(const Lever& lever) {
  return spec(lever).has(Gives::reaction) ? spec(lever.reaction).slider : spec(lever).slider;
}

/// Last year in which a lever may act.
constexpr int last_year(const Lever& lever) {
  if (lever.by > 0) return lever.by;
  const int lasts = spec(lever).lasts;
  return lasts > 0 ? lever.from + lasts - 1 : std::numeric_limits<int>::max() - 1;
}

/// Whether a lever's plan only bounds what would act without it, and so displaces nothing.
constexpr bool is_bound(const Lever& lever) {
  return spec(lever).place == LeverPlace::plan && lever.as != PlanMode::exactly;
}

/// The states whose milex a lever's plan or path moves.
inline std::vector<StateIndex> moved_states(const Lever& lever) {
  const LeverSpec& s = spec(lever);
  if (s.place != LeverPlace::plan && s.place != LeverPlace::path) return {};
  return s.has(Gives::states) ? lever.states : std::vector<StateIndex>{lever.state};
}

}  // namespace tenbin
