// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/row_table.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace tenbin {

RowTable row_table(Equation equation, const std::vector<Row>& rows, const Panel& panel) {
  RowTable t;
  int last_year = 0;
  for (const Row& r : rows) {
    if (equation == Equation::economy && !known(r.gdp_growth_lag)) continue;
    if (t.states.empty() || t.states.back() != r.state) {
      t.states.push_back(r.state);
      t.ids.push_back(panel.states[r.state].id);
      t.regions.push_back(panel.states[r.state].region);
    }
    t.first_year = t.rows.empty() ? r.year : std::min(t.first_year, r.year);
    last_year = t.rows.empty() ? r.year : std::max(last_year, r.year);
    t.rows.push_back({static_cast<int>(t.states.size()) - 1, r});
  }
  if (!t.rows.empty()) t.years = last_year - t.first_year + 1;
  return t;
}

std::vector<std::string> RowTable::wave_regions() const {
  std::map<std::string, int> count;
  for (const std::string& region : regions)
    if (!region.empty()) ++count[region];
  std::vector<std::string> large;
  for (const auto& [region, states] : count)
    if (states >= fewest_for_region) large.push_back(region);
  return large;
}

RowPacks row_packs(const RowTable& table, double Row::*response,
                   const std::vector<double Row::*>& covariates) {
  constexpr int lane = RowPacks::lane;
  const int states = static_cast<int>(table.states.size());
  std::vector<int> first(states, table.years), last(states, -1);
  for (const auto& [state, row] : table.rows) {
    first[state] = std::min(first[state], row.year - table.first_year);
    last[state] = std::max(last[state], row.year - table.first_year);
  }
  RowPacks p{.columns = RowPacks::first_covariate + static_cast<int>(covariates.size())};
  p.slots.resize(states);
  std::iota(p.slots.begin(), p.slots.end(), 0);
  std::stable_sort(p.slots.begin(), p.slots.end(), [&](int a, int b) {
    return first[a] != first[b] ? first[a] < first[b] : last[a] < last[b];
  });
  std::vector<int> slot_of(states);
  for (int s = 0; s < states; ++s) slot_of[p.slots[s]] = s;
  std::size_t size = 0;
  for (int begin = 0; begin < states; begin += lane) {
    RowPacks::Pack pack{.first = table.years, .begin = size, .count = 0.0};
    int end = 0;
    for (int s = begin; s < std::min(begin + lane, states); ++s) {
      pack.first = std::min(pack.first, first[p.slots[s]]);
      end = std::max(end, last[p.slots[s]] + 1);
    }
    pack.years = end - pack.first;
    size += static_cast<std::size_t>(pack.years) * p.columns;
    p.packs.push_back(pack);
  }
  p.values.assign(size, 0.0);
  for (const auto& [state, row] : table.rows) {
    RowPacks::Pack& pack = p.packs[slot_of[state] / lane];
    const int k = slot_of[state] % lane;
    RowPacks::Values* cell =
        &p.values[pack.begin +
                  static_cast<std::size_t>(row.year - table.first_year - pack.first) * p.columns];
    put(cell[RowPacks::there], k, 1);
    put(cell[RowPacks::response], k, row.*response);
    for (std::size_t c = 0; c < covariates.size(); ++c)
      if (covariates[c] != nullptr) put(cell[RowPacks::first_covariate + c], k, row.*covariates[c]);
    put(pack.count, k, get(pack.count, k) + 1);
  }
  return p;
}

}  // namespace tenbin
