// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tenbin {

/// Texts, whole numbers, or numbers. Where memory is short while a variant of vectors is copied,
/// that of GCC 12 (__never_valueless) frees what it has not made; one that is made in place does
/// not.
class TidyValues : public std::variant<std::vector<std::string>, std::vector<std::int32_t>,
                                       std::vector<double>> {
 public:
  using variant::variant;
  TidyValues(const TidyValues& other)
      : variant(std::visit([](const auto& values) { return variant(values); },
                           static_cast<const variant&>(other))) {}
  TidyValues(TidyValues&&) noexcept = default;
  TidyValues& operator=(const TidyValues& other) { return *this = TidyValues(other); }
  TidyValues& operator=(TidyValues&&) noexcept = default;
  ~TidyValues() = default;
};

/// One column of a tidy table: texts, whole numbers, or numbers (NaN: none).
struct TidyColumn {
  std::string name;
  TidyValues values;
  std::string written = "{}";  // how a number stands in a CSV file, as fmt has it
};

/// A table with one observation a row: what an answer is to a CSV file, to pandas and to R. All
/// columns have the same length.
class TidyTable {
 public:
  /// Adds an empty column; columns keep their order.
  void text(std::string name) { columns_.push_back({std::move(name), std::vector<std::string>{}}); }
  void integer(std::string name) {
    columns_.push_back({std::move(name), std::vector<std::int32_t>{}});
  }
  void number(std::string name, std::string written = "{}") {
    columns_.push_back({std::move(name), std::vector<double>{}, std::move(written)});
  }

  /// Adds the next field of the row that is being filled, from left to right; the column must be of
  /// this kind (a whole number may stand in a column of numbers).
  TidyTable& operator<<(std::string field) { return put(std::move(field)); }
  TidyTable& operator<<(std::string_view field) { return put(std::string(field)); }
  TidyTable& operator<<(const char* field) { return put(std::string(field)); }
  TidyTable& operator<<(int field) {
    if (std::holds_alternative<std::vector<double>>(columns_[next_].values))
      return put(static_cast<double>(field));
    return put(static_cast<std::int32_t>(field));
  }
  TidyTable& operator<<(double field) { return put(field); }

  const std::vector<TidyColumn>& columns() const { return columns_; }
  std::size_t rows() const { return rows_; }

 private:
  template <class Field>
  TidyTable& put(Field field) {
    std::get<std::vector<Field>>(columns_[next_].values).push_back(std::move(field));
    if (++next_ == columns_.size()) next_ = 0, ++rows_;
    return *this;
  }

  std::vector<TidyColumn> columns_;
  std::size_t next_ = 0, rows_ = 0;
};

}  // namespace tenbin
