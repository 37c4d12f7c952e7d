// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/placebo.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>

#include "tenbin/fit/partners.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/model/simulate.hpp"

namespace tenbin {
namespace {

constexpr std::array<std::pair<int, int>, 5> periods{
    {{0, 9999}, {0, 1991}, {1992, 9999}, {1992, 2013}, {2014, 9999}}};
constexpr int fewest_rows = 50;

/// A row of the fit, with what is left of it without one of its reactions.
struct Left {
  StateIndex state = 0;
  int year = 0;
  double rest = 0;       // change of milex less everything but the reaction
  double scale = 0;      // of its shock
  double covariate = 0;  // the partners' rise
};

/// Response to a covariate in some years, given the rest.
Slope slope_on(const std::vector<Left>& rows, std::span<const double> covariate, double df,
               std::pair<int, int> years) {
  std::vector<double> x, y, scale;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (rows[k].year < years.first || rows[k].year > years.second) continue;
    x.push_back(covariate[k]);
    y.push_back(rows[k].rest);
    scale.push_back(rows[k].scale);
  }
  return student_slope(x, y, scale, df);
}

/// Posterior means, laid out as a draw.
std::vector<double> means_of(const Draws& draws) {
  std::vector<double> means(draws.width, 0.0);
  for (std::size_t d = 0; d < draws.size(); ++d)
    for (std::size_t k = 0; k < draws.width; ++k)
      means[k] += draws.draw(d)[k] / static_cast<double>(draws.size());
  return means;
}

std::vector<Left> left_by(const Past& past, const SpendingLayout& layout,
                          std::span<const double> means, const Partners& partners, bool allies,
                          std::span<const StateIndex> themselves) {
  std::vector<Left> rows;
  for (const Row& row : past.rows()) {
    const int fitted = layout.state(past.panel().states[row.state].id);
    if (fitted < 0) continue;
    const StateParameters<double> own = spending_of(layout, fitted, means);
    const double reaction = allies ? own.ally_response * row.ally_growth_lag
                                   : own.rival_response * row.rival_growth_lag;
    const double expected_change =
        expected(row, own,
                 means[layout.at_year(SpendingParameter::wave, row.year,
                                      layout.series_of(past.panel().states[row.state].region))]);
    rows.push_back({.state = row.state,
                    .year = row.year,
                    .rest = row.milex_growth - expected_change + reaction,
                    .scale = shock_scale(own, row.unrest_lag),
                    .covariate = partners.rise(row.state, row.year - 1, themselves)});
  }
  return rows;
}

/// Whether a line has a term's years already.
bool is_told(const std::vector<PlaceboLine>& lines, const PlaceboLine& line) {
  return std::any_of(lines.begin(), lines.end(), [&](const PlaceboLine& l) {
    return l.term == line.term && l.first == line.first && l.last == line.last;
  });
}

}  // namespace

Slope student_slope(std::span<const double> x, std::span<const double> y,
                    std::span<const double> scale, double df) {
  double information = 1;  // of the prior, and of each row: (df + 1) / (df + 3) of a normal's
  for (std::size_t k = 0; k < x.size(); ++k)
    information += (df + 1) / (df + 3) * x[k] * x[k] / (scale[k] * scale[k]);
  Slope r{.error = 1 / square_root(information)};
  for (int step = 0; step < 30; ++step) {
    double top = 0, bottom = 1;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double z = (y[k] - r.value * x[k]) / scale[k];
      const double weight = (df + 1) / (df + z * z) / (scale[k] * scale[k]);
      top += weight * x[k] * y[k];
      bottom += weight * x[k] * x[k];
    }
    const double next = top / bottom;
    const bool still = std::abs(next - r.value) < 1e-10;
    r.value = next;
    if (still) break;
  }
  return r;
}

std::vector<PlaceboLine> placebo(const Past& past, const Posterior& posterior,
                                 const PlaceboOptions& options, const Execution& execution,
                                 const std::function<bool(double)>& observer) {
  const Draws& draws = posterior.spending;
  const SpendingLayout layout(draws.columns);
  const std::vector<double> means = means_of(draws);
  const double df = means[layout.at(SpendingParameter::df)];
  const int states = past.panel().size();
  std::vector<StateIndex> themselves(states);
  std::iota(themselves.begin(), themselves.end(), 0);

  std::vector<PlaceboLine> lines;
  std::atomic<int> done{0};
  std::atomic<bool> stopped{false};
  for (const bool allies : {false, true}) {
    const Partners partners(past, allies);
    const std::vector<Left> rows = left_by(past, layout, means, partners, allies, themselves);
    std::vector<double> as_is;
    for (const Left& row : rows) as_is.push_back(row.covariate);
    std::vector<std::array<double, periods.size()>> others(options.permutations);
    for_each_block(execution, options.permutations, [&](int number, int) {
      if (stopped) return;
      const auto order = permuted(states, options.seed, number);
      std::vector<double> covariate;
      for (const Left& row : rows)
        covariate.push_back(partners.rise(row.state, row.year - 1, order));
      for (std::size_t p = 0; p < periods.size(); ++p)
        others[number][p] = slope_on(rows, covariate, df, periods[p]).value;
      if (observer && !observer(++done / (2.0 * options.permutations))) stopped = true;
    });
    if (stopped) return {};
    for (std::size_t p = 0; p < periods.size(); ++p) {
      PlaceboLine line{.term = allies ? "allies" : "rivals",
                       .first = 9999,
                       .permutations = options.permutations};
      for (const Left& row : rows)
        if (row.year >= periods[p].first && row.year <= periods[p].second && row.covariate != 0) {
          line.first = std::min(line.first, row.year);
          line.last = std::max(line.last, row.year);
          ++line.rows;
        }
      if (line.rows < fewest_rows || is_told(lines, line)) continue;
      const Slope r = slope_on(rows, as_is, df, periods[p]);
      line.estimate = r.value, line.error = r.error;
      int at_least = 1;
      double square = 0;
      for (const auto& one : others) {
        line.middle += one[p] / options.permutations;
        at_least += one[p] >= r.value;
      }
      for (const auto& one : others) square += (one[p] - line.middle) * (one[p] - line.middle);
      line.spread = square_root(square / options.permutations);
      line.p = static_cast<double>(at_least) / (options.permutations + 1);
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace tenbin
