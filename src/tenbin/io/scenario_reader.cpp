// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/scenario_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tenbin/io/lever_reader.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;
constexpr int most_scenario_futures = 2'000'000'000;
constexpr int longest_horizon = 100;              // years
constexpr double most_seed = 9007199254740992.0;  // 2^53: every whole number below is one
constexpr std::size_t most_levers = 1000, most_blocs = 100;  // each is weighed against the others

/// `base` with what `over` says: scalars and tables replace, lists add.
void lay_over(TomlNode& base, const TomlNode& over) {
  for (const auto& [key, value] : over.fields) {
    TomlNode* old = base.find(key);
    if (!old)
      base.fields.push_back({key, value});
    else if (old->kind == TomlNode::Kind::array && value.kind == TomlNode::Kind::array &&
             key == "lever")
      old->items.insert(old->items.end(), value.items.begin(), value.items.end());
    else
      *old = value;
  }
  base.file = over.file;
}

/// The files between the two occurrences of the last file: " by way of b.toml, c.toml"; empty if
/// the file extends itself directly.
std::string ring_of(const std::vector<fs::path>& files) {
  std::string way;
  for (auto f = files.rbegin() + 1; f != files.rend() && f->filename() != files.back().filename();
       ++f)
    way = f->filename().string() + (way.empty() ? "" : ", ") + way;
  return way.empty() ? "" : " by way of " + way;
}

/// The file with everything it extends laid under it.
std::optional<TomlNode> read_extended(const fs::path& path, std::set<fs::path> below,
                                      ScenarioReading& reading) {
  Problems& problems = reading.problems;
  reading.files.push_back(path);
  std::error_code none;  // a pipe has no canonical path
  const fs::path own = fs::weakly_canonical(path, none);
  if (!below.insert(none ? path : own).second) {
    problems.push_back({path.string(), "the scenario extends itself" + ring_of(reading.files),
                        "Take out the key \"extends\" that closes the ring"});
    return std::nullopt;
  }
  if (fs::is_directory(path, none)) {
    problems.push_back({path.string(), "this is a folder, and a scenario is a file",
                        "tenbin new scenario FILE.toml --panel FOLDER makes one of a panel"});
    return std::nullopt;
  }
  auto root = read_toml(path, problems);
  if (!root) return root;
  TomlReader reader(*root, "scenario", problems);
  check_format(reader);
  reader.text("extends");
  // paths in a piped scenario are relative to the working folder, as for "-"
  const fs::path folder = fs::is_fifo(path, none) ? fs::path() : path.parent_path();
  if (TomlNode* panel = root->find("panel"); panel && panel->kind == TomlNode::Kind::string)
    panel->text = (folder / panel->text).lexically_normal().string();
  const TomlNode* base_name = root->find("extends");
  if (!base_name || base_name->kind != TomlNode::Kind::string) return root;
  auto base = read_extended(folder / base_name->text, std::move(below), reading);
  if (!base) return base;
  std::erase_if(base->fields,
                [](const auto& f) { return f.key == "name" || f.key == "about"; });  // its own
  lay_over(*base, *root);
  return base;
}

/// Reads levers and settings of one scenario against its panel.
class ScenarioReader {
 public:
  ScenarioReader(const Panel& panel, bool drafted, Problems& problems)
      : panel_(panel), drafted_(drafted), problems_(problems), levers_(panel, drafted, problems) {}
  Scenario read(TomlReader& top);

 private:
  void read_blocs(TomlReader& top, Scenario& scenario);
  void note_past_plans(const Scenario& scenario);

  const Panel& panel_;
  bool drafted_;
  Problems& problems_;
  LeverReader levers_;
};

std::optional<std::uint64_t> seed_of(TomlReader& top) {
  const auto seed = top.number("seed", 0, most_seed);
  if (!seed || *seed == std::floor(*seed)) return seed;
  top.refuse("seed", fmt::format("scenario: seed is {}", *seed), "Give a whole number");
  return std::nullopt;
}

Scenario ScenarioReader::read(TomlReader& top) {
  Scenario s;
  s.name = top.name("name", true).value_or("");
  s.about = top.text("about").value_or("");
  s.start = top.integer("start", panel_.first_year + 2, 2200, true).value_or(panel_.last_year);
  const auto end = top.integer("end", 1800, 2300, true);
  s.end = end.value_or(s.start);  // then no lever is held to its years
  if (s.start > panel_.last_year) {
    top.refuse(
        "start",
        fmt::format("scenario: start is {}, but the panel ends in {}", s.start, panel_.last_year),
        fmt::format("Give a year up to {}", panel_.last_year));
    s.start = panel_.last_year;  // so that one mistake is one problem
  }
  if (end && (s.end <= s.start || s.end > s.start + longest_horizon))
    top.refuse("end", fmt::format("scenario: end is {}, start is {}", s.end, s.start),
               fmt::format("Give a year from {} to {}", s.start + 1, s.start + longest_horizon));
  s.futures = top.integer("futures", 1, most_scenario_futures).value_or(s.futures);
  s.seed = seed_of(top).value_or(s.seed);
  while (s.focus + 1 < panel_.size() && !last_with_figures(panel_, s.focus, s.start)) ++s.focus;
  if (top.get("focus"))
    if (const auto focus = levers_.state(top, "focus")) {
      s.focus = *focus;
      if (!drafted_ && !last_with_figures(panel_, *focus, s.start))
        top.refuse("focus",
                   fmt::format("scenario: focus {} has no figures in {}-{}, so it is not projected",
                               panel_.states[*focus].id, s.start - oldest_figures, s.start),
                   "Choose a state with figures");
    }
  const auto unless_none = [&](const char* key, const char* otherwise) {
    const auto text = top.text(key);
    if (text && *text != otherwise && *text != "none")
      top.refuse(key, fmt::format("scenario: {} is \"{}\"", key, *text),
                 fmt::format("Write \"{}\" or \"none\"", otherwise));
    return !text || *text == otherwise;
  };
  s.announced_plans = unless_none("plans", "announced");
  s.disputes = unless_none("disputes", "drawn");
  read_blocs(top, s);
  if (const TomlNode* levers = top.get("lever")) {
    if (levers->kind != TomlNode::Kind::array)
      top.refuse("lever", "scenario: lever must be a list", "Write each as [[lever]]");
    if (const std::size_t count = levers->items.size(); count > most_levers)
      top.refuse("lever",
                 fmt::format("scenario: it has {} levers, more than {}", count, most_levers),
                 "Take out those that later ones replace, or split the scenario");
    else
      for (const TomlNode& lever : levers->items) levers_.read(lever, s);
  }
  note_past_plans(s);
  return s;
}

void ScenarioReader::read_blocs(TomlReader& top, Scenario& scenario) {
  const TomlNode* blocs = top.get("blocs");
  if (!blocs) return;
  if (blocs->kind != TomlNode::Kind::table)
    top.refuse("blocs", "scenario: blocs must be a table",
               "Write [blocs] and below it name = [\"JPN\", ...]");
  if (const std::size_t count = blocs->fields.size(); count > most_blocs)
    return top.refuse("blocs",
                      fmt::format("scenario: it has {} blocs, more than {}", count, most_blocs),
                      "Keep those that are to be weighed against each other");
  for (const auto& [name, list] : blocs->fields) {
    Bloc bloc{.name = name};
    if (const std::string wrong = wrong_name(name); !wrong.empty())
      problems_.push_back(
          {list.where(), "the name of a bloc " + wrong, "Give a short name on one line"});
    if (list.kind != TomlNode::Kind::array)
      problems_.push_back({list.where(), fmt::format("bloc \"{}\" must be a list of states", name),
                           "Write it as [\"JPN\", \"USA\"]"});
    bloc.members = levers_.states_of(list.items, fmt::format("bloc \"{}\"", name));
    if (list.kind == TomlNode::Kind::array && list.items.empty())
      problems_.push_back({list.where(), fmt::format("bloc \"{}\" has no member", name),
                           "Name its states, or take the bloc out"});
    for (const Bloc& other : scenario.blocs)
      if (const auto shared = shared_member(bloc, other)) {
        problems_.push_back(
            {list.where(),
             fmt::format("{} is in the blocs \"{}\" and \"{}\", which are not weighed against each "
                         "other",
                         panel_.states[*shared].id, other.name, name),
             "", Problem::Kind::note});
        break;  // one note a bloc
      }
    scenario.blocs.push_back(std::move(bloc));
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

/// The id of a scenario, which its file's name gives. Answers carry it in tables, so that it must
/// not be a formula.
std::string scenario_id(const fs::path& path, Problems& problems) {
  std::error_code none;
  if (path == "-" || fs::is_fifo(path, none)) return "piped";
  std::string id = path.stem().string();
  const bool formula = id.find_first_of("=+-@") == 0;
  const std::string wrong =
      formula ? fmt::format("begins with {}", id.substr(0, 1)) : wrong_name(id);
  if (!wrong.empty())
    problems.push_back(
        {path.string(),
         fmt::format("the file's name, which is the scenario's id in tables, {}", wrong),
         "Rename the file: letters, digits, _ and -, the first a letter or a digit"});
  return id;
}

}  // namespace

Scenario read_scenario_table(TomlReader& top, const Panel& panel, bool drafted,
                             Problems& problems) {
  return ScenarioReader(panel, drafted, problems).read(top);
}

ScenarioReading read_scenario_checked(const fs::path& path) {
  ScenarioReading result;
  const auto root = read_extended(path, {}, result);
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
  Scenario scenario = read_scenario_table(top, *result.panel, drafted, result.problems);
  top.finish();
  if (drafted) result.panel.reset();
  scenario.id = scenario_id(path, result.problems);
  scenario.panel_folder = *folder;
  if (!refuses(result.problems)) result.scenario = std::move(scenario);
  return result;
}

}  // namespace tenbin
