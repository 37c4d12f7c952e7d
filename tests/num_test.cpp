// SPDX-License-Identifier: Apache-2.0
#include <Random123/philox.h>
#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "near.hpp"
#include "tenbin/num/random.hpp"

namespace num_test {

using namespace tenbin;

namespace {

/// Two uniforms for test case k.
std::array<double, 2> u2(std::uint32_t k) {
  return uniforms({.seed = 11, .purpose = Purpose::test, .index = k});
}

/// Distance in units of the last place of the reference.
double ulps(double got, long double reference) {
  const double r = static_cast<double>(reference);
  return static_cast<double>(std::abs(got - reference) /
                             (std::nextafter(std::abs(r), INFINITY) - std::abs(r)));
}

}  // namespace

TEST_CASE("elementary functions keep their stated errors") {
  double worst_exp = 0, worst_log = 0, worst_log1p = 0, worst_expm1 = 0, worst_cos = 0;
  for (std::uint32_t k = 0; k < 300000; ++k) {
    const auto u = u2(k);
    const double x = 1400 * (u[0] - 0.5), positive = std::exp(80 * (u[1] - 0.5)),
                 near = 0.5 + 1.5 * u[1];
    worst_exp = std::max(worst_exp, ulps(tenbin::exp(x), std::exp(static_cast<long double>(x))));
    for (const double y : {positive, near})
      worst_log = std::max(worst_log, ulps(tenbin::log(y), std::log(static_cast<long double>(y))));
    const double z = k % 2 ? positive : std::max(-positive, -0.999);
    worst_log1p =
        std::max(worst_log1p, ulps(tenbin::log1p(z), std::log1p(static_cast<long double>(z))));
    const double w = (k % 2 ? 2 : 60) * (u[0] - 0.5);
    worst_expm1 =
        std::max(worst_expm1, ulps(tenbin::expm1(w), std::expm1(static_cast<long double>(w))));
    worst_cos = std::max(
        worst_cos, static_cast<double>(std::abs(
                       cos_two_pi(u[0]) - std::cos(2 * 3.14159265358979323846264338L * u[0]))));
  }
  CHECK(worst_exp < 1);
  CHECK(worst_log < 1);
  CHECK(worst_log1p < 1.5);
  CHECK(worst_expm1 < 2);
  CHECK(worst_cos < 2.5e-16);
}

TEST_CASE("elementary functions say what they do at the ends") {
  CHECK(tenbin::exp(-800.0) == 0);
  CHECK(tenbin::exp(800.0) == INFINITY);
  CHECK(std::isnan(tenbin::exp(NAN)));
  CHECK(tenbin::log(0.0) == -INFINITY);
  CHECK(std::isnan(tenbin::log(-1.0)));
  CHECK(tenbin::log1p(-1.0) == -INFINITY);
  CHECK(tenbin::log1p(1e-20) == 1e-20);
  CHECK(tenbin::exp(0.0) == 1);
  CHECK(tenbin::log(1.0) == 0);
}

TEST_CASE("lanes give the bits that double gives") {
  for (std::uint32_t k = 0; k < 20000; ++k) {
    const auto u = u2(k);
    const double x[4] = {1500 * (u[0] - 0.5), u[1], u[0] * 4 - 0.9, -u[1]};
    const Lane<4> lane = load<4>(x);
    const Lane<4> e = tenbin::exp(lane), m = tenbin::expm1(lane), c = cos_two_pi(lane),
                  l = tenbin::log1p(lane),
                  n = inverse_normal(tenbin::clamp(lane, 1e-300, 0.999999));
    for (int i = 0; i < 4; ++i) {
      const auto same = [](double a, double b) { return bits(a) == bits(b) || (a != a && b != b); };
      REQUIRE(same(get(e, i), tenbin::exp(x[i])));
      REQUIRE(same(get(m, i), tenbin::expm1(x[i])));
      REQUIRE(same(get(c, i), cos_two_pi(x[i])));
      REQUIRE(same(get(l, i), tenbin::log1p(x[i])));
      REQUIRE(same(get(n, i), inverse_normal(tenbin::clamp(x[i], 1e-300, 0.999999))));
    }
  }
}

TEST_CASE("special functions agree with long double and known values") {
  for (std::uint32_t k = 0; k < 5000; ++k) {
    const double x = 0.05 + 60 * u2(k)[0];
    int sign;
    CHECK(std::abs(tenbin::lgamma(x) - ::lgamma_r(x, &sign)) <
          1e-14 * std::max(1.0, std::abs(::lgamma_r(x, &sign))));
    const double h = 1e-5 * x;  // digamma against the slope of lgamma
    CHECK(digamma(x) ==
          approx((tenbin::lgamma(x + h) - tenbin::lgamma(x - h)) / (2 * h)).epsilon(1e-7));
    const double z = 16 * (u2(k)[1] - 0.5);
    CHECK(std::abs(normal_cdf(z) - 0.5 * std::erfc(-z / std::sqrt(2.0))) < 1e-15);
  }
  CHECK(digamma(1) == approx(-0.57721566490153286).epsilon(1e-15));
}

TEST_CASE("inverse_normal is the inverse of the distribution function") {
  for (const double p : {1e-300, 1e-30, 1e-8, 0.01, 0.2, 0.5, 0.7, 0.97, 1 - 1e-10}) {
    const double x = inverse_normal(p);
    CHECK(0.5 * std::erfc(-x / std::sqrt(2.0)) == approx(p).epsilon(1e-12));
    if (p > 1e-10) CHECK(inverse_normal(1 - p) == approx(-x).epsilon(1e-7));
  }
}

TEST_CASE("Philox equals Random123's") {
  r123::Philox4x32 oracle;
  for (std::uint32_t k = 0; k < 2000; ++k) {
    const std::uint64_t seed = k * 0x9E3779B97F4A7C15ull;
    const r123::Philox4x32::ctr_type c{{k, k * 7 + 1, ~k, k << 16}};
    const r123::Philox4x32::key_type key{
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
    const auto want = oracle(c, key);
    const auto got = philox({k, k * 7 + 1, ~k, k << 16}, seed);
    for (int i = 0; i < 4; ++i) REQUIRE(got[i] == want[i]);
  }
}

TEST_CASE("every part of a key changes the value") {
  const RandomKey base{
      .seed = 1, .purpose = Purpose::spending_shock, .index = 2, .entity = 3, .when = 4};
  std::set<double> values;
  for (int k = 0; k < 6; ++k) {
    RandomKey key = base;
    if (k == 1) key.seed = 2;
    if (k == 2) key.purpose = Purpose::growth_shock;
    if (k == 3) key.index = 3;
    if (k == 4) key.entity = 4;
    if (k == 5) key.when = 5;
    values.insert(uniforms(key)[0]);
  }
  CHECK(values.size() == 6);
}

TEST_CASE("uniforms lie inside (0, 1) and Student-t has its quantiles") {
  constexpr int count = 200000;
  double inside = 0, mean = 0;
  for (std::uint32_t k = 0; k < count; ++k) {
    const auto u = u2(k);
    REQUIRE((u[0] > 0 && u[0] < 1));
    mean += u[0] / count;
    inside += std::abs(student_t(u[0], u[1], 3.0)) <
              2.353363434801823;  // 90 % of a Student-t with 3 degrees of freedom
  }
  CHECK(mean == approx(0.5).epsilon(0.005));
  CHECK(inside / count == approx(0.9).epsilon(0.003));
}

TEST_CASE("the lower bound of the logarithm is below it, and by no more than its gap") {
  double largest = 0;
  for (std::uint32_t k = 0; k < 100000; ++k) {
    const auto u = uniforms({.seed = 6, .purpose = Purpose::test, .index = k});
    for (const double x : {u[0], tenbin::exp(60 * (u[1] - 0.5)), 1.0 + k % 400}) {
      const double gap = tenbin::log(x) - log_below(x);
      CHECK(gap > -1e-12);
      largest = std::max(largest, gap);
    }
    CHECK(bits(log_below(u[0])) == bits(get(log_below(Lane<4>(u[0])), 2)));
  }
  CHECK(largest < log_below_gap);
  CHECK(largest > 0.059);
}

}  // namespace num_test
