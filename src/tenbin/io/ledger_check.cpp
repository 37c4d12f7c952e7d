// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/ledger_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/source_label.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

constexpr const char* import_again =
    "Import the newer file again, which puts all tables right: tenbin import SOURCE FILE -o PANEL";

/// "SIPRI 2025" and "SIPRI 2026" are releases of one maker: they differ in digits only.
bool other_release(std::string_view label, std::string_view of) {
  const auto without_digits = [](std::string_view text) {
    std::string kept;
    for (const char c : text)
      if (c < '0' || c > '9') kept += c;
    return kept;
  };
  return label != of && without_digits(label) == without_digits(of);
}

std::string money_of(int price_year) {
  return price_year == 0 ? "each year" : fmt::format("{}", price_year);
}

void check_money(const fs::path& folder, const Panel& panel, const LedgerEntry& entry,
                 Problems& problems) {
  if (*entry.price_year != panel.price_year)
    problems.push_back(
        {(folder / "panel.toml").string(),
         fmt::format("price_year is {}; by ledger.csv the figures of {} are in money of {}",
                     panel.price_year, entry.label, money_of(*entry.price_year)),
         std::string(import_again) +
             ". If you converted the figures yourself, correct price_year in ledger.csv"});
  const std::string release = panel.vintage.substr(0, panel.vintage.find(','));
  if (other_release(release, entry.label))
    problems.push_back({(folder / "panel.toml").string(),
                        fmt::format("vintage is {}; ledger.csv has {}", release, entry.label),
                        import_again});
  int rows = 0;
  std::string first;
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = panel.first_year; year <= panel.last_year; ++year) {
      const MilexCell& cell = panel.cell(i, year);
      const std::string label = label_of(cell.source);
      if (!cell.present() || !other_release(label, entry.label)) continue;
      if (rows++ == 0) first = fmt::format("{} {}, \"{}\"", panel.states[i].id, year, label);
    }
  if (rows > 0)
    problems.push_back(
        {(folder / entry.table).string(),
         fmt::format("{} rows are of another release than {}, which ledger.csv has ({})", rows,
                     entry.label, first),
         std::string(import_again) + ". If rows are your own, give them a source of your own"});
}

}  // namespace

void check_ledger(const fs::path& folder, const Panel& panel,
                  const std::vector<LedgerEntry>& entries, Problems& problems) {
  std::map<std::string, std::set<std::string>> files, digests;
  for (const LedgerEntry& entry : entries) {
    if (entry.price_year) check_money(folder, panel, entry, problems);
    if (entry.digest.empty() || !panel_tables().contains(entry.table)) continue;
    files[entry.table].insert(entry.file);
    digests[entry.table].insert(entry.digest);
  }
  for (const auto& [table, of] : digests) {
    const fs::path path = folder / table;
    if (!fs::exists(path)) {
      problems.push_back({path.string(), "the table is in ledger.csv and is missing here",
                          fmt::format("Import {} again", fmt::join(files[table], ", ")),
                          Problem::Kind::note});
      continue;
    }
    Problems unread;
    const auto text = read_text(path, unread);
    if (!text) {  // the table's reader says so too, unless it read it a moment ago
      std::ranges::copy_if(unread, std::back_inserter(problems), [&](const Problem& p) {
        return std::ranges::find(problems, p) == problems.end();
      });
      continue;
    }
    if (of == std::set<std::string>{sha256_hex(*text)}) continue;
    problems.push_back({path.string(),
                        fmt::format("the table was changed since it was imported from {}",
                                    fmt::join(files[table], ", ")),
                        "Rows with a source of your own stay yours at the next import; if you "
                        "changed nothing, import again",
                        Problem::Kind::note});
  }
}

}  // namespace tenbin
