// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tenbin/core/panel.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/tidy_file.hpp"

namespace tenbin {

void check_output(const std::filesystem::path& out,
                  const std::vector<std::filesystem::path>& inputs) {
  std::error_code ignored;
  const auto refuse = [&](std::string what, std::string mend) {
    throw Error({{out.string(), std::move(what), std::move(mend)}}, Error::Reason::output);
  };
  const auto folder = out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, ignored))
    refuse(fmt::format("cannot be written: there is no folder {}", folder.string()),
           "Make it first");
  if (::access(folder.c_str(), W_OK) != 0)
    refuse(fmt::format("cannot be written: the folder {} is write-protected", folder.string()),
           "Choose another folder, or change its permissions");
  for (const auto& input : inputs) {
    const bool table = std::filesystem::is_directory(input, ignored) &&
                       std::filesystem::exists(out, ignored) &&
                       std::filesystem::equivalent(folder, input, ignored);
    if (table || std::filesystem::equivalent(out, input, ignored))
      refuse("this file is one that the command reads",
             "Give another name, so that nothing is lost");
  }
  require_file_name(out);
}

void require_ending(const std::string& path, std::string_view ending) {
  const std::string has = std::filesystem::path(path).extension().string();
  if (has == ending) return;
  throw Error({{path,
                has.empty() ? "the name has no ending that says what is written"
                            : fmt::format("what is written is no {} file", has),
                fmt::format("Give a name that ends in {}", ending)}},
              Error::Reason::usage);
}

TableFormat format_of(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".csv") return TableFormat::csv;
  if (ending == ".json") return TableFormat::json;
  throw Error({{path,
                ending.empty() ? "the name has no ending that says what to write"
                               : fmt::format("no table is written as {}", ending),
                "Give a name that ends in .csv or .json, or - for the screen"}},
              Error::Reason::usage);
}

namespace {

using Json = nlohmann::ordered_json;

Json value_of(const TidyColumn& column, std::size_t row) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values))
    return (*texts)[row];
  if (const auto* whole = std::get_if<std::vector<std::int32_t>>(&column.values))
    return (*whole)[row];
  const double x = std::get<std::vector<double>>(column.values)[row];
  return known(x) ? Json(x) : Json(nullptr);
}

}  // namespace

std::string table_text(const TidyTable& table, TableFormat format, std::string_view question) {
  if (format == TableFormat::csv) return csv_text(table);
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Json fields = Json::object();
    for (const TidyColumn& column : table.columns()) fields[column.name] = value_of(column, row);
    rows.push_back(std::move(fields));
  }
  return Json{{"format", 1}, {"question", question}, {"rows", std::move(rows)}}.dump(
             2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace tenbin
