// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/io/published/package.hpp"

namespace tenbin {

/// A cell of a worksheet, as its maker saw it.
struct WorkbookCell {
  int column = 0;    // 0: A
  std::string text;  // a number as it stands in the file
  bool number = false;
  std::uint32_t colour = 0;  // of its font, RGB; 0: black or of no palette that is known here
};

/// One row; cells without content are left out. Answers whether to go on.
using RowSink = std::function<bool(int row, const std::vector<WorkbookCell>&)>;

/// What a workbook may hold: ten times and more what is published, far less than a machine.
struct WorkbookLimits {
  std::uint64_t file_bytes = std::uint64_t{32} << 20;
  std::uint64_t part_bytes = std::uint64_t{8} << 20;  // of one part, unpacked
  std::uint64_t tag_bytes = std::uint64_t{1} << 20;   // of one tag
  std::size_t texts = 200'000, text_bytes = std::size_t{8} << 20;
  std::size_t elements = 400'000;  // of one part
  std::size_t fonts = 4096, styles = 65'536, parts = 4096;
  std::size_t rows = 20'000, cells_a_row = 16'384;
};

/// An .xlsx file (ECMA-376), read row by row. Formulas are refused: a published sheet holds
/// figures.
class Workbook {
 public:
  /// Throws Refusal where the file is no workbook, is locked, damaged or hostile. The file must
  /// outlive it.
  explicit Workbook(const PublishedFile& file, const WorkbookLimits& limits = {});

  std::vector<std::string> sheets() const;
  /// Throws Refusal where any part of it, read or not, is no XML to its end.
  void require_whole() const;
  /// Day of the last change by its makers, "2026-04-27"; empty where it does not say.
  std::string changed() const { return changed_; }
  /// Throws Refusal where the sheet is not there or cannot be read to its end.
  void read(const std::string& sheet, const RowSink& sink) const;

 private:
  struct Sheet {
    std::string name, part;
  };

  Package package_;
  WorkbookLimits limits_;
  std::vector<Sheet> sheets_;
  std::vector<std::string> texts_;
  std::vector<std::uint32_t> colour_of_style_;
  std::string changed_;
};

}  // namespace tenbin
