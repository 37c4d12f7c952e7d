// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "tenbin/core/problem.hpp"
#include "tenbin/fit/fit.hpp"

/// What a caller can set: flags of the command line, names of the C interface, arguments in Python
/// and R. One row of one table names the member that a setting sets, its range and its meaning, so
/// that a wrong value gets the same words everywhere.

namespace tenbin {

/// Everything that can be set. An empty member: the default of the question that reads it.
struct Settings {
  // of every question
  std::optional<int> threads;
  // of a fit
  std::optional<std::string> priors, terms, without, leave_out;
  std::optional<int> chains, warmup, draws, as_of;
  std::optional<double> accept;
  std::optional<std::uint64_t> fit_seed;
  // of simulated futures
  std::optional<std::int64_t> futures;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> checkpoint;
  bool resume = false;
  std::optional<double> keep_every;
  // of what is asked
  std::optional<std::string> state, states, regret, lever, that, low, high, find, pair, money;
  std::optional<int> year, until, years, digits, draws_judged;
  std::optional<double> probability, growth, tolerance;
  bool all = false;
  std::optional<int> shown;
  bool figures_only = false;
  bool strict = false;
  // of tests of the model
  std::optional<std::string> origins, horizons, cache, plant, recover, train, test, whole, vintage;
  std::optional<int> sets, permutations;
  std::optional<std::string> placebo;
  std::optional<std::string> findings, world, catalogue;
  bool ablate = false, predictive = false;
  // files that are read
  std::optional<std::string> file, second, wars, baselines, experiments;
  // files that are written
  std::optional<std::string> plot, keep, medians, page, scorecard, model, toml, csv, netcdf;
  // of a page
  std::optional<std::string> lang, xlsx, card;
  // of the check of a page
  std::optional<std::string> panel;
  bool refit = false;
  // of an import
  bool add_states = false;
};

/// One row of the table of settings.
struct SettingSpec {
  enum class File { none, read, folder, written };  // folder: it is read
  using Member =
      std::variant<bool Settings::*, std::optional<int> Settings::*,
                   std::optional<std::int64_t> Settings::*,
                   std::optional<std::uint64_t> Settings::*, std::optional<double> Settings::*,
                   std::optional<std::string> Settings::*>;

  std::string_view name;  // "chains": --chains on the command line
  Member member;
  std::string_view meaning;       // one line of help
  double low = 0, high = 0;       // of a number, both included
  std::string_view choices = {};  // of a text, with spaces; empty: any
  File file = File::none;         // of a text: it is the path of a file
  std::string_view ending = {};   // of a file that is written

  bool is_flag() const { return std::holds_alternative<bool Settings::*>(member); }
  bool is_number() const {
    return std::holds_alternative<std::optional<double> Settings::*>(member);
  }
  bool is_text() const {
    return std::holds_alternative<std::optional<std::string> Settings::*>(member);
  }
  bool is_integer() const { return !is_flag() && !is_number() && !is_text(); }
};

/// All of them, in the order of their table.
std::span<const SettingSpec> setting_table();
/// The row of a name, or nothing.
const SettingSpec* find_setting(std::string_view name);
/// "INT in [1 - 64]", "{real,nominal,both}", "TEXT": what help shows. Empty for a flag.
std::string range_text(const SettingSpec& setting);
/// Sets a setting from its text; a flag takes 1 or 0. What is wrong goes to `problems`.
void set(Settings& settings, std::string_view name, const std::string& text, Problems& problems);
/// The text of a setting as set() reads it; nothing where it is not set.
std::optional<std::string> text_of(const Settings& settings, const SettingSpec& setting);
/// Puts the setting's name before the place of each problem.
void name_setting(std::string_view name, Error& error);
/// What `read` makes of the file or folder of a setting. Its problems name the setting.
template <class Read>
auto read_setting(std::string_view name, Read&& read) {
  try {
    return read();
  } catch (Error& error) {
    name_setting(name, error);
    throw;
  }
}
/// Refuses a number outside what one question takes, where that is narrower than its row.
void require_within(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high);

/// How a posterior is made.
struct FitSettings {
  FitOptions options;              // but for what follows
  bool draws_asked = false;        // options.draws is not a default
  std::string priors = "world";    // world, wide or a file
  std::string terms = "standard";  // a name of term_set_names
  TermSet term_set() const;
};
/// The settings of a fit over the defaults of a question.
FitSettings fit_settings(const Settings& settings, FitSettings defaults = {});

/// Names of the settings of a fit; with spaces.
inline constexpr std::string_view fit_setting_names =
    "priors chains warmup draws accept fit-seed terms";
/// Names of the settings of every question that simulates futures.
inline constexpr std::string_view futures_setting_names = "futures seed resume keep-every";

}  // namespace tenbin
