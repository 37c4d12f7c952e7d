// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/loo.hpp"

#include <algorithm>
#include <cmath>

#include "tenbin/model/simulate.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

/// Sum of n values that vary, and the standard error of that sum.
struct Total {
  double sum = 0, se = 0;
};
Total total_of(const std::vector<double>& x) {
  const double n = static_cast<double>(x.size());
  Total t;
  for (const double v : x) t.sum += v;
  double squares = 0;
  for (const double v : x) squares += (v - t.sum / n) * (v - t.sum / n);
  t.se = square_root(n * squares / (n - 1));
  return t;
}

}  // namespace

std::vector<std::vector<double>> log_likelihood(const RowTable& rows, const Draws& draws,
                                                int state) {
  const SpendingLayout layout(draws.columns);
  std::vector<StateParameters<double>> own;
  for (std::size_t d = 0; d < draws.size(); ++d)
    own.push_back(spending_of(layout, state, draws.draw(d)));
  const std::vector<double> df = draws.series(layout.at(SpendingParameter::df));
  std::vector<double> constant;
  for (const double x : df) constant.push_back(student_constant(x).value);
  std::vector<std::vector<double>> result;
  for (const auto& [place, row] : rows.rows) {
    if (place != state) continue;
    const std::vector<double> wave = draws.series(
        layout.at_year(SpendingParameter::wave, row.year, layout.series_of(rows.region(state))));
    std::vector<double>& own_row = result.emplace_back(draws.size());
    for (std::size_t d = 0; d < own_row.size(); ++d) {
      const double scale = shock_scale(own[d], row.unrest_lag);
      const double q = (row.milex_growth - expected(row, own[d], wave[d])) / scale;
      own_row[d] = constant[d] - log(scale) - 0.5 * (df[d] + 1) * log1p(q * q / df[d]);
    }
  }
  return result;
}

std::vector<LeftOutRow> leave_one_out(const RowTable& rows, const Draws& draws,
                                      const Execution& execution) {
  const int states = static_cast<int>(rows.ids.size());
  std::vector<std::vector<LeftOutRow>> by_state(states);
  for_each_block(execution, states, [&](int i, int) {
    for (const auto& row : log_likelihood(rows, draws, i))
      by_state[i].push_back(leave_one_out(row));
  });
  std::vector<LeftOutRow> result;
  for (const auto& part : by_state) result.insert(result.end(), part.begin(), part.end());
  return result;
}

std::vector<TermComparison> compare_terms(const Past& past, const FitOptions& options,
                                          const std::vector<std::string>& terms,
                                          const Execution& execution, const FitObserver& observer) {
  const RowTable rows =
      row_table(Equation::spending, rows_to_fit(past, options.leave_out), past.panel());
  std::vector<TermComparison> table;
  std::vector<double> whole;
  const double models = static_cast<double>(terms.size() + 1);
  for (std::size_t m = 0; m <= terms.size(); ++m) {
    FitOptions without = options;
    if (m > 0) without.without.push_back(terms[m - 1]);
    const Draws draws = fit_spending(rows, without, execution, [&](double part) {
      return !observer || observer((static_cast<double>(m) + part) / models);
    });
    if (draws.chains == 0) return {};
    TermComparison line{.without = m > 0 ? terms[m - 1] : "",
                        .rows = static_cast<int>(rows.rows.size())};
    std::vector<double> elpd;
    for (const LeftOutRow& row : leave_one_out(rows, draws, execution)) {
      elpd.push_back(row.elpd);
      line.p_loo += row.lpd - row.elpd;
      line.worst_k = std::max(line.worst_k, row.pareto_k);
      line.high_k += row.pareto_k > 0.7;
    }
    if (m == 0) whole = elpd;
    const Total total = total_of(elpd);
    line.elpd = total.sum;
    line.elpd_se = total.se;
    for (std::size_t k = 0; k < elpd.size(); ++k) elpd[k] -= whole[k];
    const Total difference = total_of(elpd);
    line.difference = difference.sum;
    line.difference_se = difference.se;
    line.health = health(draws, summarise(draws), NutsOptions{}.max_depth);
    table.push_back(line);
  }
  return table;
}

}  // namespace tenbin
