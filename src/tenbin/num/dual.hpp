// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/num/elementary.hpp"

namespace tenbin {

/// A number and its derivative in one direction: an equation written for any Real gives its slope.
struct Dual {
  double v = 0, d = 0;

  Dual() = default;
  Dual(double value) : v(value) {}  // NOLINT: a constant
  Dual(double value, double slope) : v(value), d(slope) {}

  friend Dual operator+(Dual a, Dual b) { return {a.v + b.v, a.d + b.d}; }
  friend Dual operator-(Dual a, Dual b) { return {a.v - b.v, a.d - b.d}; }
  friend Dual operator*(Dual a, Dual b) { return {a.v * b.v, a.d * b.v + a.v * b.d}; }
  friend Dual operator/(Dual a, Dual b) { return {a.v / b.v, (a.d - a.v / b.v * b.d) / b.v}; }
  friend Dual operator-(Dual a) { return {-a.v, -a.d}; }
  Dual& operator+=(Dual b) { return *this = *this + b; }
  friend bool operator>(Dual a, Dual b) { return a.v > b.v; }
};

inline Dual exp(Dual x) {
  const double e = exp(x.v);
  return {e, e * x.d};
}
inline Dual log(Dual x) { return {log(x.v), x.d / x.v}; }
inline Dual log1p(Dual x) { return {log1p(x.v), x.d / (1 + x.v)}; }
inline Dual select(bool which, Dual a, Dual b) { return which ? a : b; }

}  // namespace tenbin
