// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/trials.hpp"

#include <algorithm>
#include <set>

#include "tenbin/futures/project.hpp"
#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

/// Whether an experiment is forecast at an origin, for the states that it concerned or for those
/// that it did not.
bool forecast_at(const Experiment& e, int origin, bool placebo_states) {
  const auto asked = [&](int year) { return origin == year - 1 || origin == year; };
  if (asked(e.year)) return true;
  return !placebo_states && std::ranges::any_of(e.placebo_years, asked);
}

/// How promises were kept as far as it was known at an origin; before the first year of the
/// panel's list, what was assumed before any promise had ended.
std::vector<Keeping> keeping_known(const Panel& panel, int origin) {
  std::vector<Keeping> known;
  for (const Keeping& k : panel.keeping)
    if (k.as_of <= origin) known.push_back(k);
  if (!known.empty() || panel.keeping.empty()) return known;
  Keeping first = panel.keeping.front();
  if (std::ranges::any_of(first.kinds, [](const KindKeeping& k) { return k.cases > 0; }))
    return known;
  first.as_of = origin;
  return {first};
}

/// One origin's fit, and forecasts from it.
class OriginForecasts {
 public:
  OriginForecasts(const Panel& panel, int origin, const TrialOptions& options)
      : panel_(panel),
        options_(options),
        past_(past_at(panel, origin, options.backtest)),
        ledger_(past_->panel().pledges) {
    record_.origin = origin;
    for (Pledge& p : ledger_) p.to_panel = ratio_known(past_->panel(), p, origin);
  }

  bool fit(const FitObserver& observer) {
    posterior_ = fit_at(*past_, options_.backtest, observer);
    record_.rhat_max = posterior_.spending_health.rhat_max;
    record_.divergences = posterior_.spending_health.divergences;
    record_.draws = static_cast<int>(posterior_.spending_health.draws);
    return posterior_.economy.chains > 0;
  }

  void add_trials(std::span<const Trial> trials) {
    std::set<std::pair<StateIndex, Scored>> states;
    int runs = 0, last = record_.origin;
    for (const Trial& t : trials) {
      states.emplace(t.pledge.state, t.what());
      runs = std::max(runs, t.run + 1);
      last = std::max(last, t.until);
    }
    std::vector<Pledge> earlier = ledger_;
    std::erase_if(earlier, [&](const Pledge& p) { return p.announced == record_.origin; });
    project_on(earlier, {}, last);
    for (const auto& [i, what] : states) score(std::string(without_it), i, what, last);
    for (int run = 0; run < runs; ++run) {
      std::vector<Pledge> ledger = earlier;
      for (const Trial& t : trials)
        if (t.run == run) ledger.push_back(t.pledge);
      project_on(ledger, {}, last);
      for (const Trial& t : trials)
        if (t.run == run) score(run_method(run), t.pledge.state, t.what(), t.until);
    }
  }

  void add_experiments(std::span<const Experiment> experiments) {
    std::set<StateIndex> states;
    for (const Experiment& e : experiments) {
      if (forecast_at(e, record_.origin, false)) states.insert(e.states.begin(), e.states.end());
      if (forecast_at(e, record_.origin, true))
        states.insert(e.placebo_states.begin(), e.placebo_states.end());
    }
    if (states.empty()) return;
    const int last = std::min(record_.origin + experiment_years, panel_.last_year);
    project_on({}, {}, last);
    forecast_states(std::string(no_promises), states, last);
    project_on(ledger_, {}, last);
    forecast_states(std::string(known_promises), states, last);
    for (const Experiment& e : experiments)
      if (e.war && record_.origin == e.year - 1) add_war(e, states, last);
  }

  OriginRecord take() { return std::move(record_); }

 private:
  /// Promises of growth in force as levers: a sum in the promise's year.
  std::vector<Lever> growth_levers(const std::vector<Pledge>& ledger) const {
    std::vector<Lever> levers;
    const Keeping* keeping = keeping_in(known_, record_.origin);
    if (keeping == nullptr) return levers;
    for (const Pledge& p : ledger) {
      const double target = growth_target(panel_, p);
      if (!reaches_growth(p) || !in_force(p, record_.origin) || !known(target)) continue;
      levers.push_back({.kind = LeverKind::budget,
                        .state = p.state,
                        .from = p.from,
                        .by = p.due(),
                        .value = {target, 0, target / 2, 2 * target},
                        .adherence = adherence_of(keeping->of(p.kind)),
                        .lateness = keeping->lateness});
    }
    return levers;
  }

  /// Sets the futures: promises of a ledger, and levers.
  void project_on(const std::vector<Pledge>& ledger, const std::vector<Lever>& levers, int last,
                  const Draws* spending = nullptr) {
    known_ = past_->panel();
    known_.plans.clear();
    known_.pledges = ledger;
    known_.keeping = keeping_known(panel_, record_.origin);
    Scenario scenario{.start = record_.origin,
                      .end = last,
                      .futures = options_.backtest.futures,
                      .seed = options_.backtest.fit.seed,
                      .announced_plans = !ledger.empty(),
                      .disputes = false,
                      .levers = growth_levers(ledger)};
    scenario.levers.insert(scenario.levers.end(), levers.begin(), levers.end());
    const auto past = past_of(known_, record_.origin);
    futures_ = project(schedule(*past, scenario), spending ? *spending : posterior_.spending,
                       posterior_.economy, {.futures = scenario.futures}, {1});
  }

  void forecast_states(const std::string& method, const std::set<StateIndex>& states, int last) {
    for (const StateIndex i : states) score(method, i, Scored::burden, last);
  }

  void score(const std::string& method, StateIndex i, Scored what, int last) {
    for (int year = record_.origin + 1; year <= last; ++year) {
      const double observed = log_outcome(panel_, i, year, what);
      std::vector<double> sample = log_sample(futures_, year, i, what);
      if (!known(observed) || !known(sample[0])) continue;
      record_.forecasts.push_back(score_sample({.method = method,
                                                .what = what,
                                                .state = panel_.states[i].id,
                                                .origin = record_.origin,
                                                .horizon = year - record_.origin,
                                                .observed = observed},
                                               sample));
    }
  }

  void add_war(const Experiment& e, const std::set<StateIndex>& states, int last) {
    const ExperimentWar& w = *e.war;
    const std::vector<Lever> levers{{.kind = LeverKind::war,
                                     .state = w.aggressor,
                                     .other = w.against,
                                     .from = w.from,
                                     .by = w.until,
                                     .value = {w.intensity, 0, w.intensity, w.intensity}}};
    project_on({}, levers, last);
    forecast_states(war_method(e, with_war), states, last);
    const Draws today = with_response();
    if (today.chains == 0) return;
    project_on({}, levers, last, &today);
    forecast_states(war_method(e, with_war_of_today), states, last);
  }

  /// The draws with today's response to nearness of a war; no chains if it is not known.
  Draws with_response() const {
    const Column* column = posterior_.spending.find("exposure_response");
    if (!column || !known(options_.response.mean)) return {};
    Draws draws = posterior_.spending;
    for (std::size_t d = 0; d < draws.size(); ++d)
      draws.values[d * draws.width + column->offset] =
          options_.response.mean +
          options_.response.sd * normal({.seed = options_.backtest.fit.seed,
                                         .purpose = Purpose::lever,
                                         .index = static_cast<std::uint32_t>(d),
                                         .entity = entity_id(column->name)});
    return draws;
  }

  const Panel& panel_;
  const TrialOptions& options_;
  std::shared_ptr<const Past> past_;
  std::vector<Pledge> ledger_;  // as it was known
  Posterior posterior_;
  Panel known_;  // of the futures
  Ensemble futures_;
  OriginRecord record_;
};

}  // namespace

std::vector<int> origins_of(std::span<const Trial> trials, std::span<const Experiment> experiments,
                            std::span<const int> origins) {
  std::vector<int> used;
  for (const int origin : origins)
    if (std::ranges::any_of(trials, [&](const Trial& t) { return t.origin == origin; }) ||
        std::ranges::any_of(experiments,
                            [&](const Experiment& e) { return forecast_at(e, origin, false); }))
      used.push_back(origin);
  return used;
}

std::optional<OriginRecord> try_origin(const Panel& panel, int origin,
                                       std::span<const Trial> trials,
                                       std::span<const Experiment> experiments,
                                       const TrialOptions& options, const FitObserver& observer) {
  OriginForecasts forecasts(panel, origin, options);
  if (!forecasts.fit(observer)) return std::nullopt;
  std::vector<Trial> here;
  for (const Trial& t : trials)
    if (t.origin == origin) here.push_back(t);
  if (!here.empty()) forecasts.add_trials(here);
  forecasts.add_experiments(experiments);
  return forecasts.take();
}

}  // namespace tenbin
