// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tenbin/fit/fit.hpp"

/// A posterior of ours against a table of Stan's (research data, reference/).

namespace tenbin {

/// Named before the runs.
inline constexpr std::uint64_t reference_seed = 20261122;

/// The reference's name of a quantity in ours.
inline std::string our_name(std::string name) {
  const auto replace = [&](const std::string& from, const std::string& to) {
    if (name.rfind(from, 0) == 0) name = to + name.substr(from.size());
  };
  replace("burden_target", "target");
  replace("burden_", "target_");
  replace("shock_", "");
  return name;
}

/// Means within 4 Monte Carlo errors, sds within a tenth or 4 errors, but for a part.
inline void check_table(const std::filesystem::path& reference,
                        const std::vector<Summary>& summaries, const Health& health,
                        double part_allowed = 0.005) {
  std::map<std::string, Summary> ours;
  for (const Summary& s : summaries) ours[s.name] = s;
  std::ifstream in(reference);
  std::string line;
  REQUIRE(std::getline(in, line));
  int count = 0, mean_misses = 0, sd_misses = 0;
  double worst = 0;
  while (std::getline(in, line)) {
    std::stringstream fields(line);
    std::string f[9];
    for (auto& x : f) std::getline(fields, x, ',');
    const auto found = ours.find(our_name(f[0]));
    REQUIRE_MESSAGE(found != ours.end(), f[0]);
    const Summary& s = found->second;
    const double mean = std::stod(f[1]), sd = std::stod(f[2]), mcse = std::stod(f[3]);
    const double off = std::abs(s.mean - mean) / std::hypot(mcse, s.mcse_mean);
    worst = std::max(worst, off);
    if (off > 4) {
      ++mean_misses;
      MESSAGE(reference.filename().string()
              << ": mean of " << s.name << " is " << off << " Monte Carlo errors off");
    }
    const double sd_error =
        sd * std::sqrt(0.5 * (mcse * mcse / (sd * sd) + s.mcse_mean * s.mcse_mean / (s.sd * s.sd)));
    if (std::abs(s.sd - sd) > std::max(0.1 * sd, 4 * sd_error)) {
      ++sd_misses;
      MESSAGE(reference.filename().string()
              << ": sd of " << s.name << " is " << s.sd << ", the reference " << sd);
    }
    ++count;
  }
  const int allowed = part_allowed > 0 ? std::max(1, static_cast<int>(part_allowed * count)) : 0;
  MESSAGE(reference.filename().string()
          << ": " << count << " quantities, misses " << mean_misses << " means, " << sd_misses
          << " sds, worst mean " << worst << " errors; R-hat at most " << health.rhat_max
          << ", effective draws at least " << health.ess_bulk_min << ", divergences "
          << health.divergences << " of " << health.draws);
  CHECK(count >= 37);
  CHECK(mean_misses <= allowed);
  CHECK(sd_misses <= allowed);
  CHECK(health.rhat_max <= 1.01);
  CHECK(health.divergences * 1000 <= static_cast<int>(health.draws));
}

}  // namespace tenbin
