// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/tables.hpp"

#include <doctest/doctest.h>

#include "fixture.hpp"
#include "tenbin/page/words.hpp"

namespace tables_test {

using namespace tenbin;

TEST_CASE(
    "the reach table names the first system that reaches, and two states at one place do not crash "
    "it") {
  Panel panel = fixture::panel();
  bool found = false;
  for (const Reaching& r : reach_table(*past_of(panel, 2020)))
    if (r.from == 1 && r.to == 0) {
      found = true;
      CHECK(r.system == "Beta-1");
      CHECK(r.since == 1990);
    }
  CHECK(found);
  for (int i = 0; i < 2; ++i) panel.states[i].lat = 0, panel.states[i].lon = 0;
  panel.missiles.clear();
  CHECK(reach_table(*past_of(panel, 2020))
            .empty());  // it did: a reach of 0 km covers a distance of 0 km
}

TEST_CASE("the headline says a plan was met only where it was") {
  Panel panel = fixture::panel();
  panel.plans = {{0, 2015, 0.5, 2016, 2019, "own", 1, 1, 0, 1.5, "known", ""}};
  Briefing b{.panel = panel, .shown_year = 2020};
  b.scenarios.push_back({.scenario = {.name = "base", .start = 2020, .end = 2021}});
  b.scenarios[0].burden = {2020, 6, std::vector<Band>(12)};
  b.scenarios[0].burden.bands[0].exists = true;
  CHECK(headline(b).find("has met") == std::string::npos);
  b.panel.plans[0].burden = 0.001;
  CHECK(headline(b).find("Alphaland has met its 0.1 % plan by its own count") != std::string::npos);
}

}  // namespace tables_test
