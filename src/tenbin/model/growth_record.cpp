// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/growth_record.hpp"

#include <algorithm>

namespace tenbin {
namespace {

constexpr double ratio_rounding = 1e-12;  // of a ratio that is written as 1.08

/// Price level of a year over that of the panel's own money, or NaN.
double price_of(const Panel& panel, int year) {
  for (const PriceRow& p : panel.price_index)
    if (p.year == year) return p.index;
  return missing;
}

}  // namespace

GrowthRecord::GrowthRecord(const Panel& panel, MoneyKind money, bool with_personnel)
    : first_(panel.first_year), last_(panel.last_year) {
  const std::vector<PersonnelRow> none;
  const std::vector<PersonnelRow>& personnel = with_personnel ? panel.personnel : none;
  for (const PersonnelRow& p : personnel) {
    first_ = std::min(first_, p.year);
    last_ = std::max(last_, p.year);
  }
  const std::size_t years = static_cast<std::size_t>(last_ - first_ + 1);
  spending_.assign(panel.states.size() * years, missing);
  personnel_ = spending_;
  const bool current = panel.price_year == 0;
  for (int year = panel.first_year; year <= panel.last_year; ++year) {
    const double price = price_of(panel, year);
    double factor = 1;
    if (current && money == MoneyKind::real) factor = 1 / price;
    if (!current && money == MoneyKind::nominal) factor = price;
    for (StateIndex i = 0; i < panel.size(); ++i) {
      const double value = panel.cell(i, year).milex * factor;
      spending_[i * years + (year - first_)] = value;
      exists_ = exists_ || known(value);
    }
  }
  for (const PersonnelRow& p : personnel)
    personnel_[p.state * years + (p.year - first_)] = p.personnel;
}

bool GrowthRecord::grows(StateIndex i, int year, double growth) const {
  for (const auto* of : {&spending_, &personnel_}) {
    const double before = at(*of, i, year - 1), now = at(*of, i, year);
    if (before > 0 && now >= (1 + growth - ratio_rounding) * before) return true;
  }
  return false;
}

double GrowthRecord::growth(StateIndex i, int year) const {
  double most = missing;
  for (const auto* of : {&spending_, &personnel_}) {
    const double before = at(*of, i, year - 1), now = at(*of, i, year);
    if (before > 0 && known(now) && !(now / before - 1 <= most)) most = now / before - 1;
  }
  return most;
}

}  // namespace tenbin
