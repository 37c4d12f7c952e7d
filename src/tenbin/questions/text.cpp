// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/text.hpp"

#include <algorithm>

namespace tenbin {
namespace {

/// Characters of a text, each as wide as a letter.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string printable(std::string text) {
  for (std::size_t k = 0; k < text.size(); ++k) {
    const auto byte = static_cast<unsigned char>(text[k]);
    const bool second = byte >= 0x80 && byte < 0xa0 && k > 0 && text[k - 1] == '\xc2';
    if (second) text[k - 1] = '?';
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f || second) text[k] = '?';
  }
  return text;
}

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
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], width(row[k]));
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const std::string pad(widths[k] - width(row[k]), ' ');
      if (k > 0) line += "  ";
      line += columns_[k] == '>' ? pad + row[k] : row[k] + pad;
    }
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace tenbin
