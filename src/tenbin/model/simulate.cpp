// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/simulate.hpp"

#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

/// Draws what states and years have of their own from the globals of `values`, which are drawn.
template <ParameterName P>
void draw_own(const ParameterLayout<P>& at, const std::vector<Column>& columns, std::uint64_t seed,
              std::uint32_t number, std::span<const double> mean_danger,
              std::vector<double>& values) {
  const auto table = parameters(equation_of<P>);
  for (std::size_t k = global_count(equation_of<P>); k < table.size(); ++k) {
    const auto z = [&](std::size_t element) {
      return normal({.seed = seed,
                     .purpose = Purpose::simulated_parameter,
                     .index = number,
                     .entity = static_cast<std::uint32_t>(k),
                     .when = static_cast<std::uint32_t>(element)});
    };
    const P own = static_cast<P>(k);
    double* to = &values[at.at(own)];
    if (table[k].scope == Scope::state) {
      const P mean = mean_parameter(own);
      for (std::size_t e = 0; e < columns[k].size(); ++e)
        to[e] =
            from_free(table[k], values[at.at(mean)] + values[at.at(spread_parameter(mean))] * z(e));
      if constexpr (equation_of<P> == Equation::spending)
        if (own == P::target)
          for (std::size_t e = 0; e < mean_danger.size(); ++e)
            to[e] += values[at.at(P::danger_between)] * (mean_danger[e] - typical_danger);
      continue;
    }
    const std::size_t years = columns[k].size() / at.series();
    for (std::size_t n = 0; n < columns[k].size(); ++n)
      if constexpr (equation_of<P> == Equation::spending) {
        const double push = n < years ? z(n) : regional_push(z(n % years), z(n));
        to[n] = values[at.at(P::wave_sd)] * push +
                (n % years > 0 ? values[at.at(P::wave_persistence)] * to[n - 1] : 0);
      } else {  // the cycle, in units of its sd
        to[n] = z(n);
      }
  }
}

}  // namespace

void draw_states_and_years(const std::vector<Column>& columns, std::uint64_t seed,
                           std::uint32_t number, std::span<const double> mean_danger,
                           std::vector<double>& values) {
  draw_own(SpendingLayout(columns), columns, seed, number, mean_danger, values);
}

std::vector<double> prior_draw(Equation equation, const Priors& priors,
                               const std::vector<Column>& columns, std::uint64_t seed,
                               std::uint32_t number, std::span<const double> mean_danger) {
  const auto table = parameters(equation);
  std::vector<double> values(columns.back().offset + columns.back().size());
  for (std::size_t k = 0; k < priors.size(); ++k) {
    const double u = uniforms({.seed = seed,
                               .purpose = Purpose::simulated_parameter,
                               .index = number,
                               .entity = static_cast<std::uint32_t>(k)})[0];
    values[k] = prior_quantile(priors[k], table[k].lower, table[k].upper, u);
  }
  if (equation == Equation::spending)
    draw_states_and_years(columns, seed, number, mean_danger, values);
  else
    draw_own(EconomyLayout(columns), columns, seed, number, {}, values);
  return values;
}

namespace {

/// Standardised shock of a row.
double shock_of(const RowTable& rows, std::size_t state, int year, double df, std::uint64_t seed,
                std::uint32_t number) {
  return student_t<double>({.seed = seed,
                            .purpose = Purpose::simulated_shock,
                            .index = number,
                            .entity = entity_id(rows.ids[state]),
                            .when = static_cast<std::uint32_t>(year)},
                           df);
}

}  // namespace

RowTable simulate(Equation equation, RowTable rows, const std::vector<Column>& columns,
                  std::span<const double> values, std::uint64_t seed, std::uint32_t number) {
  const auto shock = [&](std::size_t state, int year, double df) {
    return shock_of(rows, state, year, df, seed, number);
  };
  if (equation == Equation::spending) {
    using P = SpendingParameter;
    const SpendingLayout at(columns);
    for (auto& [state, row] : rows.rows) {
      const StateParameters<double> own = spending_of(at, state, values);
      row.milex_growth =
          expected(row, own,
                   values[at.at_year(P::wave, row.year, at.series_of(rows.region(state)))]) +
          shock_scale(own, row.unrest_lag) * shock(state, row.year, values[at.at(P::df)]);
    }
    return rows;
  }
  using P = EconomyParameter;
  const EconomyLayout at(columns);
  for (auto& [state, row] : rows.rows) {
    const double expected = values[at.at(P::trend, state)] + values[at.at(P::growth_level)] +
                            values[at.at(P::own_growth)] * row.own_growth_lag +
                            values[at.at(P::world_growth)] * row.world_growth_lag -
                            values[at.at(P::convergence)] * row.income_lag;
    row.gdp_growth = expected + values[at.at(P::momentum)] * (row.gdp_growth_lag - expected) +
                     values[at.at(P::cycle_sd)] * values[at.at_year(P::cycle, row.year)] +
                     values[at.at(P::scale, state)] * shock(state, row.year, values[at.at(P::df)]);
  }
  return rows;
}

}  // namespace tenbin
