// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "tenbin/io/published/merger.hpp"
#include "tenbin/io/published/scaling.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace tenbin {

/// The chosen states' part of the file's spending in its last full year, for their part of the
/// world's stock.
std::string Merger::share_of_world() const {
  if (takes_all_) return "1.0";
  std::map<int, std::pair<double, double>> of_year;  // theirs and all
  for (const FoundMilex& m : found_.milex) {
    if (!known(m.milex)) continue;
    of_year[m.year].second += m.milex;
    if (chosen(m.state)) of_year[m.year].first += m.milex;
  }
  const auto& [year, sums] = *of_year.rbegin();
  return fmt::format(
      "{:.3f}   # of all spending in the file in {}; put a better one if you have it",
      std::max(0.001, sums.first / sums.second), year);
}

/// Whether expenditure of this source is of another release than the ledger says, or in other money
/// than panel.toml says: a part of an import, or of a copy, is missing.
bool Merger::is_mixed() const {
  const auto ledger = panel_.tables().find("ledger.csv"), milex = panel_.tables().find("milex.csv");
  if (ledger == panel_.tables().end() || milex == panel_.tables().end()) return false;
  const auto source = milex->second.find("source"), money = ledger->second.find("price_year");
  const auto of = [&](std::string_view column) { return ledger->second.find(column); };
  const auto maker = of("source"), table = of("table"), column = of("column"), label = of("label");
  if (!source || !maker || !table || !column || !label) return false;
  const std::set<std::string> ours = labels_before();
  for (const Fields& row : ledger->second.rows) {
    if (row[*maker] != found_.source || row[*table] != "milex.csv" || row[*column] != "milex")
      continue;
    if (money && !row[*money].empty() && row[*money] != panel_.setting("price_year")) return true;
    return std::ranges::any_of(milex->second.rows, [&](const Fields& m) {
      const std::string its = label_of(m[*source]);
      return its != row[*label] && ours.contains(its) && !is_scaled(m[*source]);
    });
  }
  return false;
}

void Merger::check_money() {
  if (found_.currency.empty() || found_.to_be_scaled) return;
  const std::string price_year = fmt::format("{}", *found_.price_year);
  const std::string before = panel_.setting("price_year");
  const bool other_money = !before.empty() && before != price_year;
  if (other_money || is_mixed()) {
    // rows in the old money: those of another maker that were scaled to it go, those by hand cannot
    const std::set<std::string> ours = labels_before();
    TextTable& table = panel_.table("milex.csv", milex_shape.columns);
    const std::size_t source = table.column("source");
    const auto gone =
        std::erase_if(table.rows, [&](const Fields& row) { return is_scaled(row[source]); });
    if (gone > 0)
      note(fmt::format("{} rows were scaled to {} and are taken out", gone,
                       other_money ? "dollars of " + before : "another release"),
           "Import them again: tenbin import nmc ...");
    const auto other = std::ranges::find_if(
        table.rows, [&](const Fields& row) { return !ours.contains(label_of(row[source])); });
    if (other_money && other != table.rows.end())
      throw Error(
          {{file_.name,
            fmt::format(
                "its money is of {}, the panel's of {}, and the panel holds rows of another "
                "source or by hand ({} {}, \"{}\", and perhaps more)",
                price_year == "0" ? "each year" : price_year, before == "0" ? "each year" : before,
                (*other)[table.column("state")], (*other)[table.column("year")], (*other)[source]),
            "Import into a new folder; or multiply those rows by the factor of their state that "
            "tenbin diff of the two folders prints, set price_year in panel.toml, and import "
            "again"}});
  }
  if (panel_.setting("format").empty()) {
    panel_.set("format", "1");
    panel_.set("name", toml_quote(panel_.name()));
    panel_.set("currency", toml_quote(found_.currency));
    panel_.set("price_year", price_year);
    panel_.set("licence", toml_quote("figures of the makers in ledger.csv, under their terms"));
    panel_.set("share_of_world", share_of_world());
  }
  panel_.set("currency", toml_quote(found_.currency));
  panel_.set("price_year", price_year);
  panel_.set("vintage",
             toml_quote(fmt::format("{}, {}", found_.label,
                                    found_.date.empty() ? found_.release : "of " + found_.date)));
}

void Merger::put_milex() {
  static const char* const kinds[] = {"", "reported", "estimate", "uncertain", "imputed"};
  std::vector<Fields> rows;
  std::set<std::pair<std::string, std::string>> keys;
  for (const FoundMilex& m : found_.milex) {
    if (!chosen(m.state)) continue;
    rows.push_back({m.state, fmt::format("{}", m.year), number_text(m.milex), number_text(m.burden),
                    kinds[static_cast<int>(m.kind)], found_.label});
    keys.emplace(m.state, rows.back()[1]);
  }
  // what was filled in from another maker gives way
  if (panel_.has("milex.csv")) {
    TextTable& table = panel_.table("milex.csv", milex_shape.columns);
    const std::size_t state = table.column("state"), year = table.column("year"),
                      source = table.column("source");
    const auto gone = std::erase_if(table.rows, [&](const Fields& row) {
      return is_scaled(row[source]) && keys.contains({row[state], row[year]});
    });
    if (gone > 0) note(fmt::format("{} imputed rows gave way to figures", gone));
    if (std::ranges::any_of(table.rows, [&](const Fields& row) { return is_scaled(row[source]); }))
      note("the imputed rows are still scaled to the figures before",
           "Import them again: tenbin import nmc ...");
  }
  put(milex_shape, std::move(rows));
}

/// Shares of GDP for rows that have none.
void Merger::fill_burdens() {
  TextTable& table = panel_.table("milex.csv", milex_shape.columns);
  const std::size_t state = table.column("state"), year = table.column("year"),
                    burden = table.column("burden"), source = table.column("source");
  std::map<std::pair<std::string, std::string>, double> shares;
  for (const FoundMilex& m : found_.milex)
    if (chosen(m.state)) shares[{m.state, fmt::format("{}", m.year)}] = m.burden;
  const std::string mark = std::string(burden_mark) + found_.label;
  TableChange change{"milex.csv"};
  for (Fields& row : table.rows) {
    if (row[source].ends_with(mark)) {  // of an earlier import
      row[burden].clear();
      row[source].resize(row[source].size() - mark.size());
    }
    const auto share = shares.find({row[state], row[year]});
    if (!row[burden].empty() || share == shares.end()) continue;
    row[burden] = number_text(share->second);
    row[source] += mark;
    ++change.added;
  }
  report_.changes.push_back(change);
}

/// Another maker's current dollars in the panel's money, for years without figures.
void Merger::scale_milex() {
  TextTable& table = panel_.table("milex.csv", milex_shape.columns);
  const std::size_t state = table.column("state"), year = table.column("year"),
                    milex = table.column("milex"), kind = table.column("kind"),
                    source = table.column("source");
  const std::set<std::string> ours = labels_before();
  StateYears figures;
  std::set<std::pair<std::string, int>> there;
  for (const Fields& row : table.rows) {
    if (ours.contains(label_of(row[source]))) continue;  // of an earlier import
    const auto y = parse_number(row[year]), m = parse_number(row[milex]);
    if (!y || !m) continue;
    there.emplace(row[state], static_cast<int>(*y));
    if (row[kind] != "imputed") figures[{row[state], static_cast<int>(*y)}] = *m;
  }
  const Scales scales = scales_of(found_.milex, figures);
  if (scales.price.empty())
    throw Error({{file_.name,
                  "the panel has no figures of the United States, by which its dollars are scaled",
                  "Import expenditure with them first: tenbin import sipri ..."}});
  std::vector<Fields> rows;
  std::vector<std::string> unscaled;
  for (const FoundMilex& m : found_.milex) {
    if (!chosen(m.state) || there.contains({m.state, m.year})) continue;
    const auto price = scales.price.find(m.year);
    if (price == scales.price.end()) {
      left_out_.push_back({"milex.csv", m.state, fmt::format("{}", m.year), "milex",
                           number_text(m.milex),
                           "no price level: the panel has no figure of the United States"});
      continue;
    }
    const auto scale = scales.of_state.find(m.state);
    if (scale == scales.of_state.end() && (unscaled.empty() || unscaled.back() != m.state))
      unscaled.push_back(m.state);
    rows.push_back({m.state, fmt::format("{}", m.year),
                    number_text(m.milex / price->second *
                                (scale == scales.of_state.end() ? 1 : scale->second)),
                    "", "imputed", found_.label + std::string(scaled_mark)});
  }
  if (!unscaled.empty())
    note(fmt::format("{} states have no year in both, so only prices are taken into account: {}",
                     unscaled.size(), fmt::join(unscaled, " ")));
  put(milex_shape, std::move(rows));
}

}  // namespace tenbin
