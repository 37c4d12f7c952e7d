// SPDX-License-Identifier: Apache-2.0
// Commented templates (data/templates), valid as they stand.
#include <fmt/format.h>

#include <map>

#include "common.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/outputs.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/toml_tree.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/output.hpp"

namespace tenbin::cli {
namespace new_verb {

namespace fs = std::filesystem;

std::string template_text(const fs::path& name) {
  Problems problems;
  const auto text = read_text(data_folder() / "templates" / name, problems);
  if (!text) throw Error(std::move(problems));
  return *text;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

void require_new(const fs::path& path) {
  std::error_code error;
  const bool there = fs::exists(path, error);
  if (there || error)
    throw Error({{path.string(), there ? "this is there already" : error.message(),
                  "Give a name that is free"}},
                Error::Reason::output);
}

void new_panel(std::string name) {
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  const fs::path folder = name;
  require_new(folder);
  hold_interruption();
  FolderBeside beside(folder);
  for (const fs::path file : names_in(data_folder() / "templates" / "panel")) {
    std::string text = template_text("panel" / file);
    if (file == "panel.toml") replace_all(text, "\"NAME\"", toml_quote(folder.filename().string()));
    write_text(beside.path() / file, text);
  }
  beside.take_place();
  print_out(
      "{}: a panel of three made-up states. Its panel.toml says what each table holds.\n"
      "Next: tenbin check {}; tenbin new scenario {}.toml --panel {}\n",
      name, name, name, name);
}

/// The first state that the panel can project by the spending equation.
StateIndex default_focus(const Panel& panel, const std::string& folder) {
  for (StateIndex i = 0; i < panel.size(); ++i)
    if (last_with_burden(panel, i, panel.last_year)) return i;
  throw Error(
      {{folder, "no state has a share of GDP in its last years", "Give milex.csv burdens"}});
}

/// The words of a template for a state of a panel.
std::map<std::string, std::string> words_for(const Panel& panel, StateIndex state,
                                             const fs::path& file, const std::string& folder) {
  StateIndex other = state == 0 && panel.size() > 1 ? 1 : 0;
  for (const Spell& s : panel.rivalries)
    if ((s.a == state || s.b == state) && s.holds(panel.last_year)) {
      other = s.a == state ? s.b : s.a;
      break;
    }
  const auto year = last_with_burden(panel, state, panel.last_year);
  if (!year)
    throw Error(
        {{folder, fmt::format("{} has no share of GDP in its last years", panel.states[state].id),
          "Name another state with --focus"}});
  const double burden = panel.cell(state, *year).burden;
  const int start = panel.last_year;
  const auto share = [](double x) { return fmt::format("{:.2g} %", 100 * x); };
  return {
      {"PANEL", toml_quote(fs::proximate(folder, file.parent_path().empty() ? fs::path(".")
                                                                            : file.parent_path())
                               .generic_string())},
      {"BASE", toml_quote(file.filename().string())},
      {"FOCUSNAME", panel.states[state].name},
      {"FOCUS", panel.states[state].id},
      {"OTHER", panel.states[other].id},
      {"TARGET", share(1.3 * burden)},
      {"NOW", share(burden)},
      {"START", fmt::format("{}", start)},
      {"FROM", fmt::format("{}", start + 1)},
      {"BY", fmt::format("{}", start + 5)},
      {"END", fmt::format("{}", start + 10)}};
}

std::string filled(const char* name, const std::map<std::string, std::string>& words) {
  std::string text = template_text(name);
  for (const auto& [word, value] : words) {
    std::string plain = value;
    if (word == "FOCUSNAME") {  // inside quotation marks
      plain = toml_quote(value);
      plain = plain.substr(1, plain.size() - 2);
    }
    replace_all(text, "@" + word + "@", plain);
  }
  return text;
}

/// A baseline without a lever, and beside it an example that extends it with one.
void new_scenario(const std::string& name, const std::string& given, const std::string& focus) {
  const std::string folder = shipped_or(given);
  fs::path file = name;
  if (file.extension() != ".toml")
    throw Error({{name, "a scenario is a TOML file", "Give a name that ends in .toml"}},
                Error::Reason::usage);
  fs::path example = file;
  example.replace_filename(file.stem().string() + "-example.toml");
  require_new(file);
  require_new(example);
  const Panel panel = read_panel(folder);
  StateIndex state = default_focus(panel, folder);
  if (!focus.empty()) {
    const auto named = states_named(focus, panel, "--focus");
    if (named.size() != 1) throw Error({{"--focus", "name one state", "Write JPN"}});
    state = named.front();
  }
  const auto words = words_for(panel, state, file, folder);
  hold_interruption();
  Outputs outputs;
  outputs.write(file, filled("scenario.toml", words));
  outputs.write(example, filled("example.toml", words));
  outputs.finish();
  print_out(
      "{}: {}, {} to {}, with what is announced and nothing else.\n{}: an example of a change to "
      "it; put your own in.\nNext: tenbin check {} {}; tenbin brief {} {} -o {}.html\n",
      name, panel.states[state].name, panel.last_year, panel.last_year + 10, example.string(), name,
      example.string(), name, example.string(), fs::path(file).replace_extension().string());
}

/// Priors of the world's figures up to the panel's last year, without the panel's own states.
void new_priors(const std::string& file, const std::string& folder, const std::string& world,
                Flags& flags) {
  require_new(file);
  require_ending(file, ".toml");
  check_output(file, {});
  const Panel panel = panel_to_work_on(folder, flags);
  Panel figures = panel_to_work_on(world, flags);
  FitSettings settings = fit_settings(flags.settings, {.priors = "wide", .terms = "all"});
  if (!flags.settings.warmup) settings.options.warmup = 1000;
  if (!flags.settings.draws) settings.options.draws = 1500;
  if (!flags.settings.accept) settings.options.target_accept = 0.95;
  const int year = figures.last_year > panel.last_year ? panel.last_year : 0;
  auto [past, options] = fit_plan(past_of(std::move(figures)), settings, year, "", "");
  for (const State& s : panel.states)
    if (const auto i = past->panel().find(s.id)) options.leave_out.push_back(*i);
  if (past->panel().size() - static_cast<int>(options.leave_out.size()) < fewest_for_wave)
    throw Error({{world, "it has too few states beside the panel's own to speak for the world",
                  "Import SIPRI's whole workbook: tenbin import sipri FILE.xlsx -o " + world}});
  const Posterior posterior = fit_with_progress(*past, options, flags);
  PriorsFile priors = priors_file(posterior, provenance(past->panel(), options));
  priors.name = fs::path(file).filename().string();
  write_text(file, priors_text(priors));
  print_out(
      "{}: what {} states without those of {} say, up to {}.\nNext: tenbin fit {} --priors {} "
      "-o mine.fit\n",
      file, past->panel().size() - static_cast<int>(options.leave_out.size()), folder,
      past->panel().last_year, folder, file);
}

}  // namespace new_verb

void add_new(CLI::App& program) {
  using namespace new_verb;
  struct NewFlags : Flags {
    std::string folder, file, panel, focus, world;
  };
  auto flags = std::make_shared<NewFlags>();
  CLI::App& verb = *program.add_subcommand("new", "a commented template, valid as it stands");
  verb.require_subcommand(1);
  CLI::App& panel =
      *verb.add_subcommand("panel", "a folder with the tables of three made-up states");
  panel.add_option("FOLDER", flags->folder, "its name")->required();
  panel.callback([flags] { new_panel(flags->folder); });
  CLI::App& scenario =
      *verb.add_subcommand("scenario", "a baseline of a panel, and an example of a change to it");
  scenario.add_option("FILE", flags->file, "its name, such as mine.toml")->required();
  scenario.add_option("--panel", flags->panel, "the panel's folder")->required();
  scenario.add_option("--focus", flags->focus, "the state of the headline (the panel's first)");
  scenario.callback([flags] { new_scenario(flags->file, flags->panel, flags->focus); });
  CLI::App& priors =
      *verb.add_subcommand("priors", "priors for a region, from a world panel without its states");
  priors.add_option("FILE", flags->file, "its name, such as region.toml")->required();
  priors.add_option("--panel", flags->panel, "the region's panel")->required();
  priors
      .add_option("--world", flags->world,
                  "a panel of the whole world: tenbin import sipri FILE.xlsx, then rivalries")
      ->required();
  add_settings(priors, *flags, {"chains", "warmup", "draws", "accept", "fit-seed", "threads"});
  add_common(priors, *flags);
  priors.callback([flags] { new_priors(flags->file, flags->panel, flags->world, *flags); });
}

}  // namespace tenbin::cli
