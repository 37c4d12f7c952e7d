// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/rank_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tenbin {
namespace {

constexpr int columns = 5, width = 200, height = 96, gap_x = 14, gap_y = 34, left = 10, top = 58;

struct Plot {
  std::string name;
  std::vector<double> share;  // of a bin, 1 where uniform
  double counted = 0;         // ranks in it
  double p = 1;               // smallest
  int quantities = 0;
};

std::vector<Plot> plots_of(const Calibration& calibration) {
  std::vector<Plot> plots;
  for (const RankLine& line : calibration.lines) {
    const std::string name = line.name.substr(0, line.name.find('['));
    if (plots.empty() || plots.back().name != name)
      plots.push_back({.name = name, .share = std::vector<double>(rank_bins)});
    Plot& plot = plots.back();
    ++plot.quantities;
    plot.p = std::min(plot.p, line.p);
    for (int b = 0; b < rank_bins; ++b) {
      plot.share[b] += line.histogram[b];
      plot.counted += line.histogram[b];
    }
  }
  for (Plot& plot : plots)
    for (double& share : plot.share) share *= rank_bins / plot.counted;
  return plots;
}

}  // namespace

std::string rank_plot(const Calibration& calibration) {
  const std::vector<Plot> plots = plots_of(calibration);
  const int rows = (static_cast<int>(plots.size()) + columns - 1) / columns;
  const int all_width = 2 * left + columns * width + (columns - 1) * gap_x,
            all_height = top + rows * (height + gap_y);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" font-family=\"system-ui, sans-serif\" font-size=\"10.5\" fill=\"#222\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n"
      "<text x=\"{2}\" y=\"20\" font-size=\"14\" font-weight=\"600\">Where the true value ranks "
      "among its posterior draws, over {3} data sets drawn from the prior</text>\n"
      "<text x=\"{2}\" y=\"38\">Level bars: calibrated. The band holds 99 % of level bars; p is of "
      "chi-square, the smallest where a plot holds many quantities, which has no band.</text>\n",
      all_width, all_height, left, calibration.sets);
  for (std::size_t k = 0; k < plots.size(); ++k) {
    const Plot& plot = plots[k];
    const std::size_t row = k / columns, column = k % columns;
    const double x0 = left + static_cast<double>(column) * (width + gap_x),
                 y0 = top + static_cast<double>(row) * (height + gap_y) + 14;
    constexpr double most = 2;  // shown: twice the level
    const auto y = [&](double share) { return y0 + height * (1 - std::min(share, most) / most); };
    const double each = static_cast<double>(calibration.sets) / rank_bins,
                 half = 2.576 * std::sqrt(each * (1 - 1.0 / rank_bins)) / each;
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}{}, p {:.2g}</text>\n", x0, y0 - 4,
                       plot.name, plot.quantities > 1 ? fmt::format(" ({})", plot.quantities) : "",
                       plot.p);
    if (plot.quantities == 1)
      svg += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{}\" height=\"{:.1f}\" fill=\"#e3e3e3\"/>\n", x0,
          y(1 + half), width, y(1 - half) - y(1 + half));
    const double bar = static_cast<double>(width) / rank_bins;
    for (int b = 0; b < rank_bins; ++b)
      svg += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#2b6ca3\" "
          "fill-opacity=\"0.75\"/>\n",
          x0 + b * bar + 0.5, y(plot.share[b]), bar - 1, y0 + height - y(plot.share[b]));
    svg += fmt::format(
        "<path d=\"M{0:.1f} {1:.1f}h{2}M{0:.1f} {3:.1f}h{2}\" stroke=\"#222\" fill=\"none\" "
        "stroke-width=\"0.8\"/>\n",
        x0, y(1), width, y0 + height);
  }
  return svg + "</svg>\n";
}

}  // namespace tenbin
