// SPDX-License-Identifier: Apache-2.0
#include "tenbin/analyse/tables.hpp"

#include <algorithm>

#include "tenbin/analyse/answers.hpp"
#include "tenbin/model/covariates.hpp"

namespace tenbin {

std::vector<ThreatShare> threat_shares(const Panel& panel, int year) {
  const Topology topo = topology(panel);
  const Relations<double> r = relations(panel, topo, year);
  const std::vector<double> stock = stocks(panel);
  std::vector<double> felt(topo.threats.size()), total(panel.size());
  for (std::size_t k = 0; k < felt.size(); ++k) {
    const Link& l = topo.threats[k];
    felt[k] = r.threat_weight[k] *
              stock[static_cast<std::size_t>(l.j) * panel.years() + (year - panel.first_year)];
    total[l.i] += felt[k];
  }
  std::vector<ThreatShare> shares;
  for (std::size_t k = 0; k < felt.size(); ++k) {
    if (!(r.hostility[k] > 0)) continue;
    const Link& l = topo.threats[k];
    shares.push_back({l.i, l.j, r.hostility[k], r.threat_weight[k] / r.hostility[k],
                      total[l.i] > 0 ? felt[k] / total[l.i] : 0});
  }
  std::stable_sort(shares.begin(), shares.end(), [](const ThreatShare& a, const ThreatShare& b) {
    return a.state != b.state ? a.state < b.state : a.share > b.share;
  });
  return shares;
}

std::vector<Reaching> reach_table(const Panel& panel, int year) {
  const Topology topo = topology(panel);
  const Relations<double> r = relations(panel, topo, year);
  std::vector<Reaching> table;
  for (std::size_t k = 0; k < topo.threats.size(); ++k) {
    const Link& l = topo.threats[k];  // j threatens i
    if (!(r.hostility[k] > 0) || !(r.reach[l.j] >= topo.distance[k])) continue;
    const Missile* first = nullptr;
    for (const Missile& m : panel.missiles)
      if (m.state == l.j && m.range_km >= topo.distance[k] && m.in_service <= year &&
          (!first || m.in_service < first->in_service))
        first = &m;
    if (!first) continue;  // no missile: two states at one place
    table.push_back({l.j, l.i, topo.distance[k], first->in_service, first->system});
  }
  std::stable_sort(table.begin(), table.end(), [](const Reaching& a, const Reaching& b) {
    return a.from != b.from ? a.from < b.from : a.distance_km < b.distance_km;
  });
  return table;
}

std::vector<TargetOutlook> target_outlook(const Panel& panel, const Ensemble& e) {
  std::vector<TargetOutlook> table;
  for (const PlanRow& p : panel.plans) {
    if (p.announced > e.start) continue;
    const MilexCell& cell = panel.cell(p.state, e.start);
    if (!known(cell.burden)) continue;
    const double target = p.burden * p.to_panel;
    TargetOutlook row{p.state,     p.burden,
                      target,      p.announced,
                      p.by,        p.definition,
                      p.status,    p.source,
                      cell.burden, (target - cell.burden) * cell.milex / cell.burden,
                      missing,     0};
    if (p.by > e.start && p.by <= e.end)
      row.probability = probability_at_least(e, p.state, p.by, target);
    for (int year = e.start; year <= e.end && row.year_reached == 0; ++year)
      if (probability_at_least(e, p.state, year, target) >= 0.5) row.year_reached = year;
    table.push_back(std::move(row));
  }
  return table;
}

}  // namespace tenbin
