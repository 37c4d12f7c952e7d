// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/danger_model.hpp"
#include "tenbin/core/dispute_model.hpp"
#include "tenbin/core/pledge.hpp"

/// The data: nouns only. Files are docs/formats.md, meanings are docs/model.md.

namespace tenbin {

using StateIndex = int;  // place of a state in Panel::states
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr int still_going = std::numeric_limits<int>::max();

inline bool known(double x) { return x == x; }

struct State {
  std::string id;  // ISO 3166-1 alpha-3 where one exists
  std::string name;
  std::string capital;
  double lat = missing;        // degrees, -90..90
  double lon = missing;        // degrees, -180..180
  std::optional<int> entered;  // first year as a sovereign state
  std::string region{};        // of regions.csv, empty: not known

  bool has_place() const { return known(lat) && known(lon); }
};

enum class MilexKind { none, reported, estimate, uncertain, imputed };

/// Expenditure of one state in one year.
struct MilexCell {
  double milex = missing;   // millions of the panel's money, > 0
  double burden = missing;  // share of GDP in (0, 1)
  MilexKind kind = MilexKind::none;
  std::string source;

  bool present() const { return kind != MilexKind::none; }                   // feeds stocks
  bool observed() const { return present() && kind != MilexKind::imputed; }  // may be fitted
};

/// A value that holds from `start` to `end`, both included.
struct Spell {
  StateIndex a = 0, b = 0;  // rivalries: the dyad; ties: protector a, protected b
  int start = 0, end = still_going;
  double value = 0;  // hostility or strength, 0-1
  std::string kind, basis;

  bool holds(int year) const { return start <= year && year <= end; }
};

struct Missile {
  StateIndex state = 0;
  std::string system, missile_class;
  double range_km = 0;
  int in_service = 0;
  std::string status, source;
};

struct Dispute {
  StateIndex a = 0, b = 0;
  int year = 0;
  int hostility_level = 0;  // 1-5; 4 use of force, 5 war
  int fatality_level = 0;   // 0-6; 0: none, or not known
};

/// What a panel without disputes says of a dyad's past at the end of a year.
struct DisputePast {
  StateIndex a = 0, b = 0;
  int as_of = 0, last = 0;  // years
  int recent = 0;           // years with an onset among the ten up to `as_of`
  std::string basis, status;
};

struct GrowthRow {
  StateIndex state = 0;
  int year = 0;
  double growth = 0;  // change of log real GDP in a year
  std::string source, status;
};

struct DemocracyRow {
  StateIndex state = 0;
  int year = 0;
  double democracy = 0;  // 0-1
};

/// An announced target: a row of plans.csv.
struct PlanRow {
  StateIndex state = 0;
  int announced = 0;
  double burden = 0;  // share of GDP in the announcer's own definition
  int from = 0, by = 0;
  std::string definition;
  double to_panel = 1;                          // announcer's share times this is the panel's share
  double adherence_mean = 1, adherence_sd = 0;  // unless `by_kind`
  double adherence_max = 1.5;                   // where the normal is cut
  std::string status, source;                   // status: seen or known
  bool by_kind = false;                         // kept as promises of its kind are: Panel::keeping
  PledgeKind kind = PledgeKind::government_plan;
  bool estimated = false;  // to_panel: estimate_measures() sets it
  double to_panel_sd = 0;  // relative
};

/// A state's share of GDP in a year by its own measure.
struct OwnShare {
  StateIndex state = 0;
  int year = 0;
  double share = 0;
  std::string definition, status, source;
};

struct PersonnelRow {
  StateIndex state = 0;
  int year = 0;
  double personnel = 0;  // persons under arms
};

/// Two states that border on each other; type as Direct Contiguity has it: 1 by land, 2 to 5 within
/// 12, 24, 150 and 400 miles of water.
struct Border {
  StateIndex a = 0, b = 0;
  int type = 0;
  int start = 0, end = still_going;

  bool holds(int year) const { return start <= year && year <= end; }
};
inline constexpr int by_land = 1;

/// Years in which a state was a major power.
struct Major {
  StateIndex state = 0;
  int start = 0, end = still_going;

  bool holds(int year) const { return start <= year && year <= end; }
};

/// Where a war between states was fought; none: a war of another kind.
enum class WarPlace { none, home, abroad };

/// A state at war.
struct War {
  StateIndex state = 0;
  StateIndex against = -1;  // a state of the panel, or -1: somebody else
  int start = 0, end = still_going;
  std::string name;
  WarPlace place = WarPlace::none;
};

/// Active-duty troops of one state in another.
struct PresenceRow {
  StateIndex guest = 0, host = 0;
  int year = 0;
  double troops = 0;
};

/// A stockpile of nuclear warheads. A state without rows has none.
struct NuclearRow {
  StateIndex state = 0;
  int year = 0;
  double warheads = 0;
};

inline constexpr int felt_years = 2;  // of an aggression, where nothing says for how long

/// An aggression of a great power whose nearness is felt from `start` to `end`.
struct Aggression {
  StateIndex aggressor = 0;
  int start = 0, end = still_going;
  double lat = missing, lon = missing;  // degrees
  std::string exposed_region, name;
  double intensity = 1;  // as it is felt, beside Russia's war of 2022

  bool holds(int year) const { return start <= year && year <= end; }
};

/// Price levels relative to the United States at market exchange rates: 1 is as dear, 0.5 half.
struct PriceLevelRow {
  StateIndex state = 0;
  int year = 0;
  double gdp = 1, military = 1;
};

/// A year's growth of real GDP as it was expected in an edition of a forecast.
struct Expectation {
  int published = 0;  // year of the edition
  StateIndex state = 0;
  int year = 0;
  double growth = 0;  // change of log real GDP in the year
};

/// What is known of a state's economy in a year beside its share of GDP.
struct EconomyRow {
  StateIndex state = 0;
  int year = 0;
  double real_growth = missing;   // change of log real GDP, by its own deflator
  double gdp_per_head = missing;  // international dollars of one year, > 0
};

/// A year's count of incidents or activities, of a state or against one.
struct IndicatorRow {
  StateIndex actor = -1, target = -1;  // -1: nobody in particular
  int year = 0;
  std::string indicator;
  double value = 0;
  std::string unit, source;
};

/// An arms race that a catalogue lists.
struct ListedRace {
  StateIndex a = 0, b = 0;
  int start = 0, end = 0;
};

struct PriceRow {
  int year = 0;
  double index = 1;  // price level, any base
};

/// What one unit of the panel's money buys of another currency, at the prices of the panel.
struct ExchangeRate {
  std::string currency;  // ISO 4217: "JPY"
  double rate = missing;
};

/// A state's yearly probability of a fatal dispute with a state that the panel does not hold.
struct OutsideDanger {
  StateIndex state = 0;
  int year = 0;
  double fatal = 0;
};

/// What happened in a year that surprised: shown beside a forecast that missed it.
struct Story {
  StateIndex state = 0;
  int year = 0;
  std::string text, source;
};

/// A dated event: an annotation of charts and of a year's explanation.
struct Event {
  std::string date;  // "1976-11-05", "1976-11" or "1976"
  int year = 0;
  std::vector<StateIndex> states;  // states of the panel that the event concerns
  std::string kind;                // of event_kinds
  std::string title, title_ja;     // English, Japanese
  std::string detail, source;
  int weight = 1;  // priority of display: 1 (first) to 3
};
inline constexpr std::array<std::string_view, 11> event_kinds{
    "norm",      "alliance", "agreement", "law",        "strategy", "budget",
    "statement", "test",     "incident",  "deployment", "exercise"};

/// A historical frequency, quoted beside answers: `cases` of `of`.
struct BaseRateRow {
  std::string what;  // "NATO allies below 2 % of GDP in 2014 that reached it"
  int cases = 0, of = 0;
  int from = 0, to = 0;  // years
  std::string rule, source;
};

/// Where a column of a table comes from, as an import wrote it down.
struct LedgerRow {
  std::string table, column, label, release, date, file;
  int first = 0, last = 0;  // years that the source knows; after the last one it is silent
};

/// How spending adds up to a capability stock, and how far a stock counts: docs/model.md section 1
/// (Covariates). Figures are those of the model; `calibrate --sensitivity` tries others.
struct StockRule {
  double decay = 0.08;          // of a stock, a year; 0-1
  double prior_growth = 0.03;   // assumed of spending before the first observed year, a year
  double fading_length = 3000;  // km beyond the reach of missiles over which a stock's weight fades
};

/// A validated panel: every index is in range, every key unique.
struct Panel {
  std::string name, currency, vintage, licence;
  std::string hash;                    // SHA-256 of the files it was read from
  std::string figures_hash;            // of those that a forecast of its past depends on
  std::string notice;                  // text of its NOTICE, empty without one
  int price_year = 0;                  // 0: current money
  std::string disputes_hash;           // of disputes.toml, empty without one
  double share_of_world = 1;           // part of the world's stock that its states hold
  int first_year = 0, last_year = -1;  // of milex.csv

  std::vector<State> states;
  std::vector<MilexCell> milex;  // states x years, row-major; see cell()
  std::vector<Spell> rivalries, ties;
  std::vector<Missile> missiles;
  std::vector<Dispute> disputes;
  int disputes_until = 0;  // last year that disputes.csv knows, 0: none
  std::vector<DisputePast> dispute_past;
  std::vector<GrowthRow> growth;
  std::vector<DemocracyRow> regime;
  std::vector<PlanRow> plans;
  std::vector<Pledge> pledges;  // by state and year
  std::vector<OwnShare> own_shares;
  std::vector<PersonnelRow> personnel;
  std::vector<Border> borders;
  std::vector<Major> majors;
  std::vector<War> wars;
  std::vector<PresenceRow> presence;
  std::vector<NuclearRow> nuclear;
  std::vector<Aggression> aggressions;
  std::vector<PriceLevelRow> price_levels;
  std::vector<EconomyRow> economy;
  std::vector<Expectation> expectations;
  std::vector<IndicatorRow> indicators;
  std::vector<OutsideDanger> outside_danger;
  std::vector<ListedRace> listed_races;
  std::vector<PriceRow> price_index;
  std::vector<Story> stories;
  std::vector<Event> events;  // by date
  std::vector<BaseRateRow> base_rates;
  std::vector<ExchangeRate> rates;
  std::vector<LedgerRow> ledger;                      // empty: made by hand
  std::shared_ptr<const DisputeModel> dispute_model;  // empty: the folder holds none
  std::vector<DangerModel> danger;                    // by last year fitted; empty: not known
  std::vector<Keeping> keeping;                       // by year as of which; empty: not known
  StockRule stock_rule;

  int size() const { return static_cast<int>(states.size()); }
  int years() const { return last_year - first_year + 1; }
  const MilexCell& cell(StateIndex i, int year) const {
    static const MilexCell none;
    if (year < first_year || year > last_year) return none;
    return milex[static_cast<std::size_t>(i) * years() + (year - first_year)];
  }
  /// The cell of a year of the panel, to be changed.
  MilexCell& cell_at(StateIndex i, int year) {
    return milex[static_cast<std::size_t>(i) * years() + (year - first_year)];
  }
  std::optional<StateIndex> find(std::string_view id) const {
    for (StateIndex i = 0; i < size(); ++i)
      if (states[i].id == id) return i;
    return std::nullopt;
  }
};

/// How promises are kept as far as it was known in a year; null: not known.
inline const Keeping* keeping_in(const Panel& panel, int year) {
  const Keeping* latest = nullptr;
  for (const Keeping& k : panel.keeping)
    if (k.as_of <= year) latest = &k;
  return latest;
}

/// The major powers of a year, by state.
inline std::vector<char> majors_in(const Panel& panel, int year) {
  std::vector<char> major(panel.states.size(), false);
  for (const Major& m : panel.majors)
    if (m.holds(year)) major[static_cast<std::size_t>(m.state)] = true;
  return major;
}

/// The newest military price level of a state up to a year; missing: there is none.
inline double military_price(const Panel& panel, StateIndex i, int year) {
  int newest = 0;
  double price = missing;
  for (const PriceLevelRow& r : panel.price_levels)
    if (r.state == i && r.year <= year && r.year >= newest) newest = r.year, price = r.military;
  return price;
}

/// "has no figures after 2014", or "has no figures" where it never had any by then.
inline std::string since_words(const Panel& panel, StateIndex i, int year) {
  for (int t = std::min(year, panel.last_year); t >= panel.first_year; --t)
    if (panel.cell(i, t).present()) return "has no figures after " + std::to_string(t);
  return "has no figures";
}

inline constexpr int oldest_figures =
    3;  // years that a state's last figures may be older than a scenario's start

/// Last year with expenditure in start-3 .. start: a state without one is not projected.
inline std::optional<int> last_with_figures(const Panel& panel, StateIndex i, int start) {
  for (int year = start; year >= start - oldest_figures; --year)
    if (panel.cell(i, year).present()) return year;
  return std::nullopt;
}
/// The same with expenditure and a burden: a state without one moves without the spending equation.
inline std::optional<int> last_with_burden(const Panel& panel, StateIndex i, int start) {
  for (int year = start; year >= start - oldest_figures; --year)
    if (panel.cell(i, year).present() && known(panel.cell(i, year).burden)) return year;
  return std::nullopt;
}

/// The panel as it was known at the end of `year`: later expenditure, disputes and spells are gone.
/// Expected growth, plans and missiles of later years stay (they are announcements). A panel that
/// knows nothing later is returned as it is.
inline Panel cut(Panel panel, int year) {
  if (year >= panel.last_year) return panel;
  const int before = panel.years(), after = std::max(0, year - panel.first_year + 1);
  for (StateIndex i = 1; i < panel.size(); ++i) {
    const auto row = panel.milex.begin() + static_cast<std::ptrdiff_t>(i) * before;
    std::move(row, row + after, panel.milex.begin() + static_cast<std::ptrdiff_t>(i) * after);
  }
  panel.milex.resize(static_cast<std::size_t>(panel.size()) * after);
  panel.last_year = year;
  std::erase_if(panel.disputes, [&](const Dispute& d) { return d.year > year; });
  panel.disputes_until = std::min(panel.disputes_until, year);
  const auto later = [&](const Spell& s) { return s.start > year; };
  std::erase_if(panel.rivalries, later);
  std::erase_if(panel.ties, later);
  return panel;
}
/// The same without a copy where there is nothing to cut.
inline std::shared_ptr<const Panel> cut(std::shared_ptr<const Panel> panel, int year) {
  if (year >= panel->last_year) return panel;
  return std::make_shared<const Panel>(cut(*panel, year));
}

/// Sets to_panel of each plan that does not give it, from what was known in `year`: the mean ratio
/// of the panel's share of GDP to the state's own share over the last three years, with a relative
/// sd of 5 % because definitions change. If none of these years has both shares, to_panel is 0.94
/// with a relative sd of 12 %, the mean and spread of eight states of the embedded panel.
inline void estimate_measures(Panel& panel, int year) {
  for (PlanRow& plan : panel.plans) {
    if (!plan.estimated) continue;
    double sum = 0;
    int count = 0;
    for (const OwnShare& own : panel.own_shares) {
      const MilexCell& cell = panel.cell(own.state, own.year);
      if (own.state != plan.state || own.year > year || own.year <= year - 3 || !cell.observed() ||
          !known(cell.burden))
        continue;
      sum += cell.burden / own.share, ++count;
    }
    plan.to_panel = count > 0 ? sum / count : 0.94;
    plan.to_panel_sd = count > 0 ? 0.05 : 0.12;
  }
}

/// Growth of later years as the last edition up to `year` expected it of each state.
inline std::vector<GrowthRow> expected_in(const Panel& panel, int year) {
  std::vector<int> latest(panel.states.size(), 0);
  for (const Expectation& e : panel.expectations)
    if (e.published <= year) latest[e.state] = std::max(latest[e.state], e.published);
  std::vector<GrowthRow> rows;
  for (const Expectation& e : panel.expectations)
    if (e.published == latest[e.state] && e.year > year)
      rows.push_back({e.state, e.year, e.growth, "", ""});
  return rows;
}

/// The panel as a forecaster could have had it at the end of `year`: cut(), and nothing else of
/// later years either: no end of a spell, no missile, no plan announced, no expected growth but
/// that of expectations.csv (rows of growth.csv do not say when they were written), no dispute
/// model that has seen later years. The figures of earlier years are those of the panel's own
/// release, with its revisions.
inline Panel as_of(const Panel& panel, int year) {
  Panel p = cut(panel, year);
  const auto only_begun = [&](auto& spells) {  // and nobody knows when one will end
    std::erase_if(spells, [&](const auto& s) { return s.start > year; });
    for (auto& s : spells)
      if (s.end >= year) s.end = still_going;
  };
  std::erase_if(p.aggressions, [&](const Aggression& a) { return a.start > year; });
  for (Aggression& a :
       p.aggressions)  // how long it will be felt nobody knows: two years, or so far
    a.end = std::min(a.end, std::max(year, a.start + felt_years - 1));
  only_begun(p.rivalries);
  only_begun(p.ties);
  only_begun(p.borders);
  only_begun(p.majors);
  only_begun(p.wars);
  std::erase_if(p.disputes, [&](const Dispute& d) { return d.year > year; });
  std::erase_if(p.dispute_past, [&](const DisputePast& d) { return d.as_of > year; });
  std::erase_if(p.missiles, [&](const Missile& m) { return m.in_service > year; });
  std::erase_if(p.regime, [&](const DemocracyRow& r) { return r.year > year; });
  std::erase_if(p.personnel, [&](const PersonnelRow& r) { return r.year > year; });
  std::erase_if(p.presence, [&](const PresenceRow& r) { return r.year > year; });
  std::erase_if(p.nuclear, [&](const NuclearRow& r) { return r.year > year; });
  std::erase_if(p.price_levels, [&](const PriceLevelRow& r) { return r.year > year; });
  std::erase_if(p.economy, [&](const EconomyRow& r) { return r.year > year; });
  std::erase_if(p.outside_danger, [&](const OutsideDanger& r) { return r.year > year; });
  std::erase_if(p.indicators, [&](const IndicatorRow& r) { return r.year > year; });
  std::erase_if(p.plans, [&](const PlanRow& r) { return r.announced > year; });
  std::erase_if(p.own_shares, [&](const OwnShare& r) { return r.year > year; });
  estimate_measures(p, year);
  std::erase_if(p.pledges, [&](const Pledge& r) { return r.announced > year; });
  for (Pledge& r : p.pledges)
    if (r.withdrawn > year) r.withdrawn = 0;
  std::erase_if(p.stories, [&](const Story& r) { return r.year > year; });
  std::erase_if(p.events, [&](const Event& r) { return r.year > year; });
  std::erase_if(p.base_rates, [&](const BaseRateRow& r) { return r.to > year; });
  std::erase_if(p.listed_races, [&](const ListedRace& r) { return r.end > year; });
  std::erase_if(p.price_index, [&](const PriceRow& r) { return r.year > year; });
  p.growth = expected_in(p, year);
  std::erase_if(p.expectations, [&](const Expectation& e) { return e.published > year; });
  if (p.dispute_model && p.dispute_model->last > year) p.dispute_model.reset();
  std::erase_if(p.danger, [&](const DangerModel& m) { return m.last > year; });
  std::erase_if(p.keeping, [&](const Keeping& k) { return k.as_of > year; });
  return p;
}

}  // namespace tenbin
