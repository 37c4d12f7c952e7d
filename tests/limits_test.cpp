// SPDX-License-Identifier: Apache-2.0
// The limits of docs/formats.md (Limits), what is too deep, too many or too long, and what of a
// file reaches a terminal.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tenbin/core/archive.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/published/panel_folder.hpp"
#include "tenbin/io/scenario_reader.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/toml_tree.hpp"
#include "tenbin/page/written_page.hpp"

namespace limits_test {

namespace fs = std::filesystem;
using namespace tenbin;

namespace {

std::string times(const std::string& text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t k = 0; k < count; ++k) all += text;
  return all;
}

/// "a.a.a", so many parts.
std::string dotted(std::size_t parts) { return "a" + times(".a", parts - 1); }

/// A copy of the tiny panel and scenario, for a while.
class Tiny {
 public:
  Tiny() : folder(fs::temp_directory_path() / ("tenbin_limits_" + std::to_string(::getpid()))) {
    fs::remove_all(folder);
    fs::copy(fs::path(TENBIN_SOURCE) / "tests/data/tiny", folder);
  }
  ~Tiny() { fs::remove_all(folder); }
  Tiny(const Tiny&) = delete;
  Tiny& operator=(const Tiny&) = delete;

  void append(const char* file, const std::string& text) const {
    std::ofstream(folder / file, std::ios::app | std::ios::binary) << text;
  }
  ScenarioReading read() const { return read_scenario_checked(folder / "scenario.toml"); }
  std::string problems() const {
    std::string all;
    for (const Problem& p : read().problems)
      if (p.kind == Problem::Kind::refuse) all += p.text() + "\n";
    return all;
  }

  fs::path folder;
};

bool says(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

std::string cap_levers(int count) {
  std::string text;
  for (int k = 0; k < count; ++k)
    text += "\n[[lever]]\nkind = \"cap\"\nstate = \"JPN\"\nburden = \"2 %\"\nfrom = 2027\n";
  return text;
}

}  // namespace

TEST_CASE("keys, headers and values of TOML are read to 64 levels") {
  const std::string good = "# [[[[ {{{ \"\nx = \"[[[.{{{.\" # '\n";
  CHECK(too_deep_line("") == 0);
  CHECK(too_deep_line(good) == 0);
  for (const std::size_t deep : {std::size_t{66}, std::size_t{27000}, std::size_t{1000000}}) {
    CHECK(too_deep_line(good + dotted(deep) + " = 1\n") == 3);
    CHECK(too_deep_line(good + "[" + dotted(deep) + "]\nb = 1\n") == 3);
    CHECK(too_deep_line(good + "[[" + dotted(deep) + "]]\nb = 1\n") == 3);
    CHECK(too_deep_line(good + "y = " + times("[", deep)) == 3);
    CHECK(too_deep_line(good + "y = [\n1,\n" + times("{a=", deep)) == 5);
    CHECK(too_deep_line(good + "y = {" + dotted(deep) + " = 1}") == 3);
    CHECK(too_deep_line(good + "  " + times("'a' . \"a.]\" . ", deep) + "a = 1") == 3);
  }
  // the levels of a header, of the brackets and of the keys in them add up
  CHECK(too_deep_line("[" + dotted(30) + "]\n" + dotted(30) + " = 1\n") == 0);
  CHECK(too_deep_line("[" + dotted(30) + "]\n" + dotted(30) + " = " + times("[", 10)) == 2);
  CHECK(too_deep_line("x = " + times("{" + dotted(9) + " = ", 8)) == 1);
  // those of neighbours do not
  CHECK(too_deep_line("x = [" + times("{a.b.c = [1.5, 2.5]}, ", 1000) + "]\n" +
                      times("[a.b.c]\nx = 0.5\n", 1000)) == 0);
  CHECK(too_deep_line("x = \"\"\"" + times("[.\n\"\" \\\" ", 1000) + "\"\"\"\"\"\n") == 0);
  CHECK(too_deep_line("x = '''" + times("[.\n\\", 1000) + "'''\n" + dotted(66) + " = 1") == 1002);
  CHECK(too_deep_line("x = \"\\\\\"\n" + dotted(66) + " = 1") == 2);
}

TEST_CASE("a file that is nested too deep is refused with its line, before it is parsed") {
  const Tiny tiny;
  for (const char* file : {"scenario.toml", "panel.toml", "keeping.toml", "disputes.toml"}) {
    CAPTURE(file);
    const std::string before = fs::exists(tiny.folder / file) ? *[&] {
      Problems none;
      return read_bytes(tiny.folder / file, none);
    }() : "format = 1\n";
    const bool ours = file[0] == 'k' || file[0] == 'd';  // with a line for its digest
    write_text(tiny.folder / file,
               (ours ? "digest = \"edited\"\n" : "") + dotted(27000) + " = 1\n" + before);
    const std::string said = tiny.problems();
    CHECK(says(said, std::string(file) + (ours ? ":2" : ":1") +
                         ": a key or value lies more than 64 levels deep. "));
    write_text(tiny.folder / file, before);
  }
}

TEST_CASE("a scenario has at most 1,000 levers, and one note on each that meets earlier ones") {
  const Tiny tiny;
  const std::string plan =
      "\n[[lever]]\nkind = \"plan\"\nstate = \"CHN\"\nburden = \"2 %\"\n"
      "as = \"exactly\"\nfrom = 2027\nby = 2030\n";
  tiny.append("scenario.toml", times(plan, 3));
  const ScenarioReading few = tiny.read();
  REQUIRE(few.scenario);
  const auto notes = [](const ScenarioReading& reading) {
    std::vector<std::string> all;
    for (const Problem& p : reading.problems)
      if (says(p.what, "acts in place of lever") || says(p.what, "acts beside"))
        all.push_back(p.text());
    return all;
  };
  REQUIRE(notes(few).size() == 2);
  CHECK_FALSE(says(notes(few)[0], "in all"));
  CHECK(says(notes(few)[1],
             "scenario.toml:28, on the same thing: the later line wins (2 earlier "
             "levers act on it in all)."));
  tiny.append("scenario.toml", cap_levers(996));
  const ScenarioReading most = tiny.read();
  REQUIRE(most.scenario);
  CHECK(most.scenario->levers.size() == 1000);
  CHECK(notes(most).size() == 2 + 995);
  tiny.append("scenario.toml", cap_levers(1));
  CHECK(says(tiny.problems(), "scenario: it has 1001 levers, more than 1000. Take out"));
}

TEST_CASE("a scenario has at most 100 blocs, and one note on each that shares a state") {
  const auto blocs = [](int count) {
    std::string text = "\n[blocs]\n";
    for (int k = 0; k < count; ++k) text += "b" + std::to_string(k) + " = [\"CHN\"]\n";
    return text;
  };
  const Tiny tiny;
  tiny.append("scenario.toml", blocs(100));
  const auto reading = tiny.read();
  REQUIRE(reading.scenario);
  CHECK(std::ranges::count_if(reading.problems, [](const Problem& p) {
          return says(p.what, "not weighed against");
        }) == 99);
  const Tiny more;
  more.append("scenario.toml", blocs(101));
  CHECK(says(more.problems(), "scenario: it has 101 blocs, more than 100. Keep"));
}

TEST_CASE("data of a page that are 1,000 times as long as their deflated bytes are not inflated") {
  const auto said = [](std::size_t zeros) {
    const std::string data = base64(deflated(std::string(zeros, '\0')));
    const std::string html =
        "<script id=\"tenbin-data\">{\"creator\":\"me\"}</script>"
        "<script id=\"tenbin-study\">" +
        data + "</script><script id=\"tenbin-record\">" + data + "</script>";
    try {
      static_cast<void>(WrittenPage("page.html", html).carried("me"));
    } catch (const Error& error) {
      return error.problems.at(0).what;
    }
    return std::string("nothing");
  };
  CHECK(says(said(std::size_t{15} << 20), "the study in it is damaged"));
  CHECK(said(std::size_t{17} << 20) == "what tenbin-study holds is damaged");
}

TEST_CASE("a path has at most 501 years") {
  std::string years;
  for (int k = 0; k < 502; ++k) years += (k > 0 ? ", y" : "y") + std::to_string(k) + " = 1";
  const Tiny tiny;
  tiny.append("scenario.toml",
              "\n[[lever]]\nkind = \"path\"\nstate = \"CHN\"\nmilex = { " + years + " }\n");
  CHECK(says(tiny.problems(), "milex has 502 years, more than 501. Give each year once"));
}

TEST_CASE("ids are 1 to 32 letters, digits, _ and -; names are one line of 200 characters") {
  for (const char* good : {"J", "JPN", "9a", "a_b-C", "abcdefghijklmnopqrstuvwxyz012345"})
    CHECK(is_id(good));
  for (const char* bad : {"", "-a", "_a", "=cmd|' /C calc'!A0", "a b", "a.b", "日本", "a\x1b",
                          "a,b", "@a", "abcdefghijklmnopqrstuvwxyz0123456"})
    CHECK_FALSE(is_id(bad));
  CHECK(wrong_name(times("日", 200)).empty());
  CHECK(wrong_name("\u202e<b>مرحبا</b>").empty());  // a page isolates it
  CHECK(wrong_name(times("日", 201)) == "has 201 characters, more than 200");
  CHECK(wrong_name("a\nnote: b") == "holds a line break");
  CHECK(wrong_name("a\u2028b") == "holds a line break");
}

TEST_CASE("a scenario whose file's name is a formula is refused") {
  const Tiny tiny;
  for (const char* name : {"=1+1.toml", "@x.toml", "-x.toml", "a\nb.toml"}) {
    fs::copy_file(tiny.folder / "scenario.toml", tiny.folder / name);
    const auto reading = read_scenario_checked(tiny.folder / name);
    CHECK_FALSE(reading.scenario);
    REQUIRE_FALSE(reading.problems.empty());
    CHECK(says(reading.problems.back().mend, "Rename the file"));
  }
  fs::copy_file(tiny.folder / "scenario.toml", tiny.folder / "日本 2030 (v1.2).toml");
  CHECK(read_scenario_checked(tiny.folder / "日本 2030 (v1.2).toml").scenario);
}

TEST_CASE("what steers a terminal is not printable") {
  using namespace std::string_literals;
  CHECK(printable("plain, 日本, é, \u2212 and \u00a0\n") == "plain, 日本, é, \u2212 and \u00a0\n");
  CHECK(printable("\x1b]0;title\x07\x1b[31m") == "?]0;title??[31m");
  CHECK(printable("\u009b31m\u0085\x7f\t\r\0"s) == "??31m??????");
  CHECK(printable("a\u202eb\u200bc\u200fd\u2060e\ufefff\u061cg\u2028h\U000e0041i") ==
        "a???b???c???d???e???f??g???h????i");
  CHECK(printable("\u2068name\u2069 soft\u00adly") == "name softly");
  CHECK(printable("\xff\xc2(\xe2\x80 \xed\xa0\x80 \xf0\x9f") ==
        "?"
        "?("
        "?"
        "? "
        "?"
        "?"
        "? "
        "?"
        "?");
  CHECK(printable("a\nb", LineEnds::replaced) == "a?b");
  CHECK(screen_json("{\"a\u202e日\U000e0041\": \"\u009b\x7f\"}\n") ==
        "{\"a\\u202e日\\udb40\\udc41\": \"\\u009b\\u007f\"}\n");
}

TEST_CASE("a file of a panel that is a link to another folder is refused") {
  const Tiny tiny;
  const fs::path secret = tiny.folder.string() + "_secret";
  write_text(secret, "a key\n");
  const auto refused = [&](const char* name, const fs::path& target) {
    Problems none;
    const fs::path file = tiny.folder / name;
    const auto before = fs::exists(file) ? read_bytes(file, none) : std::nullopt;
    fs::remove(file);
    fs::create_symlink(target, file);
    const PanelReading reading = read_panel_checked(tiny.folder);
    const bool found = !reading.problems.empty() && reading.problems[0].where == file.string() &&
                       says(reading.problems[0].what, "a link to a file outside");
    if (found) {
      CHECK_FALSE(reading.panel);
      CHECK(reading.problems.size() == 1);
      CHECK_THROWS_AS(PanelFolder{tiny.folder}, Error);
    }
    fs::remove(file);
    if (before) write_text(file, *before);
    return found;
  };
  for (const char* name : {"NOTICE", "milex.csv", "other.csv", "panel.toml", "disputes.toml"}) {
    CAPTURE(name);
    CHECK(refused(name, secret));
    CHECK(refused(name, fs::path("..") / secret.filename()));
  }
  fs::create_symlink(secret, tiny.folder / "inner");
  CHECK(refused("NOTICE", "inner"));
  CHECK_FALSE(refused("NOTICE", "panel.toml"));  // within the folder
  fs::create_directory_symlink(tiny.folder, tiny.folder.string() + "_link");
  CHECK(read_panel_checked(tiny.folder.string() + "_link").panel);
  fs::remove(tiny.folder.string() + "_link");
  fs::remove(secret);
}

}  // namespace limits_test
