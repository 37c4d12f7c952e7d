// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "tenbin/core/scenario.hpp"

/// The one table of levers: the scenario reader, `tenbin plan` and the briefing derive from it.

namespace tenbin {

struct LeverSpec {
  LeverKind kind;
  std::string_view name;       // in a scenario file
  std::string_view of;         // keys that name its states
  std::string_view value_key;  // key of its number
  std::string_view unit;       // "share", "growth", "0-1", "km", "factor", "number", "M USD"
  double low, high;            // range of the number
  std::string_view effect;     // one sentence
  std::string_view held;       // what it holds fixed
  std::string_view responds;   // what it lets respond
};

inline constexpr double most_adherence = 1.5;
/// Adherence that allies below 2 % in 2014 have shown to a pledge: docs/model.md section 6
/// (Levers).
inline constexpr Value ally_adherence{0.8, 0.5, 0, most_adherence};

// clang-format off
inline constexpr std::array lever_table{
  LeverSpec{LeverKind::plan, "plan", "state", "burden", "share", 1e-6, 0.5,
            "an announced target: milex moves so that the stated part of the gap to it is closed by its year",
            "the plan's part of the gap closes whatever others do",
            "the rest of the state's reactions, GDP, and every other state"},
  LeverSpec{LeverKind::pressure, "pressure", "ally, on", "burden", "share", 1e-6, 0.5,
            "an ally's call for burden sharing: the same plan for each state it presses, at the adherence that allies have shown",
            "the plans' part of each gap closes whatever others do",
            "the rest of the pressed states' reactions, GDP, and every other state"},
  LeverSpec{LeverKind::cap, "cap", "state", "burden", "share", 1e-6, 0.5,
            "a rule at home against a rise of the burden above this share of GDP; it never cuts, and a year's shock can still carry the burden over it",
            "the state's own will to rise above the cap; a year's shock can still carry it over",
            "everything below the cap, shocks, and every other state"},
  LeverSpec{LeverKind::growth, "growth", "state", "growth", "growth", -0.2, 0.2,
            "adds to the yearly trend of GDP",
            "the expected growth of the state's GDP",
            "its milex through income, and every state that counts it as rival or ally"},
  LeverSpec{LeverKind::commitment, "commitment", "protector, protected", "strength", "0-1", 0, 1,
            "how far the protector is bound to defend the protected",
            "the cover of this pair",
            "the protected state's target and its answer to the protector's rise"},
  LeverSpec{LeverKind::hostility, "hostility", "states", "hostility", "0-1", 0, 1,
            "how far two states count each other as a threat",
            "the hostility of this dyad, both ways",
            "both states' targets and their answers to each other's rise"},
  LeverSpec{LeverKind::reach, "reach", "state", "range_km", "km", 0, 20100,
            "longest range of the state's missiles in service",
            "the reach of the state",
            "the felt threat of every state that counts it as rival"},
  LeverSpec{LeverKind::efficiency, "efficiency", "state", "factor", "factor", 0.1, 10,
            "what the state's dollar buys (advanced technology, prices): factor on milex where it becomes stock",
            "the state's stock gains this multiple of its milex; milex itself is not touched",
            "its own felt threat and cover, and every state that counts it as rival or ally"},
  LeverSpec{LeverKind::weight, "weight", "state", "factor", "factor", 0, 1000,
            "factor on the state's stock as others feel it (nuclear weapons, price level); an assumption, not an estimate",
            "how others count the state's stock; its own counting stays",
            "the targets of its rivals and of those it covers, and their answers to its rise"},
  LeverSpec{LeverKind::response, "response", "state", "value", "number", -5, 5,
            "sets a reaction by hand; an assumption, not an estimate",
            "this reaction, at the value given instead of the fitted one",
            "everything that follows from it"},
  LeverSpec{LeverKind::path, "path", "state", "milex", "M USD", 1e-3, 1e8,
            "fixes the state's milex in the years given (someone else's forecast)",
            "the state's milex in those years, whatever its own reactions would be",
            "its stock, its later years, and every state that counts it as rival or ally"},
};
// clang-format on

inline const LeverSpec& spec(LeverKind kind) {
  for (const LeverSpec& s : lever_table)
    if (s.kind == kind) return s;
  return lever_table[0];  // not reached: the table has every kind
}

}  // namespace tenbin
