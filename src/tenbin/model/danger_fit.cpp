// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/danger_fit.hpp"

#include <algorithm>
#include <map>

#include "tenbin/model/covariates.hpp"
#include "tenbin/model/danger.hpp"
#include "tenbin/model/disputes.hpp"
#include "tenbin/model/logit.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr int first_fitted = 1950, first_vintage = 1970, years_between = 5;
constexpr int fewest_onsets = 30;
constexpr double prior_variance = 1000;

/// Dyad-years with their outcomes.
struct Rows {
  LogitRows fatal, force;
  std::vector<int> until;  // rows of the years up to first + k
};

Rows rows_of(const Panel& panel, int first, int last) {
  std::map<std::array<int, 3>, std::pair<bool, bool>> came;  // by dyad and year: fatal, force
  for (const Dispute& d : panel.disputes) {
    auto& [fatal, force] = came[{std::min(d.a, d.b), std::max(d.a, d.b), d.year}];
    fatal = fatal || d.fatality_level >= lives_lost;
    force = force || d.hostility_level >= force_used;
  }
  const auto stock = stocks(panel);
  const DangerRecord record(panel, stock);
  Rows rows;
  rows.fatal.columns = danger_covariates;
  for (int year = first; year <= last; ++year) {
    for (const DangerDyad& d : record.dyads(year - 1)) {
      rows.fatal.x.insert(rows.fatal.x.end(), d.x.begin(), d.x.end());
      const auto found = came.find({d.a, d.b, year});
      rows.fatal.came.push_back(found != came.end() && found->second.first);
      rows.force.came.push_back(found != came.end() && found->second.second);
    }
    rows.until.push_back(static_cast<int>(rows.fatal.size()));
  }
  rows.force.columns = rows.fatal.columns;
  rows.force.x = rows.fatal.x;
  return rows;
}

DangerModel::Outcome fitted(LogitRows rows, int count) {
  rows.x.resize(static_cast<std::size_t>(count) * rows.columns);
  rows.came.resize(count);
  const auto mode =
      Logit(rows, std::vector<Logit::Prior>(rows.columns, {0, square_root(prior_variance)})).mode();
  const auto variance = mode.curvature.inverse_diagonal();
  DangerModel::Outcome outcome{
      .onsets = static_cast<int>(std::count(rows.came.begin(), rows.came.end(), 1))};
  for (std::size_t k = 0; k < danger_covariates; ++k) {
    outcome.slope[k] = mode.beta[k];
    outcome.error[k] = square_root(variance[k]);
  }
  return outcome;
}

}  // namespace

std::vector<DangerModel> fit_danger(const Panel& panel) {
  const int first = std::max(first_fitted, panel.first_year + 1),
            last = std::min(panel.disputes_until, panel.last_year);
  std::vector<DangerModel> models;
  if (panel.disputes.empty() || panel.borders.empty() || last < first) return models;
  const Rows rows = rows_of(panel, first, last);
  std::vector<int> vintages;
  for (int year = first_vintage - 1; year < last; year += years_between) vintages.push_back(year);
  vintages.push_back(last);
  for (const int year : vintages) {
    if (year < first) continue;
    const int count = rows.until[year - first];
    if (std::count(rows.fatal.came.begin(), rows.fatal.came.begin() + count, 1) < fewest_onsets)
      continue;
    models.push_back({.first = first,
                      .last = year,
                      .rows = count,
                      .fatal = fitted(rows.fatal, count),
                      .force = fitted(rows.force, count)});
  }
  return models;
}

}  // namespace tenbin
