// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/seal.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tenbin/io/digest.hpp"

namespace tenbin {
namespace {

constexpr std::string_view space = " \t\n\r\f";

/// White space made one space, none at the ends.
std::string collapsed(std::string_view text) {
  std::string words;
  for (std::size_t at = text.find_first_not_of(space); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(space, at), text.size());
    if (!words.empty()) words += ' ';
    words += text.substr(at, end - at);
    at = text.find_first_not_of(space, end);
  }
  return words;
}

/// Text without its references.
std::string decoded(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> references{
      {{"&amp;", "&"},
       {"&lt;", "<"},
       {"&gt;", ">"},
       {"&quot;", "\""},
       {"&#39;", "'"},
       {"&#160;", "\u00a0"}}};
  std::string plain;
  while (!text.empty()) {
    std::size_t taken = std::max<std::size_t>(1, std::min(text.find('&'), text.size()));
    std::string_view put = text.substr(0, taken);
    if (text[0] == '&')
      for (const auto& [from, into] : references)
        if (text.starts_with(from)) taken = from.size(), put = into;
    plain += put;
    text.remove_prefix(taken);
  }
  return collapsed(plain);
}

/// Elements that end where they begin.
bool is_void(std::string_view name) {
  return name == "br" || name == "input" || name == "meta" || name == "img" || name == "hr";
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
    text += decoded(tag.substr(2, close - 2));
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
  const auto put_text = [&](std::string text) {
    if (!text.empty()) all.push_back({std::move(text)});
  };
  const auto put_end = [&](std::string_view name) {
    all.push_back({"</" + std::string(name) + ">", true});
  };
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      const std::size_t next = std::min(html.find('<', at), html.size());
      put_text(decoded(html.substr(at, next - at)));
      at = next;
      continue;
    }
    const std::size_t end = end_of_tag(html, at);
    const std::string_view tag = html.substr(at + 1, end - at - 1),
                           name = tag.substr(0, tag.find_first_of(" /\n", 1));
    at = std::min(end + 1, html.size());
    if (name.starts_with('/')) {
      put_end(name.substr(1));
      continue;
    }
    if (name != "script") {
      all.push_back({element(tag), true});
      if (tag.ends_with('/') || is_void(name)) put_end(name);
      continue;
    }
    const std::size_t close = std::min(html.find("</script", at), html.size());
    if (tag != name) {  // data: neither tags nor references
      all.push_back({element(tag), true});
      put_text(collapsed(html.substr(at, close - at)));
      put_end(name);
    }
    at = std::min(end_of_tag(html, close) + 1, html.size());
  }
  return all;
}

std::string seal(std::string_view html) {
  std::string lines;
  for (const Piece& piece : pieces(html)) lines += piece.text + "\n";
  return sha256_hex(lines);
}

}  // namespace tenbin
