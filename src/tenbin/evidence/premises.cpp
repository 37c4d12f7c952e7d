// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/premises.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace tenbin {
namespace {

constexpr double announced_part = 0.95, path_part = 0.05;

// --- numbers of tables -----------------------------------------------------------------------

/// The largest value of spells from a to b in a year, 0 where there is none.
double spell_value(const std::vector<Spell>& spells, StateIndex a, StateIndex b, int year,
                   bool both_ways) {
  double value = 0;
  for (const Spell& s : spells)
    if (s.holds(year) && ((s.a == a && s.b == b) || (both_ways && s.a == b && s.b == a)))
      value = std::max(value, s.value);
  return value;
}

double troops_in(const Panel& panel, StateIndex guest, StateIndex host, int year) {
  bool any = false;
  for (const PresenceRow& r : panel.presence) {
    any = any || r.year == year;
    if (r.guest == guest && r.host == host && r.year == year) return r.troops;
  }
  return any ? 0 : missing;
}

/// Of the latest year up to `year` that the table knows, at most oldest_figures years before.
double latest_troops(const Panel& panel, StateIndex guest, StateIndex host, int year) {
  for (int t = year; t >= year - oldest_figures; --t)
    if (const double troops = troops_in(panel, guest, host, t); known(troops)) return troops;
  return missing;
}

double longest_range(const Panel& panel, StateIndex i, int year) {
  double range = 0;
  for (const Missile& m : panel.missiles)
    if (m.state == i && m.in_service <= year) range = std::max(range, m.range_km);
  return range;
}

double mean_growth(const Panel& panel, StateIndex i, int from, int year) {
  double sum = 0;
  int known_years = 0;
  for (const EconomyRow& r : panel.economy)
    if (r.state == i && r.year >= from && r.year <= year && known(r.real_growth))
      sum += r.real_growth, ++known_years;
  return known_years == year - from + 1 ? sum / known_years : missing;
}

/// What growth.csv expects on average; its last row is held.
double expected_growth(const Panel& panel, StateIndex i, int from, int year) {
  double sum = 0;
  for (int t = from; t <= year; ++t) {
    const GrowthRow* latest = nullptr;
    for (const GrowthRow& r : panel.growth)
      if (r.state == i && r.year <= t && (!latest || r.year > latest->year)) latest = &r;
    if (!latest) return missing;
    sum += latest->growth;
  }
  return sum / (year - from + 1);
}

bool war_began(const Panel& panel, StateIndex a, StateIndex b, int from, int year) {
  return std::any_of(panel.wars.begin(), panel.wars.end(), [&](const War& w) {
    return w.state == a && w.against == b && w.start >= from && w.start <= year;
  });
}

/// The highest (or lowest) share of GDP that was announced in the years, by the panel's measure;
/// a request to the state counts. NaN: none.
double announced_share(const Panel& panel, StateIndex i, const Premise& p) {
  double share = missing;
  const auto see = [&](double x) {
    if (!known(share) || (p.at_least ? x > share : x < share)) share = x;
  };
  if (p.at_least)
    for (const PlanRow& r : panel.plans)
      if (r.state == i && r.announced >= p.from && r.announced <= p.year)
        see(r.burden * r.to_panel);
  for (const Pledge& r : panel.pledges)
    if (r.state == i && r.announced >= p.from && r.announced <= p.year && !r.part &&
        r.measure == PledgeMeasure::share_of_gdp &&
        (r.as == PlanMode::exactly || (r.as == PlanMode::at_least) == p.at_least))
      see(r.target * (r.to_panel > 0 ? r.to_panel : 1));
  return share;
}

// --- from levers to premises -------------------------------------------------------------------

/// Half of the way from a number to another; nothing where they are the same.
std::vector<Premise> half_way(Premise p, double now, double then) {
  if (now == then) return {};
  p.at_least = then > now;
  p.limit = 0.5 * (now + then);
  return {p};
}

std::vector<Premise> planned(const Lever& lever, const Panel& panel, int start, int year) {
  std::vector<Premise> all;
  for (const StateIndex i : moved_states(lever))
    all.push_back({.table = PremiseTable::plans,
                   .state = panel.states[i].id,
                   .from = start + 1,
                   .year = year,
                   .at_least = lever.as != PlanMode::at_most,
                   .limit = lever.as == PlanMode::at_most ? lever.value.mean / announced_part
                                                          : lever.value.mean * announced_part});
  return all;
}

std::vector<Premise> on_path(const Lever& lever, const Panel& panel, int start, int year) {
  std::vector<Premise> all;
  const double base = panel.cell(lever.state, start).milex;
  for (const YearValue& v : lever.path)
    if (v.year > start && v.year <= year)
      for (const bool at_least : {true, false})
        all.push_back({.table = PremiseTable::spending,
                       .state = panel.states[lever.state].id,
                       .from = start,
                       .year = v.year,
                       .at_least = at_least,
                       .limit = v.value.mean / base * (1 + (at_least ? -path_part : path_part))});
  return all;
}

/// Premises of a lever that acts in `year`, by the panel as it is at `start`.
std::optional<std::vector<Premise>> acting_premises(const Lever& l, const Panel& panel, int start,
                                                    int year) {
  Premise p{.state = panel.states[l.state].id, .from = l.from, .year = year};
  const auto table = [&](PremiseTable of) {
    p.table = of;
    if (spec(l).names_two()) p.other = panel.states[l.other].id;
    return p;
  };
  const double then = l.value.mean;
  switch (l.kind) {
    case LeverKind::plan:
    case LeverKind::pressure:
      return planned(l, panel, start, year);
    case LeverKind::path:
      if (!panel.cell(l.state, start).observed()) return std::nullopt;
      return on_path(l, panel, start, year);
    case LeverKind::cap:
      p.at_least = false, p.limit = then / announced_part;
      return std::vector{table(PremiseTable::share)};
    case LeverKind::growth: {
      const double now = expected_growth(panel, l.state, l.from, year);
      if (!known(now)) return std::nullopt;
      return half_way(table(PremiseTable::growth), now, now + then);
    }
    case LeverKind::commitment:
      return half_way(table(PremiseTable::ties),
                      spell_value(panel.ties, l.state, l.other, start, false), then);
    case LeverKind::hostility:
      return half_way(table(PremiseTable::rivalry),
                      spell_value(panel.rivalries, l.state, l.other, start, true), then);
    case LeverKind::presence: {
      const double now = latest_troops(panel, l.state, l.other, start);
      if (!known(now)) return std::nullopt;
      return half_way(table(PremiseTable::presence), now, then);
    }
    case LeverKind::reach:
      return half_way(table(PremiseTable::missiles), longest_range(panel, l.state, start), then);
    case LeverKind::war:
      p.at_least = true, p.limit = 1;
      return std::vector{table(PremiseTable::war)};
    case LeverKind::efficiency:
    case LeverKind::weight:
    case LeverKind::response:
    case LeverKind::budget:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<Premise>> premises_of(const Lever& l, const Panel& panel, int start,
                                                int year) {
  const bool ends = spec(l).place != LeverPlace::plan && spec(l).place != LeverPlace::path;
  const int decides = ends ? std::min(year, last_year(l)) : year;
  auto all = acting_premises(l, panel, start, std::max(decides, l.from));
  if (all && l.from > year) all->clear();
  return all;
}

std::string undecided_lever(const Scenario& scenario, const Panel& panel) {
  for (const Lever& l : scenario.levers)
    if (!premises_of(l, panel, scenario.start, scenario.end)) return std::string(spec(l).name);
  return "";
}

// --- texts -------------------------------------------------------------------------------------

std::string premises_text(const std::vector<Premise>& premises) {
  std::string text;
  for (const Premise& p : premises)
    text += fmt::format("{}{} {} {} {} {} {} {:.6g}", text.empty() ? "" : "; ",
                        premise_tables[static_cast<std::size_t>(p.table)], p.state,
                        p.other.empty() ? "-" : p.other, p.from, p.year,
                        p.at_least ? ">=" : "<=", p.limit);
  return text;
}

std::optional<std::vector<Premise>> premises_named(std::string_view text) {
  std::vector<Premise> all;
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  std::string table, other, sign, number;
  for (Premise p; in >> table;) {
    if (!(in >> p.state >> other >> p.from >> p.year >> sign >> number)) return std::nullopt;
    if (number.ends_with(';')) number.pop_back();
    const auto found = std::ranges::find(premise_tables, table);
    const auto [end, failed] =
        std::from_chars(number.data(), number.data() + number.size(), p.limit);
    if (found == premise_tables.end() || (sign != ">=" && sign != "<=") || failed != std::errc() ||
        end != number.data() + number.size())
      return std::nullopt;
    p.table = static_cast<PremiseTable>(found - premise_tables.begin());
    p.other = other == "-" ? "" : other;
    p.at_least = sign == ">=";
    all.push_back(p);
  }
  return all;
}

namespace {

/// One premise in words. {a}, {b} the states, {years} when, {least} at least or at most.
std::string words_of(const Premise& p, const Panel& panel) {
  // clang-format off
  static constexpr std::array sentences{
      "a promise by {a}, or a request to {a}, of {least} {percent:.3g} % of GDP is announced {years}",
      "the share of GDP of {a} is {least} {percent:.3g} % in {year}",
      "spending of {a} in {year} is {least} {limit:.4g} times that of {from}",
      "real GDP of {a} grows by {least} {percent:.3g} % a year {years}",
      "the commitment of {a} to {b} is {least} {limit:.3g} in {year} (ties.csv)",
      "the hostility of {a} and {b} is {least} {limit:.3g} in {year} (rivalries.csv)",
      "{a} has {least} {limit:.0f} troops in {b} in {year} (presence.csv)",
      "a war of {a} against {b} begins {years} (wars.csv)",
      "the longest range of missiles of {a} in service in {year} is {least} {limit:.0f} km (missiles.csv)"};
  // clang-format on
  static_assert(sentences.size() == premise_tables.size());
  const auto name = [&](const std::string& id) {
    const auto i = panel.find(id);
    return i ? panel.states[*i].name : id;
  };
  const std::string years =
      p.from == p.year ? fmt::format("in {}", p.year) : fmt::format("in {} to {}", p.from, p.year);
  return fmt::format(fmt::runtime(sentences[static_cast<std::size_t>(p.table)]),
                     fmt::arg("a", name(p.state)), fmt::arg("b", name(p.other)),
                     fmt::arg("least", p.at_least ? "at least" : "at most"),
                     fmt::arg("percent", 100 * p.limit), fmt::arg("limit", p.limit),
                     fmt::arg("years", years), fmt::arg("from", p.from), fmt::arg("year", p.year));
}

}  // namespace

std::string premises_words(const std::vector<Premise>& premises, const Panel& panel) {
  std::vector<std::string> all;
  for (const Premise& p : premises) all.push_back(words_of(p, panel));
  return all.empty() ? "" : fmt::format("if {}", fmt::join(all, ", and "));
}

// --- deciding ----------------------------------------------------------------------------------

PremiseFate decide(const Premise& p, const Panel& panel) {
  const auto a = panel.find(p.state);
  const auto b = p.other.empty() ? a : panel.find(p.other);
  if (!a || !b) return PremiseFate::unknown;
  double value = missing;
  switch (p.table) {
    case PremiseTable::plans:
      value = announced_share(panel, *a, p);
      if (!known(value)) return PremiseFate::did_not;
      break;
    case PremiseTable::share:
      value = panel.cell(*a, p.year).burden;
      break;
    case PremiseTable::spending:
      value = panel.cell(*a, p.year).milex / panel.cell(*a, p.from).milex;
      break;
    case PremiseTable::growth:
      value = mean_growth(panel, *a, p.from, p.year);
      break;
    case PremiseTable::ties:
      value = spell_value(panel.ties, *a, *b, p.year, false);
      break;
    case PremiseTable::rivalry:
      value = spell_value(panel.rivalries, *a, *b, p.year, true);
      break;
    case PremiseTable::presence:
      value = troops_in(panel, *a, *b, p.year);
      break;
    case PremiseTable::war:
      value = war_began(panel, *a, *b, p.from, p.year);
      break;
    case PremiseTable::missiles:
      value = longest_range(panel, *a, p.year);
      break;
  }
  if (!known(value)) return PremiseFate::unknown;
  return (p.at_least ? value >= p.limit : value <= p.limit) ? PremiseFate::came
                                                            : PremiseFate::did_not;
}

}  // namespace tenbin
