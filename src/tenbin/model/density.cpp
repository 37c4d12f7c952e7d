// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/density.hpp"

#include <algorithm>

#include "tenbin/num/elementary.hpp"
#include "tenbin/num/lane.hpp"

namespace tenbin {
namespace {

using Rows8 = Lane<RowTable::lane>;
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
enum : int { target, pull, persistence, income, rival, scale };  // blocks of z
}  // namespace spending
namespace economy {
enum : std::size_t { trend_mean, trend_sd, momentum, scale_mean, scale_sd, cycle_sd, df };
enum : int { trend, scale };
}  // namespace economy

/// Student-t of a row's residual r: what its log density needs, and its slopes.
///   log p = c(df) - log scale - (df+1)/2 log1p(q^2 / df),  q = r / scale
struct StudentSums {
  Rows8 log_term{0.0};  // sum of log1p(q^2 / df)
  Rows8 ratio{0.0};     // sum of q^2 / (df + q^2)
};
inline Rows8 student_weight(Rows8 residual, double scale, double df, StudentSums& sums) {
  const Rows8 q = residual / Rows8(scale);
  const Rows8 square = q * q;
  const Rows8 ratio = square / (Rows8(df) + square);
  sums.log_term += log1p(square / Rows8(df));
  sums.ratio += ratio;
  return Rows8((df + 1) / scale) * q / (Rows8(df) + square);  // d log p / d mean
}

struct StudentConstant {
  double value, slope;  // c(df) and its derivative
};
StudentConstant student_constant(double df) {
  return {lgamma((df + 1) / 2) - lgamma(df / 2) - 0.5 * (log(df) + log_pi),
          0.5 * (digamma((df + 1) / 2) - digamma(df / 2) - 1 / df)};
}

/// Adds a state's rows to the log density; returns d log p / d df of them, and d log p / d log
/// scale through `scale_slope`.
double finish_student(const StudentSums& sums, int count, double scale, double df,
                      double& log_density, double& scale_slope) {
  const double log_term = sum(sums.log_term), ratio = sum(sums.ratio);
  log_density += -count * log(scale) - 0.5 * (df + 1) * log_term;
  scale_slope = -count + (df + 1) * ratio;
  return -0.5 * log_term + 0.5 * (df + 1) * ratio / df;
}

struct SpendingState {
  double target, pull, persistence, income, rival, scale;
};
struct SpendingSums {
  Rows8 gap{0.0}, weight{0.0}, lag{0.0}, income{0.0}, rival{0.0}, ally{0.0}, threat{0.0},
      support{0.0};
  StudentSums student;
};

/// One state's rows: sums of the slopes, and each row's d log p / d mean into by_row (which holds
/// the wave before).
TENBIN_CLONES void spending_rows(const RowTable& t, int begin, int end, const SpendingState& s,
                                 const double* globals, double* by_row, SpendingSums& sums) {
  const double ally = globals[spending::ally_response], threat = globals[spending::threat_slope],
               support = globals[spending::support_slope], df = globals[spending::df];
  for (int k = begin; k < end; k += RowTable::lane) {
    const auto column = [k](const std::vector<double>& x) {
      return load<RowTable::lane>(x.data() + k);
    };
    const Rows8 tau = column(t.threat_lag), cover = column(t.support_lag),
                lag = column(t.milex_growth_lag), gdp = column(t.gdp_growth),
                rivals = column(t.rival_growth_lag), allies = column(t.ally_growth_lag);
    const Rows8 gap =
        Rows8(s.target) + Rows8(threat) * tau + Rows8(support) * cover - column(t.log_burden_lag);
    const Rows8 mean = Rows8(s.pull) * gap + Rows8(s.persistence) * lag + Rows8(s.income) * gdp +
                       Rows8(s.rival) * rivals + Rows8(ally) * allies +
                       load<RowTable::lane>(by_row + k);
    const Rows8 residual = (column(t.milex_growth) - mean) * column(t.there);
    const Rows8 w = student_weight(residual, s.scale, df, sums.student);
    store(by_row + k, w);
    sums.weight += w;
    sums.gap += w * gap;
    sums.lag += w * lag;
    sums.income += w * gdp;
    sums.rival += w * rivals;
    sums.ally += w * allies;
    sums.threat += w * tau;
    sums.support += w * cover;
  }
}

struct EconomySums {
  Rows8 weight{0.0}, departure{0.0};
  StudentSums student;
};

TENBIN_CLONES void economy_rows(const RowTable& t, int begin, int end, double trend, double scale,
                                const double* globals, double* by_row, EconomySums& sums) {
  const double momentum = globals[economy::momentum], df = globals[economy::df];
  for (int k = begin; k < end; k += RowTable::lane) {
    const auto column = [k](const std::vector<double>& x) {
      return load<RowTable::lane>(x.data() + k);
    };
    const Rows8 departure = column(t.gdp_growth_lag) - Rows8(trend);
    const Rows8 mean =
        Rows8(trend) + Rows8(momentum) * departure + load<RowTable::lane>(by_row + k);
    const Rows8 w =
        student_weight((column(t.gdp_growth) - mean) * column(t.there), scale, df, sums.student);
    store(by_row + k, w);
    sums.weight += w;
    sums.departure += w * departure;
  }
}

}  // namespace

Priors wide_priors(Equation equation) {
  Priors priors;
  for (const ParameterSpec& p : parameters(equation))
    if (p.scope == Scope::global) priors.push_back(p.wide);
  return priors;
}

RowTable row_table(Equation equation, const std::vector<Row>& rows, const Panel& panel) {
  std::vector<Row> used;
  for (const Row& r : rows)
    if (equation == Equation::spending || known(r.gdp_growth_lag)) used.push_back(r);
  RowTable t;
  t.rows = static_cast<int>(used.size());
  if (used.empty()) return t;
  const auto [low, high] = std::minmax_element(
      used.begin(), used.end(), [](const Row& a, const Row& b) { return a.year < b.year; });
  t.first_year = low->year;
  t.years = high->year - low->year + 1;
  const auto push = [&](const Row& r, bool there) {
    t.year.push_back(r.year - t.first_year);
    t.there.push_back(there ? 1 : 0);
    t.milex_growth.push_back(r.milex_growth);
    t.milex_growth_lag.push_back(r.milex_growth_lag);
    t.log_burden_lag.push_back(r.log_burden_lag);
    t.gdp_growth.push_back(r.gdp_growth);
    t.gdp_growth_lag.push_back(equation == Equation::economy ? r.gdp_growth_lag : 0);
    t.threat_lag.push_back(r.threat_lag);
    t.support_lag.push_back(r.support_lag);
    t.rival_growth_lag.push_back(r.rival_growth_lag);
    t.ally_growth_lag.push_back(r.ally_growth_lag);
  };
  for (std::size_t k = 0; k < used.size();) {
    const StateIndex state = used[k].state;
    t.state.push_back(state);
    t.ids.push_back(panel.states[state].id);
    t.begin.push_back(static_cast<int>(t.year.size()));
    t.count.push_back(0);
    for (; k < used.size() && used[k].state == state; ++k, ++t.count.back()) push(used[k], true);
    while (t.year.size() % RowTable::lane != 0) push({.state = state, .year = t.first_year}, false);
  }
  t.begin.push_back(static_cast<int>(t.year.size()));
  t.states = static_cast<int>(t.state.size());
  return t;
}

HierarchicalDensity::HierarchicalDensity(Equation equation, const RowTable& rows, Priors priors)
    : equation_(equation), rows_(&rows), table_(parameters(equation)), priors_(std::move(priors)) {
  std::size_t state_parameters = 0;
  for (const ParameterSpec& p : table_) state_parameters += p.scope == Scope::state;
  year_block_ = state_parameters * rows.states;
  globals_ = year_block_ + rows.years;
  size_ = globals_ + priors_.size();
  constrained_.resize(priors_.size());
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
  return theta;
}

std::vector<Column> HierarchicalDensity::columns() const {
  std::vector<Column> columns;
  std::size_t offset = 0;
  for (const ParameterSpec& p : table_) {
    Column c{.name = std::string(p.name), .offset = offset};
    if (p.scope == Scope::state) c.elements = rows_->ids;
    if (p.scope == Scope::year)
      for (int t = 0; t < rows_->years; ++t)
        c.elements.push_back(std::to_string(rows_->first_year + t));
    offset += c.size();
    columns.push_back(std::move(c));
  }
  return columns;
}

void HierarchicalDensity::constrain_globals(std::span<const double> theta) {
  for (std::size_t k = 0; k < priors_.size(); ++k)
    constrained_[k] = tenbin::constrain(theta[globals_ + k], table_[k].lower, table_[k].upper);
}

double HierarchicalDensity::begin(std::span<const double> theta, std::span<double> grad) {
  double log_density = 0;
  for (std::size_t k = 0; k < globals_; ++k) {
    log_density -= 0.5 * theta[k] * theta[k];
    grad[k] = -theta[k];
  }
  constrain_globals(theta);
  for (std::size_t k = 0; k < priors_.size(); ++k) {
    const Constrained& c = constrained_[k];
    const PriorValue prior = evaluate(priors_[k], c.value);
    log_density += prior.log_density + c.log_jacobian;
    grad[globals_ + k] = prior.slope * c.derivative + c.jacobian_slope;
  }
  return log_density;
}

SpendingDensity::SpendingDensity(const RowTable& rows, Priors priors)
    : HierarchicalDensity(Equation::spending, rows, std::move(priors)),
      wave_(rows.years),
      adjoint_(rows.years),
      by_row_(rows.year.size()) {}

double SpendingDensity::operator()(std::span<const double> theta, std::span<double> grad) {
  using namespace spending;
  double log_density = begin(theta, grad);
  double globals[df + 1];
  for (std::size_t k = 0; k <= df; ++k) globals[k] = global(k);

  const auto z_wave = z_year(theta);
  for (int t = 0; t < rows_->years; ++t)
    wave_[t] =
        (t > 0 ? globals[wave_persistence] * wave_[t - 1] : 0.0) + globals[wave_sd] * z_wave[t];
  for (std::size_t k = 0; k < by_row_.size(); ++k) by_row_[k] = wave_[rows_->year[k]];

  const StudentConstant constant = student_constant(globals[df]);
  log_density += rows_->rows * constant.value;
  double slope[df + 1] = {};
  slope[df] = rows_->rows * constant.slope;

  const auto z_target = z(theta, target), z_pull = z(theta, pull),
             z_persistence = z(theta, persistence), z_income = z(theta, income),
             z_rival = z(theta, rival), z_scale = z(theta, scale);
  const auto g_target = z(grad, target), g_pull = z(grad, pull),
             g_persistence = z(grad, persistence), g_income = z(grad, income),
             g_rival = z(grad, rival), g_scale = z(grad, scale);
  for (int i = 0; i < rows_->states; ++i) {
    const SpendingState s{globals[target_mean] + globals[target_sd] * z_target[i],
                          inverse_logit(globals[pull_mean] + globals[pull_sd] * z_pull[i]),
                          globals[persistence_mean] + globals[persistence_sd] * z_persistence[i],
                          globals[income_mean] + globals[income_sd] * z_income[i],
                          globals[rival_mean] + globals[rival_sd] * z_rival[i],
                          exp(globals[scale_mean] + globals[scale_sd] * z_scale[i])};
    SpendingSums sums;
    spending_rows(*rows_, rows_->begin[i], rows_->begin[i + 1], s, globals, by_row_.data(), sums);
    double d_scale;
    slope[df] +=
        finish_student(sums.student, rows_->count[i], s.scale, globals[df], log_density, d_scale);
    const double d_target = s.pull * sum(sums.weight),
                 d_pull = s.pull * (1 - s.pull) * sum(sums.gap);
    const auto hierarchy = [&](std::size_t mean, std::span<double> g, std::span<const double> zs,
                               double d) {
      slope[mean] += d;
      slope[mean + 1] += d * zs[i];
      g[i] += d * globals[mean + 1];
    };
    hierarchy(target_mean, g_target, z_target, d_target);
    hierarchy(pull_mean, g_pull, z_pull, d_pull);
    hierarchy(persistence_mean, g_persistence, z_persistence, sum(sums.lag));
    hierarchy(income_mean, g_income, z_income, sum(sums.income));
    hierarchy(rival_mean, g_rival, z_rival, sum(sums.rival));
    hierarchy(scale_mean, g_scale, z_scale, d_scale);
    slope[ally_response] += sum(sums.ally);
    slope[threat_slope] += s.pull * sum(sums.threat);
    slope[support_slope] += s.pull * sum(sums.support);
  }

  // backwards through wave_t = persistence wave_{t-1} + sd z_t; `later` is d log p / d wave_t
  const auto g_wave = z_year(grad);
  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  for (std::size_t k = 0; k < by_row_.size(); ++k) adjoint_[rows_->year[k]] += by_row_[k];
  double later = 0;
  for (int t = rows_->years - 1; t >= 0; --t) {
    later = adjoint_[t] + globals[wave_persistence] * later;
    g_wave[t] += globals[wave_sd] * later;
    slope[wave_sd] += later * z_wave[t];
    if (t > 0) slope[wave_persistence] += later * wave_[t - 1];
  }
  for (std::size_t k = 0; k <= df; ++k) add_global(grad, k, slope[k]);
  return std::isfinite(log_density) ? log_density : -unbounded;
}

void SpendingDensity::constrain(std::span<const double> theta, std::span<double> out) {
  using namespace spending;
  constrain_globals(theta);
  std::size_t k = 0;
  for (; k <= df; ++k) out[k] = global(k);
  const auto states = [&](int block, std::size_t mean, auto&& transform) {
    for (const double x : z(theta, block))
      out[k++] = transform(global(mean) + global(mean + 1) * x);
  };
  const auto same = [](double x) { return x; };
  states(target, target_mean, same);
  states(pull, pull_mean, [](double x) { return inverse_logit(x); });
  states(persistence, persistence_mean, same);
  states(income, income_mean, same);
  states(rival, rival_mean, same);
  states(scale, scale_mean, [](double x) { return exp(x); });
  double wave = 0;
  for (const double x : z_year(theta))
    out[k++] = wave = global(wave_persistence) * wave + global(wave_sd) * x;
}

EconomyDensity::EconomyDensity(const RowTable& rows, Priors priors)
    : HierarchicalDensity(Equation::economy, rows, std::move(priors)),
      by_row_(rows.year.size()),
      theta_(size_) {}

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

std::span<const double> EconomyDensity::straightened(std::span<const double> theta) {
  using namespace economy;
  constrain_globals(theta);
  std::copy(theta.begin(), theta.end(), theta_.begin());
  const std::span<double> own(theta_);
  reflect(z(own, trend));
  reflect(z_year(own));
  own[globals_ + trend_mean] -= global(trend_sd) * mean_of(z(own, trend)) +
                                cycle_share * global(cycle_sd) * mean_of(z_year(own));
  return theta_;
}

double EconomyDensity::operator()(std::span<const double> free, std::span<double> grad) {
  using namespace economy;
  const std::span<const double> theta = straightened(free);
  double log_density = begin(theta, grad);
  double globals[df + 1];
  for (std::size_t k = 0; k <= df; ++k) globals[k] = global(k);
  const auto z_cycle = z_year(theta);
  for (std::size_t k = 0; k < by_row_.size(); ++k)
    by_row_[k] = globals[cycle_sd] * z_cycle[rows_->year[k]];

  const StudentConstant constant = student_constant(globals[df]);
  log_density += rows_->rows * constant.value;
  double slope[df + 1] = {};
  slope[df] = rows_->rows * constant.slope;
  const auto z_trend = z(theta, trend), z_scale = z(theta, scale);
  const auto g_trend = z(grad, trend), g_scale = z(grad, scale);
  for (int i = 0; i < rows_->states; ++i) {
    const double own_trend = globals[trend_mean] + globals[trend_sd] * z_trend[i];
    const double own_scale = exp(globals[scale_mean] + globals[scale_sd] * z_scale[i]);
    EconomySums sums;
    economy_rows(*rows_, rows_->begin[i], rows_->begin[i + 1], own_trend, own_scale, globals,
                 by_row_.data(), sums);
    double d_scale;
    slope[df] +=
        finish_student(sums.student, rows_->count[i], own_scale, globals[df], log_density, d_scale);
    const double d_trend = (1 - globals[momentum]) * sum(sums.weight);
    slope[momentum] += sum(sums.departure);
    slope[trend_mean] += d_trend;
    slope[trend_sd] += d_trend * z_trend[i];
    g_trend[i] += d_trend * globals[trend_sd];
    slope[scale_mean] += d_scale;
    slope[scale_sd] += d_scale * z_scale[i];
    g_scale[i] += d_scale * globals[scale_sd];
  }
  const auto g_cycle = z_year(grad);
  for (std::size_t k = 0; k < by_row_.size(); ++k) {
    const int t = rows_->year[k];
    g_cycle[t] += globals[cycle_sd] * by_row_[k];
    slope[cycle_sd] += by_row_[k] * z_cycle[t];
  }
  const double through_mean =
      slope[trend_mean] + grad[globals_ + trend_mean];  // d log p / d trend_mean, prior and rows
  slope[trend_sd] -= through_mean * mean_of(z_trend);
  slope[cycle_sd] -= through_mean * cycle_share * mean_of(z_cycle);
  for (double& g : g_trend) g -= through_mean * globals[trend_sd] / rows_->states;
  for (double& g : g_cycle) g -= through_mean * cycle_share * globals[cycle_sd] / rows_->years;
  reflect(g_trend);
  reflect(g_cycle);
  for (std::size_t k = 0; k <= df; ++k) add_global(grad, k, slope[k]);
  return std::isfinite(log_density) ? log_density : -unbounded;
}

void EconomyDensity::constrain(std::span<const double> free, std::span<double> out) {
  using namespace economy;
  const std::span<const double> theta = straightened(free);
  constrain_globals(theta);
  std::size_t k = 0;
  for (; k <= df; ++k) out[k] = global(k);
  for (const double x : z(theta, trend)) out[k++] = global(trend_mean) + global(trend_sd) * x;
  for (const double x : z(theta, scale)) out[k++] = exp(global(scale_mean) + global(scale_sd) * x);
  for (const double x : z_year(theta)) out[k++] = x;
}

}  // namespace tenbin
