// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "tenbin/core/problem.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/futures/threats.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/num/elementary.hpp"
#include "tenbin/num/median.hpp"
#include "tenbin/num/moments.hpp"

namespace tenbin {
namespace {

constexpr int later = 5;          // years by which a record is begun later
constexpr int fewest_years = 20;  // of a record that is begun later

/// The panel without spending before a year, under another rule.
Panel with_setting(Panel panel, const StockSetting& setting) {
  panel.stock_rule = setting.rule;
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = panel.first_year; year < setting.from; ++year) panel.cell_at(i, year) = {};
  return panel;
}

std::vector<Effect> effects_of(const std::vector<Summary>& summaries) {
  std::vector<Effect> effects;
  for (const ParameterSpec& p : parameters(Equation::spending)) {
    if (p.scope != Scope::global) continue;
    const auto found = std::ranges::find(summaries, std::string(p.name), &Summary::name);
    if (found != summaries.end() && !found->fixed)
      effects.push_back({found->name, found->mean, found->sd});
  }
  return effects;
}

std::vector<StateIndex> first_threats(const Past& past) {
  std::vector<StateIndex> first(past.panel().size(), -1);
  for (const Threat& t : threats(past).pairs)  // by threatened, the largest first
    if (first[t.threatened] < 0 && t.part() > 0) first[t.threatened] = t.other;
  return first;
}

std::vector<double> sorted(std::span<const double> futures) {
  std::vector<double> values(futures.begin(), futures.end());
  std::ranges::sort(values);
  return values;
}

/// NaN where the state is not projected.
double quantile(const std::vector<double>& sorted, double p) {
  return known(sorted.front()) ? quantile_sorted(sorted, p) : missing;
}

void forecast(const Past& past, const Posterior& posterior, const SensitivityOptions& options,
              int year, const Execution& execution, SettingResult& result) {
  Scenario scenario{.id = "sensitivity", .start = past.year(), .end = year};
  scenario.futures = options.futures;
  scenario.disputes = false;
  const Ensemble futures = project(schedule(past, scenario), posterior.spending, posterior.economy,
                                   {.futures = options.futures}, execution);
  for (StateIndex i = 0; i < past.panel().size(); ++i) {
    const std::vector<double> milex = sorted(futures.milex(year, i)),
                              stock = sorted(futures.stock(year, i));
    result.spending.push_back(quantile(milex, 0.5));
    result.stock.push_back(quantile(stock, 0.5));
    result.low.push_back(quantile(milex, 0.1));
    result.high.push_back(quantile(milex, 0.9));
  }
}

/// Part `k` of `parts` of the whole work.
FitObserver part_of(const FitObserver& observer, int k, int parts) {
  return [&observer, k, parts](double part) { return !observer || observer((k + part) / parts); };
}

/// A country-year.
using Key = std::pair<StateIndex, int>;

/// The panel with the second source's shares, and what was spent by them.
Panel with_shares(Panel panel, const std::map<Key, double>& shares) {
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = panel.first_year; year <= panel.last_year; ++year) {
      MilexCell& cell = panel.cell_at(i, year);
      const auto share = shares.find({i, year});
      if (!cell.observed() || !known(cell.burden) || share == shares.end()) continue;
      cell.milex *= share->second / cell.burden;
      cell.burden = share->second;
    }
  return panel;
}

/// Rows of a past whose figures of the year and the two before the second source has.
std::vector<Row> common_rows(const Past& past, const std::map<Key, double>& shares,
                             const FitOptions& options) {
  std::vector<Row> rows = rows_to_fit(past, options.leave_out);
  std::erase_if(rows, [&](const Row& r) {
    for (int back = 0; back < 3; ++back)
      if (!shares.contains({r.state, r.year - back})) return true;
    return false;
  });
  return rows;
}

/// Leaves of two lists the country-years that both have.
void intersect(std::vector<Row>& a, std::vector<Row>& b) {
  const auto keys = [](const std::vector<Row>& rows) {
    std::set<Key> all;
    for (const Row& r : rows) all.emplace(r.state, r.year);
    return all;
  };
  const std::set<Key> in_a = keys(a), in_b = keys(b);
  std::erase_if(a, [&](const Row& r) { return !in_b.contains({r.state, r.year}); });
  std::erase_if(b, [&](const Row& r) { return !in_a.contains({r.state, r.year}); });
}

/// Fills what the two sources' growth has in common.
void compare_growth(const std::vector<Row>& own, const std::vector<Row>& second, TwoSources& r) {
  const auto growth = [](const std::vector<Row>& rows) {
    std::vector<double> all;
    for (const Row& row : rows) all.push_back(row.milex_growth);
    return all;
  };
  const std::vector<double> a = growth(own), b = growth(second);
  r.own_spread = standard_deviation(a);
  r.second_spread = standard_deviation(b);
  r.correlation = correlation(a, b);
}

TwoSources two_sources(const Panel& panel, const FitOptions& options,
                       const std::vector<SecondShare>& second, const Execution& execution,
                       const std::function<FitObserver(int)>& observer) {
  std::map<Key, double> shares;
  std::vector<double> ratios;
  for (const SecondShare& s : second) {
    const MilexCell& cell = panel.cell(s.state, s.year);
    if (!cell.observed() || !known(cell.burden)) continue;
    shares[{s.state, s.year}] = s.share;
    ratios.push_back(s.share / cell.burden);
  }
  const auto past = past_of(panel), other = past_of(with_shares(panel, shares));
  std::vector<Row> rows = common_rows(*past, shares, options),
                   other_rows = common_rows(*other, shares, options);
  intersect(rows, other_rows);
  if (rows.size() < fewest_fitted_rows)
    throw Error({{"--second",
                  fmt::format("{} country-years of the panel have a share there in the year and "
                              "the two before, and a fit needs {}",
                              rows.size(), fewest_fitted_rows),
                  "Give a file with more of the panel's countries and years"}});
  TwoSources result{.rows = static_cast<int>(rows.size()), .level_ratio = median(ratios)};
  compare_growth(rows, other_rows, result);
  const auto fitted = [&](const Past& of, const std::vector<Row>& its, int place) {
    const Draws draws = fit_spending(table_to_fit(Equation::spending, its, of.panel()), options,
                                     execution, observer(place));
    return draws.chains == 0 ? std::vector<Effect>{} : effects_of(summarise(draws));
  };
  result.own = fitted(*past, rows, 0);
  result.second = fitted(*other, other_rows, 1);
  return result;
}

}  // namespace

std::vector<StockSetting> stock_settings(const Panel& panel) {
  std::vector<StockSetting> all{{"as shipped", panel.stock_rule}};
  const auto other = [&](std::string name, double StockRule::*member, double value) {
    all.push_back({std::move(name), panel.stock_rule});
    all.back().rule.*member = value;
  };
  other("loss of 5% a year", &StockRule::decay, 0.05);
  other("loss of 15% a year", &StockRule::decay, 0.15);
  other("weight fades over 1,000 km", &StockRule::fading_length, 1000);
  other("weight fades over 10,000 km", &StockRule::fading_length, 10000);
  other("growth of 0% before the first figures", &StockRule::prior_growth, 0);
  other("growth of 6% before the first figures", &StockRule::prior_growth, 0.06);
  if (panel.years() >= fewest_years)
    all.push_back({fmt::format("figures from {} on", panel.first_year + later), panel.stock_rule,
                   panel.first_year + later});
  return all;
}

SettingChange change_of(const SettingResult& first, const SettingResult& other) {
  SettingChange change;
  for (const Effect& e : first.effects) {
    const auto same = std::ranges::find(other.effects, e.name, &Effect::name);
    if (same == other.effects.end()) continue;
    const double sds = (same->mean - e.mean) / e.sd;
    if (change.effect.empty() || absolute(sds) > absolute(change.effect_sds)) {
      change.effect = e.name;
      change.effect_sds = sds;
    }
  }
  for (std::size_t i = 0; i < first.spending.size(); ++i) {
    const double moved = log(other.spending[i] / first.spending[i]),
                 part = 2 * moved / log(first.high[i] / first.low[i]);
    if (known(part) && absolute(part) > absolute(change.of_range)) {
      change.state = static_cast<StateIndex>(i);
      change.spending = other.spending[i] / first.spending[i] - 1;
      change.of_range = part;
    }
    if (other.first_threat[i] != first.first_threat[i])
      change.other_threat.push_back(static_cast<StateIndex>(i));
  }
  return change;
}

Sensitivity sensitivity(const Panel& panel, const SensitivityOptions& options,
                        const std::vector<SecondShare>& second, const Execution& execution,
                        const FitObserver& observer) {
  Sensitivity result{.year = panel.last_year + options.ahead};
  const std::vector<StockSetting> settings = stock_settings(panel);
  const int parts = static_cast<int>(settings.size()) + (second.empty() ? 0 : 2);
  if (!second.empty()) {  // first, as it may be refused
    result.sources = two_sources(panel, options.fit, second, execution,
                                 [&](int place) { return part_of(observer, place, parts); });
    if (result.sources.second.empty()) return result;
  }
  const int done = parts - static_cast<int>(settings.size());
  std::vector<SettingResult> results;
  for (const StockSetting& setting : settings) {
    const auto past = past_of(with_setting(panel, setting));
    const Posterior posterior =
        fit(*past, options.fit, execution,
            part_of(observer, done + static_cast<int>(results.size()), parts));
    if (posterior.economy.chains == 0) return result;
    SettingResult& one = results.emplace_back(SettingResult{.setting = setting});
    one.rows = posterior.rows_spending;
    one.effects = effects_of(posterior.spending_summary);
    one.first_threat = first_threats(*past);
    forecast(*past, posterior, options, result.year, execution, one);
  }
  result.results = std::move(results);
  return result;
}

}  // namespace tenbin
