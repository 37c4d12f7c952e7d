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

/// The text without the characters that surround it: blanks, tabs and line ends by default.
std::string_view trimmed(std::string_view text, std::string_view characters = " \t\r\n");

/// Gives each row of a CSV file, or of one CSV file in a zip, to `take` until that answers false.
/// `choose` picks the member by name (default: the only CSV). Throws Refusal, with the line.
void each_row(const PublishedFile& file, const std::function<bool(int line, const Fields&)>& take,
              const std::function<bool(std::string_view member)>& choose = {});

/// Where the columns are that a reader wants: names without regard to case, each with the other
/// names under which publishers give it. The first is what we call it.
class Columns {
 public:
  /// Throws Refusal that names what is missing and, where `header` is another source's, which.
  Columns(const Fields& header, std::span<const std::vector<std::string_view>> wanted,
          std::string_view source);

  /// The field without blanks around it; empty where the row ends before it.
  std::string_view text(const Fields& row, std::size_t column) const;
  /// A number; nothing for an empty field, NA, "." or -9 and its like, as publishers write what
  /// they do not know. Throws Refusal for anything else.
  std::optional<double> number(const Fields& row, std::size_t column) const;
  std::optional<int> whole(const Fields& row, std::size_t column) const;
  bool has(std::size_t column) const { return place_[column] >= 0; }

 private:
  std::vector<int> place_;  // of each wanted column; -1: not there (its first name begins with '?')
  std::vector<std::string> name_;
};

/// Gives each row below the header to `take`, with the places of the wanted columns. Throws Refusal
/// where the header lacks one, and what each_row() does.
void each_record(const PublishedFile& file, std::span<const std::vector<std::string_view>> wanted,
                 std::string_view source,
                 const std::function<void(const Columns&, const Fields&)>& take,
                 const std::function<bool(std::string_view member)>& choose = {});

/// The source whose file has this header, empty where none is known.
std::string source_of_header(const Fields& header);
/// The same by the first rows of a file; empty for what cannot be read.
std::string source_of_file(const PublishedFile& file);

}  // namespace tenbin
