// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/language.hpp"

#include <array>

namespace tenbin {

std::string_view code(Language language) {
  constexpr std::array<std::string_view, 2> codes{"en", "ja"};
  return codes[static_cast<std::size_t>(language)];
}

Language language_of(std::string_view text) {
  return text == code(Language::japanese) ? Language::japanese : Language::english;
}

std::string_view translated(std::string_view english, Language language) {
  if (language == Language::english) return english;
  const std::size_t place = language_detail::place_of(english);
  return place < japanese.size() ? japanese[place].japanese : english;
}

std::string listed(const std::vector<std::string>& all, Language language) {
  std::string list;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k > 0) list += language == Language::japanese ? "、" : k + 1 == all.size() ? " and " : ", ";
    list += all[k];
  }
  return list;
}

std::string joined(const std::vector<std::string>& sentences, Language language) {
  std::string text;
  for (const std::string& one : sentences) {
    if (!text.empty() && !one.empty() && language == Language::english) text += " ";
    text += one;
  }
  return text;
}

}  // namespace tenbin
