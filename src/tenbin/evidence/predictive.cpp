// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/predictive.hpp"

#include <algorithm>
#include <cmath>

#include "tenbin/model/simulate.hpp"
#include "tenbin/num/elementary.hpp"
#include "tenbin/num/moments.hpp"

namespace tenbin {
namespace {

constexpr double fall = 0.20, rise = 0.08, large_burden = 0.10;
constexpr int common_years = 10;  // fewest of a pair of states, for a correlation

/// Growth of one state by year; years without a row are NaN.
struct Series {
  std::string region;
  std::vector<double> growth;
};

std::vector<Series> series_of(const RowTable& rows) {
  std::vector<Series> series(rows.states.size());
  for (std::size_t s = 0; s < series.size(); ++s) {
    series[s].region = rows.region(s);
    series[s].growth.assign(rows.years, missing);
  }
  for (const auto& [state, row] : rows.rows)
    series[state].growth[row.year - rows.first_year] = row.milex_growth;
  return series;
}

/// Most years in a row above the threshold; a year without figures ends a run.
int longest_run(const std::vector<double>& growth, double threshold) {
  int longest = 0, run = 0;
  for (const double g : growth) {
    run = g > threshold ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

double region_correlation(const std::vector<Series>& series) {
  double sum = 0;
  int pairs = 0;
  for (std::size_t i = 0; i < series.size(); ++i)
    for (std::size_t j = i + 1; j < series.size(); ++j) {
      if (series[i].region.empty() || series[i].region != series[j].region) continue;
      const double r = correlation(series[i].growth, series[j].growth, common_years);
      if (!known(r)) continue;
      sum += r;
      ++pairs;
    }
  return pairs > 0 ? sum / pairs : missing;
}

double spread_of(const RowTable& rows) {
  std::vector<double> growth;
  for (const auto& entry : rows.rows) growth.push_back(entry.row.milex_growth);
  return standard_deviation(growth);
}

/// Where the observed figure lies among the sets' figures.
PredictiveRange range_of(std::vector<double> drawn, double observed) {
  if (!known(observed)) return {missing, missing, missing, missing};
  double above = 0;
  for (const double x : drawn) above += x > observed ? 1 : x == observed ? 0.5 : 0;
  const double sets = static_cast<double>(drawn.size());
  std::ranges::sort(drawn);
  return {quantile_sorted(drawn, 0.05), quantile_sorted(drawn, 0.5), quantile_sorted(drawn, 0.95),
          above / sets};
}

/// A prior draw in which switched-off terms are 0, as in the fit.
std::vector<double> prior_values(const Draws& fitted, const FitOptions& options, int set,
                                 std::span<const double> mean_danger) {
  std::vector<double> values =
      prior_draw(Equation::spending, options.priors.spending, fitted.columns, options.seed,
                 static_cast<std::uint32_t>(set), mean_danger);
  for (const Column& c : fitted.columns)
    if (c.fixed) std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(c.offset), c.size(), 0.0);
  return values;
}

/// Places in `draws` of the numbers of `columns`, npos for a number of a switched-off term that the
/// draws lack; nothing where another number is lacking.
std::vector<std::size_t> places_in(const Draws& draws, const std::vector<Column>& columns) {
  std::vector<std::size_t> places;
  for (const Column& c : columns) {
    const Column* const own = draws.find(c.name);
    if (own == nullptr) return {};
    for (std::size_t e = 0; e < c.size(); ++e) {
      const auto same = c.elements.empty() ? own->elements.begin()
                                           : std::ranges::find(own->elements, c.elements[e]);
      const bool there = c.elements.empty() || same != own->elements.end();
      if (!there && !own->fixed) return {};
      places.push_back(there ? own->offset + static_cast<std::size_t>(same - own->elements.begin())
                             : std::string::npos);
    }
  }
  return places;
}

/// Lines without the prior's part.
std::vector<PredictiveLine> lines_of(const RowTable& rows,
                                     const std::vector<std::vector<double>>& drawn) {
  const std::vector<double> observed = features_of(rows);
  std::vector<PredictiveLine> lines;
  for (std::size_t f = 0; f < feature_count; ++f) {
    std::vector<double> values;
    for (const std::vector<double>& set : drawn) values.push_back(set[f]);
    lines.push_back({static_cast<Feature>(f),
                     observed[f],
                     {missing, missing, missing, missing},
                     range_of(std::move(values), observed[f])});
  }
  return lines;
}

}  // namespace

std::vector<double> features_of(const RowTable& rows) {
  const double n = static_cast<double>(rows.rows.size());
  const double fallen = log(1 - fall), risen = log(1 + rise);
  double falls = 0, large = 0;
  for (const auto& entry : rows.rows) {
    const Row& row = entry.row;
    falls += row.milex_growth < fallen;
    large += row.log_burden_lag + row.milex_growth - row.gdp_growth > log(large_burden);
  }
  const std::vector<Series> series = series_of(rows);
  int longest = 0;
  for (const Series& s : series) longest = std::max(longest, longest_run(s.growth, risen));
  return {falls / n, static_cast<double>(longest), region_correlation(series), large / n,
          spread_of(rows)};
}

PredictiveCheck predictive_check(const Past& past, const FitOptions& options, int sets,
                                 const Execution& execution, const FitObserver& observer) {
  const RowTable rows =
      table_to_fit(Equation::spending, rows_to_fit(past, options.leave_out), past.panel());
  const Draws fitted = fit_spending(rows, options, execution, observer);
  if (fitted.chains == 0) return {};
  const std::vector<double> mean_danger = rows.mean_danger();
  std::vector<std::vector<double>> from_prior(sets), from_posterior(sets);
  for_each_block(execution, sets, [&](int set, int) {
    const auto number = static_cast<std::uint32_t>(set);
    const auto drawn = [&](std::span<const double> values, std::uint32_t key) {
      return features_of(
          simulate(Equation::spending, rows, fitted.columns, values, options.seed, key));
    };
    from_prior[set] = drawn(prior_values(fitted, options, set, mean_danger), number);
    from_posterior[set] =
        drawn(fitted.draw(fitted.size() * set / sets), number + static_cast<std::uint32_t>(sets));
  });
  PredictiveCheck result{
      .lines = lines_of(rows, from_posterior), .sets = sets, .rows = rows.rows.size()};
  const std::vector<PredictiveLine> prior = lines_of(rows, from_prior);
  for (std::size_t f = 0; f < feature_count; ++f) result.lines[f].prior = prior[f].posterior;
  return result;
}

std::vector<PredictiveLine> posterior_check(const Past& past, const Draws& fitted,
                                            const FitOptions& asked, int sets,
                                            const Execution& execution) {
  const RowTable rows =
      table_to_fit(Equation::spending, rows_to_fit(past, asked.leave_out), past.panel());
  const std::vector<Column> columns = SpendingDensity(rows, asked.priors.spending).columns();
  const std::vector<std::size_t> places = places_in(fitted, columns);
  if (places.empty()) return {};
  std::vector<std::vector<double>> drawn(sets);
  for_each_block(execution, sets, [&](int set, int) {
    const std::span<const double> draw = fitted.draw(set % fitted.size());
    std::vector<double> values;
    for (const std::size_t k : places) values.push_back(k == std::string::npos ? 0 : draw[k]);
    drawn[set] = features_of(simulate(Equation::spending, rows, columns, values, asked.seed,
                                      static_cast<std::uint32_t>(set)));
  });
  return lines_of(rows, drawn);
}

}  // namespace tenbin
