// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/distribution.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/futures/tally.hpp"
#include "tenbin/num/elementary.hpp"

namespace distribution_test {

using namespace tenbin;

namespace {

std::vector<GroupRun> one_group(std::size_t count) { return {{0, static_cast<int>(count)}}; }

/// `count` numbers of a kind: positive, of both signs, heavy-tailed, mostly 0, all the same.
std::vector<double> numbers(int kind, std::uint32_t count) {
  std::vector<double> x;
  for (std::uint32_t k = 0; k < count; ++k) {
    const double u = fixture::unit(k, 50, kind), v = fixture::unit(k, 51, kind);
    if (kind == 0) x.push_back(std::exp(10 + 0.5 * inverse_normal(u)));
    if (kind == 1) x.push_back(inverse_normal(u));
    if (kind == 2) x.push_back(1e-4 * student_t(u, v, 2.1));
    if (kind == 3) x.push_back(u < 0.7 ? 0.0 : v - 0.3);
    if (kind == 4) x.push_back(0.0141);
  }
  return x;
}

}  // namespace

TEST_CASE("exact quantiles are those of sorted values") {
  std::vector<double> x;
  for (std::uint32_t k = 0; k < 999; ++k) x.push_back(fixture::unit(k, 1));
  std::vector<double> sorted = x;
  std::sort(sorted.begin(), sorted.end());
  const Band b = band(x);
  for (std::size_t q = 0; q < band_levels.size(); ++q) {
    const double place = band_levels[q] * 998;
    const std::size_t low = static_cast<std::size_t>(place);
    CHECK(b.quantile[q] ==
          approx(sorted[low] +
                 (place - low) * (sorted[std::min<std::size_t>(low + 1, 998)] - sorted[low]))
              .epsilon(1e-15));
  }
  CHECK_FALSE(band({1.0, NAN}).exists);
}

TEST_CASE("a sketch's quantiles lie within a bin of the exact ones, whatever the numbers") {
  for (int kind = 0; kind < 5; ++kind)
    for (const std::uint32_t count : {1u, 2u, 37u, 20000u}) {
      CAPTURE(kind);
      CAPTURE(count);
      const std::vector<double> x = numbers(kind, count);
      Distribution exact(Keep::values), sketch(Keep::sketch);
      exact.add(x, one_group(x.size()));
      sketch.add(x, one_group(x.size()));
      const Band a = exact.band(), b = sketch.band();
      std::vector<double> sorted = x;
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t q = 0; q < band_levels.size(); ++q) {
        const auto low = static_cast<std::size_t>(band_levels[q] * (count - 1));
        const double widest = std::max(std::abs(sorted[low]),
                                       std::abs(sorted[std::min<std::size_t>(low + 1, count - 1)]));
        CHECK(std::abs(a.quantile[q] - b.quantile[q]) <= Sketch::widest_bin * widest + 1e-13);
      }
      CHECK(a.mean == b.mean);
    }
}

TEST_CASE("merging in any order, and through a file's bytes, gives the same bits") {
  for (const Keep keep : {Keep::values, Keep::sketch, Keep::moments}) {
    const std::vector<double> x = numbers(1, 5000);
    std::vector<Distribution> parts;
    for (int p = 0; p < 5; ++p) {
      parts.emplace_back(keep);
      parts.back().add(std::span(x).subspan(1000 * p, 1000), groups_of(1000 * p, 1000, 5000, 700));
    }
    const auto merged = [&](const std::vector<int>& order) {
      Distribution all(keep);
      for (const int p : order) {
        Tally written, read;
        written.parts.push_back(parts[p]);
        read.parts.emplace_back(keep);
        REQUIRE(from_bytes(to_bytes(written), 0, read));
        all.merge(std::move(read.parts[0]));
      }
      return all;
    };
    const Distribution a = merged({0, 1, 2, 3, 4}), b = merged({3, 1, 4, 0, 2});
    CHECK(a.mean() == b.mean());
    CHECK(a.sd() == b.sd());
    CHECK(a.mean_error() == b.mean_error());
    CHECK(a.positive().error == b.positive().error);
    CHECK(a.count() == 5000);
    if (keep != Keep::moments) CHECK(a.band().quantile == b.band().quantile);
  }
}

TEST_CASE("mean, sd and signs are those of the numbers") {
  const std::vector<double> x = numbers(1, 4000);
  Distribution d(Keep::moments);
  d.add(x, groups_of(0, 4000, 4000, 4000));
  double mean = 0, square = 0, above = 0;
  for (const double v : x) mean += v / 4000, above += v > 0;
  for (const double v : x) square += (v - mean) * (v - mean) / 3999;
  CHECK(d.mean() == approx(mean).epsilon(1e-10));
  CHECK(d.sd() == approx(std::sqrt(square)).epsilon(1e-10));
  CHECK(d.positive().p == above / 4000);
  CHECK(d.positive().p + d.negative().p == 1);
  Distribution absent;
  absent.add(std::vector<double>{1, NAN}, one_group(2));
  CHECK_FALSE(absent.exists());
}

TEST_CASE("the Monte Carlo error of a probability is what repeated runs show") {
  constexpr int runs = 400, futures = 1600;
  // Independent futures; and four to a draw, where the draw decides: a quarter of the information.
  for (const int draws : {1600, 400}) {
    CAPTURE(draws);
    double mean = 0, square = 0, stated = 0;
    for (int r = 0; r < runs; ++r) {
      std::vector<double> x;
      for (int f = 0; f < futures; ++f)
        x.push_back(fixture::unit(static_cast<std::uint32_t>(f % draws), 60, r) - 0.7);
      Distribution d(Keep::moments);
      d.add(x, groups_of(0, futures, futures, static_cast<std::size_t>(draws)));
      mean += d.positive().p / runs;
      square += d.positive().p * d.positive().p / runs;
      stated += d.positive().error / runs;
    }
    const double shown = std::sqrt(square - mean * mean);
    CHECK(stated > 0.95 * shown);
    CHECK(stated < 1.2 * shown);
    CHECK(shown == approx(std::sqrt(0.21 / draws)).epsilon(0.1));
  }
}

TEST_CASE("a probability that was never or always seen still has an error") {
  Distribution d(Keep::moments);
  const std::vector<double> ones(1000, 1.0);
  d.add(ones, groups_of(0, 1000, 1000, 1000));
  CHECK(d.positive().p == 1);
  CHECK(d.positive().error > 0.0005);
  CHECK(d.positive().error < 0.002);
}

TEST_CASE("values come back in their order, whether a block's numbers are all the same or not") {
  std::vector<double> all;
  ValueBlocks one, other;
  const std::vector<std::vector<double>> blocks{{1, 2, 3}, {-0.0, 0.0}, {5, 5, 5, 5}, {}, {7}};
  for (const auto& block : blocks) {
    one.add(block);
    all.insert(all.end(), block.begin(), block.end());
  }
  other.add(std::vector<double>{8, 8});
  one.merge(std::move(other));
  all.insert(all.end(), {8, 8});
  const std::vector<double> back = one.all();
  REQUIRE(back.size() == all.size());
  CHECK(one.size() == all.size());
  for (std::size_t k = 0; k < all.size(); ++k) CHECK(bits(back[k]) == bits(all[k]));
}

}  // namespace distribution_test
