// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/richardson_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "tenbin/io/toml_tree.hpp"

namespace tenbin {
namespace {

constexpr double largest = 1e12;

/// Numbers of a list within [low, high]; the wrong ones are problems.
std::vector<double> numbers(TomlReader& top, std::string_view key, double low, double high,
                            bool required) {
  std::vector<double> result;
  const TomlNode* list = top.get(key, required);
  if (list == nullptr) return result;
  for (const TomlNode& x : list->items) {
    if (!x.is_number() || !(x.number >= low && x.number <= high)) {
      top.wrong(key, fmt::format("holds something that is no number from {} to {}", low, high),
                "Write numbers with commas between brackets");
      return {};
    }
    result.push_back(x.number);
  }
  if (list->items.empty()) top.wrong(key, "is no list of numbers", "Write [1, 2]");
  return result;
}

/// The wanted length, else a problem.
void check_length(TomlReader& top, std::string_view key, std::size_t got, std::size_t wanted) {
  if (got != 0 && got != wanted)
    top.wrong(key, fmt::format("has {} numbers for {} states", got, wanted), "Give one a state");
}

void read_system(TomlReader& top, RichardsonFile& file) {
  for (const char* key : {"defence", "fatigue", "grievance", "start", "years"}) top.get(key);
  file.states = top.texts("states", true);
  const std::size_t n = file.states.size();
  if (const TomlNode* names = top.get("states"); n == 0 || names->items.size() != n) {
    if (names && names->kind == TomlNode::Kind::array && names->items.empty())
      top.wrong("states", "names no state", "Write states = [\"A\", \"B\"]");
    return;  // what else is wrong with it is said
  }
  Richardson& r = file.system;
  r.fatigue = numbers(top, "fatigue", 0, largest, true);
  r.grievance = numbers(top, "grievance", -largest, largest, true);
  file.start = numbers(top, "start", -largest, largest, true);
  check_length(top, "fatigue", r.fatigue.size(), n);
  check_length(top, "grievance", r.grievance.size(), n);
  check_length(top, "start", file.start.size(), n);
  r.defence = Matrix(static_cast<int>(n));
  const TomlNode* rows = top.get("defence", true);
  bool square = rows != nullptr && rows->items.size() == n;
  for (std::size_t i = 0; square && i < n; ++i) {
    square = rows->items[i].items.size() == n;
    for (std::size_t j = 0; square && j < n; ++j) {
      const TomlNode& x = rows->items[i].items[j];
      square = x.is_number() && x.number >= 0 && x.number <= largest;
      r.defence(static_cast<int>(i), static_cast<int>(j)) = i == j ? 0 : x.number;
    }
  }
  if (rows != nullptr && !square)
    top.wrong("defence", fmt::format("is no table of {0} rows of {0} numbers, 0 or more", n),
              "Row i says how i answers each other state; its own place is not used");
  for (const double year : numbers(top, "years", 0, 1000, false))
    if (year == std::floor(year))
      file.years.push_back(static_cast<int>(year));
    else
      top.wrong("years", fmt::format("holds {}, no whole year", year), "Write [1, 5, 10]");
  if (file.years.empty()) file.years = {1, 5, 10};
}

}  // namespace

RichardsonFile read_richardson(const std::filesystem::path& path) {
  Problems problems;
  RichardsonFile file;
  if (const auto root = read_toml(path, problems)) {
    TomlReader top(*root, "Richardson's system", problems);
    check_format(top);
    file.name = top.text("name", true).value_or("");
    if (top.get("totals")) {
      file.first_year = top.integer("first_year", 1800, 2200, true).value_or(0);
      file.totals = numbers(top, "totals", 0, largest, true);
      if (!file.totals.empty() && file.totals.size() < 4)
        top.wrong("totals", "are fewer than four years", "A line through two points says nothing");
      if (!file.totals.empty() &&
          std::ranges::adjacent_find(file.totals, std::not_equal_to{}) == file.totals.end())
        top.wrong("totals", "are all the same: nothing grows", "Give totals that differ");
    } else {
      read_system(top, file);
    }
    top.finish();
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return file;
}

}  // namespace tenbin
