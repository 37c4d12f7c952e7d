// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/page/palette.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr const char *blue = palette::own, *orange = palette::rival, *grey = palette::grey,
                     *ink = palette::ink;
constexpr const char* halo =
    " paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"4\"";  // keeps text readable on lines

struct Axis {
  double low, high, from, to;
  double operator()(double x) const { return from + (x - low) / (high - low) * (to - from); }
};

std::string text_at(double x, double y, const std::string& text, const char* anchor,
                    const char* fill = ink, const char* extra = "") {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"{}\" fill=\"{}\"{}>{}</text>",
                     x, y, anchor, fill, extra, escape(text));
}

/// Closed area between two quantiles of bands.
std::string area(const std::vector<Band>& bands, int start, const Axis& x, const Axis& y,
                 double scale, int low, int high, const char* attributes) {
  std::string path;
  const auto point = [&](std::size_t k, int q) {
    path += fmt::format("{}{:.0f},{:.1f}", path.empty() ? "M" : "L",
                        x(start + static_cast<double>(k)), y(bands[k].quantile[q] * scale));
  };
  for (std::size_t k = 0; k < bands.size(); ++k) point(k, high);
  for (std::size_t k = bands.size(); k-- > 0;) point(k, low);
  return fmt::format("<path d=\"{}Z\" {}/>", path, attributes);
}

std::string line(const std::vector<Band>& bands, int start, const Axis& x, const Axis& y,
                 double scale, int q, const char* attributes) {
  std::string path;
  for (std::size_t k = 0; k < bands.size(); ++k)
    path += fmt::format("{}{:.0f},{:.1f}", k ? "L" : "M", x(start + static_cast<double>(k)),
                        y(bands[k].quantile[q] * scale));
  return fmt::format("<path d=\"{}\" fill=\"none\" {}/>", path, attributes);
}

/// The largest number that a fan shows.
double highest(const FanChart& c) {
  double high = std::max(c.target, c.level) * c.scale;
  for (const double v : c.observed)
    if (v == v) high = std::max(high, v * c.scale);
  for (const auto* bands : {&c.bands, &c.baseline})
    for (const Band& b : *bands) high = std::max(high, b.quantile[5] * c.scale);
  return high;
}

std::string target_line(const FanChart& c, const Axis& x, const Axis& y) {
  const double begin = std::max(c.target_from, c.first_year);
  return fmt::format(
      "<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\" stroke-dasharray=\"6 4\"/>"
      "<circle cx=\"{:.0f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>",
      x(begin), y(c.target * c.scale), x(std::min(c.target_by, c.end)), orange,
      x(std::min(c.target_by, c.end)), y(c.target * c.scale), orange);
}

/// The bands of futures with their middle, and the baseline's above them.
std::string fan_bands(const FanChart& c, const Axis& x, const Axis& y) {
  std::string svg = area(c.bands, c.start, x, y, c.scale, 1, 5,
                         fmt::format("fill=\"{}\" fill-opacity=\".18\"", blue).c_str());
  svg += area(c.bands, c.start, x, y, c.scale, 2, 4,
              fmt::format("fill=\"{}\" fill-opacity=\".26\"", blue).c_str());
  if (!c.baseline.empty()) {
    for (const int q : {1, 5})
      svg += line(c.baseline, c.start, x, y, c.scale, q,
                  fmt::format("stroke=\"{}\" stroke-dasharray=\"1 3\"", grey).c_str());
    svg += line(c.baseline, c.start, x, y, c.scale, 3,
                fmt::format("stroke=\"{}\" stroke-width=\"2\"", grey).c_str());
  }
  return svg + line(c.bands, c.start, x, y, c.scale, 3,
                    fmt::format("stroke=\"{}\" stroke-width=\"2.5\"", blue).c_str());
}

/// What was observed, with gaps where it is unknown; empty where all is.
std::string observed_line(const FanChart& c, const Axis& x, const Axis& y) {
  std::string path;
  bool open = false;
  for (std::size_t k = 0; k < c.observed.size(); ++k) {
    if (c.observed[k] != c.observed[k]) {
      open = false;
      continue;
    }
    path += fmt::format("{}{:.0f},{:.1f}", open ? "L" : "M",
                        x(c.first_year + static_cast<double>(k)), y(c.observed[k] * c.scale));
    open = true;
  }
  if (path.empty()) return "";
  return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\"/>", path,
                     ink);
}

/// The level that a reader knows, under its name.
std::string level_line(const FanChart& c, const Axis& x, const Axis& y) {
  if (c.level == 0) return "";
  return fmt::format("<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\" stroke-dasharray=\"4 3\"/>",
                     x(c.first_year), y(c.level * c.scale), x(c.end), orange) +
         text_at(x(c.first_year) + 4, y(c.level * c.scale) + 18, c.level_label, "start", orange,
                 halo);
}

/// Numbered marks on what was observed.
std::string marks(const FanChart& c, const Axis& x, const Axis& y) {
  std::string svg;
  for (std::size_t k = 0; k < c.marked.size(); ++k) {
    const double value = c.observed[static_cast<std::size_t>(c.marked[k] - c.first_year)];
    if (value != value) continue;
    const double at = x(c.marked[k]), height = y(value * c.scale) - 22;
    svg += fmt::format(
               "<path d=\"M{0:.0f},{1:.1f}V{2:.1f}\" stroke=\"{3}\"/><circle cx=\"{0:.0f}\" "
               "cy=\"{4:.1f}\" r=\"9\" fill=\"#fff\" stroke=\"{3}\"/>",
               at, height + 9, y(value * c.scale), palette::soft, height) +
           text_at(at, height + 4.5, std::to_string(k + 1), "middle", palette::soft);
  }
  return svg;
}

/// Values at the right end: the middle, and on a wide chart the likely range.
std::string end_labels(const FanChart& c, double right, const Axis& y) {
  const Band& band = c.bands.back();
  std::string svg = text_at(right + 5, y(band.median() * c.scale) + 4,
                            c.text(band.median() * c.scale), "start", blue, " font-weight=\"600\"");
  if (!c.wide) return svg;
  for (const double q : {band.low80(), band.high80()})
    if (std::abs(y(q * c.scale) - y(band.median() * c.scale)) > 14)
      svg += text_at(right + 5, y(q * c.scale) + 4, c.text(q * c.scale), "start", palette::soft);
  return svg;
}

}  // namespace

std::vector<double> ticks(double low, double high, int count) {
  const double raw = std::max(high - low, 1e-12) / count,
               power = std::pow(10, std::floor(std::log10(raw)));
  const double ratio = raw / power, step = power * (ratio > 5   ? 10
                                                    : ratio > 2 ? 5
                                                    : ratio > 1 ? 2
                                                                : 1);
  std::vector<double> result;
  for (double k = std::floor(low / step); k <= std::ceil(high / step) + 1e-9; ++k)
    result.push_back(k * step == 0 ? 0.0 : k * step);
  return result;
}

std::string draw(const FanChart& c) {
  constexpr double left = 50, right = 62, top = 14, bottom = 28;
  const double width = c.wide ? 700 : 480, height = c.wide ? 350 : 330;
  const std::vector<double> grid = ticks(0, highest(c), 5);
  const Axis x{static_cast<double>(c.first_year), static_cast<double>(c.end), left, width - right};
  const Axis y{0, grid.back(), height - bottom, top};
  std::string svg =
      fmt::format("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">", width,
                  height, escape(c.label));
  for (const double g : grid)
    svg += fmt::format("<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\"/>", left, y(g),
                       width - right, g == 0 ? "#999" : "#e4e4e4") +
           text_at(left - 6, y(g) + 4, c.text(g), "end", "#555");
  for (const double t : ticks(c.first_year, c.end, 4))
    if (t >= c.first_year && t <= c.end)
      svg += text_at(x(t), height - 8, fmt::format("{:.0f}", t), "middle", "#555");
  svg +=
      fmt::format("<path d=\"M{0:.0f},{1:.0f}V{2:.0f}\" stroke=\"#bbb\" stroke-dasharray=\"2 3\"/>",
                  x(c.start), top, height - bottom);
  if (c.target > 0) svg += target_line(c, x, y);
  if (!c.bands.empty()) {
    svg += fan_bands(c, x, y);
    svg += end_labels(c, width - right, y);
  }
  svg += level_line(c, x, y) + observed_line(c, x, y) + marks(c, x, y);
  if (c.target > 0) {
    const bool beside = c.wide && x(c.target_from) > width / 2;  // the line begins far to the right
    svg +=
        text_at(beside ? x(c.target_from) - 6 : left + 4, y(c.target * c.scale) - (beside ? -4 : 8),
                c.target_label, beside ? "end" : "start", orange, halo);
  }
  return svg + "</svg>";
}

std::string draw(const ChangeChart& c) {
  constexpr double width = 480, row_height = 46, left = 16, right = 16, top = 8;
  const double height = top + row_height * static_cast<double>(c.rows.size()) + 26;
  double low = 0, high = 0;
  for (const auto& row : c.rows)
    low = std::min(low, row.band.quantile[1] * c.scale),
    high = std::max(high, row.band.quantile[5] * c.scale);
  if (std::max(-low, high) < c.smallest_axis) low = -c.smallest_axis, high = c.smallest_axis;
  if (high - low < 1e-9) low = -1, high = 1;
  const std::vector<double> grid = ticks(low, high, 4);
  const Axis x{grid.front(), grid.back(), left + 14, width - right - 14};
  std::string svg =
      fmt::format("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">", width,
                  height, escape(c.label));
  for (const double g : grid)
    svg += fmt::format("<path d=\"M{0:.0f},{1:.0f}V{2:.0f}\" stroke=\"{3}\"/>", x(g), top,
                       height - 22, g == 0 ? "#767676" : "#e4e4e4") +
           text_at(x(g), height - 7, c.text(g), "middle", "#555");
  double at = top + 14;
  for (const auto& row : c.rows) {
    const Band& b = row.band;
    const double middle = b.median() * c.scale;
    svg += text_at(left, at, row.name, "start", ink, halo);
    const auto bar = [&](int from, int to, double thick, const char* opacity) {
      svg += fmt::format(
          "<path d=\"M{:.1f},{:.0f}H{:.1f}\" stroke=\"{}\" stroke-width=\"{}\" "
          "stroke-opacity=\"{}\"/>",
          x(b.quantile[from] * c.scale), at + 14, x(b.quantile[to] * c.scale), blue, thick,
          opacity);
    };
    bar(1, 5, 6, ".3");
    bar(2, 4, 6, ".6");
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.0f}\" r=\"5\" fill=\"{}\"/>", x(middle),
                       at + 14, blue);
    svg += text_at(width - right, at, c.text(middle), "end", blue, " font-weight=\"600\"");
    at += row_height;
  }
  return svg + "</svg>";
}

std::string draw(const DifferenceChart& c) {
  constexpr std::array<const char*, difference_colours> colours{
      "#0072b2", "#b84a00", "#00785a", "#7a3b8f", "#8a6d00", "#555555", "#c2185b"};
  constexpr double width = 760, left = 70, right = 20, top = 52, plot = 340, key = 20;
  const std::size_t lines = std::min(c.lines.size(), colours.size());
  const double height = top + plot + 34 + key * static_cast<double>(lines);
  double low = 0, high = 0;
  std::size_t years = 2;
  for (std::size_t k = 0; k < lines; ++k) {
    years = std::max(years, c.lines[k].bands.size());
    for (const Band& b : c.lines[k].bands)
      low = std::min(low, b.low80() * c.scale), high = std::max(high, b.high80() * c.scale);
  }
  if (high - low < 1e-9) low = -1, high = 1;
  const std::vector<double> grid = ticks(low, high, 6);
  const int end = c.start + static_cast<int>(years) - 1;
  const Axis x{static_cast<double>(c.start), static_cast<double>(end), left, width - right},
      y{grid.front(), grid.back(), top + plot, top};
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\" "
      "aria-label=\"{2}\">\n<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"#fff\"/>\n",
      width, height, escape(c.label));
  svg += text_at(16, 22, c.title, "start", ink, " font-size=\"15\" font-weight=\"600\"") +
         text_at(16, 40,
                 "Line: median. Band: likely range (80%). Each simulation is compared with its "
                 "twin under the first scenario.",
                 "start", "#555");
  for (const double g : grid)
    svg += fmt::format("<path d=\"M{:.0f},{:.1f}H{:.0f}\" stroke=\"{}\"/>", left, y(g),
                       width - right, g == 0 ? grey : "#e4e4e4") +
           text_at(left - 6, y(g) + 4, c.text(g), "end", "#555");
  for (int year = c.start; year <= end; ++year)
    if ((year - c.start) % std::max(1, static_cast<int>(years) / 8) == 0)
      svg += text_at(x(year), top + plot + 18, std::to_string(year), "middle", "#555");
  for (std::size_t k = 0; k < lines; ++k)
    svg += area(c.lines[k].bands, c.start, x, y, c.scale, 1, 5,
                fmt::format("fill=\"{}\" fill-opacity=\".14\"", colours[k]).c_str());
  for (std::size_t k = 0; k < lines; ++k) {
    const double at = top + plot + 34 + key * static_cast<double>(k);
    svg += line(c.lines[k].bands, c.start, x, y, c.scale, 3,
                fmt::format("stroke=\"{}\" stroke-width=\"2.5\"", colours[k]).c_str());
    svg += fmt::format("<path d=\"M{:.0f},{:.0f}h22\" stroke=\"{}\" stroke-width=\"4\"/>", left, at,
                       colours[k]) +
           text_at(left + 30, at + 5, c.lines[k].name, "start");
  }
  return svg + "</svg>\n";
}

}  // namespace tenbin
