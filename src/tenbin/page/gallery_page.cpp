// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/gallery_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/page/document.hpp"
#include "tenbin/page/style.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

/// A number with so many decimals, without zeros at its end; 1,000 and more as whole numbers.
std::string with_decimals(double x, int digits) {
  if (std::abs(x) >= 1000) return grouped(x);
  std::string text = fmt::format("{:.{}f}", x, digits);
  if (text.find('.') != std::string::npos) {
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
  }
  if (text == "-0") return "0";
  return text.starts_with('-') ? "\u2212" + text.substr(1) : text;
}
/// Decimals that show so many significant digits of a size.
int decimals_of(double size, int significant) {
  if (!(size > 0)) return 0;
  return std::clamp(significant - 1 - static_cast<int>(std::floor(std::log10(size))), 0, 6);
}
/// Decimals of a value: two significant digits of its error, or three of the value itself.
int decimals_of(const ComputedFigure& x) {
  return known(x.error) && x.error > 0 ? decimals_of(x.error, 2)
                                       : decimals_of(std::abs(x.value), 3);
}
std::string short_number(double x) { return with_decimals(x, decimals_of(std::abs(x), 3)); }

/// A line of numbers with what was expected and what was found.
class RangePicture {
 public:
  explicit RangePicture(const ShownFinding& shown) : s_(shown) {
    const ExpectedRange& e = s_.finding.expected;
    std::vector<double> points{e.nothing, s_.computed.low(), s_.computed.high()};
    for (const double end : {e.low, e.high})
      if (std::isfinite(end)) points.push_back(end);
    low_ = *std::ranges::min_element(points), high_ = *std::ranges::max_element(points);
    const double room = high_ > low_ ? 0.18 * (high_ - low_) : 1;
    low_ -= room, high_ += room;
  }

  std::string svg() const {
    const ExpectedRange& e = s_.finding.expected;
    const double left = std::isfinite(e.low) ? x(e.low) : x(low_),
                 right = std::isfinite(e.high) ? x(e.high) : x(high_);
    std::string svg = fmt::format("<svg viewBox=\"0 0 {} 92\" role=\"img\" aria-label=\"{}\">",
                                  width, escape(label()));
    svg += fmt::format(
        "<rect x=\"{:.1f}\" y=\"20\" width=\"{:.1f}\" height=\"40\" fill=\"#e69f00\" "
        "fill-opacity=\"0.3\"/>",
        left, std::max(right - left, 2.0));
    svg += fmt::format("<path d=\"M{} 60h{}\" stroke=\"#5b6269\"/>", margin, width - 2 * margin);
    svg += fmt::format("<path d=\"M{:.1f} 14v52\" stroke=\"#222\" stroke-dasharray=\"3 3\"/>",
                       x(e.nothing));
    if (known(s_.computed.error))
      svg += fmt::format("<path d=\"M{:.1f} 40H{:.1f}\" stroke=\"#0072b2\" stroke-width=\"4\"/>",
                         x(s_.computed.low()), x(s_.computed.high()));
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"40\" r=\"6\" fill=\"#0072b2\"/>",
                       x(s_.computed.estimate));
    return svg + ticks() + "</svg>";
  }

 private:
  static constexpr int width = 340, margin = 14;

  double x(double value) const {
    return margin + (width - 2 * margin) * (value - low_) / (high_ - low_);
  }
  std::string label() const {
    return fmt::format("Found {}. Expected: {}", result_words(s_), s_.finding.expected.words);
  }
  /// Values below the line: that of no effect, and the ends of the range; those that would touch an
  /// earlier one are left out.
  std::string ticks() const {
    const ExpectedRange& e = s_.finding.expected;
    std::vector<double> shown;
    std::string svg;
    for (const double value : {s_.computed.estimate, e.nothing, e.low, e.high}) {
      if (!std::isfinite(value)) continue;
      const std::string text =
          value == s_.computed.estimate
              ? with_decimals(value, decimals_of({"", value, s_.computed.error}))
              : short_number(value);
      const double at = x(value);
      if (std::ranges::any_of(shown, [&](double other) { return std::abs(other - at) < 46; }))
        continue;
      shown.push_back(at);
      svg += fmt::format(
          "<text x=\"{:.1f}\" y=\"80\" text-anchor=\"middle\" fill=\"#5b6269\">{}</text>", at,
          text);
    }
    return svg;
  }

  const ShownFinding& s_;
  double low_ = 0, high_ = 1;
};

std::string tag_of(Verdict verdict) {
  const char* kind = verdict == Verdict::agrees        ? "good"
                     : verdict == Verdict::contradicts ? "weak"
                                                       : "fair";
  return fmt::format("<span class=\"tag {}\">{}</span>", kind, verdict_name(verdict));
}

std::string details_of(const ShownFinding& s) {
  const Finding& f = s.finding;
  std::string html = "<details><summary>Figures and source</summary><p class=\"soft\">" +
                     escape(f.source) + " " + escape(f.read_in) + "</p>";
  html += fmt::format("<p class=\"soft\">Computation: {}. {}</p>", escape(f.computation),
                      s.run ? "Run now."
                            : fmt::format("Recorded, not run now: the panel \u201c{}\u201d is not "
                                          "part of tenbin.",
                                          finding_panel_names[static_cast<int>(f.panel)]));
  if (s.computed.figures.empty()) return html + "</details>";
  html +=
      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>Beside it</th><th "
      "class=\"n\">Value and standard error</th></tr></thead><tbody>";
  for (const ComputedFigure& x : s.computed.figures)
    html += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td></tr>", escape(x.name),
                        figure_words(x));
  return html + "</tbody></table></div></details>";
}

std::string card_of(const ShownFinding& s) {
  const Finding& f = s.finding;
  return fmt::format(
      "<article class=\"card\" id=\"{}\"><h3>{}</h3><p class=\"soft\">{}, {}</p><p>{}{}</p>"
      "<div>{}</div><p><b>Expected:</b> {}<br><b>Found:</b> {}</p><p>{}</p>{}"
      "</article>",
      f.id, escape(f.claim), escape(f.authors), f.year, tag_of(s.verdict),
      s.run ? "" : " <span class=\"soft\">recorded, not run now</span>", RangePicture(s).svg(),
      escape(f.expected.words), escape(result_words(s)), escape(f.why), details_of(s));
}

std::string section_of(std::span<const ShownFinding> all, Verdict verdict, const char* title) {
  std::string cards;
  for (const ShownFinding& s : all)
    if (s.verdict == verdict) cards += card_of(s);
  if (cards.empty()) return "";
  return fmt::format("<section><h2>{}</h2><div class=\"many\">{}</div></section>", title, cards);
}

int count(std::span<const ShownFinding> all, Verdict verdict) {
  return static_cast<int>(std::ranges::count(all, verdict, &ShownFinding::verdict));
}

}  // namespace

std::string result_words(const ShownFinding& s) {
  const Computed& c = s.computed;
  const int digits = decimals_of(ComputedFigure{"", c.estimate, c.error});
  std::string text = fmt::format("{} {} (", with_decimals(c.estimate, digits), s.unit);
  if (known(c.error))
    text += fmt::format("90% range: {} to {}; ", with_decimals(c.low(), digits),
                        with_decimals(c.high(), digits));
  text += fmt::format("{} cases", grouped(c.cases));
  return text + (s.release.empty() ? "" : "; " + s.release) + ")";
}

std::string figure_words(const ComputedFigure& x) {
  const int digits = decimals_of(x);
  return with_decimals(x.value, digits) +
         (known(x.error) ? " \u00b1 " + with_decimals(x.error, digits) : "");
}

std::string gallery_words(std::span<const ShownFinding> all) {
  const auto not_run = std::ranges::count_if(all, [](const ShownFinding& s) { return !s.run; });
  const std::size_t run = all.size() - static_cast<std::size_t>(not_run);
  const std::string shown = not_run == 0 ? "All were run now."
                            : run == 0
                                ? "None was run now: all are shown as recorded."
                                : fmt::format("Run now: {}; shown as recorded: {}.", run, not_run);
  if (all.size() == 1)
    return fmt::format("1 finding: {}. {}", verdict_name(all[0].verdict),
                       not_run == 0 ? "It was run now." : "It is shown as recorded.");
  return fmt::format(
      "{} findings. The figures agree with {} and contradict {}; for {} they cannot tell. {}",
      all.size(), count(all, Verdict::agrees), count(all, Verdict::contradicts),
      count(all, Verdict::cannot_tell), shown);
}

std::string render_gallery(std::span<const ShownFinding> all) {
  const std::string words = gallery_words(all);
  const std::string body =
      "<header><p class=\"kicker\">tenbin gallery</p><h1>What the literature found, computed "
      "again</h1><p>" +
      escape(words) +
      "</p><p class=\"soft\">In each picture the shaded band is what the literature expects, the "
      "dot is what these figures give, the bar is its 90% range, and the dashed line marks no "
      "effect. The verdict follows from a rule: the figures contradict a finding if the bar and "
      "the band have no value in common; they agree if the dot lies in the band and the bar "
      "excludes no effect; otherwise they cannot tell. An agreement repeats an association; it "
      "does not prove a cause.</p></header><main>" +
      section_of(all, Verdict::contradicts, "Findings that these figures contradict") +
      section_of(all, Verdict::cannot_tell, "Findings that these figures cannot judge") +
      section_of(all, Verdict::agrees, "Findings that these figures confirm") + "</main>";
  return html_document("What the literature found, computed again: a tenbin gallery", words,
                       Language::english, std::string(page_style), body);
}

}  // namespace tenbin
