// SPDX-License-Identifier: Apache-2.0
// Any text as TOML: it is refused with its line, or its tree is no deeper than what the scan in
// front of the parser lets pass. The same bytes as a text in quotes come back.
#include "in_memory.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace {

using namespace tenbin;

int depth_of(const TomlNode& node) {
  int deepest = 0;
  for (const TomlNode& item : node.items) deepest = std::max(deepest, depth_of(item));
  for (const TomlField& field : node.fields) deepest = std::max(deepest, depth_of(field.value));
  return 1 + deepest;
}

void expect_lines(const TomlNode& node, int lines) {
  fuzz::expect(node.line >= 0 && node.line <= lines && node.file == "x.toml");
  for (const TomlNode& item : node.items) expect_lines(item, lines);
  for (const TomlField& field : node.fields) expect_lines(field.value, lines);
}

void read_back(std::string_view text) {
  Problems problems;
  const auto root = parse_toml("text = " + toml_quote(text), "x.toml", problems);
  fuzz::expect(root.has_value() && root->fields.size() == 1 && root->fields[0].value.text == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::Input(data, size).text();
  Problems problems;
  const auto root = parse_toml(text, "x.toml", problems);
  fuzz::expect(root.has_value() == problems.empty() && problems.size() <= 1);
  fuzz::expect_said(problems, text);
  if (!root) return 0;
  fuzz::expect(depth_of(*root) <= 1 + deepest_toml + 1);  // the root, and what the deepest holds
  expect_lines(*root, 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n')));
  read_back(text);  // toml++ accepts UTF-8 only
  return 0;
}
