// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/simulate.hpp"

#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

/// Values of one draw by name and element.
class NamedValues {
 public:
  NamedValues(Equation equation, const std::vector<Column>& columns, std::span<const double> values)
      : table_(parameters(equation)), columns_(columns), values_(values) {}
  double operator()(std::string_view name, std::size_t element = 0) const {
    return values_[columns_[parameter_index(table_, name)].offset + element];
  }

 private:
  std::span<const ParameterSpec> table_;
  const std::vector<Column>& columns_;
  std::span<const double> values_;
};

}  // namespace

StatePlaces::StatePlaces(const std::vector<Column>& columns, std::size_t state) {
  constexpr std::array<std::string_view, 10> names{
      "target", "pull",          "persistence",  "income",        "rival_response",
      "scale",  "ally_response", "threat_slope", "support_slope", "unrest_slope"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    const Column& c = columns[parameter_index(spending_parameters, names[k])];
    at_[k] = c.offset + (c.elements.empty() ? 0 : state);
  }
}

StateParameters<double> StatePlaces::operator()(std::span<const double> draw) const {
  const auto at = [&](std::size_t k) { return draw[at_[k]]; };
  return {.target = at(0),
          .pull = at(1),
          .persistence = at(2),
          .income = at(3),
          .rival_response = at(4),
          .scale = at(5),
          .ally_response = at(6),
          .threat_slope = at(7),
          .support_slope = at(8),
          .unrest_slope = at(9)};
}

std::vector<double> prior_draw(Equation equation, const Priors& priors,
                               const std::vector<Column>& columns, std::uint64_t seed,
                               std::uint32_t number) {
  const auto table = parameters(equation);
  std::vector<double> values(columns.back().offset + columns.back().size());
  const auto key = [&](std::size_t k, std::size_t element) {
    return RandomKey{.seed = seed,
                     .purpose = Purpose::simulated_parameter,
                     .index = number,
                     .entity = static_cast<std::uint32_t>(k),
                     .when = static_cast<std::uint32_t>(element)};
  };
  for (std::size_t k = 0; k < priors.size(); ++k)
    values[k] = prior_quantile(priors[k], table[k].lower, table[k].upper, uniforms(key(k, 0))[0]);
  std::size_t mean = 0;  // of the next state-scope parameter
  for (std::size_t k = priors.size(); k < table.size(); ++k) {
    const Column& c = columns[k];
    if (table[k].scope == Scope::state) {
      while (table[mean].spread.empty()) ++mean;
      for (std::size_t e = 0; e < c.size(); ++e) {
        const double free = values[mean] + values[mean + 1] * normal(key(k, e));
        values[c.offset + e] = table[k].lower == -unbounded  ? free
                               : table[k].upper == unbounded ? exp(free)
                                                             : inverse_logit(free);
      }
      ++mean;
      continue;
    }
    const bool wave = equation == Equation::spending;  // else the cycle, in units of its sd
    for (std::size_t t = 0; t < c.size(); ++t) {
      const NamedValues at(equation, columns, values);
      const double z = normal(key(k, t));
      values[c.offset + t] =
          wave ? at("wave_sd") * z + (t > 0 ? at("wave_persistence") * values[c.offset + t - 1] : 0)
               : z;
    }
  }
  return values;
}

RowTable simulate(Equation equation, RowTable rows, const std::vector<Column>& columns,
                  std::span<const double> values, std::uint64_t seed, std::uint32_t number) {
  const NamedValues at(equation, columns, values);
  for (auto& [state, row] : rows.rows) {
    const std::size_t i = state, t = row.year - rows.first_year;
    const double shock = student_t<double>({.seed = seed,
                                            .purpose = Purpose::simulated_shock,
                                            .index = number,
                                            .entity = entity_id(rows.ids[i]),
                                            .when = static_cast<std::uint32_t>(row.year)},
                                           at("df"));
    if (equation == Equation::spending) {
      const StateParameters<double> own = StatePlaces(columns, i)(values);
      row.milex_growth =
          expected(row, own, at("wave", t)) + shock_scale(own, row.unrest_lag) * shock;
    } else {
      row.gdp_growth = at("trend", i) + at("momentum") * (row.gdp_growth_lag - at("trend", i)) +
                       at("cycle_sd") * at("cycle", t) + at("scale", i) * shock;
    }
  }
  return rows;
}

}  // namespace tenbin
