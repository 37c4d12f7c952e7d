// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/outcome.hpp"

namespace tenbin {

OutcomeReader reader(const Outcome& o, const Panel& panel, const Schedule& schedule) {
  const auto at = [](std::span<const double> row, int future) {
    return row[static_cast<std::size_t>(future)];
  };
  switch (o.kind) {
    case Outcome::Kind::milex:
      return [=](const Ensemble& e, int f) { return at(e.milex(o.year, o.state), f); };
    case Outcome::Kind::burden:
      return [=](const Ensemble& e, int f) { return at(e.burden(o.year, o.state), f); };
    case Outcome::Kind::stock:
      return [=](const Ensemble& e, int f) { return at(e.stock(o.year, o.state), f); };
    case Outcome::Kind::cost:
      return [=](const Ensemble& e, int f) {
        double total = 0;
        for (int year = e.start + 1; year <= o.year; ++year) total += at(e.milex(year, o.state), f);
        return total;
      };
    case Outcome::Kind::balance:
      return [year = o.year, one = BlocStock(panel, schedule, o.first, o.second),
              two = BlocStock(panel, schedule, o.second, o.first)](const Ensemble& e, int f) {
        const double below = two(e, year, f);
        return below > 0 ? one(e, year, f) / below : missing;
      };
  }
  return {};
}

double unit_of(const Outcome& o) {
  if (o.kind == Outcome::Kind::burden) return share_unit;
  return o.kind == Outcome::Kind::balance ? 0x1p-30 : milex_unit;
}

}  // namespace tenbin
