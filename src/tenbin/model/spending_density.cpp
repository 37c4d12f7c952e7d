// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "tenbin/model/hierarchy.hpp"
#include "tenbin/model/parameter_layout.hpp"

namespace tenbin {
namespace {

namespace spending {
using P = SpendingParameter;
constexpr std::size_t globals = global_count(Equation::spending);
/// Columns of the rows.
enum : int {
  burden = RowPacks::first_covariate,
  threat,
  support,
  lag,
  gdp,
  rivals,
  allies,
  unrest
};
}  // namespace spending

struct SpendingSums {
  Values log_density{0.0}, ally{0.0}, threat{0.0}, support{0.0}, df{0.0}, unrest{0.0};
};

/// Sums over a pack's rows of d log p / d mean, over (df + 1), times what it is multiplied with.
struct RowSums {
  Values weight{0.0}, gap{0.0}, lag{0.0}, gdp{0.0}, rivals{0.0}, allies{0.0}, threat{0.0},
      support{0.0}, unrest{0.0}, all_unrest{0.0};

  TENBIN_INLINE void add(Values w, Values row_gap, const Values* row) {
    weight += w;
    gap += w * row_gap;
    lag += w * row[spending::lag];
    gdp += w * row[spending::gdp];
    rivals += w * row[spending::rivals];
    allies += w * row[spending::allies];
    threat += w * row[spending::threat];
    support += w * row[spending::support];
  }
  /// Adds a shock to `shocks`: it is of the usual scale once it is divided by what unrest makes of
  /// it. Returns what StudentShocks::add() does.
  TENBIN_INLINE Values add_shock(StudentShocks& shocks, Values residual, Values slope,
                                 Values row_unrest) {
    const Values narrower = exp(-slope * row_unrest), shock = residual * narrower,
                 shock_weight = shocks.add(shock);
    unrest += row_unrest * shock * shock_weight;
    all_unrest += row_unrest;
    return shock_weight * narrower;
  }
};

/// `means`: each pack's means of threat and support, which the columns have lost. `steady`: the
/// size of shocks does not change in time.
TENBIN_CLONES void spending_packs(const HierarchicalDensity::States& states, const double* globals,
                                  const Values* means, const double* wave, bool steady,
                                  Values* adjoint, SpendingSums& sums) {
  using namespace spending;
  const double shock_df = globals[place(P::df)];
  const Values ally_response(globals[place(P::ally_response)]),
      threat_slope(globals[place(P::threat_slope)]),
      support_slope(globals[place(P::support_slope)]),
      unrest_slope(globals[place(P::unrest_slope)]);
  for (int p = 0; p < states.size(); ++p) {
    const RowPacks::Pack& pack = states.packs.packs[p];
    Values log_density(0.0);
    const Values mean_threat = means[2 * p], mean_support = means[2 * p + 1];
    const Values shift = threat_slope * mean_threat + support_slope * mean_support;
    const auto m_target = states.member(block_of(P::target), p, log_density, shift),
               m_pull = states.member(block_of(P::pull), p, log_density),
               m_persistence = states.member(block_of(P::persistence), p, log_density),
               m_income = states.member(block_of(P::income), p, log_density),
               m_rival = states.member(block_of(P::rival_response), p, log_density),
               m_scale = states.member(block_of(P::scale), p, log_density);
    const Values own_pull = inverse_logit(m_pull.value);
    StudentShocks shocks(exp(m_scale.value), shock_df);
    RowSums s;
    const Values* row = &states.packs.values[pack.begin];
    for (int t = pack.first; t < pack.first + pack.years; ++t, row += states.packs.columns) {
      const Values gap =
          m_target.value + threat_slope * row[threat] + support_slope * row[support] - row[burden];
      const Values mean = own_pull * gap + m_persistence.value * row[lag] +
                          m_income.value * row[gdp] + m_rival.value * row[rivals] +
                          ally_response * row[allies] + Values(wave[t]);
      const Values residual = (row[RowPacks::response] - mean) * row[RowPacks::there];
      const Values w =
          steady ? shocks.add(residual) : s.add_shock(shocks, residual, unrest_slope, row[unrest]);
      adjoint[t] += w;
      s.add(w, gap, row);
    }
    const auto slopes = shocks.finish(pack.count, m_scale.value, shock_df, log_density);
    const Values factor(shock_df + 1), target_slope = factor * own_pull * s.weight;
    const Values through_mean = states.add(block_of(P::target), p, m_target, target_slope);
    states.add(block_of(P::pull), p, m_pull, factor * own_pull * (Values(1.0) - own_pull) * s.gap);
    states.add(block_of(P::persistence), p, m_persistence, factor * s.lag);
    states.add(block_of(P::income), p, m_income, factor * s.gdp);
    states.add(block_of(P::rival_response), p, m_rival, factor * s.rivals);
    states.add(block_of(P::scale), p, m_scale, slopes.log_scale);
    log_density -= unrest_slope * s.all_unrest;
    sums.unrest += factor * s.unrest - s.all_unrest;
    sums.log_density += log_density;
    sums.df += slopes.df;
    sums.ally += factor * s.allies;
    sums.threat += factor * own_pull * s.threat + mean_threat * through_mean;
    sums.support += factor * own_pull * s.support + mean_support * through_mean;
  }
}

}  // namespace

/// The rows with each state's own means of threat and support taken off.
struct SpendingDensity::Centred {
  RowTable table;
  std::vector<double> threat, support;  // the means, by fitted state

  explicit Centred(const RowTable& rows)
      : table(rows), threat(rows.ids.size()), support(rows.ids.size()) {
    std::vector<double> count(rows.ids.size());
    for (const auto& [state, row] : rows.rows) {
      ++count[state];
      threat[state] += row.threat_lag;
      support[state] += row.support_lag;
    }
    for (std::size_t i = 0; i < count.size(); ++i) threat[i] /= count[i], support[i] /= count[i];
    for (auto& [state, row] : table.rows)
      row.threat_lag -= threat[state], row.support_lag -= support[state];
  }
  RowPacks packs(std::span<const std::string> without) const {
    const auto column = [&](std::string_view term, double Row::*covariate) {
      return holds(without, term) ? nullptr : covariate;
    };
    return row_packs(
        table, &Row::milex_growth,
        {&Row::log_burden_lag, column("threat", &Row::threat_lag),
         column("support", &Row::support_lag), column("persistence", &Row::milex_growth_lag),
         column("income", &Row::gdp_growth), column("rivals", &Row::rival_growth_lag),
         column("allies", &Row::ally_growth_lag), column("unrest", &Row::unrest_lag)});
  }
};

SpendingDensity::SpendingDensity(const RowTable& rows, Priors priors,
                                 std::span<const std::string> without)
    : SpendingDensity(rows, std::move(priors), without, Centred(rows)) {}

SpendingDensity::SpendingDensity(const RowTable& rows, Priors priors,
                                 std::span<const std::string> without, const Centred& centred)
    : HierarchicalDensity(Equation::spending, rows, centred.packs(without), std::move(priors)),
      means_(2 * packs_.packs.size(), 0.0),
      wave_(rows.years),
      adjoint_(rows.years) {
  without_.assign(without.begin(), without.end());
  for (int s = 0; s < states_; ++s) {
    const auto put_mean = [&](int which, std::string_view term, const std::vector<double>& means) {
      if (!off(term))
        put(means_[2 * (s / RowPacks::lane) + which], s % RowPacks::lane, means[packs_.slots[s]]);
    };
    put_mean(0, "threat", centred.threat);
    put_mean(1, "support", centred.support);
  }
}

bool SpendingDensity::off(std::string_view term) const { return holds(without_, term); }

double SpendingDensity::operator()(std::span<const double> theta, std::span<double> grad) {
  using P = SpendingParameter;
  double log_density = begin(theta, grad);
  std::array<double, spending::globals> globals;
  for (std::size_t k = 0; k < globals.size(); ++k) globals[k] = global(k);
  const double wave_persistence = global(P::wave_persistence), wave_sd = global(P::wave_sd),
               shock_df = global(P::df);
  const bool wave_off = off("wave");
  for (int t = 0; t < years_ && !wave_off; ++t)
    wave_[t] = (t > 0 ? wave_persistence * wave_[t - 1] : 0.0) + wave_sd * year_z_[t];

  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  SpendingSums sums;
  spending_packs(states(theta, grad), globals.data(), means_.data(), wave_.data(), off("unrest"),
                 adjoint_.data(), sums);
  const StudentConstant constant = student_constant(shock_df);
  log_density += sum(sums.log_density) + rows_ * constant.value;
  slope(P::df) = sum(sums.df) + rows_ * constant.slope;
  slope(P::ally_response) = sum(sums.ally);
  slope(P::threat_slope) = sum(sums.threat);
  slope(P::support_slope) = sum(sums.support);
  slope(P::unrest_slope) = sum(sums.unrest);

  // backwards through wave_t = persistence wave_{t-1} + sd z_t; `later` is d log p / d wave_t
  double later = 0;
  for (int t = years_ - 1; t >= 0 && !wave_off; --t) {
    later = (shock_df + 1) * sum(adjoint_[t]) + wave_persistence * later;
    year_slope_[t] = wave_sd * later;
    slope(P::wave_sd) += later * year_z_[t];
    if (t > 0) slope(P::wave_persistence) += later * wave_[t - 1];
  }
  finish(grad);
  return std::isfinite(log_density) ? log_density : -unbounded;
}

void SpendingDensity::constrain(std::span<const double> theta, std::span<double> out) {
  using P = SpendingParameter;
  constrain_globals(theta);
  std::size_t k = 0;
  for (; k < spending::globals; ++k) out[k] = global(k);
  for (int block = 0; block < blocks_; ++block, k += states_)
    for (int s = 0; s < states_; ++s) {
      double shift = 0;
      if (block == block_of(P::target))
        shift =
            global(P::threat_slope) * get(means_[2 * (s / RowPacks::lane)], s % RowPacks::lane) +
            global(P::support_slope) *
                get(means_[2 * (s / RowPacks::lane) + 1], s % RowPacks::lane);
      const double x = state_value(theta, block, s, shift) - shift;
      out[k + packs_.slots[s]] = from_free(table_[spending::globals + block], x);
    }
  double wave = 0;
  for (const double z : year_z_)
    out[k++] = wave = global(P::wave_persistence) * wave + global(P::wave_sd) * z;
  if (without_.empty()) return;
  for (const Column& c : columns())
    if (c.fixed) std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(c.offset), c.size(), 0.0);
}

}  // namespace tenbin
