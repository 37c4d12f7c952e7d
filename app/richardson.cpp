// SPDX-License-Identifier: Apache-2.0
// Richardson's classical arms race, for teaching.
#include <fmt/format.h>

#include "common.hpp"
#include "tenbin/analyse/linear.hpp"
#include "tenbin/io/richardson_file.hpp"

namespace tenbin::app {
namespace richardson_verb {

std::string text_of(std::complex<double> x) {
  return x.imag() == 0 ? fmt::format("{:.4g}", x.real())
                       : fmt::format("{:.4g}{:+.4g}i", x.real(), x.imag());
}

void print_fit(const RichardsonFile& file) {
  const IncrementLine line = fit_increments(file.totals);
  fmt::print("{}: the yearly increment of the total, against the mean of both years\n", file.name);
  fmt::print("{:>11} {:>10} {:>10}\n", "years", "mean", "increment");
  for (std::size_t k = 0; k < line.mean.size(); ++k)
    fmt::print("{:>5}-{:<5} {:>10.2f} {:>10.2f}\n", file.first_year + static_cast<int>(k),
               file.first_year + static_cast<int>(k) + 1, line.mean[k], line.increment[k]);
  fmt::print(
      "slope {:.3f} a year (defence less fatigue), nothing grows at {:.1f}, correlation "
      "{:.3f}\n{}\n",
      line.slope, line.rest, line.correlation,
      line.slope > 0 ? "A slope above 0: above that total spending runs away, below it falls"
                     : "A slope below 0: the total returns to that level");
}

void print_system(const RichardsonFile& file) {
  const RichardsonAnswer answer = solve(file.system);
  fmt::print("{}: {}\n", file.name,
             answer.stable ? "stable: spending comes to rest"
                           : "unstable: spending runs away from its point of rest");
  if (file.system.states() == 2)
    fmt::print(
        "product of defence {:.4g}, product of fatigue {:.4g}: unstable where the first is "
        "the larger\n",
        file.system.defence(0, 1) * file.system.defence(1, 0),
        file.system.fatigue[0] * file.system.fatigue[1]);
  fmt::print("eigenvalues (a year):");
  for (const auto& x : answer.eigenvalues) fmt::print("  {}", text_of(x));
  fmt::print("\n\n{:<14} {:>12} {:>12}", "state", "at rest", "start");
  for (const int year : file.years) fmt::print(" {:>12}", fmt::format("after {}", year));
  fmt::print("\n");
  std::vector<std::vector<double>> later;
  for (const int year : file.years) later.push_back(after(file.system, file.start, year));
  for (int i = 0; i < file.system.states(); ++i) {
    fmt::print("{:<14} {:>12} {:>12.5g}", file.states[i],
               answer.equilibrium.empty() ? "none" : fmt::format("{:.5g}", answer.equilibrium[i]),
               file.start[i]);
    for (const auto& x : later) fmt::print(" {:>12.5g}", x[i]);
    fmt::print("\n");
  }
}

}  // namespace richardson_verb

void add_richardson(CLI::App& program) {
  using namespace richardson_verb;
  auto path = std::make_shared<std::string>();
  CLI::App& verb = *program.add_subcommand(
      "richardson", "Richardson's classical arms race: equilibrium, eigenvalues, stability");
  verb.add_option("FILE", *path, "TOML: a system of states, or totals of two blocs to fit")
      ->required();
  verb.callback([path] {
    const RichardsonFile file = read_richardson(*path);
    if (file.totals.empty())
      print_system(file);
    else
      print_fit(file);
  });
}

}  // namespace tenbin::app
