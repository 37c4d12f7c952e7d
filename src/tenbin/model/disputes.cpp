// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/disputes.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "tenbin/model/covariates.hpp"

namespace tenbin {
namespace {

constexpr int democracy_carried = 5;  // years
constexpr double intercept_mean = -4, intercept_sd = 2;

/// Years with an onset as a pattern: the last is known, the others lie evenly between it and the
/// oldest that counts.
unsigned spread(const DisputePast& p) {
  const int newest = p.as_of - p.last, room = dispute_memory - newest;
  unsigned pattern = 0;
  for (int k = 0; k < p.recent; ++k) pattern |= 1u << (newest + k * room / p.recent);
  return pattern;
}

}  // namespace

DisputeRecord::DisputeRecord(const Panel& panel, std::vector<double> stocks)
    : panel_(panel),
      stock_(std::move(stocks)),
      total_(panel.years(), 0.0),
      democracy_(stock_.size(), missing),
      onsets_(static_cast<std::size_t>(panel.size()) * panel.size()),
      borders_(onsets_.size()) {
  const int years = panel.years();
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int t = 0; t < years; ++t)
      total_[t] += stock_[static_cast<std::size_t>(i) * years + t] / panel.share_of_world;
  for (const DemocracyRow& r : panel.regime)
    if (r.year >= panel.first_year && r.year <= panel.last_year)
      democracy_[static_cast<std::size_t>(r.state) * years + (r.year - panel.first_year)] =
          r.democracy;
  std::vector<std::map<int, int>> by_year(onsets_.size());
  for (const Dispute& d : panel.disputes) {
    int& level = by_year[place(d.a, d.b)][d.year];
    level = std::max(level, d.hostility_level);
  }
  for (std::size_t k = 0; k < onsets_.size(); ++k)
    for (const auto& [year, level] : by_year[k]) onsets_[k].push_back({year, level});
  for (const Border& b : panel.borders) borders_[place(b.a, b.b)].push_back(b);
}

bool DisputeRecord::relevant(StateIndex a, StateIndex b, int year) const {
  for (const Border& border : borders_[place(a, b)])
    if (border.start <= year && year <= border.end) return true;
  for (const Major& m : panel_.majors)
    if ((m.state == a || m.state == b) && m.start <= year && year <= m.end) return true;
  return false;
}

std::optional<DisputeHistory> DisputeRecord::history(StateIndex a, StateIndex b, int year) const {
  const auto first = panel_.states[a].entered, second = panel_.states[b].entered;
  if (!first || !second || std::max(*first, *second) > year) return std::nullopt;
  if (!told(year)) return std::nullopt;
  for (const DisputePast& p : panel_.dispute_past)
    if (p.as_of == year && std::minmax(p.a, p.b) == std::minmax(a, b))
      return DisputeHistory{.last = p.last, .pattern = spread(p)};
  DisputeHistory h{.last = std::max({*first, *second, first_dispute_history}), .never = true};
  for (const Onset& o : onsets_[place(a, b)]) {
    if (o.year > year) break;
    h.last = o.year;
    h.never = false;
    if (o.year > year - dispute_memory) h.pattern |= 1u << (year - o.year);
  }
  return h;
}

bool DisputeRecord::told(int year) const {
  return year <= panel_.disputes_until ||
         std::any_of(panel_.dispute_past.begin(), panel_.dispute_past.end(),
                     [&](const DisputePast& p) { return p.as_of == year; });
}

double DisputeRecord::democracy_of(StateIndex i, int year) const {
  for (int y = std::min(year, panel_.last_year);
       y >= std::max(year - democracy_carried, panel_.first_year); --y) {
    const double d =
        democracy_[static_cast<std::size_t>(i) * panel_.years() + (y - panel_.first_year)];
    if (known(d)) return d;
  }
  return missing;
}

std::optional<DisputeVector> DisputeRecord::covariates(StateIndex a, StateIndex b, int year) const {
  const auto past = history(a, b, year);
  if (!past || year < panel_.first_year || year > panel_.last_year) return std::nullopt;
  const int t = year - panel_.first_year;
  const double ka = stock_[static_cast<std::size_t>(a) * panel_.years() + t],
               kb = stock_[static_cast<std::size_t>(b) * panel_.years() + t];
  const State &sa = panel_.states[a], &sb = panel_.states[b];
  const double free = minimum(democracy_of(a, year), democracy_of(b, year));
  if (!(ka > 0) || !(kb > 0) || !sa.has_place() || !sb.has_place() ||
      !known(democracy_of(a, year) + democracy_of(b, year)))
    return std::nullopt;
  DisputeVector x;
  x[distance] = log(maximum(great_circle(sa.lat, sa.lon, sb.lat, sb.lon), 1.0));
  x[larger_share] = log(maximum(ka, kb) / total_[t]);
  x[imbalance] = absolute(log(ka / kb));
  x[democracy] = free;
  x[recent] = past->recent();
  x[peace] = log(1.0 + (year - past->last));
  return x;
}

std::vector<DyadYear> DisputeRecord::dyad_years(int first, int last) const {
  std::vector<DyadYear> rows;
  for (StateIndex a = 0; a < panel_.size(); ++a)
    for (StateIndex b = a + 1; b < panel_.size(); ++b)
      for (int year = first; year <= std::min(last, panel_.disputes_until); ++year) {
        if (!relevant(a, b, year - 1)) continue;
        const auto x = covariates(a, b, year - 1);
        if (!x) continue;
        DyadYear row{.a = a, .b = b, .year = year, .x = *x};
        for (const Onset& o : onsets_[place(a, b)])
          if (o.year == year) row.onset = true, row.level = o.level;
        rows.push_back(row);
      }
  return rows;
}

std::string no_disputes(const Panel& panel, const DisputeRecord& record, int start) {
  const std::string none = ", so futures draw no disputes and their risk is not judged";
  if (!panel.dispute_model)
    return "the panel's folder holds no disputes.toml (tenbin disputes writes one)" + none;
  if (panel.dispute_model->last > start)
    return "the panel's disputes.toml was fitted to years up to " +
           std::to_string(panel.dispute_model->last) + ", later than " + std::to_string(start) +
           none;
  if (!record.told(start))
    return "the panel tells of no dyad's past up to " + std::to_string(start) + none;
  for (StateIndex a = 0; a < panel.size(); ++a)
    for (StateIndex b = a + 1; b < panel.size(); ++b)
      if (record.relevant(a, b, start) && record.covariates(a, b, start)) return {};
  return "the panel has no relevant dyad (contiguity.csv, majors.csv) whose states' places, entry, "
         "stocks and democracy (regime.csv) are known in " +
         std::to_string(start) + none;
}

DisputeScale scale_of(std::span<const DyadYear> rows) {
  DisputeScale scale;
  const double n = static_cast<double>(rows.size());
  for (std::size_t k = 0; k < dispute_covariates; ++k) {
    double sum = 0, square = 0;
    for (const DyadYear& r : rows) sum += r.x[k];
    scale.mean[k] = sum / n;
    for (const DyadYear& r : rows) square += (r.x[k] - scale.mean[k]) * (r.x[k] - scale.mean[k]);
    scale.sd[k] = square > 0 ? square_root(square / n) : 1;
  }
  return scale;
}

double onset_probability(std::span<const double> beta, const DisputeScale& scale,
                         const DisputeVector& x) {
  double eta = beta[0];
  for (std::size_t k = 0; k < dispute_covariates; ++k)
    eta += beta[k + 1] * (x[k] - scale.mean[k]) / scale.sd[k];
  return -expm1(-exp(minimum(eta, 30.0)));
}

DisputeDensity::DisputeDensity(std::span<const DyadYear> rows, const DisputeScale& scale)
    : x_(rows.size() * dispute_covariates), rows_(rows.size()), onsets_(0) {
  std::size_t at = 0;
  for (const bool onset : {true, false})
    for (const DyadYear& r : rows) {
      if (r.onset != onset) continue;
      for (std::size_t k = 0; k < dispute_covariates; ++k)
        x_[k * rows_ + at] = (r.x[k] - scale.mean[k]) / scale.sd[k];
      ++at;
      onsets_ += onset;
      forceful_ += onset && r.level >= force_used;
    }
}

double DisputeDensity::operator()(std::span<const double> theta, std::span<double> grad) const {
  std::fill(grad.begin(), grad.end(), 0.0);
  double density = 0;
  for (std::size_t r = 0; r < rows_; ++r) {
    double eta = theta[0];
    for (std::size_t k = 0; k < dispute_covariates; ++k) eta += theta[k + 1] * x_[k * rows_ + r];
    const double hazard = exp(eta);
    double slope = -hazard;  // d log p / d eta
    if (r < onsets_) {
      const double p = -expm1(-hazard);
      density += log(p);
      slope = hazard * (1 - p) / p;
    } else {
      density -= hazard;
    }
    grad[0] += slope;
    for (std::size_t k = 0; k < dispute_covariates; ++k) grad[k + 1] += slope * x_[k * rows_ + r];
  }
  for (std::size_t k = 0; k <= dispute_covariates; ++k) {
    const double mean = k == 0 ? intercept_mean : 0, sd = k == 0 ? intercept_sd : 1;
    const double q = (theta[k] - mean) / sd;
    density -= 0.5 * q * q;
    grad[k] -= q / sd;
  }
  // k of n onsets with force, and the Jacobian of the logit: (k + 1) log f + (n - k + 1) log(1 - f)
  const double u = theta[dispute_covariates + 1], with = forceful_ + 1,
               without = static_cast<double>(onsets_) - forceful_ + 1;
  density -= with * log1p_exp(-u) + without * log1p_exp(u);
  grad[dispute_covariates + 1] = with - (with + without) * inverse_logit(u);
  return density - density == 0 ? density : -std::numeric_limits<double>::infinity();
}

std::vector<double> DisputeDensity::start() const {
  std::vector<double> theta(size(), 0.0);
  theta[0] = intercept_mean;
  return theta;
}

std::vector<Column> DisputeDensity::columns() const {
  std::vector<Column> columns{{.name = "intercept"}};
  for (const auto name : dispute_covariate_names)
    columns.push_back({.name = std::string(name), .offset = columns.size()});
  columns.push_back({.name = "force", .offset = columns.size()});
  return columns;
}

void DisputeDensity::constrain(std::span<const double> theta, std::span<double> out) const {
  std::copy(theta.begin(), theta.end(), out.begin());
  out[dispute_covariates + 1] = inverse_logit(theta[dispute_covariates + 1]);
}

}  // namespace tenbin
