// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/io/published/package.hpp"

/// Published tables of text: CSV files, alone or in a zip.

namespace tenbin {

/// The fields of one row.
using Fields = std::vector<std::string>;

/// Gives each row of a CSV file, or of one CSV file in a zip, to `take` until that answers false.
/// `choose` picks the member by name (default: the only CSV). Throws Refusal, with the line.
void each_row(const PublishedFile& file, const std::function<bool(int line, const Fields&)>& take,
              const std::function<bool(std::string_view member)>& choose = {});

/// Where the columns are that a reader wants: names without regard to case, each with the other
/// names under which publishers give it. The first is what we call it; one that may be lacking
/// begins with '?'.
class Columns {
 public:
  /// Throws Refusal that names what is missing and, where `header` is another source's, which.
  Columns(const Fields& header, std::span<const std::vector<std::string_view>> wanted,
          std::string_view source);

  /// The field without blanks around it; empty where there is no such column.
  std::string_view text(const Fields& row, std::size_t column) const;
  /// What number_in() and flag_in() say of the field; a whole number where it must be one.
  std::optional<double> number(const Fields& row, std::size_t column) const;
  std::optional<int> whole(const Fields& row, std::size_t column) const;
  std::optional<bool> flag(const Fields& row, std::size_t column) const;
  bool has(std::size_t column) const { return place_[column] >= 0; }
  /// Whether the header has a column of this name, wanted or not.
  bool named(std::string_view name) const;
  /// Columns that say what a wanted one says and are not read: "gmlmidonset is not read,
  /// cowmidonset is", and those that a join of tables renamed ("atop_defense.x").
  std::vector<std::string> passed_over() const { return passed_over_; }
  /// Throws Refusal where the row has not as many fields as the header: what stands in a row that
  /// is too long or too short cannot be told to be of its column. Empty fields beyond the header
  /// are none.
  void check_width(const Fields& row) const;

 private:
  void find_column(std::string_view name, int& place);

  std::vector<int> place_;  // of each wanted column; -1: not there
  std::vector<std::string> name_, header_, passed_over_;
};

/// Throws Refusal where a row's width is not the header's, as Columns::check_width() does.
void check_width(std::size_t header, const Fields& row);

/// Gives each row below the header to `take`, with the places of the wanted columns. Throws Refusal
/// where the header lacks one, where a row is not as wide as the header, and what each_row() does.
void each_record(const PublishedFile& file, std::span<const std::vector<std::string_view>> wanted,
                 std::string_view source,
                 const std::function<void(const Columns&, const Fields&)>& take,
                 const std::function<bool(std::string_view member)>& choose = {});

/// A table that publishers give, known by its header.
struct KnownTable {
  std::string_view source;  // the word on the command line; empty: none reads it
  std::string_view name;    // whose table it is
  std::string_view advice;  // which file to take in its place
};
/// The table that has this header; nothing where none is known.
std::optional<KnownTable> table_of_header(const Fields& header);
/// The same by the first rows of a file; nothing for what cannot be read.
std::optional<KnownTable> table_of_file(const PublishedFile& file);

}  // namespace tenbin
