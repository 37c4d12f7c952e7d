// SPDX-License-Identifier: Apache-2.0
// Fits a panel's spending equation under the wide priors with tenbin's own defaults and the terms
// of a Stan program (reference: the research data's; standard: tests/reference/), and writes into a
// folder what bench/compare.R needs:
//   rows.csv          the fitted rows, every digit
//   names.txt         quantities of a draw, without those of terms that are switched off
//   draws.bin         doubles [chain][draw][quantity]
//   points.bin        20 points in the coordinates of the Stan program
//   densities.bin, gradients.bin   log density and gradient there
//   tenbin.txt        wall seconds, divergences, gradients a second
// Usage: tenbin_bench_fit PANEL FOLDER reference|standard [LAST_YEAR]
#include "tenbin/fit/fit.hpp"

#include <fmt/format.h>
#include <fmt/os.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/num/random.hpp"

namespace {

using namespace tenbin;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void write_doubles(const std::filesystem::path& path, const std::vector<double>& x) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(x.data()),
             static_cast<std::streamsize>(x.size() * sizeof(double)));
}

void write_rows(const std::filesystem::path& path, const RowTable& table) {
  auto out = fmt::output_file(path.string());
  out.print(
      "state,year,milex_growth,milex_growth_lag,log_burden_lag,gdp_growth,threat_lag,support_lag,"
      "rival_growth_lag,ally_growth_lag,unrest_lag,danger_lag,danger_mean,treaty_lag,presence_lag,"
      "war,exposure,region\n");
  for (const auto& [i, r] : table.rows)
    out.print("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", table.ids[i], r.year,
              r.milex_growth, r.milex_growth_lag, r.log_burden_lag, r.gdp_growth, r.threat_lag,
              r.support_lag, r.rival_growth_lag, r.ally_growth_lag, r.unrest_lag, r.danger_lag,
              r.danger_mean, r.treaty_lag, r.presence_lag, r.war, r.exposure,
              table.region(static_cast<std::size_t>(i)));
}

using Terms = std::vector<std::string>;

SpendingDensity density_of(const RowTable& table, const Terms& without) {
  return SpendingDensity(table, wide_priors(Equation::spending), without);
}

/// For each unconstrained coordinate of the Stan program, its place among the density's. Stan has
/// the states in the panel's order, and no parameters of terms that are switched off.
std::vector<std::size_t> stan_places(const SpendingDensity& density, const RowTable& table,
                                     const Terms& without) {
  const std::size_t states = table.ids.size();
  const auto is_off = [&](std::string_view term) {
    return std::find(without.begin(), without.end(), term) != without.end();
  };
  std::vector<std::size_t> places(density.size());
  for (std::size_t k = 0; k < places.size(); ++k) places[k] = k;
  for (std::size_t block = 0; block < 6; ++block)
    for (std::size_t s = 0; s < states; ++s)
      places[block * states + density.slots()[s]] = block * states + s;
  std::vector<std::string_view> terms;  // of the globals, which are the last coordinates
  for (const ParameterSpec& p : parameters(Equation::spending))
    if (p.scope == Scope::global) terms.push_back(p.term);
  const std::size_t globals = places.size() - terms.size(), waves = 6 * states;
  std::erase_if(places, [&](std::size_t k) {
    return k >= globals ? is_off(terms[k - globals]) : k >= waves && is_off("wave");
  });
  return places;
}

/// Densities and gradients at 20 points around the start. A coordinate that Stan does not have
/// stays at its start, so that it changes no difference of log densities.
void write_gradients(const std::filesystem::path& folder, const RowTable& table,
                     const Terms& without) {
  SpendingDensity density = density_of(table, without);
  density.set_centring(std::vector<double>(6, 0.0), 0);
  const std::vector<std::size_t> places = stan_places(density, table, without);
  std::vector<double> points, gradients, densities, g(density.size());
  for (std::uint32_t p = 0; p < 20; ++p) {
    std::vector<double> theta = density.start();
    for (const std::size_t k : places)
      theta[k] += 0.3 * normal({.seed = 1, .index = p, .entity = static_cast<std::uint32_t>(k)});
    densities.push_back(density(theta, g));
    for (const std::size_t k : places) points.push_back(theta[k]), gradients.push_back(g[k]);
  }
  write_doubles(folder / "points.bin", points);
  write_doubles(folder / "densities.bin", densities);
  write_doubles(folder / "gradients.bin", gradients);
}

/// Names and values of the quantities that were drawn.
void write_draws(const std::filesystem::path& folder, const Draws& draws) {
  auto names = fmt::output_file((folder / "names.txt").string());
  std::vector<std::size_t> places;
  for (const Column& c : draws.columns)
    for (std::size_t e = 0; !c.fixed && e < c.size(); ++e) {
      names.print("{}\n", c.label(e));
      places.push_back(c.offset + e);
    }
  std::vector<double> values;
  for (std::size_t d = 0; d < draws.size(); ++d)
    for (const std::size_t k : places) values.push_back(draws.draw(d)[k]);
  write_doubles(folder / "draws.bin", values);
}

double gradients_a_second(const RowTable& table, const Terms& without) {
  SpendingDensity density = density_of(table, without);
  std::vector<double> theta = density.start(), g(theta.size());
  const auto begin = std::chrono::steady_clock::now();
  int count = 0;
  for (; seconds_since(begin) < 1; ++count) {
    theta[count % theta.size()] += 1e-9;
    density(theta, g);
  }
  return count / seconds_since(begin);
}

}  // namespace

int main(int count, char** words) {
  const std::string_view terms = count > 3 ? words[3] : "";
  if (terms != "reference" && terms != "standard") return 2;
  const std::filesystem::path folder = words[2];
  Panel panel = read_panel(words[1]);
  if (count > 4) panel = cut(panel, std::stoi(words[4]));
  const RowTable table =
      row_table(Equation::spending, rows_to_fit(*tenbin::past_of(panel), {}), panel);
  write_rows(folder / "rows.csv", table);
  std::vector<Row> rows;
  for (const auto& [state, row] : table.rows) rows.push_back(row);
  const FitOptions options{
      .without = switched_off(terms == "standard" ? TermSet::standard : TermSet::reference, rows)};
  write_gradients(folder, table, options.without);

  const auto begin = std::chrono::steady_clock::now();
  const Draws draws = fit_spending(table, options, {});
  const double wall = seconds_since(begin);
  write_draws(folder, draws);
  int divergences = 0;
  double leapfrogs = 0;
  for (std::size_t d = 0; d < draws.size(); ++d)
    divergences += draws.divergent[d], leapfrogs += draws.leapfrogs[d];
  auto out = fmt::output_file((folder / "tenbin.txt").string());
  out.print(
      "seconds {}\ndivergences {}\nchains {}\nwarmup {}\ndraws {}\nleapfrogs {}\n"
      "gradients_a_second {}\n",
      wall, divergences, options.chains, options.warmup, options.draws,
      leapfrogs / static_cast<double>(draws.size()), gradients_a_second(table, options.without));
}
