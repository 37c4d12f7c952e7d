// SPDX-License-Identifier: Apache-2.0
// Scores against closed forms, definitions and R.
#include "tenbin/past/scores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "near.hpp"
#include "tenbin/num/elementary.hpp"
#include "tenbin/num/random.hpp"
#include "tenbin/past/baselines.hpp"
#include "tenbin/past/scoreboard.hpp"

namespace scores_test {

using namespace tenbin;

namespace {

/// Integral of (F(x) - [x >= observed])^2 by the midpoint rule, the observed value on an edge.
double crps_by_integral(const std::function<double(double)>& cdf, double observed) {
  constexpr int cells = 400000;
  double total = 0;
  for (const double side : {-1.0, 1.0}) {
    const double reach = 2000;  // steps grow with the distance from the middle
    for (int k = 0; k < cells; ++k) {
      const auto at = [&](double u) { return u * u * u * reach; };
      const double x = observed + side * at((k + 0.5) / cells);
      const double width = at((k + 1.0) / cells) - at(k / static_cast<double>(cells));
      const double f = side > 0 ? 1 - cdf(x) : cdf(x);
      total += f * f * width;
    }
  }
  return total;
}

std::vector<double> made_up(int count, std::uint32_t which) {
  std::vector<double> x;
  for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(count); ++k)
    x.push_back(normal({.seed = 3, .index = k, .entity = which}));
  return x;
}

}  // namespace

TEST_CASE("the Student-t distribution function equals R's pt") {
  const std::array<std::array<double, 3>, 13> reference{{{-3, 5, 0.01504962394873128},
                                                         {-0.5, 5, 0.3191494358204645},
                                                         {0.1, 5, 0.5378849294226697},
                                                         {1.2, 5, 0.8580544716469489},
                                                         {4, 5, 0.9948382922595842},
                                                         {30, 5, 0.999999614067569},
                                                         {-3, 1, 0.1024163823495667},
                                                         {30, 1, 0.9893935975944645},
                                                         {-3, 2.7, 0.03294797882838333},
                                                         {0.5, 2.7, 0.6725264690021192},
                                                         {2.5, 2.7, 0.9514602927785327},
                                                         {-3, 60, 0.001963848666486309},
                                                         {0.01, 60, 0.5039727682410345}}};
  for (const auto& row : reference) {
    const double t = row[0], df = row[1], p = row[2];
    CAPTURE(t);
    CAPTURE(df);
    CHECK(student_cdf(t, df) == approx(p).epsilon(1e-12));
    CHECK(std::abs(student_cdf(-t, df) - (1 - p)) <= 1e-12);
  }
  CHECK(student_cdf(0, 3) == 0.5);
}

TEST_CASE("CRPS of a normal and a Student-t equal the published values and the integral") {
  CHECK(crps_normal(-3, 0, 1) == approx(2.43657473).epsilon(3e-9));
  CHECK(crps_student(-3, 5) == approx(2.33875895).epsilon(3e-9));
  CHECK(crps_normal(0.7, 0.2, 0.3) ==
        approx(crps_by_integral([](double x) { return normal_cdf((x - 0.2) / 0.3); }, 0.7))
            .epsilon(1e-7));
  CHECK(crps_student(1.4, 4, 0.5, 2) ==
        approx(crps_by_integral([](double x) { return student_cdf((x - 0.5) / 2, 4); }, 1.4))
            .epsilon(1e-6));
}

TEST_CASE("CRPS of a sample is that of its own distribution function") {
  const std::vector<double> five{1, 2, 3, 4, 5};
  CHECK(crps_sample(3, five) == approx(0.4).epsilon(1e-15));
  CHECK(crps_sample(0, five) == approx(2.2).epsilon(1e-15));
  std::vector<double> x = made_up(300, 1);
  double to_observed = 0, within = 0;
  for (const double a : x) {
    to_observed += std::abs(a - 0.4) / 300;
    for (const double b : x) within += std::abs(a - b) / 90000;
  }
  std::ranges::sort(x);
  CHECK(crps_sample(0.4, x) == approx(to_observed - 0.5 * within).epsilon(1e-12));
  // many members come near the normal that they were drawn from
  std::vector<double> many = made_up(20000, 2);
  std::ranges::sort(many);
  CHECK(crps_sample(-3, many) == approx(crps_normal(-3, 0, 1)).epsilon(0.01));
  CHECK(std::abs(log_score_sample(0.3, many) - log_score_normal(0.3, 0, 1)) < 0.03);
  CHECK(log_score_sample(1000, many) > 1e6);  // far off is far off, not infinite
  CHECK(std::isfinite(log_score_sample(1000, many)));
}

TEST_CASE("energy score: the published example, and the CRPS in one dimension") {
  const std::vector<double> corners{0, 0, 2, 0, 0, 2, 2, 2}, middle{1, 1};
  CHECK(energy_score(middle, corners) == approx(0.5606601718).epsilon(1e-10));
  std::vector<double> x = made_up(200, 4);
  const std::vector<double> observed{0.8};
  const double energy = energy_score(observed, x);
  std::ranges::sort(x);
  CHECK(energy == approx(crps_sample(0.8, x)).epsilon(1e-12));
}

TEST_CASE("Diebold-Mariano with the small-sample correction equals R's dm.test") {
  const std::array<double, 10> a{1, -2, 3, -1, 2, -3, 1, 2, -1, 2},
      b{2, -1, 2, -2, 1, -2, 2, 1, -1, 1};
  std::vector<double> difference;
  for (std::size_t k = 0; k < a.size(); ++k) difference.push_back(a[k] * a[k] - b[k] * b[k]);
  const DieboldMariano one = diebold_mariano(difference, 1);
  CHECK(one.statistic == approx(1.258064516129032).epsilon(1e-12));
  CHECK(2 * (1 - student_cdf(one.statistic, one.degrees)) ==
        approx(0.2400266839624858).epsilon(1e-11));
  CHECK(diebold_mariano(difference, 2).statistic == approx(4.973098361894044).epsilon(1e-12));
  // its variance would be negative: R goes on with h = 1, and so do we
  CHECK(diebold_mariano(difference, 3).statistic == one.statistic);
  CHECK(std::isnan(diebold_mariano(std::vector<double>(10, 0.0), 1).statistic));
}

TEST_CASE("quantiles, probability integral transform and their ends") {
  const std::vector<double> x{1, 2, 2, 4};
  CHECK(pit(0, x) == 0);
  CHECK(pit(9, x) == 1);
  CHECK(pit(2, x) == 0.5);  // two of four are equal: by half
  CHECK(quantile_of(x, 0) == 1);
  CHECK(quantile_of(x, 1) == 4);
  CHECK(quantile_of(x, 0.5) == 2);
  CHECK(quantile_of(x, 0.75) == approx(2.5));
}

TEST_CASE("baselines of a straight line and of a zigzag are what their formulas say") {
  const std::vector<double> line{1, 1.1, 1.2, 1.3}, zigzag{0, 1, 0, 1, 0}, gdp{5, 5.2, 5.4, 5.6};
  CHECK(baseline(Baseline::drift, line, gdp, 4).mean == approx(1.7));
  CHECK(std::abs(baseline(Baseline::drift, line, gdp, 4).sd) < 1e-12);
  CHECK(baseline(Baseline::random_walk, line, gdp, 4).mean == 1.3);
  CHECK(baseline(Baseline::random_walk, line, gdp, 4).sd == approx(0.2));
  CHECK(baseline(Baseline::constant_share, line, gdp, 4).mean == approx(2.1));
  CHECK(baseline(Baseline::constant_share, line, gdp, 4).sd == approx(0.2));
  CHECK(baseline(Baseline::drift, zigzag, zigzag, 2).mean == 0);
  CHECK(baseline(Baseline::drift, zigzag, zigzag, 2).sd == approx(std::sqrt(4.0 / 3 * 2 * 1.5)));
}

namespace {

ScoredForecast of(std::string method, std::string state, int origin, double crps) {
  return {.method = std::move(method),
          .state = std::move(state),
          .origin = origin,
          .horizon = 3,
          .observed = 1,
          .median = 2,
          .crps = crps,
          .pit = 0.31,
          .low = {0.5, 0.5, 0.5},
          .high = {0.9, 1.5, 2.5}};
}

}  // namespace

TEST_CASE("the part of the outcomes inside a range has an error that knows of blocks") {
  std::vector<OriginRecord> records;
  for (int origin = 2000; origin < 2012; ++origin) {
    OriginRecord r{.origin = origin};
    for (const char* state : {"AAA", "BBB"}) r.forecasts.push_back(of("tenbin", state, origin, 1));
    if (origin < 2003) r.forecasts[0].observed = 9;  // outside
    records.push_back(r);
  }
  const MethodScore own = scoreboard(records, {.methods = {"tenbin"}})[0].own();
  const double inside = 21.0 / 24;
  CHECK(own.coverage[1] == approx(inside));
  double variance = 0, taken = 0;
  const auto off = [&](int k) { return (k < 3 ? 1 : 2) - 2 * inside; };
  for (int a = 0; a < 12; ++a)
    for (int b = 0; b < 12; ++b)
      if (std::abs(a - b) < 3) {
        const double weight = 1 - std::abs(a - b) / 3.0;
        variance += weight * off(a) * off(b);
        taken += weight / 144;
      }
  CHECK(own.coverage80_se == approx(std::sqrt(variance / (1 - taken)) / 24).epsilon(1e-10));
}

TEST_CASE("the scoreboard compares on common cases only, and its error knows of blocks") {
  std::vector<OriginRecord> records;
  for (int origin = 2000; origin < 2012; ++origin) {
    OriginRecord r{.origin = origin};
    for (const char* state : {"AAA", "BBB"}) {
      const double own = 1 + 0.01 * (origin % 4), other = 1.5 + 0.02 * (origin % 3);
      r.forecasts.push_back(of("tenbin", state, origin, own));
      r.forecasts.push_back(of("rw", state, origin, other));
    }
    r.forecasts.push_back(of("tenbin", "CCC", origin, 100));  // has no baseline
    records.push_back(r);
  }
  const ScoreboardOptions options{.methods = {"tenbin", "rw"}};
  const auto board = scoreboard(records, options);
  REQUIRE(board.size() == 1);
  CHECK(board[0].cases == 24);
  CHECK(board[0].origins == 12);
  CHECK(board[0].pit[3] == 24);
  const MethodScore &own = board[0].own(), &rw = board[0].methods[1];
  CHECK(own.crps == approx(1.015));
  CHECK(rw.crps == approx(1.52));
  CHECK(own.coverage[0] == 0);
  CHECK(own.coverage[1] == approx(1));
  CHECK(own.coverage[2] == approx(1));
  CHECK(own.absolute_error == approx(1));
  CHECK(rw.skill == approx(1 - 1.015 / 1.52));
  // the error by its definition: origins nearer than 3 years overlap, skill is a ratio of means,
  // and what the estimated mean takes away is put back
  std::vector<double> off;
  for (const OriginRecord& r : records)
    off.push_back(2 * (own.crps / rw.crps * r.forecasts[1].crps - r.forecasts[0].crps));
  double mean = 0, variance = 0, taken = 0;
  for (const double s : off) mean += s / 12;
  for (int a = 0; a < 12; ++a)
    for (int b = 0; b < 12; ++b)
      if (std::abs(a - b) < 3) {
        const double weight = 1 - std::abs(a - b) / 3.0;
        variance += weight * (off[a] - mean) * (off[b] - mean);
        taken += weight / 144;
      }
  CHECK(rw.skill_se == approx(std::sqrt(variance / (1 - taken)) / 24 / 1.52).epsilon(1e-10));
  // one block knows nothing of its error
  const auto single = scoreboard(records, {.methods = {"tenbin", "rw"}, .last_origin = 2000});
  CHECK(std::isnan(single[0].methods[1].skill_se));
  const auto some =
      scoreboard(records, {.methods = {"tenbin", "rw"}, .states = {"AAA"}, .last_origin = 2003});
  CHECK(some[0].cases == 4);
  CHECK(scoreboard(records, {.methods = {"tenbin", "ets"}}).empty());
  CHECK(worst_misses(records, options, 3, 2)[0].state == "CCC");
}

}  // namespace scores_test
