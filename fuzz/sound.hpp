// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "expect.hpp"
#include "tenbin/io/published/findings.hpp"
#include "tenbin/io/published/package.hpp"
#include "tenbin/io/states.hpp"

namespace tenbin::fuzz {

/// What a merge may rely on.
template <class Read>
void expect_sound(const Read& read, const PublishedFile& file) {
  Findings found;
  try {
    found = read(file);
  } catch (const Refusal& why) {
    expect(!why.what.empty());
    return;
  }
  const auto listed = [](const std::string& id) { return KnownStates::all().by_id(id) != nullptr; };
  expect(!found.label.empty() && !found.coverage.empty());
  for (const Coverage& c : found.coverage) expect(c.first <= c.last);
  for (const FoundMilex& m : found.milex) {
    expect(listed(m.state) && m.year >= 1000 && m.year <= 2100);
    expect(!known(m.milex) || (m.milex > 0 && std::isfinite(m.milex)));
    expect(!known(m.burden) || (m.burden > 0 && std::isfinite(m.burden)));
    expect(known(m.milex) || known(m.burden));
  }
  for (const FoundDispute& d : found.disputes)
    expect(listed(d.a) && listed(d.b) && d.a < d.b && d.hostility_level >= 1 &&
           d.hostility_level <= 5);
  for (const auto* spells : {&found.ties, &found.rivalries, &found.borders})
    for (const FoundSpell& s : *spells)
      expect(listed(s.a) && listed(s.b) && s.a != s.b && s.first <= s.last);
  for (const auto* values : {&found.democracy, &found.personnel})
    for (const FoundValue& v : *values) expect(listed(v.state) && std::isfinite(v.value));
  for (const FoundPrice& p : found.prices) expect(p.index > 0 && std::isfinite(p.index));
}

}  // namespace tenbin::fuzz
