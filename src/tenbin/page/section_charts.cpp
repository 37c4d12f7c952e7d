// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/section_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/page/chart.hpp"
#include "tenbin/page/palette.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr double section_width = 900;

std::string begun(double height, const std::string& label) {
  return fmt::format("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">",
                     section_width, height, escape(label));
}

std::string words_at(double x, double y, std::string_view text, const char* anchor,
                     const char* fill = palette::ink) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\">{}</text>", x,
                     y, anchor, fill, escape(text));
}

std::string cell_at(double x, double y, double wide, double high, const char* colour,
                    double opacity) {
  return fmt::format(
      "<path d=\"M{:.1f},{:.1f}h{:.1f}v{:.1f}h{:.1f}Z\" fill=\"{}\" fill-opacity=\"{:.2f}\"/>", x,
      y, wide, high, -wide, colour, opacity);
}

}  // namespace

std::string draw(const GrowthStrip& s) {
  constexpr double left = 130, top = 22, high = 26;
  const int years = s.last_year - s.first_year + 1;
  const double wide = (section_width - left) / years;
  std::string label = s.label, names, years_told, grey, orange, dark, light;
  const auto middle = [&](int k) { return left + wide * (k + 0.5); };
  const auto number = [](double x, double y, const std::string& text) {
    return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>", x, y, text);
  };
  for (int k = 0; k < years; ++k)
    years_told += number(middle(k), 14, std::to_string(s.first_year + k));
  for (std::size_t r = 0; r < s.rows.size(); ++r) {
    const double y = top + high * static_cast<double>(r);
    names += words_at(left - 8, y + 17, shortened(s.rows[r].name, 18), "end");
    label += fmt::format("; {}:", s.rows[r].name);
    for (int k = 0; k < years; ++k) {
      const double g = s.rows[r].growth[static_cast<std::size_t>(k)];
      if (g != g) continue;
      const bool race = g >= s.threshold;
      const std::string percent = fmt::format("{:.0f}", std::abs(g) < 0.005 ? 0.0 : 100 * g);
      const std::string cell =
          fmt::format("M{:.0f},{:.0f}h{:.0f}v{:.0f}h{:.0f}Z", left + wide * k + 1, y + 1, wide - 2,
                      high - 2, 2 - wide);
      (race ? orange : grey) += cell;
      (race ? light : dark) += number(middle(k), y + 17, percent);
      label += fmt::format(" {} {}%", s.first_year + k, percent);
    }
  }
  return begun(top + high * static_cast<double>(s.rows.size()) + 2, label) + names +
         fmt::format(
             "<path d=\"{}\" fill=\"{}\" fill-opacity=\".12\"/><path d=\"{}\" "
             "fill=\"{}\"/><g text-anchor=\"middle\" fill=\"{}\">{}</g><g "
             "text-anchor=\"middle\" fill=\"#fff\">{}</g></svg>",
             grey, palette::grey, orange, palette::rival, palette::ink, years_told + dark, light);
}

std::string draw(const ShareMatrix& m) {
  constexpr double left = 150, right = 64, top = 96, high = 27;  // right: the last name leans out
  const double wide = (section_width - left - right) / static_cast<double>(m.columns.size());
  std::string svg = words_at(left - 8, top - 10, m.rows_title, "end", palette::soft) +
                    words_at(left, 14, m.columns_title, "start", palette::soft);
  for (std::size_t c = 0; c < m.columns.size(); ++c) {
    const double x = left + wide * (static_cast<double>(c) + 0.5);
    svg += fmt::format(
        "<text transform=\"translate({:.1f},{:.0f}) rotate(-40)\" fill=\"{}\">{}</text>", x,
        top - 8, palette::ink, escape(shortened(m.columns[c], 14)));
  }
  for (std::size_t r = 0; r < m.rows.size(); ++r) {
    const double y = top + high * static_cast<double>(r);
    svg += words_at(left - 8, y + 18, shortened(m.rows[r], 20), "end");
    for (std::size_t c = 0; c < m.columns.size(); ++c) {
      const double share = m.share[r][c];
      if (share != share) continue;
      const double x = left + wide * static_cast<double>(c);
      svg += cell_at(x + 1, y + 1, wide - 2, high - 2, palette::rival, 0.08 + 0.92 * share) +
             words_at(x + wide / 2, y + 18,
                      share < 0.005 ? "<1%" : fmt::format("{:.0f}%", 100 * share), "middle",
                      share > 0.45 ? "#fff" : palette::ink);
    }
  }
  return begun(top + high * static_cast<double>(m.rows.size()) + 2, m.label) + svg + "</svg>";
}

std::string draw(const DumbbellChart& c) {
  constexpr double left = 190, right = 120, top = 30, high = 26;
  double highest = 0;
  for (const DumbbellChart::Row& row : c.rows) highest = std::max({highest, row.from, row.to});
  const std::vector<double> grid = ticks(0, 100 * highest, 5);
  const double height = top + high * static_cast<double>(c.rows.size()) + 26;
  const auto x = [&](double share) {
    return left + (section_width - left - right) * 100 * share / grid.back();
  };
  std::string svg =
      begun(height, c.label) +
      fmt::format("<circle cx=\"{0:.0f}\" cy=\"10\" r=\"5\" fill=\"{1}\"/>", left, palette::grey) +
      words_at(left + 12, 15, c.from_words, "start", palette::soft) +
      fmt::format(
          "<circle cx=\"{0:.0f}\" cy=\"10\" r=\"4.5\" fill=\"#fff\" "
          "stroke=\"{1}\" stroke-width=\"2.5\"/>",
          left + 190, palette::own) +
      words_at(left + 202, 15, c.to_words, "start", palette::soft);
  for (const double g : grid)
    svg += fmt::format("<path d=\"M{0:.1f},{1:.0f}V{2:.0f}\" stroke=\"{3}\"/>", x(g / 100), top,
                       height - 22, palette::rule) +
           words_at(x(g / 100), height - 6, fmt::format("{:.3g}%", g), "middle", palette::soft);
  for (std::size_t r = 0; r < c.rows.size(); ++r) {
    const DumbbellChart::Row& row = c.rows[r];
    const double y = top + high * (static_cast<double>(r) + 0.5);
    svg += words_at(left - 10, y + 5, shortened(row.name, 26), "end") +
           fmt::format(
               "<path d=\"M{0:.1f},{1:.1f}H{2:.1f}\" stroke=\"{3}\" stroke-width=\"3\"/><circle "
               "cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"5.5\" fill=\"{4}\"/><circle cx=\"{2:.1f}\" "
               "cy=\"{1:.1f}\" r=\"5\" fill=\"#fff\" stroke=\"{5}\" stroke-width=\"2.5\"/>",
               x(row.from), y, x(row.to), palette::own_light,
               row.own ? palette::own : palette::grey, palette::own) +
           words_at(section_width - 2, y + 5, row.text, "end");
  }
  return svg + "</svg>";
}

std::string draw(const StackedChart& c) {
  constexpr double left = 60, right = 150, top = 12, plot = 300, bottom = 26, least_named = 13;
  const std::size_t years = c.rows.front().amount.size();
  std::vector<double> below(years, 0.0);
  double highest = 0;
  for (std::size_t k = 0; k < years; ++k) {
    double sum = 0;
    for (const StackedChart::Row& row : c.rows) sum += row.amount[k] * c.scale;
    highest = std::max(highest, sum);
  }
  const std::vector<double> grid = ticks(0, highest, 4);
  const auto x = [&](std::size_t k) {
    return left +
           (section_width - left - right) * static_cast<double>(k) / static_cast<double>(years - 1);
  };
  const auto y = [&](double amount) { return top + plot * (1 - amount / grid.back()); };
  std::string svg;
  for (const double g : grid)
    svg += fmt::format("<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\"/>", left, y(g),
                       section_width - right, palette::rule) +
           words_at(left - 6, y(g) + 4, grouped(g), "end", palette::soft);
  for (const StackedChart::Row& row : c.rows) {
    std::string upper, lower;
    for (std::size_t k = 0; k < years; ++k) {
      lower = fmt::format("L{:.1f},{:.1f}", x(k), y(below[k])) + lower;
      below[k] += row.amount[k] * c.scale;
      upper += fmt::format("{}{:.1f},{:.1f}", k ? "L" : "M", x(k), y(below[k]));
    }
    svg += fmt::format("<path d=\"{}{}Z\" fill=\"{}\" stroke=\"#fff\" stroke-width=\".8\"/>", upper,
                       lower, row.colour);
    const double end = row.amount.back() * c.scale, thick = y(0) - y(end);
    if (thick >= least_named)
      svg += words_at(section_width - right + 8, y(below.back() - end / 2) + 4,
                      shortened(row.name, 18), "start");
  }
  for (const double year : ticks(c.first_year, c.first_year + static_cast<double>(years) - 1, 6))
    if (year >= c.first_year && year < c.first_year + static_cast<double>(years))
      svg += words_at(x(static_cast<std::size_t>(year - c.first_year)), top + plot + 18,
                      fmt::format("{:.0f}", year), "middle", palette::soft);
  svg +=
      fmt::format("<path d=\"M{0:.1f},{1:.0f}V{2:.0f}\" stroke=\"{3}\" stroke-dasharray=\"2 3\"/>",
                  x(static_cast<std::size_t>(c.now - c.first_year)), top, top + plot, palette::ink);
  return begun(top + plot + bottom, c.label) + svg + "</svg>";
}

}  // namespace tenbin
