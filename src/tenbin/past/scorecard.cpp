// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenbin/num/elementary.hpp"
#include "tenbin/past/scoreboard.hpp"

namespace tenbin {
namespace {

constexpr std::size_t misses_told = 6;

Miss miss_of(const ScoredForecast& f, const Panel& panel) {
  Miss miss{.state = f.state,
            .origin = f.origin,
            .horizon = f.horizon,
            .off = f.observed - f.median,
            .beyond = minimum(f.pit, 1 - f.pit)};
  for (const Story& s : panel.stories)
    if (panel.states[s.state].id == f.state && s.year == f.origin + f.horizon)
      miss.story = s.text, miss.source = s.source;
  return miss;
}

/// Cases that the model and both of its plan methods forecast.
std::vector<PlanCase> plan_cases(std::span<const OriginRecord> records) {
  std::vector<PlanCase> cases;
  for (const OriginRecord& r : records)
    for (const ScoredForecast& f : r.forecasts) {
      if (f.method != with_plan || f.what != Scored::milex) continue;
      PlanCase c{.state = f.state, .origin = f.origin, .horizon = f.horizon};
      std::size_t found = 0;
      for (const ScoredForecast& g : r.forecasts)
        for (std::size_t k = 0; k < PlanCase::methods.size(); ++k)
          if (g.method == PlanCase::methods[k] && g.what == f.what && g.state == f.state &&
              g.horizon == f.horizon)
            c.pit[k] = g.pit, c.crps[k] = g.crps, ++found;
      if (found == PlanCase::methods.size()) cases.push_back(std::move(c));
    }
  return cases;
}

}  // namespace

Scorecard scorecard(const Panel& panel, const ScorecardSource& source) {
  const auto board = [&](Scored what, const std::vector<std::string>& states) {
    return scoreboard(source.records, {.what = what,
                                       .methods = methods_of(source.records, what, source.methods),
                                       .states = states});
  };
  Scorecard card{.panel = panel.name,
                 .figures_hash = panel.figures_hash,
                 .release = panel.vintage,
                 .setup = source.setup,
                 .origins = static_cast<int>(source.records.size()),
                 .states = source.states,
                 .milex = board(Scored::milex, source.states),
                 .burden = board(Scored::burden, source.states),
                 .gdp = board(Scored::gdp, source.states),
                 .plans = plan_cases(source.records),
                 .terms = source.terms};
  for (const OriginRecord& r : source.records) {
    card.first_origin = card.first_origin == 0 ? r.origin : std::min(card.first_origin, r.origin);
    card.last_origin = std::max(card.last_origin, r.origin);
  }
  for (const State& s : panel.states) {
    if (!source.states.empty() &&
        std::find(source.states.begin(), source.states.end(), s.id) == source.states.end())
      continue;
    StateScores own{s.id, board(Scored::milex, {s.id})};
    std::erase_if(own.boards, [](const HorizonScores& h) {
      return std::find(told_horizons.begin(), told_horizons.end(), h.horizon) ==
             told_horizons.end();
    });
    if (!own.boards.empty()) card.by_state.push_back(std::move(own));
  }
  for (const int horizon : {told_horizons[0], told_horizons[1]})
    for (const ScoredForecast& f :
         worst_misses(source.records, {.methods = source.methods, .states = source.states}, horizon,
                      misses_told))
      card.misses.push_back(miss_of(f, panel));
  return card;
}

}  // namespace tenbin
