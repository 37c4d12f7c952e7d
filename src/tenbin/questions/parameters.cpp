// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tenbin/fit/reading.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// The table of parameters with their wide priors.
struct ParametersQuestion {
  static constexpr QuestionSpec spec{.name = "parameters",
                                     .summary = "the table of parameters with their wide priors"};

  explicit ParametersQuestion(const Inputs&) {}
  TidyTable table() const;
  std::string text() const;
};

const char* scope_name(Scope scope) {
  return scope == Scope::global ? "global" : scope == Scope::state ? "state" : "year";
}

std::string prior_text(const ParameterSpec& p) {
  if (p.scope != Scope::global) return p.scope == Scope::state ? "one a state" : "one a year";
  std::string prior = fmt::format("{}({}, {})", p.wide.kind == Prior::Kind::normal ? "N" : "Gamma",
                                  p.wide.a, p.wide.b);
  if (p.lower != -unbounded)
    prior += p.upper == unbounded ? fmt::format(" above {}", p.lower)
                                  : fmt::format(" in ({}, {})", p.lower, p.upper);
  return prior;
}

/// Columns equation, parameter, scope (global, state, year), unit, meaning, prior, lower, upper
/// (none: unbounded).
TidyTable ParametersQuestion::table() const {
  TidyTable table;
  for (const char* name : {"equation", "parameter", "scope", "unit", "meaning", "prior"})
    table.text(name);
  table.number("lower");
  table.number("upper");
  const auto bound = [](double x) { return std::abs(x) == unbounded ? missing : x; };
  for (const Equation equation : {Equation::spending, Equation::economy})
    for (const ParameterSpec& p : parameters(equation))
      table << equation_name(equation) << p.name << scope_name(p.scope) << p.unit << p.meaning
            << prior_text(p) << bound(p.lower) << bound(p.upper);
  return table;
}

std::string ParametersQuestion::text() const {
  std::string text;
  for (const Equation equation : {Equation::spending, Equation::economy}) {
    say(text, "{}{} equation\n", text.empty() ? "" : "\n", equation_name(equation));
    for (const ParameterSpec& p : parameters(equation))
      say(text, "  {:<18} {:<22} {:<18} {}\n", p.name, prior_text(p), p.unit, p.meaning);
  }
  return text;
}

}  // namespace

std::string summary_text(const Posterior& p) {
  std::string text = fmt::format("\n{:<28} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7}\n", "parameter",
                                 "mean", "sd", "5 %", "95 %", "R-hat", "ESS");
  for (const GlobalSummary& line : global_summaries(p)) {
    const Summary& s = *line.summary;
    say(text, "{:<28} {:>9.4f} {:>9.4f} {:>9.4f} {:>9.4f} {:>7.4f} {:>7.0f}{}\n", line.name, s.mean,
        s.sd, s.q05, s.q95, s.rhat, s.ess_bulk, line.prior_driven ? "  prior-driven" : "");
  }
  return text;
}

namespace {

/// Summaries of a posterior's parameters.
struct SummaryQuestion {
  static constexpr QuestionSpec spec{.name = "summary",
                                     .about = About::panel,
                                     .posterior = true,
                                     .summary = "summaries of every parameter of a posterior"};

  explicit SummaryQuestion(const Inputs& inputs) : inputs(inputs) {}
  TidyTable table() const;
  std::string text() const { return summary_text(inputs.fitted()); }

  const Inputs inputs;
};

/// Columns equation, parameter, element (a state or a year, empty for one of all), mean, sd, q05,
/// median, q95, rhat, ess_bulk, ess_tail, mcse_mean and prior_driven (1 where the prior speaks
/// rather than the data; of globals).
TidyTable SummaryQuestion::table() const {
  const Posterior& posterior = inputs.fitted();
  TidyTable table;
  for (const char* name : {"equation", "parameter", "element"}) table.text(name);
  for (const char* name :
       {"mean", "sd", "q05", "median", "q95", "rhat", "ess_bulk", "ess_tail", "mcse_mean"})
    table.number(name, "{:.8g}");
  table.integer("prior_driven");
  for (const Equation equation : {Equation::spending, Equation::economy}) {
    const Draws& draws = equation == Equation::spending ? posterior.spending : posterior.economy;
    const auto& summaries =
        equation == Equation::spending ? posterior.spending_summary : posterior.economy_summary;
    const auto specs = parameters(equation);
    for (const Column& c : draws.columns)
      for (std::size_t k = 0; k < c.size(); ++k) {
        const Summary& s = summaries[c.offset + k];
        const ParameterSpec& spec = specs[parameter_index(specs, c.name)];
        if (s.fixed) continue;
        table << equation_name(equation) << c.name
              << (c.elements.empty() ? std::string() : c.elements[k]) << s.mean << s.sd << s.q05
              << s.median << s.q95 << s.rhat << s.ess_bulk << s.ess_tail << s.mcse_mean
              << (spec.scope == Scope::global && prior_driven(spec, s.sd) ? 1 : 0);
      }
  }
  return table;
}

}  // namespace

QuestionEntry parameters_question() { return entry_of<ParametersQuestion>(); }
QuestionEntry summary_question() { return entry_of<SummaryQuestion>(); }

}  // namespace tenbin
