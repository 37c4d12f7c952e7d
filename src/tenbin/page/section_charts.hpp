// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tenbin {

/// Yearly growth of several countries as a strip of cells: a row a country, a column a year.
struct GrowthStrip {
  struct Row {
    std::string name;
    std::vector<double> growth;  // [year - first_year], a part (0.08: 8 %), NaN where unknown
  };
  std::string label;  // what the cells are; draw() adds their numbers
  int first_year = 0, last_year = 0;
  double threshold = 0;  // from which a cell has the colour of a race
  std::vector<Row> rows;
};
/// SVG text, 900 units wide.
std::string draw(const GrowthStrip& strip);

/// What rows feel of columns as a matrix of cells, darker for more.
struct ShareMatrix {
  std::string label, rows_title, columns_title;
  std::vector<std::string> rows, columns;
  std::vector<std::vector<double>> share;  // [row][column] 0-1; NaN: nothing
};
std::string draw(const ShareMatrix& matrix);

/// Two values on one line in each row, such as today's share and the target.
struct DumbbellChart {
  struct Row {
    std::string name, text;
    double from = 0, to = 0;
    bool own = false;
  };
  std::string label, from_words, to_words;
  std::vector<Row> rows;
};
std::string draw(const DumbbellChart& chart);

/// Amounts of several countries on top of each other, year by year, the first at the bottom.
struct StackedChart {
  struct Row {
    std::string name;
    std::vector<double> amount;  // [year - first_year], all known
    const char* colour;
  };
  std::string label;
  int first_year = 0, now = 0;  // now: last year of figures, marked
  std::vector<Row> rows;
  double scale = 1;  // amounts are multiplied by it
};
/// SVG text, 900 units wide.
std::string draw(const StackedChart& chart);

}  // namespace tenbin
