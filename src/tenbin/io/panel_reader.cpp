// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/panel_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "tenbin/core/levers.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/keeping_file.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/io/own_toml.hpp"
#include "tenbin/io/panel_commit.hpp"
#include "tenbin/io/panel_records.hpp"
#include "tenbin/io/plausible.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/toml_tree.hpp"
#include "tenbin/model/covariates.hpp"
#include "tenbin/model/danger_fit.hpp"
#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

constexpr double absurd_milex = 1e9;   // millions
constexpr double tallest_share = 0.4;  // a median above it is percent without a sign
constexpr double most_burden =
    2;  // share of GDP; above 1 only in a war fought on others' money (Kuwait 1991)
constexpr double burden_jump =
    20;  // from one year to the next: a burden above 1 must have such a neighbour
constexpr const char* share_mend =
    "A burden is a share of GDP between 0 and 1: write 0.014 or \"1.4 %\"";
constexpr double longest_range = 20100;  // km, half the way round the world

/// The rows of milex.csv that can be read, and the burdens whose unit is not sure.
struct MilexRows {
  enum { state, year, milex, burden, kind, source };
  struct Entry {
    StateIndex state;
    int year;
    MilexCell cell;
    int line;
  };
  struct TooTall {
    StateIndex state;
    double burden;
    int line;
  };
  std::vector<Entry> entries;
  std::map<StateIndex, std::vector<std::pair<double, int>>> unsigned_shares;  // with lines
  std::vector<TooTall> too_tall;
  std::map<std::string, int> seen;
  int without_figure = 0;  // rows of a frame that holds every state and year

  void add(const Table::RowView& row, const Panel& panel);
  static MilexKind kind_of(const Table::RowView& row);
  double burden_of(const Table::RowView& row, std::optional<StateIndex> i);
};

void MilexRows::add(const Table::RowView& row, const Panel& panel) {
  const auto i = row.state(state, panel);
  const auto y = row.year(year);
  if (i && y && !first_of(seen, fmt::format("{} {}", panel.states[*i].id, *y), row)) return;
  if (row.empty(milex) && row.empty(burden)) {
    ++without_figure;
    return;
  }
  MilexCell cell{.source = row.text(source)};
  const auto m = row.number(milex, 1e-9, absurd_milex,
                            "Milex is in millions of the panel's money, above 0 and at most 1e9; "
                            "leave the row out where it is unknown");
  cell.kind = kind_of(row);
  cell.burden = burden_of(row, i);
  if (i && y && m && cell.kind != MilexKind::none) {
    cell.milex = *m;
    entries.push_back({*i, *y, cell, row.line()});
  }
}

MilexKind MilexRows::kind_of(const Table::RowView& row) {
  static const std::vector<std::string> kinds{"reported", "estimate", "uncertain", "imputed"};
  const auto found = std::ranges::find(kinds, row.text(kind));
  if (found != kinds.end()) return static_cast<MilexKind>(1 + (found - kinds.begin()));
  row.unknown(kind, "Write reported, estimate, uncertain or imputed");
  return MilexKind::none;
}

double MilexRows::burden_of(const Table::RowView& row, std::optional<StateIndex> i) {
  if (row.empty(burden)) return missing;
  const auto raw = parse_share(row.text(burden));
  const bool sign = row.text(burden).ends_with('%');
  if (raw && i && !sign) unsigned_shares[*i].push_back({*raw, row.line()});
  if (!(raw && i && !sign && *raw > most_burden))
    return row.share(burden, 1e-9, most_burden, share_mend).value_or(missing);
  too_tall.push_back({*i, *raw, row.line()});
  return missing;
}

/// Reads one panel; members share the folder, the panel under construction and the problems.
class PanelReader {
 public:
  explicit PanelReader(const fs::path& folder) : folder_(folder) {}
  PanelReading read(bool disputes_model);

 private:
  fs::path file(const char* name) const { return folder_ / name; }
  bool there(const char* name) const { return fs::exists(file(name)); }
  void finish_import();
  void read_toml_file();
  void read_states();
  void read_milex();
  void read_spells(const char* name, bool ties);
  void read_missiles();
  void read_growth();
  void read_plans();
  std::set<StateIndex> states_in_percent(const Table& table, MilexRows& rows);
  void put_milex(const Table& table, std::vector<MilexRows::Entry>& entries);
  void check_lone_percent(const std::string& where, StateIndex i, int year);
  void check_tall_burden(const std::string& where, StateIndex i, int year);
  void note_what_cannot_be_fitted();
  void note_unknown_files();
  void hash_files();

  fs::path folder_;
  Panel panel_;
  Problems problems_;
};

PanelReading PanelReader::read(bool disputes_model) {
  std::error_code ignored;
  if (!fs::is_directory(folder_, ignored)) {
    problems_.push_back({folder_.string(), "there is no such folder",
                         "A panel is a folder with panel.toml, states.csv and milex.csv"});
    return {std::nullopt, {}, std::move(problems_)};
  }
  problems_ = foreign_links(folder_);
  if (refuses(problems_)) return {std::nullopt, {}, std::move(problems_)};
  if (has_commit(folder_)) finish_import();
  const PanelLock lock(folder_, PanelLock::Kind::read);
  if (has_commit(folder_) || refuses(problems_)) return {std::nullopt, {}, std::move(problems_)};
  read_toml_file();
  read_states();
  if (!panel_.states.empty()) {
    read_milex();
    read_spells("rivalries.csv", false);
    read_spells("ties.csv", true);
    read_missiles();
    read_growth();
    read_plans();
    read_records(folder_, panel_, problems_);
    if (disputes_model && there("disputes.toml")) {
      panel_.disputes_hash =
          sha256_hex(after_digest(read_bytes(file("disputes.toml"), problems_).value_or("")));
      if (auto model = read_disputes(file("disputes.toml"), problems_)) {
        panel_.danger = std::exchange(model->danger, {});
        panel_.dispute_model = std::make_shared<DisputeModel>(std::move(*model));
      }
    }
    estimate_measures(panel_, panel_.last_year);
    if (there("keeping.toml")) panel_.keeping = read_keeping(file("keeping.toml"), problems_);
    if (panel_.keeping.empty() && std::ranges::any_of(panel_.plans, &PlanRow::by_kind))
      problems_.push_back({file("plans.csv").string(),
                           "plans name their kind, and no keeping.toml says how such plans are "
                           "kept: half are taken to change nothing, the others to close 80 % of "
                           "the gap, ± 40",
                           "Copy keeping.toml of data/promises into the folder, or give the rows "
                           "an adherence",
                           Problem::Kind::note});
    note_what_cannot_be_fitted();
  }
  note_unknown_files();
  if (!refuses(problems_)) {
    Problems odd = implausible(panel_, folder_);
    problems_.insert(problems_.end(), std::make_move_iterator(odd.begin()),
                     std::make_move_iterator(odd.end()));
  }
  if (refuses(problems_)) return {std::nullopt, std::move(panel_), std::move(problems_)};
  if (panel_.danger.empty()) panel_.danger = fit_danger(panel_);
  hash_files();
  if (refuses(problems_)) return {std::nullopt, std::move(panel_), std::move(problems_)};
  return {std::move(panel_), {}, std::move(problems_)};
}

/// An import was killed while its files took their names, or is at it: waits for it, or finishes
/// it.
void PanelReader::finish_import() {
  const PanelLock lock(folder_, PanelLock::Kind::write);
  try {
    finish_commit(folder_);
  } catch (const Error& error) {
    problems_.insert(problems_.end(), error.problems.begin(), error.problems.end());
    problems_.push_back({folder_.string(),
                         "an import into this panel was interrupted, and cannot be finished here",
                         "Run tenbin check where the folder may be written"});
  }
}

void PanelReader::read_toml_file() {
  const auto root = tenbin::read_toml(file("panel.toml"), problems_);
  if (!root) return;
  TomlReader reader(*root, "panel", problems_);
  check_format(reader);
  panel_.name = reader.name("name", true).value_or("");
  panel_.currency = reader.name("currency").value_or("");
  panel_.price_year = reader.integer("price_year", 0, 2200, true).value_or(0);
  panel_.vintage = reader.text("vintage").value_or("");
  panel_.licence = reader.text("licence").value_or("");
  panel_.share_of_world = reader.number("share_of_world", 1e-9, 1).value_or(1);
  reader.finish();
}

void PanelReader::read_states() {
  enum { state, name, capital, lat, lon, entered };
  const Table table(file("states.csv"),
                    {{"state"},
                     {"name"},
                     {"capital", false},
                     {"lat", false},
                     {"lon", false},
                     {"entered", false},
                     {"source", false}},
                    problems_);
  std::map<std::string, int> seen;
  std::map<std::uint32_t, std::string> keys;
  table.each([&](const Table::RowView& row) {
    const auto id = row.required_text(state);
    if (!id || !first_of(seen, *id, row)) return;
    State s{.id = *id, .name = row.text(name), .capital = row.text(capital)};
    if (s.name.empty()) s.name = s.id;
    if (!is_id(*id))
      row.refuse(fmt::format("\"{}\" is no id of a state", *id),
                 "Give 1 to 32 of the characters A-Z, a-z, 0-9, _ and -, the first a letter or a "
                 "digit, such as ISO 3166-1 alpha-3; its name may be any");
    for (const auto& [column, text] : {std::pair{"name", &s.name}, {"capital", &s.capital}})
      if (const std::string wrong = wrong_name(*text); !wrong.empty())
        row.refuse(fmt::format("{} {}", column, wrong), "Give a short text on one line");
    if (const auto [other, fresh] = keys.emplace(entity_id(*id), *id); !fresh)
      row.refuse(fmt::format("the id collides with \"{}\" in the random keys", other->second),
                 "Change one letter of it");
    if (row.empty(lat) != row.empty(lon))
      row.refuse("lat and lon: one is empty", "Give both, in degrees, or neither");
    else if (!row.empty(lat)) {
      s.lat = row.number(lat, -90, 90, "Give degrees from -90 to 90").value_or(missing);
      s.lon = row.number(lon, -180, 180, "Give degrees from -180 to 180").value_or(missing);
    }
    if (!row.empty(entered)) s.entered = row.year(entered);
    panel_.states.push_back(std::move(s));
  });
  // in the order of their ids, so that the order of the rows changes no number of a fit
  std::ranges::sort(panel_.states, {}, &State::id);
  if (table.usable() && panel_.states.empty())
    problems_.push_back(
        {file("states.csv").string(), "there is no state in it", "Give one row a state"});
}

void PanelReader::read_milex() {
  const Table table(file("milex.csv"),
                    {{"state"}, {"year"}, {"milex"}, {"burden"}, {"kind"}, {"source", false}},
                    problems_);
  MilexRows rows;
  table.each([&](const Table::RowView& row) { rows.add(row, panel_); });
  if (rows.without_figure > 0)
    problems_.push_back(
        {file("milex.csv").string(),
         rows.without_figure == 1
             ? std::string("1 row without a figure is passed over")
             : fmt::format("{} rows without a figure are passed over", rows.without_figure),
         "", Problem::Kind::note});
  const std::set<StateIndex> in_percent = states_in_percent(table, rows);
  for (const auto& t : rows.too_tall)
    if (!in_percent.contains(t.state))
      problems_.push_back({table.where(t.line), fmt::format("burden is {}", t.burden), share_mend});
  if (rows.entries.empty()) {
    if (table.usable() && !refuses(problems_))
      problems_.push_back({file("milex.csv").string(), "there is no expenditure in it",
                           "Give one row a state and year"});
    return;
  }
  put_milex(table, rows.entries);
  for (const auto& e : rows.entries) {
    if (in_percent.contains(e.state)) continue;
    if (e.cell.burden >= 1)
      check_tall_burden(table.where(e.line), e.state, e.year);
    else
      check_lone_percent(table.where(e.line), e.state, e.year);
  }
}

/// The states whose burdens are percent without a sign, each with a problem.
std::set<StateIndex> PanelReader::states_in_percent(const Table& table, MilexRows& rows) {
  std::set<StateIndex> in_percent;
  for (auto& [i, shares] : rows.unsigned_shares) {
    const int line = shares.front().second;
    std::ranges::sort(shares);
    const double median = shares[shares.size() / 2].first;
    if (median <= tallest_share) continue;
    in_percent.insert(i);
    problems_.push_back(
        {table.where(line),
         fmt::format("half of {}'s burdens are {} or more: they look like percent without a sign",
                     panel_.states[i].id, median),
         "Write shares of GDP (0.014) or percent with the sign (\"1.4 %\")"});
  }
  return in_percent;
}

/// Puts the rows into the panel, by state and year, and notes leaps from one year to the next.
void PanelReader::put_milex(const Table& table, std::vector<MilexRows::Entry>& entries) {
  using Entry = MilexRows::Entry;
  const auto [low, high] = std::ranges::minmax(entries, {}, &Entry::year);
  panel_.first_year = low.year;
  panel_.last_year = high.year;
  panel_.milex.assign(static_cast<std::size_t>(panel_.size()) * panel_.years(), {});
  std::ranges::sort(entries, {}, [](const Entry& e) { return std::pair(e.state, e.year); });
  for (std::size_t k = 0; k < entries.size(); ++k) {
    const Entry& e = entries[k];
    panel_.cell_at(e.state, e.year) = e.cell;
    if (k == 0 || entries[k - 1].state != e.state || entries[k - 1].year != e.year - 1) continue;
    const double ratio = e.cell.milex / entries[k - 1].cell.milex;
    if (ratio > 20 || ratio < 0.05)
      problems_.push_back({table.where(e.line),
                           fmt::format("milex of {} is {:.3g} times the year before's",
                                       panel_.states[e.state].id, ratio),
                           "Look for a change of unit; the equation caps such changes",
                           Problem::Kind::note});
  }
}

/// A burden that is a hundred times the one of the years around it lacks its sign.
void PanelReader::check_lone_percent(const std::string& where, StateIndex i, int year) {
  const double burden = panel_.cell(i, year).burden;
  if (!(burden > 0.1)) return;
  for (const int beside : {year - 1, year + 1}) {
    const double other = panel_.cell(i, beside).burden;
    if (!known(other) || burden < burden_jump * other) continue;
    if (burden / 100 > other / 2.5 && burden / 100 < other * 2.5) {
      problems_.push_back({where,
                           fmt::format("the burden of {} in {} is {}, and {} in {}",
                                       panel_.states[i].id, year, burden, other, beside),
                           fmt::format("If it is percent, write \"{} %\"", burden)});
      return;
    }
  }
}

/// A burden of 1 or more is percent without a sign, unless the nearest burden below 1 is not much
/// smaller.
void PanelReader::check_tall_burden(const std::string& where, StateIndex i, int year) {
  const double burden = panel_.cell(i, year).burden;
  const auto nearest_below_one = [&](int direction) {
    int t = year;
    while (panel_.cell(i, t).burden >= 1) t += direction;
    return panel_.cell(i, t).burden;  // NaN where the figures end
  };
  const bool believable =
      nearest_below_one(-1) * burden_jump > burden || nearest_below_one(1) * burden_jump > burden;
  if (believable)
    problems_.push_back({where,
                         fmt::format("the burden of {} in {} is {}, more than the whole GDP",
                                     panel_.states[i].id, year, burden),
                         "", Problem::Kind::note});
  else
    problems_.push_back({where, fmt::format("burden is {}", burden), share_mend});
}

void PanelReader::read_spells(const char* name, bool ties) {
  if (!there(name)) return;
  enum { first, second, start, end, value, basis, source, kind };
  std::vector<ColumnSpec> columns{{ties ? "protector" : "state_a"},
                                  {ties ? "protected" : "state_b"},
                                  {"start"},
                                  {"end"},
                                  {ties ? "strength" : "hostility"},
                                  {"basis", false},
                                  {"source", false}};
  if (ties) columns.push_back({"kind", false});
  const Table table(file(name), std::move(columns), problems_);
  table.each([&](const Table::RowView& row) {
    const auto a = row.state(first, panel_), b = row.state(second, panel_);
    const auto years = years_of(row, start, start + 1);
    const auto v = row.number(value, 0, 1, "Give a number from 0 to 1");
    if (a && b && *a == *b) row.refuse("both states are the same", "Name two states");
    if (!a || !b || !years || !v || *a == *b) return;
    Spell spell{.a = *a,
                .b = *b,
                .start = years->first,
                .end = years->second,
                .value = *v,
                .basis = row.text(basis)};
    if (ties) spell.kind = row.text(kind);
    (ties ? panel_.ties : panel_.rivalries).push_back(std::move(spell));
  });
}

void PanelReader::read_missiles() {
  if (!there("missiles.csv")) return;
  enum { state, system, missile_class, range_km, in_service, status, source, check };
  const Table table(file("missiles.csv"),
                    {{"state"},
                     {"system"},
                     {"class", false},
                     {"range_km"},
                     {"in_service"},
                     {"status", false},
                     {"source", false},
                     {"check", false}},
                    problems_);
  table.each([&](const Table::RowView& row) {
    const auto i = row.state(state, panel_);
    const auto range = row.number(range_km, 1, longest_range, "Give kilometres, from 1 to 20100");
    const auto since = row.year(in_service);
    if (i && range && since)
      panel_.missiles.push_back({*i, row.text(system), row.text(missile_class), *range, *since,
                                 row.text(status), row.text(source)});
  });
}

void PanelReader::read_growth() {
  if (!there("growth.csv")) return;
  enum { state, year, growth, source, status };
  const Table table(file("growth.csv"),
                    {{"state"}, {"year"}, {"growth"}, {"source", false}, {"status", false}},
                    problems_);
  std::map<std::string, int> seen;
  table.each([&](const Table::RowView& row) {
    const auto i = row.state(state, panel_);
    const auto y = row.year(year);
    if (row.empty(growth)) return;
    const auto g = row.share(growth, -Limits::gdp_growth, Limits::gdp_growth,
                             "Give growth a year as a share: 0.02 or \"2 %\"");
    if (i && y && g && first_of(seen, fmt::format("{} {}", panel_.states[*i].id, *y), row))
      panel_.growth.push_back({*i, *y, *g, row.text(source), row.text(status)});
  });
}

namespace {

/// How far a plan is kept: its own adherence, or that of its kind.
struct PlanKept {
  double mean = 1, sd = 0, most = most_adherence;
  bool by_kind = false;
  PledgeKind kind = PledgeKind::government_plan;
};
std::optional<PlanKept> plan_kept(const Table::RowView& row, int mean, int sd, int most, int kind) {
  PlanKept kept{.by_kind = row.empty(mean) && row.empty(sd)};
  const auto names = std::span(pledge_kind_names).first(promise_kinds);
  const auto found = std::ranges::find(names, row.text(kind));
  if (found != names.end()) kept.kind = static_cast<PledgeKind>(found - names.begin());
  if (found == names.end() && (kept.by_kind || !row.empty(kind))) {
    row.refuse(row.empty(kind) ? std::string("there is neither an adherence nor a kind")
                               : fmt::format("kind \"{}\" is not known", row.text(kind)),
               fmt::format("Give adherence_mean and adherence_sd, or as kind one of {}",
                           fmt::join(names, ", ")));
    return std::nullopt;
  }
  if (kept.by_kind) return kept;
  const auto m = row.number(mean, 0, most_adherence,
                            "Give the share of the gap that is closed, from 0 to 1.5");
  const auto s = row.number(sd, 0, 5, "Give a standard deviation from 0 to 5");
  const auto cut_at = row.empty(most)
                          ? std::optional(most_adherence)
                          : row.number(most, 0, most_adherence, "Give a number from 0 to 1.5");
  if (!m || !s || !cut_at) return std::nullopt;
  kept.mean = *m, kept.sd = *s, kept.most = *cut_at;
  return kept;
}

}  // namespace

void PanelReader::read_plans() {
  if (!there("plans.csv")) return;
  enum {
    state,
    announced,
    burden,
    from,
    by,
    definition,
    to_panel,
    mean,
    sd,
    status,
    source,
    max,
    kind
  };
  const Table table(file("plans.csv"),
                    {{"state"},
                     {"announced"},
                     {"burden"},
                     {"from"},
                     {"by"},
                     {"definition"},
                     {"to_panel", false},
                     {"adherence_mean", false},
                     {"adherence_sd", false},
                     {"status"},
                     {"source"},
                     {"adherence_max", false},
                     {"kind", false}},
                    problems_);
  table.each([&](const Table::RowView& row) {
    const auto i = row.state(state, panel_);
    const auto said = row.year(announced), start = row.year(from), end = row.year(by);
    const auto target =
        row.share(burden, 1e-6, 0.5, "A target is a share of GDP: write 0.02 or \"2 %\"");
    const bool estimated = row.empty(to_panel);
    const auto factor =
        estimated
            ? std::optional(1.0)
            : row.number(to_panel, 0.1, 10,
                         "Give the factor from the announcer's share to the panel's, such as 0.9");
    const auto kept = plan_kept(row, mean, sd, max, kind);
    if (target && factor && *target * *factor > 0.5)
      row.refuse(fmt::format("a burden of {} times {} is {} by the panel's measure", *target,
                             *factor, *target * *factor),
                 "Give a burden and a to_panel whose product is at most 0.5");
    if (start && end && *end < *start)
      row.refuse(fmt::format("the plan ends in {}, before it starts in {}", *end, *start),
                 "Swap or correct the years");
    if (row.text(status) != "seen" && row.text(status) != "known")
      row.unknown(status, "Write seen (read in a source) or known (general knowledge)");
    if (i && said && start && end && target && factor && kept)
      panel_.plans.push_back({*i, *said, *target, *start, *end, row.text(definition), *factor,
                              kept->mean, kept->sd, kept->most, row.text(status), row.text(source),
                              kept->by_kind, kept->kind, estimated});
  });
}

void PanelReader::note_what_cannot_be_fitted() {
  if (panel_.milex.empty()) return;
  for (StateIndex i = 0; i < panel_.size(); ++i) {
    int rows = 0, observed = 0, present = 0;
    for (int t = panel_.first_year; t <= panel_.last_year; ++t) {
      const MilexCell& c = panel_.cell(i, t);
      observed += c.observed();
      present += c.present();
      rows += t >= panel_.first_year + 2 && c.observed() && panel_.cell(i, t - 1).observed() &&
              panel_.cell(i, t - 2).observed() && known(c.burden) &&
              known(panel_.cell(i, t - 1).burden);
    }
    if (rows >= fewest_fitted_rows) continue;
    if (present > 0 && observed == 0) {
      problems_.push_back(
          {file("milex.csv").string(),
           fmt::format("the figures of {} are all imputed: they feed stocks and are not fitted",
                       panel_.states[i].id),
           "", Problem::Kind::note});
      continue;
    }
    problems_.push_back({file("milex.csv").string(),
                         fmt::format("{} has {} observed years and {} rows without a gap, fewer "
                                     "than the {} that a fit needs",
                                     panel_.states[i].id, observed, rows, fewest_fitted_rows),
                         "It is not fitted; a state with a share of GDP takes parameters drawn "
                         "from those of the other states",
                         Problem::Kind::note});
  }
}

void PanelReader::note_unknown_files() {
  const std::vector<std::string> names(panel_tables().begin(), panel_tables().end());
  std::set<std::string> unknown;
  for (const std::string& name : names_in(folder_))
    if (fs::path(name).extension() == ".csv" && !panel_tables().contains(name))
      unknown.insert(name);
  for (const std::string& name : unknown) {
    const std::string near = nearest(name, names);
    problems_.push_back(
        {file(name.c_str()).string(), "a panel has no table of this name; it is ignored",
         near.empty() ? "" : fmt::format("Did you mean {}?", near), Problem::Kind::note});
  }
}

void PanelReader::hash_files() {
  static const std::set<std::string> of_forecasts{
      "panel.toml",   "states.csv", "milex.csv",   "rivalries.csv",  "ties.csv",
      "missiles.csv", "plans.csv",  "pledges.csv", "own_shares.csv", "keeping.toml"};
  std::set<fs::path> files;
  for (const fs::path name : names_in(folder_))
    if (name.extension() == ".csv" || name == "panel.toml" || name == "keeping.toml")
      files.insert(name);
  std::string all, figures;
  for (const fs::path& name : files) {
    const std::string bytes = read_bytes(folder_ / name, problems_).value_or("");
    const std::string line =
        name.string() + " " +
        sha256_hex(name == "keeping.toml" ? after_digest(bytes) : std::string_view(bytes)) + "\n";
    all += line;
    if (of_forecasts.contains(name.string())) figures += line;
  }
  panel_.hash = sha256_hex(all);
  panel_.figures_hash = sha256_hex(figures);
  if (there("NOTICE")) panel_.notice = read_text(file("NOTICE"), problems_).value_or("");
}

}  // namespace

const std::set<std::string>& panel_tables() {
  static const std::set<std::string> names = [] {
    std::set<std::string> all{"states.csv",   "milex.csv",  "rivalries.csv", "ties.csv",
                              "missiles.csv", "growth.csv", "plans.csv"};
    all.insert(record_tables.begin(), record_tables.end());
    all.insert(remark_tables.begin(), remark_tables.end());
    return all;
  }();
  return names;
}

Problems foreign_links(const fs::path& folder) {
  Problems problems;
  std::error_code error;
  const auto unseen = [&] {
    require_memory(error);
    return Problems{{folder.string(), "the folder cannot be looked through: " + error.message(),
                     "Look at its permissions and the disk"}};
  };
  const fs::path home = fs::canonical(folder, error);
  if (error) return unseen();
  std::set<fs::path> names;
  for (const fs::path name : names_in(folder))
    if (name == "NOTICE" || name.extension() == ".csv" || name.extension() == ".toml")
      if (std::error_code unknown; fs::is_symlink(folder / name, unknown) || unknown)
        names.insert(name);
  for (const fs::path& name : names) {
    const fs::path target = fs::weakly_canonical(folder / name, error);
    if (!error &&
        std::mismatch(home.begin(), home.end(), target.begin(), target.end()).first == home.end())
      continue;
    problems.push_back({(folder / name).string(),
                        "this is a link to a file outside the panel's folder, and pages show what "
                        "a panel holds",
                        "Put a copy of the file here, if it belongs to the panel"});
  }
  return problems;
}

PanelReading read_panel_checked(const fs::path& folder, bool disputes_model) {
  return PanelReader(folder).read(disputes_model);
}

Panel read_panel(const fs::path& folder) {
  PanelReading reading = read_panel_checked(folder);
  if (!reading.panel) throw Error(std::move(reading.problems));
  return std::move(*reading.panel);
}

}  // namespace tenbin
