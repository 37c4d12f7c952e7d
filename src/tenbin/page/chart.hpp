// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tenbin/futures/answers.hpp"

/// Charts as SVG text, drawn from numbers only. Attributes, never styles: the page's policy allows
/// no inline style.

namespace tenbin {

using NumberText = std::function<std::string(double)>;

/// A fan: what was observed, then bands of futures, with the baseline always in grey.
struct FanChart {
  std::string label;  // for those who cannot see it
  int first_year = 0, start = 0, end = 0;
  std::vector<double> observed;        // [year - first_year], NaN where unknown
  std::vector<Band> bands;             // [year - start]
  std::vector<Band> baseline;          // the same, empty where this is the baseline
  double target = 0;                   // a line across, 0: none
  int target_from = 0, target_by = 0;  // the line's years
  std::string target_label;
  double scale = 1;   // values are multiplied by it before drawing
  NumberText text;    // of a scaled value
  bool wide = false;  // over the width of a page, with the likely range written at its end
  double level = 0;   // a dashed line across, 0: none
  std::string level_label;
  std::vector<int> marked;  // years whose observed value carries a numbered mark, in order
};
std::string draw(const FanChart& chart);

/// One row a scenario: the middle of the paired difference, with its 8-in-10 interval.
struct ChangeChart {
  struct Row {
    std::string name;
    Band band;
  };
  std::string label;
  std::vector<Row> rows;
  double smallest_axis =
      0;  // scaled: the axis reaches at least so far, so that nothing is not blown up
  double scale = 1;
  NumberText text;
};
std::string draw(const ChangeChart& chart);

/// One line a scenario: the middle of the paired difference year by year, with its 8-in-10 band.
/// Drawn to stand alone, as a file.
struct DifferenceChart {
  struct Line {
    std::string name;
    std::vector<Band> bands;  // [year - start]
  };
  std::string title, label;
  int start = 0;
  std::vector<Line> lines;  // at most difference_colours, others are not drawn
  double scale = 1;
  NumberText text;
};
inline constexpr std::size_t difference_colours = 7;
std::string draw(const DifferenceChart& chart);

/// Round numbers that cover [low, high] in about `count` steps.
std::vector<double> ticks(double low, double high, int count);

}  // namespace tenbin
