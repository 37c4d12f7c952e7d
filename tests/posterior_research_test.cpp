// SPDX-License-Identifier: Apache-2.0
// Posteriors under the wide priors against Stan's. Seed, draws and acceptance are named here,
// before the run.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/study/fit.hpp"

using namespace tenbin;

namespace {

constexpr std::uint64_t seed = 20261122;
const std::vector<std::string> reference = switched_off(TermSet::reference, {});

/// The reference's name of a quantity in ours.
std::string our_name(std::string name) {
  const auto replace = [&](const std::string& from, const std::string& to) {
    if (name.rfind(from, 0) == 0) name = to + name.substr(from.size());
  };
  replace("burden_target", "target");
  replace("burden_", "target_");
  replace("shock_", "");
  return name;
}

void check_table(const std::filesystem::path& reference, const std::vector<Summary>& summaries,
                 const Health& health) {
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
  const int allowed = std::max(1, static_cast<int>(0.005 * count));
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

void check_panel(const std::string& name, int draws) {
  const Panel panel = read_panel(std::string(TENBIN_RESEARCH) + "/data/" + name);
  const Posterior p = fit(panel, {.draws = draws, .seed = seed, .without = reference}, {});
  const std::filesystem::path folder = std::string(TENBIN_RESEARCH) + "/reference";
  check_table(folder / ("posterior_spending_" + name + ".csv"), p.spending_summary,
              p.spending_health);
  check_table(folder / ("posterior_economy_" + name + ".csv"), p.economy_summary, p.economy_health);
}

}  // namespace

TEST_CASE("posteriors of the East Asia panel equal Stan's") { check_panel("east-asia", 3000); }

TEST_CASE("posteriors of the world panel equal Stan's") { check_panel("world", 2000); }

TEST_CASE("the posterior of the world panel cut at 2010 equals Stan's") {
  const Panel panel = cut(read_panel(std::string(TENBIN_RESEARCH) + "/data/world"), 2010);
  const RowTable rows = row_table(Equation::spending, rows_to_fit(panel, {}), panel);
  const Draws draws = fit_spending(rows, {.draws = 1500, .seed = seed, .without = reference}, {});
  const std::vector<Summary> summaries = summarise(draws);
  check_table(std::string(TENBIN_SOURCE) + "/tests/reference/posterior_spending_world_2010.csv",
              summaries, health(draws, summaries, NutsOptions{}.max_depth));
}
