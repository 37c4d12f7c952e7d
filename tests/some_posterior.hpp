// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fixture.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/io/posterior_file.hpp"

/// A posterior's file as a fit could have written it, made of keyed numbers.

namespace tenbin {

/// Draws of one equation within their bounds.
inline Draws some_draws(Equation equation, const std::vector<std::string>& states,
                        const std::vector<std::string>& years, int chains, int count) {
  Draws d{
      .equation = std::string(equation_name(equation)), .chains = chains, .draws_per_chain = count};
  for (const ParameterSpec& p : parameters(equation)) {
    Column c{.name = std::string(p.name), .offset = d.width};
    if (p.scope == Scope::state) c.elements = states;
    if (p.scope == Scope::year) c.elements = years;
    d.width += c.size();
    d.columns.push_back(std::move(c));
  }
  for (std::uint32_t n = 0; n < d.size(); ++n)
    for (const Column& c : d.columns)
      for (std::uint32_t e = 0; e < c.size(); ++e) {
        const double u = fixture::unit(n, static_cast<std::uint32_t>(c.offset) + e, 31);
        d.values.push_back(c.name == "df"                                  ? 3 + u
                           : c.name == "target" || c.name == "target_mean" ? -4 + u
                                                                           : u / 2);
      }
  d.log_density.assign(d.size(), -1.5);
  d.acceptance.assign(d.size(), 0.9);
  d.tree_depth.assign(d.size(), 3);
  d.leapfrogs.assign(d.size(), 7);
  d.divergent.assign(d.size(), 0);
  d.divergent[0] = 1;
  return d;
}

/// [summary_names][number], as a fit's file has them.
inline std::vector<double> summary_numbers(const Draws& draws) {
  std::vector<double> numbers;
  for (double Summary::*const member :
       {&Summary::mean, &Summary::sd, &Summary::mcse_mean, &Summary::q05, &Summary::median,
        &Summary::q95, &Summary::ess_bulk, &Summary::ess_tail, &Summary::rhat})
    for (const Summary& s : summarise(draws)) numbers.push_back(s.*member);
  return numbers;
}

/// Of the fixture's panel. `of` is a part of its fitted states.
inline PosteriorFile some_posterior(const std::vector<std::string>& of, int first_year,
                                    int chains = 2, int count = 4) {
  std::vector<std::string> years;
  for (int year = first_year; year <= 2020; ++year) years.push_back(std::to_string(year));
  PosteriorFile file{some_draws(Equation::spending, of, years, chains, count),
                     some_draws(Equation::economy, of, years, chains, count),
                     {{"creator", "tenbin 0"},
                      {"panel", "fixture"},
                      {"panel_hash", ""},
                      {"vintage", "made up"},
                      {"last_year", "2020"},
                      {"priors", "wide"},
                      {"seed", "7"},
                      {"chains", std::to_string(chains)},
                      {"warmup", "10"},
                      {"draws", std::to_string(count)},
                      {"target_accept", "0.9"},
                      {"left_out", ""},
                      {"without", ""}}};
  file.spending_summary = summary_numbers(file.spending);
  file.economy_summary = summary_numbers(file.economy);
  for (const std::string& id : of) file.observed.push_back({id, first_year, 0.01, 0.02, -4, 0.03});
  return file;
}

}  // namespace tenbin
