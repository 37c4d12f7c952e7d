// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/model/disputes.hpp"
#include "tenbin/model/logit.hpp"

namespace tenbin {

/// Log posterior of the dispute model, docs/model.md section 10 (Disputes): three logits of
/// standardised covariates and the calibration, which have no coordinate in common. Coordinates are
/// departures from the mode in units in which the curvature there is 1. How far disputes go is
/// learned from the last severity_years: the share with force fell from 0.72 to 0.57 after 1990.
class DisputeDensity {
 public:
  /// `later`: rows that the calibration learns from, with log odds of an onset by a fit to the rows
  /// before them; none: nothing is known of it.
  struct Unseen {
    std::vector<DyadYear> rows;
    std::vector<double> log_odds;
  };
  DisputeDensity(std::span<const DyadYear> rows, const DisputeScale& scale,
                 const Unseen& later = {});

  std::size_t size() const { return dispute_numbers; }
  double operator()(std::span<const double> theta, std::span<double> grad) const;
  std::vector<double> start() const { return std::vector<double>(size(), 0.0); }
  std::vector<Column> columns() const;
  void constrain(std::span<const double> theta, std::span<double> out) const;
  /// Where the density is highest: dispute_numbers.
  std::vector<double> mode() const;

 private:
  /// A logit and its place among the coordinates.
  struct Part {
    std::size_t first = 0;
    Logit logit;
    Logit::Mode mode;
  };
  std::vector<double> beta(const Part& part, std::span<const double> theta) const;

  std::vector<Part> parts_;  // by severity, then the calibration
};

inline constexpr int severity_years = 25;
inline constexpr Logit::Prior onset_intercept{-4, 2}, onset_slope{0, 1};
/// Covariates of the rows with a column of ones in front, for an outcome.
LogitRows dispute_rows(std::span<const DyadYear> rows, const DisputeScale& scale,
                       Severity severity);

}  // namespace tenbin
