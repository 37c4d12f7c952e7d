// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/density.hpp"

#include <doctest/doctest.h>

#include "fixture.hpp"

using namespace tenbin;

namespace {

/// Largest |gradient - central difference| / max(1, |gradient|) over 100 random points and all
/// coordinates.
template <class Density>
double worst_gradient_error(Density density, double spread) {
  const std::vector<double> start = density.start();
  std::vector<double> theta(start.size()), grad(start.size()), unused(start.size());
  double worst = 0;
  for (std::uint32_t point = 0; point < 100; ++point) {
    for (std::size_t k = 0; k < theta.size(); ++k)
      theta[k] = start[k] + spread * normal({.seed = 4,
                                             .purpose = Purpose::test,
                                             .index = point,
                                             .entity = static_cast<std::uint32_t>(k)});
    density(theta, grad);
    for (std::size_t k = 0; k < theta.size(); ++k) {
      const double at = theta[k];
      const auto slope = [&](double h) {
        theta[k] = at + h;
        const double high = density(theta, unused);
        theta[k] = at - h;
        const double low = density(theta, unused);
        theta[k] = at;
        return (high - low) / (2 * h);
      };
      const double h = 1e-4,
                   central = (4 * slope(h / 2) - slope(h)) / 3;  // Richardson's extrapolation
      worst = std::max(worst, std::abs(grad[k] - central) / std::max(1.0, std::abs(grad[k])));
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("gradients equal central differences on a panel with every special case") {
  const Panel panel = fixture::panel();
  const std::vector<Row> rows = fitted_rows(panel);
  const RowTable spending = row_table(Equation::spending, rows, panel),
                 economy = row_table(Equation::economy, rows, panel);
  for (const double weight : {0.0, 0.4, 1.0}) {
    SpendingDensity s(spending, wide_priors(Equation::spending));
    s.set_centring(std::vector<double>(6, weight), weight);
    const double spread = 0.7 - 0.6 * weight;  // a centred coordinate's unit is a state's own
    CHECK(worst_gradient_error(s, spread) < 1e-6);
    EconomyDensity e(economy, wide_priors(Equation::economy));
    e.set_centring(std::vector<double>(2, weight), weight);
    CHECK(worst_gradient_error(e, spread) < 1e-6);
  }
}

TEST_CASE("the spending density equals a plain sum over rows") {  // a second way of computing it
  const Panel panel = fixture::panel();
  const std::vector<Row> rows = fitted_rows(panel);
  const RowTable table = row_table(Equation::spending, rows, panel);
  SpendingDensity density(table, wide_priors(Equation::spending));
  const auto columns = density.columns();
  std::vector<double> theta = density.start(), grad(theta.size());
  const auto plain = [&] {
    std::vector<double> c(columns.back().offset + columns.back().size());
    density.constrain(theta, c);
    const auto at = [&](const char* name, std::size_t e = 0) {
      for (const Column& col : columns)
        if (col.name == name) return c[col.offset + e];
      return std::nan("");
    };
    double total = 0;
    std::size_t state = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const Row& r = rows[k];
      while (table.states[state] != r.state) ++state;
      const double mean =
          at("pull", state) * (at("target", state) + at("threat_slope") * r.threat_lag +
                               at("support_slope") * r.support_lag - r.log_burden_lag) +
          at("persistence", state) * r.milex_growth_lag + at("income", state) * r.gdp_growth +
          at("rival_response", state) * r.rival_growth_lag +
          at("ally_response") * r.ally_growth_lag + at("wave", r.year - table.first_year);
      const double s = at("scale", state), df = at("df"), q = (r.milex_growth - mean) / s;
      total += std::lgamma((df + 1) / 2) - std::lgamma(df / 2) -
               0.5 * std::log(df * 3.14159265358979323846) - std::log(s) -
               (df + 1) / 2 * std::log1p(q * q / df);
    }
    return total;
  };
  const std::size_t globals = global_count(Equation::spending),
                    first_global = theta.size() - globals;
  const int states = static_cast<int>(table.ids.size());
  for (int point = 0; point < 6; ++point) {
    const double weight =
        0.5 * (point % 3);  // of centring: coordinates change, the density does not
    density.set_centring(std::vector<double>(6, weight), weight);
    for (std::size_t k = 0; k < theta.size(); ++k)
      theta[k] = density.start()[k] +
                 (0.4 - 0.3 * weight) * normal({.seed = 12,
                                                .purpose = Purpose::test,
                                                .index = static_cast<std::uint32_t>(point),
                                                .entity = static_cast<std::uint32_t>(k)});
    std::vector<double> c(columns.back().offset + columns.back().size());
    density.constrain(theta, c);
    double expected = 0;
    for (std::size_t k = 0; k < globals; ++k) {
      const ParameterSpec& p = spending_parameters[k];
      const Constrained own = constrain(theta[first_global + k], p.lower, p.upper);
      expected +=
          own.log_jacobian + (p.wide.kind == Prior::Kind::normal
                                  ? -0.5 * std::pow((own.value - p.wide.a) / p.wide.b, 2)
                                  : (p.wide.a - 1) * std::log(own.value) - p.wide.b * own.value);
    }
    for (int block = 0; block < 6; ++block) {
      const double mean = c[2 * block], sd = c[2 * block + 1];
      expected -= states * weight * std::log(sd);  // the Jacobian of x for z
      for (int i = 0; i < states; ++i) {
        const double value = c[columns[globals + block].offset + i];
        const double free = block == 1   ? std::log(value / (1 - value))
                            : block == 5 ? std::log(value)
                                         : value;
        expected -= 0.5 * std::pow((free - mean) / sd, 2);
      }
    }
    const double persistence = c[parameter_index(spending_parameters, "wave_persistence")],
                 sd = c[parameter_index(spending_parameters, "wave_sd")];
    for (int t = 0; t < table.years; ++t) {
      const double* wave = &c[columns.back().offset];
      expected -= 0.5 * std::pow((wave[t] - (t > 0 ? persistence * wave[t - 1] : 0)) / sd, 2) +
                  weight * std::log(sd);
    }
    CHECK(density(theta, grad) == doctest::Approx(expected + plain()).epsilon(1e-11));
  }
}

TEST_CASE("constrain and unconstrain are inverse") {  // law: round trip
  for (const auto& p : spending_parameters) {
    if (p.scope != Scope::global) continue;
    for (const double free : {-3.0, -0.2, 0.0, 1.7}) {
      const Constrained c = constrain(free, p.lower, p.upper);
      CHECK(unconstrain(c.value, p.lower, p.upper) == doctest::Approx(free).epsilon(1e-10));
      const double h = 1e-6;
      CHECK(c.derivative == doctest::Approx((constrain(free + h, p.lower, p.upper).value -
                                             constrain(free - h, p.lower, p.upper).value) /
                                            (2 * h))
                                .epsilon(1e-7));
      CHECK(c.log_jacobian == doctest::Approx(std::log(c.derivative)).epsilon(1e-10));
    }
  }
}

TEST_CASE("a density outside its support is minus infinity, never an exception") {
  const Panel panel = fixture::panel();
  const RowTable table = row_table(Equation::spending, fitted_rows(panel), panel);
  SpendingDensity density(table, wide_priors(Equation::spending));
  std::vector<double> theta(density.size(), 1e200), grad(theta.size());
  CHECK(density(theta, grad) == -unbounded);
}

TEST_CASE("the spread of a cut prior is that of its formula") {
  CHECK(prior_sd({Prior::Kind::normal, 0, 0.5}, 0, unbounded) ==
        doctest::Approx(0.5 * std::sqrt(1 - 2 / 3.14159265358979)).epsilon(1e-5));  // half-normal
  CHECK(prior_sd({Prior::Kind::normal, -4, 0.5}, -unbounded, unbounded) ==
        doctest::Approx(0.5).epsilon(1e-5));
}
