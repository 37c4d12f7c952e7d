// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"

/// What one published file says, in the words of a panel's tables; states by id (docs/formats.md).

namespace tenbin {

/// Expenditure of a state in a year. Where the table has no dollars, milex is missing.
struct FoundMilex {
  std::string state;
  int year = 0;
  double milex = missing;   // millions of the file's money
  double burden = missing;  // share of GDP
  MilexKind kind = MilexKind::reported;
};

struct FoundValue {
  std::string state;
  int year = 0;
  double value = missing;
};

/// A relation of two states over years, both included; `last` still_going where the file's last
/// year found it going on.
struct FoundSpell {
  std::string a, b;
  int first = 0, last = 0;
  double value = 1;  // hostility or strength, 0-1; a border's type
};

struct FoundDispute {
  std::string a, b;
  int year = 0, hostility_level = 0;
  std::optional<int> fatality_level;
};

struct FoundPrice {
  int year = 0;
  double index = missing;
};

/// Troops of a guest in a host.
struct FoundPresence {
  std::string guest, host;
  int year = 0;
  double troops = missing;
};

/// A remark of the maker on a state's figures.
struct Footnote {
  std::string state, mark, text;
};

/// A figure that no table of a panel can hold, and why.
struct LeftOut {
  std::string table, state, year, column, value, why;
};

/// Years that a source knows for a column of a panel's table. After the last one it is silent:
/// nothing there is 0, nothing has ended.
struct Coverage {
  std::string table, column;
  int first = 0, last = 0;
};

/// What a reader took one way where a file leaves it open, and what to do if that is wrong.
struct ReadingNote {
  std::string what, mend;
};

struct Findings {
  std::string source;   // "sipri"
  std::string label;    // "SIPRI 2026": the `source` of its rows in a panel
  std::string release;  // as the file names it
  std::string date;     // "2026-04-27" or "2026", as the file says; empty where it does not
  std::string cite;

  std::string currency;           // of milex; empty: no money
  std::optional<int> price_year;  // of milex, 0: current money
  bool to_be_scaled = false;      // milex of another maker, for years without figures only

  std::vector<FoundMilex> milex;
  std::vector<FoundValue> democracy, personnel, warheads;
  std::vector<FoundPresence> presence;
  std::vector<FoundSpell> rivalries, ties, borders;
  std::vector<FoundDispute> disputes;
  std::vector<FoundPrice> prices;
  std::vector<Footnote> footnotes;
  std::vector<LeftOut> left_out;
  std::vector<Coverage> coverage;
  std::vector<ReadingNote> notes;
  int rows_without_key = 0;           // that lack a state or a year, and are passed over
  std::map<std::string, int> nobody;  // names or numbers that are no state we know, with their rows
};

}  // namespace tenbin
