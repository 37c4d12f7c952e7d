// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "tenbin/io/published/package.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<double, 12> unknown_codes{-7,  -8,   -9,   -66,  -77,   -88,
                                               -99, -777, -888, -999, -8888, -9999};
constexpr std::array<std::string_view, 5> yes{"1", "true", "t", "yes", "y"};
constexpr std::array<std::string_view, 5> no{"0", "false", "f", "no", "n"};

[[noreturn]] void refuse(std::string_view column, std::string_view field, const char* what) {
  throw Refusal{fmt::format("{} \"{}\" is {}", column, field.substr(0, 40), what),
                "Leave the cell empty, or write NA, where nothing is known"};
}

}  // namespace

std::string_view cell_text(std::string_view field) {
  field = trimmed(field);
  while (field.size() >= 2 && field.front() == '"' && field.back() == '"')
    field = trimmed(field.substr(1, field.size() - 2));
  return field;
}

bool says_unknown(std::string_view field) {
  field = cell_text(field);
  if (says_nothing(field)) return true;
  const auto value =
      field.front() == '-' || field.front() == '\xE2' ? parse_number(field) : std::nullopt;
  return value && std::ranges::find(unknown_codes, *value) != unknown_codes.end();
}

std::optional<double> number_in(std::string_view field, std::string_view column) {
  if (says_unknown(field)) return std::nullopt;
  field = cell_text(field);
  const auto value = parse_number(field);
  if (!value) refuse(column, field, "not a number");
  return value;
}

std::optional<bool> flag_in(std::string_view field, std::string_view column) {
  if (says_unknown(field)) return std::nullopt;
  field = cell_text(field);
  const std::string word = lower_case(field.substr(0, 8));
  const auto value = parse_number(field);
  if (is_one_of(yes, word) || value == 1) return true;
  if (is_one_of(no, word) || value == 0) return false;
  refuse(column, field, "neither yes (1) nor no (0)");
}

}  // namespace tenbin
