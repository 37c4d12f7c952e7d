// SPDX-License-Identifier: Apache-2.0
// Prints hashes of the bits of elementary functions, random numbers and futures. The same text must
// come from g++ and clang, natively and in WebAssembly, from any lane width and any number of
// threads: tests/golden/bits.txt.
#include <cinttypes>
#include <cstdio>

#include "fixture.hpp"
#include "tenbin/futures/answers.hpp"
#include "tenbin/futures/project.hpp"

using namespace tenbin;

namespace {

/// FNV-1a over the bytes of doubles, 64 bits.
struct Hash {
  std::uint64_t value = 14695981039346656037ull;
  void add(double x) {
    std::uint64_t b = static_cast<std::uint64_t>(bits(x));
    if (x != x) b = 0x7ff8000000000000ull;  // one NaN for all
    for (int k = 0; k < 8; ++k, b >>= 8) value = (value ^ (b & 255)) * 1099511628211ull;
  }
};

void print(const char* name, const Hash& hash) {
  std::printf("%s %016" PRIx64 "\n", name, hash.value);
}

Hash hash_of(const Ensemble& e) {
  Hash h;
  for (const double x : e.milexes) h.add(x);
  for (const double x : e.burdens) h.add(x);
  for (const double x : e.stocks) h.add(x);
  for (const std::uint8_t x : e.disputes) h.add(x);
  return h;
}

Hash hash_of_functions() {
  Hash functions;
  for (std::uint32_t k = 0; k < 200000; ++k) {
    const auto u = uniforms({.seed = 5, .purpose = Purpose::test, .index = k});
    for (const double x :
         {tenbin::exp(1400 * (u[0] - 0.5)), tenbin::log(tenbin::exp(60 * (u[0] - 0.5))),
          tenbin::log1p(u[1] * 3 - 0.99), tenbin::expm1(40 * (u[1] - 0.5)),
          cos_two_pi(u[0] * 9 - 4), inverse_normal(u[1]), student_t(u[0], u[1], 2.5 + u[0])})
      functions.add(x);
    if (k % 50 == 0)
      for (const double x :
           {tenbin::lgamma(0.1 + 9 * u[0]), digamma(0.1 + 9 * u[1]), normal_cdf(12 * (u[0] - 0.5))})
        functions.add(x);
  }
  return functions;
}

Hash hash_of(const Tally& tally) {
  Hash h;
  for (const Distribution& d : tally.parts) {
    if (!d.exists()) continue;
    for (const double q : d.band().quantile) h.add(q);
    for (const double x :
         {d.mean(), d.sd(), d.mean_error(), d.positive().p, d.positive().error, d.negative().p})
      h.add(x);
  }
  return h;
}

/// Prints the hash that `hash_with(lanes, threads)` gives, or where it differs.
template <class HashWith>
bool print_one(const char* name, const HashWith& hash_with) {
  const Hash first = hash_with(1, 1);
  for (const int lanes : {1, 4, 8, 16, 32})
    for (const int threads : {1, 2, 8}) {
      if (lanes * threads == 1 || hash_with(lanes, threads).value == first.value) continue;
      std::printf("%s differ at lanes %d threads %d\n", name, lanes, threads);
      return false;
    }
  print(name, first);
  return true;
}

}  // namespace

int main() {
  print("functions", hash_of_functions());
  const Panel panel = fixture::panel();
  const Schedule plan = schedule(panel, fixture::scenario()),
                 disputing = schedule(fixture::disputing_panel(), fixture::scenario());
  const Draws spending = fixture::draws(Equation::spending),
              economy = fixture::draws(Equation::economy);
  for (const Schedule* s : {&plan, &disputing}) {
    const auto futures = [&](int lanes, int threads) {
      return hash_of(
          project(*s, spending, economy, {.futures = 2500, .lanes = lanes}, {.threads = threads}));
    };
    if (!print_one(s == &plan ? "futures" : "disputes", futures)) return 1;
  }
  // A comparison split by who sees it, exact and by sketch.
  Scenario bare = fixture::scenario();
  bare.levers.clear();
  const Schedule base = schedule(panel, bare);
  for (const std::int64_t futures : {std::int64_t{2500}, most_exact_futures + 1000}) {
    const auto answers = [&](int lanes, int threads) {
      Projection projection{
          {{.schedule = &base}}, &spending, &economy, {.futures = futures, .lanes = lanes}};
      const Stages stages = add_stages(projection.runs, plan);
      std::vector<Measure> measures;
      for (std::size_t k = 1; k < stages.run.size(); ++k)
        ask_comparison(measures, plan, stages.run[k - 1], stages.run[k], Quantity::burden);
      ask_fan(measures, plan, stages.run.back(), Quantity::milex);
      return hash_of(tally(projection, measures, {.threads = threads}));
    };
    if (!print_one(futures == 2500 ? "answers exact" : "answers sketch", answers)) return 1;
  }
  return 0;
}
