// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/density.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "tenbin/num/elementary.hpp"

namespace tenbin {

using Values = RowPacks::Values;

struct HierarchicalDensity::States {
  struct Member {
    Values z, value;
  };

  const RowPacks& packs;
  const Spread* spreads;
  Values *mean_slope, *spread_slope;
  const double* theta;
  double* grad;
  int count;

  int size() const { return static_cast<int>(packs.packs.size()); }
  int width(int pack) const { return std::min(RowPacks::lane, count - pack * RowPacks::lane); }

  /// A state-scope parameter of a pack's states, whose mean over states is the block's plus
  /// `shift`; adds the density of z.
  Member member(int block, int pack, Values& log_density, Values shift = 0.0) const {
    const double* from = theta + static_cast<std::size_t>(block) * count + pack * RowPacks::lane;
    const Spread& s = spreads[block];
    const Values mean = Values(s.mean) + shift;
    Values x = Values(s.weight) * mean;  // z = 0 where there is no state
    std::memcpy(&x, from, width(pack) * sizeof(double));
    const Values z = (x - Values(s.weight) * mean) * Values(s.shrink);
    log_density -= Values(0.5) * z * z;
    return {z, mean + Values(s.sd) * z};
  }

  /// Given d log p / d value, adds to the gradient of x and to the slopes of mean and sd. Returns
  /// the slope of each state's mean.
  Values add(int block, int pack, const Member& m, Values slope) const {
    const Spread& s = spreads[block];
    const Values from_z = Values(s.sd) * slope;
    const Values d_z = from_z - m.z;  // d log p / d z
    const Values x = d_z * Values(s.shrink);
    const Values through_mean = slope - Values(s.weight) * x;
    mean_slope[block] += through_mean;
    spread_slope[block] += m.z * (from_z - Values(s.weight) * d_z);
    double* to = grad + static_cast<std::size_t>(block) * count + pack * RowPacks::lane;
    std::memcpy(to, &x, width(pack) * sizeof(double));
    return through_mean;
  }
};

namespace {

/// Whether a name is among names; the empty one never is.
bool holds(std::span<const std::string> names, std::string_view name) {
  return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

constexpr double log_pi = 1.14472988584940017414;

/// Places of the globals in the spending table; parameters.hpp keeps this order and the tests hold
/// it.
namespace spending {
enum : std::size_t {
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
  df
};
enum : int { target, pull, persistence, income, rival, scale };  // blocks of x
enum : int { burden = RowPacks::first_covariate, threat, support, lag, gdp, rivals, allies };
}  // namespace spending
namespace economy {
enum : std::size_t { trend_mean, trend_sd, momentum, scale_mean, scale_sd, cycle_sd, df };
enum : int { trend, scale };
enum : int { lag = RowPacks::first_covariate };
}  // namespace economy

/// Student-t shocks of a pack's states, year by year. For a residual r and c = df scale^2
///   log p = constant(df) - log scale - (df+1)/2 [log(c + r^2) - log c].
/// The logs are taken of products over 32 years: one log in 32, and no product leaves the range of
/// numbers while c + r^2 is within 1e-9 and 1e9.
struct StudentShocks {
  Values c, product{1.0}, log_sum{0.0}, ratio{0.0};
  int factors = 0;

  explicit StudentShocks(Values scale, double df) : c(Values(df) * scale * scale) {}
  /// Adds a year's shocks; returns d log p / d mean, over (df + 1).
  Values add(Values r) {
    const Values square = r * r;
    const Values d = c + square;
    const Values inverse = Values(1.0) / d;
    product *= d;
    if (++factors % 32 == 0) {
      log_sum += log(product);
      product = Values(1.0);
    }
    ratio += square * inverse;
    return r * inverse;
  }
  struct Slopes {
    Values log_scale, df;
  };
  /// Adds the shocks to the log density (without its constant).
  Slopes finish(Values count, Values log_scale, double df, Values& log_density) {
    log_sum += log(product);
    const Values log_c = Values(log(df)) + Values(2.0) * log_scale;
    const Values log_term = log_sum - Values(static_cast<double>(factors)) * log_c;
    log_density -= count * log_scale + Values(0.5 * (df + 1)) * log_term;
    return {Values(df + 1) * ratio - count,
            Values(0.5 * (df + 1) / df) * ratio - Values(0.5) * log_term};
  }
};

struct SpendingSums {
  Values log_density{0.0}, ally{0.0}, threat{0.0}, support{0.0}, df{0.0};
};

/// `means`: each pack's means of threat and support, which the columns have lost.
TENBIN_CLONES void spending_packs(const HierarchicalDensity::States& states, const double* globals,
                                  const Values* means, const double* wave, Values* adjoint,
                                  SpendingSums& sums) {
  using namespace spending;
  const double shock_df = globals[df];
  const Values ally_response(globals[spending::ally_response]),
      threat_slope(globals[spending::threat_slope]),
      support_slope(globals[spending::support_slope]);
  for (int p = 0; p < states.size(); ++p) {
    const RowPacks::Pack& pack = states.packs.packs[p];
    Values log_density(0.0);
    const Values mean_threat = means[2 * p], mean_support = means[2 * p + 1];
    const Values shift = threat_slope * mean_threat + support_slope * mean_support;
    const auto m_target = states.member(target, p, log_density, shift),
               m_pull = states.member(pull, p, log_density),
               m_persistence = states.member(persistence, p, log_density),
               m_income = states.member(income, p, log_density),
               m_rival = states.member(rival, p, log_density),
               m_scale = states.member(scale, p, log_density);
    const Values own_pull = inverse_logit(m_pull.value);
    StudentShocks shocks(exp(m_scale.value), shock_df);
    Values s_weight(0.0), s_gap(0.0), s_lag(0.0), s_gdp(0.0), s_rivals(0.0), s_allies(0.0),
        s_threat(0.0), s_support(0.0);
    const Values* row = &states.packs.values[pack.begin];
    for (int t = pack.first; t < pack.first + pack.years; ++t, row += states.packs.columns) {
      const Values gap =
          m_target.value + threat_slope * row[threat] + support_slope * row[support] - row[burden];
      const Values mean = own_pull * gap + m_persistence.value * row[lag] +
                          m_income.value * row[gdp] + m_rival.value * row[rivals] +
                          ally_response * row[allies] + Values(wave[t]);
      const Values w = shocks.add((row[RowPacks::response] - mean) * row[RowPacks::there]);
      adjoint[t] += w;
      s_weight += w;
      s_gap += w * gap;
      s_lag += w * row[lag];
      s_gdp += w * row[gdp];
      s_rivals += w * row[rivals];
      s_allies += w * row[allies];
      s_threat += w * row[threat];
      s_support += w * row[support];
    }
    const auto slopes = shocks.finish(pack.count, m_scale.value, shock_df, log_density);
    const Values factor(shock_df + 1);
    const Values through_mean = states.add(target, p, m_target, factor * own_pull * s_weight);
    states.add(pull, p, m_pull, factor * own_pull * (Values(1.0) - own_pull) * s_gap);
    states.add(persistence, p, m_persistence, factor * s_lag);
    states.add(income, p, m_income, factor * s_gdp);
    states.add(rival, p, m_rival, factor * s_rivals);
    states.add(scale, p, m_scale, slopes.log_scale);
    sums.log_density += log_density;
    sums.df += slopes.df;
    sums.ally += factor * s_allies;
    sums.threat += factor * own_pull * s_threat + mean_threat * through_mean;
    sums.support += factor * own_pull * s_support + mean_support * through_mean;
  }
}

struct EconomySums {
  Values log_density{0.0}, momentum{0.0}, trend{0.0}, df{0.0};
};

/// `shift` is taken off the free trends.
TENBIN_CLONES void economy_packs(const HierarchicalDensity::States& states, const double* globals,
                                 double shift, const double* cycle, Values* adjoint,
                                 EconomySums& sums) {
  using namespace economy;
  const double shock_df = globals[df];
  const Values momentum(globals[economy::momentum]);
  for (int p = 0; p < states.size(); ++p) {
    const RowPacks::Pack& pack = states.packs.packs[p];
    Values log_density(0.0);
    const auto m_trend = states.member(trend, p, log_density),
               m_scale = states.member(scale, p, log_density);
    const Values own_trend = m_trend.value - Values(shift);
    StudentShocks shocks(exp(m_scale.value), shock_df);
    Values s_weight(0.0), s_departure(0.0);
    const Values* row = &states.packs.values[pack.begin];
    for (int t = pack.first; t < pack.first + pack.years; ++t, row += states.packs.columns) {
      const Values departure = row[lag] - own_trend;
      const Values mean = own_trend + momentum * departure + Values(cycle[t]);
      const Values w = shocks.add((row[RowPacks::response] - mean) * row[RowPacks::there]);
      adjoint[t] += w;
      s_weight += w;
      s_departure += w * departure;
    }
    const auto slopes = shocks.finish(pack.count, m_scale.value, shock_df, log_density);
    const Values factor(shock_df + 1), d_trend = factor * (Values(1.0) - momentum) * s_weight;
    states.add(trend, p, m_trend, d_trend);
    states.add(scale, p, m_scale, slopes.log_scale);
    sums.log_density += log_density;
    sums.df += slopes.df;
    sums.trend += d_trend;
    sums.momentum += factor * s_departure;
  }
}

}  // namespace

StudentConstant student_constant(double df) {
  return {lgamma((df + 1) / 2) - lgamma(df / 2) - 0.5 * (log(df) + log_pi),
          0.5 * (digamma((df + 1) / 2) - digamma(df / 2) - 1 / df)};
}

void HierarchicalDensity::Spread::set(double new_mean, double new_sd, double new_log_sd) {
  mean = new_mean;
  sd = new_sd;
  log_sd = new_log_sd;
  shrink = exp(-weight * log_sd);
}

Priors wide_priors(Equation equation) {
  Priors priors;
  for (const ParameterSpec& p : parameters(equation))
    if (p.scope == Scope::global) priors.push_back(p.wide);
  return priors;
}

HierarchicalDensity::HierarchicalDensity(Equation equation, const RowTable& rows, RowPacks packs,
                                         Priors priors)
    : equation_(equation),
      table_(parameters(equation)),
      packs_(std::move(packs)),
      priors_(std::move(priors)),
      ids_(rows.ids),
      states_(static_cast<int>(rows.ids.size())),
      first_year_(rows.first_year),
      years_(rows.years),
      rows_(static_cast<int>(rows.rows.size())),
      constrained_(priors_.size()),
      slopes_(priors_.size()),
      year_z_(rows.years),
      year_slope_(rows.years),
      year_sd_(parameter_index(table_, equation == Equation::spending ? "wave_sd" : "cycle_sd")) {
  for (const ParameterSpec& p : table_) blocks_ += p.scope == Scope::state;
  year_block_ = static_cast<std::size_t>(blocks_) * states_;
  globals_ = year_block_ + years_;
  size_ = globals_ + priors_.size();
  spreads_.resize(blocks_);
  mean_slope_.resize(blocks_);
  spread_slope_.resize(blocks_);
}

std::vector<CoordinateBlocks> HierarchicalDensity::coordinate_blocks() const {
  return {
      {.first = 0, .size = blocks_, .count = states_},
      {.first = static_cast<int>(globals_), .size = static_cast<int>(priors_.size()), .count = 1}};
}

void HierarchicalDensity::set_centring(std::span<const double> states, double years) {
  for (int b = 0; b < blocks_; ++b) spreads_[b].weight = states[b];
  year_weight_ = years;
}

std::vector<double> HierarchicalDensity::start() const {
  std::vector<double> theta(size_, 0.0);
  for (std::size_t k = 0; k < priors_.size(); ++k) {
    const Prior& p = priors_[k];
    double centre = p.kind == Prior::Kind::normal ? p.a : p.a / p.b;
    if (table_[k].upper == unbounded && table_[k].lower != -unbounded &&
        centre - table_[k].lower < 0.5 * p.b)
      centre = table_[k].lower + 0.5 * p.b;
    if (table_[k].upper != unbounded) {  // well inside the two bounds
      const double margin = 0.05 * (table_[k].upper - table_[k].lower);
      centre = std::clamp(centre, table_[k].lower + margin, table_[k].upper - margin);
    }
    theta[globals_ + k] = unconstrain(centre, table_[k].lower, table_[k].upper);
  }
  int block = 0;
  for (std::size_t k = 0; k < priors_.size(); ++k)
    if (!table_[k].spread.empty()) {
      for (int s = 0; s < states_; ++s)
        theta[static_cast<std::size_t>(block) * states_ + s] =
            spreads_[block].weight * theta[globals_ + k];
      ++block;
    }
  return theta;
}

std::vector<Column> HierarchicalDensity::columns() const {
  std::vector<Column> columns;
  std::size_t offset = 0;
  for (const ParameterSpec& p : table_) {
    Column c{.name = std::string(p.name), .offset = offset, .fixed = holds(without_, p.term)};
    if (p.scope == Scope::state) c.elements = ids_;
    if (p.scope == Scope::year)
      for (int t = 0; t < years_; ++t) c.elements.push_back(std::to_string(first_year_ + t));
    offset += c.size();
    columns.push_back(std::move(c));
  }
  return columns;
}

void HierarchicalDensity::constrain_globals(std::span<const double> theta) {
  for (std::size_t k = 0; k < priors_.size(); ++k)
    constrained_[k] = tenbin::constrain(theta[globals_ + k], table_[k].lower, table_[k].upper);
  int block = 0;
  for (std::size_t k = 0; k < priors_.size(); ++k)
    if (!table_[k].spread.empty())  // its spread is the next row of the table, above 0
      spreads_[block++].set(global(k), global(k + 1), theta[globals_ + k + 1]);
  year_shrink_ = exp(-year_weight_ * theta[globals_ + year_sd_]);
  for (int t = 0; t < years_; ++t) year_z_[t] = theta[year_block_ + t] * year_shrink_;
}

double HierarchicalDensity::begin(std::span<const double> theta, std::span<double> grad) {
  constrain_globals(theta);
  std::fill(mean_slope_.begin(), mean_slope_.end(), 0.0);
  std::fill(spread_slope_.begin(), spread_slope_.end(), 0.0);
  std::fill(slopes_.begin(), slopes_.end(), 0.0);
  std::fill(year_slope_.begin(), year_slope_.end(), 0.0);
  double log_density = 0;
  for (const double y : year_z_) log_density -= 0.5 * y * y;
  log_density -= years_ * year_weight_ * theta[globals_ + year_sd_];
  for (const Spread& s : spreads_) log_density -= states_ * s.weight * s.log_sd;
  for (std::size_t k = 0; k < priors_.size(); ++k) {
    const Constrained& c = constrained_[k];
    const PriorValue prior = evaluate(priors_[k], c.value);
    log_density += prior.log_density + c.log_jacobian;
    grad[globals_ + k] = prior.slope * c.derivative + c.jacobian_slope;
  }
  return log_density;
}

void HierarchicalDensity::finish(std::span<double> grad) {
  int block = 0;
  for (std::size_t k = 0; k < priors_.size(); ++k) {
    if (!table_[k].spread.empty()) {
      slopes_[k] += sum(mean_slope_[block]);
      grad[globals_ + k + 1] += sum(spread_slope_[block]) - states_ * spreads_[block].weight;
      ++block;
    }
    grad[globals_ + k] += slopes_[k] * constrained_[k].derivative;
  }
  for (int t = 0; t < years_; ++t) {
    const double slope = year_slope_[t] - year_z_[t];  // d log p / d z
    grad[year_block_ + t] = slope * year_shrink_;
    grad[globals_ + year_sd_] -= year_weight_ * (slope * year_z_[t] + 1);
  }
}

HierarchicalDensity::States HierarchicalDensity::states(std::span<const double> theta,
                                                        std::span<double> grad) {
  return {packs_,      spreads_.data(), mean_slope_.data(), spread_slope_.data(), theta.data(),
          grad.data(), states_};
}

double HierarchicalDensity::state_value(std::span<const double> theta, int block, int slot,
                                        double shift) const {
  const Spread& s = spreads_[block];
  const double x = theta[static_cast<std::size_t>(block) * states_ + slot];
  const double mean = s.mean + shift;
  return mean + s.sd * ((x - s.weight * mean) * s.shrink);
}

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
         column("allies", &Row::ally_growth_lag)});
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
  set_centring(std::array{0.4, 0.0, 0.4, 0.4, 0.0, 1.0}, 0);
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
  using namespace spending;
  double log_density = begin(theta, grad);
  double globals[df + 1];
  for (std::size_t k = 0; k <= df; ++k) globals[k] = global(k);
  const bool wave_off = off("wave");
  for (int t = 0; t < years_ && !wave_off; ++t)
    wave_[t] =
        (t > 0 ? globals[wave_persistence] * wave_[t - 1] : 0.0) + globals[wave_sd] * year_z_[t];

  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  SpendingSums sums;
  spending_packs(states(theta, grad), globals, means_.data(), wave_.data(), adjoint_.data(), sums);
  const StudentConstant constant = student_constant(globals[df]);
  log_density += sum(sums.log_density) + rows_ * constant.value;
  slopes_[df] = sum(sums.df) + rows_ * constant.slope;
  slopes_[ally_response] = sum(sums.ally);
  slopes_[threat_slope] = sum(sums.threat);
  slopes_[support_slope] = sum(sums.support);

  // backwards through wave_t = persistence wave_{t-1} + sd z_t; `later` is d log p / d wave_t
  double later = 0;
  for (int t = years_ - 1; t >= 0 && !wave_off; --t) {
    later = (globals[df] + 1) * sum(adjoint_[t]) + globals[wave_persistence] * later;
    year_slope_[t] = globals[wave_sd] * later;
    slopes_[wave_sd] += later * year_z_[t];
    if (t > 0) slopes_[wave_persistence] += later * wave_[t - 1];
  }
  finish(grad);
  return std::isfinite(log_density) ? log_density : -unbounded;
}

void SpendingDensity::constrain(std::span<const double> theta, std::span<double> out) {
  using namespace spending;
  constrain_globals(theta);
  std::size_t k = 0;
  for (; k <= df; ++k) out[k] = global(k);
  for (int block = target; block <= scale; ++block, k += states_)
    for (int s = 0; s < states_; ++s) {
      double shift = 0;
      if (block == target)
        shift =
            global(threat_slope) * get(means_[2 * (s / RowPacks::lane)], s % RowPacks::lane) +
            global(support_slope) * get(means_[2 * (s / RowPacks::lane) + 1], s % RowPacks::lane);
      const double x = state_value(theta, block, s, shift) - shift;
      out[k + packs_.slots[s]] = block == pull ? inverse_logit(x) : block == scale ? exp(x) : x;
    }
  double wave = 0;
  for (const double z : year_z_)
    out[k++] = wave = global(wave_persistence) * wave + global(wave_sd) * z;
  if (without_.empty()) return;
  for (const Column& c : columns())
    if (c.fixed) std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(c.offset), c.size(), 0.0);
}

EconomyDensity::EconomyDensity(const RowTable& rows, Priors priors)
    : HierarchicalDensity(Equation::economy, rows,
                          row_packs(rows, &Row::gdp_growth, {&Row::gdp_growth_lag}),
                          std::move(priors)),
      theta_(size_),
      cycle_(rows.years),
      adjoint_(rows.years) {
  set_centring(std::array{0.7, 1.0}, 1);
}

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
  return cycle_share * global(economy::cycle_sd) * mean_of(year_z_);
}

double EconomyDensity::operator()(std::span<const double> free, std::span<double> grad) {
  using namespace economy;
  std::copy(free.begin(), free.end(), theta_.begin());
  const std::span<double> own(theta_);
  reflect(years(own));
  double log_density = begin(own, grad);
  const double moved = shift();
  // trend_mean itself is the free one less `moved`: its prior is taken there
  const PriorValue at_free = evaluate(priors_[trend_mean], global(trend_mean)),
                   at_own = evaluate(priors_[trend_mean], global(trend_mean) - moved);
  log_density += at_own.log_density - at_free.log_density;
  slopes_[trend_mean] = at_own.slope - at_free.slope;

  double globals[df + 1];
  for (std::size_t k = 0; k <= df; ++k) globals[k] = global(k);
  for (int t = 0; t < years_; ++t) cycle_[t] = globals[cycle_sd] * year_z_[t];
  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  EconomySums sums;
  economy_packs(states(own, grad), globals, moved, cycle_.data(), adjoint_.data(), sums);
  const StudentConstant constant = student_constant(globals[df]);
  log_density += sum(sums.log_density) + rows_ * constant.value;
  slopes_[df] = sum(sums.df) + rows_ * constant.slope;
  slopes_[momentum] = sum(sums.momentum);

  const double d_shift = -sum(sums.trend) - at_own.slope;
  slopes_[cycle_sd] = d_shift * cycle_share * mean_of(year_z_);
  for (int t = 0; t < years_; ++t) {
    const double d_cycle = (globals[df] + 1) * sum(adjoint_[t]);
    year_slope_[t] = globals[cycle_sd] * (d_cycle + d_shift * cycle_share / years_);
    slopes_[cycle_sd] += d_cycle * year_z_[t];
  }
  finish(grad);
  reflect(years(grad));
  return std::isfinite(log_density) ? log_density : -unbounded;
}

void EconomyDensity::constrain(std::span<const double> free, std::span<double> out) {
  using namespace economy;
  std::copy(free.begin(), free.end(), theta_.begin());
  reflect(years(std::span<double>(theta_)));
  constrain_globals(theta_);
  const double moved = shift();
  std::size_t k = 0;
  for (; k <= df; ++k) out[k] = global(k) - (k == trend_mean ? moved : 0.0);
  for (int block = trend; block <= scale; ++block, k += states_)
    for (int s = 0; s < states_; ++s) {
      const double x = state_value(theta_, block, s);
      out[k + packs_.slots[s]] = block == trend ? x - moved : exp(x);
    }
  for (const double z : year_z_) out[k++] = z;
}

}  // namespace tenbin
