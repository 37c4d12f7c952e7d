// SPDX-License-Identifier: Apache-2.0
#include "tenbin/briefing/seal.hpp"

#include <array>
#include <utility>

#include "tenbin/io/text_file.hpp"

namespace tenbin {
namespace {

constexpr std::string_view space = " \t\n\r\f";

/// Appends text without its references and, unless it is to be shown, white space.
void decode(std::string_view text, std::string& to, bool spaces = false) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> references{
      {{"&amp;", "&"},
       {"&lt;", "<"},
       {"&gt;", ">"},
       {"&quot;", "\""},
       {"&#39;", "'"},
       {"&#160;", "\u00a0"}}};
  while (!text.empty()) {
    std::size_t taken = 1;
    std::string_view put = text.substr(0, 1);
    if (text[0] == '&')
      for (const auto& [from, into] : references)
        if (text.starts_with(from)) taken = from.size(), put = into;
    if (spaces || space.find(put[0]) == std::string_view::npos) to += put;
    text.remove_prefix(taken);
  }
}

/// Name and attributes of a start tag, without its brackets.
std::string element(std::string_view tag) {
  const std::size_t end = tag.find_first_of(" /\n");
  std::string text = "<" + std::string(tag.substr(0, end));
  tag.remove_prefix(end == std::string_view::npos ? tag.size() : end);
  while (true) {
    const std::size_t at = tag.find_first_not_of(" /\n");
    if (at == std::string_view::npos) break;
    tag.remove_prefix(at);
    const std::size_t name = tag.find_first_of("= /\n");
    text += " " + std::string(tag.substr(0, name)) + "=";
    if (name == std::string_view::npos) break;
    tag.remove_prefix(name);
    if (tag[0] != '=') continue;
    const std::size_t close = tag.find('"', 2);  // values stand in double quotes
    if (close == std::string_view::npos) break;
    decode(tag.substr(2, close - 2), text);
    tag.remove_prefix(close + 1);
  }
  return text + ">";
}

/// Where a tag ends: the first bracket outside a value.
std::size_t end_of_tag(std::string_view html, std::size_t at) {
  for (bool quoted = false; at < html.size(); ++at) {
    if (html[at] == '"') quoted = !quoted;
    if (html[at] == '>' && !quoted) break;
  }
  return at;
}

}  // namespace

std::vector<Piece> pieces(std::string_view html) {
  std::vector<Piece> all;
  const auto put_text = [&](std::string_view text) {
    std::string decoded;
    decode(text, decoded);
    if (decoded.empty()) return;
    all.push_back({std::move(decoded)});
    decode(text, all.back().shown, true);
  };
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      const std::size_t next = std::min(html.find('<', at), html.size());
      put_text(html.substr(at, next - at));
      at = next;
      continue;
    }
    const std::size_t end = end_of_tag(html, at);
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    at = std::min(end + 1, html.size());
    if (tag.starts_with('/')) continue;
    if (!tag.starts_with("script")) {
      all.push_back({element(tag), true});
      continue;
    }
    const std::size_t close = std::min(html.find("</script", at), html.size());
    if (tag != "script") {  // data: neither tags nor references
      all.push_back({element(tag), true});
      std::string data;
      for (const char c : html.substr(at, close - at))
        if (space.find(c) == std::string_view::npos) data += c;
      all.push_back({std::move(data)});
    }
    at = close;
  }
  return all;
}

std::string seal(std::string_view html) {
  std::string row;
  for (const Piece& piece : pieces(html)) row += piece.text;
  return sha256_hex(row);
}

}  // namespace tenbin
