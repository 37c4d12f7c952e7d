// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tenbin/core/panel.hpp"

namespace tenbin {

/// What spending is counted in. A panel in current money gets real by dividing by its price index,
/// one in constant money nominal by multiplying; without an index the other does not exist.
enum class MoneyKind { real, nominal };

/// Yearly growth of a panel's states as the rule of races sees it: docs/model.md section 8 (Races).
class GrowthRecord {
 public:
  /// Without personnel, growth is that of spending alone.
  GrowthRecord(const Panel& panel, MoneyKind money, bool with_personnel = true);

  /// Spending in this money, millions; NaN where there is no figure.
  double spending(StateIndex i, int year) const { return at(spending_, i, year); }
  double personnel(StateIndex i, int year) const { return at(personnel_, i, year); }
  /// Whether a state grows in a year, in spending or in personnel.
  bool grows(StateIndex i, int year, double growth) const;
  /// Growth of spending or of personnel in a year, the larger of the two, 0.08 for 8 %; NaN if
  /// neither has figures.
  double growth(StateIndex i, int year) const;
  int first_year() const { return first_; }
  int last_year() const { return last_; }
  bool exists() const { return exists_; }  // there is spending in this money

 private:
  double at(const std::vector<double>& of, StateIndex i, int year) const {
    if (year < first_ || year > last_) return missing;
    return of[static_cast<std::size_t>(i) * (last_ - first_ + 1) + (year - first_)];
  }

  int first_ = 0, last_ = -1;
  bool exists_ = false;
  std::vector<double> spending_, personnel_;
};

}  // namespace tenbin
