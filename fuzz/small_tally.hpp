// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "tenbin/futures/tally.hpp"

namespace tenbin::fuzz {

inline constexpr int small_blocks = 2;

/// An empty tally of two measures: one with quantiles, exact or by a sketch, and one without.
inline Tally small_tally(bool exact) {
  const std::vector<Measure> measures{{{}, milex_unit, true}, {{}, chance_unit, false}};
  return empty_tally(measures, exact ? small_blocks * futures_per_block : most_exact_futures + 1);
}

/// The same with the numbers of one block.
inline Tally some_tally(bool exact) {
  Tally t = small_tally(exact);
  const std::array<double, 3> x{1.5, 0, -2e6};
  const std::array<GroupRun, 2> groups{{{0, 2}, {31, 3}}};
  for (Distribution& d : t.parts) d.add(x, groups);
  t.blocks = {0};
  return t;
}

/// What a run does with a part that it has taken up.
inline void use(Tally part, bool exact) {
  Tally whole = some_tally(exact);
  merge(whole, std::move(part));
  for (const Distribution& d : whole.parts) {
    expect(d.count() >= 3);
    const Chance above = d.positive(), below = d.negative();
    expect(above.p >= 0 && above.p <= 1 && below.p >= 0 && below.p <= 1);
    const Band b = d.band();
    expect(!b.exists || d.exists());
    static_cast<void>(d.mean_error() + d.sd());
  }
}

}  // namespace tenbin::fuzz
