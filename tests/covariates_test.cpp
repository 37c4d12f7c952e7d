// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/covariates.hpp"

#include <doctest/doctest.h>

#include "fixture.hpp"
#include "near.hpp"

namespace covariates_test {

using namespace tenbin;

namespace {

/// One state with the expenditures given from 2000 on; 0 is a missing year.
Panel series(const std::vector<double>& milex) {
  Panel p{.first_year = 2000, .last_year = 2000 + static_cast<int>(milex.size()) - 1};
  p.states = {{"ONE", "One"}};
  for (const double m : milex)
    p.milex.push_back(m > 0 ? MilexCell{m, 0.02, MilexKind::reported, ""} : MilexCell{});
  return p;
}

}  // namespace

TEST_CASE("a stock starts at expenditure over decay and prior growth") {
  const auto k = stocks(series({110, 121}));
  CHECK(k[0] == approx(1000).epsilon(1e-12));
  CHECK(k[1] == approx(920 + 121).epsilon(1e-12));
}

TEST_CASE("a gap of three years is bridged log-linearly, one of four only decays") {
  const auto bridged = stocks(series({100, 0, 0, 0, 1600}));
  double k = 100 / 0.11;
  for (const double m : {200., 400., 800., 1600.}) k = 0.92 * k + m;
  CHECK(bridged[4] == approx(k).epsilon(1e-12));
  const auto open = stocks(series({100, 0, 0, 0, 0, 1600}));
  CHECK(open[4] == approx(100 / 0.11 * std::pow(0.92, 4)).epsilon(1e-12));
}

TEST_CASE("great circles: a quarter, an antipode, and Tokyo to Pyongyang") {
  CHECK(great_circle(0, 0, 0, 90) == approx(earth_radius * 3.14159265358979 / 2).epsilon(1e-14));
  CHECK(great_circle(0, 0, 0, 180) == approx(earth_radius * 3.14159265358979).epsilon(1e-14));
  CHECK(great_circle(90, 0, -90, 77) == approx(earth_radius * 3.14159265358979).epsilon(1e-14));
  CHECK(great_circle(35.6768601, 139.763895, 39.0167979, 125.747361) ==
        approx(1291.935377).epsilon(1e-9));
  CHECK(great_circle(35, 179, 35, -179) == approx(great_circle(35, -1, 35, 1)).epsilon(1e-12));
  CHECK(great_circle(10, 20, 10, 20) == 0);
}

TEST_CASE("reach counts fully within range and fades beyond it") {
  CHECK(reach_weight(StockRule{}, 1000, 1200.0) == 1);
  CHECK(reach_weight(StockRule{}, 4000, 1000.0) == approx(std::exp(-1.0)).epsilon(1e-15));
}

TEST_CASE("overlapping spells take the larger value, and both ends are included") {
  const Panel p = fixture::panel();
  const Topology t = topology(p);
  const auto hostility = [&](int i, int j, int year) {
    const auto r = relations(p, t, year);
    for (std::size_t k = 0; k < t.threats.size(); ++k)
      if (t.threats[k].i == i && t.threats[k].j == j) return r.hostility[k];
    return -1.0;
  };
  CHECK(hostility(0, 1, 1984) == 0);
  CHECK(hostility(0, 1, 1985) == 0.6);
  CHECK(hostility(1, 0, 2000) == 1.0);
  CHECK(hostility(1, 2, 2030) == 0.8);
  CHECK(hostility(1, 2, 2031) == 0);
  CHECK(relations(p, t, 2004).reach[1] == 2500);
  CHECK(relations(p, t, 2005).reach[1] == 12000);
}

TEST_CASE("felt threat does not change when all stocks grow alike") {  // law: scale
  const Panel p = fixture::panel();
  const Topology t = topology(p);
  const auto r = relations(p, t, 2010);
  const std::vector<double> now{100, 300, 500, 80, 20, 10}, before{90, 290, 510, 70, 20, 9};
  const auto felt = [&](double factor) {
    std::vector<double> a = now, b = before;
    for (auto* v : {&a, &b})
      for (double& x : *v) x *= factor;
    std::vector<Felt<double>> f(6);
    feel<double>(t, r, a, b, f);
    return f;
  };
  const auto one = felt(1), thousand = felt(1000);
  for (int i = 0; i < 6; ++i) {
    CHECK(one[i].threat == approx(thousand[i].threat).epsilon(1e-12));
    CHECK(one[i].rival_rise == approx(thousand[i].rival_rise).epsilon(1e-9));
  }
  CHECK(one[3].threat == 0);  // no rival, no tie
  CHECK(one[3].support == 0);
  CHECK(one[0].rival_rise ==
        approx(
            std::log((90 + 300 * reach_weight(t.stock_rule, t.distance[0], r.reach[1]) +
                      20 * std::exp(-std::max(0., great_circle(35, 139, 39, 125.7) - 500) / 3000)) /
                     (90 + 290 * reach_weight(t.stock_rule, t.distance[0], r.reach[1]) +
                      20 * std::exp(-std::max(0., great_circle(35, 139, 39, 125.7) - 500) / 3000))))
            .epsilon(1e-12));
}

TEST_CASE("rows are fitted only where a state has eight without a gap") {
  const Panel p = fixture::panel();
  int gam = 0;
  for (const Row& r : fitted_rows(p)) {
    CHECK(p.states[r.state].id != "EPS");
    CHECK(p.states[r.state].id != "ZET");
    if (p.states[r.state].id == "GAM") {
      ++gam;
      CHECK((r.year < 1995 || r.year > 1998));
    }
  }
  CHECK(gam == 1994 - 1982 + 1 + 2020 - 1999 + 1);
}

}  // namespace covariates_test
