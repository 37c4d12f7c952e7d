// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/density.hpp"

#include <doctest/doctest.h>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/model/parameter_layout.hpp"

namespace density_test {

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
  std::vector<Row> rows = fitted_rows(panel);
  for (Row& r : rows) {  // what this panel has no tables of
    r.danger_mean = 1 + 4 * r.state;
    r.danger_lag = 0.3 * ((r.year * 7) % 11 - 5);
    r.treaty_lag = r.state % 2 == 0 ? 0.5 + 0.1 * (r.year % 3) : 0;
    r.presence_lag = 0.1 * ((r.year + r.state) % 5 - 2);
    r.war = r.year % 13 < 3;
    r.exposure = r.year % 9 == 0 ? 0.2 * r.state : 0;
    r.income_lag = -0.3 * r.state;
  }
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

namespace {

/// Made-up rows of so many states: years from 1 to 41, every seventh missing.
RowTable made_up(int states) {
  RowTable t{.first_year = 1980, .years = 41};
  for (int i = 0; i < states; ++i) {
    t.states.push_back(i);
    t.ids.push_back("S" + std::to_string(i));
    const int first = (i * 7) % 40, last = i % 3 == 2 ? first : 40;
    for (int year = first; year <= last; ++year) {
      if ((year + i) % 7 == 6 && first != last) continue;
      const auto x = [&](std::uint32_t which) {
        return 0.1 * normal({.seed = 2,
                             .index = which,
                             .entity = static_cast<std::uint32_t>(i),
                             .when = static_cast<std::uint32_t>(year)});
      };
      t.rows.push_back({i,
                        {.state = i,
                         .year = 1980 + year,
                         .milex_growth = x(0),
                         .milex_growth_lag = x(1),
                         .log_burden_lag = x(2) - 4,
                         .gdp_growth = x(3),
                         .gdp_growth_lag = x(4),
                         .own_growth_lag = 0.3 * x(13),
                         .world_growth_lag = 0.03 + 0.1 * x(14),
                         .income_lag = x(15) - 1.0 * (i % 4),
                         .threat_lag = 1 + x(5),
                         .support_lag = 0.5 + x(6),
                         .rival_growth_lag = x(7),
                         .ally_growth_lag = x(8),
                         .unrest_lag = 3 * x(9),
                         .treaty_lag = 0.4 + x(10),
                         .danger_lag = 5 * x(11),
                         .danger_mean = 2.0 + i % 9,
                         .presence_lag = x(12),
                         .war = (year + i) % 11 < 2 ? 1.0 : 0.0,
                         .exposure = year % 17 == 0 ? 0.3 : 0.0}});
    }
  }
  return t;
}

/// The same with two regions of at least eight of twenty states; one state is of neither.
RowTable made_up_regions() {
  RowTable t = made_up(20);
  for (int i = 0; i < 20; ++i) t.regions.push_back(i == 19 ? "" : i % 2 == 0 ? "Asia" : "Europe");
  return t;
}

/// Which series of waves a fitted state follows, by the names of the columns.
int series_of(const RowTable& table, const std::vector<Column>& columns, int state) {
  const SpendingLayout at(columns);
  return at.series_of(table.region(static_cast<std::size_t>(state)));
}

/// log density of the figures at the constrained values, by a plain sum over rows.
template <class Density>
double plain_figures(const RowTable& table, Density& density, const std::vector<double>& theta) {
  const auto parameters_of = parameters(density.equation());
  const bool spending = density.equation() == Equation::spending;
  const auto columns = density.columns();
  std::vector<double> c(columns.back().offset + columns.back().size());
  density.constrain(theta, c);
  const auto at = [&](const char* name, std::size_t e = 0) {
    return c[columns[parameter_index(parameters_of, name)].offset + e];
  };
  double total = 0;
  for (const auto& [i, r] : table.rows) {
    const double expected =
        spending ? 0
                 : at("trend", i) + at("growth_level") + at("own_growth") * r.own_growth_lag +
                       at("world_growth") * r.world_growth_lag - at("convergence") * r.income_lag;
    const double mean =
        spending
            ? at("pull", i) *
                      (at("target", i) + at("threat_slope") * r.threat_lag +
                       at("support_slope") * r.support_lag + at("danger_within") * r.danger_lag +
                       at("cover_slope") * r.treaty_lag - r.log_burden_lag) +
                  at("presence_response") * r.presence_lag + at("war_response") * r.war +
                  at("exposure_response") * r.exposure + at("persistence", i) * r.milex_growth_lag +
                  at("income", i) * r.gdp_growth + at("rival_response", i) * r.rival_growth_lag +
                  at("ally_response") * r.ally_growth_lag +
                  at("wave", series_of(table, columns, i) * table.years + r.year - table.first_year)
            : expected + at("momentum") * (r.gdp_growth_lag - expected) +
                  at("cycle_sd") * at("cycle", r.year - table.first_year);
    const double scale =
        at("scale", i) * (spending ? std::exp(at("unrest_slope") * r.unrest_lag) : 1);
    const double df = at("df"), q = ((spending ? r.milex_growth : r.gdp_growth) - mean) / scale;
    total += std::lgamma((df + 1) / 2) - std::lgamma(df / 2) -
             0.5 * std::log(df * 3.14159265358979323846) - std::log(scale) -
             (df + 1) / 2 * std::log1p(q * q / df);
  }
  return total;
}

/// log density from the constrained values: a second way of computing it.
template <class Density>
double plain_density(const RowTable& table, Density& density, const std::vector<double>& theta,
                     double weight) {
  const auto parameters_of = parameters(density.equation());
  const bool spending = density.equation() == Equation::spending;
  const auto columns = density.columns();
  std::vector<double> c(columns.back().offset + columns.back().size());
  density.constrain(theta, c);
  const auto at = [&](const char* name) {
    return c[columns[parameter_index(parameters_of, name)].offset];
  };
  double total = plain_figures(table, density, theta);
  const std::size_t globals = global_count(density.equation()),
                    first_global = theta.size() - globals;
  std::vector<std::size_t> means;
  for (std::size_t k = 0; k < globals; ++k) {
    const ParameterSpec& p = parameters_of[k];
    if (p.spread != no_parameter) means.push_back(k);
    total +=
        constrain(theta[first_global + k], p.lower, p.upper).log_jacobian +
        (p.wide.kind == Prior::Kind::normal ? -0.5 * std::pow((c[k] - p.wide.a) / p.wide.b, 2)
                                            : (p.wide.a - 1) * std::log(c[k]) - p.wide.b * c[k]);
  }
  for (std::size_t block = 0; block < means.size(); ++block) {
    const double mean = c[means[block]], sd = c[means[block] + 1];
    const ParameterSpec& p = parameters_of[globals + block];
    total -= static_cast<double>(table.ids.size()) * weight * std::log(sd);  // Jacobian of x for z
    for (std::size_t i = 0; i < table.ids.size(); ++i) {
      double value = c[columns[globals + block].offset + i];
      if (spending && block == 0)  // of states with more danger the mean of habits is higher
        value -= at("danger_between") * (table.mean_danger()[i] - typical_danger);
      const double free = p.lower == -unbounded  ? value
                          : p.upper == unbounded ? std::log(value)
                                                 : std::log(value / (1 - value));
      total -= 0.5 * std::pow((free - mean) / sd, 2);
    }
  }
  const double year_sd = spending ? at("wave_sd") : at("cycle_sd");
  const int numbers = static_cast<int>(columns.back().size());
  std::vector<double> pushes;
  for (int n = 0; n < numbers; ++n) {
    const int t = n % table.years;
    const double* x = &c[columns.back().offset];
    pushes.push_back(spending ? (x[n] - (t > 0 ? at("wave_persistence") * x[n - 1] : 0)) / year_sd
                              : x[n]);
    // half of a region's push is the world's
    const double z =
        n < table.years ? pushes[n] : (pushes[n] - std::sqrt(0.5) * pushes[t]) / std::sqrt(0.5);
    total -= 0.5 * z * z + weight * std::log(year_sd);
  }
  return total;
}

std::vector<double> near_start(const std::vector<double>& start, std::uint32_t point,
                               double spread) {
  std::vector<double> theta = start;
  for (std::size_t k = 0; k < theta.size(); ++k)
    theta[k] +=
        spread * normal({.seed = 12, .index = point, .entity = static_cast<std::uint32_t>(k)});
  return theta;
}

template <class Density>
void check_density(const RowTable& table, Density density, std::size_t blocks) {
  for (const double weight : {0.0, 0.4, 1.0}) {  // of centring: coordinates change, no more
    density.set_centring(std::vector<double>(blocks, weight), weight);
    const std::vector<double> theta = near_start(density.start(), 1, 0.3 - 0.2 * weight);
    std::vector<double> grad(theta.size());
    CHECK(density(theta, grad) ==
          approx(plain_density(table, density, theta, weight)).epsilon(1e-11));
  }
}

}  // namespace

TEST_CASE("densities equal plain sums over rows, whatever fills the lanes") {
  for (const int states : {1, 8, 9, 20}) {
    CAPTURE(states);
    const RowTable table = made_up(states);
    check_density(table, SpendingDensity(table, wide_priors(Equation::spending)), 6);
    check_density(table, EconomyDensity(table, wide_priors(Equation::economy)), 2);
    CHECK(worst_gradient_error(SpendingDensity(table, wide_priors(Equation::spending)), 0.2) <
          1e-6);
    CHECK(worst_gradient_error(EconomyDensity(table, wide_priors(Equation::economy)), 0.2) < 1e-6);
  }
  const Panel panel = fixture::panel();
  const RowTable table = row_table(Equation::spending, fitted_rows(panel), panel);
  check_density(table, SpendingDensity(table, wide_priors(Equation::spending)), 6);
}

TEST_CASE("a region with eight states has a wave of its own, of which half a push is the world's") {
  const RowTable table = made_up_regions();
  CHECK(table.wave_regions() == std::vector<std::string>{"Asia", "Europe"});
  const SpendingDensity density(table, wide_priors(Equation::spending));
  check_density(table, density, 6);
  CHECK(worst_gradient_error(density, 0.2) < 1e-6);
  const Column wave = density.columns().back();
  CHECK(wave.size() == 3u * 41);
  CHECK(wave.elements[0] == "1980");
  CHECK(wave.elements[41] == "Asia 1980");
  CHECK(wave.elements[122] == "Europe 2020");
  const SpendingLayout at(density.columns());
  CHECK(at.first_year() == 1980);
  CHECK(at.last_year() == 2020);
  CHECK(at.series_of("Europe") == 2);
  CHECK(at.series_of("Africa") == 0);
  CHECK(at.at_year(SpendingParameter::wave, 1981, 1) == wave.offset + 42);
  for (const char* off : {"wave", "regions"}) {
    const std::vector<std::string> without{off};
    CHECK(
        SpendingDensity(table, wide_priors(Equation::spending), without).columns().back().size() ==
        41);
  }
  RowTable few = table;  // seven states are too few
  for (int i = 0, kept = 0; i < 20; ++i)
    if (few.regions[i] == "Europe" && ++kept > 7) few.regions[i] = "";
  CHECK(few.wave_regions() == std::vector<std::string>{"Asia"});
}

namespace {

/// The density without terms is that of the figures at the values, which are 0 where switched off,
/// and the priors of every coordinate.
template <class Density>
void check_switched_off(const RowTable& table, Density density, std::size_t blocks,
                        const std::vector<std::string>& without) {
  const auto table_of = parameters(density.equation());
  density.set_centring(std::vector<double>(blocks, 0.0), 0);
  const std::vector<double> theta = near_start(density.start(), 1, 0.2);
  const auto columns = density.columns();
  std::vector<double> values(columns.back().offset + columns.back().size()), grad(theta.size());
  density.constrain(theta, values);
  for (const Column& c : columns) {
    const std::string term(table_of[parameter_index(table_of, c.name)].term);
    const bool off = std::find(without.begin(), without.end(), term) != without.end();
    CHECK(c.fixed == off);
    for (std::size_t e = 0; e < c.size(); ++e) CHECK((values[c.offset + e] == 0) == off);
  }
  double expected = plain_figures(table, density, theta);
  const std::size_t first_global = theta.size() - global_count(density.equation());
  for (std::size_t k = 0; k < first_global; ++k) expected -= 0.5 * theta[k] * theta[k];
  for (std::size_t k = first_global; k < theta.size(); ++k) {
    const std::size_t g = k - first_global;
    const ParameterSpec& p = table_of[g];
    const Constrained own = constrain(theta[k], p.lower, p.upper);
    // what the mean of the cycle takes from the level of growth is taken before its prior
    const bool own_value = columns[g].fixed || density.equation() == Equation::spending;
    expected += own.log_jacobian +
                evaluate(p.wide, own_value ? own.value : values[columns[g].offset]).log_density;
  }
  CHECK(density(theta, grad) == approx(expected).epsilon(1e-11));
  CHECK(worst_gradient_error(density, 0.2) < 1e-6);
}

}  // namespace

TEST_CASE("a term that is switched off has parameters 0 and adds nothing to the figures' density") {
  const RowTable table = made_up(9);
  for (const TermSpec& term : equation_terms) {
    CAPTURE(term.name);
    const std::vector<std::string> without{std::string(term.name)};
    if (term.equation == Equation::spending)
      check_switched_off(table, SpendingDensity(table, wide_priors(Equation::spending), without), 6,
                         without);
    else
      check_switched_off(table, EconomyDensity(table, wide_priors(Equation::economy), without), 2,
                         without);
  }
  const std::vector<std::string> without{"trend", "memory"};  // then growth has no level
  check_switched_off(table, EconomyDensity(table, wide_priors(Equation::economy), without), 2,
                     without);
}

TEST_CASE("a layout finds each parameter by its name, whatever the order of the columns") {
  const Draws draws = fixture::draws(Equation::spending);
  std::vector<Column> turned(draws.columns.rbegin(), draws.columns.rend());
  for (Column& c : turned) c.fixed = c.name == "unrest_slope";
  const SpendingLayout layout(turned);
  for (std::size_t k = 0; k < spending_parameters.size(); ++k) {
    const auto parameter = static_cast<SpendingParameter>(k);
    CAPTURE(spec(parameter).name);
    CHECK(layout.at(parameter) == draws.find(spec(parameter).name)->offset);
    CHECK(layout.fixed(parameter) == (parameter == SpendingParameter::unrest_slope));
  }
  const Column &target = *draws.find("target"), &wave = *draws.find("wave");
  for (std::size_t i = 0; i < target.size(); ++i) {
    CHECK(layout.state(target.elements[i]) == static_cast<int>(i));
    const StateParameters<double> own = spending_of(layout, i, draws.draw(0));
    CHECK(own.target == draws.draw(0)[target.offset + i]);
    CHECK(own.threat_slope == draws.draw(0)[draws.find("threat_slope")->offset]);
  }
  CHECK(layout.state("no such state") == -1);
  for (std::size_t t = 0; t < wave.size(); ++t)
    CHECK(layout.at_year(SpendingParameter::wave, std::stoi(wave.elements[t])) == wave.offset + t);
}

TEST_CASE("constrain and unconstrain are inverse") {  // law: round trip
  for (const auto& p : spending_parameters) {
    if (p.scope != Scope::global) continue;
    for (const double free : {-3.0, -0.2, 0.0, 1.7}) {
      const Constrained c = constrain(free, p.lower, p.upper);
      CHECK(unconstrain(c.value, p.lower, p.upper) == approx(free).epsilon(1e-10));
      const double h = 1e-6;
      CHECK(c.derivative == approx((constrain(free + h, p.lower, p.upper).value -
                                    constrain(free - h, p.lower, p.upper).value) /
                                   (2 * h))
                                .epsilon(1e-7));
      CHECK(c.log_jacobian == approx(std::log(c.derivative)).epsilon(1e-10));
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
        approx(0.5 * std::sqrt(1 - 2 / 3.14159265358979)).epsilon(1e-5));  // half-normal
  CHECK(prior_sd({Prior::Kind::normal, -4, 0.5}, -unbounded, unbounded) ==
        approx(0.5).epsilon(1e-5));
}

}  // namespace density_test
