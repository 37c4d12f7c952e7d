// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/dispute_density.hpp"

#include <algorithm>
#include <string>

namespace tenbin {
namespace {

constexpr Logit::Prior severity_intercept{0, 1.5}, severity_slope{0, 0.5};
constexpr Logit::Prior calibration_slope{0, 0.5};
constexpr double least_slope = 0.05;  // of the calibrated log odds by those before

double log_odds_of(double p) { return log(p / (1 - p)); }

/// What the calibration adds to log odds, by its two slopes.
LogitRows calibration_rows(const DisputeDensity::Unseen& later) {
  LogitRows rows{.columns = 2};
  for (std::size_t r = 0; r < later.rows.size(); ++r) {
    const double eta = later.log_odds[r];
    rows.x.push_back(eta - log_odds_of(calibration_centre));
    rows.x.push_back(std::max(0.0, eta - log_odds_of(calibration_bend)));
    rows.offset.push_back(eta);
    rows.came.push_back(later.rows[r].onset);
  }
  return rows;
}

}  // namespace

LogitRows dispute_rows(std::span<const DyadYear> rows, const DisputeScale& scale,
                       Severity severity) {
  LogitRows result{.columns = dispute_logit};
  const auto asked = [&](const DyadYear& r) {
    return severity == Severity::any ||
           r.reaches(static_cast<Severity>(static_cast<int>(severity) - 1));
  };
  for (const DyadYear& r : rows) {
    if (!asked(r)) continue;
    result.x.push_back(1);
    for (std::size_t k = 0; k < dispute_covariates; ++k)
      result.x.push_back((r.x[k] - scale.mean[k]) / scale.sd[k]);
    result.came.push_back(r.reaches(severity));
  }
  return result;
}

DisputeDensity::DisputeDensity(std::span<const DyadYear> rows, const DisputeScale& scale,
                               const Unseen& later) {
  const auto add = [&](const LogitRows& given, Logit::Prior first, Logit::Prior other) {
    std::vector<Logit::Prior> priors(given.columns, other);
    priors.front() = first;
    Logit logit(given, std::move(priors));
    const std::size_t place = parts_.empty() ? 0 : parts_.back().first + parts_.back().logit.size();
    parts_.push_back({place, logit, logit.mode()});
  };
  add(dispute_rows(rows, scale, Severity::any), onset_intercept, onset_slope);
  int last = 0;
  for (const DyadYear& r : rows) last = std::max(last, r.year);
  std::vector<DyadYear> recent;
  for (const DyadYear& r : rows)
    if (r.year > last - severity_years) recent.push_back(r);
  for (const Severity s : {Severity::force, Severity::fatal})
    add(dispute_rows(recent, scale, s), severity_intercept, severity_slope);
  add(calibration_rows(later), calibration_slope, calibration_slope);
}

std::vector<double> DisputeDensity::beta(const Part& part, std::span<const double> theta) const {
  std::vector<double> beta =
      part.mode.curvature.solve_transposed(theta.subspan(part.first, part.logit.size()));
  for (std::size_t k = 0; k < beta.size(); ++k) beta[k] += part.mode.beta[k];
  return beta;
}

double DisputeDensity::operator()(std::span<const double> theta, std::span<double> grad) const {
  double density = 0;
  for (const Part& part : parts_) {
    std::vector<double> slope(part.logit.size());
    density += part.logit(beta(part, theta), slope);
    // beta = mode + L'^-1 theta, so the slope by theta is L^-1 times that by beta
    std::ranges::copy(part.mode.curvature.solve_lower(slope), grad.begin() + part.first);
  }
  return density;
}

std::vector<Column> DisputeDensity::columns() const {
  std::vector<Column> columns;
  const auto add = [&](std::string name) {
    columns.push_back({.name = std::move(name), .offset = columns.size()});
  };
  for (std::size_t s = 0; s < severities; ++s) {
    const std::string of = s == 0 ? "" : std::string(severity_names[s]) + "_";
    add(of + "intercept");
    for (const auto name : dispute_covariate_names) add(of + std::string(name));
  }
  add("calibration_spread");
  add("calibration_bend");
  return columns;
}

void DisputeDensity::constrain(std::span<const double> theta, std::span<double> out) const {
  for (const Part& part : parts_)
    std::ranges::copy(beta(part, theta), out.begin() + static_cast<std::ptrdiff_t>(part.first));
  // the calibration keeps the order of risks
  double &spread = out[dispute_numbers - 2], &bend = out[dispute_numbers - 1];
  spread = std::max(spread, least_slope - 1);
  bend = std::max(bend, least_slope - 1 - spread);
}

std::vector<double> DisputeDensity::mode() const {
  std::vector<double> mode(size());
  constrain(start(), mode);
  return mode;
}

}  // namespace tenbin
