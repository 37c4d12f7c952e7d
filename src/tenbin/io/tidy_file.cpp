// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/tidy_file.hpp"

#include <fmt/format.h>

#include <iterator>

#include "tenbin/core/panel.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin {
namespace {

struct FieldWriter {
  std::string& csv;
  const std::string& written;
  std::size_t row;

  void operator()(const std::vector<std::string>& texts) const { csv += csv_field(texts[row]); }
  void operator()(const std::vector<std::int32_t>& numbers) const {
    fmt::format_to(std::back_inserter(csv), "{}", numbers[row]);
  }
  void operator()(const std::vector<double>& numbers) const {
    if (known(numbers[row]))
      fmt::format_to(std::back_inserter(csv), fmt::runtime(written), numbers[row]);
  }
};

}  // namespace

std::string csv_text(const TidyTable& table) {
  std::string csv;
  const auto end_field = [&](std::size_t column) {
    csv += column + 1 < table.columns().size() ? ',' : '\n';
  };
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    csv += csv_field(table.columns()[c].name);
    end_field(c);
  }
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
      const TidyColumn& column = table.columns()[c];
      std::visit(FieldWriter{csv, column.written, row}, column.values);
      end_field(c);
    }
  return csv;
}

}  // namespace tenbin
