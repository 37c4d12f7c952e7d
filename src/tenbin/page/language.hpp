// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "tenbin/page/japanese.hpp"

/// The sentences of a page in the languages that it speaks. English sentences stand where they are
/// used; japanese.hpp has the other language. A sentence without Japanese does not compile.

namespace tenbin {

enum class Language { english, japanese };

/// "en", "ja": as HTML and the setting --lang have it.
std::string_view code(Language language);
/// The language of a code; English for any other.
Language language_of(std::string_view code);
constexpr Language other_than(Language language) {
  return language == Language::english ? Language::japanese : Language::english;
}

namespace language_detail {

/// Place of an English text in the table; table size where it is not there.
constexpr std::size_t place_of(std::string_view english) {
  std::size_t k = 0;
  while (k < japanese.size() && japanese[k].english != english) ++k;
  return k;
}

/// The {name} that begins at or behind `at`, with its braces; empty: none.
constexpr std::string_view placeholder(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find('{', at), end = text.find('}', begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  return text.substr(begin, end - begin + 1);
}

/// Whether each placeholder of one text is in the other.
constexpr bool has_placeholders(std::string_view text, std::string_view other) {
  for (std::size_t at = 0;;) {
    const std::string_view name = placeholder(text, at);
    if (name.empty()) return true;
    const std::string_view bare = name.substr(0, name.find(':'));
    if (other.find(bare) == std::string_view::npos) return false;
    at = static_cast<std::size_t>(name.data() - text.data()) + name.size();
  }
}

}  // namespace language_detail

/// A whole sentence, heading or label, without markup. A {name} stands for a number, a name or a
/// piece of HTML; both languages have the same names.
class Sentence {
 public:
  consteval Sentence(const char* english) : place_(language_detail::place_of(english)) {
    if (place_ == japanese.size()) throw "japanese.hpp lacks this sentence";
    const auto& [text, other] = japanese[place_];
    if (!language_detail::has_placeholders(text, other) ||
        !language_detail::has_placeholders(other, text))
      throw "the Japanese has other placeholders";
    for (const std::string_view one : {text, other})
      if (one.find_first_of("<>&\"") != std::string_view::npos) throw "a sentence has no markup";
  }

  constexpr std::string_view in(Language language) const {
    const Translation& row = japanese[place_];
    return language == Language::japanese ? row.japanese : row.english;
  }

 private:
  std::size_t place_;
};

/// The sentence in a language, with fmt::arg for each placeholder.
template <class... Args>
std::string say(Language language, Sentence sentence, const Args&... args) {
  if constexpr (sizeof...(Args) == 0) return std::string(sentence.in(language));
  return fmt::format(fmt::runtime(sentence.in(language)), args...);
}

/// A text of a table of the program or of the panels that it brings, in a language; a text that
/// japanese.hpp lacks, such as one from a reader's own file, as it is.
std::string_view translated(std::string_view english, Language language);

/// "A, B and C".
std::string listed(const std::vector<std::string>& all, Language language);

/// Sentences one behind the other: English has a space between them. Empty ones are left out.
std::string joined(const std::vector<std::string>& sentences, Language language);

}  // namespace tenbin
