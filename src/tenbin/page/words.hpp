// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "tenbin/page/brief.hpp"
#include "tenbin/page/language.hpp"

/// Numbers as a reader says them, and the sentences of the page. Plain text: whoever draws it
/// escapes it.

namespace tenbin {

std::string percent(double share, int digits = 2);  // "1.41 %"
std::string signed_number(double x,
                          int digits);  // "+0.12", "\u22120.12", "0.00" for what rounds to nothing
std::string grouped(double x);          // "15,000"
/// A number with no more digits than the width of its interval allows: 55 (46 to 64), 0.38 (0.2 to
/// 0.6).
std::string within_width(double value, double width);
std::string pair_words(const Weakened& pair, const Panel& panel);  // "the hostility of A and B"

/// The panel's money in words.
struct Money {
  std::string sign;  // "$", or nothing where the panel counts in something else
  std::string unit;  // "dollars of 2024"
  Language language = Language::english;
  double yen = missing;  // for one dollar; NaN: the panel does not say

  std::string text(double million) const;    // "$61.9 bn", "619億ドル"
  std::string change(double million) const;  // "+$3.1 bn", "+31億ドル"
  /// Millions times this are the numbers on an axis: billions, or 億.
  double axis() const { return language == Language::japanese ? 0.01 : 0.001; }
};
Money money_of(const Panel& panel, Language language = Language::english);

/// A name inside a sentence: one of another script than Latin or Japanese is isolated, so that it
/// cannot turn the sentence round.
std::string in_sentence(const std::string& name);
/// The text with its first letter as a capital; letters beyond ASCII stay.
std::string capitalised(std::string text);

/// What a lever does, holds and lets respond, in one sentence each.
struct LeverWords {
  std::string does, held, responds, why;
};
LeverWords words(const Lever& lever, const Panel& panel, Language language = Language::english);
/// "government plan": a promise of a kind that is learned.
std::string promise_words(PledgeKind kind, Language language = Language::english);

/// Width of a text on one line, in characters of Latin: those above U+2E7F, such as kana and kanji,
/// are two wide.
std::size_t text_width(std::string_view text);
/// At most so wide a text, in characters of Latin, with an ellipsis where some is left out.
std::string shortened(const std::string& text, std::size_t most);

/// HTML text: & < > " ' escaped.
std::string escape(std::string_view text);
/// A name from a file as isolated text of its own direction.
std::string isolated(std::string_view text);

}  // namespace tenbin
