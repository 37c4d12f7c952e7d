// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tenbin/core/panel.hpp"

/// Forecasts on record before they can be known, and their outcomes: docs/register.md.

namespace tenbin {

/// What an entry of a register forecasts.
enum class Registered { spending, share, force, death, race, promise };
inline constexpr std::array<std::string_view, 6> registered_names{"spending", "share", "force",
                                                                  "death",    "race",  "promise"};
inline std::string_view registered_name(Registered what) {
  return registered_names[static_cast<std::size_t>(what)];
}
/// Whether it is a number with quantiles; else it is the chance of an event.
inline bool is_quantity(Registered what) {
  return what == Registered::spending || what == Registered::share;
}

/// Years ahead for which spending and shares are registered, and incidents: in so many years.
inline constexpr std::array registered_ahead{1, 2, 3, 5};
inline constexpr std::array registered_spans{1, 3, 5};
inline constexpr int race_span = 5;

/// Probabilities of the quantiles of an entry.
inline constexpr std::array<double, 7> registered_levels{0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};

/// The scenario of entries without a condition.
inline constexpr std::string_view baseline_name = "announced-plans";

/// One forecast. Numbers that it does not have are NaN.
struct RegisterEntry {
  int format = 1;
  int number = 0, of = 0;  // its place in the register, from 1, and how many there are
  std::string id;
  std::string made;     // release that it is made from
  int known_until = 0;  // last year of its figures
  std::string scenario;
  Registered what = Registered::spending;
  std::string state, other;  // ids; `other` is empty where it is about one state
  int from = 0, year = 0;    // first and last year that decide it
  std::string unit;
  double base = missing;  // spending: the figure of known_until; promise: the promised share
  std::array<double, 7> quantile{missing, missing, missing, missing, missing, missing, missing};
  double chance = missing, chance_error = missing;     // error: Monte Carlo, one standard error
  double no_change = missing, no_change_sd = missing;  // quantity: value, and sd of its log
  double plan = missing;                               // what announced plans say
  std::string rule, resolved_by;                       // id, and in words
  std::string condition, condition_words;              // empty: none
  std::string panel, panel_hash;
  int price_year = 0;
  std::string made_by, settings;  // version; what decides the bits of the numbers
};

/// A place of an entry's quantiles.
struct QuantilePlace {
  std::size_t at = 0;
};
/// A column of a register's file.
struct RegisterColumn {
  std::string_view name;
  std::variant<int RegisterEntry::*, std::string RegisterEntry::*, double RegisterEntry::*,
               Registered RegisterEntry::*, QuantilePlace>
      member;
  std::string_view written = "{:.6g}";  // of a number
};
// clang-format off
/// All columns but the last, `chain`, in their order.
inline constexpr std::array register_columns{
  RegisterColumn{"format", &RegisterEntry::format}, RegisterColumn{"number", &RegisterEntry::number}, RegisterColumn{"of", &RegisterEntry::of},
  RegisterColumn{"id", &RegisterEntry::id}, RegisterColumn{"made", &RegisterEntry::made}, RegisterColumn{"known_until", &RegisterEntry::known_until},
  RegisterColumn{"scenario", &RegisterEntry::scenario}, RegisterColumn{"what", &RegisterEntry::what}, RegisterColumn{"state", &RegisterEntry::state},
  RegisterColumn{"other", &RegisterEntry::other}, RegisterColumn{"from", &RegisterEntry::from}, RegisterColumn{"year", &RegisterEntry::year},
  RegisterColumn{"unit", &RegisterEntry::unit}, RegisterColumn{"base", &RegisterEntry::base},
  RegisterColumn{"q05", QuantilePlace{0}}, RegisterColumn{"q10", QuantilePlace{1}}, RegisterColumn{"q25", QuantilePlace{2}}, RegisterColumn{"q50", QuantilePlace{3}},
  RegisterColumn{"q75", QuantilePlace{4}}, RegisterColumn{"q90", QuantilePlace{5}}, RegisterColumn{"q95", QuantilePlace{6}},
  RegisterColumn{"chance", &RegisterEntry::chance, "{:.4f}"}, RegisterColumn{"chance_error", &RegisterEntry::chance_error, "{:.2g}"},
  RegisterColumn{"no_change", &RegisterEntry::no_change, "{:.5g}"}, RegisterColumn{"no_change_sd", &RegisterEntry::no_change_sd, "{:.4g}"},
  RegisterColumn{"plan", &RegisterEntry::plan, "{:.5g}"}, RegisterColumn{"rule", &RegisterEntry::rule}, RegisterColumn{"resolved_by", &RegisterEntry::resolved_by},
  RegisterColumn{"if", &RegisterEntry::condition}, RegisterColumn{"if_in_words", &RegisterEntry::condition_words},
  RegisterColumn{"panel", &RegisterEntry::panel}, RegisterColumn{"panel_hash", &RegisterEntry::panel_hash}, RegisterColumn{"price_year", &RegisterEntry::price_year},
  RegisterColumn{"made_by", &RegisterEntry::made_by}, RegisterColumn{"settings", &RegisterEntry::settings},
};
// clang-format on

/// Where a register's chain does not hold.
struct ChainBreak {
  int line = 0;      // of the file, from 1
  std::string id;    // of the line's entry, as far as it can be read
  std::string what;  // "was changed", "entries 12 to 13 are missing before it"
};

/// A line of a register's file that is an entry.
struct RegisterLine {
  int line = 0;
  bool intact = false;  // it is as it was written, in its place
  RegisterEntry entry;
};

/// A register as it is read.
struct Register {
  std::vector<RegisterLine> lines;
  std::vector<ChainBreak> breaks;  // by line; empty: the register is as it was written
  std::string seal;                // the chain of its last line; quoted elsewhere, it fixes all
};

/// What became of an entry.
enum class Fate { scored, open, no_case, undecidable, damaged };
inline constexpr std::array<std::string_view, 5> fate_names{"scored", "not yet due", "void",
                                                            "undecidable", "damaged"};
inline std::string_view fate_name(Fate fate) { return fate_names[static_cast<std::size_t>(fate)]; }

/// An entry and its outcome. Scores: smaller is better; NaN where there is none.
struct Resolution {
  Fate fate = Fate::open;
  std::string why;           // of every fate but scored
  double outcome = missing;  // in the entry's unit; an event: 1 it came, 0 it did not
  double score = missing;    // of a quantity the quantile score of its log, else Brier
  double no_change = missing, plan = missing;               // the same score of these forecasts
  double interval = missing, no_change_interval = missing;  // interval score of the middle 80 %
  double log_score = missing;                               // of a chance
  bool inside80 = false, inside_no_change80 = false;        // of a quantity
};

/// Entries of one kind and one distance that were scored, together.
struct RegisterScore {
  Registered what = Registered::spending;
  int ahead = 0;           // years from known_until to `year`
  bool condition = false;  // of scenarios whose if came
  int cases = 0, inside80 = 0;
  double score = 0, interval = 0;  // means
  int with_no_change = 0, no_change_inside80 = 0;
  double own_beside_no_change = missing, no_change = missing;  // of the cases that have both
  int with_plan = 0;
  double own_beside_plan = missing, plan = missing;
  double log_score = missing;
};

/// A whole register, resolved.
struct ResolvedRegister {
  std::vector<Resolution> of;         // by line
  std::vector<RegisterScore> scores;  // by kind, condition and distance
  std::array<int, fate_names.size()> count{};

  int counted(Fate fate) const { return count[static_cast<std::size_t>(fate)]; }
  /// Part of the entries whose time has come and that no rule decides.
  double undecidable() const {
    const int due = counted(Fate::scored) + counted(Fate::undecidable);
    return due > 0 ? static_cast<double>(counted(Fate::undecidable)) / due : 0;
  }
};

}  // namespace tenbin
