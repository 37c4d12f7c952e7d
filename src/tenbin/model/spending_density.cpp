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
  unrest,
  danger,
  treaty,
  presence,
  war,
  exposure
};
/// What shifts a state's target, by its means: the first three are its covariates' own means, which
/// the columns have lost; the last is its mean danger above the typical.
enum Mean : int { threat_mean, support_mean, treaty_mean, danger_mean, means };
}  // namespace spending

struct RowSums;
struct SpendingSums {
  Values log_density{0.0}, ally{0.0}, threat{0.0}, support{0.0}, df{0.0}, unrest{0.0};
  Values between{0.0}, danger{0.0}, treaty{0.0}, presence{0.0}, war{0.0}, exposure{0.0};

  void add(const RowSums& s, Values factor, Values pull, const Values* mean_of,
           Values through_mean);
};

/// Sums over a pack's rows of d log p / d mean, over (df + 1), times what it is multiplied with.
struct RowSums {
  Values weight{0.0}, gap{0.0}, lag{0.0}, gdp{0.0}, rivals{0.0}, allies{0.0}, threat{0.0},
      support{0.0}, unrest{0.0}, all_unrest{0.0};
  Values danger{0.0}, treaty{0.0}, presence{0.0}, war{0.0}, exposure{0.0};

  TENBIN_INLINE void add_safety(Values w, const Values* row) {
    danger += w * row[spending::danger];
    treaty += w * row[spending::treaty];
    presence += w * row[spending::presence];
    war += w * row[spending::war];
    exposure += w * row[spending::exposure];
  }
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
  /// Adds a shock to `shocks`: it is of the usual scale once `narrower` has divided it by what
  /// unrest makes of it. Returns what StudentShocks::add() does.
  TENBIN_INLINE Values add_shock(StudentShocks& shocks, Values residual, Values narrower,
                                 Values row_unrest) {
    const Values shock = residual * narrower, shock_weight = shocks.add(shock);
    unrest += row_unrest * shock * shock_weight;
    all_unrest += row_unrest;
    return shock_weight * narrower;
  }
};

/// Adds what a pack says of the globals. `through_mean`: slopes of its states' targets.
TENBIN_INLINE void SpendingSums::add(const RowSums& s, Values factor, Values pull,
                                     const Values* mean_of, Values through_mean) {
  using namespace spending;
  unrest += factor * s.unrest - s.all_unrest;
  ally += factor * s.allies;
  threat += factor * pull * s.threat + mean_of[threat_mean] * through_mean;
  support += factor * pull * s.support + mean_of[support_mean] * through_mean;
  treaty += factor * pull * s.treaty + mean_of[treaty_mean] * through_mean;
  between += mean_of[danger_mean] * through_mean;
  danger += factor * pull * s.danger;
  presence += factor * s.presence;
  war += factor * s.war;
  exposure += factor * s.exposure;
}

/// Global slopes, broadcast to all lanes.
struct SharedSlopes {
  Values ally_response, threat_slope, support_slope, unrest_slope, between, within, cover_slope,
      presence_response, war_response, exposure_response;

  TENBIN_INLINE explicit SharedSlopes(const double* globals)
      : ally_response(globals[place(spending::P::ally_response)]),
        threat_slope(globals[place(spending::P::threat_slope)]),
        support_slope(globals[place(spending::P::support_slope)]),
        unrest_slope(globals[place(spending::P::unrest_slope)]),
        between(globals[place(spending::P::danger_between)]),
        within(globals[place(spending::P::danger_within)]),
        cover_slope(globals[place(spending::P::cover_slope)]),
        presence_response(globals[place(spending::P::presence_response)]),
        war_response(globals[place(spending::P::war_response)]),
        exposure_response(globals[place(spending::P::exposure_response)]) {}
};

/// `means`: each pack's, by Mean. `wave` and `adjoint`: [pack][year] of so many years. `steady`:
/// the size of shocks does not change in time. `safe`: the columns from danger on are 0.
/// `narrower`: workspace, [year].
TENBIN_CLONES void spending_packs(const HierarchicalDensity::States& states, const double* globals,
                                  const Values* means, const Values* wave, int years, bool steady,
                                  bool safe, Values* adjoint, Values* narrower,
                                  SpendingSums& sums) {
  using namespace spending;
  const double shock_df = globals[place(P::df)];
  const SharedSlopes shared(globals);
  for (int p = 0; p < states.size(); ++p, wave += years, adjoint += years) {
    const RowPacks::Pack& pack = states.packs.packs[p];
    Values log_density(0.0);
    const Values* const mean_of = means + static_cast<std::size_t>(p) * spending::means;
    const Values shift =
        shared.threat_slope * mean_of[threat_mean] + shared.support_slope * mean_of[support_mean] +
        shared.cover_slope * mean_of[treaty_mean] + shared.between * mean_of[danger_mean];
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
    if (!steady)  // apart, so that one year's exponential need not wait for another's
      for (int t = 0; t < pack.years; ++t)
        narrower[t] = exp(-shared.unrest_slope * row[t * states.packs.columns + unrest]);
    for (int t = pack.first; t < pack.first + pack.years; ++t, row += states.packs.columns) {
      Values gap = m_target.value + shared.threat_slope * row[threat] +
                   shared.support_slope * row[support] - row[burden];
      if (!safe) gap += shared.within * row[danger] + shared.cover_slope * row[treaty];
      Values mean = own_pull * gap + m_persistence.value * row[lag] + m_income.value * row[gdp] +
                    m_rival.value * row[rivals] + shared.ally_response * row[allies] + wave[t];
      if (!safe)
        mean += shared.presence_response * row[presence] + shared.war_response * row[war] +
                shared.exposure_response * row[exposure];
      const Values residual = (row[RowPacks::response] - mean) * row[RowPacks::there];
      const Values w = steady
                           ? shocks.add(residual)
                           : s.add_shock(shocks, residual, narrower[t - pack.first], row[unrest]);
      adjoint[t] = w;
      s.add(w, gap, row);
      if (!safe) s.add_safety(w, row);
    }
    const auto slopes = shocks.finish(pack.count, m_scale.value, shock_df, log_density);
    const Values factor(shock_df + 1), target_slope = factor * own_pull * s.weight;
    const Values through_mean = states.add(block_of(P::target), p, m_target, target_slope);
    states.add(block_of(P::pull), p, m_pull, factor * own_pull * (Values(1.0) - own_pull) * s.gap);
    states.add(block_of(P::persistence), p, m_persistence, factor * s.lag);
    states.add(block_of(P::income), p, m_income, factor * s.gdp);
    states.add(block_of(P::rival_response), p, m_rival, factor * s.rivals);
    states.add(block_of(P::scale), p, m_scale, slopes.log_scale);
    log_density -= shared.unrest_slope * s.all_unrest;
    sums.log_density += log_density;
    sums.df += slopes.df;
    sums.add(s, factor, own_pull, mean_of, through_mean);
  }
}

/// Each pack's waves by lane, [pack][year] of so many years, from those of the series. States
/// follow the series of their `lanes`.
TENBIN_CLONES void waves_by_lane(const RowPacks& packs, const SeriesLanes::OfPacks& lanes,
                                 const double* wave, int years, Values* to) {
  for (std::size_t p = 0; p < packs.packs.size(); ++p, to += years) {
    const RowPacks::Pack& pack = packs.packs[p];
    for (int t = pack.first; t < pack.first + pack.years; ++t) {
      to[t] = Values(0.0);
      for (const SeriesLanes& one : lanes[p])
        to[t] += Values(wave[one.series * years + t]) * one.lanes;
    }
  }
}

/// Adds the packs' slopes to their series, lane by lane.
TENBIN_CLONES void slopes_by_series(const RowPacks& packs, const SeriesLanes::OfPacks& lanes,
                                    const Values* adjoint, int years, Values* slope) {
  for (std::size_t p = 0; p < packs.packs.size(); ++p, adjoint += years) {
    const RowPacks::Pack& pack = packs.packs[p];
    for (const SeriesLanes& one : lanes[p])
      for (int t = pack.first; t < pack.first + pack.years; ++t)
        slope[one.series * years + t] += adjoint[t] * one.lanes;
  }
}

}  // namespace

/// The rows with each state's own means of threat, support and cover taken off.
struct SpendingDensity::Centred {
  RowTable table;
  std::array<std::vector<double>, spending::means> mean;  // by fitted state

  explicit Centred(const RowTable& rows) : table(rows) {
    constexpr std::array members{&Row::threat_lag, &Row::support_lag, &Row::treaty_lag};
    std::vector<double> count(rows.ids.size());
    for (const auto& [state, row] : rows.rows) ++count[state];
    for (auto& one : mean) one.assign(rows.ids.size(), 0.0);
    for (std::size_t m = 0; m < members.size(); ++m) {  // in the order of Mean
      for (const auto& [state, row] : rows.rows) mean[m][state] += row.*members[m];
      for (std::size_t i = 0; i < count.size(); ++i) mean[m][i] /= count[i];
      for (auto& [state, row] : table.rows) row.*members[m] -= mean[m][state];
    }
    for (const auto& [state, row] : rows.rows)
      mean[spending::danger_mean][state] = row.danger_mean - typical_danger;
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
         column("allies", &Row::ally_growth_lag), column("unrest", &Row::unrest_lag),
         column("danger", &Row::danger_lag), column("cover", &Row::treaty_lag),
         column("presence", &Row::presence_lag), column("war", &Row::war),
         column("exposure", &Row::exposure)});
  }
};

SpendingDensity::SpendingDensity(const RowTable& rows, Priors priors,
                                 std::span<const std::string> without)
    : SpendingDensity(rows, std::move(priors), without, Centred(rows)) {}

SpendingDensity::SpendingDensity(const RowTable& rows, Priors priors,
                                 std::span<const std::string> without, const Centred& centred)
    : HierarchicalDensity(Equation::spending, rows, centred.packs(without), std::move(priors),
                          holds(without, "wave") || holds(without, "regions")
                              ? std::vector<std::string>{}
                              : rows.wave_regions()),
      means_(spending::means * packs_.packs.size(), 0.0),
      lanes_(packs_.packs.size()),
      wave_(year_numbers_, 0.0),
      lane_wave_(packs_.packs.size() * years_, 0.0),
      adjoint_(packs_.packs.size() * years_, 0.0),
      narrower_(years_, 0.0),
      wave_slope_(year_numbers_, 0.0) {
  without_.assign(without.begin(), without.end());
  for (int s = 0; s < states_; ++s) {
    const auto found = std::find(regions_.begin(), regions_.end(),
                                 rows.region(static_cast<std::size_t>(packs_.slots[s])));
    const int series = found == regions_.end() ? 0 : 1 + static_cast<int>(found - regions_.begin());
    auto& of = lanes_[s / RowPacks::lane];
    auto own =
        std::find_if(of.begin(), of.end(), [&](const auto& l) { return l.series == series; });
    if (own == of.end()) own = of.insert(of.end(), {series, 0.0});
    put(own->lanes, s % RowPacks::lane, 1.0);
  }
  constexpr std::array<std::string_view, spending::means> terms{"threat", "support", "cover",
                                                                "danger"};  // by Mean
  for (int s = 0; s < states_; ++s)
    for (int m = 0; m < spending::means; ++m)
      if (!off(terms[m]))
        put(means_[spending::means * (s / RowPacks::lane) + m], s % RowPacks::lane,
            centred.mean[m][packs_.slots[s]]);
}

bool SpendingDensity::off(std::string_view term) const { return holds(without_, term); }

void SpendingDensity::roll_waves() {
  using P = SpendingParameter;
  const double persistence = global(P::wave_persistence), sd = global(P::wave_sd);
  for (int n = 0; n < year_numbers_; ++n) {
    const int t = n % years_;
    const double push = n < years_ ? year_z_[n] : regional_push(year_z_[t], year_z_[n]);
    wave_[n] = (t > 0 ? persistence * wave_[n - 1] : 0.0) + sd * push;
  }
  waves_by_lane(packs_, lanes_, wave_.data(), years_, lane_wave_.data());
}

void SpendingDensity::roll_back() {
  using P = SpendingParameter;
  const double persistence = global(P::wave_persistence), sd = global(P::wave_sd),
               factor = global(P::df) + 1;
  std::fill(wave_slope_.begin(), wave_slope_.end(), 0.0);
  slopes_by_series(packs_, lanes_, adjoint_.data(), years_, wave_slope_.data());
  // backwards through wave_t = persistence wave_{t-1} + sd push_t; `later` is d log p / d wave_t
  double later = 0;
  for (int n = year_numbers_ - 1; n >= 0; --n) {
    const int t = n % years_;
    later = factor * sum(wave_slope_[n]) + (t + 1 < years_ ? persistence * later : 0.0);
    const double push = n < years_ ? year_z_[n] : regional_push(year_z_[t], year_z_[n]);
    if (n < years_) {
      year_slope_[n] += sd * later;
    } else {
      year_slope_[n] += sd * regions_part * later;
      year_slope_[t] += sd * worlds_part * later;
    }
    slope(P::wave_sd) += later * push;
    if (t > 0) slope(P::wave_persistence) += later * wave_[n - 1];
  }
}

double SpendingDensity::operator()(std::span<const double> theta, std::span<double> grad) {
  using P = SpendingParameter;
  double log_density = begin(theta, grad);
  std::array<double, spending::globals> globals;
  for (std::size_t k = 0; k < globals.size(); ++k) globals[k] = global(k);
  const double shock_df = global(P::df);
  const bool wave_off = off("wave");
  if (!wave_off) roll_waves();
  SpendingSums sums;
  const bool safe =
      off("danger") && off("cover") && off("presence") && off("war") && off("exposure");
  spending_packs(states(theta, grad), globals.data(), means_.data(), lane_wave_.data(), years_,
                 off("unrest"), safe, adjoint_.data(), narrower_.data(), sums);
  const StudentConstant constant = student_constant(shock_df);
  log_density += sum(sums.log_density) + rows_ * constant.value;
  slope(P::df) = sum(sums.df) + rows_ * constant.slope;
  slope(P::ally_response) = sum(sums.ally);
  slope(P::threat_slope) = sum(sums.threat);
  slope(P::support_slope) = sum(sums.support);
  slope(P::unrest_slope) = sum(sums.unrest);
  slope(P::danger_between) = sum(sums.between);
  slope(P::danger_within) = sum(sums.danger);
  slope(P::cover_slope) = sum(sums.treaty);
  slope(P::presence_response) = sum(sums.presence);
  slope(P::war_response) = sum(sums.war);
  slope(P::exposure_response) = sum(sums.exposure);

  if (!wave_off) roll_back();
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
      double shift = 0, between = 0;
      if (block == block_of(P::target)) {
        const auto mean = [&](int m) {
          return get(means_[spending::means * (s / RowPacks::lane) + m], s % RowPacks::lane);
        };
        shift = global(P::threat_slope) * mean(spending::threat_mean) +
                global(P::support_slope) * mean(spending::support_mean) +
                global(P::cover_slope) * mean(spending::treaty_mean);
        between = global(P::danger_between) * mean(spending::danger_mean);  // part of the target
      }
      const double x = state_value(theta, block, s, shift + between) - shift;
      out[k + packs_.slots[s]] = from_free(table_[spending::globals + block], x);
    }
  if (!off("wave")) roll_waves();
  std::copy(wave_.begin(), wave_.end(), out.begin() + static_cast<std::ptrdiff_t>(k));
  if (without_.empty()) return;
  for (const Column& c : columns())
    if (c.fixed) std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(c.offset), c.size(), 0.0);
}

}  // namespace tenbin
