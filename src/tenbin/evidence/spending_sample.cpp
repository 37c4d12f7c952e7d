// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/spending_sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tenbin/core/problem.hpp"

namespace tenbin {
namespace {

/// How strongly unrest acts on the size of the next shock, as in the world's fit (unrest_slope of
/// the shipped priors).
constexpr double unrest_slope = 0.63;

}  // namespace

SpendingSample::SpendingSample(const Past& past, int first, int last, Waves waves) : past_(past) {
  std::map<StateIndex, int> states;
  std::map<std::pair<std::string, int>, int> groups;
  for (const Row& row : past.rows()) {
    if (row.year < first || row.year > last) continue;
    const std::string& region = past.panel().states[row.state].region;
    rows_.push_back(&row);
    state_.push_back(states.emplace(row.state, static_cast<int>(states.size())).first->second);
    group_.push_back(groups
                         .emplace(std::pair{waves == Waves::region ? region : "", row.year},
                                  static_cast<int>(groups.size()))
                         .first->second);
  }
}

std::vector<double> SpendingSample::column(const std::function<double(const Row&)>& of) const {
  std::vector<double> values;
  values.reserve(rows_.size());
  for (const Row* row : rows_) values.push_back(of(*row));
  return values;
}

PooledRegression SpendingSample::with(std::vector<std::vector<double>> columns) const {
  if (static_cast<int>(rows_.size()) < fewest_rows)
    throw Error({{past_.panel().name,
                  fmt::format("has {} state-years that the spending equation can be fitted to in "
                              "the finding's years; {} are needed",
                              rows_.size(), fewest_rows),
                  "Give a panel of all states of the world"}});
  for (const auto& column : columns)
    if (std::ranges::all_of(column, [](double x) { return x == 0; }))
      throw Error({{past_.panel().name,
                    "says nothing of what the finding is about: a covariate is 0 in every "
                    "state-year",
                    "Give a panel with the tables that the finding needs (docs/gallery.md)"}});
  columns.push_back(column([](const Row& r) { return -r.log_burden_lag; }));
  columns.push_back(column([](const Row& r) { return r.milex_growth_lag; }));
  columns.push_back(column([](const Row& r) { return r.gdp_growth; }));
  return PooledRegression(
      {.outcome = column([](const Row& r) { return r.milex_growth; }),
       .spread = column([](const Row& r) { return exp(unrest_slope * r.unrest_lag); }),
       .state = state_,
       .group = group_,
       .columns = std::move(columns)});
}

}  // namespace tenbin
