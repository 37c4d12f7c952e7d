// SPDX-License-Identifier: Apache-2.0
// What danger, presence and war do in the world's figures, by period, against pooled regressions
// that were made independently (research data, reference/v2).
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>

#include "research_world.hpp"
#include "tenbin/fit/fit.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/model/parameter_layout.hpp"

namespace terms_research_test {

using namespace tenbin;
using P = SpendingParameter;

namespace {

struct Estimate {
  double mean = missing, sd = missing;
};
struct Period {
  int first, last;
};
/// The reference's estimate with the wave of the world, or none.
Estimate reference(const std::string& file, const std::string& measure, const std::string& term,
                   Period period) {
  Problems problems;
  const auto text = read_text(std::string(TENBIN_RESEARCH) + "/reference/v2/" + file, problems);
  REQUIRE(text);
  int damaged = 0;
  const auto records = csv_records(*text, damaged);
  REQUIRE(records);
  for (const auto& [line, f] : *records)
    if (f.size() > 8 && f[0] == measure && f[1] == term && f[2] == "world" &&
        f[3] == std::to_string(period.first) && f[4] == std::to_string(period.last))
      return {std::stod(f[7]), std::stod(f[8])};
  return {};
}

/// Mean and sd over the draws.
template <class Of>
Estimate over_draws(const Draws& draws, Of of) {
  double sum = 0, squares = 0;
  const double n = static_cast<double>(draws.size());
  for (std::size_t d = 0; d < draws.size(); ++d) {
    const double x = of(draws.draw(d));
    sum += x, squares += x * x;
  }
  return {sum / n, std::sqrt(squares / n - sum * sum / (n * n))};
}

}  // namespace

TEST_CASE("danger, presence, war and exposure are the pooled reference's in every period" *
          doctest::test_suite("nightly")) {
  const Panel panel = research_world();
  const auto past = past_of(panel);
  for (const Period period :
       {Period{1960, 2025}, {1960, 1991}, {1992, 2013}, {2014, 2025}, {1992, 2025}}) {
    std::vector<Row> rows;
    std::map<StateIndex, int> count;
    for (const Row& row : rows_to_fit(*past, {}))
      if (period.first <= row.year && row.year <= period.last)
        rows.push_back(row), ++count[row.state];
    std::erase_if(rows, [&](const Row& row) { return count[row.state] < fewest_fitted_rows; });
    const RowTable table = row_table(Equation::spending, rows, panel);
    const Draws draws = fit_spending(
        table, {.chains = 2, .draws = 500, .without = switched_off(TermSet::standard, rows)}, {});
    const SpendingLayout at(draws.columns);
    // A slope of the resting share acts in a year by what the pull closes of the gap.
    const auto in_a_year = [&](P slope) {
      return over_draws(draws, [&, slope](auto draw) {
        double pull = 0;
        for (std::size_t s = 0; s < table.ids.size(); ++s)
          pull += draw[at.at(P::pull, s)] / static_cast<double>(table.ids.size());
        return 100 * pull * draw[at.at(slope)];
      });
    };
    const auto plain = [&](P parameter) {
      return over_draws(draws, [&, parameter](auto draw) { return draw[at.at(parameter)]; });
    };
    // Two estimates by different models, of the same figures: two errors of their difference.
    const auto compare = [&](const std::string& name, Estimate ours, Estimate theirs) {
      MESSAGE(name << " " << period.first << "-" << period.last << ": " << ours.mean << " ("
                   << ours.sd << "), the reference " << theirs.mean << " (" << theirs.sd << "), "
                   << (ours.mean - theirs.mean) / theirs.sd << " standard errors");
      if (known(theirs.mean))
        CHECK(std::abs(ours.mean - theirs.mean) < 2 * std::hypot(ours.sd, theirs.sd));
    };
    const char* close = "P fatal, contiguous or rival dyads, within and between";
    compare("between, % a year", in_a_year(P::danger_between),
            reference("pooled_close.csv", close, "between", period));
    compare("within, % a year", in_a_year(P::danger_within),
            reference("pooled_close.csv", close, "within", period));
    compare("presence", plain(P::presence_response),
            reference("pooled_presence.csv", "US troops, 5-year change", "d5", period));
    compare("own war", plain(P::war_response),
            reference("pooled_war.csv", "own war began, years 0-2 (wars.csv)", "war", period));
    if (period.first == 1992 && period.last == 2025)
      compare("exposure", plain(P::exposure_response),
              reference("pooled_exposure.csv", "exposure to Moscow, European states",
                        "exposure_2022-2023", {1993, 2025}));
  }
}

}  // namespace terms_research_test
