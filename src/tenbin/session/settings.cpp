// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "tenbin/io/nearest.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/project/project.hpp"

namespace tenbin {
namespace {

using Kind = SettingSpec::Kind;

// clang-format off
constexpr std::array table{
  SettingSpec{"threads", "threads; 0 is one for each core", Kind::integer, 0, 1024},
  SettingSpec{"futures", "futures, instead of the first scenario's own number", Kind::integer, 1, static_cast<double>(most_futures)},
  SettingSpec{"priors", "world (default), wide, or a file that tenbin priors wrote"},
  SettingSpec{"terms", "standard (default; chosen by the scoreboard), reference (those of the reference posteriors) or all", Kind::text, 0, 0, "standard reference all"},
  SettingSpec{"without", "terms switched off, with commas"},
  SettingSpec{"leave-out", "states whose rows are not fitted: ids with commas, or another panel's folder"},
  SettingSpec{"chains", "chains", Kind::integer, 1, 64},
  SettingSpec{"warmup", "iterations a chain that tune the sampler", Kind::integer, 20, 1'000'000},
  SettingSpec{"draws", "draws a chain", Kind::integer, 4, 1'000'000},
  SettingSpec{"accept", "acceptance the step size aims at; raise it when draws diverge", Kind::number, 0.5, 0.999},
  SettingSpec{"seed", "seed of the sampler", Kind::integer, 0, 9'007'199'254'740'992},
  SettingSpec{"as-of", "year: what was known at its end, nothing later", Kind::integer, 1800, 2200},
  SettingSpec{"pair", "one dyad, rivals or not: CHN,JPN"},
  SettingSpec{"money", "of spending: real, nominal or both", Kind::text, 0, 0, "real nominal both"},
  SettingSpec{"until", "last year looked at", Kind::integer, 1800, 9999},
  SettingSpec{"growth", "least growth a year, as a part (0.08)", Kind::number, 0, 1},
  SettingSpec{"years", "least years running", Kind::integer, 1, 50},
  SettingSpec{"origins", "last years known: FIRST:LAST, or years with commas"},
  SettingSpec{"horizons", "years ahead: FIRST:LAST, or numbers with commas"},
  SettingSpec{"states", "states, with commas"},
  SettingSpec{"add-states", "states that the panel does not have yet, too: 1, or 0", Kind::integer, 0, 1},
  SettingSpec{"cache", "folder that keeps each origin's record"},
  SettingSpec{"tolerance", "a smaller relative change is no revision (0.001)", Kind::number, 0, 1},
  SettingSpec{"year", "of the medians (five years after the later panel's end)", Kind::integer, 1900, 2200},
};
// clang-format on

const SettingSpec& row_of(std::string_view name) {
  const SettingSpec* row = find_setting(name);
  TENBIN_ASSERT(row != nullptr);
  return *row;
}

void refuse(const SettingSpec& row, std::string what, std::string mend, Problems& problems) {
  problems.push_back({fmt::format("--{}", row.name), std::move(what), std::move(mend)});
}

std::string range_mend(const SettingSpec& row) {
  return row.kind == Kind::integer
             ? fmt::format("Give a whole number from {:.0f} to {:.0f}", row.low, row.high)
             : fmt::format("Give a number from {} to {}", row.low, row.high);
}

template <class Number>
void read_number(std::string_view name, const std::string& text, std::optional<Number> number,
                 Number& into, Problems& problems) {
  const SettingSpec& row = row_of(name);
  if (!number)
    refuse(
        row,
        fmt::format("\"{}\" is no {}", text, row.kind == Kind::integer ? "whole number" : "number"),
        range_mend(row), problems);
  else if (*number < static_cast<Number>(row.low) || *number > static_cast<Number>(row.high))
    refuse(row, fmt::format("{} is out of range", text), range_mend(row), problems);
  else
    into = *number;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const char* begin = text.data() + text.starts_with('+');
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(begin, end, number);
  if (failed != std::errc() || stop != end) return std::nullopt;
  return number;
}

template <class Integer>
void read_integer(std::string_view name, const std::string& text, Integer& into,
                  Problems& problems) {
  std::int64_t number = into;
  read_number(name, text, whole_number(text), number, problems);
  into = static_cast<Integer>(number);
}

}  // namespace

std::span<const SettingSpec> setting_table() { return table; }

const SettingSpec* find_setting(std::string_view name) {
  const auto found = std::ranges::find(table, name, &SettingSpec::name);
  return found == table.end() ? nullptr : &*found;
}

std::string range_text(const SettingSpec& row) {
  if (row.kind == Kind::integer) return fmt::format("INT in [{:.0f} - {:.0f}]", row.low, row.high);
  if (row.kind == Kind::number) return fmt::format("NUMBER in [{} - {}]", row.low, row.high);
  if (row.choices.empty()) return "TEXT";
  std::string list(row.choices);
  std::ranges::replace(list, ' ', ',');
  return "{" + list + "}";
}

void require_within(std::string_view name, std::int64_t value, std::int64_t low,
                    std::int64_t high) {
  if (value >= low && value <= high) return;
  throw Error({{fmt::format("--{}", name), fmt::format("{} is out of range", value),
                fmt::format("Give a whole number from {} to {}", low, high)}},
              Error::Reason::usage);
}

void read_setting(std::string_view name, const std::string& text, int& into, Problems& problems) {
  read_integer(name, text, into, problems);
}
void read_setting(std::string_view name, const std::string& text, std::int64_t& into,
                  Problems& problems) {
  read_integer(name, text, into, problems);
}
void read_setting(std::string_view name, const std::string& text, std::uint64_t& into,
                  Problems& problems) {
  read_integer(name, text, into, problems);
}
void read_setting(std::string_view name, const std::string& text, double& into,
                  Problems& problems) {
  read_number(name, text, parse_number(text), into, problems);
}
void read_setting(std::string_view name, const std::string& text, std::string& into,
                  Problems& problems) {
  const SettingSpec& row = row_of(name);
  if (row.choices.empty()) {
    into = text;
    return;
  }
  std::vector<std::string> choices(1);
  for (const char c : row.choices)
    if (c == ' ')
      choices.emplace_back();
    else
      choices.back() += c;
  if (std::ranges::find(choices, text) != choices.end()) {
    into = text;
    return;
  }
  std::string list;
  for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  const std::string near = nearest(text, choices);
  refuse(row, fmt::format("\"{}\" is none of {}", text, list),
         near.empty() ? "Give one of them" : fmt::format("Did you mean \"{}\"?", near), problems);
}

TermSet FitSettings::term_set() const {
  return static_cast<TermSet>(std::ranges::find(term_set_names, terms) - term_set_names.begin());
}

}  // namespace tenbin
