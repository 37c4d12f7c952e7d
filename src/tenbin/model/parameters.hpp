// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <concepts>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

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

/// Waves of regions; docs/scoreboard.md compares other values.
inline constexpr double shared_push = 0.5;   // the world's share of the variance of a region's push
inline constexpr int fewest_for_region = 8;  // fitted states

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// The rows of spending_parameters and economy_parameters, in their order. Code addresses a
/// parameter by these names alone.
enum class SpendingParameter : std::size_t {
  target_mean,
  target_sd,
  pull_mean,
  pull_sd,
  persistence_mean,
  persistence_sd,
  income_mean,
  income_sd,
  rival_mean,
  rival_sd,
  scale_mean,
  scale_sd,
  ally_response,
  threat_slope,
  support_slope,
  wave_persistence,
  wave_sd,
  df,
  unrest_slope,
  danger_between,
  danger_within,
  cover_slope,
  presence_response,
  war_response,
  exposure_response,
  target,
  pull,
  persistence,
  income,
  rival_response,
  scale,
  wave,
};
enum class EconomyParameter : std::size_t {
  trend_mean,
  trend_sd,
  momentum,
  scale_mean,
  scale_sd,
  cycle_sd,
  df,
  growth_level,
  own_growth,
  world_growth,
  convergence,
  trend,
  scale,
  cycle,
};
constexpr std::size_t place(SpendingParameter p) { return static_cast<std::size_t>(p); }
constexpr std::size_t place(EconomyParameter p) { return static_cast<std::size_t>(p); }
inline constexpr std::size_t no_parameter = std::numeric_limits<std::size_t>::max();

struct ParameterSpec {
  std::string_view name, symbol, unit, meaning;
  Equation equation = Equation::spending;
  Scope scope = Scope::global;
  Prior wide;  // of globals; states and years are drawn from the globals
  double lower = -unbounded, upper = unbounded;
  std::size_t spread = no_parameter;  // of a mean and of years: place of the parameter that says
                                      // how far states differ from it, or years from 0
  std::size_t mean = no_parameter;    // of a state's value: place of its mean over states
  double centring = 0;  // of a state's value and of years: weight of the centred form, 0-1, chosen
                        // by effective draws a second on the world panel (docs/design.md)
  std::string_view term;            // the term that it belongs to, if that can be switched off
  double least = -100, most = 100;  // beyond these, and its bounds, a number in a file is no draw
};

/// A part of an equation that can be switched off: its parameters are then 0.
struct TermSpec {
  std::string_view name, meaning;
  bool reference = true;  // in the equation as it was first written, to which the reference
                          // posteriors belong
  bool standard = true;   // in the equation of today
  bool always = true;     // whatever the panel tells; else only where it tells of it
  Equation equation = Equation::spending;
};
inline constexpr std::array equation_terms{
    TermSpec{"threat", "the target rises with felt threat", true, false},
    TermSpec{"support", "the target moves with its protectors' stock", true, false},
    TermSpec{"persistence", "last year's change carries on"},
    TermSpec{"income", "milex follows GDP"},
    TermSpec{"rivals", "milex answers the rise of rivals"},
    TermSpec{"allies", "milex moves with the rise of protectors"},
    TermSpec{"wave", "the world rearms and disarms in waves", true, true, false},
    TermSpec{"regions", "a region of at least eight fitted states has its own wave", false, true,
             false},
    TermSpec{"unrest", "large shocks are followed by large ones", false},
    TermSpec{"danger", "the target rises with the danger of a fatal dispute", false, true, false},
    TermSpec{"cover", "the target moves with a treaty of a major power", false, true, false},
    TermSpec{"presence", "milex moves with foreign troops in the country", false, true, false},
    TermSpec{"war", "milex rises when a war of its own begins", false, true, false},
    TermSpec{"exposure", "milex rises near a great power's aggression", false, true, false},
    TermSpec{"trend", "GDP grows at a trend of the state's own", true, false, true,
             Equation::economy},
    TermSpec{"memory", "GDP grows as it did of late, the state's and the world's", false, true,
             true, Equation::economy},
    TermSpec{"convergence", "poor states grow faster", false, true, false, Equation::economy},
};

// clang-format off
inline constexpr std::array spending_parameters{
  ParameterSpec{.name = "target_mean", .symbol = "target", .unit = "log share of GDP", .meaning = "usual share of GDP, mean over countries",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, -4, .5}, .spread = place(SpendingParameter::target_sd), .least = -50, .most = 3},
  ParameterSpec{.name = "target_sd", .symbol = "sd target", .unit = "log share of GDP", .meaning = "how far countries' habits differ",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .5}, .lower = 0},
  ParameterSpec{.name = "pull_mean", .symbol = "logit pull", .unit = "logit of 1/year", .meaning = "how fast the gap to the target closes, mean over countries",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, -2.5, .7}, .spread = place(SpendingParameter::pull_sd)},
  ParameterSpec{.name = "pull_sd", .symbol = "sd logit pull", .unit = "logit of 1/year", .meaning = "how far countries' pulls differ",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .7}, .lower = 0},
  ParameterSpec{.name = "persistence_mean", .symbol = "persistence", .unit = "1", .meaning = "part of last year's change that carries on, mean over countries",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, .2, .2}, .spread = place(SpendingParameter::persistence_sd), .term = "persistence"},
  ParameterSpec{.name = "persistence_sd", .symbol = "sd persistence", .unit = "1", .meaning = "how far countries' persistences differ",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .2}, .lower = 0, .term = "persistence"},
  ParameterSpec{.name = "income_mean", .symbol = "income", .unit = "1", .meaning = "change of spending for a change of GDP, mean over countries",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, .4, .3}, .spread = place(SpendingParameter::income_sd), .term = "income"},
  ParameterSpec{.name = "income_sd", .symbol = "sd income", .unit = "1", .meaning = "how far countries' income responses differ",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .3}, .lower = 0, .term = "income"},
  ParameterSpec{.name = "rival_mean", .symbol = "rival response", .unit = "1", .meaning = "change of spending for the rise of rivals' accumulated spending, mean over countries",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .2}, .spread = place(SpendingParameter::rival_sd), .term = "rivals"},
  ParameterSpec{.name = "rival_sd", .symbol = "sd rival response", .unit = "1", .meaning = "how far countries' rival responses differ",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .2}, .lower = 0, .term = "rivals"},
  ParameterSpec{.name = "scale_mean", .symbol = "log scale", .unit = "log of 1/year", .meaning = "size of a year's shock, mean of its log over countries",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, -2.7, .5}, .spread = place(SpendingParameter::scale_sd)},
  ParameterSpec{.name = "scale_sd", .symbol = "sd log scale", .unit = "log of 1/year", .meaning = "how far countries' shock sizes differ",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .5}, .lower = 0},
  ParameterSpec{.name = "ally_response", .symbol = "ally response", .unit = "1", .meaning = "change of spending for the rise of protectors' accumulated spending",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .2}, .term = "allies"},
  ParameterSpec{.name = "threat_slope", .symbol = "threat slope", .unit = "log share per log", .meaning = "rise of the target with felt threat",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .15}, .term = "threat"},
  ParameterSpec{.name = "support_slope", .symbol = "support slope", .unit = "log share per log", .meaning = "rise of the target with cover",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .15}, .term = "support"},
  ParameterSpec{.name = "wave_persistence", .symbol = "wave persistence", .unit = "1", .meaning = "part of the world's wave that carries into the next year",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, .5, .3}, .lower = -1, .upper = 1, .term = "wave"},
  ParameterSpec{.name = "wave_sd", .symbol = "sd wave", .unit = "1/year", .meaning = "size of a year's push to the world's wave",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .02}, .lower = 0, .term = "wave"},
  ParameterSpec{.name = "df", .symbol = "df", .unit = "1", .meaning = "degrees of freedom of spending shocks; small is heavy-tailed",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::gamma, 2, .5}, .lower = 2, .most = 1e6},
  ParameterSpec{.name = "unrest_slope", .symbol = "unrest slope", .unit = "1", .meaning = "how the size of shocks grows with that of recent ones (a power)",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, .3, .3}, .term = "unrest"},
  ParameterSpec{.name = "danger_between", .symbol = "danger, between", .unit = "log share per point", .meaning = "how far countries' habits differ with their usual danger of a fatal incident (percentage points a year)",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .1}, .term = "danger"},
  ParameterSpec{.name = "danger_within", .symbol = "danger, within", .unit = "log share per point", .meaning = "rise of the target when a country's own danger rises by a percentage point",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .1}, .term = "danger"},
  ParameterSpec{.name = "cover_slope", .symbol = "cover slope", .unit = "log share", .meaning = "rise of the target with a whole treaty of defence by a major power",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .3}, .term = "cover"},
  ParameterSpec{.name = "presence_response", .symbol = "presence response", .unit = "1", .meaning = "change of spending for a five-year change of the log of foreign troops",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .02}, .term = "presence"},
  ParameterSpec{.name = "war_response", .symbol = "war response", .unit = "1/year", .meaning = "change of spending in the year a war of its own begins and the two after",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .1}, .term = "war"},
  ParameterSpec{.name = "exposure_response", .symbol = "exposure response", .unit = "1/year", .meaning = "change of spending for exposure to a great power's aggression: exp(-km / 1500) less what that is at 3,000 km",
    .equation = Equation::spending, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .3}, .term = "exposure"},
  ParameterSpec{.name = "target", .symbol = "target", .unit = "log share of GDP", .meaning = "usual share of GDP of this country",
    .equation = Equation::spending, .scope = Scope::state, .mean = place(SpendingParameter::target_mean), .centring = 0.4, .least = -50, .most = 3},
  ParameterSpec{.name = "pull", .symbol = "pull", .unit = "1/year", .meaning = "share of the gap to the target closed in a year",
    .equation = Equation::spending, .scope = Scope::state, .lower = 0, .upper = 1, .mean = place(SpendingParameter::pull_mean)},
  ParameterSpec{.name = "persistence", .symbol = "persistence", .unit = "1", .meaning = "part of last year's change that carries on",
    .equation = Equation::spending, .scope = Scope::state, .mean = place(SpendingParameter::persistence_mean), .centring = 0.4, .term = "persistence"},
  ParameterSpec{.name = "income", .symbol = "income", .unit = "1", .meaning = "change of spending for a change of GDP",
    .equation = Equation::spending, .scope = Scope::state, .mean = place(SpendingParameter::income_mean), .centring = 0.4, .term = "income"},
  ParameterSpec{.name = "rival_response", .symbol = "rival response", .unit = "1", .meaning = "change of spending for the rise of rivals' accumulated spending",
    .equation = Equation::spending, .scope = Scope::state, .mean = place(SpendingParameter::rival_mean), .term = "rivals"},
  ParameterSpec{.name = "scale", .symbol = "scale", .unit = "1/year", .meaning = "size of a year's shock",
    .equation = Equation::spending, .scope = Scope::state, .lower = 0, .mean = place(SpendingParameter::scale_mean), .centring = 1},
  ParameterSpec{.name = "wave", .symbol = "wave", .unit = "1/year", .meaning = "the world's common rearming or disarming in a year",
    .equation = Equation::spending, .scope = Scope::year, .spread = place(SpendingParameter::wave_sd), .term = "wave"},
};

inline constexpr std::array economy_parameters{
  ParameterSpec{.name = "trend_mean", .symbol = "trend", .unit = "1/year", .meaning = "yearly growth of GDP, mean over countries",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, .03, .02}, .spread = place(EconomyParameter::trend_sd), .term = "trend"},
  ParameterSpec{.name = "trend_sd", .symbol = "sd trend", .unit = "1/year", .meaning = "how far countries' trends differ",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .02}, .lower = 0, .term = "trend"},
  ParameterSpec{.name = "momentum", .symbol = "momentum", .unit = "1", .meaning = "part of last year's departure from the expected growth that carries on",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, .2, .3}, .lower = -1, .upper = 1},
  ParameterSpec{.name = "scale_mean", .symbol = "log scale", .unit = "log of 1/year", .meaning = "size of a year's growth shock, mean of its log over countries",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, -3.5, .7}, .spread = place(EconomyParameter::scale_sd)},
  ParameterSpec{.name = "scale_sd", .symbol = "sd log scale", .unit = "log of 1/year", .meaning = "how far countries' growth shocks differ in size",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .5}, .lower = 0},
  ParameterSpec{.name = "cycle_sd", .symbol = "sd cycle", .unit = "1/year", .meaning = "size of the world's business cycle",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .03}, .lower = 0},
  ParameterSpec{.name = "df", .symbol = "df", .unit = "1", .meaning = "degrees of freedom of growth shocks; small is heavy-tailed",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::gamma, 2, .5}, .lower = 2, .most = 1e6},
  ParameterSpec{.name = "growth_level", .symbol = "growth level", .unit = "1/year", .meaning = "part of the expected growth that the past does not move",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, .02, .02}, .term = "memory"},
  ParameterSpec{.name = "own_growth", .symbol = "own growth", .unit = "1", .meaning = "part of a country's lasting growth above the world's that is expected to go on",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, .3, .3}, .term = "memory"},
  ParameterSpec{.name = "world_growth", .symbol = "world growth", .unit = "1", .meaning = "part of the world's lasting growth that is expected to go on",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, .4, .3}, .term = "memory"},
  ParameterSpec{.name = "convergence", .symbol = "convergence", .unit = "1/year", .meaning = "fall of the expected growth for GDP a head larger by one in logs",
    .equation = Equation::economy, .scope = Scope::global, .wide = {Prior::Kind::normal, 0, .01}, .term = "convergence"},
  ParameterSpec{.name = "trend", .symbol = "trend", .unit = "1/year", .meaning = "yearly growth of this country's GDP",
    .equation = Equation::economy, .scope = Scope::state, .mean = place(EconomyParameter::trend_mean), .centring = 0.7, .term = "trend"},
  ParameterSpec{.name = "scale", .symbol = "scale", .unit = "1/year", .meaning = "size of a year's growth shock",
    .equation = Equation::economy, .scope = Scope::state, .lower = 0, .mean = place(EconomyParameter::scale_mean), .centring = 1},
  ParameterSpec{.name = "cycle", .symbol = "cycle", .unit = "1", .meaning = "the world's business cycle in a year, in units of its sd",
    .equation = Equation::economy, .scope = Scope::year, .spread = place(EconomyParameter::cycle_sd), .centring = 1},
};
// clang-format on

constexpr std::span<const ParameterSpec> parameters(Equation equation) {
  if (equation == Equation::spending) return spending_parameters;
  return economy_parameters;
}

inline constexpr std::string_view equation_name(Equation equation) {
  return equation == Equation::spending ? "spending" : "economy";
}

/// Number of global parameters of an equation: they come first in its table.
constexpr std::size_t global_count(Equation equation) {
  std::size_t n = 0;
  for (const ParameterSpec& p : parameters(equation)) n += p.scope == Scope::global;
  return n;
}

constexpr const ParameterSpec& spec(SpendingParameter p) { return spending_parameters[place(p)]; }
constexpr const ParameterSpec& spec(EconomyParameter p) { return economy_parameters[place(p)]; }
template <class P>
concept ParameterName = std::same_as<P, SpendingParameter> || std::same_as<P, EconomyParameter>;
template <ParameterName P>
inline constexpr Equation equation_of = spec(P{}).equation;

/// Of a state's value: its mean over states; of a mean or of years: how far they differ.
template <ParameterName P>
constexpr P mean_parameter(P p) {
  return static_cast<P>(spec(p).mean);
}
template <ParameterName P>
constexpr P spread_parameter(P p) {
  return static_cast<P>(spec(p).spread);
}

/// Number of a state-scope parameter among those of its equation.
template <ParameterName P>
constexpr int block_of(P p) {
  return static_cast<int>(place(p) - global_count(equation_of<P>));
}

/// "target_mean" of SpendingParameter::target_mean, as the compiler writes it.
template <auto enumerator>
constexpr std::string_view enumerator_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(text.find("enumerator = "));
  text = text.substr(0, text.find_first_of(";]"));
  return text.substr(text.rfind(':') + 1);
}

/// Whether a table's rows are named as its enumerators, globals first, then states', then years'.
template <class P, std::size_t... place>
constexpr bool rows_named(std::index_sequence<place...>) {
  const std::span<const ParameterSpec> table = parameters(equation_of<P>);
  for (std::size_t k = 1; k < table.size(); ++k)
    if (table[k].scope < table[k - 1].scope) return false;
  return table.size() == sizeof...(place) &&
         ((enumerator_name<static_cast<P>(place)>() == table[place].name) && ...);
}
static_assert(
    rows_named<SpendingParameter>(std::make_index_sequence<std::size(spending_parameters)>()));
static_assert(
    rows_named<EconomyParameter>(std::make_index_sequence<std::size(economy_parameters)>()));

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
