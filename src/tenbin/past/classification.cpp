// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/classification.hpp"

#include <algorithm>
#include <numeric>

#include "tenbin/num/elementary.hpp"

namespace tenbin {

Classification classify(std::span<const double> p, std::span<const char> came) {
  Classification c{.cases = static_cast<int>(p.size())};
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
  const double n = static_cast<double>(p.size());
  for (std::size_t k = 0; k < p.size(); ++k) {
    const double e = came[k] ? 1 : 0;
    c.events += came[k] != 0;
    c.expected += p[k];
    Reliability& own = c.classes[risk_class(p[k])];
    ++own.cases;
    own.events += came[k] != 0;
    own.expected += p[k];
    c.brier += (p[k] - e) * (p[k] - e) / n;
    c.log_loss -= (came[k] ? log(p[k]) : log1p(-p[k])) / n;
  }
  double rank_sum = 0;  // of events; ties share their mean rank
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    int events = 0;
    while (to < order.size() && p[order[to]] == p[order[from]]) events += came[order[to++]] != 0;
    rank_sum += events * (static_cast<double>(from + to + 1) / 2);
    from = to;
  }
  const double events = c.events, others = n - events;
  c.auc = (rank_sum - events * (events + 1) / 2) / (events * others);
  for (int tenth = 0; tenth < 10; ++tenth) {
    Reliability r;
    for (std::size_t k = p.size() * tenth / 10; k < p.size() * (tenth + 1) / 10; ++k) {
      ++r.cases;
      r.events += came[order[k]] != 0;
      r.expected += p[order[k]];
    }
    c.tenths.push_back(r);
  }
  return c;
}

}  // namespace tenbin
