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

std::optional<StateIndex> LeverReader::state_of(const TomlNode& node, const std::string& what) {
  if (node.kind != TomlNode::Kind::string) {
    problems_.push_back(
        {node.where(), what + " must be the id of a state", "Put it in quotation marks"});
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
    if (const auto state = state_of(item, what)) {
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
  return state_of(*node, reader.what());
}

std::optional<double> LeverReader::share_or_number(const TomlNode& node, TomlReader& reader,
                                                   std::string_view key, bool share) {
  if (node.is_number() && std::isfinite(node.number)) return node.number;
  if (share && node.kind == TomlNode::Kind::string)
    if (const auto s = parse_share(node.text)) return s;
  problems_.push_back({node.where(), fmt::format("{}: {} must be a number", reader.what(), key),
                       share ? "Write a share such as 0.03 or \"3 %\", decimals with a point"
                             : "Write a number such as 0.4, without quotation marks"});
  return std::nullopt;
}

std::optional<Value> LeverReader::value(TomlReader& reader, std::string_view key, double low,
                                        double high, bool share) {
  const TomlNode* node = reader.get(key, true);
  if (!node) return std::nullopt;
  Value v{.low = low, .high = high};
  if (node->kind != TomlNode::Kind::table) {
    const auto number = share_or_number(*node, reader, key, share);
    if (!number) return std::nullopt;
    v.mean = *number;
    if (v.mean >= low && v.mean <= high) return v;
    const bool percent = share && v.mean / 100 <= high && v.mean / 100 >= low;
    reader.refuse(key, fmt::format("{}: {} is {}", reader.what(), key, v.mean),
                  percent ? fmt::format("Write {} or \"{} %\"", v.mean / 100, v.mean)
                          : fmt::format("Give a number from {} to {}", low, high));
    return std::nullopt;
  }
  TomlReader inner(*node, fmt::format("{} of {}", key, reader.what()), problems_);
  const auto part = [&](std::string_view name, bool required) -> std::optional<double> {
    const TomlNode* n = inner.get(name, required);
    return n ? share_or_number(*n, inner, name, share) : std::nullopt;
  };
  const auto mean = part("mean", true), sd = part("sd", true);
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

void LeverReader::read_plan_keys(TomlReader& reader, Lever& lever) {
  lever.by = reader.integer("by", 1800, 2300, true).value_or(lever.from);
  if (lever.kind == LeverKind::pressure) lever.adherence = ally_adherence;
  if (reader.has("adherence"))
    lever.adherence =
        value(reader, "adherence", 0, most_adherence, false).value_or(lever.adherence);
  if (const auto factor = reader.number("to_panel", 0.1, 10))
    for (double* x : {&lever.value.mean, &lever.value.sd, &lever.value.low, &lever.value.high})
      *x *= *factor;
  if (const auto definition = reader.text("definition"); definition && !definition->empty())
    lever.why = *definition + (lever.why.empty() ? "" : "; " + lever.why);
  if (const auto as = reader.text("as")) {
    if (*as == "at-least")
      lever.as = PlanMode::at_least;
    else if (*as == "exactly")
      lever.as = PlanMode::exactly;
    else if (*as == "at-most")
      lever.as = PlanMode::at_most;
    else
      reader.refuse("as", fmt::format("{}: as is \"{}\"", reader.what(), *as),
                    "Write \"at-least\", \"exactly\" or \"at-most\"");
  }
}

void LeverReader::read_reaction(TomlReader& reader, Lever& lever) {
  const auto name = reader.text("reaction", true);
  if (!name) return;
  const auto found = std::ranges::find(reaction_names, *name);
  if (found == reaction_names.end())
    reader.refuse("reaction", fmt::format("{}: there is no reaction \"{}\"", reader.what(), *name),
                  fmt::format("Reactions: {}", fmt::join(reaction_names, ", ")));
  else
    lever.reaction = static_cast<Reaction>(found - reaction_names.begin());
}

/// milex = { 2026 = 65000, 2027 = { mean = 70000, sd = 3000 } }.
void LeverReader::read_path(TomlReader& reader, Lever& lever, double low, double high) {
  const TomlNode* table = reader.get("milex", true);
  if (!table) return;
  if (table->kind != TomlNode::Kind::table || table->fields.empty()) {
    reader.refuse("milex", fmt::format("{}: milex must give years", reader.what()),
                  "Write milex = { 2026 = 65000, 2027 = 70000 }, in millions of the panel's money");
    return;
  }
  TomlReader years(*table, fmt::format("milex of {}", reader.what()), problems_);
  for (const auto& [key, node] : table->fields) {
    int year = 0;
    for (const char c : key)
      year = c >= '0' && c <= '9' && year < 9999 ? 10 * year + (c - '0') : 9999;
    if (year < 1800 || year > 2300) {
      problems_.push_back({node.where(), fmt::format("{}: \"{}\" is no year", reader.what(), key),
                           "Write years, such as 2026 = 65000"});
      years.get(key);
      continue;
    }
    if (const auto v = value(years, key, low, high, false)) lever.path.push_back({year, *v});
  }
  years.finish();
  std::ranges::sort(lever.path, {}, &YearValue::year);
  if (lever.path.empty()) return;
  lever.from = lever.path.front().year;
  lever.by = lever.path.back().year;
}

bool LeverReader::check_years(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  if (lever.kind == LeverKind::path) {
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
  if (lever.kind != LeverKind::plan && lever.kind != LeverKind::pressure) {
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
                  "Swap or mend the years");
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
  Lever lever{.kind = found->kind};
  read_states(reader, lever);
  if (lever.kind == LeverKind::path) {
    read_path(reader, lever, found->low, found->high);
  } else {
    const bool share = found->unit == "share" || found->unit == "growth";
    if (const auto v = value(reader, found->value_key, found->low, found->high, share))
      lever.value = *v;
    lever.from = reader.integer("from", 1800, 2300, true).value_or(0);
  }
  lever.why = reader.text("why").value_or("");
  if (lever.kind == LeverKind::plan || lever.kind == LeverKind::pressure)
    read_plan_keys(reader, lever);
  if (lever.kind == LeverKind::response) read_reaction(reader, lever);
  reader.finish();
  if (problems_.size() != before || !check_years(reader, lever, scenario)) return;
  const bool needs_burden = lever.kind == LeverKind::plan || lever.kind == LeverKind::cap ||
                            lever.kind == LeverKind::pressure;
  const std::vector<StateIndex> planning =
      lever.kind == LeverKind::pressure ? lever.states : std::vector<StateIndex>{lever.state};
  for (const StateIndex i : planning)
    if (needs_burden && !drafted_ && !last_with_burden(panel_, i, scenario.start))
      problems_.push_back(
          {node.where(),
           fmt::format("{}: {} has no burden in {}-{}", reader.what(), panel_.states[i].id,
                       scenario.start - oldest_figures, scenario.start),
           "Choose a state whose share of GDP is known"});
  if (problems_.size() != before) return;
  note_idle(reader, lever, scenario);
  note_displaced(reader, lever, scenario);
  note_overlap(reader, lever, scenario);
  places_.push_back(node.where());
  scenario.levers.push_back(std::move(lever));
}

void LeverReader::read_states(TomlReader& reader, Lever& lever) {
  const std::size_t before = problems_.size();
  bool pair = false;
  if (lever.kind == LeverKind::commitment) {
    pair = true;
    lever.state = state(reader, "protector").value_or(0);
    lever.other = state(reader, "protected").value_or(0);
  } else if (lever.kind == LeverKind::hostility) {
    pair = true;
    if (const TomlNode* names = reader.get("states", true)) {
      if (names->kind == TomlNode::Kind::array && names->items.size() == 2) {
        lever.state = state_of(names->items[0], reader.what()).value_or(0);
        lever.other = state_of(names->items[1], reader.what()).value_or(0);
      } else {
        reader.refuse("states", "lever \"hostility\": states must be two ids",
                      "Write states = [\"CHN\", \"JPN\"]");
      }
    }
  } else if (lever.kind == LeverKind::pressure) {
    lever.state = state(reader, "ally").value_or(0);
    if (const TomlNode* names = reader.get("on", true)) {
      if (names->kind == TomlNode::Kind::array && !names->items.empty())
        lever.states = states_of(names->items, reader.what());
      else
        reader.refuse("on", fmt::format("{}: on must be a list of states", reader.what()),
                      "Write on = [\"JPN\", \"KOR\"]");
    }
  } else {
    const TomlNode* name = reader.table().find("state");
    if (lever.kind == LeverKind::response && name && name->kind == TomlNode::Kind::string &&
        name->text == "all") {
      reader.get("state");
      lever.state = all_states;
    } else {
      lever.state = state(reader, "state").value_or(0);
    }
  }
  if (pair && problems_.size() == before && lever.state == lever.other)
    problems_.push_back({reader.table().where(),
                         fmt::format("{}: both states are the same", reader.what()),
                         "Name two states"});
}

namespace {

/// Last year in which a lever may act.
int last_year(const Lever& l, const Scenario& s) { return l.by > 0 ? l.by : s.end; }

/// The states whose milex a plan, pressure or path moves.
std::vector<StateIndex> moved(const Lever& l) {
  if (l.kind == LeverKind::pressure) return l.states;
  if (l.kind == LeverKind::plan || l.kind == LeverKind::path) return {l.state};
  return {};
}

/// Whether two levers lay hands on one thing in some year.
bool on_one_thing(const Lever& a, const Lever& b, const Scenario& s) {
  if (std::max(a.from, b.from) > std::min(last_year(a, s), last_year(b, s))) return false;
  const auto sets = [](const Lever& l, int year) {
    return l.kind != LeverKind::path ||
           std::ranges::find(l.path, year, &YearValue::year) != l.path.end();
  };
  for (const StateIndex i : moved(a))
    for (const StateIndex j : moved(b))
      for (int year = std::max(a.from, b.from);
           i == j && year <= std::min(last_year(a, s), last_year(b, s)); ++year)
        if (sets(a, year) && sets(b, year)) return true;
  if (a.kind != b.kind || !moved(a).empty()) return false;
  const bool same = a.state == b.state && a.other == b.other;
  if (a.kind == LeverKind::hostility) return same || (a.state == b.other && a.other == b.state);
  if (a.kind == LeverKind::response)
    return a.reaction == b.reaction && (same || a.state == all_states || b.state == all_states);
  return same;
}

}  // namespace

/// Says where a lever stands in front of an earlier one.
void LeverReader::note_overlap(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  for (std::size_t k = 0; k < scenario.levers.size(); ++k) {
    const Lever& earlier = scenario.levers[k];
    if (!on_one_thing(earlier, lever, scenario)) continue;
    const int from = std::max(earlier.from, lever.from),
              to = std::min(
                  {last_year(earlier, scenario), last_year(lever, scenario), scenario.end});
    problems_.push_back(
        {reader.table().where(),
         fmt::format("{}: in {} it acts in place of lever \"{}\" of {}, on the same thing: the "
                     "later line wins",
                     reader.what(),
                     from == to ? fmt::to_string(from) : fmt::format("{}-{}", from, to),
                     spec(earlier.kind).name, places_[k]),
         "", Problem::Kind::note});
  }
}

/// Says which announced plan a lever's plan stands in front of.
void LeverReader::note_displaced(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  if (!scenario.announced_plans) return;
  const std::vector<StateIndex> states = moved(lever);
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

/// Says where a lever can do nothing.
void LeverReader::note_idle(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  const bool pair = lever.kind == LeverKind::commitment || lever.kind == LeverKind::hostility;
  const bool far = lever.kind == LeverKind::hostility || lever.kind == LeverKind::reach;
  std::vector<StateIndex> named = lever.states;
  if (lever.state != all_states) named.push_back(lever.state);
  if (pair) named.push_back(lever.other);
  for (const StateIndex i : named) {
    const std::string id = panel_.states[i].id;
    if (!drafted_ && !last_with_figures(panel_, i, scenario.start))
      problems_.push_back({reader.table().where(),
                           fmt::format("{}: {} has no figures since {}, so it is not projected",
                                       reader.what(), id, scenario.start - oldest_figures),
                           "", Problem::Kind::note});
    if (far && !panel_.states[i].has_place())
      problems_.push_back(
          {reader.table().where(),
           fmt::format("{}: {} has no place in states.csv, so no stock bears on it or from it",
                       reader.what(), id),
           "", Problem::Kind::note});
  }
}

}  // namespace tenbin
