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
constexpr int lag = RowPacks::first_covariate;  // column of the rows
}  // namespace economy

struct EconomySums {
  Values log_density{0.0}, momentum{0.0}, trend{0.0}, df{0.0};
};

/// `shift` is taken off the free trends.
TENBIN_CLONES void economy_packs(const HierarchicalDensity::States& states, const double* globals,
                                 double shift, const double* cycle, Values* adjoint,
                                 EconomySums& sums) {
  using economy::P;
  const double shock_df = globals[place(P::df)];
  const Values momentum(globals[place(P::momentum)]);
  for (int p = 0; p < states.size(); ++p) {
    const RowPacks::Pack& pack = states.packs.packs[p];
    Values log_density(0.0);
    const auto m_trend = states.member(block_of(P::trend), p, log_density),
               m_scale = states.member(block_of(P::scale), p, log_density);
    const Values own_trend = m_trend.value - Values(shift);
    StudentShocks shocks(exp(m_scale.value), shock_df);
    Values s_weight(0.0), s_departure(0.0);
    const Values* row = &states.packs.values[pack.begin];
    for (int t = pack.first; t < pack.first + pack.years; ++t, row += states.packs.columns) {
      const Values departure = row[economy::lag] - own_trend;
      const Values mean = own_trend + momentum * departure + Values(cycle[t]);
      const Values w = shocks.add((row[RowPacks::response] - mean) * row[RowPacks::there]);
      adjoint[t] += w;
      s_weight += w;
      s_departure += w * departure;
    }
    const auto slopes = shocks.finish(pack.count, m_scale.value, shock_df, log_density);
    const Values factor(shock_df + 1), d_trend = factor * (Values(1.0) - momentum) * s_weight;
    states.add(block_of(P::trend), p, m_trend, d_trend);
    states.add(block_of(P::scale), p, m_scale, slopes.log_scale);
    sums.log_density += log_density;
    sums.df += slopes.df;
    sums.trend += d_trend;
    sums.momentum += factor * s_departure;
  }
}

}  // namespace

EconomyDensity::EconomyDensity(const RowTable& rows, Priors priors)
    : HierarchicalDensity(Equation::economy, rows,
                          row_packs(rows, &Row::gdp_growth, {&Row::gdp_growth_lag}),
                          std::move(priors)),
      theta_(size_),
      cycle_(rows.years),
      adjoint_(rows.years) {}

namespace {
constexpr double cycle_share =
    1.25;  // what a lasting cycle of 1 adds to growth, 1 / (1 - momentum) for a typical momentum

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
  return cycle_share * global(EconomyParameter::cycle_sd) * mean_of(year_z_);
}

double EconomyDensity::operator()(std::span<const double> free, std::span<double> grad) {
  using P = EconomyParameter;
  std::copy(free.begin(), free.end(), theta_.begin());
  const std::span<double> own(theta_);
  reflect(years(own));
  double log_density = begin(own, grad);
  const double moved = shift();
  // trend_mean itself is the free one less `moved`: its prior is taken there
  const Prior& prior = priors_[place(P::trend_mean)];
  const PriorValue at_free = evaluate(prior, global(P::trend_mean)),
                   at_own = evaluate(prior, global(P::trend_mean) - moved);
  log_density += at_own.log_density - at_free.log_density;
  slope(P::trend_mean) = at_own.slope - at_free.slope;

  std::array<double, economy::globals> globals;
  for (std::size_t k = 0; k < globals.size(); ++k) globals[k] = global(k);
  const double cycle_sd = global(P::cycle_sd), shock_df = global(P::df);
  for (int t = 0; t < years_; ++t) cycle_[t] = cycle_sd * year_z_[t];
  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  EconomySums sums;
  economy_packs(states(own, grad), globals.data(), moved, cycle_.data(), adjoint_.data(), sums);
  const StudentConstant constant = student_constant(shock_df);
  log_density += sum(sums.log_density) + rows_ * constant.value;
  slope(P::df) = sum(sums.df) + rows_ * constant.slope;
  slope(P::momentum) = sum(sums.momentum);

  const double d_shift = -sum(sums.trend) - at_own.slope;
  slope(P::cycle_sd) = d_shift * cycle_share * mean_of(year_z_);
  for (int t = 0; t < years_; ++t) {
    const double d_cycle = (shock_df + 1) * sum(adjoint_[t]);
    year_slope_[t] = cycle_sd * (d_cycle + d_shift * cycle_share / years_);
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
  for (; k < economy::globals; ++k) out[k] = global(k) - (k == place(P::trend_mean) ? moved : 0.0);
  for (int block = 0; block < blocks_; ++block, k += states_)
    for (int s = 0; s < states_; ++s) {
      const double x = state_value(theta_, block, s);
      out[k + packs_.slots[s]] =
          from_free(table_[economy::globals + block], block == block_of(P::trend) ? x - moved : x);
    }
  for (const double z : year_z_) out[k++] = z;
}

}  // namespace tenbin
