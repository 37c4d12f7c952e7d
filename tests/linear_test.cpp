// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/linear.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "near.hpp"
#include "tenbin/core/panel.hpp"
#include "tenbin/num/dual.hpp"

namespace linear_test {

using namespace tenbin;

TEST_CASE("the total response is that of the closed form") {
  Matrix theta(3);
  theta.a = {0, .05, .02, .03, 0, .01, .02, .04, 0};
  CHECK(spectral_radius(theta) == approx(0.05411382).epsilon(1e-7));
  const Matrix total = total_response(theta);
  CHECK(total(0, 0) == approx(1.00193852).epsilon(1e-8));
  CHECK(total(0, 1) == approx(0.05091884).epsilon(1e-7));
  CHECK(total(0, 2) == approx(0.02054796).epsilon(1e-7));
  // A second way: the series I + Theta + Theta^2 + ...
  Matrix sum(3), power(3);
  for (int i = 0; i < 3; ++i) power(i, i) = 1;
  for (int k = 0; k < 30; ++k) {
    Matrix next(3);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        sum(i, j) += power(i, j);
        for (int l = 0; l < 3; ++l) next(i, j) += power(i, l) * theta(l, j);
      }
    power = next;
  }
  for (int k = 0; k < 9; ++k) CHECK(total.a[k] == approx(sum.a[k]).epsilon(1e-13));
  theta.a = {0, 2, 0, 1, 0, 0, 0, 0, 0};
  CHECK_FALSE(known(total_response(theta)(0, 0)));
}

TEST_CASE("Richardson's Europe of 1909-1913") {
  const IncrementLine line = fit_increments({199.2, 204.8, 214.9, 238.7, 289.0});
  CHECK(line.slope == approx(0.73).epsilon(0.01));
  CHECK(line.rest == approx(195).epsilon(0.005));
  CHECK(line.correlation > 0.99);
}

TEST_CASE("two states flip exactly where defence passes fatigue") {
  for (const double fatigue_a : {0.3, 1.0, 2.5})
    for (const double fatigue_b : {0.5, 1.7})
      for (const double defence_a : {0.2, 0.9, 3.0}) {
        const double flip = fatigue_a * fatigue_b / defence_a;
        const auto stable = [&](double defence_b) {
          Richardson r{Matrix(2), {fatigue_a, fatigue_b}, {1, 2}};
          r.defence(0, 1) = defence_a;
          r.defence(1, 0) = defence_b;
          return solve(r).stable;
        };
        for (const double off : {1e-9, 1e-4, 0.1, 0.9}) {
          CHECK(stable(flip * (1 - off)));
          CHECK_FALSE(stable(flip * (1 + off)));
        }
      }
}

TEST_CASE("the equilibrium is where nothing moves, and where a stable system ends") {
  Richardson r{Matrix(3), {1.0, 0.8, 1.2}, {5, 3, 2}};
  r.defence.a = {0, .4, .2, .3, 0, .3, .1, .5, 0};
  const RichardsonAnswer answer = solve(r);
  REQUIRE(answer.stable);
  REQUIRE(answer.equilibrium.size() == 3);
  for (int i = 0; i < 3; ++i) {
    double rate = r.grievance[i] - r.fatigue[i] * answer.equilibrium[i];
    for (int j = 0; j < 3; ++j) rate += r.defence(i, j) * answer.equilibrium[j];
    CHECK(std::abs(rate) < 1e-12);
    CHECK(after(r, {1, 1, 1}, 200)[i] == approx(answer.equilibrium[i]).epsilon(1e-9));
  }
  // A second way to the path: small steps (Runge and Kutta).
  std::vector<double> x{1, 1, 1};
  const auto rate = [&](const std::vector<double>& at) {
    std::vector<double> d(3);
    for (int i = 0; i < 3; ++i) {
      d[i] = r.grievance[i] - r.fatigue[i] * at[i];
      for (int j = 0; j < 3; ++j) d[i] += r.defence(i, j) * at[j];
    }
    return d;
  };
  const auto moved = [&](const std::vector<double>& by, double h) {
    std::vector<double> y = x;
    for (int i = 0; i < 3; ++i) y[i] += h * by[i];
    return y;
  };
  for (int step = 0; step < 1000; ++step) {
    const double h = 0.002;
    const auto k1 = rate(x), k2 = rate(moved(k1, h / 2)), k3 = rate(moved(k2, h / 2)),
               k4 = rate(moved(k3, h));
    for (int i = 0; i < 3; ++i) x[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
  for (int i = 0; i < 3; ++i) CHECK(after(r, {1, 1, 1}, 2)[i] == approx(x[i]).epsilon(1e-10));
  // Without fatigue and defence there is no point of rest.
  CHECK(solve({Matrix(2), {0, 0}, {1, 1}}).equilibrium.empty());
}

TEST_CASE("a dual number's slope is that of central differences") {
  const auto f = [](auto x) {
    using Real = decltype(x);
    return log1p(exp(x) * Real(0.3)) / (Real(2.0) + x * x) - log(Real(5.0) - x);
  };
  for (const double x : {-2.0, 0.1, 1.7}) {
    const double h = 1e-5, slope = (f(x + h) - f(x - h)) / (2 * h);
    CHECK(f(Dual(x, 1)).d == approx(slope).epsilon(1e-8));
    CHECK(f(Dual(x, 1)).v == f(x));
  }
}

}  // namespace linear_test
