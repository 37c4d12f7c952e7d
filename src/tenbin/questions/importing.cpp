// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/importing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/io/nearest.hpp"
#include "tenbin/io/panel_commit.hpp"
#include "tenbin/io/published/readers.hpp"

namespace tenbin {
namespace {

const Reader& reader_of(const std::string& source) {
  std::vector<std::string> names;
  std::string list;
  for (const Reader& reader : readers()) {
    if (reader.source == source) return reader;
    names.emplace_back(reader.source);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  const std::string near = nearest(source, names);
  throw Error({{"SOURCE", fmt::format("\"{}\" is none of {}", source, list),
                near.empty() ? "Give one of them" : fmt::format("Did you mean \"{}\"?", near)}},
              Error::Reason::usage);
}

/// Reads every file; throws Error with what is wrong in all of them.
std::vector<std::pair<PublishedFile, Findings>> read_all(const Reader& reader,
                                                         const std::vector<std::string>& files) {
  std::vector<std::pair<PublishedFile, Findings>> all;
  Problems problems;
  for (const std::string& path : files) {
    auto file = read_published(path, problems);
    if (!file) continue;
    try {
      Findings found = reader.read(*file);
      all.emplace_back(std::move(*file), std::move(found));
    } catch (const Refusal& why) {
      problems.push_back(
          {why.line > 0 ? fmt::format("{}:{}", path, why.line) : path, why.what, why.mend});
    }
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return all;
}

void require_apart(const std::vector<std::pair<PublishedFile, Findings>>& all) {
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
}

}  // namespace

ImportReport import_files(const std::string& source, const std::vector<std::string>& files,
                          const std::string& folder, const MergeOptions& options) {
  const Reader& reader = reader_of(source);
  const PanelLock lock(folder, PanelLock::Kind::write);  // a second import waits
  finish_commit(folder);
  PanelFolder panel(folder);
  auto all = read_all(reader, files);
  require_apart(all);
  ImportReport result;
  for (auto& [file, found] : all) {
    MergeReport report = merge(panel, found, file, options);
    result.files.push_back({file.name, std::move(found), std::move(report)});
  }
  result.notes = panel.write();
  return result;
}

TidyTable import_table(const ImportReport& report) {
  TidyTable table;
  for (const char* name : {"file", "source", "release", "table"}) table.text(name);
  for (const char* name : {"added", "replaced", "gone", "taken", "kept"}) table.integer(name);
  for (const ImportedFile& f : report.files)
    for (const TableChange& c : f.report.changes)
      table << f.name << f.found.label << f.found.release << c.table << c.added << c.replaced
            << c.gone << c.taken << c.kept;
  return table;
}

}  // namespace tenbin
