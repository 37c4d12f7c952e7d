// SPDX-License-Identifier: Apache-2.0
// Times futures: the simulation alone, with quantiles, and a bare loop that only draws the same
// random numbers and evaluates the same exp, log and cos. Writes what a peer needs to do the same.
//   bench_futures PANEL POSTERIOR FOLDER [FUTURES] [THREADS]
#include "tenbin/project/futures.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tenbin/analyse/answers.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/posterior_file.hpp"

using namespace tenbin;

namespace {

constexpr int start = 2025, years = 15;

double seconds_of(const std::function<void()>& work) {
  double best = 1e300;
  for (int k = 0; k < 3; ++k) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

/// NumPy's .npy of doubles.
void write_npy(const std::filesystem::path& path, const std::vector<std::size_t>& shape,
               const std::vector<double>& values) {
  std::string sizes;
  for (const std::size_t n : shape) sizes += fmt::format("{}, ", n);
  std::string header =
      fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({})}}", sizes);
  header.resize((header.size() + 10 + 64) / 64 * 64 - 10 - 1, ' ');
  header += '\n';
  const auto size = static_cast<std::uint16_t>(header.size());
  std::ofstream out(path, std::ios::binary);
  out.write("\x93NUMPY\x01\x00", 8);
  out.write(reinterpret_cast<const char*>(&size), 2);
  out << header;
  out.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(double)));
}

/// Parameters, starting world and relations, so that a peer needs no reader of ours.
void write_inputs(const std::filesystem::path& folder, const Schedule& s, const Draws& spending,
                  const Draws& economy) {
  const ParameterPlaces places = parameter_places(s, spending, economy);
  const std::size_t n = s.states(), draws = spending.size();
  std::vector<double> own, common, eco, eco_common;
  for (std::size_t d = 0; d < draws; ++d) {
    for (std::size_t i = 0; i < n; ++i) {
      for (const std::size_t block : places.spending_states)
        own.push_back(places.spending_state[i] < 0
                          ? missing
                          : spending.draw(d)[block + places.spending_state[i]]);
      for (const std::size_t block : places.economy_states)
        eco.push_back(places.economy_state[i] < 0
                          ? missing
                          : economy.draw(d)[block + places.economy_state[i]]);
    }
    for (std::size_t g = 12; g < 18; ++g)
      common.push_back(spending.draw(d)[places.spending_globals[g]]);
    common.push_back(spending.draw(d)[places.wave + (start - places.first_wave)]);
    for (const std::size_t g : {2, 5, 6})
      eco_common.push_back(economy.draw(d)[places.economy_globals[g]]);
  }
  write_npy(folder / "spending.npy", {draws, n, places.spending_states.size()}, own);
  write_npy(folder / "spending_common.npy", {draws, 7}, common);
  write_npy(folder / "economy.npy", {draws, n, places.economy_states.size()}, eco);
  write_npy(folder / "economy_common.npy", {draws, 3}, eco_common);
  std::vector<double> world;
  for (std::size_t i = 0; i < n; ++i) {
    const auto now = s.observed_at(start, static_cast<int>(i)),
               before = s.observed_at(start - 1, static_cast<int>(i));
    for (const double x : {s.log_milex[now], s.log_milex[now] - s.log_milex[before], s.log_gdp[now],
                           s.log_gdp[now] - s.log_gdp[before], s.stock[now], s.stock[before],
                           s.law[i] == Law::equation ? 1.0 : 0.0})
      world.push_back(x);
  }
  write_npy(folder / "world.npy", {n, 7}, world);
  write_npy(folder / "expected_growth.npy", {static_cast<std::size_t>(years) + 1, n},
            s.expected_growth);
  const auto links = [&](const char* name, const std::vector<Link>& pairs, bool threats) {
    std::vector<double> ends, weights;
    for (const Link& l : pairs) ends.push_back(l.i), ends.push_back(l.j);
    for (const Relations<double>& r : s.base) {
      const auto& w = threats ? r.threat_weight : r.cover_weight;
      weights.insert(weights.end(), w.begin(), w.end());
    }
    write_npy(folder / fmt::format("{}.npy", name), {pairs.size(), 2}, ends);
    write_npy(folder / fmt::format("{}_weight.npy", name), {s.base.size(), pairs.size()}, weights);
  };
  links("threats", s.topology.threats, true);
  links("covers", s.topology.covers, false);
}

/// Random numbers and functions of one lane of futures, and nothing else.
template <class Real>
Real bare(int states, std::uint32_t future, Real df) {
  Real total = Real(0.0);
  const Real power = Real(-2.0) / df;
  for (int year = 1; year <= years; ++year) {
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(states); ++i) {
      const auto when = static_cast<std::uint32_t>(year);
      const Real e = student_t(RandomKey{1, Purpose::spending_shock, future, i, when}, df, power);
      const Real g = student_t(RandomKey{1, Purpose::growth_shock, future, i, when}, df, power);
      // milex, share of GDP; threat, support, rivals' and allies' rise
      total += exp(clamp(e, -8.0, 8.0)) + exp(clamp(g, -8.0, 8.0));
      const Real x = absolute(e) + Real(1.0), y = absolute(g) + Real(1.0);
      total += log1p(x) + log1p(y) + log(x) + log(y);
    }
    total += normals<Real>({1, Purpose::wave, future, 0, static_cast<std::uint32_t>(year)}) +
             normals<Real>({1, Purpose::cycle, future, 0, static_cast<std::uint32_t>(year)});
  }
  return total;
}
#ifdef TENBIN_AVX512
TENBIN_AVX512
#endif
double bare_block(int states, std::uint32_t first, int count) {
  using Real = Twin<Twin<Lane<8>>>;
  Real total = 0.0;
  for (int f = 0; f < count; f += width_of<Real>)
    total += bare<Real>(states, first + static_cast<std::uint32_t>(f), Real(3.5));
  return sum(total);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: bench_futures PANEL POSTERIOR FOLDER [FUTURES] [THREADS]\n");
    return 2;
  }
  const int futures = argc > 4 ? std::atoi(argv[4]) : 100000;
  const Execution execution{.threads = argc > 5 ? std::atoi(argv[5]) : 1};
  const std::filesystem::path folder = argv[3];
  const Panel panel = cut(std::move(*read_panel_checked(argv[1]).panel), start);
  const PosteriorFile posterior = read_posterior(argv[2]);
  const Scenario scenario{.start = start, .end = start + years, .announced_plans = false};
  const Schedule s = schedule(panel, scenario);
  write_inputs(folder, s, posterior.spending, posterior.economy);

  const Projection projection{{{.schedule = &s}},
                              &posterior.spending,
                              &posterior.economy,
                              {.futures = futures, .lanes = argc > 6 ? std::atoi(argv[6]) : 32}};
  const double simulation =
      seconds_of([&] { project_blocks(projection, execution, [](int, int, auto) {}); });
  std::vector<Measure> measures;
  const Place burden = ask_fan(measures, s, 0, Quantity::burden);
  const Place milex = ask_fan(measures, s, 0, Quantity::milex);
  Tally t;
  const double quantiles = seconds_of([&] { t = tally(projection, measures, execution); });
  double kept = 0;
  const double lower = seconds_of([&] {
    for_each_block(execution, projection.blocks(), [&](int b, int) {
      const volatile double total =
          bare_block(s.states(), static_cast<std::uint32_t>(b) * futures_per_block,
                     std::min(futures_per_block, futures - b * futures_per_block));
      if (b == 0) kept = total;
    });
  });
  std::vector<double> answers;  // [year][state][mean, sd, 5, 25, 50, 75, 95 %] of milex, of burden
  for (const Place& place : {milex, burden})
    for (std::size_t k = 0; k < place.size(); ++k) {
      const Distribution& d = t.parts[place.at + k];
      const Band b = d.band();
      for (const double x : {d.mean(), d.sd(), b.quantile[0], b.quantile[2], b.quantile[3],
                             b.quantile[4], b.quantile[6]})
        answers.push_back(d.exists() ? x : missing);
    }
  write_npy(folder / "tenbin.npy",
            {2, static_cast<std::size_t>(years) + 1, static_cast<std::size_t>(s.states()), 7},
            answers);
  fmt::print(
      "{{\"futures\": {}, \"states\": {}, \"years\": {}, \"threads\": {}, \"simulation\": {:.4f}, "
      "\"with_quantiles\": {:.4f}, \"bare\": {:.4f}, \"check\": {:.6g}}}\n",
      futures, s.states(), years, execution.threads, simulation, quantiles, lower, kept);
  return 0;
}
