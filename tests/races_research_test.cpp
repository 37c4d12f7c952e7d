// SPDX-License-Identifier: Apache-2.0
// The rule of races against the catalogue of Gibler, Rider and Hutchison (2005).
#include <doctest/doctest.h>

#include "tenbin/futures/races.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/panel_records.hpp"

namespace races_research_test {

using namespace tenbin;

TEST_CASE("the rule finds the catalogue's races in the catalogue's own files") {
  Panel panel = read_panel(std::string(TENBIN_RESEARCH) + "/data/catalogue");
  for (War& w : read_wars(std::string(TENBIN_SOURCE) + "/data/east-asia/wars.csv", panel))
    panel.wars.push_back(w);
  const GrowthRecord nominal(panel, MoneyKind::nominal), real(panel, MoneyKind::real);
  const CatalogueMatch m = match_catalogue(panel, nominal, 1993);
  CHECK(m.listed == 71);
  CHECK(m.inside == 67);  // independent counts
  CHECK(m.within_a_year == 69);
  CHECK(m.found == 166);
  CHECK(m.found_listed == 68);

  const StateIndex china = *panel.find("CHN"), japan = *panel.find("JPN"), us = *panel.find("USA");
  for (const GrowthRecord* record : {&nominal, &real})
    for (const Race& race : races_among_rivals(panel, *record, 2023))
      CHECK_FALSE((race.a == china && race.b == japan && race.start >= 1989));
  const auto bare = races_of(nominal, us, china, 1989, 2023);
  REQUIRE(bare.size() == 1);
  CHECK(bare[0].start == 2002);
  CHECK(bare[0].end == 2004);
  bool at_war = false;
  for (const FalseAlarm& a : false_alarms(panel, nominal, real, bare[0]))
    at_war = at_war || (a.why == FalseAlarm::Why::war_elsewhere && a.state == us);
  CHECK(at_war);
}

}  // namespace races_research_test
