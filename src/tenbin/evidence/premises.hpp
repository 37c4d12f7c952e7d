// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/scenario.hpp"

/// The "if" of a scenario as conditions that tables of a later panel decide: docs/register.md.

namespace tenbin {

/// Tables that decide a condition, by what they hold of it.
enum class PremiseTable {
  plans,  // plans.csv, pledges.csv: a share of GDP announced in the years, by the panel's measure
  share,  // milex.csv: share of GDP in the last year
  spending,  // milex.csv: spending in the last year over that of the first
  growth,    // economy.csv: mean growth of real GDP in the years
  ties,      // ties.csv: how far the first is bound to the second in the last year
  rivalry,   // rivalries.csv: hostility in the last year
  presence,  // presence.csv: troops of the first in the second in the last year
  war,       // wars.csv: 1 where the first began a war against the second in the years
  missiles   // missiles.csv: longest range in service in the last year, km
};
inline constexpr std::array<std::string_view, 9> premise_tables{
    "plans", "share", "spending", "growth", "ties", "rivalry", "presence", "war", "missiles"};

/// One condition: a number of a table, at least or at most a limit.
struct Premise {
  PremiseTable table = PremiseTable::plans;
  std::string state, other;  // ids; `other` is empty where it is about one state
  int from = 0, year = 0;    // first and last year that it looks at
  bool at_least = true;
  double limit = 0;
};

/// What decides whether a lever of a scenario came by a year; `start` is the panel's last year. A
/// lever that moves a number counts as come once the table has gone half of the way from the
/// panel's number to the lever's; a plan, once at least 95 % of its share has been announced; a
/// path, while spending is within 5 % of it. Nothing where no table decides (a weight, a response,
/// an efficiency); empty where the lever does not act by then. Of a lever that has ended, its last
/// year decides.
std::optional<std::vector<Premise>> premises_of(const Lever& lever, const Panel& panel, int start,
                                                int year);
/// The first lever of a scenario that no table decides, by its name in files; empty: none.
std::string undecided_lever(const Scenario& scenario, const Panel& panel);

/// "plans JPN - 2026 2030 >= 0.0285; ..."
std::string premises_text(const std::vector<Premise>& premises);
/// The premises of such a text; nothing where it is none.
std::optional<std::vector<Premise>> premises_named(std::string_view text);
/// The same in words: "if Japan announces ..."
std::string premises_words(const std::vector<Premise>& premises, const Panel& panel);

/// Whether a premise came, as a panel that knows at least its last year says.
enum class PremiseFate { came, did_not, unknown };
PremiseFate decide(const Premise& premise, const Panel& panel);

}  // namespace tenbin
