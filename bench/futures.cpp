// SPDX-License-Identifier: Apache-2.0
// Times futures: the simulation alone and with quantiles, each with and without disputes, and a
// bare loop that draws the random numbers of the simulation without disputes and evaluates its exp,
// log and cos, and nothing else. Writes what a peer without disputes needs to do the same.
//   bench_futures PANEL POSTERIOR FOLDER [FUTURES] [THREADS] [LANES]
#include "tenbin/futures/futures.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "tenbin/futures/answers.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/posterior_file.hpp"

using namespace tenbin;

namespace {

constexpr int start = 2025, years = 15;

/// Wall seconds, and CPU seconds of all threads, which a busy machine changes less.
struct Cost {
  double wall = 1e300, cpu = 1e300;
};

/// The least of three runs.
Cost cost_of(const std::function<void()>& work) {
  Cost best;
  for (int k = 0; k < 3; ++k) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t ticks = std::clock();
    work();
    best.cpu = std::min(best.cpu, static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
    best.wall = std::min(
        best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
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
      const auto of_state = [&](const auto& members, const auto& layout, const Draws& draws_of,
                                int fitted, std::vector<double>& to) {
        for (const auto& m : members)
          to.push_back(fitted < 0 ? missing : draws_of.draw(d)[layout.at(m.parameter, fitted)]);
      };
      of_state(spending_members<double>, places.spending, spending, places.spending_state[i], own);
      of_state(economy_members<double>, places.economy, economy, places.economy_state[i], eco);
    }
    using S = SpendingParameter;
    using E = EconomyParameter;
    for (const S p : {S::ally_response, S::threat_slope, S::support_slope, S::wave_persistence,
                      S::wave_sd, S::df})
      common.push_back(spending.draw(d)[places.spending.at(p)]);
    common.push_back(spending.draw(d)[places.wave(start, 0)]);
    for (const E p : {E::momentum, E::cycle_sd, E::df})
      eco_common.push_back(economy.draw(d)[places.economy.at(p)]);
  }
  write_npy(folder / "spending.npy", {draws, n, spending_members<double>.size()}, own);
  write_npy(folder / "spending_common.npy", {draws, 7}, common);
  write_npy(folder / "economy.npy", {draws, n, economy_members<double>.size()}, eco);
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
template <class Real>
double bare_futures(int states, std::uint32_t first, int count) {
  Real total = 0.0;
  for (int f = 0; f < count; f += width_of<Real>)
    total += bare<Real>(states, first + static_cast<std::uint32_t>(f), Real(3.5));
  return sum(total);
}

// The widths of the library's own dispatch, compiled here for the instructions that they need.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
__attribute__((target("arch=x86-64-v4"), flatten)) double bare_futures_32(int states,
                                                                          std::uint32_t first,
                                                                          int count) {
  return bare_futures<Twin<Twin<Lane<8>>>>(states, first, count);
}
__attribute__((target("arch=x86-64-v3"), flatten)) double bare_futures_16(int states,
                                                                          std::uint32_t first,
                                                                          int count) {
  return bare_futures<Twin<Twin<Lane<4>>>>(states, first, count);
}
double bare_block(int states, std::uint32_t first, int count) {
  if (__builtin_cpu_supports("x86-64-v4")) return bare_futures_32(states, first, count);
  if (__builtin_cpu_supports("x86-64-v3")) return bare_futures_16(states, first, count);
  return bare_futures<Lane<4>>(states, first, count);
}
#else
double bare_block(int states, std::uint32_t first, int count) {
  return bare_futures<Lane<8>>(states, first, count);
}
#endif

/// The bare loop over all futures, in the blocks of a projection.
Cost cost_of_bare_loop(const Projection& projection, const Execution& execution, double& kept) {
  const int futures = static_cast<int>(projection.options.futures);
  return cost_of([&] {
    for_each_block(execution, projection.blocks(), [&](int b, int) {
      const volatile double total = bare_block(
          projection.runs[0].schedule->states(), static_cast<std::uint32_t>(b) * futures_per_block,
          std::min(futures_per_block, futures - b * futures_per_block));
      if (b == 0) kept = total;
    });
  });
}

/// tenbin.npy: [milex, burden][year][state][mean, sd, 5, 25, 50, 75, 95 %].
void write_answers(const std::filesystem::path& path, const Schedule& s, const Tally& t,
                   const Place& milex, const Place& burden) {
  std::vector<double> answers;
  for (const Place& place : {milex, burden})
    for (std::size_t k = 0; k < place.size(); ++k) {
      const Distribution& d = t.parts[place.at + k];
      const Band b = d.band();
      for (const double x : {d.mean(), d.sd(), b.quantile[0], b.quantile[2], b.quantile[3],
                             b.quantile[4], b.quantile[6]})
        answers.push_back(d.exists() ? x : missing);
    }
  write_npy(path, {2, static_cast<std::size_t>(years) + 1, static_cast<std::size_t>(s.states()), 7},
            answers);
}

/// Times simulation and quantiles of a projection, and returns what its line of JSON says of them.
/// Writes the answers to `path` where it is not empty.
std::string time_projection(const Projection& projection, const Execution& execution,
                            const char* suffix, const std::filesystem::path& path) {
  const Schedule& s = *projection.runs[0].schedule;
  const Cost alone = cost_of([&] { project_blocks(projection, execution, [](int, int, auto) {}); });
  std::vector<Measure> measures;
  const Place burden = ask_fan(measures, s, 0, Quantity::burden);
  const Place milex = ask_fan(measures, s, 0, Quantity::milex);
  Tally t;
  const Cost quantiles = cost_of([&] { t = tally(projection, measures, execution); });
  if (!path.empty()) write_answers(path, s, t, milex, burden);
  return fmt::format(
      "\"simulation{0}\": {1:.4f}, \"simulation{0}_cpu\": {2:.4f}, \"with_quantiles{0}\": {3:.4f}, "
      "\"with_quantiles{0}_cpu\": {4:.4f}",
      suffix, alone.wall, alone.cpu, quantiles.wall, quantiles.cpu);
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
  const auto past = tenbin::past_of(std::move(*read_panel_checked(argv[1]).panel), start);
  const Panel& panel = past->panel();
  const PosteriorFile posterior = read_posterior(argv[2]);
  const Scenario scenario{.start = start, .end = start + years, .announced_plans = false};
  const Schedule s = schedule(*past, scenario);
  write_inputs(folder, s, posterior.spending, posterior.economy);

  const ProjectOptions options{.futures = futures, .lanes = argc > 6 ? std::atoi(argv[6]) : 32};
  const Projection with{{{.schedule = &s}}, &posterior.spending, &posterior.economy, options};
  Projection without = with;
  without.runs[0].disputes = RunDisputes::none;
  const std::string plain = time_projection(without, execution, "", folder / "tenbin.npy"),
                    disputes = time_projection(with, execution, "_disputes", {});
  double kept = 0;
  const Cost bare_loop = cost_of_bare_loop(without, execution, kept);
  fmt::print(
      "{{\"futures\": {}, \"states\": {}, \"years\": {}, \"threads\": {}, {}, {}, \"bare\": "
      "{:.4f}, "
      "\"bare_cpu\": {:.4f}, \"dyads\": {}, \"check\": {:.6g}}}\n",
      futures, s.states(), years, execution.threads, plain, disputes, bare_loop.wall, bare_loop.cpu,
      with.runs[0].dyads().size(), kept);
  return 0;
}
