// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "tenbin/evidence/premises.hpp"
#include "tenbin/futures/races.hpp"
#include "tenbin/num/elementary.hpp"
#include "tenbin/past/scores.hpp"

namespace tenbin {
namespace {

using Quantiles = std::array<double, registered_levels.size()>;
constexpr std::size_t low80 = 1, high80 = 5;  // places of 10 % and 90 %

Resolution not_scored(Fate fate, std::string why) {
  Resolution r;
  r.fate = fate;
  r.why = std::move(why);
  return r;
}

/// The states of an entry in a panel.
struct EntryPair {
  StateIndex a = 0, b = 0;
};
std::optional<EntryPair> pair_of(const RegisterEntry& e, const Panel& panel) {
  const auto a = panel.find(e.state);
  const auto b = e.other.empty() ? a : panel.find(e.other);
  if (!a || !b) return std::nullopt;
  return EntryPair{*a, *b};
}

/// Logs of quantiles over a unit.
Quantiles logs(const Quantiles& values, double unit) {
  Quantiles all{};
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = log(values[k] / unit);
  return all;
}
Quantiles normal_quantiles(double mean, double sd) {
  Quantiles all{};
  for (std::size_t k = 0; k < all.size(); ++k)
    all[k] = mean + sd * inverse_normal(registered_levels[k]);
  return all;
}
Quantiles point(double x) {
  Quantiles all{};
  all.fill(x);
  return all;
}
bool inside(double y, const Quantiles& q) { return q[low80] <= y && y <= q[high80]; }
double interval(double y, const Quantiles& q) {
  return interval_score(y, q[low80], q[high80],
                        registered_levels[high80] - registered_levels[low80]);
}

/// Scores a number: all on the log of the outcome over `unit`.
/// The part of the distribution that is nearest to a registered level.
double part_of_level(std::size_t k) {
  const auto& levels = registered_levels;
  const double from = k > 0 ? (levels[k - 1] + levels[k]) / 2 : 0,
               to = k + 1 < levels.size() ? (levels[k] + levels[k + 1]) / 2 : 1;
  return to - from;
}

Resolution scored_quantity(const RegisterEntry& e, double outcome, double unit) {
  Resolution r;
  r.fate = Fate::scored;
  r.outcome = outcome;
  const double y = log(outcome / unit);
  const Quantiles own = logs(e.quantile, unit);
  r.score = quantile_score(y, own);
  r.interval = interval(y, own);
  r.inside80 = inside(y, own);
  if (e.no_change > 0 && e.no_change_sd > 0) {
    const Quantiles walk = normal_quantiles(log(e.no_change / unit), e.no_change_sd);
    r.no_change = quantile_score(y, walk);
    r.no_change_interval = interval(y, walk);
    r.inside_no_change80 = inside(y, walk);
  }
  if (e.plan > 0) r.plan = quantile_score(y, point(log(e.plan / unit)));
  return r;
}

Resolution scored_event(const RegisterEntry& e, bool came) {
  Resolution r;
  r.fate = Fate::scored;
  r.outcome = came ? 1 : 0;
  const auto brier = [&](double p) { return (p - r.outcome) * (p - r.outcome); };
  r.score = brier(e.chance);
  if (known(e.no_change)) r.no_change = brier(e.no_change);
  if (known(e.plan)) r.plan = brier(e.plan);
  r.log_score = -log(maximum(least_log_chance, came ? e.chance : 1 - e.chance));
  return r;
}

std::string lacks(const Panel& panel, StateIndex i, int year, const char* what) {
  return fmt::format("{} has no {} of {} for {}", panel.name, what, panel.states[i].name, year);
}

Resolution resolve_quantity(const RegisterEntry& e, const Panel& panel, StateIndex i) {
  const MilexCell &then = panel.cell(i, e.year), &base = panel.cell(i, e.known_until);
  if (e.what == Registered::share || e.what == Registered::promise) {
    if (!then.observed() || !known(then.burden))
      return not_scored(Fate::undecidable, lacks(panel, i, e.year, "published share of GDP"));
    return e.what == Registered::share ? scored_quantity(e, then.burden, 1)
                                       : scored_event(e, then.burden >= e.base);
  }
  if (!then.observed())
    return not_scored(Fate::undecidable, lacks(panel, i, e.year, "published spending"));
  if (!base.observed())
    return not_scored(Fate::undecidable, lacks(panel, i, e.known_until, "published spending"));
  return scored_quantity(e, e.base * then.milex / base.milex, e.base);
}

Resolution resolve_incident(const RegisterEntry& e, const Panel& panel, const EntryPair& pair) {
  if (panel.disputes_until < e.year) {
    std::string why = panel.disputes_until > 0 ? fmt::format("{} knows incidents up to {}",
                                                             panel.name, panel.disputes_until)
                                               : fmt::format("{} has no disputes.csv", panel.name);
    return not_scored(panel.last_year >= e.year + longest_wait ? Fate::undecidable : Fate::open,
                      std::move(why));
  }
  const auto counts = [&](const Dispute& d) {
    const bool same = (d.a == pair.a && d.b == pair.b) || (d.a == pair.b && d.b == pair.a);
    return same && d.year >= e.from && d.year <= e.year &&
           (e.what == Registered::force ? d.hostility_level >= 4 : d.fatality_level >= 1);
  };
  return scored_event(e, std::any_of(panel.disputes.begin(), panel.disputes.end(), counts));
}

/// Three years of growth running, the last of them within the years of the entry. A race that is
/// found decides, whatever figures are missing elsewhere.
Resolution resolve_race(const RegisterEntry& e, const Panel& panel, const EntryPair& pair) {
  const GrowthRecord record(panel, MoneyKind::real, false);
  if (!record.exists())
    return not_scored(Fate::undecidable,
                      fmt::format("{} has no spending at constant prices", panel.name));
  const RaceRule rule;
  const int first = e.from - rule.years + 1;
  for (const Race& r : races_of(record, pair.a, pair.b, first, e.year, rule))
    if (r.end >= e.from) return scored_event(e, true);
  for (const StateIndex i : {pair.a, pair.b})
    for (int year = first - 1; year <= e.year; ++year)
      if (!panel.cell(i, year).observed())
        return not_scored(Fate::undecidable, lacks(panel, i, year, "published spending"));
  return scored_event(e, false);
}

/// Why an entry with a condition is not scored; nothing where its condition came.
std::optional<Resolution> without_condition(const RegisterEntry& e, const Panel& panel) {
  const auto premises = premises_named(e.condition);
  if (!premises || premises->empty())
    return not_scored(Fate::undecidable, "its condition cannot be read");
  const Premise* open = nullptr;
  for (const Premise& p : *premises) {
    const PremiseFate fate = decide(p, panel);
    if (fate == PremiseFate::did_not)
      return not_scored(Fate::no_case, "did not come: " + premises_words({p}, panel));
    if (fate == PremiseFate::unknown) open = &p;
  }
  if (!open) return std::nullopt;
  return not_scored(panel.last_year >= open->year + longest_wait ? Fate::undecidable : Fate::open,
                    fmt::format("{} does not know {}", panel.name, premises_words({*open}, panel)));
}

}  // namespace

double quantile_score(double outcome, const std::array<double, 7>& quantiles) {
  double sum = 0;
  for (std::size_t k = 0; k < quantiles.size(); ++k) {
    const double below = outcome < quantiles[k] ? 1 : 0;
    sum += part_of_level(k) * (below - registered_levels[k]) * (quantiles[k] - outcome);
  }
  return 2 * sum;
}

Resolution resolve(const RegisterEntry& e, const Panel& panel) {
  const auto pair = pair_of(e, panel);
  const bool incident = e.what == Registered::force || e.what == Registered::death;
  if (!incident && panel.last_year < e.year)
    return not_scored(Fate::open, fmt::format("{} ends in {}", panel.name, panel.last_year));
  if (!pair)
    return not_scored(Fate::undecidable, fmt::format("{} has no {}", panel.name,
                                                     panel.find(e.state) ? e.other : e.state));
  if (!e.condition.empty())
    if (auto why = without_condition(e, panel)) return *why;
  switch (e.what) {
    case Registered::spending:
    case Registered::share:
    case Registered::promise:
      return resolve_quantity(e, panel, pair->a);
    case Registered::force:
    case Registered::death:
      return resolve_incident(e, panel, *pair);
    case Registered::race:
      return resolve_race(e, panel, *pair);
  }
  return {};
}

namespace {

/// Adds a scored entry to the sums of its group.
void add(RegisterScore& s, const Resolution& r) {
  ++s.cases;
  s.score += r.score;
  if (known(r.interval)) s.interval += r.interval, s.inside80 += r.inside80;
  const auto beside = [&](double other, int& count, double& own, double& sum) {
    if (!known(other)) return;
    if (count++ == 0) own = sum = 0;
    own += r.score, sum += other;
  };
  beside(r.no_change, s.with_no_change, s.own_beside_no_change, s.no_change);
  s.no_change_inside80 += r.inside_no_change80;
  beside(r.plan, s.with_plan, s.own_beside_plan, s.plan);
  if (known(r.log_score)) s.log_score = (known(s.log_score) ? s.log_score : 0) + r.log_score;
}

void take_means(RegisterScore& s) {
  s.score /= s.cases, s.interval /= s.cases, s.log_score /= s.cases;
  s.own_beside_no_change /= s.with_no_change, s.no_change /= s.with_no_change;
  s.own_beside_plan /= s.with_plan, s.plan /= s.with_plan;
}

}  // namespace

ResolvedRegister resolve(const Register& reg, const Panel& panel) {
  ResolvedRegister all;
  std::map<std::tuple<bool, Registered, int>, RegisterScore> groups;
  for (const RegisterLine& line : reg.lines) {
    const RegisterEntry& e = line.entry;
    all.of.push_back(line.intact ? resolve(e, panel)
                                 : not_scored(Fate::damaged, "the line is not as it was written"));
    const Resolution& r = all.of.back();
    ++all.count[static_cast<std::size_t>(r.fate)];
    if (r.fate != Fate::scored) continue;
    const bool condition = !e.condition.empty();
    const int ahead = e.year - e.known_until;
    RegisterScore& s = groups[{condition, e.what, e.what == Registered::promise ? 0 : ahead}];
    s.what = e.what, s.condition = condition;
    s.ahead = e.what == Registered::promise ? 0 : ahead;
    add(s, r);
  }
  for (auto& [key, s] : groups) {
    take_means(s);
    all.scores.push_back(s);
  }
  return all;
}

}  // namespace tenbin
