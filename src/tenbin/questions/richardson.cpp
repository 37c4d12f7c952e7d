// SPDX-License-Identifier: Apache-2.0
#include <complex>

#include "tenbin/futures/linear.hpp"
#include "tenbin/io/richardson_file.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// Richardson's classical arms race, for teaching.
struct RichardsonQuestion {
  static constexpr QuestionSpec spec{
      .name = "richardson",
      .about = About::file,
      .settings = "file",
      .summary = "Richardson's classical arms race: equilibrium, eigenvalues, stability"};

  explicit RichardsonQuestion(const Inputs& inputs) : file(read_richardson(inputs.names[0])) {}
  TidyTable table() const;
  std::string text() const;

  RichardsonFile file;  // a system of states, or totals of two blocs to fit
};

std::string text_of(std::complex<double> x) {
  return x.imag() == 0 ? fmt::format("{:.4g}", x.real())
                       : fmt::format("{:.4g}{:+.4g}i", x.real(), x.imag());
}

std::string text_of_fit(const RichardsonFile& file) {
  std::string text;
  const IncrementLine line = fit_increments(file.totals);
  say(text, "{}: the yearly increment of the total, against the mean of both years\n", file.name);
  say(text, "{:>11} {:>10} {:>10}\n", "years", "mean", "increment");
  for (std::size_t k = 0; k < line.mean.size(); ++k)
    say(text, "{:>5}-{:<5} {:>10.2f} {:>10.2f}\n", file.first_year + static_cast<int>(k),
        file.first_year + static_cast<int>(k) + 1, line.mean[k], line.increment[k]);
  say(text,
      "slope {:.3f} a year (defence less fatigue), nothing grows at {:.1f}, correlation "
      "{:.3f}\n{}\n",
      line.slope, line.rest, line.correlation,
      line.slope > 0 ? "A slope above 0: above that total spending runs away, below it falls"
                     : "A slope below 0: the total returns to that level");
  return text;
}

std::string text_of_system(const RichardsonFile& file) {
  std::string text;
  const RichardsonAnswer answer = solve(file.system);
  say(text, "{}: {}\n", file.name,
      answer.stable ? "stable: spending comes to rest"
                    : "unstable: spending runs away from its point of rest");
  if (file.system.states() == 2)
    say(text,
        "product of defence {:.4g}, product of fatigue {:.4g}: unstable where the first is "
        "the larger\n",
        file.system.defence(0, 1) * file.system.defence(1, 0),
        file.system.fatigue[0] * file.system.fatigue[1]);
  say(text, "eigenvalues (a year):");
  for (const auto& x : answer.eigenvalues) say(text, "  {}", text_of(x));
  say(text, "\n\n{:<14} {:>12} {:>12}", "state", "at rest", "start");
  for (const int year : file.years) say(text, " {:>12}", fmt::format("after {}", year));
  say(text, "\n");
  std::vector<std::vector<double>> later;
  for (const int year : file.years) later.push_back(after(file.system, file.start, year));
  for (int i = 0; i < file.system.states(); ++i) {
    say(text, "{:<14} {:>12} {:>12.5g}", file.states[i],
        answer.equilibrium.empty() ? "none" : fmt::format("{:.5g}", answer.equilibrium[i]),
        file.start[i]);
    for (const auto& x : later) say(text, " {:>12.5g}", x[i]);
    say(text, "\n");
  }
  return text;
}

TidyTable table_of_fit(const RichardsonFile& file) {
  TidyTable table;
  table.integer("first_year");
  table.number("mean");
  table.number("increment");
  for (const char* name : {"slope", "rest", "correlation"}) table.number(name);
  const IncrementLine line = fit_increments(file.totals);
  for (std::size_t k = 0; k < line.mean.size(); ++k)
    table << file.first_year + static_cast<int>(k) << line.mean[k] << line.increment[k]
          << line.slope << line.rest << line.correlation;
  return table;
}

TidyTable table_of_system(const RichardsonFile& file) {
  TidyTable table;
  table.text("state");
  table.text("what");
  table.number("value");
  const RichardsonAnswer answer = solve(file.system);
  for (std::size_t i = 0; i < file.states.size(); ++i) {
    table << file.states[i] << "at rest"
          << (answer.equilibrium.empty() ? missing : answer.equilibrium[i]);
    table << file.states[i] << "start" << file.start[i];
    for (const int year : file.years)
      table << file.states[i] << fmt::format("after {}", year)
            << after(file.system, file.start, year)[i];
    table << file.states[i] << "eigenvalue" << answer.eigenvalues[i].real();
    table << file.states[i] << "eigenvalue, imaginary part" << answer.eigenvalues[i].imag();
  }
  return table;
}

/// Of totals: columns first_year, mean, increment, and the line's slope, rest and correlation. Of a
/// system: columns state, what (at rest, start, after N; the eigenvalues one a row), value.
TidyTable RichardsonQuestion::table() const {
  return file.totals.empty() ? table_of_system(file) : table_of_fit(file);
}

std::string RichardsonQuestion::text() const {
  return file.totals.empty() ? text_of_system(file) : text_of_fit(file);
}

}  // namespace

QuestionEntry richardson_question() { return entry_of<RichardsonQuestion>(); }

}  // namespace tenbin
