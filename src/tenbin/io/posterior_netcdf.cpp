// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/posterior_netcdf.hpp"

#include <algorithm>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/in_child.hpp"
#include "tenbin/io/netcdf_memory.hpp"
#include "tenbin/model/parameters.hpp"

namespace tenbin {
namespace {

using namespace netcdf;

/// The numbers of chains and of their draws, from 0.
void put_coordinates(int group, const Draws& draws, int chain, int draw) {
  std::vector<int> counting(std::max(draws.chains, draws.draws_per_chain));
  for (std::size_t k = 0; k < counting.size(); ++k) counting[k] = static_cast<int>(k);
  put_integers(group, "chain", {chain}, counting);
  put_integers(group, "draw", {draw}, counting);
}

void put_draws(int file, const Draws& draws, Equation equation, const std::string& suffix) {
  const int g = group(file, ("posterior" + suffix).c_str());
  const int chain = dimension(g, "chain", draws.chains),
            draw = dimension(g, "draw", draws.draws_per_chain);
  put_coordinates(g, draws, chain, draw);
  int state = -1, year = -1;
  for (const Column& c : draws.columns) {
    const auto table = parameters(equation);
    const ParameterSpec& spec = table[parameter_index(table, c.name)];
    std::vector<int> dims{chain, draw};
    const std::vector<std::string> regions =
        spec.scope == Scope::year ? regions_of(c) : std::vector<std::string>{};
    const std::size_t size = c.size() / (1 + regions.size());  // of one series of years
    if (spec.scope == Scope::state) {
      if (state < 0)
        state = dimension(g, "state", c.size()), put_texts(g, "state", state, c.elements);
      dims.push_back(state);
    } else if (spec.scope == Scope::year) {
      if (year < 0) {
        year = dimension(g, "year", size);
        std::vector<int> years;
        for (std::size_t t = 0; t < size; ++t) years.push_back(std::stoi(c.elements[t]));
        put_integers(g, "year", {year}, years);
      }
      dims.push_back(year);
    }
    const auto put = [&](const std::string& name, std::size_t from, std::size_t count) {
      std::vector<double> values;
      values.reserve(draws.size() * count);
      for (std::size_t d = 0; d < draws.size(); ++d) {
        const auto one = draws.draw(d).subspan(c.offset + from, count);
        values.insert(values.end(), one.begin(), one.end());
      }
      put_doubles(g, name, dims, values, std::string(spec.meaning), std::string(spec.unit));
    };
    put(c.name, 0, size);
    if (regions.empty()) continue;
    const int region = dimension(g, "region", regions.size());
    put_texts(g, "region", region, regions);
    dims.insert(dims.end() - 1, region);
    put(c.name + "_region", size, c.size() - size);
  }
  const int s = group(file, ("sample_stats" + suffix).c_str());
  const std::vector<int> dims{dimension(s, "chain", draws.chains),
                              dimension(s, "draw", draws.draws_per_chain)};
  put_coordinates(s, draws, dims[0], dims[1]);
  put_doubles(s, "lp", dims, draws.log_density);
  put_doubles(s, "acceptance_rate", dims, draws.acceptance);
  put_integers(s, "tree_depth", dims, draws.tree_depth);
  put_integers(s, "n_steps", dims, draws.leapfrogs);
  put_flags(s, "diverging", dims,
            std::vector<signed char>(draws.divergent.begin(), draws.divergent.end()));
}

void put_summary(int file, const Draws& draws, const std::vector<double>& summary,
                 const std::string& suffix) {
  const int g = group(file, ("summary" + suffix).c_str());
  const int number = dimension(g, "number", draws.width);
  for (std::size_t k = 0; k < summary_names.size(); ++k) {
    const auto from = summary.begin() + static_cast<std::ptrdiff_t>(k * draws.width);
    put_doubles(g, std::string(summary_names[k]), {number},
                {from, from + static_cast<std::ptrdiff_t>(draws.width)});
  }
}

void put_observed(int file, const std::vector<ObservedRow>& rows) {
  const int g = group(file, "observed_data");
  const int row = dimension(g, "row", rows.size());
  std::vector<std::string> states;
  std::vector<int> years;
  for (const ObservedRow& r : rows) {
    states.push_back(r.state);
    years.push_back(r.year);
  }
  put_texts(g, "state", row, states);
  put_integers(g, "year", {row}, years);
  const auto column = [&](const char* name, double ObservedRow::*member) {
    std::vector<double> values;
    for (const ObservedRow& r : rows) values.push_back(r.*member);
    put_doubles(g, name, {row}, values);
  };
  column("milex_growth", &ObservedRow::milex_growth);
  column("milex_growth_lag", &ObservedRow::milex_growth_lag);
  column("log_burden_lag", &ObservedRow::log_burden_lag);
  column("gdp_growth", &ObservedRow::gdp_growth);
  column("threat_lag", &ObservedRow::threat_lag);
  column("support_lag", &ObservedRow::support_lag);
  column("rival_growth_lag", &ObservedRow::rival_growth_lag);
  column("ally_growth_lag", &ObservedRow::ally_growth_lag);
}

std::string image_of(const PosteriorFile& file) {
  MemoryFile out;
  const int one = 1;
  check(nc_put_att_int(out.id(), NC_GLOBAL, "format", NC_INT, 1, &one), "format");
  for (const auto& [name, value] : file.attributes)
    check(nc_put_att_text(out.id(), NC_GLOBAL, name.c_str(), value.size(), value.data()), name);
  put_draws(out.id(), file.spending, Equation::spending, "");
  put_draws(out.id(), file.economy, Equation::economy, "_economy");
  put_summary(out.id(), file.spending, file.spending_summary, "");
  put_summary(out.id(), file.economy, file.economy_summary, "_economy");
  put_observed(out.id(), file.observed);
  return out.close();
}

}  // namespace

// The library writes into memory alone, so that whatever fails there is a lack of it: HDF5 calls it
// a problem with dimension scales.
std::string posterior_netcdf(const PosteriorFile& file) {
  return in_child([&] { return image_of(file); });
}

}  // namespace tenbin
