// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

/// `Lane<N>` is N doubles side by side: N futures (or N rows of a panel) that never mix.
/// Everything below exists for `double` too, so that one template serves both, and for each lane
/// gives the bits that `double` gives: only IEEE operations, no contraction (-ffp-contract=off).

/// On a function of lanes. When optimising it is inlined at every call, because a helper that is
/// not inlined is compiled for the baseline instruction set and uses another calling convention for
/// vectors than the AVX code that calls it.
#if defined(__OPTIMIZE__)
#define TENBIN_INLINE inline __attribute__((always_inline))
#else
#define TENBIN_INLINE inline
#endif

/// On a non-template function: also compile it for AVX2 and AVX-512, and choose when the program
/// starts. Only when optimising, for the reason above; the sanitizers do not follow the choice.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define TENBIN_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), flatten))
#else
#define TENBIN_CLONES
#endif

namespace tenbin {

// alignas, since g++ 12 forgets the alignment of a vector type whose size depends on a template
// parameter.
template <int N>
struct alignas(N * sizeof(double)) Lane {
  using Vector [[gnu::vector_size(N * sizeof(double))]] = double;
  using Bits [[gnu::vector_size(N * sizeof(double))]] = std::int64_t;
  using Words [[gnu::vector_size(N * sizeof(double))]] = std::uint64_t;

  Vector v;

  Lane() = default;
  /// A number is a lane of equal values. By way of memory: g++ 12 makes one instruction of it, and
  /// eight masked ones of any arithmetic on a scalar.
  TENBIN_INLINE Lane(double x) {  // NOLINT
    alignas(Lane) double each[N];
    for (int k = 0; k < N; ++k) each[k] = x;
    std::memcpy(&v, each, sizeof v);
  }
  static TENBIN_INLINE Lane of(Vector x) {
    Lane lane;
    lane.v = x;
    return lane;
  }

  friend TENBIN_INLINE Lane operator+(Lane a, Lane b) { return of(a.v + b.v); }
  friend TENBIN_INLINE Lane operator-(Lane a, Lane b) { return of(a.v - b.v); }
  friend TENBIN_INLINE Lane operator*(Lane a, Lane b) { return of(a.v * b.v); }
  friend TENBIN_INLINE Lane operator/(Lane a, Lane b) { return of(a.v / b.v); }
  friend TENBIN_INLINE Lane operator-(Lane a) { return of(-a.v); }
  TENBIN_INLINE Lane& operator+=(Lane b) { return v += b.v, *this; }
  TENBIN_INLINE Lane& operator-=(Lane b) { return v -= b.v, *this; }
  TENBIN_INLINE Lane& operator*=(Lane b) { return v *= b.v, *this; }

  struct Mask {
    Bits m;  // each lane all ones or all zeros
    friend TENBIN_INLINE Mask operator&(Mask a, Mask b) { return {a.m & b.m}; }
    friend TENBIN_INLINE Mask operator|(Mask a, Mask b) { return {a.m | b.m}; }
  };
  friend TENBIN_INLINE Mask operator<(Lane a, Lane b) { return {a.v < b.v}; }
  friend TENBIN_INLINE Mask operator>(Lane a, Lane b) { return {a.v > b.v}; }
  friend TENBIN_INLINE Mask operator<=(Lane a, Lane b) { return {a.v <= b.v}; }
  friend TENBIN_INLINE Mask operator>=(Lane a, Lane b) { return {a.v >= b.v}; }
  friend TENBIN_INLINE Mask operator==(Lane a, Lane b) { return {a.v == b.v}; }
};

template <class Real>
struct LaneTraits;
template <>
struct LaneTraits<double> {
  static constexpr int width = 1;
  using Bits = std::int64_t;
  using Mask = bool;
};
template <int N>
struct LaneTraits<Lane<N>> {
  static constexpr int width = N;
  using Bits = typename Lane<N>::Bits;
  using Mask = typename Lane<N>::Mask;
};
/// Number of futures a Real carries: 1 for double.
template <class Real>
inline constexpr int width_of = LaneTraits<Real>::width;

TENBIN_INLINE std::int64_t bits(double x) {
  std::int64_t b;
  std::memcpy(&b, &x, sizeof b);
  return b;
}
TENBIN_INLINE double from_bits(std::int64_t b, double = 0) {
  double x;
  std::memcpy(&x, &b, sizeof x);
  return x;
}
template <int N>
TENBIN_INLINE typename Lane<N>::Bits bits(Lane<N> x) {
  return reinterpret_cast<typename Lane<N>::Bits>(x.v);
}
/// The second argument only names the type.
template <int N>
TENBIN_INLINE Lane<N> from_bits(typename Lane<N>::Bits b, Lane<N>) {
  return Lane<N>::of(reinterpret_cast<typename Lane<N>::Vector>(b));
}

/// Sum and difference of bits, wrapping around.
TENBIN_INLINE std::int64_t add_bits(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
TENBIN_INLINE std::int64_t subtract_bits(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
template <class Bits>
requires(!requires(Bits x) { x.a; }) TENBIN_INLINE Bits add_bits(Bits a, Bits b) {
  using Unsigned [[gnu::vector_size(sizeof(Bits))]] = std::uint64_t;
  return reinterpret_cast<Bits>(reinterpret_cast<Unsigned>(a) + reinterpret_cast<Unsigned>(b));
}
template <class Bits>
requires(!requires(Bits x) { x.a; }) TENBIN_INLINE Bits subtract_bits(Bits a, Bits b) {
  using Unsigned [[gnu::vector_size(sizeof(Bits))]] = std::uint64_t;
  return reinterpret_cast<Bits>(reinterpret_cast<Unsigned>(a) - reinterpret_cast<Unsigned>(b));
}

/// a where the mask holds, else b.
TENBIN_INLINE double select(bool mask, double a, double b) { return mask ? a : b; }
template <int N>
TENBIN_INLINE Lane<N> select(typename Lane<N>::Mask mask, Lane<N> a, Lane<N> b) {
  return from_bits((mask.m & bits(a)) | (~mask.m & bits(b)), a);
}

/// Whether a mask holds in some lane.
TENBIN_INLINE bool any(bool mask) { return mask; }
template <class Mask>
requires requires(Mask x) { x.m; }
TENBIN_INLINE bool any(const Mask& mask) {
  std::int64_t each[sizeof mask.m / sizeof(std::int64_t)];
  std::memcpy(each, &mask.m, sizeof each);
  std::int64_t all = 0;
  for (const std::int64_t one : each) all |= one;
  return all != 0;
}

template <class Real>
TENBIN_INLINE Real minimum(Real a, Real b) {
  return select(b < a, b, a);
}
template <class Real>
TENBIN_INLINE Real maximum(Real a, Real b) {
  return select(b > a, b, a);
}
/// x brought into [low, high].
template <class Real>
TENBIN_INLINE Real clamp(Real x, double low, double high) {
  return minimum(maximum(x, Real(low)), Real(high));
}
template <class Real>
TENBIN_INLINE Real absolute(Real x) {
  return select(x < Real(0.0), -x, x);
}

TENBIN_INLINE double square_root(double x) { return __builtin_sqrt(x); }
template <int N>
TENBIN_INLINE Lane<N> square_root(Lane<N> x) {
  alignas(Lane<N>) double each[N];  // a loop over memory, which compilers turn into one instruction
  std::memcpy(each, &x.v, sizeof each);
  for (int k = 0; k < N; ++k) each[k] = __builtin_sqrt(each[k]);
  std::memcpy(&x.v, each, sizeof each);
  return x;
}

/// Value of lane k.
TENBIN_INLINE double get(double x, int) { return x; }
template <int N>
TENBIN_INLINE double get(Lane<N> x, int k) {
  return x.v[k];
}
TENBIN_INLINE void put(double& x, int, double value) { x = value; }
template <int N>
TENBIN_INLINE void put(Lane<N>& x, int k, double value) {
  x.v[k] = value;
}

/// Sum of the lanes, first to last.
template <int N>
TENBIN_INLINE double sum(Lane<N> x, double total = 0) {
  for (int k = 0; k < N; ++k) total += x.v[k];
  return total;
}

/// N doubles from memory, any alignment.
template <int N>
TENBIN_INLINE Lane<N> load(const double* p) {
  Lane<N> x;
  std::memcpy(&x.v, p, sizeof x.v);
  return x;
}
/// Words from memory, and the doubles whose bits words are.
template <int N>
TENBIN_INLINE void load_words(const std::uint64_t* p, Lane<N>& as, typename Lane<N>::Words& to) {
  static_cast<void>(as);
  std::memcpy(&to, p, sizeof to);
}
template <int N>
TENBIN_INLINE Lane<N> from_words(typename Lane<N>::Words w, Lane<N>) {
  return Lane<N>::of(reinterpret_cast<typename Lane<N>::Vector>(w));
}
template <int N>
TENBIN_INLINE void store(double* p, Lane<N> x) {
  std::memcpy(p, &x.v, sizeof x.v);
}

/// Two lanes side by side, used as one of twice the width: work on the halves is independent, which
/// keeps a processor busy while each waits for its own last result.
template <class L>
struct Twin {
  L a, b;

  Twin() = default;
  TENBIN_INLINE Twin(double x) : a(x), b(x) {}  // NOLINT: a number is a lane of equal values
  TENBIN_INLINE Twin(L first, L second) : a(first), b(second) {}

  friend TENBIN_INLINE Twin operator+(const Twin& x, const Twin& y) {
    return {x.a + y.a, x.b + y.b};
  }
  friend TENBIN_INLINE Twin operator-(const Twin& x, const Twin& y) {
    return {x.a - y.a, x.b - y.b};
  }
  friend TENBIN_INLINE Twin operator*(const Twin& x, const Twin& y) {
    return {x.a * y.a, x.b * y.b};
  }
  friend TENBIN_INLINE Twin operator/(const Twin& x, const Twin& y) {
    return {x.a / y.a, x.b / y.b};
  }
  friend TENBIN_INLINE Twin operator-(const Twin& x) { return {-x.a, -x.b}; }
  TENBIN_INLINE Twin& operator+=(const Twin& y) { return a += y.a, b += y.b, *this; }
  TENBIN_INLINE Twin& operator-=(const Twin& y) { return a -= y.a, b -= y.b, *this; }
  TENBIN_INLINE Twin& operator*=(const Twin& y) { return a *= y.a, b *= y.b, *this; }

  struct Mask {
    typename LaneTraits<L>::Mask a, b;
    friend TENBIN_INLINE Mask operator&(const Mask& x, const Mask& y) {
      return {x.a & y.a, x.b & y.b};
    }
    friend TENBIN_INLINE Mask operator|(const Mask& x, const Mask& y) {
      return {x.a | y.a, x.b | y.b};
    }
  };
  friend TENBIN_INLINE Mask operator<(const Twin& x, const Twin& y) {
    return {x.a < y.a, x.b < y.b};
  }
  friend TENBIN_INLINE Mask operator>(const Twin& x, const Twin& y) {
    return {x.a > y.a, x.b > y.b};
  }
  friend TENBIN_INLINE Mask operator<=(const Twin& x, const Twin& y) {
    return {x.a <= y.a, x.b <= y.b};
  }
  friend TENBIN_INLINE Mask operator>=(const Twin& x, const Twin& y) {
    return {x.a >= y.a, x.b >= y.b};
  }
  friend TENBIN_INLINE Mask operator==(const Twin& x, const Twin& y) {
    return {x.a == y.a, x.b == y.b};
  }

  struct Bits {
    typename LaneTraits<L>::Bits a, b;
    friend TENBIN_INLINE Bits operator<<(const Bits& x, int by) { return {x.a << by, x.b << by}; }
    friend TENBIN_INLINE Bits operator>>(const Bits& x, int by) { return {x.a >> by, x.b >> by}; }
  };
  struct Words {
    typename L::Words a, b;
    friend TENBIN_INLINE Words operator*(const Words& x, std::uint64_t y) {
      return {x.a * y, x.b * y};
    }
    friend TENBIN_INLINE Words operator>>(const Words& x, int by) { return {x.a >> by, x.b >> by}; }
    friend TENBIN_INLINE Words operator<<(const Words& x, int by) { return {x.a << by, x.b << by}; }
    friend TENBIN_INLINE Words operator^(const Words& x, const Words& y) {
      return {x.a ^ y.a, x.b ^ y.b};
    }
    friend TENBIN_INLINE Words operator^(const Words& x, std::uint64_t y) {
      return {x.a ^ y, x.b ^ y};
    }
    friend TENBIN_INLINE Words operator&(const Words& x, std::uint64_t y) {
      return {x.a & y, x.b & y};
    }
    friend TENBIN_INLINE Words operator|(const Words& x, const Words& y) {
      return {x.a | y.a, x.b | y.b};
    }
    friend TENBIN_INLINE Words operator|(const Words& x, std::uint64_t y) {
      return {x.a | y, x.b | y};
    }
    friend TENBIN_INLINE Words operator+(const Words& x, std::uint64_t y) {
      return {x.a + y, x.b + y};
    }
  };
};
template <class L>
struct LaneTraits<Twin<L>> {
  static constexpr int width = 2 * LaneTraits<L>::width;
  using Bits = typename Twin<L>::Bits;
  using Mask = typename Twin<L>::Mask;
};

template <class L>
TENBIN_INLINE typename Twin<L>::Bits bits(const Twin<L>& x) {
  return {bits(x.a), bits(x.b)};
}
template <class L>
TENBIN_INLINE Twin<L> from_bits(const typename Twin<L>::Bits& x, const Twin<L>&) {
  return {from_bits(x.a, L()), from_bits(x.b, L())};
}
template <class Bits>
requires requires(Bits x) { x.a; }
TENBIN_INLINE Bits add_bits(const Bits& x, const Bits& y) {
  return {add_bits(x.a, y.a), add_bits(x.b, y.b)};
}
template <class Bits>
requires requires(Bits x) { x.a; }
TENBIN_INLINE Bits subtract_bits(const Bits& x, const Bits& y) {
  return {subtract_bits(x.a, y.a), subtract_bits(x.b, y.b)};
}
template <class L>
TENBIN_INLINE Twin<L> select(const typename Twin<L>::Mask& mask, const Twin<L>& x,
                             const Twin<L>& y) {
  return {select(mask.a, x.a, y.a), select(mask.b, x.b, y.b)};
}
template <class Mask>
requires requires(Mask x) { x.a; }
TENBIN_INLINE bool any(const Mask& mask) { return any(mask.a) | any(mask.b); }
template <class L>
TENBIN_INLINE Twin<L> square_root(const Twin<L>& x) {
  return {square_root(x.a), square_root(x.b)};
}
template <class L>
TENBIN_INLINE double get(const Twin<L>& x, int k) {
  return k < width_of<L> ? get(x.a, k) : get(x.b, k - width_of<L>);
}
template <class L>
TENBIN_INLINE void put(Twin<L>& x, int k, double value) {
  k < width_of<L> ? put(x.a, k, value) : put(x.b, k - width_of<L>, value);
}
template <class L>
TENBIN_INLINE double sum(const Twin<L>& x, double total = 0) {
  return sum(x.b, sum(x.a, total));
}
template <class L>
TENBIN_INLINE void load_words(const std::uint64_t* p, Twin<L>& as, typename Twin<L>::Words& to) {
  load_words(p, as.a, to.a);
  load_words(p + width_of<L>, as.b, to.b);
}
template <class L>
TENBIN_INLINE Twin<L> from_words(const typename Twin<L>::Words& w, const Twin<L>&) {
  return {from_words(w.a, L()), from_words(w.b, L())};
}
template <class L>
TENBIN_INLINE void store(double* p, const Twin<L>& x) {
  store(p, x.a);
  store(p + width_of<L>, x.b);
}

}  // namespace tenbin
