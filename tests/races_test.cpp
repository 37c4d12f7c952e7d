// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/races.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/num/elementary.hpp"

namespace races_test {

using namespace tenbin;

namespace {

/// Two rivals, ALP (0) and BET (1), whose spending is the given one from 2000 on.
Panel two(const std::vector<double>& a, const std::vector<double>& b) {
  Panel p{.name = "two", .price_year = 2024, .first_year = 2000};
  p.states = {{"ALP"}, {"BET"}};
  p.last_year = 2000 + static_cast<int>(a.size()) - 1;
  for (const auto* series : {&a, &b})
    for (const double x : *series) p.milex.push_back({x, 0.02, MilexKind::reported, "made up"});
  p.rivalries = {{1, 0, 2000, still_going, 1.0}};
  return p;
}

std::vector<double> growing(std::initializer_list<double> rates) {
  std::vector<double> level{100};
  for (const double r : rates) level.push_back(level.back() * (1 + r));
  return level;
}

}  // namespace

TEST_CASE("a race needs three years of eight per cent on both sides, exactly") {
  const auto races = [](std::initializer_list<double> a, std::initializer_list<double> b) {
    const Panel p = two(growing(a), growing(b));
    return races_among_rivals(p, GrowthRecord(p, MoneyKind::real), 9999);
  };
  const auto three = races({0, .08, .08, .08, 0}, {0, .2, .1, .09, 0});
  REQUIRE(three.size() == 1);
  CHECK(three[0].start == 2002);
  CHECK(three[0].end == 2004);
  CHECK(three[0].a == 0);  // the rivalry names BET first
  CHECK(races({0, .08, .08, 0, 0}, {0, .2, .1, .09, 0}).empty());
  CHECK(races({0, .08, .0799, .08, 0}, {0, .2, .1, .09, 0}).empty());
  CHECK(races({.1, .1, .1, 0, 0}, {0, 0, .1, .1, .1}).empty());  // one after the other
  CHECK(races({.1, .1, .1, .1, .1}, {.1, .1, .1, .1, .1})[0].end == 2005);
}

TEST_CASE("the pace is the highest growth at which the rule would hold") {
  Panel p = two(growing({.01, .07, .09, .066, .2}), growing({.3, .1, .12, .08, .066}));
  const GrowthRecord record(p, MoneyKind::real);
  CHECK(pace(record, 0, 1, 2005, 3) == approx(0.066));
  CHECK(pace(record, 0, 1, 2003, 3) == approx(0.01));
  CHECK(pace(record, 0, 1, 2002, 1) == approx(0.07));
  CHECK(!known(pace(record, 0, 1, 2002, 3)));  // 2000 has no year before
  for (const double growth : {0.0659, 0.0661}) {
    const auto races = races_among_rivals(p, record, 9999, {growth, 4});
    CHECK(races.empty() == (growth > 0.066));
  }
  CHECK(record.growth(0, 2004) == approx(0.066));
  p.personnel = {{0, 2003, 1000}, {0, 2004, 1100}};
  CHECK(GrowthRecord(p, MoneyKind::real).growth(0, 2004) == approx(0.1));
  CHECK(pace(GrowthRecord(p, MoneyKind::real), 0, 1, 2005, 2) == approx(0.066));
}

TEST_CASE("spending and personnel may take turns, by state and by year") {
  Panel p = two(growing({.1, 0, .1}), growing({.1, .1, .1}));
  const auto found = [&] { return races_among_rivals(p, GrowthRecord(p, MoneyKind::real), 9999); };
  CHECK(found().empty());
  p.personnel = {{0, 2001, 1000}, {0, 2002, 1080}};
  CHECK(found().size() == 1);
  p.rivalries[0].start = 2002;  // before that nobody was a rival
  CHECK(found().empty());
}

TEST_CASE("spells of one rivalry are one: a race goes over their border, and is found once") {
  const std::vector<double> level = growing({.1, .1, .1, .1});
  Panel p = two(level, level);
  for (const auto& spells :
       {std::vector<Spell>{{0, 1, 1990, 2002, 0.5}, {1, 0, 2003, still_going, 1.0}},
        std::vector<Spell>{{0, 1, 1990, 2003, 0.5}, {0, 1, 1995, still_going, 1.0}}}) {
    p.rivalries = spells;
    const auto found = races_among_rivals(p, GrowthRecord(p, MoneyKind::real), 9999);
    REQUIRE(found.size() == 1);
    CHECK(found[0].start == 2001);
    CHECK(found[0].end == 2004);
  }
}

TEST_CASE("inflation makes a race in nominal money only, and is named") {
  Panel p = two(growing({.1, .1, .1}), growing({.1, .1, .1}));
  p.price_year = 0;
  p.price_index = {{2000, 1}, {2001, 1.05}, {2002, 1.1}, {2003, 1.2}};
  const GrowthRecord real(p, MoneyKind::real), nominal(p, MoneyKind::nominal);
  CHECK(races_among_rivals(p, real, 9999).empty());
  const auto races = races_among_rivals(p, nominal, 9999);
  REQUIRE(races.size() == 1);
  const auto alarms = false_alarms(p, nominal, real, races[0]);
  REQUIRE(alarms.size() == 1);
  CHECK(alarms[0].why == FalseAlarm::Why::inflation);
}

TEST_CASE("a war elsewhere and a recovery are named, a war between the two is not elsewhere") {
  std::vector<double> fallen{100, 100, 40};
  for (const double x : {46.0, 52.0, 60.0}) fallen.push_back(x);
  std::vector<double> rising = growing({0, 0, .1, .1, .1});
  Panel p = two(fallen, rising);
  p.states.push_back({"GAM"});
  p.milex.resize(p.milex.size() + p.years());
  const Race race{0, 1, 2003, 2005};
  const GrowthRecord record(p, MoneyKind::real);
  auto alarms = false_alarms(p, record, record, race);
  REQUIRE(alarms.size() == 1);
  CHECK(alarms[0].why == FalseAlarm::Why::recovery);
  CHECK(alarms[0].state == 0);
  CHECK(alarms[0].what == "40");
  p.disputes = {{0, 1, 2004, 5}};
  CHECK(false_alarms(p, record, record, race).size() == 1);
  p.disputes.push_back({2, 1, 2004, 5});
  p.disputes.push_back({2, 1, 2004, 4});
  p.wars = {{1, -1, 2005, still_going, "a place"},
            {1, -1, 2006, 2007, "another"},
            {1, 0, 2004, 2004, "their own"}};
  alarms = false_alarms(p, record, record, race);
  REQUIRE(alarms.size() == 3);
  CHECK(alarms[1].what == "a place");
  CHECK(alarms[2].what == "war with GAM in 2004");
}

TEST_CASE("underlying growth finds a known one, and doubts where the figures are noisy") {
  std::vector<double> smooth, noisy;
  double level = 0;
  for (int t = 0; t < 60; ++t) {
    level += t >= 30 && t < 34 ? 0.12 : 0.02;
    const double e = 2 * fixture::unit(t, 5) - 1;
    smooth.push_back(exp(level + 0.005 * e));
    noisy.push_back(exp(level + 0.15 * e));
  }
  const RandomKey key{.seed = 1, .purpose = Purpose::race, .entity = 3};
  const UnderlyingGrowth s = underlying_growth(smooth, 1960, key),
                         n = underlying_growth(noisy, 1960, key);
  CHECK(s.noise < n.noise);
  const auto mean_at = [](const UnderlyingGrowth& u, int year) {
    double sum = 0;
    for (const auto& path : u.paths) sum += path[year - u.first];
    return sum / static_cast<double>(u.paths.size());
  };
  CHECK(mean_at(s, 1991) == approx(0.12).epsilon(0.2));
  CHECK(mean_at(s, 1980) == approx(0.02).epsilon(0.4));
  const Race race{0, 1, 1990, 1993};
  const StateGrowth sure{s, {}}, unsure{n, {}};
  const RaceOdds certain = race_odds(sure, sure, race), doubtful = race_odds(unsure, unsure, race);
  CHECK(certain.chance.p > 0.9);
  CHECK(certain.onset == approx(1990).epsilon(0.001));
  CHECK(doubtful.chance.p < 0.7);
  CHECK_FALSE(known(race_odds({}, sure, race).chance.p));
  CHECK(underlying_growth(std::vector<double>{1, 2, missing, 3}, 1960, key).paths.empty());
  // a missing year is bridged, and the same key gives the same paths
  smooth[20] = missing;
  const UnderlyingGrowth gap = underlying_growth(smooth, 1960, key);
  CHECK(mean_at(gap, 1980) == approx(0.02).epsilon(0.5));
  CHECK(underlying_growth(smooth, 1960, key).paths == gap.paths);
}

}  // namespace races_test
