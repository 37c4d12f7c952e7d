// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/answer_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/page/chart.hpp"
#include "tenbin/page/palette.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr double card_width = 440, card_row = 24;
constexpr std::size_t longest_name = 20, longest_pair = 26;  // columns

std::string opened(double height, const std::string& label, double wide = card_width) {
  return fmt::format("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">", wide,
                     height, escape(label));
}

std::string label_at(double x, double y, std::string_view text, const char* anchor,
                     const char* fill = palette::ink, bool bold = false) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\"{}>{}</text>",
                     x, y, anchor, fill, bold ? " font-weight=\"700\"" : "", escape(text));
}

std::string line_at(double x, double from, double to, const char* colour, bool dashed) {
  return fmt::format("<path d=\"M{:.1f},{:.1f}V{:.1f}\" stroke=\"{}\"{}/>", x, from, to, colour,
                     dashed ? " stroke-dasharray=\"3 3\"" : "");
}

std::string dot(double x, double y, double radius, const char* colour) {
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\"/>", x, y, radius,
                     colour);
}

std::string bar(double x, double y, double wide, double high, const char* colour) {
  return fmt::format("<path d=\"M{:.1f},{:.1f}h{:.1f}v{:.1f}h{:.1f}Z\" fill=\"{}\"/>", x, y, wide,
                     high, -wide, colour);
}

/// Room for the names of rows, by the widest: a column takes 8.6 in the letters of a phone.
template <class Rows>
double room_for_names(const Rows& rows, std::size_t most) {
  std::size_t widest = 0;
  for (const auto& row : rows) widest = std::max(widest, text_width(shortened(row.name, most)));
  return std::max(132.0, 8.6 * static_cast<double>(widest) + 8);
}

std::string name_at(double room, const std::string& name, double y, bool own) {
  return label_at(room - 8, y + 5, shortened(name, longest_name), "end", palette::ink, own);
}

}  // namespace

std::string draw(const DotChart& c) {
  constexpr double step = 21, top = 12;
  const double key = top + 5 * step + 12;
  std::string svg = opened(key + 20 * static_cast<double>(c.classes.size()) - 4, c.label);
  int drawn = 0;
  double y = key;
  for (const DotChart::Class& one : c.classes) {
    for (int k = 0; k < one.count; ++k, ++drawn)
      svg += dot(12 + step * (drawn % 20), top + step * (drawn / 20), 8, one.colour);
    svg += dot(12, y, 7, one.colour) +
           label_at(48, y + 5, std::to_string(one.count), "end", palette::ink, true) +
           label_at(56, y + 5, one.words, "start");
    y += 20;
  }
  return svg + "</svg>";
}

std::string draw(const RangeChart& c) {
  double highest = c.reference;
  for (const RangeChart::Row& row : c.rows) highest = std::max(highest, row.high);
  const double name_room = room_for_names(c.rows, longest_name), room = card_width - name_room - 44,
               top = 6, height = top + card_row * static_cast<double>(c.rows.size()) + 4;
  const auto x = [&](double v) { return name_room + room * v / highest; };
  std::string svg =
      opened(height, c.label) + line_at(x(c.reference), top - 4, height - 4, palette::grey, true);
  double y = top + card_row / 2;
  for (const RangeChart::Row& row : c.rows) {
    const char* colour = row.own ? palette::own : palette::grey;
    svg += name_at(name_room, row.name, y, row.own) +
           fmt::format(
               "<path d=\"M{:.1f},{:.1f}H{:.1f}\" stroke=\"{}\" stroke-width=\"5\" "
               "stroke-opacity=\".4\"/>",
               x(row.low), y, x(row.high), colour) +
           dot(x(row.middle), y, 5.5, colour) +
           label_at(card_width - 2, y + 5, row.text, "end", palette::ink, row.own);
    y += card_row;
  }
  return svg + "</svg>";
}

std::string draw(const ChanceChart& c) {
  const double name_room = room_for_names(c.rows, longest_name), room = card_width - name_room - 52,
               top = 6, height = top + card_row * static_cast<double>(c.rows.size()) + 4;
  const auto x = [&](double p) { return name_room + room * p; };
  std::string svg =
      opened(height, c.label) + line_at(x(0.5), top - 4, height - 4, palette::grey, true);
  double y = top + card_row / 2;
  for (const ChanceChart::Row& row : c.rows) {
    svg += name_at(name_room, row.name, y, row.own) +
           fmt::format("<path d=\"M{:.1f},{:.1f}H{:.1f}\" stroke=\"{}\" stroke-width=\"3\"/>", x(0),
                       y, x(row.chance), palette::own_light) +
           dot(x(row.chance), y, 5.5, row.own ? palette::own : palette::grey) +
           label_at(card_width - 2, y + 5, row.text, "end", palette::ink, row.own);
    y += card_row;
  }
  return svg + "</svg>";
}

std::string draw(const PairChart& c) {
  constexpr double height = 190, top = 30, bottom = 24, left = 4;
  double low = 0, high = c.threshold;
  for (const PairChart::Year& year : c.years)
    for (const double v : {year.own, year.rival})
      if (v == v) low = std::min(low, v), high = std::max(high, v);
  const std::vector<double> grid = ticks(100 * low, 100 * high, 3);
  const auto y = [&](double percent) {
    return height - bottom -
           (height - bottom - top) * (percent - grid.front()) / (grid.back() - grid.front());
  };
  std::string svg = opened(height, c.label);
  for (const double g : grid)
    svg += fmt::format("<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\"/>", left, y(g), card_width,
                       g == 0 ? palette::grey : palette::rule);  // bars say their numbers
  const double group = (card_width - left) / static_cast<double>(c.years.size());
  for (std::size_t k = 0; k < c.years.size(); ++k) {
    const double middle = left + group * (static_cast<double>(k) + 0.5),
                 thick = std::min(46.0, 0.36 * group);
    const auto one = [&](double v, double from, const char* colour) {
      if (v != v) return;
      const double at = y(100 * v), zero = y(0);
      const bool inside = zero - at > 24;  // there a number does not lie on the threshold
      svg += bar(from, std::min(at, zero), thick, std::abs(zero - at), colour) +
             label_at(from + thick / 2, std::min(at, zero) + (inside ? 16 : -4),
                      fmt::format("{:.1f}%", 100 * v), "middle", inside ? "#fff" : colour, true);
    };
    one(c.years[k].own, middle - thick - 2, palette::own);
    one(c.years[k].rival, middle + 2, palette::rival);
    svg += label_at(middle, height - 6, std::to_string(c.years[k].year), "middle", palette::soft);
  }
  const double line = y(100 * c.threshold);
  return svg +
         fmt::format("<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\" stroke-dasharray=\"5 3\"/>",
                     left, line, card_width, palette::ink) +
         label_at(left, 14, c.own, "start", palette::own, true) +
         label_at(left + 9 * static_cast<double>(c.own.size()) + 16, 14, c.rival, "start",
                  palette::rival, true) +
         label_at(card_width, 14, "- - " + c.threshold_words, "end", palette::soft) + "</svg>";
}

std::string draw(const IncidentChart& c) {
  constexpr double head = 38, spacing = 12;  // two lines: both words would meet on one
  const double dots = room_for_names(c.rows, longest_pair) + 6, bars = dots + 10 * spacing + 8;
  const double height = head + card_row * static_cast<double>(c.rows.size()) + 4,
               room = card_width - bars - 30;
  std::string svg = opened(height, c.label) +
                    label_at(dots - 4, 12, c.before, "start", palette::soft) +
                    label_at(card_width, 30, c.next, "end", palette::soft);
  double y = head + card_row / 2;
  for (const IncidentChart::Row& row : c.rows) {
    svg +=
        label_at(dots - 14, y + 5, shortened(row.name, longest_pair), "end", palette::ink, row.own);
    for (int k = 0; k < 10; ++k)
      svg += dot(dots + spacing * k, y, 5, k < row.recent ? palette::rival : palette::rule);
    svg += bar(bars, y - 6, room, 12, palette::rule) +
           bar(bars, y - 6, room * row.expected / c.years, 12, palette::rival) +
           label_at(card_width, y + 5, fmt::format("{:.0f}", row.expected), "end", palette::ink,
                    row.own);
    y += card_row;
  }
  return svg + "</svg>";
}

std::string draw(const RatioChart& c) {
  constexpr double height = 150, left = 44, right = 58, top = 12, bottom = 24;
  const double highest = std::max(1.2, *std::ranges::max_element(c.high));
  const double years = static_cast<double>(c.middle.size() - 1);
  const auto x = [&](std::size_t k) {
    return left + (card_width - left - right) * static_cast<double>(k) / years;
  };
  const auto y = [&](double v) { return height - bottom - (height - bottom - top) * v / highest; };
  std::string area, middle;
  for (std::size_t k = 0; k < c.high.size(); ++k)
    area += fmt::format("{}{:.1f},{:.1f}", k ? "L" : "M", x(k), y(c.high[k]));
  for (std::size_t k = c.low.size(); k-- > 0;)
    area += fmt::format("L{:.1f},{:.1f}", x(k), y(c.low[k]));
  for (std::size_t k = 0; k < c.middle.size(); ++k)
    middle += fmt::format("{}{:.1f},{:.1f}", k ? "L" : "M", x(k), y(c.middle[k]));
  const auto value = [](double v) { return fmt::format("{:.1f}", v); };
  return opened(height, c.label) +
         fmt::format(
             "<path d=\"M{0:.0f},{1:.1f}H{2:.0f}\" stroke=\"{3}\"/>"
             "<path d=\"M{0:.0f},{4:.1f}H{2:.0f}\" stroke=\"{5}\" stroke-dasharray=\"3 "
             "3\"/>",
             left, y(0), card_width - right, palette::grey, y(1), palette::grey) +
         label_at(card_width - right + 4, y(1) + 4, c.parity, "start", palette::soft) +
         fmt::format(
             "<path d=\"{}Z\" fill=\"{}\" fill-opacity=\".2\"/><path d=\"{}\" "
             "fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\"/>",
             area, palette::own, middle, palette::own) +
         label_at(left - 6, y(c.middle.front()) + 5, value(c.middle.front()), "end", palette::ink,
                  true) +
         label_at(card_width - right + 6, y(c.middle.back()) + 5, value(c.middle.back()), "start",
                  palette::own, true) +
         label_at(left, height - 6, std::to_string(c.first_year), "middle", palette::soft) +
         label_at(card_width - right, height - 6,
                  std::to_string(c.first_year + static_cast<int>(c.middle.size()) - 1), "middle",
                  palette::soft) +
         "</svg>";
}

std::string draw(const SmallFan& c) {
  constexpr double wide = 220, height = 96, right = 46, top = 8, bottom = 6;
  const auto x = [&](double year) {
    return 4 + (wide - right - 4) * (year - c.first_year) / (c.end - c.first_year);
  };
  const auto y = [&](double v) {
    return height - bottom - (height - bottom - top) * std::min(1.0, v / c.highest);
  };
  const char* colour = c.own ? palette::own : palette::grey;
  std::string seen, area, middle;
  for (std::size_t k = 0; k < c.observed.size(); ++k)
    if (c.observed[k] == c.observed[k])
      seen += fmt::format("{}{:.0f},{:.1f}",
                          k > 0 && c.observed[k - 1] == c.observed[k - 1] ? "L" : "M",
                          x(c.first_year + static_cast<double>(k)), y(c.observed[k]));
  for (std::size_t k = 0; k < c.middle.size(); ++k) {
    const double year = c.start + static_cast<double>(k);
    area += fmt::format("{}{:.0f},{:.1f}", k ? "L" : "M", x(year), y(c.high[k]));
    middle += fmt::format("{}{:.0f},{:.1f}", k ? "L" : "M", x(year), y(c.middle[k]));
  }
  for (std::size_t k = c.low.size(); k-- > 0;)
    area += fmt::format("L{:.0f},{:.1f}", x(c.start + static_cast<double>(k)), y(c.low[k]));
  return opened(height, c.label, wide) +
         fmt::format("<path d=\"M4,{:.1f}H{:.1f}\" stroke=\"{}\"/>", y(0), wide - right,
                     palette::grey) +
         line_at(x(c.start), top, height - bottom, palette::rule, false) +
         fmt::format(
             "<path d=\"{}Z\" fill=\"{}\" fill-opacity=\".22\"/><path d=\"{}\" "
             "fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/><path d=\"{}\" "
             "fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"/>",
             area, colour, middle, colour, seen, palette::ink) +
         label_at(wide - right + 4, y(c.middle.back()) + 4, c.text, "start", colour, true) +
         "</svg>";
}

}  // namespace tenbin
