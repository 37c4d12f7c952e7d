// SPDX-License-Identifier: Apache-2.0
// Computations that are pooled regressions of the spending equation.
#include <fmt/format.h>

#include <map>
#include <numeric>

#include "tenbin/core/problem.hpp"
#include "tenbin/evidence/measures.hpp"
#include "tenbin/evidence/spending_sample.hpp"
#include "tenbin/fit/partners.hpp"

namespace tenbin {
namespace {

constexpr int ever = 9999;

Waves waves_of(const Given& p, Waves otherwise) {
  const std::string word = p.word("waves");
  return word.empty() ? otherwise : word == "region" ? Waves::region : Waves::world;
}

ComputedFigure figure(std::string name, const PooledRegression& r, std::size_t column,
                      double unit = 1) {
  return {std::move(name), unit * r.slope(column), unit * r.error(column)};
}

/// The slope of the first column is the estimate.
Computed computed(const PooledRegression& r, double unit = 1) {
  return {.estimate = unit * r.slope(0),
          .error = unit * r.error(0),
          .cases = static_cast<int>(r.rows().size())};
}

/// Growth of a state's spending in a year, log; missing where one of both years has no figure.
double growth_in(const Panel& panel, StateIndex i, int year) {
  const MilexCell &now = panel.cell(i, year), &before = panel.cell(i, year - 1);
  return now.present() && before.present() ? log(now.milex / before.milex) : missing;
}

/// By state and protector: the strength of the strongest tie in a year.
bool is_bound(const Panel& panel, StateIndex protector, StateIndex state, int year) {
  for (const Spell& t : panel.ties)
    if (t.a == protector && t.b == state && t.holds(year) && t.value > 0) return true;
  return false;
}

/// P of every state in a year over all relevant dyads, percentage points; missing without a stock.
std::vector<double> relevant_danger(const Past& past, const DangerModel& model, int year) {
  std::vector<double> log_peace(past.panel().states.size(), 0.0);
  std::vector<char> some(log_peace.size(), false);
  for (const DangerDyad& d : past.danger().dyads(year)) {
    const double peace = log1p(-danger_of(model, d.x).fatal);
    log_peace[d.a] += peace, log_peace[d.b] += peace;
    some[d.a] = some[d.b] = true;
  }
  for (std::size_t i = 0; i < log_peace.size(); ++i)
    log_peace[i] = some[i] ? -100 * expm1(log_peace[i]) : missing;
  return log_peace;
}

/// The danger of each row's state at the end of the year before, percentage points.
std::vector<double> danger_column(const Past& past, const SpendingSample& sample, bool close) {
  if (close) return sample.column([](const Row& r) { return r.danger_mean + r.danger_lag; });
  const DangerModel* model = danger_model(past.panel(), past.year());
  if (!model)
    throw Error({{past.panel().name, "has no danger of disputes",
                  "Give a panel with disputes.csv, contiguity.csv and majors.csv"}});
  std::map<int, std::vector<double>> of_year;
  return sample.column([&](const Row& r) {
    auto found = of_year.find(r.year - 1);
    if (found == of_year.end())
      found = of_year.emplace(r.year - 1, relevant_danger(past, *model, r.year - 1)).first;
    const double p = found->second[r.state];
    return known(p) ? p : typical_danger;
  });
}

/// Percent of spending per percentage point in the long run: the slope over the pull.
ComputedFigure long_run(std::string name, const PooledRegression& r, std::size_t columns) {
  const std::size_t at = SpendingSample::pull(columns);
  const double slope = r.slope(0), pull = r.slope(at), ratio = slope / pull;
  const double variance = (r.covariance(0, 0) - 2 * ratio * r.covariance(0, at) +
                           ratio * ratio * r.covariance(at, at)) /
                          (pull * pull);
  return {std::move(name), 100 * ratio, 100 * square_root(variance)};
}

}  // namespace

namespace {

/// The regression on danger, in the study's years and in other ways.
struct DangerFits {
  PooledRegression study, since, other_dyads, other_waves;
  bool close, of_world;
};
DangerFits danger_fits(const Past& past, const Given& p) {
  const bool close = p.word("dyads") == "close";
  const Waves waves = waves_of(p, Waves::world);
  const bool of_world = waves == Waves::world;
  const auto fitted = [&](int first, int last, bool of_close, Waves of_waves) {
    const SpendingSample sample(past, first, last, of_waves);
    return sample.with({danger_column(past, sample, of_close)});
  };
  const int first = p.year("first"), last = p.year("last");
  return {fitted(first, last, close, waves),
          fitted(last + 1, ever, close, waves),
          fitted(first, last, !close, waves),
          fitted(first, last, close, of_world ? Waves::region : Waves::world),
          close,
          of_world};
}

/// The estimate and its figures, each made by figure_of(name, regression).
template <class FigureOf>
Computed danger_figures(const DangerFits& fits, const FigureOf& figure_of) {
  const ComputedFigure estimate = figure_of("", fits.study);
  return {.estimate = estimate.value,
          .error = estimate.error,
          .cases = static_cast<int>(fits.study.rows().size()),
          .figures = {
              figure_of("the years since", fits.since),
              figure_of(fits.close ? "all politically relevant pairs of states"
                                   : "neighbours and rivals only, as in the model",
                        fits.other_dyads),
              figure_of(fits.of_world ? "with a wave of each region" : "with one wave of the world",
                        fits.other_waves)}};
}

}  // namespace

Computed danger_long_run(const Grounds& grounds, const Given& p) {
  const DangerFits fits = danger_fits(*grounds.past, p);
  Computed c = danger_figures(
      fits, [](const char* name, const PooledRegression& r) { return long_run(name, r, 1); });
  c.figures.push_back(
      figure("pull to the habitual share, a year", fits.study, SpendingSample::pull(1)));
  return c;
}

Computed danger_short_run(const Grounds& grounds, const Given& p) {
  return danger_figures(
      danger_fits(*grounds.past, p),
      [](const char* name, const PooledRegression& r) { return figure(name, r, 0, 100); });
}

namespace {

/// Changes of a guest's troops in each kind of host, as three columns: the hosts of a list while
/// bound to the guest, other states bound to it, and all others. The change is that of the model
/// (Row::presence_lag), or that of the five years to come.
std::vector<std::vector<double>> presence_columns(const Past& past, const SpendingSample& sample,
                                                  const Given& p, bool to_come) {
  const StateIndex guest = p.state("guest");
  const std::vector<char> hosts = p.members("hosts");
  const auto of_kind = [&](int wanted) {
    return sample.column([&, wanted](const Row& r) {
      const bool bound = is_bound(past.panel(), guest, r.state, r.year - 1);
      const int kind = !bound ? 2 : hosts[r.state] ? 0 : 1;
      if (r.state == guest || kind != wanted) return 0.0;
      return to_come ? past.safety().presence(r.state, r.year + presence_years) : r.presence_lag;
    });
  };
  const bool non_allies = p.word("kind") == "non-allies";
  return {of_kind(non_allies ? 2 : 0), of_kind(1), of_kind(non_allies ? 0 : 2)};
}

}  // namespace

Computed presence_response(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const bool non_allies = p.word("kind") == "non-allies";
  const auto estimate = [&](int first, int last, bool to_come) {
    const SpendingSample sample(past, first, last, waves_of(p, Waves::world));
    return sample.with(presence_columns(past, sample, p, to_come));
  };
  const int first = p.year("first"), last = p.year("last");
  const PooledRegression study = estimate(first, last, false);
  Computed c = computed(study);
  c.figures = {figure(non_allies ? "the hosts listed" : "non-allies", study, 2),
               figure("other allies", study, 1),
               figure("the years since", estimate(last + 1, ever, false), 0),
               figure("placebo: change of troops in the five years to come",
                      estimate(first, std::min(last, past.year() - presence_years), true), 0)};
  return c;
}

namespace {

/// An aggression that is placed in a state's capital.
Aggression placed_in(const Panel& panel, StateIndex i, const std::string& region) {
  return {.aggressor = i,
          .lat = panel.states[i].lat,
          .lon = panel.states[i].lon,
          .exposed_region = region,
          .name = panel.states[i].capital};
}

}  // namespace

Computed exposure_response(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const SpendingSample sample(past, p.year("rows_from"), ever, Waves::region);
  const auto near_in = [&](const Aggression& where, int first, int last) {
    return sample.column([&, first, last](const Row& r) {
      return r.year < first || r.year > last ? 0 : past.safety().nearness(where, r.state, r.year);
    });
  };
  const std::string region = p.word("region");
  const Aggression capital = placed_in(past.panel(), p.state("state"), region);
  const int first = p.year("first"), last = p.year("last");
  const PooledRegression study = sample.with(
      {near_in(capital, first, last), near_in(capital, first - (last - first) - 1, first - 1),
       near_in(capital, last + 1, ever)});
  const int middle = first + (last - first) / 2;
  const PooledRegression halves =
      sample.with({near_in(capital, first, middle), near_in(capital, middle + 1, last)});
  const auto years = [](int from, int to) { return fmt::format("{} to {}", from, to); };
  Computed c = computed(study);
  c.figures = {figure(years(first, middle), halves, 0), figure(years(middle + 1, last), halves, 1),
               figure("as many years before", study, 1), figure("the years since", study, 2)};
  for (const StateIndex i : p.states("placebos")) {
    const Aggression other = placed_in(past.panel(), i, region);
    c.figures.push_back(figure("placebo: nearness to " + past.panel().states[i].capital,
                               sample.with({near_in(other, first, last)}), 0));
  }
  return c;
}

Computed leader_response(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const Panel& panel = past.panel();
  const StateIndex leader = p.state("leader"), enemy = p.state("enemy");
  const std::vector<char> followers = p.members("followers");
  const auto estimate = [&](int first, int last, int lag, Waves waves) {
    const SpendingSample sample(past, first, last, waves);
    const auto follows = [&](const Row& r) {
      return followers[r.state] && is_bound(panel, leader, r.state, r.year - 1);
    };
    const auto of_leader = [&](const Row& r) {
      const double growth = growth_in(panel, leader, r.year - lag);
      return follows(r) && known(growth) ? growth : 0;
    };
    const auto of_enemy = [&](const Row& r) {  // as far as it exceeds the leader's
      const double more =
          growth_in(panel, enemy, r.year - lag) - growth_in(panel, leader, r.year - lag);
      return follows(r) && more > 0 ? more : 0;
    };
    return sample.with({sample.column(of_leader), sample.column(of_enemy)});
  };
  const int first = p.year("first"), last = p.year("last"), lag = p.year("lag");
  const Waves waves = waves_of(p, Waves::world);
  const PooledRegression study = estimate(first, last, lag, waves);
  Computed c = computed(study);
  c.figures = {
      figure("the enemy's growth above the leader's", study, 1),
      figure(lag == 0 ? "a year later" : "in the same year",
             estimate(first, last, lag == 0 ? 1 : 0, waves), 0),
      figure(waves == Waves::world ? "with a wave of each region" : "with one wave of the world",
             estimate(first, last, lag, waves == Waves::world ? Waves::region : Waves::world), 0),
      figure("the years since", estimate(last + 1, ever, lag, waves), 0)};
  return c;
}

namespace {

/// How much each member counts for each other one: nearer is more, in all 1. By place in the list.
std::vector<std::vector<double>> nearness_weights(const Panel& panel,
                                                  const std::vector<StateIndex>& members) {
  std::vector<std::vector<double>> weight(members.size(), std::vector<double>(members.size(), 0.0));
  for (std::size_t a = 0; a < members.size(); ++a)
    for (std::size_t b = 0; b < members.size(); ++b) {
      const State &i = panel.states[members[a]], &j = panel.states[members[b]];
      if (a != b && i.has_place() && j.has_place())
        weight[a][b] = 1 / maximum(great_circle(i.lat, i.lon, j.lat, j.lon), 1.0);
    }
  return weight;
}

/// Mean of a value of the other members whose value is known, the nearer the more; missing: none.
template <class Value>
double of_others(const std::vector<double>& weight, const std::vector<StateIndex>& members,
                 const Value& value) {
  double sum = 0, weights = 0;
  for (std::size_t k = 0; k < members.size(); ++k)
    if (const double x = value(members[k]); known(x)) sum += weight[k] * x, weights += weight[k];
  return weights > 0 ? sum / weights : missing;
}

/// Log of spending on that of the other members in the same year and on GDP, with a constant for
/// each member: the static demand for defence of the literature.
ComputedFigure in_levels(const Panel& panel, const std::vector<StateIndex>& members, int first,
                         int last) {
  const auto weight = nearness_weights(panel, members);
  PooledRows rows;
  rows.columns.resize(2);
  for (std::size_t k = 0; k < members.size(); ++k)
    for (int year = first; year <= std::min(last, panel.last_year); ++year) {
      const MilexCell& own = panel.cell(members[k], year);
      const double others = of_others(weight[k], members, [&](StateIndex j) {
        const MilexCell& c = panel.cell(j, year);
        return c.observed() ? log(c.milex) : missing;
      });
      if (!own.observed() || !known(own.burden) || !known(others)) continue;
      rows.outcome.push_back(log(own.milex));
      rows.state.push_back(static_cast<int>(k));
      rows.columns[0].push_back(others);
      rows.columns[1].push_back(log(own.milex / own.burden));
    }
  return figure("levels, static: log of spending on the others' and GDP",
                PooledRegression(std::move(rows), {.fixed_states = true, .grouped = false}), 0);
}

}  // namespace

Computed neighbour_response(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const Panel& panel = past.panel();
  const std::vector<StateIndex> members = p.states("members");
  const auto weight = nearness_weights(panel, members);
  const auto estimate = [&](int first, int last, Waves waves) {
    const SpendingSample sample(past, first, last, waves);
    return sample.with({sample.column([&](const Row& r) {
      const auto place = std::find(members.begin(), members.end(), r.state) - members.begin();
      if (place == static_cast<std::ptrdiff_t>(members.size())) return 0.0;
      const double growth = of_others(
          weight[place], members, [&](StateIndex j) { return growth_in(panel, j, r.year - 1); });
      return known(growth) ? growth : 0;
    })});
  };
  const int first = p.year("first"), last = p.year("last");
  const Waves waves = waves_of(p, Waves::world);
  Computed c = computed(estimate(first, last, waves));
  c.figures = {
      figure(waves == Waves::world ? "with a wave of each region" : "with one wave of the world",
             estimate(first, last, waves == Waves::world ? Waves::region : Waves::world), 0),
      figure("the years since", estimate(last + 1, ever, waves), 0),
      in_levels(panel, members, first, last)};
  return c;
}

Computed partner_response(const Grounds& grounds, const Given& p) {
  const Past& past = *grounds.past;
  const bool allies = p.word("partners") == "allies";
  const SpendingSample sample(past, p.year("first"), p.year("last"), waves_of(p, Waves::region));
  const Partners partners(past, allies);
  const auto rises = [&](std::span<const StateIndex> order) {
    return sample.column([&](const Row& r) { return partners.rise(r.state, r.year - 1, order); });
  };
  std::vector<StateIndex> themselves(past.panel().size());
  std::iota(themselves.begin(), themselves.end(), 0);
  const PooledRegression without = sample.with({}), with = sample.with({rises(themselves)});
  const int permutations = p.year("permutations");
  std::vector<double> others(permutations);
  for_each_block(grounds.execution, permutations, [&](int number, int) {
    constexpr std::uint64_t seed = 20261130;  // as `tenbin placebo` has it
    others[number] = without.slope_of_added(rises(permuted(past.panel().size(), seed, number)));
  });
  double middle = 0, square = 0;
  int at_least = 1;
  const double own = without.slope_of_added(rises(themselves));
  for (const double x : others) middle += x / permutations, at_least += x >= own;
  for (const double x : others) square += (x - middle) * (x - middle);
  Computed c = computed(with);
  const double spread = square_root(square / permutations);
  c.figures = {{"spread of the answers to other partners", spread, missing},
               {"share of exchanges with at least as large an answer",
                static_cast<double>(at_least) / (permutations + 1), missing},
               figure("standard error of the regression", with, 0)};
  c.figures[2] = {"standard error of the regression alone", with.error(0), missing};
  c.error = maximum(c.error, spread);
  return c;
}

}  // namespace tenbin
