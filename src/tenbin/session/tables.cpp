// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/tables.hpp"

#include <algorithm>

#include "tenbin/session/columns.hpp"

namespace tenbin {

TidyTable response_table(const Runs& runs, const std::vector<Response>& responses) {
  TidyTable table;
  for (const char* name : {"scenario", "state", "raised"}) table.text(name);
  table.integer("years");
  add_band(table);
  add_chance(table, "positive");
  add_chance(table, "negative");
  for (const Response& r : responses)
    table << runs.scenarios[0].id << runs.panel().states[r.of].id << runs.panel().states[r.to].id
          << r.years << r.change << r.positive << r.negative;
  return table;
}

TidyTable target_table(const Runs& runs, const std::vector<TargetOutlook>& targets) {
  TidyTable table;
  table.text("scenario");
  table.text("state");
  table.number("announced", "{:.6g}");
  table.integer("announced_in");
  table.integer("by");
  for (const char* name : {"target", "now", "gap"}) table.number(name, "{:.6g}");
  add_chance(table, "in_time");
  add_chance(table, "ever");
  table.number("year_reached");
  add_chance(table, "in_that_year");
  for (const TargetOutlook& o : targets)
    table << runs.scenarios[0].id << runs.panel().states[o.state].id << o.announced
          << o.announced_in << o.by << o.target << o.now << o.gap << o.in_time << o.ever
          << (o.year_reached ? o.year_reached : missing) << o.in_that_year;
  return table;
}

std::vector<BlocPair> ask_balances(std::vector<Measure>& measures, const Runs& runs) {
  const std::vector<Bloc>& blocs = runs.scenarios[0].blocs;
  if (blocs.size() < 2)
    throw Error({{runs.files.front().string(), "a balance needs two blocs",
                  "Write [blocs] and below it two lists, such as china = [\"CHN\"]"}});
  std::vector<BlocPair> pairs;
  for (std::size_t a = 0; a < blocs.size(); ++a)
    for (std::size_t b = a + 1; b < blocs.size(); ++b)
      pairs.push_back(
          {&blocs[a], &blocs[b],
           ask_balance(measures, runs.panel(), runs.schedules[0], 0, blocs[a], blocs[b])});
  return pairs;
}

TidyTable balance_table(const Runs& runs, const std::vector<BlocPair>& pairs, const Tally& t) {
  TidyTable table;
  for (const char* name : {"scenario", "first", "second"}) table.text(name);
  table.integer("year");
  table.text("quantity");
  add_band(table);
  add_chance(table, "first_ahead");
  for (const BlocPair& pair : pairs)
    for (const BalanceYear& y : read_balance(t, pair.question))
      for (const auto& [name, band] :
           {std::pair{"first", &y.first}, {"second", &y.second}, {"ratio", &y.ratio}})
        table << runs.scenarios[0].id << pair.first->name << pair.second->name << y.year << name
              << *band << y.first_ahead;
  return table;
}

TidyTable reach_table(const Panel& panel, const std::vector<Reaching>& reach) {
  TidyTable table;
  table.text("from");
  table.text("to");
  table.number("distance_km", "{:.1f}");
  table.integer("since");
  table.text("system");
  for (const Reaching& r : reach)
    table << panel.states[r.from].id << panel.states[r.to].id << r.distance_km << r.since
          << r.system;
  return table;
}

TidyTable parameter_table(const Posterior& posterior) {
  TidyTable table;
  for (const char* name : {"equation", "parameter", "element"}) table.text(name);
  for (const char* name :
       {"mean", "sd", "q05", "median", "q95", "rhat", "ess_bulk", "ess_tail", "mcse_mean"})
    table.number(name, "{:.8g}");
  table.integer("prior_driven");
  for (const Equation equation : {Equation::spending, Equation::economy}) {
    const Draws& draws = equation == Equation::spending ? posterior.spending : posterior.economy;
    const auto& summaries =
        equation == Equation::spending ? posterior.spending_summary : posterior.economy_summary;
    const auto specs = parameters(equation);
    for (const Column& c : draws.columns)
      for (std::size_t k = 0; k < c.size(); ++k) {
        const Summary& s = summaries[c.offset + k];
        const ParameterSpec& spec = specs[parameter_index(specs, c.name)];
        if (s.fixed) continue;
        table << equation_name(equation) << c.name
              << (c.elements.empty() ? std::string() : c.elements[k]) << s.mean << s.sd << s.q05
              << s.median << s.q95 << s.rhat << s.ess_bulk << s.ess_tail << s.mcse_mean
              << (spec.scope == Scope::global && prior_driven(spec, s.sd) ? 1 : 0);
      }
  }
  return table;
}

}  // namespace tenbin
