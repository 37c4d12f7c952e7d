// SPDX-License-Identifier: Apache-2.0
#include "tenbin/project/schedule.hpp"

#include <algorithm>

#include "tenbin/core/levers.hpp"
#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

/// Key of a lever's values: its kind, states and years, so that scenarios that hold the same lever
/// share the draw.
std::uint32_t lever_key(const Lever& lever, const std::vector<std::string>& ids) {
  std::string name = std::string(spec(lever.kind).name) + " " + ids[lever.state];
  const bool pair = lever.kind == LeverKind::commitment || lever.kind == LeverKind::hostility;
  if (pair) name += " " + ids[lever.other];
  return entity_id(name + " " + std::to_string(lever.from) + " " + std::to_string(lever.by));
}

void add_link(std::vector<Link>& links, StateIndex i, StateIndex j) {
  const auto place = std::lower_bound(
      links.begin(), links.end(), Link{i, j},
      [](const Link& a, const Link& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; });
  if (place == links.end() || place->i != i || place->j != j) links.insert(place, {i, j});
}

/// Pairs of the panel and of the levers, in order.
Topology with_levers(const Panel& panel, const Scenario& scenario) {
  Topology t = topology(panel);
  for (const Lever& l : scenario.levers) {
    if (l.kind == LeverKind::commitment) add_link(t.covers, l.other, l.state);
    if (l.kind == LeverKind::hostility)
      add_link(t.threats, l.state, l.other), add_link(t.threats, l.other, l.state);
  }
  t.distance = distances(panel, t.threats);
  return t;
}

void find_laws(const Panel& panel, Schedule& s) {
  s.law.assign(panel.size(), Law::idle);
  s.own_last.assign(panel.size(), s.start);
  s.first = s.start;
  for (StateIndex i = 0; i < panel.size(); ++i) {
    const int last_full = last_with_burden(panel, i, s.start).value_or(-1),
              last_any = last_with_figures(panel, i, s.start).value_or(-1);
    if (last_any < 0) {
      s.notes.push_back(panel.states[i].id + " has no figures since " +
                        std::to_string(s.start - oldest_figures) +
                        ": it is not projected and its stock decays");
      continue;
    }
    s.law[i] = last_full >= 0 ? Law::equation : Law::no_burden;
    s.own_last[i] = last_full >= 0 ? last_full : last_any;
    s.first = std::min(s.first, s.own_last[i]);
    if (last_full < 0)
      s.notes.push_back(panel.states[i].id +
                        " has no share of GDP: its spending follows its expected growth with a "
                        "shock of 6 % a year");
    if (s.own_last[i] < s.start)
      s.notes.push_back(panel.states[i].id + " is stepped from " + std::to_string(s.own_last[i]) +
                        ", its last year with figures");
  }
}

void find_observed(const Panel& panel, Schedule& s) {
  const std::vector<double> stock = stocks(panel);
  for (int year = s.first - 1; year <= s.start; ++year)
    for (StateIndex i = 0; i < panel.size(); ++i) {
      const MilexCell& c = panel.cell(i, year);
      s.log_milex.push_back(c.present() ? log(c.milex) : missing);
      s.log_gdp.push_back(c.present() && known(c.burden) ? log(c.milex) - log(c.burden) : missing);
      const bool inside = year >= panel.first_year;
      s.stock.push_back(
          inside ? stock[static_cast<std::size_t>(i) * panel.years() + (year - panel.first_year)]
                 : 0.0);
    }
}

void find_growth(const Panel& panel, Schedule& s) {
  s.expected_growth.assign(static_cast<std::size_t>(s.end - s.first + 1) * s.states(), missing);
  for (StateIndex i = 0; i < panel.size(); ++i) {
    double held = missing;
    for (int year = s.first; year <= s.end; ++year) {
      for (const GrowthRow& row : panel.growth)
        if (row.state == i && row.year == year) held = row.growth;
      s.expected_growth[s.at(year, i)] = held;
    }
  }
}

void find_plans(const Panel& panel, const Scenario& scenario, Schedule& s) {
  const auto add = [&](StateIndex state, int from, int by, Value burden, Value adherence,
                       PlanMode as, std::uint32_t key) {
    ScheduledPlan plan{state, std::max(from, s.start + 1), by, burden, adherence, as, key};
    if (plan.by >= plan.from && s.law[state] == Law::equation) s.plans.push_back(plan);
  };
  if (scenario.announced_plans) {
    std::vector<PlanRow> rows = panel.plans;
    std::stable_sort(rows.begin(), rows.end(),
                     [](const PlanRow& a, const PlanRow& b) { return a.announced < b.announced; });
    for (const PlanRow& r : rows) {
      if (r.announced > s.start) continue;  // not known at the start
      const double target = r.burden * r.to_panel;
      add(r.state, r.from, r.by, {target, 0, target, target},
          {r.adherence_mean, r.adherence_sd, 0, r.adherence_max}, PlanMode::at_least,
          lever_key({.kind = LeverKind::plan, .state = r.state, .from = r.from, .by = r.by},
                    s.ids));
    }
  }
  for (const Lever& l : scenario.levers) {
    if (l.kind == LeverKind::plan) {
      add(l.state, l.from, l.by, l.value, l.adherence, l.as, lever_key(l, s.ids));
    } else {
      s.levers.push_back(l);
      s.lever_keys.push_back(lever_key(l, s.ids));
    }
  }
}

}  // namespace

int Schedule::plan_in_force(StateIndex i, int year) const {
  for (int k = static_cast<int>(plans.size()) - 1; k >= 0; --k)
    if (plans[k].state == i && plans[k].from <= year && year <= plans[k].by) return k;
  return -1;
}

int Schedule::way_begins(int k, int year) const {
  while (plan_in_force(plans[k].state, year) == k) --year;
  return year;
}

Schedule schedule(const Panel& whole, const Scenario& scenario) {
  const Panel panel = cut(whole, scenario.start);
  Schedule s{.start = scenario.start,
             .end = scenario.end,
             .seed = scenario.seed,
             .topology = with_levers(panel, scenario)};
  for (const State& state : panel.states) {
    s.ids.push_back(state.id);
    s.keys.push_back(entity_id(state.id));
  }
  find_laws(panel, s);
  for (int year = s.first; year <= s.end; ++year)
    s.base.push_back(relations(panel, s.topology, year));
  find_observed(panel, s);
  find_growth(panel, s);
  find_plans(panel, scenario, s);
  return s;
}

}  // namespace tenbin
