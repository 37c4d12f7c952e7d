// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/scenario_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text_file.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;
constexpr int most_futures = 10'000'000;
constexpr int longest_horizon = 100;  // years

/// `base` with what `over` says: scalars and tables replace, lists add.
void lay_over(TomlNode& base, const TomlNode& over) {
  for (const auto& [key, value] : over.fields) {
    TomlNode* old = base.find(key);
    if (!old)
      base.fields.emplace_back(key, value);
    else if (old->kind == TomlNode::Kind::array && value.kind == TomlNode::Kind::array &&
             key == "lever")
      old->items.insert(old->items.end(), value.items.begin(), value.items.end());
    else
      *old = value;
  }
  base.file = over.file;
}

/// The file with everything it extends laid under it.
std::optional<TomlNode> read_extended(const fs::path& path, std::set<fs::path> below,
                                      Problems& problems) {
  if (!below.insert(fs::weakly_canonical(path)).second) {
    problems.push_back({path.string(), "the scenario extends itself",
                        "Take out the key \"extends\" that closes the ring"});
    return std::nullopt;
  }
  auto root = read_toml(path, problems);
  if (!root) return root;
  TomlReader reader(*root, "scenario", problems);
  check_format(reader);
  reader.text("extends");
  if (TomlNode* panel = root->find("panel"); panel && panel->kind == TomlNode::Kind::string)
    panel->text = (path.parent_path() / panel->text).lexically_normal().string();
  const TomlNode* base_name = root->find("extends");
  if (!base_name || base_name->kind != TomlNode::Kind::string) return root;
  auto base = read_extended(path.parent_path() / base_name->text, std::move(below), problems);
  if (!base) return base;
  std::erase_if(base->fields,
                [](const auto& f) { return f.first == "name" || f.first == "about"; });  // its own
  lay_over(*base, *root);
  return base;
}

/// Reads levers and settings of one scenario against its panel.
class ScenarioReader {
 public:
  ScenarioReader(const Panel& panel, bool drafted, Problems& problems)
      : panel_(panel), drafted_(drafted), problems_(problems) {}
  Scenario read(TomlReader& top);

 private:
  std::optional<StateIndex> state(TomlReader& reader, std::string_view key);
  std::optional<StateIndex> state_of(const TomlNode& node, const std::string& what);
  std::optional<double> share_or_number(const TomlNode& node, TomlReader& reader,
                                        std::string_view key, bool share);
  std::optional<Value> value(TomlReader& reader, std::string_view key, double low, double high,
                             bool share);
  void read_blocs(TomlReader& top, Scenario& scenario);
  void read_lever(const TomlNode& node, Scenario& scenario);
  void read_plan_keys(TomlReader& reader, Lever& lever);
  bool check_years(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  void note_idle(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  void note_displaced(TomlReader& reader, const Lever& lever, const Scenario& scenario);
  void note_past_plans(const Scenario& scenario);

  const Panel& panel_;
  bool drafted_;
  Problems& problems_;
};

Scenario ScenarioReader::read(TomlReader& top) {
  Scenario s;
  s.name = top.text("name", true).value_or("");
  s.about = top.text("about").value_or("");
  s.start = top.integer("start", panel_.first_year + 2, 2200, true).value_or(panel_.last_year);
  s.end = top.integer("end", 1800, 2300, true).value_or(s.start + 1);
  if (s.start > panel_.last_year) {
    top.refuse(
        "start",
        fmt::format("scenario: start is {}, but the panel ends in {}", s.start, panel_.last_year),
        fmt::format("Give a year up to {}", panel_.last_year));
    s.start = panel_.last_year;  // so that one mistake is one problem
  }
  if (s.end <= s.start || s.end > s.start + longest_horizon)
    top.refuse("end", fmt::format("scenario: end is {}, start is {}", s.end, s.start),
               fmt::format("Give a year from {} to {}", s.start + 1, s.start + longest_horizon));
  s.futures = top.integer("futures", 1, most_futures).value_or(s.futures);
  s.seed = static_cast<std::uint64_t>(
      top.number("seed", 0, 9007199254740992.0).value_or(static_cast<double>(s.seed)));
  while (s.focus + 1 < panel_.size() && !last_with_figures(panel_, s.focus, s.start)) ++s.focus;
  if (top.has("focus"))
    if (const auto focus = state(top, "focus")) {
      s.focus = *focus;
      if (!drafted_ && !last_with_figures(panel_, *focus, s.start))
        top.refuse("focus",
                   fmt::format("scenario: focus {} has no figures in {}-{}, so it is not projected",
                               panel_.states[*focus].id, s.start - oldest_figures, s.start),
                   "Choose a state with figures");
    }
  if (const auto plans = top.text("plans")) {
    if (*plans != "announced" && *plans != "none")
      top.refuse("plans", fmt::format("scenario: plans is \"{}\"", *plans),
                 "Write \"announced\" or \"none\"");
    s.announced_plans = *plans == "announced";
  }
  read_blocs(top, s);
  if (const TomlNode* levers = top.get("lever")) {
    if (levers->kind != TomlNode::Kind::array)
      top.refuse("lever", "scenario: lever must be a list", "Write each as [[lever]]");
    for (const TomlNode& lever : levers->items) read_lever(lever, s);
  }
  note_past_plans(s);
  return s;
}

std::optional<StateIndex> ScenarioReader::state_of(const TomlNode& node, const std::string& what) {
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

std::optional<StateIndex> ScenarioReader::state(TomlReader& reader, std::string_view key) {
  const TomlNode* node = reader.get(key, true);
  if (!node) return std::nullopt;
  return state_of(*node, reader.what());
}

std::optional<double> ScenarioReader::share_or_number(const TomlNode& node, TomlReader& reader,
                                                      std::string_view key, bool share) {
  if (node.is_number() && std::isfinite(node.number)) return node.number;
  if (share && node.kind == TomlNode::Kind::string)
    if (const auto s = parse_share(node.text)) return s;
  problems_.push_back({node.where(), fmt::format("{}: {} must be a number", reader.what(), key),
                       share ? "Write a share such as 0.03 or \"3 %\", decimals with a point"
                             : "Write a number such as 0.4, without quotation marks"});
  return std::nullopt;
}

std::optional<Value> ScenarioReader::value(TomlReader& reader, std::string_view key, double low,
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

void ScenarioReader::read_blocs(TomlReader& top, Scenario& scenario) {
  const TomlNode* blocs = top.get("blocs");
  if (!blocs) return;
  if (blocs->kind != TomlNode::Kind::table)
    top.refuse("blocs", "scenario: blocs must be a table",
               "Write [blocs] and below it name = [\"JPN\", ...]");
  for (const auto& [name, list] : blocs->fields) {
    Bloc bloc{.name = name};
    if (list.kind != TomlNode::Kind::array)
      problems_.push_back({list.where(), fmt::format("bloc \"{}\" must be a list of states", name),
                           "Write it as [\"JPN\", \"USA\"]"});
    for (const TomlNode& item : list.items)
      if (const auto member = state_of(item, fmt::format("bloc \"{}\"", name)))
        bloc.members.push_back(*member);
    scenario.blocs.push_back(std::move(bloc));
  }
}

void ScenarioReader::read_plan_keys(TomlReader& reader, Lever& lever) {
  lever.by = reader.integer("by", 1800, 2300, true).value_or(lever.from);
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

bool ScenarioReader::check_years(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  if (lever.kind != LeverKind::plan) {
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

void ScenarioReader::read_lever(const TomlNode& node, Scenario& scenario) {
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
  Lever lever{.kind = found->kind, .line = node.line};
  if (lever.kind == LeverKind::commitment) {
    lever.state = state(reader, "protector").value_or(0);
    lever.other = state(reader, "protected").value_or(0);
  } else if (lever.kind == LeverKind::hostility) {
    if (const TomlNode* pair = reader.get("states", true)) {
      if (pair->kind == TomlNode::Kind::array && pair->items.size() == 2) {
        lever.state = state_of(pair->items[0], reader.what()).value_or(0);
        lever.other = state_of(pair->items[1], reader.what()).value_or(0);
      } else {
        reader.refuse("states", "lever \"hostility\": states must be two ids",
                      "Write states = [\"CHN\", \"JPN\"]");
      }
    }
  } else {
    lever.state = state(reader, "state").value_or(0);
  }
  const bool pair = lever.kind == LeverKind::commitment || lever.kind == LeverKind::hostility;
  if (pair && problems_.size() == before && lever.state == lever.other)
    problems_.push_back({node.where(), fmt::format("{}: both states are the same", reader.what()),
                         "Name two states"});
  const bool share = found->unit == "share" || found->unit == "growth";
  if (const auto v = value(reader, found->value_key, found->low, found->high, share))
    lever.value = *v;
  lever.from = reader.integer("from", 1800, 2300, true).value_or(0);
  lever.why = reader.text("why").value_or("");
  if (lever.kind == LeverKind::plan) read_plan_keys(reader, lever);
  reader.finish();
  if (problems_.size() != before || !check_years(reader, lever, scenario)) return;
  const bool needs_burden = lever.kind == LeverKind::plan || lever.kind == LeverKind::cap;
  if (needs_burden && !drafted_ && !last_with_burden(panel_, lever.state, scenario.start)) {
    problems_.push_back(
        {node.where(),
         fmt::format("{}: {} has no burden in {}-{}", reader.what(), panel_.states[lever.state].id,
                     scenario.start - oldest_figures, scenario.start),
         "Choose a state whose share of GDP is known"});
    return;
  }
  note_idle(reader, lever, scenario);
  note_displaced(reader, lever, scenario);
  scenario.levers.push_back(std::move(lever));
}

/// Says which announced plan a lever's plan stands in front of.
void ScenarioReader::note_displaced(TomlReader& reader, const Lever& lever,
                                    const Scenario& scenario) {
  if (lever.kind != LeverKind::plan || !scenario.announced_plans) return;
  for (const PlanRow& p : panel_.plans)
    if (p.state == lever.state && p.announced <= scenario.start && p.by >= lever.from &&
        p.by > scenario.start)
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
void ScenarioReader::note_idle(TomlReader& reader, const Lever& lever, const Scenario& scenario) {
  const bool pair = lever.kind == LeverKind::commitment || lever.kind == LeverKind::hostility;
  const bool far = lever.kind == LeverKind::hostility || lever.kind == LeverKind::reach;
  for (const StateIndex i : {lever.state, pair ? lever.other : lever.state}) {
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
    if (!pair) break;
  }
}

void ScenarioReader::note_past_plans(const Scenario& scenario) {
  if (!scenario.announced_plans) return;
  for (const PlanRow& plan : panel_.plans)
    if (plan.by <= scenario.start)
      problems_.push_back(
          {"plans.csv",
           fmt::format("the plan of {} announced in {} is past: its year {} is not after {}",
                       panel_.states[plan.state].id, plan.announced, plan.by, scenario.start),
           "", Problem::Kind::note});
}

}  // namespace

ScenarioReading read_scenario_checked(const fs::path& path) {
  ScenarioReading result;
  const auto root = read_extended(path, {}, result.problems);
  if (!root) return result;
  TomlReader top(*root, "scenario", result.problems);
  for (const char* checked : {"format", "extends"})
    top.get(checked);  // of each file, by read_extended
  const auto folder = top.text("panel", true);
  if (!folder) return result;
  PanelReading panel = read_panel_checked(*folder);
  result.problems.insert(result.problems.end(), panel.problems.begin(), panel.problems.end());
  const bool drafted = !panel.panel;  // its expenditure may be incomplete
  if (drafted && panel.draft.milex.empty()) return result;
  result.panel = drafted ? std::move(panel.draft) : std::move(*panel.panel);
  Scenario scenario = ScenarioReader(*result.panel, drafted, result.problems).read(top);
  top.finish();
  if (drafted) result.panel.reset();
  scenario.id = path.stem().string();
  scenario.panel_folder = *folder;
  if (!refuses(result.problems)) result.scenario = std::move(scenario);
  return result;
}

}  // namespace tenbin
