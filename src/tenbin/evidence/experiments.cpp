// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/experiments.hpp"

#include <map>
#include <string>
#include <tuple>

#include "tenbin/evidence/trials.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr double lowest = 0.1, highest = 0.9;  // ends of the middle 80 %

using Key = std::tuple<int, std::string, std::string, int>;  // origin, method, state, year
using Forecasts = std::map<Key, const ScoredForecast*>;

Forecasts shares_of(std::span<const OriginRecord> records) {
  Forecasts all;
  for (const OriginRecord& r : records)
    for (const ScoredForecast& f : r.forecasts)
      if (f.what == Scored::burden) all[{r.origin, f.method, f.state, r.origin + f.horizon}] = &f;
  return all;
}

std::array<std::string, foresights> methods_of(const Experiment& e) {
  return {std::string(no_promises), std::string(known_promises), war_method(e, with_war),
          war_method(e, with_war_of_today)};
}

class RowMaker {
 public:
  RowMaker(const Panel& panel, std::span<const OriginRecord> records)
      : panel_(panel), forecasts_(shares_of(records)) {}

  void add(const Experiment& e, std::size_t which, ExperimentGroup group, int event) {
    const auto& states = group == ExperimentGroup::other_states ? e.placebo_states : e.states;
    for (const int origin : {event - 1, event})
      for (const StateIndex i : states)
        for (int year = origin + 1; year <= origin + experiment_years; ++year)
          add_row({.experiment = which,
                   .group = group,
                   .event = event,
                   .state = i,
                   .origin = origin,
                   .year = year},
                  methods_of(e));
  }
  std::vector<ExperimentRow> rows;

 private:
  void add_row(ExperimentRow row, const std::array<std::string, foresights>& methods) {
    for (std::size_t k = 0; k < foresights; ++k) {
      const auto found =
          forecasts_.find({row.origin, methods[k], panel_.states[row.state].id, row.year});
      if (found == forecasts_.end()) continue;
      row.observed = exp(found->second->observed);
      row.median[k] = exp(found->second->median);
      row.pit[k] = found->second->pit;
    }
    if (known(row.observed)) rows.push_back(row);
  }

  const Panel& panel_;
  Forecasts forecasts_;
};

}  // namespace

std::vector<ExperimentRow> experiment_rows(const Panel& panel,
                                           std::span<const Experiment> experiments,
                                           std::span<const OriginRecord> records) {
  RowMaker maker(panel, records);
  for (std::size_t k = 0; k < experiments.size(); ++k) {
    const Experiment& e = experiments[k];
    maker.add(e, k, ExperimentGroup::concerned, e.year);
    maker.add(e, k, ExperimentGroup::other_states, e.year);
    for (const int year : e.placebo_years) maker.add(e, k, ExperimentGroup::other_years, year);
  }
  return std::move(maker.rows);
}

namespace {

/// Adds what a row says to its line; a row without such a forecast says nothing.
void add(const ExperimentRow& row, ExperimentLine& line) {
  const double pit = row.pit[static_cast<std::size_t>(line.foresight)];
  if (!known(pit)) return;
  const auto h = static_cast<std::size_t>(row.year - row.origin - 1);
  ++line.cases[h];
  line.percentile[h] += pit;
  line.above[h] += pit > highest;
  line.below[h] += pit < lowest;
}

}  // namespace

std::vector<ExperimentLine> experiment_lines(std::span<const ExperimentRow> rows) {
  std::map<std::tuple<std::size_t, ExperimentGroup, bool, Foresight>, ExperimentLine> lines;
  for (const ExperimentRow& r : rows)
    for (std::size_t k = 0; k < foresights; ++k) {
      const auto foresight = static_cast<Foresight>(k);
      if (r.group != ExperimentGroup::concerned && foresight != Foresight::nothing) continue;
      const bool before = r.origin < r.event;
      ExperimentLine& line = lines[{r.experiment, r.group, !before, foresight}];
      line.experiment = r.experiment, line.group = r.group;
      line.before = before, line.foresight = foresight;
      add(r, line);
    }
  std::vector<ExperimentLine> all;
  for (auto& [key, line] : lines) {
    bool any = false;
    for (std::size_t h = 0; h < line.cases.size(); ++h) {
      any = any || line.cases[h] > 0;
      const double n = line.cases[h] > 0 ? line.cases[h] : missing;
      line.percentile[h] /= n, line.above[h] /= n, line.below[h] /= n;
    }
    if (any) all.push_back(line);
  }
  return all;
}

}  // namespace tenbin
