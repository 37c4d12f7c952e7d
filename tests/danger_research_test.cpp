// SPDX-License-Identifier: Apache-2.0
// The structural danger of disputes against reference/v2, cell by cell.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/model/past.hpp"

namespace danger_research_test {

using namespace tenbin;

namespace {

const std::string shared = TENBIN_RESEARCH;

/// Calls use(fields) on each row of a CSV text without quotation marks, or with them in its last
/// field; the header is left out.
template <class Use>
void each_row(std::istream& in, const Use& use) {
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    std::istringstream parts(line);
    for (std::string field; std::getline(parts, field, ',');) fields.push_back(field);
    use(fields);
  }
}

std::string unpacked(const std::string& path) {
  std::string text;
  std::FILE* pipe = popen(("gzip -dc " + path).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 1 << 16> room;
  while (const std::size_t n = std::fread(room.data(), 1, room.size(), pipe))
    text.append(room.data(), n);
  pclose(pipe);
  return text;
}

}  // namespace

TEST_CASE("the danger of every dyad and state is that of the reference") {
  const Panel panel = read_panel(shared + "/data/world");
  REQUIRE(panel.danger.size() == 10);
  const DangerModel& model = *danger_model(panel, 2025);
  CHECK(model.rows == 73843);
  CHECK(model.fatal.onsets == 222);
  CHECK(model.force.onsets == 1112);

  // coefficients and their errors, for each year of a vintage that the reference has
  int coefficients = 0;
  std::ifstream in(shared + "/data/v2/world/danger_coefficients.csv");
  double worst = 0;
  each_row(in, [&](const std::vector<std::string>& f) {
    for (const DangerModel& m : panel.danger) {
      if (m.last != std::stoi(f[2])) continue;
      const auto& outcome = f[0] == "fatal" ? m.fatal : m.force;
      const std::size_t k = static_cast<std::size_t>(coefficients++) % danger_covariates;
      worst = std::max({worst, std::abs(outcome.slope[k] - std::stod(f[4])),
                        std::abs(outcome.error[k] - std::stod(f[5]))});
    }
  });
  CHECK(coefficients == 64);
  CHECK(worst < 1e-9);
  MESSAGE("largest difference of a coefficient or its error " << worst);

  // p of each dyad, both ways
  const auto past = past_of(panel);
  std::map<std::array<int, 3>, Danger> danger;
  for (int year = 1950; year <= 2025; ++year)
    for (const DangerDyad& d : past->danger().dyads(year))
      danger[{d.a, d.b, year}] = danger_of(model, d.x);
  std::istringstream dyads(unpacked(shared + "/data/v2/world/danger.csv.gz"));
  std::size_t cells = 0;
  worst = 0;
  each_row(dyads, [&](const std::vector<std::string>& f) {
    const StateIndex a = *panel.find(f[0]), b = *panel.find(f[1]);
    const Danger& d = danger.at({std::min(a, b), std::max(a, b), std::stoi(f[2])});
    worst =
        std::max({worst, std::abs(d.fatal - std::stod(f[3])), std::abs(d.force - std::stod(f[4]))});
    ++cells;
  });
  CHECK(cells == 2 * danger.size());
  CHECK(worst < 1e-9);
  MESSAGE("largest difference of " << cells << " dyad-years " << worst);

  // P of each state over the states that it borders on or that are its rivals
  std::map<int, std::vector<double>> of_year;
  for (int year = 1950; year <= 2025; ++year) of_year[year] = past->danger().of_states(model, year);
  std::ifstream states(shared + "/data/v2/world/danger_states.csv");
  cells = 0, worst = 0;
  each_row(states, [&](const std::vector<std::string>& f) {
    worst =
        std::max(worst, std::abs(of_year.at(std::stoi(f[1]))[*panel.find(f[0])] - std::stod(f[4])));
    ++cells;
  });
  CHECK(cells > 11000);
  CHECK(worst < 1e-9);
  MESSAGE("largest difference of " << cells << " state-years " << worst);
}

}  // namespace danger_research_test
