// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/promises.hpp"

#include <algorithm>

#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr int years_before = 15, fewest_before = 5;  // of a state's usual changes
constexpr double usual_change = 0.08, least_usual = 0.03, most_usual = 0.3;

double log_share(const Panel& panel, StateIndex i, int year) {
  const MilexCell& c = panel.cell(i, year);
  return c.observed() && known(c.burden) ? log(c.burden) : missing;
}

/// Sd of the yearly changes of a state's log share up to a year.
double usual_changes(const Panel& panel, StateIndex i, int until) {
  double squares = 0;
  int count = 0;
  for (int year = until - years_before + 1; year <= until; ++year) {
    const double change = log_share(panel, i, year) - log_share(panel, i, year - 1);
    if (known(change)) squares += change * change, ++count;
  }
  if (count < fewest_before) return usual_change;
  return std::clamp(square_root(squares / count), least_usual, most_usual);
}

}  // namespace

int ended(const Pledge& pledge) {
  return pledge.withdrawn > 0 ? std::min(pledge.withdrawn, pledge.due()) : pledge.due();
}

double PromiseCase::closed() const {
  double sum = 0;
  for (const double change : changes) sum += change;
  return sum / gap;
}

std::vector<PromiseCase> promise_cases(const Panel& panel, int until) {
  std::vector<PromiseCase> cases;
  for (std::size_t k = 0; k < panel.pledges.size(); ++k) {
    const Pledge& p = panel.pledges[k];
    const int last = ended(p);
    if (!p.reaches_share() || last > until || last < p.from) continue;
    const double before = log_share(panel, p.state, p.from - 1);
    const double factor = p.to_panel > 0 ? p.to_panel : 1;
    PromiseCase c{.pledge = k,
                  .from = p.from,
                  .ended = last,
                  .years = p.due() - p.from + 1,
                  .gap = log(p.target * factor) - before,
                  .usual = usual_changes(panel, p.state, p.from - 1)};
    for (int year = p.from; year <= last; ++year)
      c.changes.push_back(log_share(panel, p.state, year) - log_share(panel, p.state, year - 1));
    const auto unknown = [](double x) { return !known(x); };
    if (known(c.gap) && c.gap > least_gap && std::ranges::none_of(c.changes, unknown))
      cases.push_back(std::move(c));
  }
  return cases;
}

}  // namespace tenbin
