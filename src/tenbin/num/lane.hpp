// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

/// `Lane<N>` is N doubles side by side: N futures (or N rows of a panel) that never mix.
/// Everything below exists for `double` too, so that one template serves both, and for each lane
/// gives the bits that `double` gives: only IEEE operations, no contraction (-ffp-contract=off).

// Not without optimisation: what is not inlined is compiled for the default machine, and takes its
// vectors elsewhere than a clone hands them over.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
/// On a non-template function: compile it for AVX2 and AVX-512 too, chosen when the program starts.
#define TENBIN_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), flatten))
/// On a non-template function: compile it for these instructions only; ask the machine before
/// calling it.
#define TENBIN_VERSIONS
#define TENBIN_AVX2 __attribute__((target("arch=x86-64-v3"), flatten))
#define TENBIN_AVX512 __attribute__((target("arch=x86-64-v4"), flatten))
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
  Lane(double x) {  // NOLINT
    alignas(Lane) double each[N];
    for (int k = 0; k < N; ++k) each[k] = x;
    std::memcpy(&v, each, sizeof v);
  }
  static Lane of(Vector x) {
    Lane lane;
    lane.v = x;
    return lane;
  }

  friend Lane operator+(Lane a, Lane b) { return of(a.v + b.v); }
  friend Lane operator-(Lane a, Lane b) { return of(a.v - b.v); }
  friend Lane operator*(Lane a, Lane b) { return of(a.v * b.v); }
  friend Lane operator/(Lane a, Lane b) { return of(a.v / b.v); }
  friend Lane operator-(Lane a) { return of(-a.v); }
  Lane& operator+=(Lane b) { return v += b.v, *this; }
  Lane& operator-=(Lane b) { return v -= b.v, *this; }
  Lane& operator*=(Lane b) { return v *= b.v, *this; }

  struct Mask {
    Bits m;  // each lane all ones or all zeros
    friend Mask operator&(Mask a, Mask b) { return {a.m & b.m}; }
    friend Mask operator|(Mask a, Mask b) { return {a.m | b.m}; }
  };
  friend Mask operator<(Lane a, Lane b) { return {a.v < b.v}; }
  friend Mask operator>(Lane a, Lane b) { return {a.v > b.v}; }
  friend Mask operator<=(Lane a, Lane b) { return {a.v <= b.v}; }
  friend Mask operator>=(Lane a, Lane b) { return {a.v >= b.v}; }
  friend Mask operator==(Lane a, Lane b) { return {a.v == b.v}; }
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

inline std::int64_t bits(double x) {
  std::int64_t b;
  std::memcpy(&b, &x, sizeof b);
  return b;
}
inline double from_bits(std::int64_t b, double = 0) {
  double x;
  std::memcpy(&x, &b, sizeof x);
  return x;
}
template <int N>
typename Lane<N>::Bits bits(Lane<N> x) {
  return reinterpret_cast<typename Lane<N>::Bits>(x.v);
}
/// The second argument only names the type.
template <int N>
Lane<N> from_bits(typename Lane<N>::Bits b, Lane<N>) {
  return Lane<N>::of(reinterpret_cast<typename Lane<N>::Vector>(b));
}

/// Sum and difference of bits, wrapping around.
inline std::int64_t add_bits(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
inline std::int64_t subtract_bits(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
template <class Bits>
requires(!requires(Bits x) { x.a; }) Bits add_bits(Bits a, Bits b) {
  using Unsigned [[gnu::vector_size(sizeof(Bits))]] = std::uint64_t;
  return reinterpret_cast<Bits>(reinterpret_cast<Unsigned>(a) + reinterpret_cast<Unsigned>(b));
}
template <class Bits>
requires(!requires(Bits x) { x.a; }) Bits subtract_bits(Bits a, Bits b) {
  using Unsigned [[gnu::vector_size(sizeof(Bits))]] = std::uint64_t;
  return reinterpret_cast<Bits>(reinterpret_cast<Unsigned>(a) - reinterpret_cast<Unsigned>(b));
}

/// a where the mask holds, else b.
inline double select(bool mask, double a, double b) { return mask ? a : b; }
template <int N>
Lane<N> select(typename Lane<N>::Mask mask, Lane<N> a, Lane<N> b) {
  return from_bits((mask.m & bits(a)) | (~mask.m & bits(b)), a);
}

/// Whether a mask holds in some lane.
inline bool any(bool mask) { return mask; }
template <class Mask>
requires requires(Mask x) { x.m; }
bool any(const Mask& mask) {
  std::int64_t each[sizeof mask.m / sizeof(std::int64_t)];
  std::memcpy(each, &mask.m, sizeof each);
  std::int64_t all = 0;
  for (const std::int64_t one : each) all |= one;
  return all != 0;
}

template <class Real>
Real minimum(Real a, Real b) {
  return select(b < a, b, a);
}
template <class Real>
Real maximum(Real a, Real b) {
  return select(b > a, b, a);
}
/// x brought into [low, high].
template <class Real>
Real clamp(Real x, double low, double high) {
  return minimum(maximum(x, Real(low)), Real(high));
}
template <class Real>
Real absolute(Real x) {
  return select(x < Real(0.0), -x, x);
}

inline double square_root(double x) { return __builtin_sqrt(x); }
template <int N>
Lane<N> square_root(Lane<N> x) {
  alignas(Lane<N>) double each[N];  // a loop over memory, which compilers turn into one instruction
  std::memcpy(each, &x.v, sizeof each);
  for (int k = 0; k < N; ++k) each[k] = __builtin_sqrt(each[k]);
  std::memcpy(&x.v, each, sizeof each);
  return x;
}

/// Value of lane k.
inline double get(double x, int) { return x; }
template <int N>
double get(Lane<N> x, int k) {
  return x.v[k];
}
inline void put(double& x, int, double value) { x = value; }
template <int N>
void put(Lane<N>& x, int k, double value) {
  x.v[k] = value;
}

/// Sum of the lanes, first to last.
template <int N>
double sum(Lane<N> x) {
  double total = 0;
  for (int k = 0; k < N; ++k) total += x.v[k];
  return total;
}

/// N doubles from memory, any alignment.
template <int N>
Lane<N> load(const double* p) {
  Lane<N> x;
  std::memcpy(&x.v, p, sizeof x.v);
  return x;
}
/// Words from memory, and the doubles whose bits words are.
template <int N>
void load_words(const std::uint64_t* p, Lane<N>& as, typename Lane<N>::Words& to) {
  static_cast<void>(as);
  std::memcpy(&to, p, sizeof to);
}
template <int N>
Lane<N> from_words(typename Lane<N>::Words w, Lane<N>) {
  return Lane<N>::of(reinterpret_cast<typename Lane<N>::Vector>(w));
}
template <int N>
void store(double* p, Lane<N> x) {
  std::memcpy(p, &x.v, sizeof x.v);
}

/// Two lanes side by side, used as one of twice the width: work on the halves is independent, which
/// keeps a processor busy while each waits for its own last result.
template <class L>
struct Twin {
  L a, b;

  Twin() = default;
  Twin(double x) : a(x), b(x) {}  // NOLINT: a number is a lane of equal values
  Twin(L first, L second) : a(first), b(second) {}

  friend Twin operator+(const Twin& x, const Twin& y) { return {x.a + y.a, x.b + y.b}; }
  friend Twin operator-(const Twin& x, const Twin& y) { return {x.a - y.a, x.b - y.b}; }
  friend Twin operator*(const Twin& x, const Twin& y) { return {x.a * y.a, x.b * y.b}; }
  friend Twin operator/(const Twin& x, const Twin& y) { return {x.a / y.a, x.b / y.b}; }
  friend Twin operator-(const Twin& x) { return {-x.a, -x.b}; }
  Twin& operator+=(const Twin& y) { return a += y.a, b += y.b, *this; }
  Twin& operator-=(const Twin& y) { return a -= y.a, b -= y.b, *this; }
  Twin& operator*=(const Twin& y) { return a *= y.a, b *= y.b, *this; }

  struct Mask {
    typename LaneTraits<L>::Mask a, b;
    friend Mask operator&(const Mask& x, const Mask& y) { return {x.a & y.a, x.b & y.b}; }
    friend Mask operator|(const Mask& x, const Mask& y) { return {x.a | y.a, x.b | y.b}; }
  };
  friend Mask operator<(const Twin& x, const Twin& y) { return {x.a < y.a, x.b < y.b}; }
  friend Mask operator>(const Twin& x, const Twin& y) { return {x.a > y.a, x.b > y.b}; }
  friend Mask operator<=(const Twin& x, const Twin& y) { return {x.a <= y.a, x.b <= y.b}; }
  friend Mask operator>=(const Twin& x, const Twin& y) { return {x.a >= y.a, x.b >= y.b}; }
  friend Mask operator==(const Twin& x, const Twin& y) { return {x.a == y.a, x.b == y.b}; }

  struct Bits {
    typename LaneTraits<L>::Bits a, b;
    friend Bits operator<<(const Bits& x, int by) { return {x.a << by, x.b << by}; }
    friend Bits operator>>(const Bits& x, int by) { return {x.a >> by, x.b >> by}; }
  };
  struct Words {
    typename L::Words a, b;
    friend Words operator*(const Words& x, std::uint64_t y) { return {x.a * y, x.b * y}; }
    friend Words operator>>(const Words& x, int by) { return {x.a >> by, x.b >> by}; }
    friend Words operator<<(const Words& x, int by) { return {x.a << by, x.b << by}; }
    friend Words operator^(const Words& x, const Words& y) { return {x.a ^ y.a, x.b ^ y.b}; }
    friend Words operator^(const Words& x, std::uint64_t y) { return {x.a ^ y, x.b ^ y}; }
    friend Words operator&(const Words& x, std::uint64_t y) { return {x.a & y, x.b & y}; }
    friend Words operator|(const Words& x, const Words& y) { return {x.a | y.a, x.b | y.b}; }
    friend Words operator|(const Words& x, std::uint64_t y) { return {x.a | y, x.b | y}; }
    friend Words operator+(const Words& x, std::uint64_t y) { return {x.a + y, x.b + y}; }
  };
};
template <class L>
struct LaneTraits<Twin<L>> {
  static constexpr int width = 2 * LaneTraits<L>::width;
  using Bits = typename Twin<L>::Bits;
  using Mask = typename Twin<L>::Mask;
};

template <class L>
typename Twin<L>::Bits bits(const Twin<L>& x) {
  return {bits(x.a), bits(x.b)};
}
template <class L>
Twin<L> from_bits(const typename Twin<L>::Bits& x, const Twin<L>&) {
  return {from_bits(x.a, L()), from_bits(x.b, L())};
}
template <class Bits>
requires requires(Bits x) { x.a; }
Bits add_bits(const Bits& x, const Bits& y) { return {add_bits(x.a, y.a), add_bits(x.b, y.b)}; }
template <class Bits>
requires requires(Bits x) { x.a; }
Bits subtract_bits(const Bits& x, const Bits& y) {
  return {subtract_bits(x.a, y.a), subtract_bits(x.b, y.b)};
}
template <class L>
Twin<L> select(const typename Twin<L>::Mask& mask, const Twin<L>& x, const Twin<L>& y) {
  return {select(mask.a, x.a, y.a), select(mask.b, x.b, y.b)};
}
template <class Mask>
requires requires(Mask x) { x.a; }
bool any(const Mask& mask) { return any(mask.a) | any(mask.b); }
template <class L>
Twin<L> square_root(const Twin<L>& x) {
  return {square_root(x.a), square_root(x.b)};
}
template <class L>
double get(const Twin<L>& x, int k) {
  return k < width_of<L> ? get(x.a, k) : get(x.b, k - width_of<L>);
}
template <class L>
void put(Twin<L>& x, int k, double value) {
  k < width_of<L> ? put(x.a, k, value) : put(x.b, k - width_of<L>, value);
}
template <class L>
double sum(const Twin<L>& x) {
  return sum(x.a) + sum(x.b);
}
template <class L>
void load_words(const std::uint64_t* p, Twin<L>& as, typename Twin<L>::Words& to) {
  load_words(p, as.a, to.a);
  load_words(p + width_of<L>, as.b, to.b);
}
template <class L>
Twin<L> from_words(const typename Twin<L>::Words& w, const Twin<L>&) {
  return {from_words(w.a, L()), from_words(w.b, L())};
}
template <class L>
void store(double* p, const Twin<L>& x) {
  store(p, x.a);
  store(p + width_of<L>, x.b);
}

}  // namespace tenbin
