// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/lever_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin {

constexpr std::size_t most_path_years = 501;  // 1800 to 2300

std::optional<StateIndex> LeverReader::state_of(const TomlNode& node, const std::string& what,
                                                std::string_view key) {
  if (node.kind != TomlNode::Kind::string) {
    problems_.push_back(
        {node.where(), fmt::format("{}: {} must be the id of a state", what, key),
         fmt::format("Write it in quotation marks, such as \"{}\"", panel_.states.front().id)});
    return std::nullopt;
  }
  if (const auto found = panel_.find(node.text)) return found;
  problems_.push_back(
      {node.where(),
       fmt::format("{} names state \"{}\", which is not in the panel", what, node.text),
       unknown_state_mend(node.text, panel_)});
  return std::nullopt;
}

std::vector<StateIndex> LeverReader::states_of(const std::vector<TomlNode>& items,
                                               const std::string& what) {
  std::vector<StateIndex> states;
  for (const TomlNode& item : items)
    if (const auto state = state_of(item, what, "each member")) {
      if (std::ranges::find(states, *state) == states.end())
        states.push_back(*state);
      else
        problems_.push_back(
            {item.where(), fmt::format("{} names {} twice", what, item.text), "Keep one"});
    }
  return states;
}

std::optional<StateIndex> LeverReader::state(TomlReader& reader, std::string_view key) {
  const TomlNode* node = reader.get(key, true);
  if (!node) return std::nullopt;
  return state_of(*node, reader.what(), key);
}

std::optional<double> LeverReader::share_or_number(const TomlNode& node, TomlReader& reader,
                                                   std::string_view key, Unit unit) {
  const bool share = unit_table[static_cast<std::size_t>(unit)].percent;
  if (node.is_number() && std::isfinite(node.number)) return node.number;
  if (share && node.kind == TomlNode::Kind::string)
    if (const auto s = parse_share(node.text)) return s;
  if (unit == Unit::money && node.kind == TomlNode::Kind::string)
    if (const auto millions = parse_money(node.text)) return millions;
  const bool sum = share && node.kind == TomlNode::Kind::string && parse_money(node.text);
  problems_.push_back({node.where(), fmt::format("{}: {} must be a number", reader.what(), key),
                       sum ? "Write a share of GDP; a target in money is kind = \"budget\", with "
                             "milex in place of burden"
                       : share ? "Write a share such as 0.03 or \"3 %\", decimals with a point"
                       : unit == Unit::money
                           ? "Write millions, such as 65000, or \"65 bn\""
                           : "Write a number such as 0.4, without quotation marks"});
  return std::nullopt;
}

std::optional<Value> LeverReader::value(TomlReader& reader, std::string_view key, double low,
                                        double high, Unit unit, bool ignored) {
  const bool share = unit_table[static_cast<std::size_t>(unit)].percent;
  const TomlNode* node = reader.get(key, true);
  if (!node) return std::nullopt;
  Value v{.low = low, .high = high};
  if (node->kind != TomlNode::Kind::table) {
    const auto number = share_or_number(*node, reader, key, unit);
    if (!number) return std::nullopt;
    v.mean = *number;
    if (v.mean >= low && v.mean <= high) return v;
    const bool percent = share && node->is_number() && std::abs(v.mean) > 1 &&
                         v.mean / 100 <= high && v.mean / 100 >= low;
    reader.refuse(key, fmt::format("{}: {} is {}", reader.what(), key, v.mean),
                  percent ? fmt::format("Write {} or \"{} %\"", v.mean / 100, v.mean)
                  : unit == Unit::share && v.mean > 100
                      ? std::string("Write a share of GDP; a target in money is kind = \"budget\", "
                                    "with milex in place of burden")
                      : fmt::format("Give a number from {} to {}", low, high));
    return std::nullopt;
  }
  TomlReader inner(*node, fmt::format("{} of {}", key, reader.what()), problems_);
  const auto part = [&](std::string_view name, bool required) -> std::optional<double> {
    const TomlNode* n = inner.get(name, required);
    return n ? share_or_number(*n, inner, name, unit) : std::nullopt;
  };
  const auto mean = part("mean", true), sd = part("sd", true);
  if (ignored) v.ignored = inner.number("ignored", 0, 1).value_or(0);
  v.low = part("min", false).value_or(low);
  v.high = part("max", false).value_or(high);
  inner.finish();
  if (!mean || !sd) return std::nullopt;
  v.mean = *mean;
  v.sd = *sd;
  if (v.sd < 0 || v.low < low || v.high > high || v.low >= v.high || v.mean < v.low - 3 * v.sd ||
      v.mean > v.high + 3 * v.sd) {
    problems_.push_back(
        {node->where(), fmt::format("{} of {} lies outside its range", key, reader.what()),
         fmt::format("sd is at least 0, min and max lie within {} to {}, mean near them", low,
                     high)});
    return std::nullopt;
  }
  return v;
}

/// Multiplies the value, which the panel's measure must be able to take.
void LeverReader::bring_to_panel(TomlReader& reader, double factor, Lever& lever) {
  const LeverSpec& s = spec(lever);
  Value& v = lever.value;
  if (v.mean <= s.high && v.mean * factor > s.high)
    reader.refuse("to_panel",
                  fmt::format("{}: {} of {} times {} is {} by the panel's measure", reader.what(),
                              s.value_key(), v.mean, factor, v.mean * factor),
                  fmt::format("Give values whose product is at most {}", s.high));
  for (double* x : {&v.mean, &v.sd, &v.low, &v.high}) *x *= factor;
}

void LeverReader::read_mode(TomlReader& reader, std::string_view key, Lever& lever) {
  const auto name = reader.text(key);
  if (!name) return;
  const auto found = std::ranges::find(plan_mode_names, *name);
  if (found == plan_mode_names.end())
    reader.refuse(key, fmt::format("{}: {} is \"{}\"", reader.what(), key, *name),
                  "Write \"at-least\", \"exactly\" or \"at-most\"");
  else
    lever.as = static_cast<PlanMode>(found - plan_mode_names.begin());
}

void LeverReader::read_reaction(TomlReader& reader, std::string_view key, Lever& lever) {
  const auto name = reader.text(key, true);
  if (!name) return;
  const auto found = std::ranges::find(reaction_table, *name, &ReactionSpec::name);
  if (found != reaction_table.end()) {
    lever.reaction = static_cast<Reaction>(found - reaction_table.begin());
    return;
  }
  std::vector<std::string_view> names;
  for (const ReactionSpec& r : reaction_table) names.push_back(r.name);
  reader.refuse(key, fmt::format("{}: there is no {} \"{}\"", reader.what(), key, *name),
                fmt::format("Reactions: {}", fmt::join(names, ", ")));
}

/// milex = { 2026 = 65000, 2027 = { mean = 70000, sd = 3000 } }.
void LeverReader::read_path(TomlReader& reader, std::string_view key, Lever& lever) {
  const LeverSpec& s = spec(lever);
  const TomlNode* table = reader.get(key, true);
  if (!table) return;
  if (table->kind != TomlNode::Kind::table || table->fields.empty()) {
    reader.refuse(
        key, fmt::format("{}: {} must give years", reader.what(), key),
        fmt::format("Write {} = {{ 2026 = 65000, 2027 = 70000 }}, in millions of the panel's money",
                    key));
    return;
  }
  if (table->fields.size() > most_path_years) {
    reader.refuse(key,
                  fmt::format("{}: {} has {} years, more than {}", reader.what(), key,
                              table->fields.size(), most_path_years),
                  "Give each year once");
    return;
  }
  TomlReader years(*table, fmt::format("{} of {}", key, reader.what()), problems_);
  for (const auto& [name, node] : table->fields) {
    int year = 0;
    for (const char c : name)
      year = c >= '0' && c <= '9' && year < 9999 ? 10 * year + (c - '0') : 9999;
    if (year < 1800 || year > 2300) {
      problems_.push_back({node.where(), fmt::format("{}: \"{}\" is no year", reader.what(), name),
                           "Write years, such as 2026 = 65000"});
      years.get(name);
      continue;
    }
    if (const auto v = value(years, name, s.low, s.high, s.unit)) lever.path.push_back({year, *v});
  }
  years.finish();
  std::ranges::sort(lever.path, {}, &YearValue::year);
  if (lever.path.empty()) return;
  lever.from = lever.path.front().year;
  lever.by = lever.path.back().year;
}

bool LeverReader::check_years(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  if (scenario.end <= scenario.start) return false;  // which is said of the scenario
  if (spec(lever).place == LeverPlace::path) {
    bool inside = false;
    for (const YearValue& y : lever.path) {
      if (y.year > scenario.start && y.year <= scenario.end) {
        inside = true;
        continue;
      }
      problems_.push_back({reader.table().where(),
                           fmt::format("{}: {} is outside the horizon {}-{} and does nothing",
                                       reader.what(), y.year, scenario.start + 1, scenario.end),
                           "", Problem::Kind::note});
    }
    return inside;
  }
  if (spec(lever).place != LeverPlace::plan) {
    if (lever.by > 0 && lever.by < lever.from) {
      reader.refuse(
          "until",
          fmt::format("{}: until is {}, before from, {}", reader.what(), lever.by, lever.from),
          "Swap or correct the years");
      return false;
    }
    if (lever.from > scenario.start && lever.from <= scenario.end) return true;
    reader.refuse("from",
                  fmt::format("{}: from is {}, outside the horizon {}-{}", reader.what(),
                              lever.from, scenario.start + 1, scenario.end),
                  "Give a year within it");
    return false;
  }
  if (lever.by < lever.from)
    reader.refuse("by",
                  fmt::format("{}: by is {}, before from, {}", reader.what(), lever.by, lever.from),
                  "Swap or correct the years");
  else if (lever.from > scenario.end)
    reader.refuse("from",
                  fmt::format("{}: from is {}, outside the horizon {}-{}", reader.what(),
                              lever.from, scenario.start + 1, scenario.end),
                  "Give a year within it");
  else if (lever.by <= scenario.start)
    problems_.push_back({reader.table().where(),
                         fmt::format("{}: its year {} is past (start is {}), so it does nothing",
                                     reader.what(), lever.by, scenario.start),
                         "", Problem::Kind::note});
  else
    return true;
  return false;
}

void LeverReader::read(const TomlNode& node, Scenario& scenario) {
  TomlReader kind_reader(node, "lever", problems_);
  const auto kind = kind_reader.text("kind", true);
  if (!kind) return;
  const auto found = std::ranges::find(lever_table, *kind, &LeverSpec::name);
  if (found == lever_table.end()) {
    std::vector<std::string> kinds;
    for (const LeverSpec& s : lever_table) kinds.emplace_back(s.name);
    const std::string near = nearest(*kind, kinds);
    kind_reader.refuse(
        "kind", fmt::format("there is no lever \"{}\"", *kind),
        fmt::format("{}Levers: {}", near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near),
                    fmt::join(kinds, ", ")));
    return;
  }
  const std::size_t before = problems_.size();
  TomlReader reader(node, fmt::format("lever \"{}\"", *kind), problems_);
  reader.get("kind");
  Lever lever{.kind = found->kind, .adherence = found->adherence};
  if (const Keeping* keeping = keeping_in(panel_, scenario.start);
      keeping && lever.kind == LeverKind::pressure) {
    lever.adherence = adherence_of(keeping->of(pressed_kind));
    lever.lateness = keeping->lateness;
  }
  for (const LeverKey& key : found->keys) reader.get(key.name);  // for the nearest key
  for (const LeverKey& key : found->keys) {
    if (key.gives == Gives::state || key.gives == Gives::other || key.gives == Gives::pair ||
        key.gives == Gives::state_or_all || key.gives == Gives::states)
      read_states(reader, key, lever);
    else
      read_key(reader, key, lever);
    if ((key.gives == Gives::other || key.gives == Gives::pair) && problems_.size() == before)
      check_pair(reader, lever);
  }
  if (found->place == LeverPlace::plan && found->unit == Unit::share && reader.has("milex")) {
    reader.get("milex");
    reader.refuse("milex", fmt::format("{}: its target is a share of GDP", reader.what()),
                  "Write kind = \"budget\" for a sum of money");
  }
  reader.finish();
  if (problems_.size() != before || !check_years(reader, lever, scenario)) return;
  check_burdens(reader, lever, scenario);
  if (problems_.size() != before) return;
  note_idle(reader, lever, scenario);
  note_odd_sum(reader, lever, scenario);
  note_displaced(reader, lever, scenario);
  std::vector<bool> moved = moved_by(lever);
  note_overlap(reader, lever, moved, scenario);
  places_.push_back(node.where());
  moved_.push_back(std::move(moved));
  scenario.levers.push_back(std::move(lever));
}

void LeverReader::check_pair(TomlReader& reader, const Lever& lever) {
  if (lever.state == lever.other)
    problems_.push_back({reader.table().where(),
                         fmt::format("{}: both states are the same", reader.what()),
                         "Name two states"});
}

/// A target needs a share of GDP to start from.
void LeverReader::check_burdens(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  const LeverSpec& s = spec(lever);
  if ((s.unit != Unit::share && s.place != LeverPlace::plan) || drafted_) return;
  const std::vector<StateIndex> planning =
      s.has(Gives::states) ? lever.states : std::vector<StateIndex>{lever.state};
  for (const StateIndex i : planning)
    if (!last_with_burden(panel_, i, scenario.start))
      problems_.push_back(
          {reader.table().where(),
           fmt::format("{}: {} has no burden in {}-{}", reader.what(), panel_.states[i].id,
                       scenario.start - oldest_figures, scenario.start),
           "Choose a state whose share of GDP is known"});
}

void LeverReader::read_key(TomlReader& reader, const LeverKey& key, Lever& lever) {
  const LeverSpec& s = spec(lever);
  switch (key.gives) {
    case Gives::value:
      lever.value = value(reader, key.name, s.low, s.high, s.unit).value_or(lever.value);
      break;
    case Gives::path:
      read_path(reader, key.name, lever);
      break;
    case Gives::from:
      lever.from = reader.integer(key.name, 1800, 2300, true).value_or(0);
      break;
    case Gives::by:
      lever.by = reader.integer(key.name, 1800, 2300, true).value_or(lever.from);
      break;
    case Gives::until:
      if (reader.has(key.name))
        lever.by = reader.integer(key.name, 1800, 2300).value_or(lever.from);
      break;
    case Gives::why:
      lever.why = reader.text(key.name).value_or("");
      break;
    case Gives::adherence:
      if (reader.has(key.name))
        lever.adherence = value(reader, key.name, 0, most_adherence, Unit::number, true)
                              .value_or(lever.adherence);
      break;
    case Gives::lateness:
      lever.lateness =
          reader.number(key.name, least_lateness, most_lateness).value_or(lever.lateness);
      break;
    case Gives::to_panel:
      if (const auto factor = reader.number(key.name, 0.1, 10))
        bring_to_panel(reader, *factor, lever);
      break;
    case Gives::definition:
      if (const auto words = reader.text(key.name); words && !words->empty())
        lever.why = *words + (lever.why.empty() ? "" : "; " + lever.why);
      break;
    case Gives::mode:
      read_mode(reader, key.name, lever);
      break;
    case Gives::reaction:
      read_reaction(reader, key.name, lever);
      break;
    default:  // states are read by read_states
      break;
  }
}

void LeverReader::read_states(TomlReader& reader, const LeverKey& key, Lever& lever) {
  if (key.gives == Gives::pair || key.gives == Gives::states) return read_list(reader, key, lever);
  const TomlNode* name = reader.table().find(key.name);
  if (key.gives == Gives::state_or_all && name && name->kind == TomlNode::Kind::string &&
      name->text == "all") {
    reader.get(key.name);
    lever.state = all_states;
    return;
  }
  StateIndex& to = key.gives == Gives::other ? lever.other : lever.state;
  to = state(reader, key.name).value_or(0);
}

void LeverReader::read_list(TomlReader& reader, const LeverKey& key, Lever& lever) {
  const TomlNode* names = reader.get(key.name, true);
  if (!names) return;
  const bool pair = key.gives == Gives::pair, list = names->kind == TomlNode::Kind::array;
  if (pair && list && names->items.size() == 2) {
    lever.state = state_of(names->items[0], reader.what(), "each of the two").value_or(0);
    lever.other = state_of(names->items[1], reader.what(), "each of the two").value_or(0);
  } else if (!pair && list && !names->items.empty()) {
    lever.states = states_of(names->items, reader.what());
  } else {
    reader.refuse(
        key.name,
        fmt::format("{}: {} must be {}", reader.what(), key.name,
                    pair ? "two ids" : "a list of states"),
        fmt::format("Write {} = [\"{}\"]", key.name, pair ? "CHN\", \"JPN" : "JPN\", \"KOR"));
  }
}

namespace {

/// Last year of a scenario in which two levers may both act.
int last_shared_year(const Lever& a, const Lever& b, const Scenario& s) {
  return std::min({last_year(a), last_year(b), s.end});
}

/// Whether a lever sets something in a year between its first and last.
bool sets(const Lever& l, int year) {
  return spec(l).place != LeverPlace::path ||
         std::ranges::binary_search(l.path, year, {}, &YearValue::year);
}

/// Whether two levers act on the same thing in some year.
bool on_one_thing(const Lever& a, const std::vector<bool>& moved, const Lever& b,
                  const std::vector<bool>& also, const Scenario& s) {
  const int first = std::max(a.from, b.from), last = last_shared_year(a, b, s);
  if (first > last) return false;
  if (!moved.empty() && !also.empty()) {
    bool state = false;
    for (std::size_t i = 0; i < moved.size() && !state; ++i) state = moved[i] && also[i];
    for (int year = first; state && year <= last; ++year)
      if (sets(a, year) && sets(b, year)) return true;
  }
  if (a.kind != b.kind || !moved.empty() || a.reaction != b.reaction) return false;
  const bool same = a.state == b.state && a.other == b.other,
             swapped = a.state == b.other && a.other == b.state;
  return same || (swapped && spec(a).has(Gives::pair)) || a.state == all_states ||
         b.state == all_states;
}

}  // namespace

/// The states whose own spending a lever moves, by index; empty where it moves none.
std::vector<bool> LeverReader::moved_by(const Lever& lever) const {
  std::vector<bool> moved;
  for (const StateIndex i : moved_states(lever)) {
    moved.resize(static_cast<std::size_t>(panel_.size()));
    moved[static_cast<std::size_t>(i)] = true;
  }
  return moved;
}

/// Says that a lever acts in place of an earlier one, beside it, or behind a path. One note, on the
/// latest such lever: of n levers on the same thing there would be n^2 / 2.
void LeverReader::note_overlap(TomlReader& reader, const Lever& lever,
                               const std::vector<bool>& moved, const Scenario& scenario) {
  std::size_t latest = 0, count = 0;
  for (std::size_t k = 0; k < scenario.levers.size(); ++k)
    if (on_one_thing(scenario.levers[k], moved_[k], lever, moved, scenario)) latest = k, ++count;
  if (count == 0) return;
  const Lever& earlier = scenario.levers[latest];
  const int from = std::max(earlier.from, lever.from),
            to = last_shared_year(earlier, lever, scenario);
  const std::string years = from == to ? fmt::to_string(from) : fmt::format("{}-{}", from, to);
  const std::string whose = fmt::format("lever \"{}\" of {}", spec(earlier).name, places_[latest]);
  std::string what =
      fmt::format("it acts in place of {}, on the same thing: the later line wins", whose);
  if (is_bound(lever) && is_bound(earlier))
    what = fmt::format("it acts beside {}, on the same state: {}", whose,
                       lever.as != earlier.as           ? "one bounds the other"
                       : lever.as == PlanMode::at_least ? "the higher counts"
                                                        : "the lower counts");
  else if (is_bound(lever) && spec(earlier).place == LeverPlace::path)
    what = fmt::format("{} gives the state's milex, and this does nothing there", whose);
  else if (is_bound(lever))
    what = fmt::format("it bounds what {} says of the same state", whose);
  if (count > 1) what += fmt::format(" ({} earlier levers act on it in all)", count);
  problems_.push_back({reader.table().where(),
                       fmt::format("{}: in {} {}", reader.what(), years, what), "",
                       Problem::Kind::note});
}

/// Says which announced plan a lever stands in front of that says just how much.
void LeverReader::note_displaced(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  if (!scenario.announced_plans || is_bound(lever)) return;
  const std::vector<StateIndex> states = moved_states(lever);
  for (const PlanRow& p : panel_.plans)
    if (std::ranges::find(states, p.state) != states.end() && p.announced <= scenario.start &&
        p.by >= lever.from && p.by > scenario.start)
      problems_.push_back(
          {reader.table().where(),
           fmt::format("{}: it acts in place of {}'s announced {:g} % by {} ({:.3g} % by the "
                       "panel's measure), which {}",
                       reader.what(), panel_.states[p.state].id, 100 * p.burden, p.by,
                       100 * p.burden * p.to_panel,
                       p.by > lever.by ? fmt::format("acts again after {}", lever.by)
                                       : std::string("does not come back")),
           "", Problem::Kind::note});
}

/// Says where a budget is far from what the state spends: its unit may be wrong.
void LeverReader::note_odd_sum(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  const LeverSpec& s = spec(lever);
  if (s.place != LeverPlace::plan || s.unit != Unit::money || drafted_) return;
  const double now = panel_.cell(lever.state, scenario.start).milex;
  if (!(now > 0)) return;
  const double times = lever.value.mean / now;
  if (times > 0.2 && times < 10) return;
  problems_.push_back(
      {reader.table().where(),
       fmt::format("{}: {:.3g} is {:.2g} times what {} spent in {}, {:.0f} million", reader.what(),
                   lever.value.mean, times, panel_.states[lever.state].id, scenario.start, now),
       "Look at the unit: a number is millions of the panel's money, \"70 bn\" is 70,000 of them",
       Problem::Kind::note});
}

/// Says where a lever can do nothing.
void LeverReader::note_idle(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  const LeverSpec& s = spec(lever);
  std::vector<StateIndex> named = lever.states;
  if (lever.state != all_states) named.push_back(lever.state);
  if (s.names_two()) named.push_back(lever.other);
  for (const StateIndex i : named) {
    const std::string id = panel_.states[i].id;
    if (!drafted_ && !last_with_figures(panel_, i, scenario.start))
      problems_.push_back({reader.table().where(),
                           fmt::format("{}: {} {}, so it is not projected", reader.what(), id,
                                       since_words(panel_, i, scenario.start)),
                           "", Problem::Kind::note});
    if (s.over_distance && !panel_.states[i].has_place())
      problems_.push_back(
          {reader.table().where(),
           fmt::format("{}: {} has no place in states.csv, so no stock bears on it or from it",
                       reader.what(), id),
           "", Problem::Kind::note});
  }
}

}  // namespace tenbin
