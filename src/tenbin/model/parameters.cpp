// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/parameters.hpp"

#include "tenbin/num/elementary.hpp"

namespace tenbin {

PriorValue evaluate(const Prior& prior, double x) {
  if (prior.kind == Prior::Kind::normal) {
    const double z = (x - prior.a) / prior.b;
    return {-0.5 * z * z, -z / prior.b};
  }
  return {(prior.a - 1) * log(x) - prior.b * x, (prior.a - 1) / x - prior.b};
}

double prior_sd(const Prior& prior, double lower, double upper) {
  const double centre = prior.kind == Prior::Kind::normal ? prior.a : prior.a / prior.b;
  const double width = prior.kind == Prior::Kind::normal ? prior.b : square_root(prior.a) / prior.b;
  const double low = maximum(lower, centre - 12 * width),
               high = minimum(upper, centre + 12 * width);
  constexpr int cells = 20000;  // midpoint rule: error below 1e-6 of the sd
  double mass = 0, first = 0, second = 0;
  for (int k = 0; k < cells; ++k) {
    const double x = low + (high - low) * (k + 0.5) / cells;
    const double density = exp(evaluate(prior, x).log_density);
    mass += density;
    first += density * x;
    second += density * x * x;
  }
  const double mean = first / mass;
  return square_root(second / mass - mean * mean);
}

double prior_quantile(const Prior& prior, double lower, double upper, double u) {
  if (prior.kind == Prior::Kind::normal) {
    const double low = normal_cdf((lower - prior.a) / prior.b),
                 high = normal_cdf((upper - prior.a) / prior.b);
    return prior.a + prior.b * inverse_normal(low + u * (high - low));
  }
  const auto tail = [&](double x) { return gamma_tail(prior.a, prior.b * x); };
  double low = maximum(lower, 0.0), high = low + 1 / prior.b;
  const double end = upper == unbounded ? 0 : tail(upper),
               wanted = tail(low) - u * (tail(low) - end);
  while (tail(high) > wanted) high += high;
  for (int k = 0; k < 200 && low < high; ++k) {  // bisection to the last bit
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    (tail(middle) > wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Constrained constrain(double free, double lower, double upper) {
  if (lower == -unbounded) return {free, 1, 0, 0};
  if (upper == unbounded) {
    const double e = exp(free);
    return {lower + e, e, free, 1};
  }
  const double p = inverse_logit(free), width = upper - lower;
  return {lower + width * p, width * p * (1 - p), log(width) - log1p_exp(-free) - log1p_exp(free),
          1 - 2 * p};
}

double unconstrain(double value, double lower, double upper) {
  if (lower == -unbounded) return value;
  if (upper == unbounded) return log(value - lower);
  return log(value - lower) - log(upper - value);
}

}  // namespace tenbin
