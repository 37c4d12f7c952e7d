// SPDX-License-Identifier: Apache-2.0
// Keyed random numbers: published vectors, uniformity and independence across every part of a key,
// and quantiles of Student-t.
#include "tenbin/num/random.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

namespace random_test {

using namespace tenbin;

namespace {

/// Moves one part of a key on by one.
RandomKey next(RandomKey key, int part) {
  if (part == 0) ++key.index;
  if (part == 1) ++key.entity;
  if (part == 2) ++key.when;
  if (part == 3) key.purpose = static_cast<Purpose>(static_cast<std::uint32_t>(key.purpose) + 1);
  if (part == 4) ++key.seed;
  return key;
}
constexpr int parts = 5;

/// Chi-square of counts against equal shares, and whether it is believable: within 5 standard
/// deviations of its mean.
bool level(const std::vector<int>& counts) {
  double total = 0, chi_square = 0;
  for (const int c : counts) total += c;
  const double each = total / static_cast<double>(counts.size());
  for (const int c : counts) chi_square += (c - each) * (c - each) / each;
  const double df = static_cast<double>(counts.size()) - 1;
  return std::abs(chi_square - df) < 5 * std::sqrt(2 * df);
}

}  // namespace

TEST_CASE("Philox gives the vectors that its authors published") {
  CHECK(philox({0, 0, 0, 0}, 0) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({~0u, ~0u, ~0u, ~0u}, ~0ull) ==
        PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822ull) ==
        PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("the uniforms of a lane are those of its futures, to the bit") {
  for (std::uint32_t k = 0; k < 3000; ++k) {
    const RandomKey key{.seed = k * 0x9E3779B97F4A7C15ull,
                        .purpose = Purpose::wave,
                        .index = ~0u - 3 - k,  // wraps around within a lane
                        .entity = ~k,
                        .when = k * 77};
    UniformPair<Lane<8>> eight;
    UniformPair<Lane<4>> four;
    UniformPair<Twin<Twin<Lane<8>>>> many;
    draw_uniforms(key, many);
    draw_uniforms(key, eight);
    draw_uniforms(key, four);
    for (int lane = 0; lane < 32; ++lane) {
      RandomKey one = key;
      one.index += static_cast<std::uint32_t>(lane);
      const auto pair = uniforms(one);
      REQUIRE(get(many.u, lane) == pair[0]);
      REQUIRE(get(many.v, lane) == pair[1]);
      if (lane >= 8) continue;
      REQUIRE(get(eight.u, lane) == pair[0]);
      REQUIRE(get(eight.v, lane) == pair[1]);
      if (lane < 4) REQUIRE(get(four.v, lane) == pair[1]);
    }
  }
}

TEST_CASE("along every part of a key the numbers are uniform, and neighbours independent") {
  constexpr int count = 200000, bins = 16;
  for (int part = 0; part < parts; ++part) {
    CAPTURE(part);
    RandomKey key{.seed = 20261122, .purpose = Purpose::test, .index = 9, .entity = 8, .when = 7};
    std::vector<int> fine(1000), pairs(bins * bins), across(bins * bins);
    double last = uniforms(key)[1];
    for (int k = 0; k < count; ++k) {
      key = next(key, part);
      const auto [u, v] = uniforms(key);
      ++fine[static_cast<std::size_t>(u * 1000)];
      ++pairs[static_cast<std::size_t>(u * bins) * bins + static_cast<std::size_t>(last * bins)];
      ++across[static_cast<std::size_t>(u * bins) * bins + static_cast<std::size_t>(v * bins)];
      last = v;
    }
    CHECK(level(fine));
    CHECK(level(pairs));   // this number and the one before
    CHECK(level(across));  // the two of one key
  }
  CHECK_FALSE(level({1000, 1000, 1000, 1200}));  // the judge can say no
}

TEST_CASE("Student-t has the quantiles that R's qt gives, for 2.1, 3 and 30 degrees of freedom") {
  constexpr std::array<double, 6> levels{0.6, 0.75, 0.9, 0.95, 0.99, 0.999};
  constexpr int count = 400000;
  struct Reference {
    double df;
    std::array<double, 6> quantile;
  };
  for (const Reference& r : {Reference{2.1,
                                       {0.286954495767208, 0.808856793141725, 1.84669552777982,
                                        2.82733540029975, 6.53082186691448, 19.869795799797}},
                             Reference{3,
                                       {0.27667066233269, 0.764892328404345, 1.63774435369621,
                                        2.35336343480182, 4.54070285856813, 10.2145318524074}},
                             Reference{30,
                                       {0.255605364951913, 0.682755693321292, 1.3104150253914,
                                        1.69726088659396, 2.45726154240059, 3.38518486682931}}}) {
    CAPTURE(r.df);
    std::array<double, 6> below{}, above{};
    for (std::uint32_t k = 0; k < count; ++k) {
      const double t = student_t<double>(
          RandomKey{.seed = 3, .purpose = Purpose::test, .index = k, .entity = 1, .when = 2}, r.df);
      for (std::size_t l = 0; l < levels.size(); ++l) {
        below[l] += t <= r.quantile[l];
        above[l] += t >= -r.quantile[l];  // it is symmetric
      }
    }
    for (std::size_t l = 0; l < levels.size(); ++l) {
      const double error = std::sqrt(levels[l] * (1 - levels[l]) / count);
      CHECK(std::abs(below[l] / count - levels[l]) < 4.5 * error);
      CHECK(std::abs(above[l] / count - levels[l]) < 4.5 * error);
    }
  }
}

}  // namespace random_test
