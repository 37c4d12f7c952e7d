// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstring>
#include <span>
#include <string>

#include "tenbin/model/density.hpp"
#include "tenbin/num/elementary.hpp"

/// What the kernels of the two densities share. Only their sources include it.

namespace tenbin {

using Values = RowPacks::Values;

struct HierarchicalDensity::States {
  struct Member {
    Values z, value;
  };

  const RowPacks& packs;
  const Spread* spreads;
  Values *mean_slope, *spread_slope;
  const double* theta;
  double* grad;
  int count;

  int size() const { return static_cast<int>(packs.packs.size()); }
  int width(int pack) const { return std::min(RowPacks::lane, count - pack * RowPacks::lane); }

  /// A state-scope parameter of a pack's states, whose mean over states is the block's plus
  /// `shift`; adds the density of z.
  Member member(int block, int pack, Values& log_density, Values shift = 0.0) const {
    const double* from = theta + static_cast<std::size_t>(block) * count + pack * RowPacks::lane;
    const Spread& s = spreads[block];
    const Values mean = Values(s.mean) + shift;
    Values x = Values(s.weight) * mean;  // z = 0 where there is no state
    std::memcpy(&x, from, width(pack) * sizeof(double));
    const Values z = (x - Values(s.weight) * mean) * Values(s.shrink);
    log_density -= Values(0.5) * z * z;
    return {z, mean + Values(s.sd) * z};
  }

  /// Given d log p / d value, adds to the gradient of x and to the slopes of mean and sd. Returns
  /// the slope of each state's mean.
  Values add(int block, int pack, const Member& m, Values slope) const {
    const Spread& s = spreads[block];
    const Values from_z = Values(s.sd) * slope;
    const Values d_z = from_z - m.z;  // d log p / d z
    const Values x = d_z * Values(s.shrink);
    const Values through_mean = slope - Values(s.weight) * x;
    mean_slope[block] += through_mean;
    spread_slope[block] += m.z * (from_z - Values(s.weight) * d_z);
    double* to = grad + static_cast<std::size_t>(block) * count + pack * RowPacks::lane;
    std::memcpy(to, &x, width(pack) * sizeof(double));
    return through_mean;
  }
};

/// Whether a name is among names; the empty one never is.
inline bool holds(std::span<const std::string> names, std::string_view name) {
  return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

/// Student-t shocks of a pack's states, year by year. For a residual r and c = df scale^2
///   log p = constant(df) - log scale - (df+1)/2 [log(c + r^2) - log c].
/// The logs are taken of products over 32 years: one log in 32, and no product leaves the range of
/// numbers while c + r^2 is within 1e-9 and 1e9.
struct StudentShocks {
  Values c, product{1.0}, log_sum{0.0}, ratio{0.0};
  int factors = 0;

  explicit StudentShocks(Values scale, double df) : c(Values(df) * scale * scale) {}
  /// Adds a year's shocks; returns d log p / d mean, over (df + 1).
  Values add(Values r) {
    const Values square = r * r;
    const Values d = c + square;
    const Values inverse = Values(1.0) / d;
    product *= d;
    if (++factors % 32 == 0) {
      log_sum += log(product);
      product = Values(1.0);
    }
    ratio += square * inverse;
    return r * inverse;
  }
  struct Slopes {
    Values log_scale, df;
  };
  /// Adds the shocks to the log density (without its constant).
  Slopes finish(Values count, Values log_scale, double df, Values& log_density) {
    log_sum += log(product);
    const Values log_c = Values(log(df)) + Values(2.0) * log_scale;
    const Values log_term = log_sum - Values(static_cast<double>(factors)) * log_c;
    log_density -= count * log_scale + Values(0.5 * (df + 1)) * log_term;
    return {Values(df + 1) * ratio - count,
            Values(0.5 * (df + 1) / df) * ratio - Values(0.5) * log_term};
  }
};

}  // namespace tenbin
