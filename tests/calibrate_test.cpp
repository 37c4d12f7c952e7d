// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/calibrate.hpp"

#include <doctest/doctest.h>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/model/simulate.hpp"
#include "tenbin/num/elementary.hpp"

namespace calibrate_test {

using namespace tenbin;

TEST_CASE("the gamma distribution's upper tail equals closed forms") {
  for (const double x : {0.1, 1.0, 3.7, 12.0, 40.0}) {
    CHECK(gamma_tail(1, x) == approx(std::exp(-x)).epsilon(1e-13));
    CHECK(gamma_tail(0.5, x) == approx(std::erfc(std::sqrt(x))).epsilon(1e-13));
    CHECK(gamma_tail(3, x) == approx(std::exp(-x) * (1 + x + x * x / 2)).epsilon(1e-13));
  }
  // chi-square with 19 degrees of freedom, from R: pchisq(36.19087, 19, lower = FALSE)
  CHECK(gamma_tail(9.5, 0.5 * 36.190869129270048) == approx(0.01).epsilon(1e-10));
}

TEST_CASE("a prior's quantiles have the prior's mass below them") {
  const Prior normal{Prior::Kind::normal, 0.5, 0.3}, gamma{Prior::Kind::gamma, 2, 0.5};
  for (const double u : {0.01, 0.3, 0.5, 0.99}) {
    const double x = prior_quantile(normal, -1, 1, u);
    const double low = normal_cdf(-1.5 / 0.3), high = normal_cdf(0.5 / 0.3);
    CHECK((normal_cdf((x - 0.5) / 0.3) - low) / (high - low) == approx(u).epsilon(1e-12));
    const double y = prior_quantile(gamma, 2, unbounded, u);  // tail of shape 2: (1 + x/2) e^(-x/2)
    const auto tail = [](double v) { return (1 + v / 2) * std::exp(-v / 2); };
    CHECK(1 - tail(y) / tail(2) == approx(u).epsilon(1e-12));
  }
}

TEST_CASE("figures simulated without shocks lie on the equation") {
  const Panel panel = fixture::panel();
  const RowTable table = row_table(Equation::spending, fitted_rows(panel), panel);
  const auto columns = SpendingDensity(table, wide_priors(Equation::spending)).columns();
  std::vector<double> values =
      prior_draw(Equation::spending, wide_priors(Equation::spending), columns, 5, 1);
  for (const Column& c : columns)
    if (c.name == "scale")
      for (std::size_t e = 0; e < c.size(); ++e) values[c.offset + e] = 0;
  const RowTable drawn = simulate(Equation::spending, table, columns, values, 5, 1);
  const auto at = [&](std::string_view name, std::size_t e = 0) {
    return values[columns[parameter_index(spending_parameters, name)].offset + e];
  };
  for (const auto& [i, r] : drawn.rows)
    CHECK(r.milex_growth ==
          approx(at("pull", i) * (at("target", i) + at("threat_slope") * r.threat_lag +
                                  at("support_slope") * r.support_lag - r.log_burden_lag) +
                 at("persistence", i) * r.milex_growth_lag + at("income", i) * r.gdp_growth +
                 at("rival_response", i) * r.rival_growth_lag +
                 at("ally_response") * r.ally_growth_lag + at("wave", r.year - table.first_year)));
}

TEST_CASE("draws from the prior have the prior's spread") {
  const Panel panel = fixture::panel();
  const RowTable table = row_table(Equation::spending, fitted_rows(panel), panel);
  const Priors priors = wide_priors(Equation::spending);
  const auto columns = SpendingDensity(table, priors).columns();
  constexpr int count = 4000;
  for (std::size_t k = 0; k < priors.size(); ++k) {
    double first = 0, second = 0;
    for (std::uint32_t n = 0; n < count; ++n) {
      const double x = prior_draw(Equation::spending, priors, columns, 3, n)[k];
      first += x / count;
      second += x * x / count;
    }
    const ParameterSpec& p = spending_parameters[k];
    CAPTURE(p.name);
    CHECK(std::sqrt(second - first * first) ==
          approx(prior_sd(p.wide, p.lower, p.upper)).epsilon(0.06));
  }
}

}  // namespace calibrate_test
