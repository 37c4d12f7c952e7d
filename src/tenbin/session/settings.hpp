// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tenbin/analyse/races.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/study/fit.hpp"

/// What a caller can set, wherever it comes from: flags of the command line, names of the C
/// interface, arguments in Python and R. One row a setting says how it is read and what it may be,
/// so that a wrong value gets the same words everywhere.

namespace tenbin {

struct SettingSpec {
  enum class Kind { integer, number, text };
  std::string_view name;     // "chains": --chains on the command line
  std::string_view meaning;  // one line of help
  Kind kind = Kind::text;
  double low = 0, high = 0;       // both included
  std::string_view choices = {};  // of a text, with spaces; empty: any
};

/// All of them.
std::span<const SettingSpec> setting_table();
/// The row of a name, or nothing.
const SettingSpec* find_setting(std::string_view name);
/// "INT in [1 - 64]", "{real,nominal,both}", "TEXT": what help shows.
std::string range_text(const SettingSpec& setting);
/// Refuses a number outside what one verb takes, where that is narrower than its row.
void require_within(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high);

/// Reads the text of a setting into its place; what is wrong with it goes to `problems`.
void read_setting(std::string_view name, const std::string& text, int& into, Problems& problems);
void read_setting(std::string_view name, const std::string& text, std::int64_t& into,
                  Problems& problems);
void read_setting(std::string_view name, const std::string& text, std::uint64_t& into,
                  Problems& problems);
void read_setting(std::string_view name, const std::string& text, double& into, Problems& problems);
void read_setting(std::string_view name, const std::string& text, std::string& into,
                  Problems& problems);

/// How a posterior is made.
struct FitSettings {
  FitOptions options;              // but for what follows
  std::string priors = "world";    // world, wide or a file
  std::string terms = "standard";  // a name of term_set_names
  TermSet term_set() const;
};

/// What is asked of a panel's past.
struct RaceSettings {
  std::string pair;  // "CHN,JPN"; empty: all rivals
  std::string money = "both";
  int until = 9999;
  RaceRule rule;
};

/// How a back-test is made.
struct BacktestSettings {
  std::string origins = "2004:2022", horizons = "1:10";
  std::string states;  // of the tables; empty: all
  std::string cache;   // folder that keeps each origin's record; empty: none
  std::int64_t futures = 4000;
};

/// How two releases are compared.
struct DiffSettings {
  double tolerance = 0.001;
  int year = 0;  // of the medians; 0: five years after the later panel's end
  std::int64_t futures = 8000;
};

}  // namespace tenbin
