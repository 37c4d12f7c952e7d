// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "tenbin/core/danger_model.hpp"
#include "tenbin/core/panel.hpp"

/// How dangerous a year is for a state: docs/model.md section 11 (Danger).

namespace tenbin {

/// A relevant dyad of a year, and what is known of it at the year's end.
struct DangerDyad {
  StateIndex a = 0, b = 0;  // a < b
  DangerVector x{};
  bool border = false;  // contiguous
  bool close = false;   // contiguous or rivals
};

/// Yearly probabilities that two states have a dispute, or a state one with anybody.
struct Danger {
  double fatal = 0, force = 0;
};

/// The panel's dyads as the danger of a dispute sees them.
class DangerRecord {
 public:
  /// `stocks` are those of the panel, as stocks() gives them. Both must outlive the record.
  DangerRecord(const Panel& panel, std::span<const double> stocks);

  /// Dyads with a stock on both sides that are contiguous or hold a major power, by a, then b.
  /// Unknown democracy is the other's, or 0.3; without a place a state is 20,000 km away.
  std::vector<DangerDyad> dyads(int year) const;
  /// Probability that each state has a fatal dispute in the year after with a state that it borders
  /// on or that is its rival; NaN for a state without a stock. 0 to 1.
  /// `but`: by state, those that do not count as the other one; empty: all count.
  std::vector<double> of_states(const DangerModel& model, int year,
                                std::span<const char> but = {}) const;

 private:
  const Panel& panel_;
  std::span<const double> stocks_;
  std::vector<double> log_km_;     // [a][b]
  std::vector<double> democracy_;  // [state][year - first]
};

/// Of a dispute in the year after.
Danger danger_of(const DangerModel& model, const DangerVector& x);

/// The newest of the panel's models that was fitted to nothing later than a year; null: none.
const DangerModel* danger_model(const Panel& panel, int year);

}  // namespace tenbin
