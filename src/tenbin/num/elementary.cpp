// SPDX-License-Identifier: Apache-2.0
#include "tenbin/num/elementary.hpp"

namespace tenbin {

double normal_cdf(double x) {
  const double a = absolute(x);
  if (a > 38) return x < 0 ? 0.0 : 1.0;
  const double density = exp(-0.5 * a * a) * 0.39894228040143267794;  // 1 / sqrt(2 pi)
  if (a < 3) {  // 1/2 + density (x + x^3/3 + x^5/15 + ...)
    double term = a, total = a;
    for (int n = 3; term > 1e-17 * total; n += 2) total += term *= a * a / n;
    return x < 0 ? 0.5 - density * total : 0.5 + density * total;
  }
  double fraction = a;  // upper tail: density / (a + 1/(a + 2/(a + 3/...)))
  for (int n = 200; n >= 1; --n) fraction = a + n / fraction;
  return x < 0 ? density / fraction : 1 - density / fraction;
}

double gamma_tail(double a, double x) {
  if (!(x > 0)) return 1;
  const double front = exp(a * log(x) - x - lgamma(a));
  if (x < a + 1) {  // lower tail: front / a (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...)
    double term = 1 / a, total = term;
    for (int n = 1; term > 1e-17 * total; ++n) total += term *= x / (a + n);
    return 1 - front * total;
  }
  // Legendre's continued fraction, by Lentz's method
  double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
  for (int n = 1; n < 1000; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (absolute(c * d - 1) < 1e-16) break;
  }
  return front * fraction;
}

namespace {

/// Regularised incomplete beta function I_x(a, b) for x below (a + 1) / (a + b + 2): the continued
/// fraction of DLMF 8.17.22, by Lentz's method.
double beta_part(double x, double a, double b) {
  const double front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a;
  double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m < 10000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= c * d;
    if (absolute(c * d - 1) < 1e-16) break;
  }
  return front * fraction;
}

}  // namespace

double student_cdf(double t, double df) {
  const double a = 0.5 * df, b = 0.5, x = df / (df + t * t), y = t * t / (df + t * t);
  const double tail =  // of both sides
      x < (a + 1) / (a + b + 2) ? beta_part(x, a, b)
      : t == 0                  ? 1.0
                                : 1 - beta_part(y, b, a);
  return t < 0 ? 0.5 * tail : 1 - 0.5 * tail;
}

double lgamma(double x) {
  double shift = 0;  // log of x (x+1) ... up to where the series holds
  double product = 1;
  while (x < 10) product *= x++;
  shift = log(product);
  const double z = 1 / (x * x);
  const double series =
      detail::horner(z, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12);
  return (x - 0.5) * log(x) - x + 0.91893853320467274178 + series / x - shift;
}

double digamma(double x) {
  double shift = 0;
  while (x < 12) shift += 1 / x++;
  const double z = 1 / (x * x);
  const double series =
      detail::horner(z, -691.0 / 32760, 1.0 / 132, -1.0 / 240, 1.0 / 252, -1.0 / 120, 1.0 / 12);
  return log(x) - 0.5 / x - series * z - shift;
}

}  // namespace tenbin
