// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "common.hpp"
#include "tenbin/sources/merge.hpp"
#include "tenbin/sources/readers.hpp"

namespace tenbin::app {
namespace {

struct Flags {
  std::string source, panel, states;
  std::vector<std::string> files;
  bool add_states = false;
};

const Reader& reader_of(const std::string& source) {
  for (const Reader& reader : readers())
    if (reader.source == source) return reader;
  TENBIN_ASSERT(false);
  return readers().front();
}

/// Reads every file; throws Error with what is wrong in all of them.
std::vector<std::pair<PublishedFile, Findings>> read_all(const Flags& flags) {
  std::vector<std::pair<PublishedFile, Findings>> all;
  Problems problems;
  for (const std::string& path : flags.files) {
    auto file = read_published(path, problems);
    if (!file) continue;
    try {
      Findings found = reader_of(flags.source).read(*file);
      all.emplace_back(std::move(*file), std::move(found));
    } catch (const Refusal& why) {
      problems.push_back(
          {why.line > 0 ? fmt::format("{}:{}", path, why.line) : path, why.what, why.mend});
    }
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return all;
}

void tell(const Findings& found, const PublishedFile& file, const MergeReport& report) {
  fmt::print("{}: {}, {}{}\n", file.name, found.label, found.release,
             found.date.empty() ? "" : fmt::format(", of {}", found.date));
  if (found.price_year && *found.price_year > 0)
    fmt::print("  money: constant {} US dollars\n", *found.price_year);
  for (const TableChange& c : report.changes) {
    std::string line = fmt::format("  {}: {} new", c.table, c.added);
    if (c.replaced > 0) line += fmt::format(", {} changed", c.replaced);
    if (c.gone > 0) line += fmt::format(", {} gone", c.gone);
    if (c.taken > 0) line += fmt::format(", {} in place of another source's", c.taken);
    if (c.kept > 0) line += fmt::format(", {} by hand kept", c.kept);
    fmt::print("{}\n", line);
  }
  for (const Coverage& c : found.coverage)
    fmt::print("  {} of {} is known from {} to {}; later years are unknown, not 0\n", c.column,
               c.table, c.first, c.last);
  if (!found.nobody.empty()) {
    std::vector<std::string> names;
    for (const auto& [name, rows] : found.nobody) names.push_back(printable(name));
    const std::size_t shown = std::min<std::size_t>(names.size(), 20);
    fmt::print("  no state of the list, left out: {}{}\n",
               fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
               shown < names.size() ? fmt::format(" ... ({} in all)", names.size()) : "");
  }
}

void run(const Flags& flags) {
  PanelFolder panel(flags.panel);
  MergeOptions options{.add_states = flags.add_states};
  for (const std::string& id : pieces(flags.states)) options.states.insert(id);
  const auto all = read_all(flags);
  for (std::size_t k = 0; k < all.size(); ++k)
    for (std::size_t j = 0; j < k; ++j)
      for (const Coverage& c : all[k].second.coverage)
        if (std::ranges::any_of(all[j].second.coverage, [&](const Coverage& other) {
              return other.table == c.table && other.column == c.column;
            }))
          throw Error(
              {{all[k].first.name,
                fmt::format("it fills {} of {}, as {} does", c.column, c.table, all[j].first.name),
                "Give one file of a source for each column"}});
  std::vector<MergeReport> reports;
  for (const auto& [file, found] : all) reports.push_back(merge(panel, found, file, options));
  const Problems notes = panel.write();
  Problems said;
  for (std::size_t k = 0; k < all.size(); ++k) {
    tell(all[k].second, all[k].first, reports[k]);
    said.insert(said.end(), reports[k].notes.begin(), reports[k].notes.end());
  }
  show(said);
  fmt::print("{}: written{}\n", flags.panel,
             notes.empty()
                 ? ""
                 : fmt::format("; tenbin check {} tells {} notes", flags.panel, notes.size()));
}

}  // namespace

void add_import(CLI::App& app) {
  auto flags = std::make_shared<Flags>();
  CLI::App* verb = app.add_subcommand("import", "published files into a panel's tables");
  std::vector<std::string> names;
  std::string help = "Sources:\n";
  for (const Reader& reader : readers()) {
    names.emplace_back(reader.source);
    help += fmt::format("  {:<14}{} -> {}\n", reader.source, reader.says, reader.fills);
  }
  verb->footer(help);
  verb->add_option("SOURCE", flags->source, "whose file it is: see below")
      ->required()
      ->check(CLI::IsMember(names));
  verb->add_option("FILE", flags->files, "the file as its maker publishes it")->required();
  verb->add_option("-o,--out", flags->panel, "the panel's folder, new or not")->required();
  verb->add_option("--states", flags->states, "of a new panel only these states: JPN,CHN,USA");
  verb->add_flag("--add-states", flags->add_states, "states that the panel does not have yet, too");
  verb->callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
