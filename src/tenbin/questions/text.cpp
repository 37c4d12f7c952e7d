// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/text.hpp"

#include <algorithm>

namespace tenbin {
std::string with_minus(std::string_view text) {
  const auto is_digit = [&](std::size_t k) {
    return k < text.size() && text[k] >= '0' && text[k] <= '9';
  };
  std::string result;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const bool begins = k == 0 || text[k - 1] == ' ' || text[k - 1] == '(' || text[k - 1] == '\n';
    if (text[k] == '-' && begins && is_digit(k + 1))
      result += "\u2212";
    else
      result += text[k];
  }
  return result;
}

std::string AlignedText::text() const {
  std::vector<std::size_t> widths(columns_.size());
  for (const auto& row : rows_)
    for (std::size_t k = 0; k < row.size(); ++k)
      widths[k] = std::max(widths[k], characters_in(row[k]));
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const std::string pad(widths[k] - characters_in(row[k]), ' ');
      if (k > 0) line += "  ";
      line += columns_[k] == '>' ? pad + row[k] : row[k] + pad;
    }
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace tenbin
