// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/past.hpp"

#include <doctest/doctest.h>

#include "fixture.hpp"
#include "made_posterior.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/engine/engine.hpp"
#include "tenbin/page/live.hpp"
#include "tenbin/page/page.hpp"

namespace past_test {

using namespace tenbin;

TEST_CASE("a panel that knows nothing later than the year is shared, not copied") {
  const auto whole = std::make_shared<const Panel>(fixture::panel());
  CHECK(&Past(whole, whole->last_year).panel() == whole.get());
  CHECK(&Past(whole, whole->last_year + 1).panel() == whole.get());
  const Past earlier(whole, 2010);
  CHECK(&earlier.panel() != whole.get());
  CHECK(whole->last_year == 2020);
}

TEST_CASE("a panel is cut to the figures, disputes and spells of a year") {
  Panel p = fixture::panel();
  p.disputes = {{0, 1, 2009, 4}, {0, 1, 2010, 4}, {0, 1, 2011, 4}};
  p.disputes_until = 2012;
  const Panel before = p, after = cut(std::move(p), 2010);
  CHECK(after.last_year == 2010);
  CHECK(after.milex.size() == static_cast<std::size_t>(after.size() * after.years()));
  for (StateIndex i = 0; i < before.size(); ++i)
    for (int year = before.first_year; year <= 2010; ++year) {
      CHECK(after.cell(i, year).source == before.cell(i, year).source);
      if (before.cell(i, year).present())
        CHECK(after.cell(i, year).milex == before.cell(i, year).milex);
    }
  CHECK(after.disputes.size() == 2);
  CHECK(after.disputes_until == 2010);
  CHECK(cut(before, 1999).rivalries.size() == 3);  // two begin in 2000
  CHECK(cut(before, 2000).rivalries.size() == 5);
}

TEST_CASE("relations of a past are those of each year, before, between and after its spells") {
  for (const Panel& panel : {fixture::panel(), fixture::disputing_panel()}) {
    const auto past = past_of(panel);
    for (int year = 1970; year <= 2050; ++year) {
      const Relations<double> r = relations(panel, past->topology(), year);
      const Relations<double>& known = past->relations(year);
      CHECK(known.hostility == r.hostility);
      CHECK(known.cover == r.cover);
      CHECK(known.reach == r.reach);
      CHECK(known.threat_weight == r.threat_weight);
      CHECK(known.cover_weight == r.cover_weight);
    }
  }
}

TEST_CASE("dyads add pairs to a past, and nothing to what states feel or to the fitted rows") {
  const auto calm = past_of(fixture::panel());
  const auto disputing = past_of(fixture::disputing_panel());
  CHECK(calm->dyads().empty());
  REQUIRE(disputing->dyads().size() == 4);
  CHECK(disputing->topology().threats.size() > calm->topology().threats.size());
  for (const Dyad& d : disputing->dyads()) {
    const auto &there = disputing->topology().threats[d.threats[0]],
               &back = disputing->topology().threats[d.threats[1]];
    CHECK((there.i == d.a && there.j == d.b && back.i == d.b && back.j == d.a));
  }
  REQUIRE(calm->rows().size() == disputing->rows().size());
  for (std::size_t k = 0; k < calm->rows().size(); ++k) {
    CHECK(calm->rows()[k].threat_lag == disputing->rows()[k].threat_lag);
    CHECK(calm->rows()[k].rival_growth_lag == disputing->rows()[k].rival_growth_lag);
  }
}

TEST_CASE("a live briefing of seven scenarios builds one past") {
  Scenario base = fixture::scenario();
  base.levers.clear();
  base.futures = 20;
  std::vector<Scenario> scenarios(7, base);
  const Scenario levers = fixture::scenario();
  for (std::size_t k = 1; k < scenarios.size(); ++k) scenarios[k].levers = {levers.levers[k]};
  const Posterior posterior = fixture::posterior();

  const std::size_t before = pasts_built();
  const Compiled compiled = compile(past_of(fixture::disputing_panel(), base.start), scenarios);
  const LivePage live{carried(compiled, posterior), {"run()", "hash"}};
  const std::string html =
      render(brief_compiled(live.carried, compiled, {}), Language::english, &live);
  CHECK(html.find("tenbin-study") != std::string::npos);
  CHECK(pasts_built() - before == 1);
}

TEST_CASE("an engine builds one past, however often a slider moves") {
  Scenario base = fixture::scenario();
  base.levers.clear();
  PageStudy study =
      page_study(*past_of(fixture::disputing_panel(), base.start), {base}, fixture::posterior());
  const std::size_t before = pasts_built();
  Engine engine(std::move(study));
  for (const double value : {0.02, 0.03, 0.04}) engine.answer({0, {value}}, 20, 0);
  CHECK(pasts_built() - before == 1);
}

}  // namespace past_test
