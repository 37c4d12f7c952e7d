// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/explain.hpp"

#include <algorithm>

#include "tenbin/model/simulate.hpp"
#include "tenbin/model/world.hpp"

namespace tenbin {
namespace {

constexpr std::size_t terms = term_names.size();

/// Logarithmic mean of both years' milex: what turns a change of the log into money.
double money_of_log(double before, double after) {
  const double change = after - before;
  if (absolute(change) < 1e-8) return exp(0.5 * (before + after));
  return (exp(after) - exp(before)) / change;
}

/// Parts in the order of the measures: each term and the whole as log, then as money, then milex
/// before and after.
Explanation explanation(std::span<const Distribution> d) {
  Explanation e;
  for (std::size_t k = 0; k <= terms; ++k) {
    Explanation::Part& part = k < terms ? e.parts[k] : e.whole;
    part = {d[k].mean(), d[k].band(), d[terms + 1 + k].mean()};
  }
  e.before = d[2 * terms + 2].mean();
  e.after = d[2 * terms + 3].mean();
  e.count = d[0].count();
  return e;
}

}  // namespace

std::size_t ask_explanation(std::vector<Measure>& measures, int run) {
  const std::size_t at = measures.size();
  for (const bool money : {false, true})
    for (std::size_t k = 0; k <= terms; ++k)
      measures.push_back(
          {[=](std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
             const auto before = runs[run].term(terms), after = runs[run].term(terms + 1);
             for (std::size_t f = 0; f < room.size(); ++f) {
               room[f] = k < terms ? runs[run].term(k)[f] : after[f] - before[f];
               if (money) room[f] *= money_of_log(before[f], after[f]);
             }
             return room;
           },
           money ? milex_unit : change_unit, !money});
  for (const std::size_t which : {terms, terms + 1})
    measures.push_back(
        {[=](std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
           for (std::size_t f = 0; f < room.size(); ++f) room[f] = exp(runs[run].term(which)[f]);
           return room;
         },
         milex_unit, false});
  return at;
}

Explanation read_explanation(const Tally& tally, std::size_t at) {
  return explanation(std::span(tally.parts).subspan(at, 2 * terms + 4));
}

std::optional<Explanation> explain_past(const Past& past, const Draws& spending, StateIndex state,
                                        int year) {
  const Panel& panel = past.panel();
  const std::vector<Row>& rows = past.rows();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const Row& r) { return r.state == state && r.year == year; });
  const SpendingLayout layout(spending.columns);
  const int fitted = layout.state(panel.states[state].id);
  if (row == rows.end() || fitted < 0 || year < layout.first_year() || year > layout.last_year())
    return std::nullopt;
  const std::size_t wave =
      layout.at_year(SpendingParameter::wave, year, layout.series_of(panel.states[state].region));
  const double after = log(panel.cell(state, year).milex), before = after - row->milex_growth;
  std::vector<Distribution> d;
  for (std::size_t k = 0; k < 2 * terms + 4; ++k)
    d.emplace_back(k <= terms ? Keep::values : Keep::moments,
                   k <= terms ? change_unit : milex_unit);
  for (std::size_t k = 0; k < spending.size(); ++k) {
    const StateParameters<double> own = spending_of(layout, fitted, spending.draw(k));
    Terms<double> t =
        terms_of_year(own, own.target, year_before(*row), row->gdp_growth, spending.draw(k)[wave]);
    t.shock = row->milex_growth - t.mean();
    const std::array<double, terms + 1> parts{t.habit,  t.income, t.momentum, t.danger,
                                              t.rivals, t.allies, t.presence, t.war,
                                              t.wave,   t.plan,   t.shock,    row->milex_growth};
    const auto groups = groups_of(static_cast<std::int64_t>(k), 1,
                                  static_cast<std::int64_t>(spending.size()), spending.size());
    const auto add = [&](std::size_t at, double x) { d[at].add(std::span(&x, 1), groups); };
    for (std::size_t p = 0; p <= terms; ++p) {
      add(p, parts[p]);
      add(terms + 1 + p, parts[p] * money_of_log(before, after));
    }
    add(2 * terms + 2, exp(before));
    add(2 * terms + 3, exp(after));
  }
  Explanation e = explanation(d);
  e.past = true;
  return e;
}

}  // namespace tenbin
