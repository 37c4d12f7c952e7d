// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/own_toml.hpp"

#include <fmt/format.h>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

/// The first line without its blanks, its comment and its line end, if it gives a digest.
std::string digest_line(std::string_view toml) {
  std::string line;
  for (const char c : toml.substr(0, toml.find('\n'))) {
    if (c == '#') break;
    if (c != ' ' && c != '\t' && c != '\r') line += c;
  }
  return line.starts_with("digest=") ? line : "";
}

}  // namespace

std::string with_digest(std::string_view toml) {
  return fmt::format("digest = \"{}\"\n{}", sha256_hex(toml), toml);
}

std::string_view after_digest(std::string_view toml) {
  if (digest_line(toml).empty()) return toml;
  const auto end = toml.find('\n');
  return end == std::string_view::npos ? std::string_view() : toml.substr(end + 1);
}

std::optional<TomlNode> read_own_toml(const std::filesystem::path& path, Problems& problems) {
  const auto text = read_text(path, problems);
  if (!text) return std::nullopt;
  const std::string line = digest_line(*text);
  if (line != "digest=\"edited\"" &&
      line != fmt::format("digest=\"{}\"", sha256_hex(after_digest(*text)))) {
    problems.push_back(
        {path.string() + ":1",
         std::string("the file was changed since tenbin wrote it") +
             (line.empty() ? ", or an earlier version wrote it: it has no digest" : ""),
         "If you meant to change it, write digest = \"edited\" as its first line; "
         "otherwise get the file anew"});
    return std::nullopt;
  }
  auto root = parse_toml(*text, path, problems);
  if (root) std::erase_if(root->fields, [](const TomlField& f) { return f.key == "digest"; });
  return root;
}

}  // namespace tenbin
