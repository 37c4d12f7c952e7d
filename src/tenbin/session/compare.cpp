// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/compare.hpp"

#include <cmath>

#include "tenbin/session/columns.hpp"

namespace tenbin {

ComparisonQuestion ask_comparisons(const Runs& runs) {
  ComparisonQuestion a{runs.projection()};
  a.projection.runs.resize(1);  // the others come as stages
  const Schedule& base = runs.schedules[0];
  for (std::size_t q = 0; q < compared_quantities.size(); ++q)
    a.baseline[q] = ask_fan(a.measures, base, 0, compared_quantities[q], false);
  a.whole.push_back(0);
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
    const Stages stages = add_stages(a.projection.runs, runs.schedules[s]);
    a.whole.push_back(stages.run.back());
    Compared c{.scenario = s};
    for (std::size_t q = 0; q < compared_quantities.size(); ++q) {
      const Quantity quantity = compared_quantities[q];
      c.changed[q] = ask_fan(a.measures, base, stages.run.back(), quantity, false);
      c.effect[q][0] = ask_comparison(a.measures, base, 0, stages.run.back(), quantity);
      for (std::size_t k = 1; k < compared_effects.size(); ++k)
        c.effect[q][k] =
            ask_comparison(a.measures, base, stages.run[k - 1], stages.run[k], quantity);
    }
    a.scenarios.push_back(c);
  }
  return a;
}

double unpaired_error(const Tally& t, const Place& a, const Place& b, int year, int state) {
  const Distribution &x = t.parts[a.of(year, state)], &y = t.parts[b.of(year, state)];
  if (!x.exists()) return missing;
  return std::sqrt((x.sd() * x.sd() + y.sd() * y.sd()) / static_cast<double>(x.count()));
}

TidyTable comparison_table(const Runs& runs, const ComparisonQuestion& a, const Tally& t) {
  TidyTable table;
  for (const char* name : {"baseline", "scenario", "state"}) table.text(name);
  table.integer("year");
  table.text("quantity");
  table.text("effect");
  add_band(table);
  table.number("error", "{:.3g}");
  table.number("unpaired_error", "{:.3g}");
  add_chance(table, "positive");
  add_chance(table, "negative");
  for (const Compared& c : a.scenarios)
    for (std::size_t q = 0; q < compared_quantities.size(); ++q)
      for (std::size_t k = 0; k < compared_effects.size(); ++k) {
        const Comparison differences = read_comparison(t, c.effect[q][k]);
        for (StateIndex i = 0; i < runs.panel().size(); ++i)
          for (int year = a.baseline[q].start + 1; year <= a.baseline[q].end; ++year) {
            const Difference& d = differences.at(year, i);
            if (!d.band.exists) continue;
            table << runs.scenarios[0].id << runs.scenarios[c.scenario].id
                  << runs.panel().states[i].id << year << quantity_name(compared_quantities[q])
                  << compared_effects[k] << d.band << d.error
                  << unpaired_error(t, a.baseline[q], c.changed[q], year, i) << d.positive
                  << d.negative;
          }
      }
  return table;
}

}  // namespace tenbin
