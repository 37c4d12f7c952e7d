// SPDX-License-Identifier: Apache-2.0
// Executes the tables of bad inputs, in docs/formats.md and bad_inputs.md: each row edits a good
// panel and scenario and says what the reader answers. docs/formats.md has every message once;
// bad_inputs.md goes through every table of a panel and every lever, and has the wrong inputs of
// the other text files. Other tables of wrong inputs: WRONG in questions_test.py (settings of every
// question in four languages), cli_test.sh (words of a command), cases_test.cpp and
// sources_test.cpp (published files).
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "tenbin/evidence/measures.hpp"
#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/experiments_file.hpp"
#include "tenbin/io/finding_file.hpp"
#include "tenbin/io/keeping_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/richardson_file.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/io/scorecard_file.hpp"

namespace bad_input_test {

namespace fs = std::filesystem;
using namespace tenbin;

namespace {

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// \n, \t, \r and \xHH of a table cell as the bytes they stand for.
std::string unescaped(const std::string& s) {
  std::string out;
  for (std::size_t k = 0; k < s.size(); ++k) {
    if (s[k] != '\\') {
      out += s[k];
      continue;
    }
    switch (s[++k]) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
        out += '\r';
        break;
      case 'x':
        out += static_cast<char>(std::stoi(s.substr(k + 1, 2), nullptr, 16)), k += 2;
        break;
      default:
        out += s[k];
    }
  }
  return out;
}

struct BadInput {
  std::string file, edit, argument, answer;
};

/// Cells of the rows between the markers of a document, without their code marks.
std::vector<BadInput> table(const char* document, const std::string& name = "bad inputs") {
  std::istringstream text(slurp(fs::path(TENBIN_SOURCE) / document));
  std::vector<BadInput> rows;
  bool inside = false;
  for (std::string line; std::getline(text, line);) {
    if (line == "<!-- " + name + " -->") inside = true;
    if (line == "<!-- end of " + name + " -->") inside = false;
    if (!inside || line.rfind("| `", 0) != 0) continue;
    std::vector<std::string> cells;
    std::stringstream parts(line.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');) {
      const auto first = cell.find_first_not_of(" `"), last = cell.find_last_not_of(" `");
      cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    }
    REQUIRE(cells.size() == 4);
    rows.push_back({cells[0], cells[1], unescaped(cells[2]), cells[3]});
  }
  return rows;
}

void apply(const fs::path& file, const std::string& edit, const std::string& argument) {
  std::string text = slurp(file);
  std::string verb = edit;
  if (verb == "remove") {
    fs::remove(file);
    return;
  }
  if (verb == "append")
    text += argument + "\n";
  else if (verb == "whole file")
    text = argument;
  else if (verb == "replace") {
    const auto arrow = argument.find(" =>");
    const std::string from = argument.substr(0, arrow),
                      to = argument.substr(std::min(argument.size(), arrow + 4));
    const auto at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
  } else
    FAIL("unknown edit ", verb);
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

namespace {

/// What the reader says of the good panel and scenario in a folder with this edit, which is undone;
/// notes on the good ones are left out.
std::string answer_to(const BadInput& row, const fs::path& folder) {
  apply(folder / row.file, row.edit, row.argument);
  const ScenarioReading reading = read_scenario_checked(folder / "scenario.toml");
  CHECK(refuses(reading.problems) == !reading.scenario.has_value());
  const fs::path good = fs::path(TENBIN_SOURCE) / "tests/data/tiny" / row.file;
  if (fs::exists(good))
    fs::copy_file(good, folder / row.file, fs::copy_options::overwrite_existing);
  else
    fs::remove(folder / row.file);
  std::string got;
  for (const Problem& p : reading.problems) {
    std::string text = (p.kind == Problem::Kind::note ? "note: " : "") + p.text();
    for (std::size_t at; (at = text.find(folder.string() + "/")) != std::string::npos;)
      text.erase(at, folder.string().size() + 1);
    if (text.find("rows without a gap") == std::string::npos &&
        text.find("are all imputed") == std::string::npos)
      got += (got.empty() ? "" : " // ") + text;
  }
  return got;
}

}  // namespace

TEST_CASE("every bad input of docs/formats.md and tests/bad_inputs.md gets the answer there") {
  const fs::path folder = fs::temp_directory_path() / ("tenbin_bad_" + std::to_string(::getpid()));
  const bool print =
      std::getenv("TENBIN_PRINT_BAD_INPUTS") != nullptr;  // to write the tables' last column
  std::set<std::string> edits;
  fs::remove_all(folder);
  fs::copy(fs::path(TENBIN_SOURCE) / "tests/data/tiny", folder);
  for (const char* document : {"docs/formats.md", "tests/bad_inputs.md"})
    for (const BadInput& row : table(document)) {
      const std::string got = answer_to(row, folder);
      if (print)
        std::cout << "answer: " << got << "\n";
      else
        CHECK_MESSAGE(got == row.answer, row.file, " ", row.edit, " ", row.argument);
      CHECK_MESSAGE(edits.insert(row.file + " " + row.edit + " " + row.argument).second,
                    "the row stands there twice: ", row.file, " ", row.argument);
    }
  CHECK(edits.size() >= 400);
  fs::remove_all(folder);
}

namespace {

/// Reads a file of the kind that its shipped place says; throws Error, or adds to the problems.
void read_by_itself(const std::string& place, const fs::path& file, Problems& problems) {
  static const Panel panel = read_panel(fs::path(TENBIN_SOURCE) / "tests/data/tiny");
  if (place.ends_with("scorecard.toml"))
    read_scorecard(file);
  else if (place.ends_with("disputes.toml"))
    read_disputes(file, problems);
  else if (place.ends_with("keeping.toml"))
    read_keeping(file, problems);
  else if (place.starts_with("data/priors/"))
    read_priors(file);
  else if (place.starts_with("data/evidence/"))
    read_experiments(file, panel);
  else if (place.starts_with("data/gallery/"))
    read_finding(file, computation_spec, computation_names(), problems);
  else if (place.starts_with("examples/"))
    read_richardson(file);
  else
    FAIL("no reader of ", place);
}

/// What is said of a shipped file with this edit, its digest aside.
std::string answer_alone(const BadInput& row, const fs::path& folder) {
  const fs::path shipped = fs::path(TENBIN_SOURCE) / row.file, file = folder / shipped.filename();
  fs::copy_file(shipped, file, fs::copy_options::overwrite_existing);
  if (slurp(file).starts_with("digest"))
    std::ofstream(file, std::ios::binary)
        << "digest = \"edited\"\n" + slurp(shipped).substr(slurp(shipped).find('\n') + 1);
  apply(file, row.edit, row.argument);
  Problems problems;
  try {
    read_by_itself(row.file, file, problems);
  } catch (const Error& error) {
    problems = error.problems;
  }
  std::string got;
  for (const Problem& p : problems) {
    std::string text = p.text();
    for (std::size_t at; (at = text.find(folder.string() + "/")) != std::string::npos;)
      text.erase(at, folder.string().size() + 1);
    got += (got.empty() ? "" : " // ") + text;
  }
  return got;
}

}  // namespace

TEST_CASE("every bad file of tests/bad_inputs.md gets the answer there") {
  const fs::path folder =
      fs::temp_directory_path() / ("tenbin_alone_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const bool print = std::getenv("TENBIN_PRINT_BAD_INPUTS") != nullptr;
  const auto rows = table("tests/bad_inputs.md", "bad files");
  CHECK(rows.size() >= 80);
  for (const BadInput& row : rows) {
    const std::string got = answer_alone(row, folder);
    CHECK_FALSE(got.empty());
    if (print)
      std::cout << "answer: " << got << "\n";
    else
      CHECK_MESSAGE(got == row.answer, row.file, " ", row.argument);
  }
  fs::remove_all(folder);
}

TEST_CASE("a reader reports the problems of all files at once") {
  const fs::path folder = fs::temp_directory_path() / ("tenbin_all_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(fs::path(TENBIN_SOURCE) / "tests/data/tiny", folder);
  apply(folder / "milex.csv", "append", "JPN,2012,-5,0.01,reported,x\nXXX,2012,5,0.01,reported,x");
  apply(folder / "ties.csv", "append", "USA,CHM,2000,1990,2,x,x");
  apply(folder / "missiles.csv", "append", "PRK,New,ICBM,99999,2020,x,x");
  apply(folder / "scenario.toml", "append",
        "[[lever]]\nkind = \"reach\"\nstate = \"PRX\"\nrange_km = 1\nfrom = 2090");
  const ScenarioReading reading = read_scenario_checked(folder / "scenario.toml");
  CHECK(std::count_if(reading.problems.begin(), reading.problems.end(),
                      [](const Problem& p) { return p.kind == Problem::Kind::refuse; }) == 7);
  fs::remove_all(folder);
}

TEST_CASE(
    "byte-order marks, carriage returns, quoted commas and newlines are read as they are meant") {
  const fs::path folder = fs::temp_directory_path() / ("tenbin_good_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(fs::path(TENBIN_SOURCE) / "tests/data/tiny", folder);
  std::string states = "\xEF\xBB\xBF" + slurp(folder / "states.csv");
  for (std::size_t at = 0; (at = states.find('\n', at)) != std::string::npos; at += 2)
    states.insert(at, "\r");
  std::ofstream(folder / "states.csv", std::ios::binary) << states;
  apply(folder / "milex.csv", "replace",
        "reported,made up => reported,\"a source, with\na \"\"newline\"\"\"");
  apply(folder / "milex.csv", "append", "JPN,2012,-5,0.01,reported,x");
  const ScenarioReading reading = read_scenario_checked(folder / "scenario.toml");
  REQUIRE(reading.problems.size() >= 1);
  CHECK(reading.problems[0].where.ends_with(
      "milex.csv:55"));  // the line on which the row stands, newline in the quotes counted
  fs::remove_all(folder);
}

}  // namespace bad_input_test
