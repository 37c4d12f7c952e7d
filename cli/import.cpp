// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "common.hpp"
#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/questions/importing.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin::cli {
namespace import_verb {

struct ImportFlags {
  std::string source, panel, states;
  std::vector<std::string> files;
  bool add_states = false;
};

/// What stands in the file and is no state: sums over states apart from what is not known.
void tell_others(const Findings& found) {
  using Kind = OtherEntity::Kind;
  std::map<Kind, std::vector<std::string>> known;
  std::vector<std::string> unknown;
  for (const auto& [name, rows] : found.nobody) {
    const OtherEntity* const other = KnownStates::all().other(name);
    if (other)
      known[other->kind].push_back(other->name);
    else
      unknown.push_back(name);
  }
  const auto say = [](const char* what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    const std::size_t shown = std::min<std::size_t>(names.size(), 12);
    print_out("  left out, {}: {}{}\n", what,
              fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
              shown < names.size() ? fmt::format(" ... ({} in all)", names.size()) : "");
  };
  say("sums over states", known[Kind::aggregate]);
  say("territories", known[Kind::territory]);
  say("states that were gone before today's", known[Kind::former]);
  say("no state that tenbin knows", unknown);
}

void tell(const ImportedFile& file) {
  const Findings& found = file.found;
  print_out("{}: {}, {}{}\n", file.name, found.label, found.release,
            found.date.empty() ? "" : fmt::format(", of {}", found.date));
  if (found.price_year && *found.price_year > 0)
    print_out("  money: constant {} US dollars\n", *found.price_year);
  for (const TableChange& c : file.report.changes) {
    std::string line = fmt::format("  {}: {} new", c.table, c.added);
    if (c.replaced > 0) line += fmt::format(", {} changed", c.replaced);
    if (c.gone > 0) line += fmt::format(", {} gone", c.gone);
    if (c.taken > 0) line += fmt::format(", {} in place of another source's", c.taken);
    if (c.kept > 0) line += fmt::format(", {} by hand kept", c.kept);
    print_out("{}\n", line);
  }
  for (const Coverage& c : found.coverage)
    print_out("  {} of {} is known from {} to {}; later years are unknown, not 0\n", c.column,
              c.table, c.first, c.last);
  tell_others(found);
}

void run(const ImportFlags& flags) {
  MergeOptions options{.add_states = flags.add_states};
  for (const std::string& id : listed_states(flags.states)) options.states.insert(id);
  hold_interruption();
  const ImportReport report = import_files(flags.source, flags.files, flags.panel, options);
  Problems said;
  for (const ImportedFile& file : report.files) {
    tell(file);
    said.insert(said.end(), file.report.notes.begin(), file.report.notes.end());
  }
  show(said);
  print_out("{}: written{}\n", flags.panel,
            report.notes.empty()
                ? ""
                : fmt::format("; tenbin check {} tells {} note{}", flags.panel, report.notes.size(),
                              report.notes.size() > 1 ? "s" : ""));
}

}  // namespace import_verb

void add_import(CLI::App& program) {
  using namespace import_verb;
  auto flags = std::make_shared<ImportFlags>();
  CLI::App& verb = *program.add_subcommand("import", "published files into a panel's tables");
  std::string help = "Sources:\n";
  for (const Reader& reader : readers())
    help += fmt::format("  {:<14}{} -> {}\n", reader.source, reader.says, reader.fills);
  verb.footer(help);
  verb.add_option("SOURCE", flags->source, "whose file it is: see below")->required();
  verb.add_option("FILE", flags->files, "the file as its maker publishes it")->required();
  verb.add_option("-o,--out", flags->panel, "the panel's folder, new or not")->required();
  verb.add_option("--states", flags->states, "of a new panel only these states: JPN,CHN,USA");
  verb.add_flag("--add-states", flags->add_states, "states that the panel does not have yet, too");
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::cli
