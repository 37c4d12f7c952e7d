// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/tables.hpp"

#include <algorithm>

namespace tenbin {

std::vector<Reaching> reach_table(const Past& past, bool all) {
  const Panel& panel = past.panel();
  const Topology& topo = past.topology();
  const Relations<double>& r = past.relations(past.year());
  std::vector<Link> pairs;  // j threatens i
  for (std::size_t k = 0; k < topo.threats.size(); ++k)
    if (!all && r.hostility[k] > 0) pairs.push_back(topo.threats[k]);
  for (StateIndex i = 0; all && i < panel.size(); ++i)
    for (StateIndex j = 0; j < panel.size(); ++j)
      if (i != j) pairs.push_back({i, j});
  const std::vector<double> distance = distances(panel, pairs);
  std::vector<Reaching> table;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const Missile* first = nullptr;
    for (const Missile& m : panel.missiles)
      if (m.state == pairs[k].j && m.range_km >= distance[k] && m.in_service <= past.year() &&
          (!first || m.in_service < first->in_service))
        first = &m;
    if (first)
      table.push_back({pairs[k].j, pairs[k].i, distance[k], first->in_service, first->system});
  }
  std::stable_sort(table.begin(), table.end(), [](const Reaching& a, const Reaching& b) {
    return a.from != b.from ? a.from < b.from : a.distance_km < b.distance_km;
  });
  return table;
}

TargetQuestion ask_targets(std::vector<Measure>& measures, const Panel& panel,
                           const Schedule& schedule, int run) {
  TargetQuestion q{{}, schedule.start, schedule.end};
  std::vector<PlanRow> plans = panel.plans;
  const std::vector<PlanRow> promises = promises_in_force(panel, q.start);
  plans.insert(plans.end(), promises.begin(), promises.end());
  for (const PlanRow& p : plans) {
    if (p.announced > q.start || !known(panel.cell(p.state, q.start).burden)) continue;
    const double target = p.burden * p.to_panel;
    TargetQuestion::Row row{p, {}, 0};
    for (int year = q.start; year <= q.end; ++year)
      row.years.push_back(ask_at_least(measures, run, Quantity::burden, p.state, year, target));
    row.ever = measures.size();
    measures.push_back(
        {[=, start = q.start, end = q.end, state = p.state](
             std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
           for (double& x : room) x = 0;
           for (int year = start; year <= end; ++year) {
             const auto b = runs[run].burden(year, state);
             for (std::size_t f = 0; f < room.size(); ++f)
               if (b[f] >= target) room[f] = 1;
           }
           return room;
         },
         chance_unit, false});
    q.rows.push_back(std::move(row));
  }
  return q;
}

std::vector<TargetOutlook> read_targets(const Tally& tally, const TargetQuestion& q,
                                        const Panel& panel) {
  std::vector<TargetOutlook> table;
  for (const TargetQuestion::Row& row : q.rows) {
    const PlanRow& p = row.plan;
    const MilexCell& cell = panel.cell(p.state, q.start);
    const double target = p.burden * p.to_panel;
    TargetOutlook out{p.state,
                      p.burden,
                      target,
                      p.announced,
                      p.by,
                      p.definition,
                      p.status,
                      p.source,
                      cell.burden,
                      (target - cell.burden) * cell.milex / cell.burden,
                      {missing, 0},
                      tally.parts[row.ever].positive(),
                      0,
                      {missing, 0},
                      p.kind,
                      p.by_kind};
    const auto chance = [&](int year) { return tally.parts[row.years[year - q.start]].positive(); };
    if (p.by > q.start && p.by <= q.end) out.in_time = chance(p.by);
    for (int year = q.start; year <= q.end && out.year_reached == 0; ++year)
      if (chance(year).p >= 0.5) out.year_reached = year, out.in_that_year = chance(year);
    table.push_back(std::move(out));
  }
  return table;
}

}  // namespace tenbin
