// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/density.hpp"

#include <algorithm>

#include "tenbin/model/hierarchy.hpp"

namespace tenbin {
namespace {

constexpr double log_pi = 1.14472988584940017414;

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
                                         Priors priors, std::vector<std::string> regions)
    : equation_(equation),
      table_(parameters(equation)),
      packs_(std::move(packs)),
      priors_(std::move(priors)),
      ids_(rows.ids),
      regions_(std::move(regions)),
      states_(static_cast<int>(rows.ids.size())),
      first_year_(rows.first_year),
      years_(rows.years),
      rows_(static_cast<int>(rows.rows.size())),
      year_numbers_(years_ * (1 + static_cast<int>(regions_.size()))),
      constrained_(priors_.size()),
      slopes_(priors_.size()),
      year_z_(year_numbers_),
      year_slope_(year_numbers_) {
  std::vector<double> centring;
  for (const ParameterSpec& p : table_) {
    if (p.scope == Scope::state) centring.push_back(p.centring);
    if (p.scope == Scope::year) year_sd_ = p.spread, year_weight_ = p.centring;
  }
  blocks_ = static_cast<int>(centring.size());
  year_block_ = static_cast<std::size_t>(blocks_) * states_;
  globals_ = year_block_ + year_numbers_;
  size_ = globals_ + priors_.size();
  spreads_.resize(blocks_);
  mean_slope_.resize(blocks_);
  spread_slope_.resize(blocks_);
  set_centring(centring, year_weight_);
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
    if (table_[k].spread != no_parameter) {
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
      for (int n = 0; n < year_numbers_; ++n)
        c.elements.push_back(
            year_element(n < years_ ? "" : regions_[n / years_ - 1], first_year_ + n % years_));
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
    if (const std::size_t spread = table_[k].spread; spread != no_parameter)  // above 0
      spreads_[block++].set(global(k), global(spread), theta[globals_ + spread]);
  year_shrink_ = exp(-year_weight_ * theta[globals_ + year_sd_]);
  for (int t = 0; t < year_numbers_; ++t) year_z_[t] = theta[year_block_ + t] * year_shrink_;
}

double HierarchicalDensity::begin(std::span<const double> theta, std::span<double> grad) {
  constrain_globals(theta);
  std::fill(mean_slope_.begin(), mean_slope_.end(), 0.0);
  std::fill(spread_slope_.begin(), spread_slope_.end(), 0.0);
  std::fill(slopes_.begin(), slopes_.end(), 0.0);
  std::fill(year_slope_.begin(), year_slope_.end(), 0.0);
  double log_density = 0;
  for (const double y : year_z_) log_density -= 0.5 * y * y;
  log_density -= year_numbers_ * year_weight_ * theta[globals_ + year_sd_];
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
    if (const std::size_t spread = table_[k].spread; spread != no_parameter) {
      slopes_[k] += sum(mean_slope_[block]);
      grad[globals_ + spread] += sum(spread_slope_[block]) - states_ * spreads_[block].weight;
      ++block;
    }
    grad[globals_ + k] += slopes_[k] * constrained_[k].derivative;
  }
  for (int t = 0; t < year_numbers_; ++t) {
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

}  // namespace tenbin
