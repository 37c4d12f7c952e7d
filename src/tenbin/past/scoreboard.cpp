// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/scoreboard.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "tenbin/num/elementary.hpp"
#include "tenbin/past/scores.hpp"

namespace tenbin {
namespace {

bool named(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool wanted(const ScoredForecast& f, const ScoreboardOptions& o) {
  return f.what == o.what && f.origin >= o.first_origin && f.origin <= o.last_origin &&
         (o.states.empty() || named(o.states, f.state));
}

using Case = std::pair<int, std::string>;  // origin, state
using Row = std::vector<const ScoredForecast*>;

/// Cases of each horizon that every method has, [method] in each.
std::map<int, std::map<Case, Row>> common_cases(std::span<const OriginRecord> records,
                                                const ScoreboardOptions& o) {
  std::map<int, std::map<Case, Row>> all;
  for (const OriginRecord& record : records)
    for (const ScoredForecast& f : record.forecasts) {
      const auto method = std::find(o.methods.begin(), o.methods.end(), f.method);
      if (method == o.methods.end() || !wanted(f, o)) continue;
      Row& row = all[f.horizon][{f.origin, f.state}];
      row.resize(o.methods.size(), nullptr);
      row[method - o.methods.begin()] = &f;
    }
  for (auto& [h, cases] : all)
    std::erase_if(cases, [](const auto& entry) {
      return std::find(entry.second.begin(), entry.second.end(), nullptr) != entry.second.end();
    });
  std::erase_if(all, [](const auto& entry) { return entry.second.empty(); });
  return all;
}

/// Sums of a loss difference by origin.
struct ByOrigin {
  std::vector<int> origins;
  std::vector<double> sums, counts;
  double total = 0, cases = 0;

  void add(int origin, double difference) {
    if (origins.empty() || origins.back() != origin) {
      origins.push_back(origin);
      sums.push_back(0);
      counts.push_back(0);
    }
    sums.back() += difference;
    ++counts.back();
    total += difference;
    ++cases;
  }
  /// Standard error of the mean difference over cases; outcomes of origins nearer than h overlap.
  /// The mean is estimated too, which takes a part of the variance away: it is put back. NaN where
  /// the origins are hardly more than one block.
  double error(int h) const {
    double variance = 0, taken = 0;
    for (std::size_t a = 0; a < origins.size(); ++a)
      for (std::size_t b = 0; b < origins.size(); ++b) {
        const int apart = std::abs(origins[a] - origins[b]);
        if (apart >= h) continue;
        const double weight = 1 - static_cast<double>(apart) / h;
        const auto off = [&](std::size_t k) { return sums[k] - counts[k] * total / cases; };
        variance += weight * off(a) * off(b);
        taken += weight * counts[a] * counts[b] / (cases * cases);
      }
    if (taken > 0.8) return missing;
    return square_root(maximum(variance, 0.0) / (1 - taken)) / cases;
  }
  /// Mean difference of each origin.
  std::vector<double> means() const {
    std::vector<double> result;
    for (std::size_t k = 0; k < sums.size(); ++k) result.push_back(sums[k] / counts[k]);
    return result;
  }
  /// Steps between origins that lie within h years.
  int steps(int h) const {
    int nearest = h;
    for (std::size_t k = 1; k < origins.size(); ++k)
      nearest = std::min(nearest, origins[k] - origins[k - 1]);
    return (h + nearest - 1) / nearest;
  }
};

MethodScore mean_scores(const std::map<Case, Row>& cases, std::size_t method, int h) {
  ByOrigin inside;
  MethodScore s{.method = cases.begin()->second[method]->method};
  const double n = static_cast<double>(cases.size());
  for (const auto& [key, row] : cases) {
    const ScoredForecast& f = *row[method];
    s.crps += f.crps / n;
    s.log_score += f.log_score / n;
    s.absolute_error += absolute(f.observed - f.median) / n;
    for (std::size_t k = 0; k < interval_levels.size(); ++k) {
      s.coverage[k] += (f.low[k] <= f.observed && f.observed <= f.high[k]) / n;
      s.width[k] += (f.high[k] - f.low[k]) / n;
    }
    inside.add(key.first, f.low[1] <= f.observed && f.observed <= f.high[1] ? 1 : 0);
    s.interval += interval_score(f.observed, f.low[1], f.high[1], interval_levels[1]) / n;
  }
  s.coverage80_se = inside.error(h);
  return s;
}

void compare_with_own(const std::map<Case, Row>& cases, std::size_t method, int h, double own_crps,
                      MethodScore& s) {
  ByOrigin difference, ratio;  // skill is a ratio of means: its error is that of the latter
  const double share = own_crps / s.crps;
  for (const auto& [key, row] : cases) {
    difference.add(key.first, row[method]->crps - row[0]->crps);
    ratio.add(key.first, share * row[method]->crps - row[0]->crps);
  }
  s.skill = 1 - share;
  s.skill_se = ratio.error(h) / s.crps;
  const DieboldMariano dm = diebold_mariano(difference.means(), difference.steps(h));
  s.dm = dm.statistic;
  s.dm_p = dm.degrees > 0 && s.dm == s.dm
               ? 2 * (1 - student_cdf(absolute(dm.statistic), dm.degrees))
               : missing;
}

double mean_energy(std::span<const OriginRecord> records, const std::string& method,
                   const ScoreboardOptions& o, int h) {
  double total = 0;
  int count = 0;
  for (const OriginRecord& r : records)
    for (const JointScore& j : r.joint)
      if (j.method == method && j.what == o.what && j.horizon == h && j.origin >= o.first_origin &&
          j.origin <= o.last_origin)
        total += j.energy, ++count;
  return count > 0 && o.states.empty() ? total / count : missing;
}

}  // namespace

std::vector<std::string> methods_of(std::span<const OriginRecord> records, Scored what,
                                    const std::vector<std::string>& asked) {
  std::vector<std::string> there;
  for (const std::string& method : asked)
    if (std::any_of(records.begin(), records.end(), [&](const OriginRecord& r) {
          return std::any_of(r.forecasts.begin(), r.forecasts.end(), [&](const ScoredForecast& f) {
            return f.what == what && f.method == method;
          });
        }))
      there.push_back(method);
  return there;
}

std::vector<HorizonScores> scoreboard(std::span<const OriginRecord> records,
                                      const ScoreboardOptions& o) {
  std::vector<HorizonScores> board;
  for (const auto& [h, cases] : common_cases(records, o)) {
    HorizonScores scores{.what = o.what, .horizon = h, .cases = static_cast<int>(cases.size())};
    int last = -1;
    for (const auto& [key, row] : cases) {
      scores.origins += key.first != last;
      last = key.first;
      ++scores.pit[std::min(9, static_cast<int>(10 * row[0]->pit))];
    }
    for (std::size_t m = 0; m < o.methods.size(); ++m) {
      MethodScore s = mean_scores(cases, m, h);
      s.energy = mean_energy(records, s.method, o, h);
      if (m > 0) compare_with_own(cases, m, h, scores.methods[0].crps, s);
      scores.methods.push_back(std::move(s));
    }
    board.push_back(std::move(scores));
  }
  return board;
}

std::vector<ScoredForecast> worst_misses(std::span<const OriginRecord> records,
                                         const ScoreboardOptions& o, int horizon,
                                         std::size_t count) {
  std::vector<ScoredForecast> all;
  for (const OriginRecord& r : records)
    for (const ScoredForecast& f : r.forecasts)
      if (f.method == o.methods[0] && f.horizon == horizon && wanted(f, o)) all.push_back(f);
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.crps > b.crps; });
  std::vector<ScoredForecast> worst;
  for (const ScoredForecast& f : all) {
    if (worst.size() == count) break;
    if (std::none_of(worst.begin(), worst.end(), [&](const auto& w) { return w.state == f.state; }))
      worst.push_back(f);
  }
  return worst;
}

}  // namespace tenbin
