// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/predictive.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "near.hpp"

namespace predictive_test {

using namespace tenbin;

constexpr auto falls = static_cast<std::size_t>(Feature::falls);
constexpr auto longest = static_cast<std::size_t>(Feature::longest_rise);
constexpr auto together = static_cast<std::size_t>(Feature::region_corr);
constexpr auto large = static_cast<std::size_t>(Feature::large_burdens);
constexpr auto spread = static_cast<std::size_t>(Feature::spread);

/// Rows of two states of one region from 2001 on, with the growth given.
RowTable rows_with(const std::vector<std::vector<double>>& growth, double log_burden_lag) {
  RowTable table{.first_year = 2001, .years = static_cast<int>(growth[0].size())};
  for (std::size_t s = 0; s < growth.size(); ++s) {
    table.states.push_back(static_cast<StateIndex>(s));
    table.ids.push_back("S" + std::to_string(s));
    table.regions.emplace_back("one");
    for (std::size_t k = 0; k < growth[s].size(); ++k) {
      Row row{};
      row.state = static_cast<StateIndex>(s);
      row.year = 2001 + static_cast<int>(k);
      row.milex_growth = growth[s][k];
      row.log_burden_lag = log_burden_lag;
      table.rows.push_back({static_cast<int>(s), row});
    }
  }
  return table;
}

TEST_CASE("features of figures are those that one counts by hand") {
  std::vector<double> a(12, 0.01), b(12, 0.02);
  a[2] = std::log(0.79);  // one fall of 21 %
  b[3] = std::log(0.81);  // 19 %: none
  for (int k = 5; k < 9; ++k) b[k] = std::log(1.09);
  const std::vector<double> f = features_of(rows_with({a, b}, std::log(0.0995)));
  CHECK(f[falls] == approx(1.0 / 24));
  CHECK(f[longest] == 4);
  // above 10 % of GDP: growth of more than log(0.1 / 0.0995) = 0.005
  CHECK(f[large] == approx(22.0 / 24));
  std::vector<double> c(12);
  for (int k = 0; k < 12; ++k) c[k] = 2 * a[k] + 0.3;
  CHECK(features_of(rows_with({a, c}, -4))[together] == approx(1));
  CHECK(std::isnan(features_of(
      rows_with({{a.begin(), a.begin() + 9}, {c.begin(), c.begin() + 9}}, -4))[together]));
  CHECK(features_of(rows_with({{0.0, 0.2}, {0.0, 0.2}}, -4))[spread] ==
        approx(std::sqrt(0.04 / 3)));
}

FitOptions short_fit() {
  FitOptions o{.chains = 2, .warmup = 150, .draws = 100};
  o.without = {"wave"};
  return o;
}

TEST_CASE("the check sees shocks that countries share and the model does not have") {
  Panel apart = fixture::panel();
  for (State& s : apart.states) s.region = "one";
  Panel alike = apart;  // every state has the yearly changes of the first
  for (StateIndex i = 1; i < alike.size(); ++i)
    for (int year = alike.first_year + 1; year <= alike.last_year; ++year) {
      const auto at = [&](StateIndex s, int y) -> MilexCell& {
        return alike.milex[static_cast<std::size_t>(s) * alike.years() + (y - alike.first_year)];
      };
      if (at(i, year).kind != MilexKind::reported || at(i, year - 1).kind != MilexKind::reported)
        continue;
      if (!known(at(i, year).milex) || !known(at(i, year - 1).milex)) continue;
      at(i, year).milex = at(i, year - 1).milex * at(0, year).milex / at(0, year - 1).milex;
    }
  const auto check = [&](const Panel& panel, int threads) {
    return predictive_check(*past_of(panel), short_fit(), 100, {.threads = threads});
  };
  const PredictiveCheck fine = check(apart, 2), shared = check(alike, 2);
  REQUIRE(fine.lines.size() == feature_count);
  for (const PredictiveLine& l : fine.lines) {
    CHECK(l.posterior.low <= l.observed);
    CHECK(l.observed <= l.posterior.high);
    CHECK(l.prior.high - l.prior.low >= l.posterior.high - l.posterior.low);
  }
  CHECK(shared.lines[together].observed > shared.lines[together].posterior.high);
  CHECK(shared.lines[together].posterior.above == 0);

  const PredictiveCheck again = check(apart, 1);
  for (int k = 0; k < feature_count; ++k) {
    CHECK(again.lines[k].posterior.median == fine.lines[k].posterior.median);
    CHECK(again.lines[k].prior.high == fine.lines[k].prior.high);
  }
}

}  // namespace predictive_test
