// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

/// Small charts of the answer cards and of the countries as SVG text, up to 440 units wide. Numbers
/// are what is drawn; every word is a parameter.

namespace tenbin {

/// One hundred dots in classes; the counts add up to 100.
struct DotChart {
  struct Class {
    int count = 0;
    std::string words;
    const char* colour;
  };
  std::string label;  // of the whole, for readers who cannot see it
  std::vector<Class> classes;
};
std::string draw(const DotChart& chart);

/// A range with its middle in each row.
struct RangeChart {
  struct Row {
    std::string name, text;
    double low = 0, middle = 0, high = 0;
    bool own = false;
  };
  std::string label;
  std::vector<Row> rows;
  double reference = 0;  // a line across, in the rows' unit
};
std::string draw(const RangeChart& chart);

/// A chance in each row, against the even chance.
struct ChanceChart {
  struct Row {
    std::string name, text;
    double chance = 0;
    bool own = false;
  };
  std::string label;
  std::vector<Row> rows;
};
std::string draw(const ChanceChart& chart);

/// Two values side by side in each year, against a threshold. Values are parts (0.08: 8 %), NaN
/// where unknown.
struct PairChart {
  std::string label, own, rival, threshold_words;
  double threshold = 0;
  struct Year {
    int year;
    double own, rival;
  };
  std::vector<Year> years;
};
std::string draw(const PairChart& chart);

/// Years with an incident: ten dots of the past, a bar of what is expected.
struct IncidentChart {
  struct Row {
    std::string name;
    int recent = 0;       // of the last ten years
    double expected = 0;  // of the next `years`
    bool own = false;
  };
  std::string label, before, next;
  int years = 0;
  std::vector<Row> rows;
};
std::string draw(const IncidentChart& chart);

/// One line with its first and last value written at its ends.
struct RatioChart {
  std::string label, parity;
  int first_year = 0;
  std::vector<double> low, middle, high;  // by year
};
std::string draw(const RatioChart& chart);

/// What was observed and the middle 80 % of futures, small, on an axis from 0 to `highest`.
struct SmallFan {
  std::string label, text;  // text: of the last value
  int first_year = 0, start = 0, end = 0;
  std::vector<double> observed;           // [year - first_year], NaN where unknown
  std::vector<double> low, middle, high;  // [year - start]
  double highest = 0;
  bool own = false;
};
std::string draw(const SmallFan& chart);

}  // namespace tenbin
