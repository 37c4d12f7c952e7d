// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/races.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "tenbin/num/elementary.hpp"
#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

bool overlap(const Race& race, int start, int end) {
  return race.start <= end && start <= race.end;
}

/// First and last year of the first run of `years` trues that overlaps [start, end] of a race.
template <class Holds>
bool find_run(const Holds& holds, int first, int last, const Race& race, int years, Race& run) {
  for (int year = first; year <= last; ++year) {
    if (!holds(year)) continue;
    run.start = year;
    while (year < last && holds(year + 1)) ++year;
    run.end = year;
    if (run.end - run.start + 1 >= years && overlap(race, run.start, run.end)) return true;
  }
  return false;
}

/// One filtered year of level and growth: means and covariances.
struct Filtered {
  double level = 0, growth = 0, ll = 0, lg = 0, gg = 0;
};

/// Kalman filter of a level measured with noise whose growth walks; NaN: no measurement.
struct Filter {
  std::vector<Filtered> years;
  double log_likelihood = 0;

  Filter(const std::vector<double>& y, double noise, double walk) {
    constexpr double vague = 0.2;  // sd of growth before the first figures
    Filtered x{.level = y[0], .ll = noise * noise, .gg = vague * vague};
    years.push_back(x);
    for (std::size_t t = 1; t < y.size(); ++t) {
      // growth walks, then moves the level
      const double g = x.gg + walk * walk;
      x = {.level = x.level + x.growth,
           .growth = x.growth,
           .ll = x.ll + 2 * x.lg + g,
           .lg = x.lg + g,
           .gg = g};
      if (y[t] == y[t]) {
        const double spread = x.ll + noise * noise, off = y[t] - x.level;
        log_likelihood -= 0.5 * (log(spread) + off * off / spread);
        const double kl = x.ll / spread, kg = x.lg / spread;
        x = {.level = x.level + kl * off,
             .growth = x.growth + kg * off,
             .ll = x.ll - kl * x.ll,
             .lg = x.lg - kl * x.lg,
             .gg = x.gg - kg * x.lg};
      }
      years.push_back(x);
    }
  }
};

/// One path of growth given all figures: backward from the last filtered year.
std::vector<double> draw_path(const Filter& f, double walk, RandomKey key) {
  const std::size_t n = f.years.size();
  std::vector<double> path(n);
  const auto draw = [&](double mean, double variance, std::size_t t) {
    key.when = static_cast<std::uint32_t>(t);
    return mean + square_root(maximum(variance, 0.0)) * normal(key);
  };
  const Filtered& end = f.years[n - 1];
  path[n - 1] = draw(end.growth, end.gg, n - 1);
  // level given growth: only its conditional matters going back
  RandomKey level_key = key;
  level_key.when = 1u << 20;
  const double slope = end.gg > 0 ? end.lg / end.gg : 0;
  double level = end.level + slope * (path[n - 1] - end.growth) +
                 square_root(maximum(end.ll - slope * end.lg, 0.0)) * normal(level_key);
  for (std::size_t t = n - 1; t-- > 0;) {
    const Filtered& x = f.years[t];
    level -= path[t + 1];  // known: the level of year t
    const double pull = x.ll > 0 ? x.lg / x.ll : 0;
    double mean = x.growth + pull * (level - x.level), variance = x.gg - pull * x.lg;
    variance = maximum(variance, 0.0);
    const double weight = variance > 0 ? variance / (variance + walk * walk) : 0;
    mean += weight * (path[t + 1] - mean);
    path[t] = draw(mean, variance * (1 - weight), t);
  }
  return path;
}

}  // namespace

std::vector<Race> races_of(const GrowthRecord& record, StateIndex a, StateIndex b, int first,
                           int last, const RaceRule& rule) {
  std::vector<Race> races;
  first = std::max(first, record.first_year());
  last = std::min(last, record.last_year());
  const auto both = [&](int year) {
    return record.grows(a, year, rule.growth) && record.grows(b, year, rule.growth);
  };
  for (int year = first; year <= last; ++year) {
    if (!both(year)) continue;
    Race race{a, b, year, year};
    while (race.end < last && both(race.end + 1)) ++race.end;
    if (race.end - race.start + 1 >= rule.years) races.push_back(race);
    year = race.end;
  }
  return races;
}

double pace(const GrowthRecord& record, StateIndex a, StateIndex b, int last, int years) {
  double lowest = std::numeric_limits<double>::infinity();
  for (int year = last - years + 1; year <= last; ++year)
    for (const StateIndex i : {a, b}) {
      const double growth = record.growth(i, year);
      if (!known(growth)) return missing;
      lowest = std::min(lowest, growth);
    }
  return lowest;
}

std::vector<RivalYears> rival_years(const Panel& panel, int first, int last) {
  std::map<std::pair<StateIndex, StateIndex>, std::set<int>> years;
  for (const Spell& s : panel.rivalries)
    for (int year = std::max(s.start, first); year <= std::min(s.end, last); ++year)
      years[std::minmax(s.a, s.b)].insert(year);
  std::vector<RivalYears> all;
  for (const auto& [dyad, of] : years)
    for (const int year : of) {
      const bool goes_on = !all.empty() && all.back().a == dyad.first &&
                           all.back().b == dyad.second && all.back().end == year - 1;
      if (goes_on)
        all.back().end = year;
      else
        all.push_back({dyad.first, dyad.second, year, year});
    }
  return all;
}

std::vector<Race> races_among_rivals(const Panel& panel, const GrowthRecord& record, int last,
                                     const RaceRule& rule) {
  std::vector<Race> all;
  for (const RivalYears& r :
       rival_years(panel, record.first_year(), std::min(last, record.last_year())))
    for (const Race& race : races_of(record, r.a, r.b, r.start, r.end, rule)) all.push_back(race);
  const auto key = [](const Race& r) { return std::array{r.start, r.end, r.a, r.b}; };
  std::sort(all.begin(), all.end(), [&](const Race& x, const Race& y) { return key(x) < key(y); });
  return all;
}

CatalogueMatch match_catalogue(const Panel& panel, const GrowthRecord& record, int last,
                               const RaceRule& rule) {
  CatalogueMatch match;
  for (const ListedRace& l : panel.listed_races) {
    ++match.listed;
    match.inside += !races_of(record, l.a, l.b, l.start, l.end, rule).empty();
    match.within_a_year += !races_of(record, l.a, l.b, l.start - 1, l.end + 1, rule).empty();
  }
  for (const Race& race : races_among_rivals(panel, record, last, rule)) {
    ++match.found;
    match.found_listed +=
        std::any_of(panel.listed_races.begin(), panel.listed_races.end(), [&](const auto& l) {
          return std::minmax(l.a, l.b) == std::minmax(race.a, race.b) &&
                 overlap(race, l.start, l.end);
        });
  }
  return match;
}

UnderlyingGrowth underlying_growth(std::span<const double> values, int first, RandomKey key) {
  constexpr std::array noises{0.005, 0.01, 0.02, 0.04, 0.08};
  constexpr std::array walks{0.01, 0.02, 0.04, 0.08, 0.16, 0.32};
  std::size_t begin = 0, end = values.size();
  const auto there = [&](std::size_t k) { return values[k] > 0; };
  while (begin < end && !there(begin)) ++begin;
  while (end > begin && !there(end - 1)) --end;
  UnderlyingGrowth u{.first = first + static_cast<int>(begin),
                     .last = first + static_cast<int>(end) - 1};
  std::vector<double> y;
  int figures = 0;
  for (std::size_t k = begin; k < end; ++k) {
    y.push_back(there(k) ? log(values[k]) : missing);
    figures += there(k);
  }
  if (figures < 4) return {};
  double best = 0;
  for (const double noise : noises)
    for (const double walk : walks) {
      const double l = Filter(y, noise, walk).log_likelihood;
      if (u.noise == 0 || l > best) best = l, u.noise = noise, u.walk = walk;
    }
  const Filter filter(y, u.noise, u.walk);
  for (key.index = 0; key.index < growth_paths; ++key.index)
    u.paths.push_back(draw_path(filter, u.walk, key));
  return u;
}

StateGrowth state_growth(const Panel& panel, const GrowthRecord& record, StateIndex i,
                         std::uint64_t seed) {
  std::vector<double> spending, personnel;
  for (int year = record.first_year(); year <= record.last_year(); ++year) {
    spending.push_back(record.spending(i, year));
    personnel.push_back(record.personnel(i, year));
  }
  const std::string& id = panel.states[i].id;
  const auto key = [&](const std::string& name) {
    return RandomKey{.seed = seed, .purpose = Purpose::race, .entity = entity_id(name)};
  };
  return {underlying_growth(spending, record.first_year(), key(id)),
          underlying_growth(personnel, record.first_year(), key(id + " personnel"))};
}

RaceOdds race_odds(const StateGrowth& a, const StateGrowth& b, const Race& race,
                   const RaceRule& rule) {
  if (a.empty() || b.empty()) return {.chance = {missing, missing}};
  constexpr int around = 50;  // years that a run may begin before, or end after
  const double enough = log(1 + rule.growth);
  std::vector<double> onsets, ends;
  for (std::size_t d = 0; d < growth_paths; ++d) {
    const auto both = [&](int year) {
      return a.grows(d, year, enough) && b.grows(d, year, enough);
    };
    Race run;
    if (!find_run(both, race.start - around, race.end + around, race, rule.years, run)) continue;
    onsets.push_back(run.start);
    ends.push_back(run.end);
  }
  const double n = growth_paths, p = onsets.size() / n;
  RaceOdds odds{.chance = {p, square_root(p * (1 - p) / n)}};
  if (!onsets.empty()) odds.onset = band(onsets).median(), odds.end = band(ends).median();
  return odds;
}

std::vector<FalseAlarm> false_alarms(const Panel& panel, const GrowthRecord& record,
                                     const GrowthRecord& real, const Race& race,
                                     const RaceRule& rule) {
  std::vector<FalseAlarm> alarms;
  for (const StateIndex i : {race.a, race.b}) {
    std::vector<std::string> wars;  // each once
    const auto add = [&](const std::string& name) {
      if (std::find(wars.begin(), wars.end(), name) == wars.end()) wars.push_back(name);
    };
    const StateIndex other = i == race.a ? race.b : race.a;
    for (const War& w : panel.wars)
      if (w.state == i && w.against != other && overlap(race, w.start, w.end)) add(w.name);
    for (const Dispute& d : panel.disputes) {
      constexpr int war = 5;
      if (d.hostility_level < war || !overlap(race, d.year, d.year)) continue;
      const bool own = std::minmax(d.a, d.b) == std::minmax(race.a, race.b);
      if (!own && (d.a == i || d.b == i))
        add("war with " + panel.states[d.a == i ? d.b : d.a].id + " in " + std::to_string(d.year));
    }
    for (const std::string& w : wars) alarms.push_back({FalseAlarm::Why::war_elsewhere, i, w});
    // A collapse: in the year before, less than 0.7 of the highest of ten years; a recovery: the
    // race ends no more than a tenth above that height.
    double height = 0;
    for (int year = race.start - 11; year < race.start - 1; ++year)
      if (record.spending(i, year) > height) height = record.spending(i, year);
    if (record.spending(i, race.start - 1) < 0.7 * height &&
        record.spending(i, race.end) < 1.1 * height)
      alarms.push_back(
          {FalseAlarm::Why::recovery, i,
           std::to_string(std::lround(100 * record.spending(i, race.start - 1) / height))});
  }
  bool figures = real.exists();
  for (const StateIndex i : {race.a, race.b})
    for (int year = race.start - 1; year <= race.end; ++year)
      figures = figures && known(real.spending(i, year));
  if (figures && races_of(real, race.a, race.b, race.start, race.end, rule).empty())
    alarms.push_back({FalseAlarm::Why::inflation, -1, {}});
  return alarms;
}

}  // namespace tenbin
