// SPDX-License-Identifier: Apache-2.0
// The TOML files that tenbin writes for itself: what is read is what was written, or an error.
#include "tenbin/io/own_toml.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/keeping_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/published/panel_folder.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/num/random.hpp"

namespace own_toml_test {

using namespace tenbin;

namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(TENBIN_SOURCE) / "data";

std::string text_of(const fs::path& path) {
  Problems problems;
  return read_bytes(path, problems).value_or("");
}

/// One kind of file: a shipped one, and what its writer makes of what its reader read.
struct Kind {
  std::vector<fs::path> shipped;
  std::function<std::string(const fs::path&)> again;  // throws Error
};

template <class Read, class Text>
std::function<std::string(const fs::path&)> again(Read read, Text text) {
  return [=](const fs::path& path) {
    Problems problems;
    const auto what = read(path, problems);
    if (!problems.empty()) throw Error(std::move(problems));
    return text(what);
  };
}

std::vector<Kind> kinds() {
  std::vector<fs::path> priors{data / "priors/world.toml"};
  for (int year = 2000; year <= 2024; ++year)
    priors.push_back(data / "priors/as-of" / (std::to_string(year) + ".toml"));
  return {
      {priors, [](const fs::path& path) { return priors_text(read_priors(path)); }},
      {{data / "east-asia/disputes.toml"},
       again([](const fs::path& path,
                Problems& problems) { return tenbin::read_disputes(path, problems); },
             [](const std::optional<DisputeModel>& model) { return disputes_text(*model); })},
      {{data / "east-asia/keeping.toml", data / "promises/keeping.toml"},
       again([](const fs::path& path,
                Problems& problems) { return tenbin::read_keeping(path, problems); },
             [](const std::vector<Keeping>& years) { return keeping_text(years); })},
      {{data / "east-asia/scorecard.toml"},
       [](const fs::path& path) { return scorecard_text(read_scorecard(path)); }},
  };
}

/// A file for the time of a test.
class Passing {
 public:
  Passing() : path_(fs::temp_directory_path() / ("tenbin-own-" + std::to_string(::getpid()))) {}
  ~Passing() { fs::remove(path_); }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  const fs::path& path() const { return path_; }
  /// What is wrong with the text as a file of this kind; empty: nothing.
  std::string said(const Kind& kind, const std::string& text) const {
    write_text(path_, text);
    try {
      kind.again(path_);
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

 private:
  fs::path path_;
};

bool says(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

/// Damage number k: a bit flipped, a byte taken out, or the end cut off.
std::string damaged(std::string text, int k) {
  const auto u = uniforms(
      {.seed = 27, .purpose = Purpose::test, .index = static_cast<std::uint32_t>(k), .entity = 0});
  const auto at = static_cast<std::size_t>(u[0] * static_cast<double>(text.size()));
  if (k % 5 == 3)
    text.erase(at, 1);
  else if (k % 5 == 4)
    text.resize(at);
  else
    text[at] = static_cast<char>(text[at] ^ (1 << static_cast<int>(u[1] * 8)));
  return text;
}

}  // namespace

TEST_CASE("files that tenbin writes for itself are written as they were read") {
  for (const Kind& kind : kinds())
    for (const fs::path& path : kind.shipped) {
      CAPTURE(path.string());
      const std::string text = text_of(path);
      CHECK(text.starts_with("digest = \"" + sha256_hex(after_digest(text)) + "\"\n"));
      CHECK(kind.again(path) == text);
    }
}

TEST_CASE("a model of disputes without base rates of spans comes back") {
  // It was written as within = [], which was refused (found by the fuzzer).
  Problems problems;
  auto model = tenbin::read_disputes(data / "east-asia/disputes.toml", problems);
  REQUIRE(model);
  model->within.clear();
  model->simulated.clear();
  model->danger.clear();
  const std::string text = disputes_text(*model);
  const Passing file;
  write_text(file.path(), text);
  const auto back = tenbin::read_disputes(file.path(), problems);
  CHECK(problems.empty());
  REQUIRE(back);
  CHECK(disputes_text(*back) == text);
}

TEST_CASE("a keeping without spread, and numbers that round to their bound, come back") {
  // A spread of 0.0004 was written as 0.000, and 999999999.9 as 1e+09; both were refused.
  Problems problems;
  auto years = tenbin::read_keeping(data / "promises/keeping.toml", problems);
  REQUIRE(years.size() > 0);
  years.resize(1);
  for (const double sd : {1e-6, 0.0004, 0.0005, 0.00099999, 0.001, 0.0015}) {
    years[0].kinds[0].sd = sd;
    const std::string text = keeping_text(years);
    const Passing file;
    write_text(file.path(), text);
    CHECK(keeping_text(tenbin::read_keeping(file.path(), problems)) == text);
    CHECK(problems.empty());
  }
  Scorecard card = read_scorecard(data / "east-asia/scorecard.toml");
  card.milex[0].methods[0].width[0] = 999999999.9;
  const Passing file;
  write_text(file.path(), scorecard_text(card));
  CHECK(scorecard_text(read_scorecard(file.path())) == scorecard_text(card));
}

TEST_CASE("a file of tenbin's own that was damaged at any place is refused") {
  const Passing file;
  for (const Kind& kind : kinds()) {
    const std::string text = text_of(kind.shipped[0]);
    CAPTURE(kind.shipped[0].string());
    int changed = 0;
    for (int k = 0; k < 500; ++k) {
      const std::string other = damaged(text, k);
      CAPTURE(k);
      changed += other != text;
      write_text(file.path(), other);
      std::string again;
      try {
        again = kind.again(file.path());
      } catch (const Error&) {
        continue;
      }
      CHECK(again == text);  // the same numbers
    }
    CHECK(changed == 500);
  }
}

TEST_CASE("a change by hand is told, and taken where its first line says that it was meant") {
  const Passing file;
  for (const Kind& kind : kinds()) {
    const std::string text = text_of(kind.shipped[0]), rest(after_digest(text));
    CAPTURE(kind.shipped[0].string());
    CHECK(file.said(kind, text).empty());
    const std::string changed = text + "# a remark\n";
    CHECK(says(file.said(kind, changed),
               ":1: the file was changed since tenbin wrote it. If you "
               "meant to change it, write digest = \"edited\""));
    const std::string lost = file.said(kind, rest);
    CHECK(says(lost, ":1: the file was changed since tenbin wrote it, or an earlier version"));
    CHECK(says(lost, "write digest = \"edited\" as its first line"));
    for (const char* first : {"digest = \"edited\"\n", "digest=\"edited\"  # by me\r\n",
                              "\xEF\xBB\xBF"
                              "digest = \"edited\"\n"})
      CHECK(file.said(kind, first + rest + "# a remark\n").empty());
    for (const char* first : {"digest = \"\"\n", "digest = edited\n", "digest = 'edited'\n",
                              "Digest = \"edited\"\n", "\ndigest = \"edited\"\n"})
      CHECK(says(file.said(kind, first + rest), ":1: the file was changed"));
    // what follows a digest is held to the rules of its kind
    CHECK(says(file.said(kind, with_digest("format = 2\n")), "this program reads format = 1"));
    CHECK(says(file.said(kind, with_digest(std::string(rest) + "\n[strange]\n")),
               "has no key \"strange\""));
    CHECK(file.said(kind, with_digest(rest)).empty());
  }
  CHECK(after_digest("digest = \"edited\"").empty());
  CHECK(after_digest("") == "");
  CHECK(after_digest("a = 1\ndigest = \"edited\"\n") == "a = 1\ndigest = \"edited\"\n");
}

TEST_CASE("the line with the digest changes no hash of a panel") {
  const fs::path folder =
      fs::temp_directory_path() / ("tenbin-own-panel-" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(data / "east-asia", folder);
  const Panel before = read_panel(folder);
  CHECK(before.disputes_hash == sha256_hex(after_digest(text_of(folder / "disputes.toml"))));
  CHECK(read_scorecard(folder / "scorecard.toml").figures_hash == before.figures_hash);
  for (const char* name : {"keeping.toml", "disputes.toml"})
    write_text(folder / name,
               "digest = \"edited\"\n" + std::string(after_digest(text_of(folder / name))));
  const Panel after = read_panel(folder);
  CHECK(after.hash == before.hash);
  CHECK(after.figures_hash == before.figures_hash);
  CHECK(after.disputes_hash == before.disputes_hash);
  write_text(folder / "keeping.toml", text_of(folder / "keeping.toml") + "\n");
  CHECK(read_panel(folder).figures_hash != before.figures_hash);
  fs::remove_all(folder);
}

TEST_CASE("a table is read as it was written, whatever its texts hold") {
  const TextTable table{.columns = {"state", "note, with \"marks\""},
                        .rows = {{"JPN", "a, b"},
                                 {"", "a \"word\""},
                                 {"x\ny", "q\r\nr"},
                                 {"=1+1", "'-word"},
                                 {"'", "ä 日本"}}};
  const auto read = [](const std::string& text) {
    TextTable back;
    each_row({"notes.csv", text}, [&](int, const Fields& row) {
      if (back.columns.empty())
        back.columns = row;
      else
        back.rows.push_back(row);
      for (std::string& field : back.rows.empty() ? back.columns : back.rows.back())
        field = text_of_field(field);  // takes off the mark of what a spreadsheet would compute
      return true;
    });
    return back;
  };
  const TextTable back = read(csv_text(table));
  CHECK(back.columns == table.columns);
  CHECK(back.rows == table.rows);
  CHECK(csv_text(back) == csv_text(table));
  TidyTable tidy;
  tidy.text("name, quoted");
  tidy.number("x");
  tidy.integer("n");
  tidy << "a \"b\"\nc" << 0.1 << 3 << "" << missing << -1;
  const std::string text = csv_text(tidy);
  int damaged_line = 0;
  const auto records = csv_records(text, damaged_line);
  REQUIRE(records);
  REQUIRE(records->size() == 3);
  CHECK((*records)[0].fields == std::vector<std::string>{"name, quoted", "x", "n"});
  CHECK((*records)[1].fields == std::vector<std::string>{"a \"b\"\nc", "0.1", "3"});
  CHECK((*records)[2].fields == std::vector<std::string>{"", "", "-1"});
}

}  // namespace own_toml_test
