// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "tenbin/num/elementary.hpp"

/// Random numbers are keyed, not consumed: a value is a function of what it is for, through
/// Philox4x32-10 (Salmon et al. 2011). No order, thread, rank, lane or scenario is in the key.

namespace tenbin {

using PhiloxBlock = std::array<std::uint32_t, 4>;

/// Philox4x32 with ten rounds: 128 random bits of a 128-bit counter under a 64-bit key.
inline PhiloxBlock philox(PhiloxBlock c, std::uint64_t key) {
  auto k0 = static_cast<std::uint32_t>(key), k1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = 0xD2511F53ull * c[0], p1 = 0xCD9E8D57ull * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k0, static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k1, static_cast<std::uint32_t>(p0)};
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return c;
}

/// What a random number is for. Values are part of the promise of equal bits: never renumber.
enum class Purpose : std::uint32_t {
  spending_shock = 1,
  growth_shock = 2,
  wave = 3,
  cycle = 4,
  latent = 5,  // z of a state without a fitted equation
  lever = 6,
  dispute = 7,
  chain_start = 16,
  momentum = 17,
  trajectory = 18,
  simulated_parameter = 24,  // data sets drawn from the prior, to judge a fit
  simulated_shock = 25,
  baseline = 32,  // members of a baseline's joint forecast
  race = 33,      // paths of underlying growth
  placebo = 34,   // other partners in the place of rivals or allies
  test = 63,
};

/// Everything a value depends on. `index` is the future or the iteration, `entity` the id of a
/// state or a dyad (entity_id), `when` the year or the number within the entity.
struct RandomKey {
  std::uint64_t seed = 0;
  Purpose purpose = Purpose::test;
  std::uint32_t index = 0;
  std::uint32_t entity = 0;
  std::uint32_t when = 0;
};

/// Two uniforms in (0, 1) of 53 bits (an odd numerator over 2^53, so never 0 or 1).
inline std::array<double, 2> uniforms(const RandomKey& key) {
  const PhiloxBlock r =
      philox({key.index, key.entity, key.when, static_cast<std::uint32_t>(key.purpose)}, key.seed);
  const auto unit = [](std::uint32_t high, std::uint32_t low) {
    const std::uint64_t x = (std::uint64_t{high} << 32 | low) >> 12;
    return (static_cast<double>(x) + 0.5) * 0x1p-52;
  };
  return {unit(r[0], r[1]), unit(r[2], r[3])};
}

/// A standard normal.
inline double normal(const RandomKey& key) { return inverse_normal(uniforms(key)[0]); }

/// Id under which a name enters a key: FNV-1a, 32 bits. Readers refuse panels with a collision.
constexpr std::uint32_t entity_id(std::string_view name) {
  std::uint32_t h = 2166136261u;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h;
}

/// Student-t of `df` > 0 from two uniforms: Bailey (1994), t = sqrt(df (u^(-2/df) - 1)) cos(2 pi
/// v).
template <class Real>
Real student_t(Real u, Real v, Real df, Real minus_two_over_df) {
  return square_root(df * expm1(minus_two_over_df * log(u))) * cos_two_pi(v);
}
template <class Real>
Real student_t(Real u, Real v, Real df) {
  return student_t(u, v, df, Real(-2.0) / df);
}

namespace detail {

/// philox() of many counters side by side, that differ in their first word; the words lie in the
/// low halves of 64 bits.
template <class Real>
struct PhiloxLanes {
  static constexpr int width = width_of<Real>;
  using Words = typename Real::Words;
  Words c0, c1, c2, c3;

  explicit PhiloxLanes(const RandomKey& key) {
    std::array<std::uint64_t, width> index;
    for (std::uint32_t k = 0; k < width; ++k) index[k] = static_cast<std::uint32_t>(key.index + k);
    Real type;
    load_words(index.data(), type, c0);
    const Words zero = c0 ^ c0;
    c1 = zero + key.entity;
    c2 = zero + key.when;
    c3 = zero + static_cast<std::uint32_t>(key.purpose);
    auto k0 = static_cast<std::uint32_t>(key.seed), k1 = static_cast<std::uint32_t>(key.seed >> 32);
    constexpr std::uint64_t low = 0xffffffff;
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const Words p0 = c0 * 0xD2511F53ull, p1 = c2 * 0xCD9E8D57ull;
      c0 = (p1 >> 32) ^ c1 ^ k0;
      c1 = p1 & low;
      c2 = (p0 >> 32) ^ c3 ^ k1;
      c3 = p0 & low;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
  }

  /// The 32 bits x of a word as (x + 1/2) 2^-32.
  static Real unit(const Words& word) {
    const Words at_2_52 = word | 0x4330000000000000ull;  // 2^52 + x
    return ((from_words(at_2_52, Real()) - Real(0x1p52)) + Real(0.5)) * Real(0x1p-32);
  }
  /// The 52 leading bits x of two words as (x + 1/2) 2^-52.
  static Real unit(const Words& high, const Words& low) {
    const Words at_2_52 = (((high << 32) | low) >> 12) | 0x4330000000000000ull;  // 2^52 + x
    return ((from_words(at_2_52, Real()) - Real(0x1p52)) + Real(0.5)) * Real(0x1p-52);
  }
};

}  // namespace detail

/// Two uniforms for each future of a lane: lane k belongs to future key.index + k.
template <class Real>
struct UniformPair {
  Real u, v;
};
inline void draw_uniforms(const RandomKey& key, UniformPair<double>& to) {
  const auto pair = uniforms(key);
  to = {pair[0], pair[1]};
}
template <class Real>
void draw_uniforms(const RandomKey& key, UniformPair<Real>& to) {
  const detail::PhiloxLanes<Real> r(key);
  to = {r.unit(r.c0, r.c1), r.unit(r.c2, r.c3)};
}

/// Four uniforms in (0, 1) of 32 bits for each future of a lane: enough to decide on what is
/// likelier than one in a million.
inline void draw_uniforms(const RandomKey& key, std::array<double, 4>& to) {
  const PhiloxBlock r =
      philox({key.index, key.entity, key.when, static_cast<std::uint32_t>(key.purpose)}, key.seed);
  for (std::size_t k = 0; k < 4; ++k) to[k] = (static_cast<double>(r[k]) + 0.5) * 0x1p-32;
}
template <class Real>
void draw_uniforms(const RandomKey& key, std::array<Real, 4>& to) {
  const detail::PhiloxLanes<Real> r(key);
  to = {r.unit(r.c0), r.unit(r.c1), r.unit(r.c2), r.unit(r.c3)};
}

/// Student-t of each future of a lane; with -2 / df given, where many are drawn of one df.
template <class Real>
Real student_t(const RandomKey& key, Real df, Real minus_two_over_df) {
  UniformPair<Real> pair;
  draw_uniforms(key, pair);
  return student_t(pair.u, pair.v, df, minus_two_over_df);
}
template <class Real>
Real student_t(const RandomKey& key, Real df) {
  return student_t(key, df, Real(-2.0) / df);
}

/// Standard normal of each future of a lane.
template <class Real>
Real normals(const RandomKey& key) {
  UniformPair<Real> pair;
  draw_uniforms(key, pair);
  return inverse_normal(pair.u);
}

}  // namespace tenbin
