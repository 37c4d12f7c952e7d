// SPDX-License-Identifier: Apache-2.0
// Who threatens whom, on the embedded panel: what an expert of the region expects to read.
#include "tenbin/futures/threats.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/io/panel_reader.hpp"

namespace threats_test {

using namespace tenbin;

TEST_CASE("by money times risk everybody's first threat is the one that an expert names") {
  const Panel panel = read_panel(std::string(TENBIN_SOURCE) + "/data/east-asia");
  const Threats found = threats(*past_of(panel));
  CHECK(found.year == 2025);
  CHECK(found.by_model);
  std::map<std::string, std::vector<std::string>> order;  // of those that weigh anything
  std::map<std::string, double> money, risk, both;
  for (const Threat& t : found.pairs) {
    const std::string &here = panel.states[t.threatened].id, &there = panel.states[t.other].id;
    if (t.money > 0) order[here].push_back(there);
    money[here] += t.money_share, risk[here] += t.risk_share, both[here] += t.money_risk_share;
    CHECK((t.hostility > 0) == (t.money > 0));
    CHECK((t.hostility > 0) == !t.basis.empty());
    CHECK(known(t.warheads));
    CHECK(t.fatal < t.force);
  }
  const std::map<std::string, std::vector<std::string>> expected{
      {"KOR", {"PRK"}},        {"JPN", {"CHN"}},        {"TWN", {"CHN"}},       {"IND", {"CHN"}},
      {"PAK", {"IND"}},        {"POL", {"RUS"}},        {"DEU", {"RUS"}},       {"GBR", {"RUS"}},
      {"FRA", {"RUS"}},        {"AUS", {"CHN"}},        {"PHL", {"CHN"}},       {"VNM", {"CHN"}},
      {"USA", {"CHN", "RUS"}}, {"PRK", {"USA", "KOR"}}, {"CHN", {"USA", "IND"}}};
  for (const auto& one : expected) {
    const std::string& here = one.first;
    const std::vector<std::string>& first = one.second;
    CAPTURE(here);
    REQUIRE(!order[here].empty());
    CHECK(std::ranges::find(first, order[here][0]) != first.end());
  }
  const auto place = std::ranges::find(order["JPN"], "PRK") - order["JPN"].begin();
  CHECK((place == 1 || place == 2));
  CHECK(order.size() == 16);  // North Korea, whose spending nobody knows, has a row of its own
  for (const auto& [state, total] : money) CHECK(total == approx(1));
  for (const auto& [state, total] : both) CHECK(total == approx(1));
  for (const auto& [state, total] : risk) CHECK(total == approx(1));
  CHECK(std::ranges::any_of(found.guests, [&](const Guest& g) {
    return panel.states[g.host].id == "KOR" && g.troops > 20000;
  }));
}

TEST_CASE("shares are those of the figures, and what is not known is not 0") {
  Panel p = fixture::panel();
  p.price_levels = {{1, 2015, 0.5, 0.4}, {1, 2030, 0.1, 0.1}};  // of BET, ALP's rival
  p.indicators = {{1, -1, 2020, "tests", 3, "launches", ""},
                  {1, 2, 2020, "elsewhere", 3, "days", ""},
                  {1, 0, 2019, "before", 3, "days", ""}};
  const auto past = past_of(p, 2020);
  const Threats found = threats(*past);
  CHECK_FALSE(found.by_model);
  const auto between = [](const Threats& of, StateIndex here, StateIndex there) {
    const auto t = std::ranges::find_if(
        of.pairs, [&](const Threat& x) { return x.threatened == here && x.other == there; });
    REQUIRE(t != of.pairs.end());
    return *t;
  };
  const Threat alp = between(found, 0, 1), bet = between(found, 1, 0);
  const double bearing =
      alp.money / (alp.hostility * past->stock(1, 2020));  // reach and distance: between 0 and 1
  CHECK((bearing > 0 && bearing <= 1));
  CHECK(alp.purchasing == approx(alp.money / 0.4));
  CHECK_FALSE(known(bet.purchasing));  // nobody knows ALP's prices
  CHECK_FALSE(known(bet.purchasing_share));
  CHECK_FALSE(known(alp.fatal));  // no model, and no disputes to fit one to
  CHECK_FALSE(known(alp.money_risk_share));
  CHECK_FALSE(known(alp.warheads));  // no table of them
  REQUIRE(alp.indicators.size() == 1);
  CHECK(alp.indicators[0].indicator == "tests");
  p.nuclear = {{1, 2010, 5}};
  CHECK(between(threats(*past_of(p, 2020)), 0, 1).warheads == 5);
  double before = 1;  // without risks the largest share of money comes first
  for (const Threat& t : found.pairs)
    if (t.threatened == 0) {
      CHECK(t.part() == (known(t.money_share) ? t.money_share : 0));
      CHECK(t.part() <= before);
      before = t.part();
    }
}

}  // namespace threats_test
