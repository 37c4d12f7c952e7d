// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "tenbin/num/lane.hpp"

/// Elementary functions with the same bits under every compiler, lane width and platform.
/// Real is double or Lane<N>. Errors below are against libm's long double, measured by
/// tests/num_test.cpp. Subnormal arguments of log count as 0, and exp gives 0 below -708.39.

namespace tenbin {

namespace detail {

inline constexpr double ln2_high = 0x1.62e42fee00000p-1;  // 32 leading bits of log 2
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;  // the rest
inline constexpr double log2_e = 0x1.71547652b82fep+0;
inline constexpr double rounder =
    0x1.8p+52;  // adding it rounds to an integer, kept in the low bits

// No equality of lanes below, and no selection that could become one by an "and" of two masks:
// g++ 12 takes those lane by lane.
inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// x where it is NaN, else the result.
template <class Real>
TENBIN_INLINE Real unless_nan(Real x, Real result) {
  return select(x <= Real(infinity), result, x);
}

/// Polynomial at x by Horner's rule, highest coefficient first. Not a loop, so that every compiler
/// unrolls it.
template <class Real, class... Coefficients>
TENBIN_INLINE Real horner(Real x, double highest, Coefficients... lower) {
  Real p = highest;
  ((p = p * x + Real(lower)), ...);
  return p;
}

/// e^r - 1 for |r| <= 0.35, Taylor to r^13.
template <class Real>
TENBIN_INLINE Real expm1_small(Real r) {
  const Real p =
      horner(r, 1.0 / 6227020800.0, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880,
             1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5);
  return r + (r * r) * p;
}

/// x = k log 2 + r with an integer k and |r| <= 0.35; `rounded` is k + rounder.
template <class Real>
struct Reduced {
  Real rounded, r;
};
template <class Real>
TENBIN_INLINE Reduced<Real> reduce(Real x) {
  const Real rounded = x * Real(log2_e) + Real(rounder);
  const Real k = rounded - Real(rounder);
  return {rounded, (x - k * Real(ln2_high)) - k * Real(ln2_low)};
}

/// 2^k for the integer k that `rounded` = k + rounder holds; -1022 <= k <= 1023.
template <class Real>
TENBIN_INLINE Real power_of_two(Real rounded) {
  return from_bits(add_bits(bits(rounded) << 52, bits(Real(1.0))), Real(0.0));
}

/// log(x) + correction for normal x > 0 and a correction below an ulp of x, relative to x.
template <class Real>
TENBIN_INLINE Real log_corrected(Real x, Real correction) {
  constexpr double sqrt_half = 0x1.6a09e667f3bcdp-1;
  const auto exponent = subtract_bits(bits(x), bits(Real(sqrt_half))) >> 52;
  const Real k = from_bits(add_bits(bits(Real(rounder)), exponent), x) - Real(rounder);
  const Real mantissa =
      from_bits(subtract_bits(bits(x), exponent << 52), x);  // in [sqrt 1/2, sqrt 2)
  const Real f = mantissa - Real(1.0);
  // log(1+f) = 2 atanh(s) with s = f / (2+f):  f - f^2/2 + s (f^2/2 + R),  R = 2 sum z^n / (2n+1),
  // z = s^2
  const Real s = f / (Real(2.0) + f);
  const Real z = s * s;
  const Real r = z * horner(z, 2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11,
                            2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3);
  const Real half_square = Real(0.5) * f * f;
  const Real low = k * Real(ln2_low) + correction;
  return k * Real(ln2_high) - ((half_square - (s * (half_square + r) + low)) - f);
}

}  // namespace detail

/// e^x; relative error below 1 ulp; inf above 709.78.
template <class Real>
TENBIN_INLINE Real exp(Real x) {
  const Real bounded = clamp(x, -708.39, 709.78);
  const auto [rounded, r] = detail::reduce(bounded);
  const Real p = Real(1.0) + detail::expm1_small(r);
  Real result = from_bits(add_bits(bits(p), bits(rounded) << 52), x);
  result = select(x < Real(-708.39), Real(0.0), result);
  return select(x <= Real(709.78), result, absolute(x) * Real(detail::infinity));  // inf, or NaN
}

/// A cheap lower bound of log(x), x > 0 and normal, that is off by less than log_below_gap: the
/// bits of a double, read as a number, lie on the chords of its binary logarithm.
inline constexpr double log_below_gap = 0.0597;
template <class Real>
TENBIN_INLINE Real log_below(Real x) {
  const Real read = from_bits(add_bits(bits(x) >> 12, bits(Real(0x1p52))), x) - Real(0x1p52);
  return Real(0.69314718055994529) * (read * Real(0x1p-40) - Real(1023.0));
}

/// Natural logarithm; error below 1 ulp; -inf at 0, NaN below.
template <class Real>
TENBIN_INLINE Real log(Real x) {
  Real result = detail::log_corrected(x, Real(0.0));
  result = select(x < Real(std::numeric_limits<double>::min()), Real(-detail::infinity), result);
  result = select(x < Real(0.0), Real(std::numeric_limits<double>::quiet_NaN()), result);
  return select(x <= Real(std::numeric_limits<double>::max()), result, x);  // inf and NaN stay
}

/// log(1 + x); error below 1.5 ulp; x > -1.
template <class Real>
TENBIN_INLINE Real log1p(Real x) {
  const Real u = Real(1.0) + x;
  const Real back = u - Real(1.0);
  const Real rounding = (Real(1.0) - (u - back)) + (x - back);  // u + rounding = 1 + x exactly
  Real result = detail::log_corrected(u, rounding / u);
  result = select(u > Real(0.0), result, Real(-detail::infinity));
  return select(u > Real(std::numeric_limits<double>::max()), u, result);
}

/// e^x - 1; error below 2 ulp; x <= 709.
template <class Real>
TENBIN_INLINE Real expm1(Real x) {
  const Real bounded = clamp(x, -60.0, 709.0);
  const auto [rounded, r] = detail::reduce(bounded);
  const Real scale = detail::power_of_two(rounded);
  return scale * detail::expm1_small(r) + (scale - Real(1.0));
}

/// log(1 + e^x) without overflow.
template <class Real>
TENBIN_INLINE Real log1p_exp(Real x) {
  return maximum(x, Real(0.0)) + log1p(exp(-absolute(x)));
}

/// 1 / (1 + e^-x).
template <class Real>
TENBIN_INLINE Real inverse_logit(Real x) {
  return Real(1.0) / (Real(1.0) + exp(-x));
}

/// cos(2 pi v); absolute error below 2e-16; |v| < 2^50.
template <class Real>
TENBIN_INLINE Real cos_two_pi(Real v) {
  const Real turns = v * Real(4.0);
  const Real rounded = turns + Real(detail::rounder);
  const Real quadrant = rounded - Real(detail::rounder);
  const Real r = (turns - quadrant) * Real(0x1.921fb54442d18p+0);  // in [-pi/4, pi/4]
  const Real z = r * r;
  const Real even =
      detail::horner(z, 1.0 / 20922789888000.0, -1.0 / 87178291200.0, 1.0 / 479001600.0,
                     -1.0 / 3628800.0, 1.0 / 40320.0, -1.0 / 720.0, 1.0 / 24.0, -0.5, 1.0);
  const Real odd = r * detail::horner(z, 1.0 / 355687428096000.0, -1.0 / 1307674368000.0,
                                      1.0 / 6227020800.0, -1.0 / 39916800.0, 1.0 / 362880.0,
                                      -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0, 1.0);
  const Real quarter = quadrant * Real(0.25);
  const Real m = quadrant - Real(4.0) * ((quarter + Real(detail::rounder)) - Real(detail::rounder));
  const Real sine = select(m > Real(0.0), -odd, odd);  // m = 1: -sin r, m = -1: sin r
  const Real size = absolute(m);
  const Real cosine = select(size < Real(0.5), even, -even);            // m = +-2: -cos r
  return select(absolute(size - Real(1.0)) < Real(0.5), sine, cosine);  // size is 0, 1 or 2
}

/// Quantile of the standard normal at p in (0, 1): Wichura (1988), algorithm AS 241, PPND16;
/// relative error about 1e-16.
template <class Real>
TENBIN_INLINE Real inverse_normal(Real p) {
  const auto ratio = [](Real x, const double(&num)[8], const double(&den)[7]) {
    Real a = num[7], b = den[6];
    for (int i = 6; i >= 0; --i) a = a * x + Real(num[i]);
    for (int i = 5; i >= 0; --i) b = b * x + Real(den[i]);
    return a / (b * x + Real(1.0));
  };
  // clang-format off
  static constexpr double a[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                  1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                  3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr double b[7] = {4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                                  2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
                                  5.2264952788528545610e+3};
  static constexpr double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,  5.76949722146069140550e0,
                                  3.64784832476320460504e0,  1.27045825245236838258e0,  2.41780725177450611770e-1,
                                  2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[7] = {2.05319162663775882187e0,  1.67638483018380384940e0,  6.89767334985100004550e-1,
                                  1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                  1.05075007164441684324e-9};
  static constexpr double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                  2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                  2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[7] = {5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                                  7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                  2.04426310338993978564e-15};
  // clang-format on
  const Real q = p - Real(0.5);
  const Real central = q * ratio(Real(0.180625) - q * q, a, b);
  const Real tail = minimum(p, Real(1.0) - p);
  const Real r = square_root(-log(tail));
  const Real far = select(r <= Real(5.0), ratio(r - Real(1.6), c, d), ratio(r - Real(5.0), e, f));
  return select(absolute(q) <= Real(0.425), central, select(q < Real(0.0), -far, far));
}

/// Standard normal distribution function; absolute error below 1e-15.
double normal_cdf(double x);
/// Upper tail of the gamma distribution of shape a > 0 and rate 1 at x >= 0; error below 1e-13. The
/// upper tail of chi-square is gamma_tail(degrees / 2, x / 2).
double gamma_tail(double a, double x);
/// Student-t distribution function, df > 0; error below 1e-13 for df within 0.5 - 1000.
double student_cdf(double t, double df);
/// log Gamma(x) for x > 0; error below 1e-14 relative to max(1, |result|).
double lgamma(double x);
/// Derivative of lgamma for x > 0; error below 4e-15 relative to max(1, |result|).
double digamma(double x);

}  // namespace tenbin
