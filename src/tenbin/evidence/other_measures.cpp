// SPDX-License-Identifier: Apache-2.0
// Computations that are no regressions of the spending equation.
#include <fmt/format.h>

#include <numeric>

#include "tenbin/core/problem.hpp"
#include "tenbin/evidence/measures.hpp"
#include "tenbin/futures/linear.hpp"
#include "tenbin/futures/races.hpp"
#include "tenbin/futures/stability.hpp"

namespace tenbin {
namespace {

/// Mean and standard error of a mean, of values.
struct Mean {
  double value = missing, error = missing;
  int of = 0;
};
Mean mean_of(const std::vector<double>& x) {
  Mean m{.value = 0, .of = static_cast<int>(x.size())};
  if (x.empty()) return {};
  double square = 0;
  const double n = static_cast<double>(x.size());
  for (const double v : x) m.value += v / n;
  for (const double v : x) square += (v - m.value) * (v - m.value);
  if (x.size() > 1) m.error = square_root(square / (n - 1) / n);
  return m;
}

/// Mean growth of a state's spending a year, percent; missing without figures at both ends.
double mean_growth(const Panel& panel, StateIndex i, const std::vector<double>& years) {
  const int first = static_cast<int>(years[0]), last = static_cast<int>(years[1]);
  const MilexCell &from = panel.cell(i, first), &to = panel.cell(i, last);
  if (!from.observed() || !to.observed() || last <= first) return missing;
  return 100 * log(to.milex / from.milex) / (last - first);
}

}  // namespace

Computed growth_gap(const Grounds& grounds, const Given& p) {
  const Panel& panel = grounds.past->panel();
  const std::vector<double>&before = p.numbers("before"), &after = p.numbers("after");
  if (before.size() != 2 || after.size() != 2)
    throw Error({{"growth-gap", "its parameters before and after are not two years each",
                  "Write before = [2006, 2014]"}});
  const double below = p.number("below", 1);
  const auto changes = [&](const char* group) {
    std::vector<double> all;
    for (const StateIndex i : p.states(group)) {
      const double burden = panel.cell(i, static_cast<int>(before[1])).burden;
      const double change = mean_growth(panel, i, after) - mean_growth(panel, i, before);
      if (known(change) && burden < below) all.push_back(change);
    }
    return all;
  };
  const Mean members = mean_of(changes("members")), others = mean_of(changes("others"));
  if (members.of < 2 || others.of < 2)
    throw Error({{panel.name, "has fewer than two states of a group with figures in all years",
                  "Give a panel of all states of the world"}});
  const auto gap_to = [&](const char* name, const Mean& them) {
    return ComputedFigure{name, members.value - them.value,
                          square_root(members.error * members.error + them.error * them.error)};
  };
  const ComputedFigure gap = gap_to("", others);
  return {.estimate = gap.value,
          .error = gap.error,
          .cases = members.of + others.of,
          .figures = {gap_to("less the wider group\u2019s change", mean_of(changes("wider"))),
                      {"change of the members, points a year", members.value, members.error},
                      {"change of the others, points a year", others.value, others.error},
                      {"members counted", static_cast<double>(members.of), missing},
                      {"others counted", static_cast<double>(others.of), missing}}};
}

namespace {

/// Mean and spread of the loop's gain over draws; `answer`: every state's response to its rivals'
/// rise, NaN: as it was fitted.
Mean gain_of(const Schedule& schedule, const Posterior& posterior, double answer,
             const Execution& execution) {
  const int draws = static_cast<int>(posterior.spending.size());
  std::vector<double> gains(draws);
  for_each_block(execution, draws, [&](int f, int) {
    System system =
        system_of(schedule, posterior.spending, posterior.economy, static_cast<std::uint32_t>(f));
    if (known(answer))
      for (auto& own : system.own) own.rival_response = answer;
    gains[f] = loop_gain(system);
  });
  Mean m = mean_of(gains);
  m.error *= square_root(static_cast<double>(draws));  // of a draw, not of their mean
  return m;
}

}  // namespace

namespace {

/// By how much a lasting rise of a state's own spending becomes larger because others answer it:
/// mean over the states with an equation; NaN where the answers do not die out.
double multiplier(const System& system) {
  const Matrix with = total_response(linear_map(system)),
               without = total_response(linear_map(alone(system)));
  constexpr int rows = 3;  // of each state: m, dm, log K
  const int states = with.n / rows;
  double sum = 0;
  for (int i = 0; i < states; ++i)
    sum += with(rows * i, rows * i) / without(rows * i, rows * i) / states;
  return sum;
}

/// Over draws spread over the posterior.
Mean multiplier_of(const Schedule& schedule, const Posterior& posterior,
                   const Execution& execution) {
  constexpr int most = 400;
  const int all = static_cast<int>(posterior.spending.size()), draws = std::min(most, all);
  std::vector<double> values(draws);
  for_each_block(execution, draws, [&](int d, int) {
    const auto f = static_cast<std::uint32_t>(static_cast<std::int64_t>(d) * all / draws);
    values[d] = multiplier(system_of(schedule, posterior.spending, posterior.economy, f));
  });
  std::erase_if(values, [](double x) { return !known(x); });
  Mean m = mean_of(values);
  m.error *= square_root(static_cast<double>(m.of));
  return m;
}

}  // namespace

Computed loop_gain_of_panel(const Grounds& grounds, const Given&) {
  const Past& past = *grounds.past;
  const Posterior& posterior = *grounds.posterior;
  const Schedule years = schedule(past, {.id = "gallery",
                                         .name = "no levers",
                                         .start = past.year(),
                                         .end = past.year() + gain_years,
                                         .announced_plans = false,
                                         .disputes = false});
  const Mean gain = gain_of(years, posterior, missing, grounds.execution);
  const Mean own = multiplier_of(years, posterior, grounds.execution);
  Computed c{
      .estimate = gain.value,
      .error = gain.error,
      .cases = gain.of,
      .figures = {{"a lasting rise of a state\u2019s own spending, times", own.value, own.error}}};
  for (const PlaceboVerdict& v : grounds.placebos) {
    if (v.term != "rivals") continue;
    const double largest = 1.96 * v.spread;
    c.figures.push_back(
        {"answer to rivals, world: share of exchanged partners at least as large", v.p, missing});
    c.figures.push_back(
        {"answer to rivals, world: spread with exchanged partners", v.spread, missing});
    c.figures.push_back(
        {fmt::format("if all answered their rivals by {:.2f}, as exchanged partners can by chance",
                     largest),
         gain_of(years, posterior, largest, grounds.execution).value, missing});
  }
  return c;
}

Computed race_rule(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const RaceRule rule{.growth = p.number("growth"), .years = p.year("years")};
  const CatalogueMatch m =
      match_catalogue(past.panel(), past.growth(MoneyKind::nominal), p.year("last"), rule);
  if (m.listed == 0)
    throw Error({{past.panel().name, "lists no arms races", "Give a panel with races.csv"}});
  const double share = static_cast<double>(m.inside) / m.listed;
  return {.estimate = share,
          .error = missing,
          .cases = m.listed,
          .figures = {
              {"races in which the rule holds within their years", static_cast<double>(m.inside),
               missing},
              {"races in which it holds within a year of them",
               static_cast<double>(m.within_a_year), missing},
              {"races that the rule finds among rivals", static_cast<double>(m.found), missing},
              {"of them overlapping a listed one", static_cast<double>(m.found_listed), missing}}};
}

Computed dispute_slope(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const DangerModel* model = danger_model(past.panel(), past.year());
  if (!model)
    throw Error({{past.panel().name, "has no danger of disputes",
                  "Give a panel whose disputes.toml has it, or one with disputes.csv"}});
  const DangerModel::Outcome& outcome = p.word("outcome") == "fatal" ? model->fatal : model->force;
  const DangerModel::Outcome& other = p.word("outcome") == "fatal" ? model->force : model->fatal;
  const std::string asked = p.word("covariate");
  Computed c{.cases = model->rows};
  for (std::size_t k = 0; k < danger_covariates; ++k) {
    const std::string name(danger_covariate_names[k]);
    if (name != asked) continue;
    c.estimate = outcome.slope[k], c.error = outcome.error[k];
    c.figures = {
        {"factor on the odds", exp(c.estimate), missing},
        {p.word("outcome") == "fatal" ? "of disputes with force" : "of disputes with a death",
         other.slope[k], other.error[k]},
        {"disputes", static_cast<double>(outcome.onsets), missing}};
  }
  return c;
}

Computed total_increment(const Grounds&, const Given& p) {
  const std::vector<double>& totals = p.numbers("totals");
  if (totals.size() < 4)
    throw Error({{"total-increment", "its totals are fewer than four years",
                  "Give the totals of four years or more"}});
  const IncrementLine line = fit_increments(totals);
  const int years = static_cast<int>(line.mean.size());
  const double r2 = line.correlation * line.correlation;
  const double error = std::abs(line.slope) * square_root((1 / r2 - 1) / (years - 2));
  return {.estimate = line.slope,
          .error = error,
          .cases = years,
          .figures = {{"total at which nothing grows", line.rest, missing},
                      {"correlation", line.correlation, missing}}};
}

}  // namespace tenbin
