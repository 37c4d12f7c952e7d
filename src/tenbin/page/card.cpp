// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/card.hpp"

#include <fmt/format.h>

#include "tenbin/page/hero.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/palette.hpp"
#include "tenbin/page/sections.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr int card_margin = 56;
constexpr double letter_width = 0.54;  // of a font's size, on average

/// A text in lines of at most so many letters (a wide character counts as two): English breaks
/// between words, Japanese between characters.
std::vector<std::string> broken(const std::string& text, std::size_t letters, Language language) {
  std::vector<std::string> lines(1);
  std::string piece;
  const auto put = [&] {
    if (!lines.back().empty() && text_width(lines.back()) + text_width(piece) > letters) {
      lines.emplace_back();
      if (piece.starts_with(' ')) piece.erase(0, 1);
    }
    lines.back() += piece;
    piece.clear();
  };
  bool after_wide = false, after_opening = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const auto byte = static_cast<unsigned char>(text[k]);
    const bool begins = (byte & 0xc0) != 0x80, wide = begins && byte >= 0xe3;
    const std::string_view next = std::string_view(text).substr(k, wide ? 3 : 1);
    // No line begins with a full stop, a comma or a closing bracket.
    const bool closes = next == "。" || next == "、" || next == "）" || next == "」";
    const bool may_break = language == Language::japanese && (wide || after_wide) && !after_opening;
    if (!piece.empty() && begins && !closes && (text[k] == ' ' || may_break)) put();
    piece += text[k];
    if (!begins) continue;
    after_wide = wide;
    after_opening = next == "（" || next == "「";
  }
  put();
  return lines;
}

std::string lines_at(const std::vector<std::string>& lines, double x, double y, double size,
                     const char* more) {
  std::string svg;
  for (std::size_t k = 0; k < lines.size(); ++k)
    svg += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"{:.0f}\"{}>{}</text>\n", x,
                       y + 1.3 * size * static_cast<double>(k), size, more, escape(lines[k]));
  return svg;
}

std::size_t letters_in(double width, double size) {
  return static_cast<std::size_t>(width / (letter_width * size));
}

}  // namespace

std::string card_svg(const Briefing& b) {
  const Narrative narrative(b);
  const Scenario& base = b.scenarios[0].scenario;
  constexpr double title = 44, text = 25, chart_width = 700, chart_height = 350;
  constexpr double text_left = card_margin + chart_width + 36;
  std::string chart = FuturesSection(b).hero({});
  const std::string_view begin = "<svg ";
  if (chart.starts_with(begin))
    chart.insert(begin.size(), fmt::format("x=\"{}\" y=\"{}\" width=\"{:.0f}\" height=\"{:.0f}\" ",
                                           card_margin - 10, preview_height - 60 - chart_height,
                                           chart_width, chart_height));
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
             "viewBox=\"0 0 {0} {1}\" font-family=\"system-ui, Noto Sans, Noto Sans CJK JP, "
             "sans-serif\" font-size=\"15\">\n<rect width=\"{0}\" height=\"{1}\" "
             "fill=\"#fff\"/>\n<rect width=\"{0}\" height=\"12\" fill=\"{2}\"/>\n",
             preview_width, preview_height, palette::own) +
         lines_at(broken(narrative.headline(), letters_in(preview_width - 2 * card_margin, title),
                         b.language),
                  card_margin, 84, title, " font-weight=\"700\" fill=\"#1d2125\"") +
         lines_at(broken(narrative.deck(),
                         letters_in(preview_width - text_left - card_margin, text), b.language),
                  text_left, preview_height - 60 - chart_height + 30, text, " fill=\"#33393f\"") +
         chart +
         lines_at({fmt::format("tenbin · {} · {}", b.panel.states[base.focus].name,
                               translated(b.panel.vintage.empty() ? b.panel.name : b.panel.vintage,
                                          b.language))},
                  card_margin, preview_height - 24, 18, " fill=\"#555\"") +
         "</svg>\n";
}

}  // namespace tenbin
