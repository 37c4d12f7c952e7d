// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/seal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
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

/// The character of a code point, in UTF-8; empty for what is none.
std::string character(unsigned long code) {
  std::string text;
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return text;
  const auto put = [&](unsigned long byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  }
  return text;
}

/// The character that a reference stands for and the reference's length, at the start of a text;
/// nothing where there is none that a page or a browser writes.
std::optional<std::pair<std::string, std::size_t>> reference(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> named{
      {{"&amp;", "&"},
       {"&lt;", "<"},
       {"&gt;", ">"},
       {"&quot;", "\""},
       {"&apos;", "'"},
       {"&nbsp;", "\u00a0"},
       {"&minus;", "\u2212"},
       {"&shy;", "\u00ad"}}};
  for (const auto& [from, into] : named)
    if (text.starts_with(from)) return std::pair(std::string(into), from.size());
  if (!text.starts_with("&#")) return std::nullopt;
  const bool hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t from = hexadecimal ? 3 : 2, end = text.find(';');
  if (end == std::string_view::npos || end == from || end > from + 7) return std::nullopt;
  unsigned long code = 0;
  const auto [stop, error] =
      std::from_chars(text.data() + from, text.data() + end, code, hexadecimal ? 16 : 10);
  std::string plain = character(code);
  if (error != std::errc{} || stop != text.data() + end || plain.empty()) return std::nullopt;
  return std::pair(std::move(plain), end + 1);
}

/// Text without its references.
std::string decoded(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (const auto found = text[0] == '&' ? reference(text) : std::nullopt) {
      plain += found->first;
      text.remove_prefix(found->second);
      continue;
    }
    const std::size_t taken = std::max<std::size_t>(1, std::min(text.find('&'), text.size()));
    plain += text.substr(0, taken);
    text.remove_prefix(taken);
  }
  return collapsed(plain);
}

/// Elements that end where they begin.
bool is_void(std::string_view name) {
  return name == "br" || name == "input" || name == "meta" || name == "img" || name == "hr" ||
         name == "link";
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

std::string seal(std::string_view head, std::string_view body) {
  std::string lines;
  bool own_line = false;
  for (const Piece& piece : pieces(head)) {
    own_line = own_line || piece.text.starts_with("<meta name=tenbin-seal ");
    if (!own_line) lines += piece.text + "\n";
    if (own_line && piece.text == "</meta>") own_line = false;
  }
  for (const Piece& piece : pieces(body)) lines += piece.text + "\n";
  return sha256_hex(lines);
}

}  // namespace tenbin
