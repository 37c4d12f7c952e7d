// SPDX-License-Identifier: Apache-2.0
// Announcements of the whole ledger on the research world: the sample, and one origin's scores
// against those of docs/counterfactuals.md.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>

#include "near.hpp"
#include "research_world.hpp"
#include "tenbin/evidence/announcements.hpp"
#include "tenbin/evidence/trials.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace announcements_research_test {

using namespace tenbin;
namespace fs = std::filesystem;

namespace {

/// The research world with the tables of data/v2, the ledger, and Japan's own shares.
Panel world() {
  return research_world([](const fs::path& folder) {
    const fs::path data = TENBIN_SOURCE "/data";
    fs::copy(data / "promises/pledges.csv", folder);
    fs::copy(data / "promises/keeping.toml", folder);
    fs::copy(data / "east-asia/own_shares.csv", folder);
  });
}

std::vector<int> years(int first, int last) {
  std::vector<int> all;
  for (int year = first; year <= last; ++year) all.push_back(year);
  return all;
}

}  // namespace

TEST_CASE(
    "the world's sample has the announcements and placebos that docs/counterfactuals.md says") {
  const Panel panel = world();
  const Sample sample =
      announcement_sample(panel, years(panel.first_year + 20, panel.last_year - 1));
  std::map<TrialKind, int> count;
  std::map<Scored, int> real;
  for (const Trial& t : sample.trials) {
    ++count[t.kind];
    if (t.kind == TrialKind::announcement) ++real[t.what()];
  }
  CHECK(count[TrialKind::announcement] == 135);
  CHECK(real[Scored::burden] == 120);
  CHECK(count[TrialKind::wrong_date] == 123);
  CHECK(count[TrialKind::wrong_state] == 135);
}

TEST_CASE("Wales 2014 improves the forecasts of the allies that it asked for more" *
          doctest::test_suite("nightly")) {
  const Panel panel = world();
  const TrialOptions options{
      .backtest = {.futures = 1000, .fit = {.chains = 2, .warmup = 300, .draws = 300}}};
  const std::vector<int> origin{2014};
  const Sample sample = announcement_sample(panel, origin);
  const auto record = try_origin(panel, 2014, sample.trials, {}, options);
  REQUIRE(record);
  std::vector<TrialScore> wales, elsewhere;
  for (const TrialScore& s : score_trials(panel, sample.trials, {&*record, 1})) {
    if (s.trial.pledge.pledge != "nato-wales-2014") continue;
    if (s.trial.kind == TrialKind::announcement) wales.push_back(s);
    if (s.trial.kind == TrialKind::wrong_state) elsewhere.push_back(s);
  }
  const TrialSummary real = summary_of(wales), placebo = summary_of(elsewhere);
  MESSAGE("Wales: better in " << real.better << " of " << real.trials << ", gain "
                              << 100 * real.gain
                              << " %; countries without a promise: " << placebo.better << " of "
                              << placebo.trials << ", gain " << 100 * placebo.gain << " %");
  CHECK(real.trials == 23);
  CHECK(std::abs(real.better - 19) <= 2);
  CHECK(real.gain == approx(0.238).epsilon(0.15));
  CHECK(placebo.gain < real.gain - 0.1);
}

}  // namespace announcements_research_test
