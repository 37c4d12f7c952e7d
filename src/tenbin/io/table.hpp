// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {

/// A number as we write them: decimal point, no thousands marks, any locale. Empty result: not a
/// number.
std::optional<double> parse_number(std::string_view text);
/// A share: 0.03 or "3 %".
std::optional<double> parse_share(std::string_view text);

/// Money in millions: "65 bn", "$1.2 tn", "900 m", "65000".
std::optional<double> parse_money(std::string_view text);

/// A text as a field of a CSV file, in quotation marks where it needs them. An apostrophe goes
/// before what a spreadsheet would compute or take for a command (= + - @ tab or return, but for
/// numbers and single signs); text_of_field() takes it off.
std::string csv_field(const std::string& text);
/// The text of a field that csv_field() wrote, once its quotation marks are gone. Other fields are
/// as they stand.
std::string text_of_field(std::string field);

/// A row of a CSV text and the line on which it begins.
struct CsvRecord {
  int line = 0;
  std::vector<std::string> fields;
};
/// The rows of a text (RFC 4180); nothing, and the line in `damaged`, where a quotation mark is not
/// closed or stands inside a field.
std::optional<std::vector<CsvRecord>> csv_records(std::string_view text, int& damaged);

struct ColumnSpec {
  std::string_view name;
  bool required = true;
};

/// A CSV file (RFC 4180, header row, any column order, extra columns ignored with a note), read
/// whole and checked for form: every problem goes to `problems`, rows that are well-formed can
/// still be read.
class Table {
 public:
  Table(const std::filesystem::path& path, std::vector<ColumnSpec> columns, Problems& problems);

  /// One row. Getters report what is wrong with a field and then return nothing; an empty field
  /// that may be empty gives nothing without a report (optional_* getters).
  class RowView {
   public:
    int line() const { return line_; }
    std::string text(int column) const;
    /// Nothing is known: an empty field, or a mark such as NA.
    bool empty(int column) const { return says_nothing(text(column)); }
    std::optional<std::string> required_text(int column) const;
    std::optional<double> number(int column, double low, double high, std::string_view mend) const;
    std::optional<double> share(int column, double low, double high, std::string_view mend) const;
    std::optional<int> integer(int column, int low, int high) const;
    std::optional<int> year(int column) const { return integer(column, 1800, 2200); }
    std::optional<StateIndex> state(int column, const Panel& panel) const;
    std::string_view name(int column) const;  // as the header has it
    void refuse(std::string what, std::string mend) const;
    /// Refuses a field that is empty or none of the words it may be.
    void unknown(int column, std::string mend) const;
    void note(std::string what, std::string mend) const;

   private:
    friend class Table;
    const Table* table_ = nullptr;
    int line_ = 0;
    const std::vector<std::string>* fields_ = nullptr;
    std::optional<double> parsed(int column, std::optional<double> value, double low, double high,
                                 std::string_view mend) const;
  };

  bool usable() const { return usable_; }  // required columns are there
  void each(const std::function<void(const RowView&)>& use) const;
  std::string where(int line) const;

 private:
  bool read_records(Problems& problems);
  void match_header(Problems& problems);
  void check_widths(Problems& problems);

  std::filesystem::path path_;
  std::vector<ColumnSpec> columns_;
  std::vector<int> place_;  // of each column in the file; -1: not there
  std::vector<std::string> header_;
  std::vector<CsvRecord> records_;
  Problems* problems_;
  bool usable_ = false;
};

/// The state that a user means: by id or name, without regard to case and to blanks around it.
std::optional<StateIndex> state_by_words(std::string_view words, const Panel& panel);
/// What to write in place of an id that the panel does not have: the state that is meant, or the
/// nearest one, and the list.
std::string unknown_state_mend(std::string_view id, const Panel& panel);

}  // namespace tenbin
