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

}  // namespace tables_test
