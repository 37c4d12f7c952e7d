// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/published/merger.hpp"
#include "tenbin/io/states.hpp"

namespace tenbin {
namespace {

const TableShape states_shape{
    "states.csv", 1, {"state", "name", "capital", "lat", "lon", "entered", "source"}};
const TableShape regime_shape{"regime.csv", 2, {"state", "year", "democracy", "source"}};
const TableShape personnel_shape{"personnel.csv", 2, {"state", "year", "personnel", "source"}};
const TableShape presence_shape{"presence.csv", 3, {"guest", "host", "year", "troops", "source"}};
const TableShape nuclear_shape{"nuclear.csv", 2, {"state", "year", "warheads", "source"}};
const TableShape price_shape{"price_index.csv", 1, {"year", "us_prices_2024", "source"}};
const TableShape disputes_shape{
    "disputes.csv",
    3,
    {"state_a", "state_b", "year", "hostility_level", "fatality_level", "source"},
    false,
    true};
const TableShape rivalries_shape{
    "rivalries.csv",
    3,
    {"state_a", "state_b", "start", "end", "hostility", "basis", "source"},
    true,
    true};
const TableShape ties_shape{
    "ties.csv",
    3,
    {"protector", "protected", "start", "end", "strength", "kind", "basis", "source"},
    true};
const TableShape borders_shape{
    "contiguity.csv", 3, {"state_a", "state_b", "start", "end", "type", "source"}, true, true};
const TableShape notes_shape{"notes.csv", 2, {"state", "mark", "note", "source"}, true};
const TableShape left_out_shape{
    "left_out.csv", 4, {"table", "state", "year", "column", "value", "why", "source"}, true};

}  // namespace

std::string number_text(double x) { return known(x) ? fmt::format("{}", x) : ""; }

namespace {

/// The labels that rows of imports have or had, of one source or of all, without scaled_mark.
std::set<std::string> labels_of(const PanelFolder& panel, std::string_view only = "") {
  std::set<std::string> labels;
  const auto ledger = panel.tables().find("ledger.csv");
  if (ledger == panel.tables().end()) return labels;
  const auto source = ledger->second.find("source"), label = ledger->second.find("label"),
             earlier = ledger->second.find("earlier");
  if (!source || !label) return labels;
  for (const Fields& row : ledger->second.rows) {
    if (!only.empty() && row[*source] != only) continue;
    labels.insert(row[*label]);
    std::string_view rest = earlier ? std::string_view(row[*earlier]) : std::string_view();
    while (!rest.empty()) {
      const auto end = std::min(rest.find(label_separator), rest.size());
      labels.emplace(rest.substr(0, end));
      rest.remove_prefix(std::min(end + label_separator.size(), rest.size()));
    }
  }
  return labels;
}

void add_scaled(std::set<std::string>& labels) {
  for (const std::string& each : std::set(labels)) labels.insert(each + std::string(scaled_mark));
}

}  // namespace

/// What the rows of earlier imports of this source are called.
std::set<std::string> Merger::labels_before() const {
  std::set<std::string> labels = labels_of(panel_, found_.source);
  labels.insert(found_.label);
  add_scaled(labels);
  return labels;
}

/// The ids of the states that were asked for by code or name.
std::set<std::string> Merger::wanted_states() const {
  std::set<std::string> wanted;
  Problems problems;
  for (const std::string& text : options_.states) {
    if (const State* const state = KnownStates::all().by_text(text)) {
      wanted.insert(state->id);
      continue;
    }
    const std::string near = KnownStates::all().nearest_name(text);
    problems.push_back({"--states", fmt::format("\"{}\" is no state that tenbin knows", text),
                        near.empty() ? "Give codes or names, such as JPN or Japan"
                                     : fmt::format("Did you mean {}?", near)});
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return wanted;
}

/// The states of the panel, and those that this import adds.
void Merger::choose_states() {
  const bool first = !panel_.has("states.csv") || panel_.table("states.csv").rows.empty();
  if (!first) {
    TextTable& table = panel_.table("states.csv");
    const std::size_t id = table.column("state");
    for (const Fields& row : table.rows) states_.insert(row[id]);
  }
  if (!first && !options_.states.empty())
    throw Error({{"--states", "the panel has its states already",
                  "Leave it out, or give --add-states, which takes all that the file has"}});
  takes_all_ = options_.states.empty() && (first || options_.add_states);
  const bool has_money = !found_.milex.empty() && !found_.currency.empty();
  if (first && (!has_money || found_.to_be_scaled))
    throw Error(
        {{file_.name, "the panel has no states yet, and this file has no expenditure of its own",
          "Import expenditure first: tenbin import sipri SIPRI-Milex-data-....xlsx"}});
  if (!has_money || (!first && !options_.add_states)) return;
  const std::set<std::string> wanted = wanted_states();
  std::vector<Fields> rows;
  std::set<std::string> there;
  for (const FoundMilex& m : found_.milex) there.insert(m.state);
  for (const std::string& id : there) {
    if (!wanted.empty() && !wanted.contains(id)) continue;
    if (!states_.insert(id).second) continue;
    const State& s = *KnownStates::all().by_id(id);
    rows.push_back({s.id, s.name, s.capital, number_text(s.lat), number_text(s.lon),
                    s.entered ? fmt::format("{}", *s.entered) : "",
                    "tenbin's list of states (data/states)"});
  }
  std::set<std::string> lacking;
  std::ranges::set_difference(wanted, there, std::inserter(lacking, lacking.end()));
  if (!lacking.empty())
    throw Error({{file_.name, fmt::format("it has no expenditure of {}", fmt::join(lacking, ", ")),
                  fmt::format("It has {} states: {}", there.size(), fmt::join(there, " "))}});
  TextTable& table = panel_.table("states.csv", states_shape.columns);
  for (Fields& row : rows) {
    row.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  if (!rows.empty()) report_.changes.push_back({"states.csv", static_cast<int>(rows.size())});
}

/// The sources of rows that imports have made; all others are by hand.
std::set<std::string> Merger::imported_labels() const {
  std::set<std::string> labels = labels_of(panel_);
  add_scaled(labels);
  return labels;
}

/// Whether a row's figure was brought to the panel's money by an import.
bool Merger::is_scaled(const std::string& source) const {
  const std::string label = label_of(source);
  return label.ends_with(scaled_mark) && imported_labels().contains(label);
}

namespace {

/// What names a row: the fields of its first columns, which stand where `at` says.
template <class At>
std::string key_of(const TableShape& shape, const Fields& row, const At& at) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < shape.keys; ++k) parts.push_back(row[at(k)]);
  if (shape.unordered && parts[1] < parts[0]) std::swap(parts[0], parts[1]);
  return fmt::format("{}", fmt::join(parts, "\n"));
}

}  // namespace

/// Takes a table's rows apart; `place` has the places of the shape's columns.
Merger::Standing Merger::apart(const TableShape& shape, TextTable& table,
                               const std::vector<std::size_t>& place) {
  const std::set<std::string> ours = labels_before(), imported = imported_labels();
  const std::size_t source = *table.find("source");
  Standing standing;
  int shares_gone = 0;
  for (Fields& row : table.rows) {
    std::string key = key_of(shape, row, [&](std::size_t k) { return place[k]; });
    const std::string label = label_of(row[source]);
    if (ours.contains(label)) {
      shares_gone += label != row[source];
      standing.old.emplace(std::move(key), std::move(row));
      continue;
    }
    // what only fills in leaves the rows of others alone
    if (!imported.contains(label) || (found_.to_be_scaled && !shape.spells))
      standing.by_hand.insert(std::move(key));
    standing.others.push_back(std::move(row));
  }
  if (shares_gone > 0)
    note(fmt::format("{} shares of GDP that another source had filled in go with their rows",
                     shares_gone),
         "Import that source again");
  return standing;
}

/// Puts rows in place of those of earlier imports of this source. Where another source has a row of
/// the same key, this one takes its place, but spells stand side by side; a row by hand stays.
void Merger::put(const TableShape& shape, std::vector<Fields> rows) {
  if (rows.empty() && !panel_.has(shape.table)) return;
  TextTable& table = panel_.table(shape.table, shape.columns);
  std::vector<std::size_t> place;
  for (const std::string_view column : shape.columns) place.push_back(*table.find(column));
  auto [old, by_hand, others] = apart(shape, table, place);
  TableChange change{shape.table};
  std::vector<Fields> fresh;
  std::set<std::string> taken;
  for (Fields& fields : rows) {
    const std::string key = key_of(shape, fields, [](std::size_t k) { return k; });
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
  const auto key = [&](const Fields& row) {
    return key_of(shape, row, [&](std::size_t k) { return place[k]; });
  };
  if (!shape.spells)
    change.taken = static_cast<int>(
        std::erase_if(others, [&](const Fields& row) { return taken.contains(key(row)); }));
  std::ranges::move(fresh, std::back_inserter(others));
  std::ranges::stable_sort(others, {}, key);
  table.rows = std::move(others);
  if (change != TableChange{shape.table}) report_.changes.push_back(change);
}

std::vector<Fields> Merger::values(const std::vector<FoundValue>& found) const {
  std::vector<Fields> rows;
  for (const FoundValue& v : found)
    if (chosen(v.state))
      rows.push_back({v.state, fmt::format("{}", v.year), number_text(v.value), found_.label});
  return rows;
}

std::vector<Fields> Merger::spells(const std::vector<FoundSpell>& found, bool ties) const {
  std::vector<Fields> rows;
  for (const FoundSpell& s : found) {
    if (!chosen(s.a) || !chosen(s.b)) continue;
    Fields row{s.a, s.b, fmt::format("{}", s.first),
               s.last == still_going ? "" : fmt::format("{}", s.last), number_text(s.value)};
    if (ties) row.push_back("defence obligation");
    row.push_back(s.last == still_going
                      ? fmt::format("{}, {}; going on when it ends", found_.label, found_.release)
                      : fmt::format("{}, {}", found_.label, found_.release));
    row.push_back(found_.label);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// What the file says it knows, and the remarks that it left in the panel.
std::vector<Coverage> Merger::ledger_coverage() const {
  std::vector<Coverage> all = found_.coverage;
  if (all.empty()) return all;
  int first = all[0].first, last = all[0].last;
  for (const Coverage& c : all) first = std::min(first, c.first), last = std::max(last, c.last);
  for (const auto& [name, column] : {std::pair{"notes.csv", "note"}, {"left_out.csv", "value"}}) {
    const auto table = panel_.tables().find(name);
    if (table == panel_.tables().end()) continue;
    const auto source = table->second.find("source");
    if (source && std::ranges::any_of(table->second.rows, [&](const Fields& row) {
          return row[*source] == found_.label;
        }))
      all.push_back({name, column, first, last});
  }
  return all;
}

void Merger::put_ledger() {
  const std::string hash = sha256_hex(file_.bytes);
  std::set<std::string> earlier = labels_of(panel_, found_.source);
  earlier.erase(found_.label);
  TextTable& table = panel_.table("ledger.csv", ledger_shape.columns);
  const std::size_t source = table.column("source"), of_table = table.column("table"),
                    column = table.column("column");
  for (const Coverage& c : ledger_coverage()) {
    std::erase_if(table.rows, [&](const Fields& row) {
      return row[source] == found_.source && row[of_table] == c.table && row[column] == c.column;
    });
    const bool money = c.table == milex_shape.table && c.column == "milex" &&
                       !found_.currency.empty() && !found_.to_be_scaled;
    const Fields fields{c.table,
                        c.column,
                        found_.source,
                        found_.label,
                        found_.release,
                        found_.date,
                        fmt::format("{}", c.first),
                        fmt::format("{}", c.last),
                        file_.name,
                        hash,
                        found_.cite,
                        money ? fmt::format("{}", *found_.price_year) : "",
                        fmt::format("{}", fmt::join(earlier, label_separator))};
    Fields& row = table.rows.emplace_back(table.columns.size());
    for (std::size_t k = 0; k < fields.size(); ++k)
      row[*table.find(ledger_shape.columns[k])] = fields[k];
    panel_.mark_imported(c.table);
  }
  std::ranges::stable_sort(table.rows, {}, [&](const Fields& row) {
    return std::tie(row[of_table], row[column], row[source]);
  });
}

/// A release that ends before the one it would take the place of is refused: years would go.
void Merger::check_release() const {
  const auto ledger = panel_.tables().find("ledger.csv");
  if (ledger == panel_.tables().end()) return;
  const auto place = [&](const char* column) { return ledger->second.find(column); };
  const auto table = place("table"), column = place("column"), source = place("source"),
             label = place("label"), last = place("last");
  if (!table || !column || !source || !label || !last) return;
  for (const Fields& row : ledger->second.rows)
    for (const Coverage& c : found_.coverage)
      if (row[*source] == found_.source && row[*table] == c.table && row[*column] == c.column &&
          row[*last] > fmt::format("{}", c.last))
        throw Error({{file_.name,
                      fmt::format("it ends in {}; the panel has {}, which ends in {}", c.last,
                                  row[*label], row[*last]),
                      "Import an older release into a new folder; tenbin diff compares the two"}});
}

void Merger::put_disputes() {
  std::vector<Fields> rows;
  for (const FoundDispute& d : found_.disputes)
    if (chosen(d.a) && chosen(d.b))
      rows.push_back({d.a, d.b, fmt::format("{}", d.year), fmt::format("{}", d.hostility_level),
                      d.fatality_level ? fmt::format("{}", *d.fatality_level) : "", found_.label});
  put(disputes_shape, std::move(rows));
}

void Merger::put_presence() {
  std::vector<Fields> rows;
  int guests_lacking = 0;
  for (const FoundPresence& p : found_.presence) {
    if (!chosen(p.host)) continue;
    if (chosen(p.guest))
      rows.push_back(
          {p.guest, p.host, fmt::format("{}", p.year), number_text(p.troops), found_.label});
    else
      ++guests_lacking;
  }
  if (guests_lacking > 0)
    note(fmt::format("{} rows of troops of {} are skipped: the panel does not have this state",
                     guests_lacking, found_.presence[0].guest),
         "Import expenditure with it: --add-states");
  put(presence_shape, std::move(rows));
}

void Merger::put_prices() {
  TextTable& prices = panel_.table(price_shape.table, price_shape.columns);
  const std::set<std::string> ours = labels_before();
  if (std::ranges::any_of(prices.rows, [&](const Fields& row) {
        return !ours.contains(row[prices.column("source")]);
      }))
    throw Error({{file_.name, "price_index.csv has rows of another source, of another base",
                  "Take them out: the levels of two bases cannot stand in one table"}});
  std::vector<Fields> rows;
  for (const FoundPrice& p : found_.prices)
    rows.push_back({fmt::format("{}", p.year), number_text(p.index), found_.label});
  put(price_shape, std::move(rows));
}

/// Whether this source's import before took every state that its file had: what it left out names
/// states that the panel does not have.
bool Merger::took_all() const {
  const auto table = panel_.tables().find("left_out.csv");
  if (table == panel_.tables().end()) return false;
  const auto state = table->second.find("state"), source = table->second.find("source");
  if (!state || !source) return false;
  const std::set<std::string> ours = labels_before();
  return std::ranges::any_of(table->second.rows, [&](const Fields& row) {
    return ours.contains(row[*source]) && !chosen(row[*state]);
  });
}

void Merger::put_remarks() {
  std::vector<Fields> rows;
  for (const Footnote& f : found_.footnotes)
    if (chosen(f.state)) rows.push_back({f.state, f.mark, f.text, found_.label});
  put(notes_shape, std::move(rows));
  rows.clear();
  const bool all = takes_all_ || took_all();
  for (const LeftOut& l : left_out_)
    if (all || chosen(l.state))
      rows.push_back({l.table, l.state, l.year, l.column, l.value, l.why, found_.label});
  put(left_out_shape, std::move(rows));
}

MergeReport Merger::run() {
  for (const ReadingNote& n : found_.notes) note(n.what, n.mend);
  if (found_.rows_without_key > 0)
    note(fmt::format("{} rows without a state or a year are passed over", found_.rows_without_key));
  check_release();
  choose_states();
  check_money();
  left_out_ = found_.left_out;
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
  if (gives("presence.csv")) put_presence();
  if (gives("nuclear.csv")) put(nuclear_shape, values(found_.warheads));
  if (gives("rivalries.csv")) put(rivalries_shape, spells(found_.rivalries, false));
  if (gives("ties.csv")) put(ties_shape, spells(found_.ties, true));
  if (gives("contiguity.csv")) {
    std::vector<Fields> rows = spells(found_.borders, false);
    for (Fields& row : rows) row.erase(row.begin() + 5);  // no basis
    put(borders_shape, std::move(rows));
  }
  if (gives("disputes.csv")) put_disputes();
  if (gives("price_index.csv")) put_prices();
  put_remarks();
  put_ledger();
  return std::move(report_);
}

MergeReport merge(PanelFolder& panel, const Findings& found, const PublishedFile& file,
                  const MergeOptions& options) {
  return Merger(panel, found, file, options).run();
}

}  // namespace tenbin
