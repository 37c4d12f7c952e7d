// SPDX-License-Identifier: Apache-2.0
#include "tenbin/sources/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "tenbin/io/table.hpp"
#include "tenbin/io/text_file.hpp"
#include "tenbin/io/toml_tree.hpp"
#include "tenbin/sources/scaling.hpp"
#include "tenbin/sources/states.hpp"

namespace tenbin {
namespace {

/// The columns of a table that an import fills; the first `keys` of them name a row.
struct Shape {
  const char* table;
  std::size_t keys;
  std::vector<std::string_view> columns;
  bool spells = false;  // rows of several sources may stand side by side
};
const Shape states_shape{
    "states.csv", 1, {"state", "name", "capital", "lat", "lon", "entered", "source"}};
const Shape milex_shape{"milex.csv", 2, {"state", "year", "milex", "burden", "kind", "source"}};
const Shape regime_shape{"regime.csv", 2, {"state", "year", "democracy", "source"}};
const Shape personnel_shape{"personnel.csv", 2, {"state", "year", "personnel", "source"}};
const Shape price_shape{"price_index.csv", 1, {"year", "us_prices_2024", "source"}};
const Shape disputes_shape{
    "disputes.csv",
    3,
    {"state_a", "state_b", "year", "hostility_level", "fatality_level", "source"}};
const Shape rivalries_shape{"rivalries.csv",
                            3,
                            {"state_a", "state_b", "start", "end", "hostility", "basis", "source"},
                            true};
const Shape ties_shape{
    "ties.csv",
    3,
    {"protector", "protected", "start", "end", "strength", "kind", "basis", "source"},
    true};
const Shape borders_shape{
    "contiguity.csv", 3, {"state_a", "state_b", "start", "end", "type", "source"}, true};
const Shape notes_shape{"notes.csv", 2, {"state", "mark", "note", "source"}, true};
const Shape left_out_shape{
    "left_out.csv", 4, {"table", "state", "year", "column", "value", "why", "source"}, true};
const Shape ledger_shape{"ledger.csv",
                         3,
                         {"table", "column", "source", "label", "release", "date", "first", "last",
                          "file", "sha256", "cite"}};

constexpr const char* scaled_mark =
    ", scaled";  // after the label of rows brought to the panel's money

std::string number(double x) { return known(x) ? fmt::format("{}", x) : ""; }

class Merger {
 public:
  Merger(PanelFolder& panel, const Findings& found, const PublishedFile& file,
         const MergeOptions& options)
      : panel_(panel), found_(found), file_(file), options_(options) {}
  MergeReport run();

 private:
  void choose_states();
  void check_money();
  void put_milex();
  void fill_burdens();
  void scale_milex();
  void put_ledger();
  void put(const Shape& shape, std::vector<Fields> rows);
  void note(std::string what, std::string mend = "") {
    report_.notes.push_back({file_.name, std::move(what), std::move(mend), Problem::Kind::note});
  }
  bool chosen(const std::string& state) const { return states_.contains(state); }
  std::set<std::string> labels_before() const;
  std::set<std::string> imported_labels() const;
  std::vector<Fields> spells(const std::vector<FoundSpell>& found, bool ties) const;

  PanelFolder& panel_;
  const Findings& found_;
  const PublishedFile& file_;
  const MergeOptions& options_;
  std::set<std::string> states_;
  bool takes_all_ = false;  // every state that the file knows
  std::vector<LeftOut> left_out_;
  MergeReport report_;
};

/// What the rows of earlier imports of this source are called.
std::set<std::string> Merger::labels_before() const {
  std::set<std::string> labels{found_.label};
  const auto ledger = panel_.tables().find("ledger.csv");
  if (ledger == panel_.tables().end()) return labels;
  const auto source = ledger->second.find("source"), label = ledger->second.find("label");
  if (source && label)
    for (const Fields& row : ledger->second.rows)
      if (row[*source] == found_.source) labels.insert(row[*label]);
  for (const std::string& each : std::set(labels)) labels.insert(each + scaled_mark);
  return labels;
}

/// The states of the panel, and those that this import adds.
void Merger::choose_states() {
  const bool first = !panel_.has("states.csv") || panel_.table("states.csv").rows.empty();
  if (!first) {
    TextTable& table = panel_.table("states.csv");
    const std::size_t id = table.column("state");
    for (const Fields& row : table.rows) states_.insert(row[id]);
  }
  takes_all_ = options_.states.empty() && (first || options_.add_states);
  const bool has_money = !found_.milex.empty() && !found_.currency.empty();
  if (first && (!has_money || found_.to_be_scaled))
    throw Error(
        {{file_.name, "the panel has no states yet, and this file has no expenditure of its own",
          "Import expenditure first: tenbin import sipri SIPRI-Milex-data-....xlsx"}});
  if (!has_money || (!first && !options_.add_states)) return;
  std::set<std::string> unknown = options_.states;
  std::vector<Fields> rows;
  std::map<std::string, int> years;
  for (const FoundMilex& m : found_.milex) ++years[m.state];
  for (const auto& [id, count] : years) {
    unknown.erase(id);
    if (!options_.states.empty() && !options_.states.contains(id)) continue;
    if (!states_.insert(id).second) continue;
    const State& s = *KnownStates::all().by_id(id);
    rows.push_back({s.id, s.name, s.capital, number(s.lat), number(s.lon),
                    s.entered ? fmt::format("{}", *s.entered) : "",
                    "tenbin's list of states (data/states)"});
  }
  if (!unknown.empty())
    throw Error({{file_.name, fmt::format("it has no expenditure of {}", fmt::join(unknown, ", ")),
                  "Give ids that it knows, such as JPN or CHN"}});
  TextTable& table = panel_.table("states.csv", states_shape.columns);
  for (Fields& row : rows) {
    row.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  if (!rows.empty()) report_.changes.push_back({"states.csv", static_cast<int>(rows.size())});
}

/// The sources of rows that imports have made; all others are by hand.
std::set<std::string> Merger::imported_labels() const {
  std::set<std::string> labels;
  const auto ledger = panel_.tables().find("ledger.csv");
  if (ledger == panel_.tables().end()) return labels;
  if (const auto label = ledger->second.find("label"))
    for (const Fields& row : ledger->second.rows)
      labels.insert({row[*label], row[*label] + scaled_mark});
  return labels;
}

/// Puts rows in place of those of earlier imports of this source. Where another source has a row of
/// the same key, this one takes its place, but spells stand side by side; a row by hand stays.
void Merger::put(const Shape& shape, std::vector<Fields> rows) {
  if (rows.empty() && !panel_.has(shape.table)) return;
  const std::set<std::string> ours = labels_before(), imported = imported_labels();
  TextTable& table = panel_.table(shape.table, shape.columns);
  std::vector<std::size_t> place;
  for (const std::string_view column : shape.columns) place.push_back(*table.find(column));
  const std::size_t source = *table.find("source");
  const auto key_of = [&](const Fields& row, const auto& at) {
    std::string key;
    for (std::size_t k = 0; k < shape.keys; ++k) key += row[at(k)] + "\n";
    return key;
  };
  const auto in_table = [&](std::size_t k) { return place[k]; };
  std::map<std::string, Fields> old;
  std::set<std::string> by_hand;
  std::vector<Fields> others;
  for (Fields& row : table.rows) {
    std::string key = key_of(row, in_table);
    if (ours.contains(row[source])) {
      old.emplace(std::move(key), std::move(row));
      continue;
    }
    if (!imported.contains(row[source])) by_hand.insert(std::move(key));
    others.push_back(std::move(row));
  }
  TableChange change{shape.table};
  std::vector<Fields> fresh;
  std::set<std::string> taken;
  for (Fields& fields : rows) {
    const std::string key = key_of(fields, [](std::size_t k) { return k; });
    if (by_hand.contains(key)) {
      ++change.kept;
      continue;
    }
    Fields row(table.columns.size());
    for (std::size_t k = 0; k < fields.size(); ++k) row[place[k]] = std::move(fields[k]);
    const auto before = old.find(key);
    if (before == old.end()) {
      ++change.added;
    } else {
      change.replaced += before->second != row;
      old.erase(before);
    }
    taken.insert(key);
    fresh.push_back(std::move(row));
  }
  change.gone = static_cast<int>(old.size());
  if (!shape.spells)
    change.taken = static_cast<int>(std::erase_if(
        others, [&](const Fields& row) { return taken.contains(key_of(row, in_table)); }));
  std::ranges::move(fresh, std::back_inserter(others));
  std::ranges::stable_sort(others, {}, [&](const Fields& row) { return key_of(row, in_table); });
  table.rows = std::move(others);
  if (change != TableChange{shape.table}) report_.changes.push_back(change);
}

void Merger::check_money() {
  if (found_.currency.empty() || found_.to_be_scaled) return;
  const std::string price_year = fmt::format("{}", *found_.price_year);
  const std::string before = panel_.setting("price_year");
  if (!before.empty() && before != price_year) {
    // rows in the old money: those of another maker that were scaled to it go, those by hand cannot
    const std::set<std::string> ours = labels_before();
    TextTable& table = panel_.table("milex.csv", milex_shape.columns);
    TextTable& ledger = panel_.table("ledger.csv", ledger_shape.columns);
    std::set<std::string> scaled;
    for (const Fields& row : ledger.rows)
      if (row[*ledger.find("source")] == "nmc")
        scaled.insert(row[*ledger.find("label")] + scaled_mark);
    const std::size_t source = table.column("source");
    const auto gone =
        std::erase_if(table.rows, [&](const Fields& row) { return scaled.contains(row[source]); });
    if (gone > 0)
      note(fmt::format("{} rows were scaled to dollars of {} and are taken out", gone, before),
           "Import them again: tenbin import nmc ...");
    const auto other = std::ranges::find_if(
        table.rows, [&](const Fields& row) { return !ours.contains(row[source]); });
    if (other != table.rows.end())
      throw Error(
          {{file_.name,
            fmt::format("its money is of {}, the panel's of {}, and the panel holds rows by hand "
                        "({} {} and perhaps more)",
                        price_year == "0" ? "each year" : price_year,
                        before == "0" ? "each year" : before, (*other)[table.column("state")],
                        (*other)[table.column("year")]),
            "Import into a new folder, or turn those rows into the new money there"}});
  }
  if (panel_.setting("format").empty()) {
    panel_.set("format", "1");
    panel_.set("name", toml_quote(panel_.name()));
    panel_.set("currency", toml_quote(found_.currency));
    panel_.set("price_year", price_year);
    panel_.set("vintage", toml_quote(found_.label));
    panel_.set("licence", toml_quote("figures of the makers in ledger.csv, under their terms"));
    panel_.set("share_of_world",
               options_.states.empty()
                   ? "1.0"
                   : "0.5  # part of the world's stock that these states hold: put your own");
  }
  panel_.set("currency", toml_quote(found_.currency));
  panel_.set("price_year", price_year);
  panel_.set("vintage", toml_quote(fmt::format("{}, {}", found_.label, found_.release)));
}

void Merger::put_milex() {
  static const char* const kinds[] = {"", "reported", "estimate", "uncertain", "imputed"};
  std::vector<Fields> rows;
  std::set<std::pair<std::string, std::string>> keys;
  for (const FoundMilex& m : found_.milex) {
    if (!chosen(m.state)) continue;
    rows.push_back({m.state, fmt::format("{}", m.year), number(m.milex), number(m.burden),
                    kinds[static_cast<int>(m.kind)], found_.label});
    keys.emplace(m.state, rows.back()[1]);
  }
  // what was filled in from another maker gives way
  if (panel_.has("milex.csv")) {
    TextTable& table = panel_.table("milex.csv", milex_shape.columns);
    const std::size_t state = table.column("state"), year = table.column("year"),
                      source = table.column("source");
    const auto gone = std::erase_if(table.rows, [&](const Fields& row) {
      return row[source].ends_with(scaled_mark) && keys.contains({row[state], row[year]});
    });
    if (gone > 0) note(fmt::format("{} imputed rows gave way to figures", gone));
    if (std::ranges::any_of(table.rows,
                            [&](const Fields& row) { return row[source].ends_with(scaled_mark); }))
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
  const std::string mark = fmt::format("; burden {}", found_.label);
  TableChange change{"milex.csv"};
  for (Fields& row : table.rows) {
    if (row[source].ends_with(mark)) {  // of an earlier import
      row[burden].clear();
      row[source].resize(row[source].size() - mark.size());
    }
    const auto share = shares.find({row[state], row[year]});
    if (!row[burden].empty() || share == shares.end()) continue;
    row[burden] = number(share->second);
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
    if (ours.contains(row[source])) continue;  // of an earlier import
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
                           number(m.milex),
                           "no price level: the panel has no figure of the United States"});
      continue;
    }
    const auto scale = scales.of_state.find(m.state);
    if (scale == scales.of_state.end() && (unscaled.empty() || unscaled.back() != m.state))
      unscaled.push_back(m.state);
    rows.push_back(
        {m.state, fmt::format("{}", m.year),
         number(m.milex / price->second * (scale == scales.of_state.end() ? 1 : scale->second)), "",
         "imputed", found_.label + scaled_mark});
  }
  if (!unscaled.empty())
    note(fmt::format("{} states have no year in both, so only prices are taken into account: {}",
                     unscaled.size(), fmt::join(unscaled, " ")));
  put(milex_shape, std::move(rows));
}

std::vector<Fields> Merger::spells(const std::vector<FoundSpell>& found, bool ties) const {
  std::vector<Fields> rows;
  for (const FoundSpell& s : found) {
    if (!chosen(s.a) || !chosen(s.b)) continue;
    Fields row{s.a, s.b, fmt::format("{}", s.first),
               s.last == still_going ? "" : fmt::format("{}", s.last), number(s.value)};
    if (ties) row.push_back("defence obligation");
    row.push_back(s.last == still_going
                      ? fmt::format("{}, {}; going on when it ends", found_.label, found_.release)
                      : fmt::format("{}, {}", found_.label, found_.release));
    row.push_back(found_.label);
    rows.push_back(std::move(row));
  }
  return rows;
}

void Merger::put_ledger() {
  std::vector<Fields> rows;
  const std::string hash = sha256_hex(file_.bytes);
  TextTable& table = panel_.table("ledger.csv", ledger_shape.columns);
  const std::size_t source = table.column("source"), of_table = table.column("table"),
                    column = table.column("column");
  for (const Coverage& c : found_.coverage) {
    std::erase_if(table.rows, [&](const Fields& row) {
      return row[source] == found_.source && row[of_table] == c.table && row[column] == c.column;
    });
    table.rows.push_back({c.table, c.column, found_.source, found_.label, found_.release,
                          found_.date, fmt::format("{}", c.first), fmt::format("{}", c.last),
                          file_.name, hash, found_.cite});
    table.rows.back().resize(table.columns.size());
  }
  std::ranges::stable_sort(table.rows, {}, [&](const Fields& row) {
    return std::tie(row[of_table], row[column], row[source]);
  });
}

MergeReport Merger::run() {
  choose_states();
  check_money();
  left_out_ = found_.left_out;
  const auto values = [&](const std::vector<FoundValue>& all) {
    std::vector<Fields> rows;
    for (const FoundValue& v : all)
      if (chosen(v.state))
        rows.push_back({v.state, fmt::format("{}", v.year), number(v.value), found_.label});
    return rows;
  };
  if (!found_.milex.empty()) {
    if (found_.to_be_scaled)
      scale_milex();
    else if (found_.currency.empty())
      fill_burdens();
    else
      put_milex();
  }
  const auto gives = [&](const char* table) {
    return std::ranges::find(found_.coverage, table, &Coverage::table) != found_.coverage.end();
  };
  if (gives("regime.csv")) put(regime_shape, values(found_.democracy));
  if (gives("personnel.csv")) put(personnel_shape, values(found_.personnel));
  if (gives("rivalries.csv")) put(rivalries_shape, spells(found_.rivalries, false));
  if (gives("ties.csv")) put(ties_shape, spells(found_.ties, true));
  if (gives("contiguity.csv")) {
    std::vector<Fields> rows = spells(found_.borders, false);
    for (Fields& row : rows) row.erase(row.begin() + 5);  // no basis
    put(borders_shape, std::move(rows));
  }
  if (gives("disputes.csv")) {
    std::vector<Fields> rows;
    for (const FoundDispute& d : found_.disputes)
      if (chosen(d.a) && chosen(d.b))
        rows.push_back({d.a, d.b, fmt::format("{}", d.year), fmt::format("{}", d.hostility_level),
                        d.fatality_level ? fmt::format("{}", *d.fatality_level) : "",
                        found_.label});
    put(disputes_shape, std::move(rows));
  }
  if (gives("price_index.csv")) {
    std::vector<Fields> rows;
    for (const FoundPrice& p : found_.prices)
      rows.push_back({fmt::format("{}", p.year), number(p.index), found_.label});
    put(price_shape, std::move(rows));
  }
  std::vector<Fields> rows;
  for (const Footnote& f : found_.footnotes)
    if (chosen(f.state)) rows.push_back({f.state, f.mark, f.text, found_.label});
  put(notes_shape, std::move(rows));
  rows.clear();
  for (const LeftOut& l : left_out_)
    if (takes_all_ || chosen(l.state))
      rows.push_back({l.table, l.state, l.year, l.column, l.value, l.why, found_.label});
  put(left_out_shape, std::move(rows));
  put_ledger();
  return std::move(report_);
}

}  // namespace

MergeReport merge(PanelFolder& panel, const Findings& found, const PublishedFile& file,
                  const MergeOptions& options) {
  return Merger(panel, found, file, options).run();
}

}  // namespace tenbin
