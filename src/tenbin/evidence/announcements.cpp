// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/announcements.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "tenbin/num/elementary.hpp"
#include "tenbin/past/promises.hpp"
#include "tenbin/past/scores.hpp"

namespace tenbin {
namespace {

constexpr int latest_start = 2;     // years after the announcement
constexpr double other_region = 1;  // of the distance of two states, whose unit is a log share
constexpr int fewest_pledges = 3;   // for a standard error
constexpr int ratio_years = 3;      // from which the ratio of both measures is taken

bool is_promise(const Pledge& p) { return static_cast<std::size_t>(p.kind) < promise_kinds; }

double observed_log(const Panel& panel, StateIndex i, int year, Scored what) {
  const MilexCell& c = panel.cell(i, year);
  return c.observed() ? log(scored(c, what)) : missing;
}

bool has_outcome(const Panel& panel, const Trial& t) {
  for (int year = t.origin + 1; year <= t.until; ++year)
    if (known(observed_log(panel, t.pledge.state, year, t.what()))) return true;
  return false;
}

/// Log of what a promise asks for over what its state had at the origin.
double gap_of(const Panel& panel, const Trial& t) {
  const Pledge& p = t.pledge;
  const double target =
      t.what() == Scored::burden ? p.target * p.to_panel : growth_target(panel, p);
  return log(target) - observed_log(panel, p.state, t.origin, t.what());
}

/// The rules that an announcement, a wrong date and a wrong state share.
std::optional<WhyNot> fails(const Panel& panel, const Trial& t) {
  if (t.pledge.due() <= t.origin) return WhyNot::no_time;
  const double gap = gap_of(panel, t);
  if (!known(gap) || !has_outcome(panel, t)) return WhyNot::no_outcome;
  if (!(gap > least_gap)) return WhyNot::asks_nothing;
  return std::nullopt;
}

std::optional<WhyNot> not_in_sample(const Panel& panel, const Trial& t) {
  const Pledge& p = t.pledge;
  if (!is_promise(p)) return WhyNot::no_promise;
  if (p.measure != PledgeMeasure::share_of_gdp && p.measure != PledgeMeasure::real_growth_per_year)
    return WhyNot::measure;
  if (!p.reaches_share() && !reaches_growth(p)) return WhyNot::part;
  if (p.from > p.announced + latest_start) return WhyNot::joined;
  if (!in_force(p, p.announced)) return WhyNot::no_time;
  return fails(panel, t);
}

/// The first and the last year in which a row of the ledger binds, or was about to.
std::pair<int, int> span_of(const Pledge& p) {
  return {std::max(p.announced, p.from - latest_start), ended(p)};
}

/// Whether a state has a promise of any measure in a span of years.
bool promised(const Panel& panel, StateIndex i, int first, int last) {
  return std::ranges::any_of(panel.pledges, [&](const Pledge& p) {
    const auto [from, to] = span_of(p);
    return p.state == i && is_promise(p) && from <= last && to >= first;
  });
}

int last_scored(const Panel& panel, const Pledge& p, int origin) {
  return std::min({p.due(), origin + most_years, panel.last_year});
}

/// The year of a state's first promise after a year; 0: none.
int next_promise(const Panel& panel, StateIndex i, int year) {
  int next = 0;
  for (const Pledge& p : panel.pledges)
    if (const int from = span_of(p).first;
        p.state == i && is_promise(p) && from > year && (next == 0 || from < next))
      next = from;
  return next;
}

std::optional<Trial> wrong_date(const Panel& panel, const Trial& real, int earlier) {
  Trial t = real;
  t.kind = TrialKind::wrong_date;
  t.earlier = earlier;
  t.origin -= earlier;
  Pledge& p = t.pledge;
  p.by = p.due() - earlier;
  p.announced -= earlier, p.from -= earlier, p.withdrawn = 0;
  p.to_panel = ratio_known(panel, panel.pledges[real.row], t.origin);
  t.until = std::min(last_scored(panel, p, t.origin), next_promise(panel, p.state, t.origin) - 1);
  if (promised(panel, p.state, t.origin, t.origin) || fails(panel, t)) return std::nullopt;
  return t;
}

/// The nearest state without a promise that is not yet `used`.
std::optional<Trial> wrong_state(const Panel& panel, const Trial& real,
                                 const std::set<StateIndex>& used) {
  std::optional<Trial> nearest;
  double least = 0;
  const State& maker = panel.states[real.maker];
  const double own = observed_log(panel, real.maker, real.origin, Scored::burden);
  for (StateIndex i = 0; i < panel.size(); ++i) {
    if (used.contains(i) || promised(panel, i, real.origin, real.until)) continue;
    Trial t = real;
    t.kind = TrialKind::wrong_state;
    t.pledge.state = i;
    const double distance = absolute(observed_log(panel, i, real.origin, Scored::burden) - own) +
                            (panel.states[i].region == maker.region ? 0 : other_region);
    if (!known(distance) || (nearest && distance >= least) || fails(panel, t)) continue;
    nearest = t;
    least = distance;
  }
  return nearest;
}

/// A state's second trial of a kind and an origin is put into another run.
void assign_runs(std::vector<Trial>& trials) {
  std::map<int, std::vector<std::pair<TrialKind, std::set<StateIndex>>>> runs;  // by origin
  for (Trial& t : trials) {
    auto& there = runs[t.origin];
    const auto free = std::ranges::find_if(there, [&](const auto& run) {
      return run.first == t.kind && !run.second.contains(t.pledge.state);
    });
    t.run = static_cast<int>(free - there.begin());
    if (free == there.end()) there.push_back({t.kind, {}});
    there[static_cast<std::size_t>(t.run)].second.insert(t.pledge.state);
  }
}

}  // namespace

double ratio_known(const Panel& panel, const Pledge& p, int year) {
  double sum = 0;
  int count = 0;
  for (const OwnShare& own : panel.own_shares) {
    const MilexCell& c = panel.cell(own.state, own.year);
    if (own.state == p.state && own.year <= year && own.year > year - ratio_years && c.observed() &&
        known(c.burden))
      sum += c.burden / own.share, ++count;
  }
  if (count > 0) return sum / count;
  return p.to_panel > 0 ? p.to_panel : 1;
}

bool reaches_growth(const Pledge& p) {
  return is_promise(p) && p.measure == PledgeMeasure::real_growth_per_year &&
         p.form == PledgeForm::growth && p.as == PlanMode::at_least && !p.part && p.same_as.empty();
}

double growth_target(const Panel& panel, const Pledge& p) {
  const MilexCell& c = panel.cell(p.state, p.announced);
  if (!c.observed()) return missing;
  return c.milex * exp((p.due() - p.from + 1) * log1p(p.target));
}

bool in_force(const Pledge& p, int year) {
  return p.announced <= year && p.due() > year && (p.withdrawn == 0 || p.withdrawn > year);
}

Sample announcement_sample(const Panel& panel, std::span<const int> origins) {
  Sample sample;
  for (std::size_t k = 0; k < panel.pledges.size(); ++k) {
    Trial t{.row = k, .pledge = panel.pledges[k]};
    t.maker = t.pledge.state;
    t.origin = t.pledge.announced;
    t.until = last_scored(panel, t.pledge, t.origin);
    t.pledge.to_panel = ratio_known(panel, t.pledge, t.origin);
    if (const auto why = not_in_sample(panel, t))
      ++sample.left_out[*why];
    else
      sample.trials.push_back(t);
  }
  const std::vector<Trial> real = sample.trials;
  for (const Trial& t : real)
    for (const int earlier : years_earlier)
      if (const auto placebo = wrong_date(panel, t, earlier)) sample.trials.push_back(*placebo);
  std::map<std::string, std::set<StateIndex>> used;  // by pledge
  for (const Trial& t : real)
    if (const auto placebo = wrong_state(panel, t, used[t.pledge.pledge])) {
      used[t.pledge.pledge].insert(placebo->pledge.state);
      sample.trials.push_back(*placebo);
    }
  std::erase_if(sample.trials, [&](const Trial& t) {
    return std::ranges::find(origins, t.origin) == origins.end();
  });
  assign_runs(sample.trials);
  return sample;
}

namespace {

using Key = std::tuple<std::string, std::string, int, Scored>;  // method, state, year, quantity

std::optional<TrialScore> score_trial(const Panel& panel, const Trial& t,
                                      const std::map<Key, const ScoredForecast*>& forecasts) {
  TrialScore s{.trial = t};
  const std::string& id = panel.states[t.pledge.state].id;
  for (int year = t.origin + 1; year <= t.until; ++year) {
    const auto with = forecasts.find({run_method(t.run), id, year, t.what()}),
               without = forecasts.find({std::string(without_it), id, year, t.what()});
    if (with == forecasts.end() || without == forecasts.end()) continue;
    ++s.years;
    s.with += with->second->crps;
    s.without += without->second->crps;
    s.last = year;
    s.observed = with->second->observed;
    s.median_with = with->second->median;
    s.median_without = without->second->median;
    s.sd_without = without->second->sd;
    s.pit_with = with->second->pit;
    s.pit_without = without->second->pit;
  }
  if (s.years == 0) return std::nullopt;
  s.with /= s.years;
  s.without /= s.years;
  return s;
}

/// Whether what two trials left unexplained may have the same cause.
bool dependent(const TrialScore& a, const TrialScore& b) {
  if (a.trial.pledge.pledge == b.trial.pledge.pledge) return true;
  return a.trial.pledge.state == b.trial.pledge.state && a.trial.origin < b.last &&
         b.trial.origin < a.last;
}

}  // namespace

std::vector<TrialScore> score_trials(const Panel& panel, std::span<const Trial> trials,
                                     std::span<const OriginRecord> records) {
  std::map<int, std::map<Key, const ScoredForecast*>> by_origin;
  for (const OriginRecord& r : records)
    for (const ScoredForecast& f : r.forecasts)
      by_origin[r.origin][{f.method, f.state, r.origin + f.horizon, f.what}] = &f;
  std::vector<TrialScore> scores;
  for (const Trial& t : trials)
    if (const auto s = score_trial(panel, t, by_origin[t.origin])) scores.push_back(*s);
  return scores;
}

namespace {

/// Sums of the scores of a pledge's trials.
struct Sums {
  double with = 0, without = 0;

  double gain() const { return 1 - with / without; }
};

/// Sum of the products of what two dependent trials left unexplained by a common gain.
double linked_variance(std::span<const TrialScore> scores, double gain) {
  const auto rest = [&](const TrialScore& s) { return (1 - gain) * s.without - s.with; };
  double sum = 0;
  for (const TrialScore& a : scores)
    for (const TrialScore& b : scores)
      if (dependent(a, b)) sum += rest(a) * rest(b);
  return sum;
}

double error_of(std::span<const TrialScore> scores, const std::map<std::string, Sums>& pledges,
                const Sums& all) {
  const double count = static_cast<double>(pledges.size());
  double clustered = 0, mean = 0, squares = 0;
  for (const auto& [name, one] : pledges) {
    const double rest = (1 - all.gain()) * one.without - one.with;
    clustered += rest * rest;
    const double others = Sums{all.with - one.with, all.without - one.without}.gain();
    mean += others / count;
    squares += others * others;
  }
  const double by_parts = maximum(clustered, linked_variance(scores, all.gain()));
  const double jackknife = maximum(squares - count * mean * mean, 0.0) * (count - 1) / count;
  return maximum(square_root(by_parts * count / (count - 1)) / all.without, square_root(jackknife));
}

}  // namespace

TrialSummary summary_of(std::span<const TrialScore> scores) {
  TrialSummary sum{.trials = static_cast<int>(scores.size())};
  if (scores.empty()) return sum;
  Sums all;
  std::vector<double> gains;
  std::map<std::string, Sums> pledges;
  int moved = 0, surprise = 0;
  for (const TrialScore& s : scores) {
    Sums& own = pledges[s.trial.pledge.pledge];
    for (Sums* one : {&all, &own}) one->with += s.with, one->without += s.without;
    gains.push_back(s.gain());
    sum.better += s.gain() > no_difference;
    sum.worse += s.gain() < -no_difference;
    moved += s.moved() > 1;
    surprise += s.surprise() > 1;
  }
  const double n = static_cast<double>(scores.size());
  std::ranges::sort(gains);
  sum.median_gain = quantile_of(gains, 0.5);
  sum.moved = moved / n;
  sum.surprise = surprise / n;
  sum.gain = all.gain();
  sum.pledges = static_cast<int>(pledges.size());
  for (const auto& [name, one] : pledges) sum.pledges_better += one.gain() > no_difference;
  if (sum.pledges >= fewest_pledges) sum.error = error_of(scores, pledges, all);
  return sum;
}

TrialGroup up_to(const Panel& panel, std::span<const Trial> trials,
                 std::span<const OriginRecord> records, int year) {
  std::vector<Trial> shorter(trials.begin(), trials.end());
  std::erase_if(shorter, [](const Trial& t) { return t.kind != TrialKind::announcement; });
  for (Trial& t : shorter) t.until = std::min(t.until, year);
  return {"outcomes up to " + std::to_string(year), score_trials(panel, shorter, records)};
}

std::vector<TrialGroup> groups_of(std::span<const TrialScore> scores, TrialKind kind) {
  std::vector<TrialGroup> groups;
  const auto add = [&](std::string name, auto&& belongs) {
    TrialGroup group{std::move(name), {}};
    for (const TrialScore& s : scores)
      if (s.trial.kind == kind && belongs(s.trial)) group.scores.push_back(s);
    if (!group.scores.empty()) groups.push_back(std::move(group));
  };
  add("all", [](const Trial&) { return true; });
  add("share of GDP", [](const Trial& t) { return t.what() == Scored::burden; });
  add("growth of spending", [](const Trial& t) { return t.what() == Scored::milex; });
  for (std::size_t k = 0; k < promise_kinds; ++k)
    add(std::string(pledge_kind_names[k]),
        [&](const Trial& t) { return static_cast<std::size_t>(t.pledge.kind) == k; });
  constexpr std::array eras{0, 2000, 2014, 2022, 10000};
  constexpr std::array names{"before 2000", "2000 to 2013", "2014 to 2021", "2022 and later"};
  for (std::size_t e = 0; e < names.size(); ++e)
    add(names[e], [&](const Trial& t) {
      const int made = t.pledge.announced + t.earlier;
      return eras[e] <= made && made < eras[e + 1];
    });
  if (kind == TrialKind::wrong_date)
    for (const int earlier : years_earlier)
      add(std::to_string(earlier) + " years early",
          [&](const Trial& t) { return t.earlier == earlier; });
  return groups;
}

}  // namespace tenbin
