// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>
#include <span>
#include <string_view>

/// The one table of parameters: priors, names of draws, `tenbin parameters`, badges and labels
/// derive from it. Equations: docs/model.md section 2 (Spending), docs/model.md section 3
/// (Economy).

namespace tenbin {

enum class Equation { spending, economy };
enum class Scope { global, state, year };

/// A prior density, up to a constant, cut to (lower, upper) of its parameter.
struct Prior {
  enum class Kind { normal, gamma };
  Kind kind = Kind::normal;
  double a = 0;  // normal: mean; gamma: shape
  double b = 1;  // normal: sd; gamma: rate

  bool operator==(const Prior&) const = default;
};

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

struct ParameterSpec {
  std::string_view name, symbol, unit, meaning;
  Equation equation = Equation::spending;
  Scope scope = Scope::global;
  Prior wide;  // of globals; states and years are drawn from the globals
  double lower = -unbounded, upper = unbounded;
  std::string_view spread;  // of a mean: the parameter that says how far states differ from it
  std::string_view term;    // the term that it belongs to, if that can be switched off
};

/// A part of the spending equation that can be switched off: its parameters are then 0.
struct TermSpec {
  std::string_view name, meaning;
  bool reference = true;  // in the equation as it was first written, to which the reference
                          // posteriors belong
};
inline constexpr std::array spending_terms{
    TermSpec{"threat", "the target rises with felt threat"},
    TermSpec{"support", "the target moves with cover"},
    TermSpec{"persistence", "last year's change carries on"},
    TermSpec{"income", "milex follows GDP"},
    TermSpec{"rivals", "milex answers the rise of rivals"},
    TermSpec{"allies", "milex moves with the rise of protectors"},
    TermSpec{"wave", "the world rearms and disarms in waves"},
    TermSpec{"unrest", "large shocks are followed by large ones", false},
};

// clang-format off
inline constexpr std::array spending_parameters{
  ParameterSpec{"target_mean", "target", "log share of GDP", "burden that habit implies, mean over states", Equation::spending, Scope::global, {Prior::Kind::normal, -4, .5}, -unbounded, unbounded, "target_sd"},
  ParameterSpec{"target_sd", "sd target", "log share of GDP", "how far states' habits differ", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .5}, 0, unbounded, ""},
  ParameterSpec{"pull_mean", "logit pull", "logit of 1/year", "how fast the gap to the target closes, mean over states", Equation::spending, Scope::global, {Prior::Kind::normal, -2.5, .7}, -unbounded, unbounded, "pull_sd"},
  ParameterSpec{"pull_sd", "sd logit pull", "logit of 1/year", "how far states' pulls differ", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .7}, 0, unbounded, ""},
  ParameterSpec{"persistence_mean", "persistence", "1", "part of last year's change that carries on, mean over states", Equation::spending, Scope::global, {Prior::Kind::normal, .2, .2}, -unbounded, unbounded, "persistence_sd", "persistence"},
  ParameterSpec{"persistence_sd", "sd persistence", "1", "how far states' persistences differ", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .2}, 0, unbounded, "", "persistence"},
  ParameterSpec{"income_mean", "income", "1", "change of milex for a change of GDP, mean over states", Equation::spending, Scope::global, {Prior::Kind::normal, .4, .3}, -unbounded, unbounded, "income_sd", "income"},
  ParameterSpec{"income_sd", "sd income", "1", "how far states' income responses differ", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .3}, 0, unbounded, "", "income"},
  ParameterSpec{"rival_mean", "rival response", "1", "change of milex for the rise of rivals' stock, mean over states", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .2}, -unbounded, unbounded, "rival_sd", "rivals"},
  ParameterSpec{"rival_sd", "sd rival response", "1", "how far states' rival responses differ", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .2}, 0, unbounded, "", "rivals"},
  ParameterSpec{"scale_mean", "log scale", "log of 1/year", "size of a year's shock, mean of its log over states", Equation::spending, Scope::global, {Prior::Kind::normal, -2.7, .5}, -unbounded, unbounded, "scale_sd"},
  ParameterSpec{"scale_sd", "sd log scale", "log of 1/year", "how far states' shock sizes differ", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .5}, 0, unbounded, ""},
  ParameterSpec{"ally_response", "ally response", "1", "change of milex for the rise of protectors' stock", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .2}, -unbounded, unbounded, "", "allies"},
  ParameterSpec{"threat_slope", "threat slope", "log share per log", "rise of the target with felt threat", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .15}, -unbounded, unbounded, "", "threat"},
  ParameterSpec{"support_slope", "support slope", "log share per log", "rise of the target with cover", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .15}, -unbounded, unbounded, "", "support"},
  ParameterSpec{"wave_persistence", "wave persistence", "1", "part of the world's wave that carries into the next year", Equation::spending, Scope::global, {Prior::Kind::normal, .5, .3}, -1, 1, "", "wave"},
  ParameterSpec{"wave_sd", "sd wave", "1/year", "size of a year's push to the world's wave", Equation::spending, Scope::global, {Prior::Kind::normal, 0, .02}, 0, unbounded, "", "wave"},
  ParameterSpec{"df", "df", "1", "degrees of freedom of spending shocks; small is heavy-tailed", Equation::spending, Scope::global, {Prior::Kind::gamma, 2, .5}, 2, unbounded, ""},
  ParameterSpec{"unrest_slope", "unrest slope", "1", "how the size of shocks grows with that of recent ones (a power)", Equation::spending, Scope::global, {Prior::Kind::normal, .3, .3}, -unbounded, unbounded, "", "unrest"},
  ParameterSpec{"target", "target", "log share of GDP", "burden that this state's habit implies", Equation::spending, Scope::state, {}, -unbounded, unbounded, ""},
  ParameterSpec{"pull", "pull", "1/year", "share of the gap to the target closed in a year", Equation::spending, Scope::state, {}, 0, 1, ""},
  ParameterSpec{"persistence", "persistence", "1", "part of last year's change that carries on", Equation::spending, Scope::state, {}, -unbounded, unbounded, "", "persistence"},
  ParameterSpec{"income", "income", "1", "change of milex for a change of GDP", Equation::spending, Scope::state, {}, -unbounded, unbounded, "", "income"},
  ParameterSpec{"rival_response", "rival response", "1", "change of milex for the rise of rivals' stock", Equation::spending, Scope::state, {}, -unbounded, unbounded, "", "rivals"},
  ParameterSpec{"scale", "scale", "1/year", "size of a year's shock", Equation::spending, Scope::state, {}, 0, unbounded, ""},
  ParameterSpec{"wave", "wave", "1/year", "the world's common rearming or disarming in a year", Equation::spending, Scope::year, {}, -unbounded, unbounded, "", "wave"},
};

inline constexpr std::array economy_parameters{
  ParameterSpec{"trend_mean", "trend", "1/year", "yearly growth of GDP, mean over states", Equation::economy, Scope::global, {Prior::Kind::normal, .03, .02}, -unbounded, unbounded, "trend_sd"},
  ParameterSpec{"trend_sd", "sd trend", "1/year", "how far states' trends differ", Equation::economy, Scope::global, {Prior::Kind::normal, 0, .02}, 0, unbounded, ""},
  ParameterSpec{"momentum", "momentum", "1", "part of last year's departure from trend that carries on", Equation::economy, Scope::global, {Prior::Kind::normal, .2, .3}, -1, 1, ""},
  ParameterSpec{"scale_mean", "log scale", "log of 1/year", "size of a year's growth shock, mean of its log over states", Equation::economy, Scope::global, {Prior::Kind::normal, -3.5, .7}, -unbounded, unbounded, "scale_sd"},
  ParameterSpec{"scale_sd", "sd log scale", "log of 1/year", "how far states' growth shocks differ in size", Equation::economy, Scope::global, {Prior::Kind::normal, 0, .5}, 0, unbounded, ""},
  ParameterSpec{"cycle_sd", "sd cycle", "1/year", "size of the world's business cycle", Equation::economy, Scope::global, {Prior::Kind::normal, 0, .03}, 0, unbounded, ""},
  ParameterSpec{"df", "df", "1", "degrees of freedom of growth shocks; small is heavy-tailed", Equation::economy, Scope::global, {Prior::Kind::gamma, 2, .5}, 2, unbounded, ""},
  ParameterSpec{"trend", "trend", "1/year", "yearly growth of this state's GDP", Equation::economy, Scope::state, {}, -unbounded, unbounded, ""},
  ParameterSpec{"scale", "scale", "1/year", "size of a year's growth shock", Equation::economy, Scope::state, {}, 0, unbounded, ""},
  ParameterSpec{"cycle", "cycle", "1", "the world's business cycle in a year, in units of its sd", Equation::economy, Scope::year, {}, -unbounded, unbounded, ""},
};
// clang-format on

inline std::span<const ParameterSpec> parameters(Equation equation) {
  if (equation == Equation::spending) return spending_parameters;
  return economy_parameters;
}

inline constexpr std::string_view equation_name(Equation equation) {
  return equation == Equation::spending ? "spending" : "economy";
}

/// Number of global parameters of an equation: they come first in its table.
inline std::size_t global_count(Equation equation) {
  std::size_t n = 0;
  for (const ParameterSpec& p : parameters(equation)) n += p.scope == Scope::global;
  return n;
}

/// Place of a name in an equation's table; the name must exist.
constexpr std::size_t parameter_index(std::span<const ParameterSpec> table, std::string_view name) {
  std::size_t k = 0;
  while (table[k].name != name) ++k;
  return k;
}

/// Standard deviation of a prior after its cut to the bounds; the yardstick of the prior-driven
/// badge.
double prior_sd(const Prior& prior, double lower, double upper);

/// Value below which part u in (0, 1) of a prior lies, after its cut to the bounds.
double prior_quantile(const Prior& prior, double lower, double upper, double u);

/// log density of a prior at x and its derivative, up to a constant.
struct PriorValue {
  double log_density, slope;
};
PriorValue evaluate(const Prior& prior, double x);

/// A bounded parameter as a function of the real line: log(x - lower), or the scaled logit between
/// two bounds.
struct Constrained {
  double value;           // within the bounds
  double derivative;      // d value / d free
  double log_jacobian;    // log of the derivative
  double jacobian_slope;  // d log_jacobian / d free
};
Constrained constrain(double free, double lower, double upper);
/// Inverse of constrain.
double unconstrain(double value, double lower, double upper);

}  // namespace tenbin
