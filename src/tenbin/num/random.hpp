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
  chain_start = 16,
  momentum = 17,
  trajectory = 18,
  simulated_parameter = 24,  // data sets drawn from the prior, to judge a fit
  simulated_shock = 25,
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
Real student_t(Real u, Real v, Real df) {
  return square_root(df * expm1(Real(-2.0) / df * log(u))) * cos_two_pi(v);
}

/// Student-t of each future of a lane: lane k belongs to future key.index + k.
template <class Real>
Real student_t(RandomKey key, Real df) {
  Real u, v;
  for (int k = 0; k < width_of<Real>; ++k, ++key.index) {
    const auto pair = uniforms(key);
    put(u, k, pair[0]);
    put(v, k, pair[1]);
  }
  return student_t(u, v, df);
}

/// Standard normal of each future of a lane.
template <class Real>
Real normals(RandomKey key) {
  Real u;
  for (int k = 0; k < width_of<Real>; ++k, ++key.index) put(u, k, uniforms(key)[0]);
  return inverse_normal(u);
}

}  // namespace tenbin
