// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "tenbin/model/hierarchy.hpp"
#include "tenbin/model/parameter_layout.hpp"

namespace tenbin {
namespace {

namespace economy {
using P = EconomyParameter;
constexpr std::size_t globals = global_count(Equation::economy);
enum Column { lag = RowPacks::first_covariate, own, world, income };  // of the rows
}  // namespace economy

struct EconomySums {
  Values log_density{0.0}, momentum{0.0}, expected{0.0}, df{0.0}, own{0.0}, world{0.0}, income{0.0};
};

/// `shift` is taken off the free level of growth: the trends, or what stands in their place.
TENBIN_CLONES void economy_packs(const HierarchicalDensity::States& states, const double* globals,
                                 bool trends, double shift, const double* cycle, Values* adjoint,
                                 EconomySums& sums) {
  using economy::P;
  const double shock_df = globals[place(P::df)];
  const Values momentum(globals[place(P::momentum)]), own(globals[place(P::own_growth)]),
      world(globals[place(P::world_growth)]), convergence(globals[place(P::convergence)]),
      level(globals[place(P::growth_level)] - shift);
  for (int p = 0; p < states.size(); ++p) {
    const RowPacks::Pack& pack = states.packs.packs[p];
    Values log_density(0.0);
    const auto m_trend = states.member(block_of(P::trend), p, log_density),
               m_scale = states.member(block_of(P::scale), p, log_density);
    const Values base = level + (trends ? m_trend.value : Values(0.0));
    StudentShocks shocks(exp(m_scale.value), shock_df);
    Values s_weight(0.0), s_departure(0.0), s_own(0.0), s_world(0.0), s_income(0.0);
    const Values* row = &states.packs.values[pack.begin];
    for (int t = pack.first; t < pack.first + pack.years; ++t, row += states.packs.columns) {
      const Values expected = base + own * row[economy::own] + world * row[economy::world] -
                              convergence * row[economy::income];
      const Values departure = row[economy::lag] - expected;
      const Values mean = expected + momentum * departure + Values(cycle[t]);
      const Values w = shocks.add((row[RowPacks::response] - mean) * row[RowPacks::there]);
      adjoint[t] += w;
      s_weight += w;
      s_departure += w * departure;
      s_own += w * row[economy::own];
      s_world += w * row[economy::world];
      s_income += w * row[economy::income];
    }
    const auto slopes = shocks.finish(pack.count, m_scale.value, shock_df, log_density);
    const Values factor(shock_df + 1), through = factor * (Values(1.0) - momentum),
                                       d_expected = through * s_weight;
    states.add(block_of(P::trend), p, m_trend, trends ? d_expected : Values(0.0));
    states.add(block_of(P::scale), p, m_scale, slopes.log_scale);
    sums.log_density += log_density;
    sums.df += slopes.df;
    sums.expected += d_expected;
    sums.own += through * s_own;
    sums.world += through * s_world;
    sums.income += through * s_income;
    sums.momentum += factor * s_departure;
  }
}

}  // namespace

namespace {

constexpr double cycle_share =
    1.25;  // what a lasting cycle of 1 adds to growth, 1 / (1 - momentum) for a typical momentum

RowPacks economy_columns(const RowTable& rows, std::span<const std::string> without) {
  const bool memory = !holds(without, "memory");
  return row_packs(rows, &Row::gdp_growth,
                   {&Row::gdp_growth_lag, memory ? &Row::own_growth_lag : nullptr,
                    memory ? &Row::world_growth_lag : nullptr,
                    holds(without, "convergence") ? nullptr : &Row::income_lag});
}

}  // namespace

EconomyDensity::EconomyDensity(const RowTable& rows, Priors priors,
                               std::span<const std::string> without)
    : HierarchicalDensity(Equation::economy, rows, economy_columns(rows, without),
                          std::move(priors)),
      theta_(size_),
      cycle_(rows.years),
      adjoint_(rows.years) {
  without_.assign(without.begin(), without.end());
  trends_ = !holds(without_, "trend");
  memory_ = !holds(without_, "memory");
  cycle_in_level_ = trends_ || memory_ ? cycle_share : 0;
  level_ = trends_ ? EconomyParameter::trend_mean : EconomyParameter::growth_level;
  if (!trends_) {  // what follows its prior alone is not centred
    std::array<double, 2> weights{};
    weights[block_of(EconomyParameter::scale)] = spec(EconomyParameter::scale).centring;
    set_centring(weights, spec(EconomyParameter::cycle).centring);
  }
}

namespace {
double mean_of(std::span<const double> x) {
  double total = 0;
  for (const double v : x) total += v;
  return total / static_cast<double>(x.size());
}

/// Householder reflection that swaps the first axis with the direction of equal values. Its own
/// inverse and transpose.
void reflect(std::span<double> x) {
  const double n = static_cast<double>(x.size());
  if (n < 2) return;
  const double part = 1 / square_root(n);  // v = e1 - (part, part, ...), v.v = 2 - 2 part
  double product = x[0];
  for (const double xk : x) product -= part * xk;
  const double factor = product / (1 - part);
  for (double& xk : x) xk += factor * part;
  x[0] -= factor;
}
}  // namespace

double EconomyDensity::shift() const {
  return cycle_in_level_ * global(EconomyParameter::cycle_sd) * mean_of(year_z_);
}

double EconomyDensity::operator()(std::span<const double> free, std::span<double> grad) {
  using P = EconomyParameter;
  std::copy(free.begin(), free.end(), theta_.begin());
  const std::span<double> own(theta_);
  reflect(years(own));
  double log_density = begin(own, grad);
  const double moved = shift();
  // the level itself is the free one less `moved`: its prior is taken there
  const Prior& prior = priors_[place(level_)];
  const PriorValue at_free = evaluate(prior, global(level_)),
                   at_own = evaluate(prior, global(level_) - moved);
  log_density += at_own.log_density - at_free.log_density;
  slope(level_) = at_own.slope - at_free.slope;

  std::array<double, economy::globals> globals;
  for (std::size_t k = 0; k < globals.size(); ++k) globals[k] = global(k);
  const double cycle_sd = global(P::cycle_sd), shock_df = global(P::df);
  for (int t = 0; t < years_; ++t) cycle_[t] = cycle_sd * year_z_[t];
  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  EconomySums sums;
  if (!memory_)
    for (const P p : {P::growth_level, P::own_growth, P::world_growth}) globals[place(p)] = 0;
  economy_packs(states(own, grad), globals.data(), trends_, moved, cycle_.data(), adjoint_.data(),
                sums);
  const StudentConstant constant = student_constant(shock_df);
  log_density += sum(sums.log_density) + rows_ * constant.value;
  slope(P::df) = sum(sums.df) + rows_ * constant.slope;
  slope(P::momentum) = sum(sums.momentum);
  if (memory_) {
    slope(P::growth_level) += sum(sums.expected);
    slope(P::own_growth) = sum(sums.own);
    slope(P::world_growth) = sum(sums.world);
  }
  slope(P::convergence) = -sum(sums.income);

  const double d_shift = -sum(sums.expected) - at_own.slope;
  slope(P::cycle_sd) = d_shift * cycle_in_level_ * mean_of(year_z_);
  for (int t = 0; t < years_; ++t) {
    const double d_cycle = (shock_df + 1) * sum(adjoint_[t]);
    year_slope_[t] = cycle_sd * (d_cycle + d_shift * cycle_in_level_ / years_);
    slope(P::cycle_sd) += d_cycle * year_z_[t];
  }
  finish(grad);
  reflect(years(grad));
  return std::isfinite(log_density) ? log_density : -unbounded;
}

void EconomyDensity::constrain(std::span<const double> free, std::span<double> out) {
  using P = EconomyParameter;
  std::copy(free.begin(), free.end(), theta_.begin());
  reflect(years(std::span<double>(theta_)));
  constrain_globals(theta_);
  const double moved = shift();
  std::size_t k = 0;
  for (; k < economy::globals; ++k) out[k] = global(k) - (k == place(level_) ? moved : 0.0);
  for (int block = 0; block < blocks_; ++block, k += states_)
    for (int s = 0; s < states_; ++s) {
      const double x = state_value(theta_, block, s);
      out[k + packs_.slots[s]] =
          from_free(table_[economy::globals + block], block == block_of(P::trend) ? x - moved : x);
    }
  for (const double z : year_z_) out[k++] = z;
  for (const Column& c : columns())
    if (c.fixed) std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(c.offset), c.size(), 0.0);
}

}  // namespace tenbin
