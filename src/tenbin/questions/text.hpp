// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenbin/io/text.hpp"

namespace tenbin {

/// Appends formatted text.
template <class... Values>
void say(std::string& text, fmt::format_string<Values...> format, Values&&... values) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Values>(values)...);
}

/// Replaces the hyphen before a negative number by the minus sign U+2212, as on the page. Spans of
/// years, names and flags keep their hyphens.
std::string with_minus(std::string_view text);

/// A table of texts whose columns never touch: each is as wide as its widest cell, two blanks
/// stand between. `columns` has a sign a column: < to the left, > to the right.
class AlignedText {
 public:
  explicit AlignedText(std::string columns) : columns_(std::move(columns)) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const;

 private:
  std::string columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tenbin
