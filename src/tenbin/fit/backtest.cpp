// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/backtest.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "tenbin/futures/project.hpp"
#include "tenbin/num/random.hpp"
#include "tenbin/past/baselines.hpp"
#include "tenbin/past/scores.hpp"

namespace tenbin {
namespace {

constexpr int joint_members = 500;  // of an energy score, whose work grows with their square

/// One origin's work: figures as they were known, and what is asked of them.
class Origin {
 public:
  Origin(const Panel& panel, int origin, const BacktestOptions& options)
      : panel_(panel), past_(past_at(panel, origin, options)), options_(options), last_(origin) {
    for (const int h : options.horizons)
      if (origin + h <= panel.last_year) last_ = std::max(last_, origin + h);
    record_.origin = origin;
    for (StateIndex i = 0; i < panel.size(); ++i)
      if (auto h = baseline_history(past_->panel(), i, origin)) histories_[i] = std::move(*h);
  }

  std::optional<OriginRecord> run(const FitObserver& observer) {
    if (last_ == record_.origin) return record_;
    const Posterior posterior = fit_at(*past_, options_, observer);
    if (posterior.economy.chains == 0) return std::nullopt;
    record_.rhat_max = posterior.spending_health.rhat_max;
    record_.divergences = posterior.spending_health.divergences;
    record_.draws = static_cast<int>(posterior.spending_health.draws);
    project_and_score(posterior, std::string(own_method), {});
    score_baselines();
    score_plans(posterior);
    return std::move(record_);
  }

 private:
  /// `states`: those scored; empty: all.
  void project_and_score(const Posterior& posterior, const std::string& method,
                         const std::vector<StateIndex>& states) {
    const Scenario scenario{.start = record_.origin,
                            .end = last_,
                            .futures = options_.futures,
                            .seed = options_.fit.seed,
                            .announced_plans = method != own_method,
                            .disputes = false};  // their model has seen later years
    const Ensemble futures = project(schedule(*past_, scenario), posterior.spending,
                                     posterior.economy, {.futures = options_.futures}, {1});
    std::vector<double> sample;
    for (const auto& [h, what] : asked()) {
      const int year = record_.origin + h;
      std::vector<JointForecast> joint;
      for (StateIndex i = 0; i < panel_.size(); ++i) {
        if (!states.empty() && std::ranges::find(states, i) == states.end()) continue;
        const double came = came_of(i, year, what);
        sample = log_sample(futures, year, i, what);
        if (!known(came) || !known(sample[0])) continue;
        if (states.empty() && past(i, Scored::burden) != nullptr) {  // known to every baseline
          joint.push_back({i, came, {}});
          for (int m = 0; m < members(); ++m)  // over all draws: they lie chain after chain
            joint.back().members.push_back(
                sample[static_cast<std::size_t>(m) * sample.size() / members()]);
        }
        record_.forecasts.push_back(score_sample({.method = method,
                                                  .what = what,
                                                  .state = panel_.states[i].id,
                                                  .origin = record_.origin,
                                                  .horizon = h,
                                                  .observed = came},
                                                 sample));
      }
      if (!joint.empty()) score_jointly(joint, method, h, what);
    }
  }

  /// What came, in the money in which it was forecast: a release in prices of another year is moved
  /// by the ratio of both at the origin.
  double came_of(StateIndex i, int year, Scored what) const {
    const double came = log_outcome(panel_, i, year, what);
    if (!options_.vintage || what == Scored::burden) return came;
    return came + (log_outcome(past_->panel(), i, record_.origin, what) -
                   log_outcome(panel_, i, record_.origin, what));
  }

  /// One dimension of a joint forecast.
  struct JointForecast {
    StateIndex state;
    double came;
    std::vector<double> members;
  };
  int members() const {
    return static_cast<int>(std::min<std::int64_t>(joint_members, options_.futures));
  }
  /// Horizons with an outcome in the panel, of both quantities.
  std::vector<std::pair<int, Scored>> asked() const {
    std::vector<std::pair<int, Scored>> all;
    for (const int h : options_.horizons)
      for (const Scored what : {Scored::milex, Scored::burden, Scored::gdp})
        if (record_.origin + h <= last_) all.emplace_back(h, what);
    return all;
  }
  /// What baselines are made from, or nothing.
  const History* past(StateIndex i, Scored what) const {
    const auto found = histories_.find(i);
    if (found == histories_.end()) return nullptr;
    return what != Scored::milex && found->second.log_gdp.empty() ? nullptr : &found->second;
  }

  /// The own forecast's energy score, and that of each baseline for the same states, whose normals
  /// know nothing of each other.
  void score_jointly(std::vector<JointForecast>& joint, const std::string& method, int h,
                     Scored what) {
    add_joint(joint, method, h, what);
    for (std::size_t which = 0; which < baseline_names.size(); ++which) {
      const auto kind = static_cast<Baseline>(which);
      for (auto& [i, came, values] : joint) {
        const NormalForecast f = forecast(kind, what, *past(i, what), h);
        for (std::size_t m = 0; m < values.size(); ++m)
          values[m] = f.mean + f.sd * normal({.seed = options_.fit.seed,
                                              .purpose = Purpose::baseline,
                                              .index = static_cast<std::uint32_t>(m),
                                              .entity = entity_id(panel_.states[i].id),
                                              .when = static_cast<std::uint32_t>(h)});
      }
      add_joint(joint, std::string(baseline_names[which]), h, what);
    }
  }
  void add_joint(const std::vector<JointForecast>& joint, const std::string& method, int h,
                 Scored what) {
    std::vector<double> observed, all;
    for (const JointForecast& j : joint) observed.push_back(j.came);
    for (int m = 0; m < members(); ++m)
      for (const JointForecast& j : joint) all.push_back(j.members[m]);
    record_.joint.push_back({method, what, record_.origin, h, static_cast<int>(joint.size()),
                             energy_score(observed, all)});
  }

  void score_baselines() {
    for (const auto& [h, what] : asked())
      for (std::size_t which = 0; which < baseline_names.size(); ++which)
        for (StateIndex i = 0; i < panel_.size(); ++i) {
          const double came = came_of(i, record_.origin + h, what);
          const History* own = past(i, what);
          const auto kind = static_cast<Baseline>(which);
          if (!known(came) || own == nullptr ||
              (own->log_gdp.empty() && kind == Baseline::constant_share))
            continue;
          const NormalForecast f = forecast(kind, what, *own, h);
          record_.forecasts.push_back(score_normal(std::string(baseline_names[which]), what,
                                                   panel_.states[i].id, record_.origin, h, came,
                                                   f.mean, f.sd));
        }
  }

  /// A constant share of GDP is a random walk of the burden.
  static NormalForecast forecast(Baseline kind, Scored what, const History& past, int h) {
    if (what == Scored::milex) return baseline(kind, past.log_milex, past.log_gdp, h);
    const Baseline own = kind == Baseline::drift ? kind : Baseline::random_walk;
    if (what == Scored::gdp) return baseline(own, past.log_gdp, past.log_gdp, h);
    std::vector<double> log_burden = past.log_milex;
    for (std::size_t t = 0; t < log_burden.size(); ++t) log_burden[t] -= past.log_gdp[t];
    return baseline(own, log_burden, past.log_gdp, h);
  }

  void score_plans(const Posterior& posterior) {
    std::vector<StateIndex> planned;
    for (const PlanRow& p : past_->panel().plans)
      if (p.by > record_.origin && std::ranges::find(planned, p.state) == planned.end())
        planned.push_back(p.state);
    const bool plans = !planned.empty();
    for (const PlanRow& p : promises_in_force(past_->panel(), record_.origin))
      if (std::ranges::find(planned, p.state) == planned.end()) planned.push_back(p.state);
    if (planned.empty()) return;
    project_and_score(posterior, std::string(with_plan), planned);
    if (!plans) return;
    Panel as_announced = past_->panel();
    for (PlanRow& p : as_announced.plans) p.to_panel = 1;
    past_ = past_of(std::move(as_announced), record_.origin);
    project_and_score(posterior, std::string(with_plan_as_announced), planned);
  }

  const Panel& panel_;
  std::shared_ptr<const Past> past_;
  const BacktestOptions& options_;
  int last_;  // year with outcomes
  std::map<StateIndex, History> histories_;
  OriginRecord record_;
};

}  // namespace

std::shared_ptr<const Past> past_at(const Panel& panel, int origin,
                                    const BacktestOptions& options) {
  return past_of(as_of(options.vintage ? with_figures(panel, *options.vintage) : panel, origin),
                 origin);
}

Posterior fit_at(const Past& past, const BacktestOptions& options, const FitObserver& observer) {
  FitOptions fit_options = options.fit;
  if (options.priors) fit_options.priors = options.priors(past.year());
  for (const std::string& term : switched_off(options.terms, past.rows()))
    if (std::ranges::find(fit_options.without, term) == fit_options.without.end())
      fit_options.without.push_back(term);
  return fit(past, fit_options, {.threads = 1}, observer);
}

double log_outcome(const Panel& panel, StateIndex i, int year, Scored what) {
  const MilexCell& c = panel.cell(i, year);
  if (!c.observed()) return missing;
  return log(scored(c, what));
}

std::vector<double> log_sample(const Ensemble& futures, int year, StateIndex i, Scored what) {
  const auto milex = futures.milex(year, i), burden = futures.burden(year, i);
  std::vector<double> sample;
  for (std::size_t k = 0; k < milex.size(); ++k)
    sample.push_back(
        log(scored({.milex = milex[k], .burden = what == Scored::milex ? 1 : burden[k]}, what)));
  return sample;
}

ScoredForecast score_sample(ScoredForecast s, std::vector<double>& sample) {
  std::ranges::sort(sample);
  const double m = static_cast<double>(sample.size());
  double squares = 0;
  for (const double x : sample) s.mean += x / m;
  for (const double x : sample) squares += (x - s.mean) * (x - s.mean) / m;
  s.sd = square_root(squares);
  s.median = quantile_of(sample, 0.5);
  s.crps = crps_sample(s.observed, sample);
  s.log_score = log_score_sample(s.observed, sample);
  s.pit = pit(s.observed, sample);
  for (std::size_t k = 0; k < interval_levels.size(); ++k) {
    s.low[k] = quantile_of(sample, 0.5 - 0.5 * interval_levels[k]);
    s.high[k] = quantile_of(sample, 0.5 + 0.5 * interval_levels[k]);
  }
  return s;
}

ScoredForecast score_normal(std::string method, Scored what, std::string state, int origin,
                            int horizon, double observed, double mean, double sd) {
  ScoredForecast s{.method = std::move(method),
                   .what = what,
                   .state = std::move(state),
                   .origin = origin,
                   .horizon = horizon,
                   .observed = observed,
                   .mean = mean,
                   .sd = sd,
                   .median = mean,
                   .crps = crps_normal(observed, mean, sd),
                   .log_score = log_score_normal(observed, mean, sd),
                   .pit = normal_cdf((observed - mean) / sd)};
  for (std::size_t k = 0; k < interval_levels.size(); ++k) {
    const double half = sd * inverse_normal(0.5 + 0.5 * interval_levels[k]);
    s.low[k] = mean - half;
    s.high[k] = mean + half;
  }
  return s;
}

std::optional<History> baseline_history(const Panel& panel, StateIndex state, int origin) {
  History h;
  bool burdens = true;
  int first = origin + 1;
  while (first > first_baseline_year && panel.cell(state, first - 1).observed()) --first;
  if (origin - first + 1 < fewest_baseline_years) return std::nullopt;
  for (int year = first; year <= origin; ++year) {
    const MilexCell& c = panel.cell(state, year);
    h.log_milex.push_back(log(c.milex));
    h.log_gdp.push_back(log(c.milex) - log(c.burden));
    burdens = burdens && known(c.burden);
  }
  if (!burdens) h.log_gdp.clear();
  return h;
}

Panel with_figures(Panel panel, const Panel& release) {
  for (StateIndex i = 0; i < panel.size(); ++i) {
    const auto there = release.find(panel.states[i].id);
    for (int year = panel.first_year; year <= panel.last_year; ++year)
      panel.cell_at(i, year) = there && year >= release.first_year && year <= release.last_year
                                   ? release.cell(*there, year)
                                   : MilexCell();
  }
  return panel;
}

std::optional<OriginRecord> backtest_origin(const Panel& panel, int origin,
                                            const BacktestOptions& options,
                                            const FitObserver& observer) {
  return Origin(panel, origin, options).run(observer);
}

std::vector<OriginRecord> records_of(std::span<const int> origins, const OriginWork& work,
                                     const Execution& execution, const FitObserver& observer,
                                     const RecordStore& store) {
  const int count = static_cast<int>(origins.size());
  std::vector<std::optional<OriginRecord>> found(count);
  std::vector<double> part(count, 0.0);
  std::mutex guard;
  std::atomic<bool> stopped{false};
  const auto tell = [&](int k, double done) {
    const std::lock_guard lock(guard);
    part[k] = done;
    double all = 0;
    for (const double p : part) all += p / count;
    if (observer && !observer(all)) stopped = true;
    return !stopped;
  };
  for_each_block(execution, count, [&](int k, int) {
    if (stopped) return;
    const int origin = origins[k];
    if (store.find) found[k] = store.find(origin);
    if (!found[k]) {
      found[k] = work(origin, [&](double done) { return tell(k, 0.9 * done); });
      const std::lock_guard lock(guard);
      if (found[k] && store.keep) store.keep(*found[k]);
    }
    tell(k, 1);
  });
  std::vector<OriginRecord> records;
  for (auto& record : found)
    if (record) records.push_back(std::move(*record));
  return records;
}

std::vector<OriginRecord> backtest(const Panel& panel, const BacktestOptions& options,
                                   const Execution& execution, const FitObserver& observer,
                                   const RecordStore& store) {
  return records_of(
      options.origins,
      [&](int origin, const FitObserver& tell) {
        return backtest_origin(panel, origin, options, tell);
      },
      execution, observer, store);
}

}  // namespace tenbin
