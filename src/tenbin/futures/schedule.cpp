// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/schedule.hpp"

#include <algorithm>
#include <map>

#include "tenbin/core/levers.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

/// Key of a lever's values: its kind, states and years, so that scenarios that hold the same lever
/// share the draw.
std::uint32_t lever_key(const Lever& lever, const std::vector<std::string>& ids) {
  const LeverSpec& s = spec(lever);
  std::string name(s.name);
  const auto add = [&](std::string_view part) {
    name += ' ';
    name += part;
  };
  add(lever.state == all_states ? "all" : std::string_view(ids[lever.state]));
  if (s.names_two()) add(ids[lever.other]);
  if (s.has(Gives::reaction)) add(spec(lever.reaction).name);
  add(std::to_string(lever.from));
  add(std::to_string(lever.by));
  return entity_id(name);
}

/// Pairs of the past and of the levers, in order, with what is known of them in each year.
void find_relations(const Past& past, const Scenario& scenario, Schedule& s) {
  s.topology = past.topology();
  for (const Lever& l : scenario.levers) {
    if (spec(l).place == LeverPlace::cover) add_link(s.topology.covers, l.other, l.state);
    if (spec(l).place == LeverPlace::hostility)
      add_link(s.topology.threats, l.state, l.other),
          add_link(s.topology.threats, l.other, l.state);
  }
  const bool more = s.topology.threats.size() != past.topology().threats.size() ||
                    s.topology.covers.size() != past.topology().covers.size();
  if (more) s.topology.distance = distances(past.panel(), s.topology.threats);
  for (int year = s.first; year <= s.end; ++year)
    s.base.push_back(more ? relations(past.panel(), s.topology, year) : past.relations(year));
}

/// Place of a link, or -1.
int place_among(const std::vector<Link>& links, StateIndex i, StateIndex j) {
  for (std::size_t k = 0; k < links.size(); ++k)
    if (links[k].i == i && links[k].j == j) return static_cast<int>(k);
  return -1;
}

/// Troops, wars and the danger of disputes, before levers.
void find_safety(const Past& past, Schedule& s) {
  const SafetyRecord& safety = past.safety();
  for (int year = s.first - presence_years - 1; year <= s.end; ++year)
    for (StateIndex i = 0; i < s.states(); ++i) s.troops.push_back(safety.troops(i, year));
  for (int year = s.first; year <= s.end; ++year)
    for (StateIndex i = 0; i < s.states(); ++i) {
      s.war.push_back(safety.war(i, year));
      s.exposure.push_back(safety.exposure(i, year));
    }
  const Panel& panel = past.panel();
  for (StateIndex i = 0; i < s.states(); ++i) s.mean_danger.push_back(past.mean_danger(i));
  s.outside.assign(s.states(), 0.0);
  const DangerModel* model = danger_model(panel, s.start);
  if (model == nullptr) return;
  constexpr auto number = [](DangerCovariate c) { return static_cast<std::size_t>(c); };
  s.danger_of_rivals = model->fatal.slope[number(DangerCovariate::rival)];
  s.danger_of_allies = model->fatal.slope[number(DangerCovariate::ally)];
  for (const DangerDyad& d : past.danger().dyads(s.start)) {
    DangerLink link{.a = d.a, .b = d.b, .border = d.border};
    for (std::size_t k = 0; k < danger_covariates; ++k)
      if (k != number(DangerCovariate::rival) && k != number(DangerCovariate::ally))
        link.log_odds += model->fatal.slope[k] * d.x[k];
    link.threats[0] = place_among(s.topology.threats, d.a, d.b);
    link.threats[1] = place_among(s.topology.threats, d.b, d.a);
    link.covers[0] = place_among(s.topology.covers, d.a, d.b);
    link.covers[1] = place_among(s.topology.covers, d.b, d.a);
    if (d.border || link.threats[0] >= 0 || link.threats[1] >= 0) s.dangers.push_back(link);
  }
  std::vector<int> newest(s.states(), 0);
  for (const OutsideDanger& o : panel.outside_danger)
    if (o.year <= s.start && o.year >= newest[o.state]) {
      newest[o.state] = o.year;
      s.outside[o.state] = log1p(-o.fatal);
    }
}

/// Which disputes futures draw. Their links are found last.
void find_disputes(const Past& past, const Scenario& scenario, Schedule& s) {
  const std::string& none = past.no_disputes();
  s.disputes = scenario.disputes && none.empty();
  if (scenario.disputes && past.panel().dispute_model && !none.empty())
    s.notes.push_back(static_cast<char>(none[0] - 'a' + 'A') + none.substr(1));
  if (!none.empty()) return;
  s.dyads = past.dyads();
  s.dispute_model = past.panel().dispute_model;
  s.share_of_world = past.panel().share_of_world;
}

void find_laws(const Panel& panel, Schedule& s) {
  s.law.assign(panel.size(), Law::idle);
  s.own_last.assign(panel.size(), s.start);
  s.first = s.start;
  for (StateIndex i = 0; i < panel.size(); ++i) {
    const int last_full = last_with_burden(panel, i, s.start).value_or(-1),
              last_any = last_with_figures(panel, i, s.start).value_or(-1);
    if (last_any < 0) {
      s.notes.push_back(panel.states[i].name + " " + since_words(panel, i, s.start) +
                        ": its spending is not projected, and its accumulated spending decays");
      continue;
    }
    s.law[i] = last_full >= 0 ? Law::equation : Law::no_burden;
    s.own_last[i] = last_full >= 0 ? last_full : last_any;
    s.first = std::min(s.first, s.own_last[i]);
    if (last_full < 0)
      s.notes.push_back(panel.states[i].name +
                        " has no share of GDP: its spending follows its expected growth with a "
                        "shock of 6 % a year");
    if (s.own_last[i] < s.start)
      s.notes.push_back(panel.states[i].name + " has no figures after " +
                        std::to_string(s.own_last[i]) + ": its spending is simulated from then on");
  }
}

void find_observed(const Past& past, Schedule& s) {
  s.world_growth = past.world_growth(s.first);
  for (StateIndex i = 0; i < s.states(); ++i) {
    s.income.push_back(past.memory(i, past.year()).income);
    s.share_keeping.push_back(past.share_keeping(i));
  }
  for (int year = s.first - 1; year <= s.start; ++year)
    for (StateIndex i = 0; i < s.states(); ++i) {
      const MilexCell& c = past.panel().cell(i, year);
      s.log_milex.push_back(c.present() ? log(c.milex) : missing);
      s.log_gdp.push_back(c.present() && known(c.burden) ? log(c.milex) - log(c.burden) : missing);
      s.unrest.push_back(past.unrest(i, year));
      s.stock.push_back(past.stock(i, year));
      s.lasting.push_back(year < past.panel().first_year ? LastingGrowth<double>()
                                                         : past.lasting(i, year));
    }
}

void find_growth(const Past& past, Schedule& s) {
  s.expected_growth.assign(static_cast<std::size_t>(s.end - s.first + 1) * s.states(), missing);
  for (StateIndex i = 0; i < s.states(); ++i) {
    s.wedge.push_back(s.law[i] == Law::equation ? past.wedge(i) : Wedge{0, 0});
    double held = missing;
    for (int year = s.first; year <= s.end; ++year) {
      for (const GrowthRow& row : past.panel().growth)
        if (row.state == i && row.year == year) held = row.growth;
      s.expected_growth[s.at(year, i)] = held;
    }
  }
}

/// A plan as it acts, kept as it was known in `start` that such plans are kept.
Lever lever_of(const PlanRow& r, const Panel& panel, int start) {
  const double target = r.burden * r.to_panel;
  Lever lever{.kind = LeverKind::plan,
              .state = r.state,
              .from = r.from,
              .by = r.by,
              .value = {target, target * r.to_panel_sd, target / 2, 2 * target},
              .adherence = {r.adherence_mean, r.adherence_sd, 0, r.adherence_max}};
  if (!r.by_kind) return lever;
  const Keeping* const known_then = keeping_in(panel, start);
  const Keeping keeping = known_then ? *known_then : Keeping{};
  lever.adherence = adherence_of(keeping.of(r.kind));
  lever.lateness = keeping.lateness;
  return lever;
}

/// The plans.csv rows that were known at the start as levers, the latest announced last.
std::vector<Lever> announced_plans(const Panel& panel, int start) {
  std::vector<PlanRow> rows = panel.plans;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const PlanRow& a, const PlanRow& b) { return a.announced < b.announced; });
  std::vector<Lever> levers;
  for (const PlanRow& r : rows)
    if (r.announced <= start) levers.push_back(lever_of(r, panel, start));
  return levers;
}

/// Whether a state's plans.csv says what it plans after a year.
bool has_plan(const Panel& panel, StateIndex i, int year) {
  return std::any_of(panel.plans.begin(), panel.plans.end(), [&](const PlanRow& p) {
    return p.state == i && p.announced <= year && p.by > year;
  });
}

}  // namespace

std::vector<PlanRow> promises_in_force(const Panel& panel, int start) {
  std::vector<PlanRow> all, strictest;
  if (keeping_in(panel, start) == nullptr) return all;
  for (const Pledge& p : panel.pledges)
    if (p.reaches_share() && p.announced <= start && p.due() > start &&
        (p.withdrawn == 0 || p.withdrawn > start) && !has_plan(panel, p.state, start))
      all.push_back({.state = p.state,
                     .announced = p.announced,
                     .burden = p.target,
                     .from = p.from,
                     .by = p.due(),
                     .definition = p.definition,
                     .to_panel = p.to_panel > 0 ? p.to_panel : 1,
                     .status = p.status,
                     .source = p.source,
                     .by_kind = true,
                     .kind = p.kind});
  // as much, as soon and as firm; of two that are the same the first
  const auto outdone = [&](const PlanRow& l) {
    return std::any_of(all.begin(), all.end(), [&](const PlanRow& other) {
      const double its = other.burden * other.to_panel, own = l.burden * l.to_panel;
      if (other.state != l.state || its < own || other.by > l.by || other.kind > l.kind)
        return false;
      return its != own || other.by != l.by || other.kind != l.kind || &other < &l;
    });
  };
  for (const PlanRow& row : all)
    if (!outdone(row)) strictest.push_back(row);
  return strictest;
}

namespace {

/// Puts the levers of a schedule into its years; of two on one thing the later wins.
class Timetable {
 public:
  Timetable(const Past& past, Schedule& s) : past_(past), s_(s) {
    s.acting.resize(static_cast<std::size_t>(s.end - s.first + 1) * s.states());
  }
  /// A lever of the scenario may bound what acts without it; an announced plan is what acts.
  void put(const Lever& lever, bool announced);
  /// A state's promises share their luck: in one future all are kept as well as their kinds are in
  /// that quantile.
  void promise(const Lever& lever) {
    plan(lever, lever.state, entity_id("promise " + s_.ids[lever.state]), true);
  }
  /// Where the ways of plans begin and end, and when relations change.
  void finish();

 private:
  int value(const Value& v, std::uint32_t key, int which) {
    s_.values.push_back({v, key, which});
    return static_cast<int>(s_.values.size()) - 1;
  }
  Acting& at(int year, StateIndex i) { return s_.acting[s_.at(year, i)]; }
  void plan(const Lever& lever, StateIndex state, std::uint32_t key, bool bounds);
  void plans(const Lever& lever, bool bounds);
  void path(const Lever& lever, std::uint32_t key);
  void number(const Lever& lever, int value);
  void relation(const Lever& lever, int value);
  void troops(const Lever& lever, int value);
  void war(const Lever& lever, int value);
  void displace(StateIndex state, int year);
  void order_bounds();
  void find_changes();
  /// Where the way of a plan that acts by `years` begins and ends.
  template <class Years>
  void find_ways(const Years& years);

  const Past& past_;
  Schedule& s_;
};

/// What says just how much a state spends takes the place of every bound above it.
void Timetable::displace(StateIndex state, int year) {
  for (ScheduledBound& b : s_.bounds)
    if (s_.plans[static_cast<std::size_t>(b.plan)].state == state)
      b.years[static_cast<std::size_t>(year - s_.first)].plan = -1;
}

void Timetable::plan(const Lever& lever, StateIndex state, std::uint32_t key, bool bounds) {
  const int from = std::max(lever.from, s_.start + 1);
  if (lever.by < from || s_.law[state] != Law::equation) return;
  const int which = static_cast<int>(s_.plans.size());
  s_.plans.push_back({.state = state,
                      .from = from,
                      .by = lever.by,
                      .target = value(lever.value, key, 0),
                      .adherence = value(lever.adherence, key, 1),
                      .in_money = spec(lever).unit == Unit::money,
                      .lateness = lever.lateness,
                      .as = lever.as});
  if (bounds) s_.bounds.push_back({which, std::vector<PlanYear>(s_.base.size()), {}});
  for (int year = from; year <= std::min(lever.by, s_.end); ++year) {
    if (bounds) {
      s_.bounds.back().years[static_cast<std::size_t>(year - s_.first)].plan = which;
      continue;
    }
    displace(state, year);
    at(year, state).plan.plan = which;
    at(year, state).path = -1;
  }
}

void Timetable::plans(const Lever& lever, bool bounds) {
  for (const StateIndex i : moved_states(lever)) {
    Lever one = lever;
    one.state = i;
    plan(lever, i, lever_key(one, s_.ids), bounds);
  }
}

/// All years of a path stand at the same quantile of their values: one forecast, one error.
void Timetable::path(const Lever& lever, std::uint32_t key) {
  for (const YearValue& y : lever.path)
    if (y.year > s_.start && y.year <= s_.end && s_.law[lever.state] != Law::idle) {
      at(y.year, lever.state).path = value(y.value, key, 0);
      at(y.year, lever.state).plan.plan = -1;
      displace(lever.state, y.year);
    }
}

void Timetable::relation(const Lever& lever, int value) {
  const auto both = [&](const Link& l, StateIndex i, StateIndex j) { return l.i == i && l.j == j; };
  SetLink set{lever.from, last_year(lever), {}, value};
  if (spec(lever).place == LeverPlace::hostility) {
    for (std::size_t k = 0; k < s_.topology.threats.size(); ++k)
      if (both(s_.topology.threats[k], lever.state, lever.other) ||
          both(s_.topology.threats[k], lever.other, lever.state))
        set.links.push_back(k);
    s_.hostility.push_back(std::move(set));
  } else {
    for (std::size_t k = 0; k < s_.topology.covers.size(); ++k)
      if (both(s_.topology.covers[k], lever.other, lever.state)) set.links.push_back(k);
    s_.cover.push_back(std::move(set));
  }
}

void Timetable::troops(const Lever& lever, int value) {
  const SafetyRecord& safety = past_.safety();
  const double others =
      safety.troops(lever.other, s_.start) - safety.troops_of(lever.state, lever.other, s_.start);
  s_.troops_set.push_back(
      {lever.other, lever.from, last_year(lever), known(others) ? others : 0, value});
}

/// An aggression of `state` against `other`: it is felt in the region of the attacked, by its
/// distance from the attacked one's capital.
void Timetable::war(const Lever& lever, int value) {
  const State& there = past_.panel().states[lever.other];
  const Aggression aggression{.aggressor = lever.state,
                              .start = lever.from,
                              .end = last_year(lever),
                              .lat = there.lat,
                              .lon = there.lon,
                              .exposed_region = there.region,
                              .name = ""};
  SetWar set{lever.from, last_year(lever), value, {}, {lever.state, lever.other}};
  for (StateIndex i = 0; i < s_.states(); ++i)
    set.nearness.push_back(i == lever.other || there.region.empty()
                               ? 0.0
                               : past_.safety().nearness(aggression, i, s_.start));
  s_.wars_set.push_back(std::move(set));
}

void Timetable::number(const Lever& lever, int value) {
  const LeverSpec& s = spec(lever);
  for (int year = std::max(lever.from, s_.first); year <= std::min(last_year(lever), s_.end);
       ++year)
    for (StateIndex i = 0; i < s_.states(); ++i) {
      if (lever.state != all_states && lever.state != i) continue;
      Acting& now = at(year, i);
      (s.number ? now.*s.number : now.response[static_cast<std::size_t>(lever.reaction)]) = value;
    }
}

void Timetable::put(const Lever& lever, bool announced) {
  const std::uint32_t key = lever_key(lever, s_.ids);
  switch (spec(lever).place) {
    case LeverPlace::plan:
      return plans(lever, !announced && is_bound(lever));
    case LeverPlace::path:
      return path(lever, key);
    case LeverPlace::hostility:
    case LeverPlace::cover:
      return relation(lever, value(lever.value, key, 0));
    case LeverPlace::troops:
      return troops(lever, value(lever.value, key, 0));
    case LeverPlace::war:
      return war(lever, value(lever.value, key, 0));
    case LeverPlace::number:
    case LeverPlace::reaction:
      return number(lever, value(lever.value, key, 0));
  }
}

template <class Years>
void Timetable::find_ways(const Years& years) {
  int begun = s_.first;  // the year before the one from which the plan acts without a break
  for (int year = s_.first + 1; year <= s_.end; ++year) {
    const auto& [now, ended] = years(year);
    const PlanYear before = years(year - 1).first;
    if (before.plan >= 0 && s_.plans[static_cast<std::size_t>(before.plan)].by == year - 1)
      ended = {before.plan, s_.plans[static_cast<std::size_t>(before.plan)].by - begun, false};
    if (now.plan < 0) continue;
    now.begins = now.plan != before.plan;
    if (now.begins) begun = year - 1;
    now.way = s_.plans[static_cast<std::size_t>(now.plan)].by - begun;
  }
}

/// Bounds in the order of states, those of a state in the order of their lines.
void Timetable::order_bounds() {
  std::stable_sort(s_.bounds.begin(), s_.bounds.end(),
                   [&](const ScheduledBound& a, const ScheduledBound& b) {
                     return s_.plans[static_cast<std::size_t>(a.plan)].state <
                            s_.plans[static_cast<std::size_t>(b.plan)].state;
                   });
}

void Timetable::find_changes() {
  s_.changes.assign(s_.base.size(), false);
  for (int year = s_.first; year <= s_.end; ++year) {
    char& changes = s_.changes[year - s_.first];
    if (year == s_.first) {
      changes = true;
      continue;
    }
    const Relations<double>&now = s_.base[year - s_.first], &before = s_.base[year - 1 - s_.first];
    changes =
        now.hostility != before.hostility || now.cover != before.cover || now.reach != before.reach;
    for (const auto* sets : {&s_.hostility, &s_.cover})
      for (const SetLink& set : *sets)
        changes = changes || set.from == year || set.until + 1 == year;
    for (const LeverSpec& lever : lever_table)
      for (StateIndex i = 0; i < s_.states(); ++i)
        changes = changes || (lever.number && lever.part == YearPart::relations &&
                              at(year, i).*lever.number != at(year - 1, i).*lever.number);
  }
}

void Timetable::finish() {
  for (StateIndex i = 0; i < s_.states(); ++i)
    find_ways([&](int year) {
      Acting& a = at(year, i);
      return std::pair<PlanYear&, PlanYear&>(a.plan, a.ended);
    });
  for (ScheduledBound& b : s_.bounds) {
    b.ended.resize(b.years.size());
    find_ways([&](int year) {
      const auto k = static_cast<std::size_t>(year - s_.first);
      return std::pair<PlanYear&, PlanYear&>(b.years[k], b.ended[k]);
    });
  }
  order_bounds();
  find_changes();
}

}  // namespace

Schedule schedule(const Past& past, const Scenario& scenario) {
  TENBIN_ASSERT(past.year() == scenario.start);
  const Panel& panel = past.panel();
  Schedule s{.start = scenario.start, .end = scenario.end, .seed = scenario.seed};
  for (const State& state : panel.states) {
    s.ids.push_back(state.id);
    s.regions.push_back(state.region);
    s.keys.push_back(entity_id(state.id));
  }
  find_disputes(past, scenario, s);
  find_laws(panel, s);
  find_relations(past, scenario, s);
  find_links(s.topology, s.dyads);
  find_safety(past, s);
  find_observed(past, s);
  find_growth(past, s);
  if (scenario.announced_plans) s.levers = announced_plans(panel, scenario.start);
  const std::size_t announced = s.levers.size();
  std::vector<Lever> promises;
  if (scenario.announced_plans)
    for (const PlanRow& r : promises_in_force(panel, scenario.start))
      promises.push_back(lever_of(r, panel, scenario.start));
  s.levers.insert(s.levers.end(), scenario.levers.begin(), scenario.levers.end());
  Timetable timetable(past, s);
  for (std::size_t k = 0; k < announced; ++k) timetable.put(s.levers[k], true);
  for (const Lever& l : promises) timetable.promise(l);
  for (std::size_t k = announced; k < s.levers.size(); ++k) timetable.put(s.levers[k], false);
  s.levers.insert(s.levers.begin() + static_cast<std::ptrdiff_t>(announced), promises.begin(),
                  promises.end());
  timetable.finish();
  return s;
}

Compiled compile(std::shared_ptr<const Past> past, std::vector<Scenario> scenarios) {
  Compiled c{std::move(past), std::move(scenarios), {}};
  for (const Scenario& s : c.scenarios) c.schedules.push_back(schedule(*c.past, s));
  return c;
}

double value_of(const Schedule& schedule, int v, std::int64_t future) {
  const auto& [value, entity, which] = schedule.values[v];
  if (value.is_fixed()) return clamp(value.mean, value.low, value.high);
  double u = uniforms({schedule.seed, Purpose::lever, static_cast<std::uint32_t>(future), entity,
                       static_cast<std::uint32_t>(which)})[0];
  if (value.ignored > 0) {
    if (u < value.ignored) return 0;
    u = (u - value.ignored) / (1 - value.ignored);
  }
  if (value.sd == 0) return clamp(value.mean, value.low, value.high);
  const double low = normal_cdf((value.low - value.mean) / value.sd),
               high = normal_cdf((value.high - value.mean) / value.sd);
  return clamp(
      value.mean + value.sd * inverse_normal(clamp(low + u * (high - low), least_tail, most_tail)),
      value.low, value.high);
}

namespace {

/// Everything that levers and plans do to one state in one year, as numbers that can be compared.
std::vector<double> hands_on(const Schedule& s, int year, StateIndex i) {
  std::vector<double> all;
  const auto value = [&](int v) {
    if (v < 0) return all.push_back(missing);
    const KeyedValue& k = s.values[v];
    for (const double x : {k.value.mean, k.value.sd, k.value.low, k.value.high, k.value.ignored,
                           static_cast<double>(k.key), static_cast<double>(k.which)})
      all.push_back(x);
  };
  const Acting& a = s.acts(year, i);
  const auto plan = [&](const PlanYear& p) {
    all.push_back(p.plan < 0 ? -1 : p.way);
    if (p.plan < 0) return;
    value(s.plans[p.plan].target);
    value(s.plans[p.plan].adherence);
    all.push_back(static_cast<double>(s.plans[p.plan].as));
    all.push_back(s.plans[p.plan].lateness);
  };
  plan(a.plan);
  plan(a.ended);
  for (const ScheduledBound& b : s.bounds) {
    const auto k = static_cast<std::size_t>(year - s.first);
    if (s.plans[b.plan].state != i || (b.years[k].plan < 0 && b.ended[k].plan < 0)) continue;
    plan(b.years[k]);
    plan(b.ended[k]);
  }
  for (const LeverSpec& lever : lever_table)
    if (lever.number) value(a.*lever.number);
  value(a.path);
  for (const int v : a.response) value(v);
  const auto relations = [&](const std::vector<SetLink>& sets, const std::vector<Link>& links) {
    std::map<StateIndex, int> in_force;  // by the other state
    for (const SetLink& set : sets)
      if (set.from <= year && year <= set.until)
        for (const std::size_t k : set.links)
          if (links[k].i == i) in_force[links[k].j] = set.value;
    for (const auto& [other, v] : in_force) all.push_back(other), value(v);
    all.push_back(-1);
  };
  relations(s.hostility, s.topology.threats);
  relations(s.cover, s.topology.covers);
  for (const SetTroops& set : s.troops_set)
    if (set.host == i && set.from <= year && year <= set.until) value(set.value);
  for (const SetWar& set : s.wars_set)
    if ((set.own[0] == i || set.own[1] == i || set.nearness[i] > 0) && set.from <= year &&
        year <= set.until)
      value(set.value);
  return all;
}

}  // namespace

std::vector<char> changed_states(const Schedule& a, const Schedule& b) {
  std::vector<char> changed(a.states(), false);
  const auto same = [](double x, double y) { return x == y || (!known(x) && !known(y)); };
  for (int year = a.first; year <= a.end; ++year)
    for (StateIndex i = 0; i < a.states(); ++i) {
      const std::vector<double> x = hands_on(a, year, i), y = hands_on(b, year, i);
      changed[i] = changed[i] || !std::equal(x.begin(), x.end(), y.begin(), y.end(), same);
    }
  return changed;
}

}  // namespace tenbin
