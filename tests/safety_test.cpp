// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/safety.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "tenbin/fit/placebo.hpp"
#include "tenbin/model/past.hpp"

namespace safety_test {

using namespace tenbin;

TEST_CASE("troops: an unnamed guest is none, a later year is the last known, an earlier unknown") {
  Panel p = fixture::panel();
  p.presence = {{1, 0, 2010, 9900}, {2, 0, 2010, 100}, {1, 0, 2015, 4900}, {1, 2, 2018, 50}};
  const SafetyRecord r(p);
  CHECK(r.troops(0, 2010) == 10000);
  CHECK(r.troops_of(1, 0, 2010) == 9900);
  CHECK(r.troops_of(1, 0, 2012) == 0);
  CHECK_FALSE(known(r.troops_of(1, 0, 2009)));
  CHECK(r.troops(0, 2012) == 0);
  CHECK(r.troops(2, 2030) == 50);
  CHECK(r.troops(0, 2030) == 0);
  CHECK_FALSE(known(r.troops(0, 2009)));
  CHECK(r.presence(0, 2015) == doctest::Approx(std::log(50.0 / 101)));
  CHECK(r.presence(0, 2014) == 0);  // 2009 is not known
  CHECK(SafetyRecord(fixture::panel()).presence(0, 2015) == 0);
}

TEST_CASE("war: an interstate war counts in its first year and the two after") {
  Panel p = fixture::panel();
  p.wars = {{0, 1, 2000, 2010, "one", WarPlace::abroad},
            {1, -1, 2000, 2003, "inside", WarPlace::none}};
  const SafetyRecord r(p);
  CHECK(r.war(0, 1999) == 0);
  for (const int year : {2000, 2001, 2002}) CHECK(r.war(0, year) == 1);
  CHECK(r.war(0, 2003) == 0);
  CHECK(r.war(1, 2000) == 0);
}

TEST_CASE(
    "exposure: by nearness within the region, not of who is bound, at war, or the aggressor") {
  Panel p = fixture::panel();
  p.ties.clear();
  for (State& s : p.states) s.region = "here";
  p.states[3].region = "elsewhere";
  p.aggressions = {{1, 2010, 2011, p.states[0].lat, p.states[0].lon, "here", "a war", 0.5},
                   {1, 2012, 2012, p.states[0].lat, p.states[0].lon, "here", "another", 1}};
  const SafetyRecord r(p);
  CHECK(r.exposure(0, 2009) == 0);
  CHECK(r.exposure(0, 2010) == doctest::Approx(0.5 * (1 - std::exp(-2.0))));
  CHECK(r.exposure(0, 2012) == doctest::Approx(1 - std::exp(-2.0)));
  CHECK(r.exposure(1, 2010) == 0);
  CHECK(r.exposure(3, 2010) == 0);
  Panel bound = p;
  bound.ties = {{1, 0, 2000, 2010, 0.3, "", ""}};
  CHECK(SafetyRecord(bound).exposure(0, 2010) == 0);
  CHECK(SafetyRecord(bound).exposure(0, 2011) > 0);
  Panel at_war = p;
  at_war.wars = {{0, 1, 2010, 2010, "own", WarPlace::home}};
  CHECK(SafetyRecord(at_war).exposure(0, 2010) == 0);
}

TEST_CASE("as of a year nobody knows how long an aggression will be felt: two years, or so far") {
  Panel p = fixture::panel();
  p.aggressions = {{1, 2010, 2019, 0, 0, "here", "long", 1},
                   {1, 2015, 2015, 0, 0, "here", "short", 1},
                   {1, 2018, 2018, 0, 0, "here", "later", 1}};
  const auto ends = [&](int year) {
    std::vector<int> all;
    for (const Aggression& a : as_of(p, year).aggressions) all.push_back(a.end);
    return all;
  };
  CHECK(ends(2009).empty());
  CHECK(ends(2010) == std::vector{2011});
  CHECK(ends(2014) == std::vector{2014});
  CHECK(ends(2016) == std::vector{2016, 2015});
  CHECK(ends(2020) == std::vector{2019, 2015, 2018});
}

TEST_CASE("a placebo tells an answer to rivals from one to anybody") {
  // Stocks move at random; in the made-up figures a state answers its rivals, or nobody.
  const Panel p = fixture::panel();
  const auto past = past_of(p, 2020);
  Posterior posterior;
  posterior.spending = fixture::draws(Equation::spending);
  posterior.economy = fixture::draws(Equation::economy);
  const auto lines = placebo(*past, posterior, {.permutations = 60}, {});
  REQUIRE(!lines.empty());
  for (const PlaceboLine& l : lines) {
    CHECK((l.term == "rivals" || l.term == "allies"));
    CHECK((l.p > 0 && l.p <= 1));
    CHECK(l.permutations == 60);
    CHECK(l.first <= l.last);
    CHECK(l.error > 0);
  }
  const auto again = placebo(*past, posterior, {.permutations = 60}, {.threads = 3});
  REQUIRE(again.size() == lines.size());
  for (std::size_t k = 0; k < lines.size(); ++k) CHECK(again[k].p == lines[k].p);
  CHECK(placebo(*past, posterior, {}, {}, [](double) { return false; }).empty());
}

}  // namespace safety_test
