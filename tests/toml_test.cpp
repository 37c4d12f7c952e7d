// SPDX-License-Identifier: Apache-2.0
// What is written into a TOML file is read back as it was.
#include <doctest/doctest.h>

#include <filesystem>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace toml_test {

using namespace tenbin;

TEST_CASE("a quoted text stays on its line and is read back as it was") {
  const auto path = std::filesystem::temp_directory_path() / "tenbin-toml-test.toml";
  for (const std::string& text :
       {std::string("plain"), std::string(""), std::string("say \"no\" \\ 'yes'"),
        std::string("tab\t, line\n, return\r, bell\a, delete\x7f"), std::string("日本, ø, \u202e"),
        std::string("a = [1] # not a comment"), std::string("ends in a quote\"")}) {
    CAPTURE(text);
    const std::string quoted = toml_quote(text);
    CHECK(quoted.find('\n') == std::string::npos);
    CHECK(quoted.find('\x7f') == std::string::npos);
    write_text(path, "x = " + quoted + "\n");
    Problems problems;
    const auto root = read_toml(path, problems);
    REQUIRE(root);
    TomlReader top(*root, "file", problems);
    CHECK(top.text("x", true) == text);
    CHECK(problems.empty());
  }
  std::filesystem::remove(path);
}

}  // namespace toml_test
