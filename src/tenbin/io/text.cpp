// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <sstream>
#include <utility>

#include "tenbin/io/read_file.hpp"

namespace tenbin {
namespace {

/// Place of the first byte that is not UTF-8 (no overlong forms, no surrogates), or npos.
std::size_t first_not_utf8(std::string_view s) {
  const auto byte = [&](std::size_t k) {
    return k < s.size() ? static_cast<unsigned char>(s[k]) : 0u;
  };
  for (std::size_t k = 0; k < s.size();) {
    const unsigned c = byte(k);
    if (c < 0x80) {
      ++k;
      continue;
    }
    const int extra = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    if (c < 0xC2 || c > 0xF4) return k;
    unsigned low = 0x80, high = 0xBF;  // range of the second byte
    if (c == 0xE0) low = 0xA0;
    if (c == 0xED) high = 0x9F;
    if (c == 0xF0) low = 0x90;
    if (c == 0xF4) high = 0x8F;
    if (byte(k + 1) < low || byte(k + 1) > high) return k;
    for (int e = 2; e <= extra; ++e)
      if (byte(k + e) < 0x80 || byte(k + e) > 0xBF) return k;
    k += extra + 1;
  }
  return std::string_view::npos;
}

/// The character at the start of a text and its bytes. Bytes are 0 where it is not UTF-8.
struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;
};

Character first_character(std::string_view s) {
  const auto c = static_cast<unsigned char>(s[0]);
  const std::size_t bytes = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  if (bytes > s.size() || first_not_utf8(s.substr(0, bytes)) != std::string_view::npos) return {};
  std::uint32_t code = bytes == 1 ? c : c & (0xFFu >> (bytes + 1));
  for (std::size_t k = 1; k < bytes; ++k)
    code = code << 6 | (static_cast<unsigned char>(s[k]) & 0x3Fu);
  return {code, bytes};
}

/// Characters that are never shown themselves and change what a terminal shows: control characters
/// (escape sequences begin with one), marks of the direction of writing, and those without width.
/// First and last of each span.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 12> steering{{{0x00, 0x1F},
                                                                            {0x7F, 0x9F},
                                                                            {0xAD, 0xAD},
                                                                            {0x034F, 0x034F},
                                                                            {0x061C, 0x061C},
                                                                            {0x180E, 0x180E},
                                                                            {0x200B, 0x200F},
                                                                            {0x2028, 0x202E},
                                                                            {0x2060, 0x206F},
                                                                            {0xFEFF, 0xFEFF},
                                                                            {0xFFF9, 0xFFFB},
                                                                            {0xE0000, 0xE007F}}};

bool steers(std::uint32_t code) {
  return std::ranges::any_of(
      steering, [&](const auto& span) { return code >= span.first && code <= span.second; });
}

/// Soft hyphens, and the marks that tenbin itself puts around names of other scripts.
bool is_left_out(std::uint32_t code) { return code == 0xAD || (code >= 0x2066 && code <= 0x2069); }

/// Bytes of the blank at the start of the text; 0 where none is there.
std::size_t blank_at_start(std::string_view s) {
  if (s.empty()) return 0;
  if (s[0] == ' ' || s[0] == '\t' || s[0] == '\r' || s[0] == '\n') return 1;
  if (static_cast<unsigned char>(s[0]) < 0x80) return 0;
  if (s.starts_with("\u00a0")) return 2;
  for (const std::string_view blank :
       {"\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
        "\u2009", "\u200a", "\u200b", "\u202f", "\u205f", "\u3000", "\ufeff"})
    if (s.starts_with(blank)) return blank.size();
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the text begins with three digits and no fourth.
bool is_group(std::string_view s) {
  return s.size() >= 3 && std::ranges::all_of(s.substr(0, 3), is_digit) &&
         (s.size() == 3 || !is_digit(s[3]));
}

}  // namespace

std::string printable(std::string_view text, LineEnds ends) {
  std::string shown;
  while (!text.empty()) {
    const Character c = first_character(text);
    const std::size_t bytes = std::max<std::size_t>(c.bytes, 1);
    if (c.bytes > 0 && (!steers(c.code) || (c.code == '\n' && ends == LineEnds::kept)))
      shown += text.substr(0, bytes);
    else if (c.bytes == 0 || !is_left_out(c.code))
      shown.append(bytes, '?');
    text.remove_prefix(bytes);
  }
  return shown;
}

std::string screen_json(std::string_view json) {
  std::string shown;
  while (!json.empty()) {
    const Character c = first_character(json);
    const std::size_t bytes = std::max<std::size_t>(c.bytes, 1);
    if (c.bytes < 2 || !steers(c.code))  // nlohmann escapes the control characters of ASCII but DEL
      shown += c.code == 0x7F ? std::string_view("\\u007f") : json.substr(0, bytes);
    else if (c.code < 0x10000)
      shown += fmt::format("\\u{:04x}", c.code);
    else
      shown += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((c.code - 0x10000) >> 10),
                           0xDC00 + (c.code & 0x3FF));
    json.remove_prefix(bytes);
  }
  return shown;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_id(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && text.size() <= longest_id && text[0] != '-' && text[0] != '_' &&
         std::ranges::all_of(
             text, [&](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
}

std::string wrong_name(std::string_view name) {
  if (const std::size_t length = characters_in(name); length > longest_name)
    return fmt::format("has {} characters, more than {}", length, longest_name);
  for (const std::string_view line_end : {"\n", "\v", "\f", "\r", "\u0085", "\u2028", "\u2029"})
    if (name.find(line_end) != std::string_view::npos) return "holds a line break";
  return "";
}

std::string_view trimmed(std::string_view text) {
  while (const std::size_t blank = blank_at_start(text)) text.remove_prefix(blank);
  for (std::size_t end = text.size(); end > 0;) {
    do --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
    if (blank_at_start(text.substr(end)) != text.size() - end) break;
    text = text.substr(0, end);
  }
  return text;
}

std::string lower_case(std::string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return low;
}

bool says_nothing(std::string_view field) {
  static constexpr std::array<std::string_view, 18> words{
      "na",   "n/a", "nan", "-nan", "<na>", "nat", "null",   "none",   "nil",
      "#n/a", "#na", ".",   "..",   "...",  "-",   "\u2013", "\u2014", "\u2026"};
  field = trimmed(field);
  if (field.empty()) return true;
  if (field.size() > 4) return false;
  const std::string word = lower_case(field);
  // Stata's missing values .a to .z
  const bool of_stata = word.size() == 2 && word[0] == '.' && word[1] >= 'a' && word[1] <= 'z';
  return of_stata || std::ranges::find(words, word) != words.end();
}

std::string plain_digits(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t blank = blank_at_start(text);
    if (text.starts_with("\u2212")) {
      plain += '-';
      text.remove_prefix(3);
    } else if (blank > 1 && !plain.empty() && is_digit(plain.back()) &&
               is_group(text.substr(blank))) {
      text.remove_prefix(blank);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return plain;
}

std::string_view parted_by(std::string_view text) {
  const auto begin = text.find_first_not_of("\r\n");
  if (begin == std::string_view::npos) return "";
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.find(',') != std::string_view::npos) return "";
  return line.find(';') != std::string_view::npos    ? "semicolons"
         : line.find('\t') != std::string_view::npos ? "tabs"
                                                     : "";
}

std::string looks_like(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return "a workbook with a password, or one of Excel before 2007";
  if (bytes.starts_with("%PDF")) return "a PDF";
  if (bytes.starts_with("\x1f\x8b")) return "packed with gzip";
  if (bytes.starts_with("PK\x03\x04")) return "a zip package or a workbook";
  if (bytes.starts_with("\x89HDF") || bytes.starts_with("CDF")) return "a netCDF file";
  if (bytes.starts_with("RDX") || bytes.starts_with("RDA")) return "a file of R";
  if (bytes.starts_with("\x89PNG")) return "a picture";
  const std::string_view head = bytes.substr(0, 512);
  const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos) return "";
  const std::string_view start = head.substr(first);
  if (start.starts_with("<!DOCTYPE html") || start.starts_with("<!doctype html") ||
      start.starts_with("<html"))
    return "a web page";
  if (start.starts_with("<?xml")) return "XML";
  if (start.starts_with("[{") || start.starts_with("[[") || start.starts_with("{\"") ||
      start.starts_with("{\n") || start.starts_with("[\n"))
    return "JSON";
  if (head.find('\0') != std::string_view::npos)
    return "no UTF-8 text, perhaps UTF-16: save it as UTF-8";
  return "";
}

std::optional<std::string> read_bytes(const std::filesystem::path& path, Problems& problems) {
  if (path != "-") return read_file(path, largest_text, problems);
  std::string piped((std::istreambuf_iterator<char>(std::cin)), {});
  if (!std::cin.bad()) return piped;
  problems.push_back({"-", "the input cannot be read to its end", "Write it to a file first"});
  return std::nullopt;
}

std::optional<std::string> read_text(const std::filesystem::path& path, Problems& problems) {
  auto text = read_bytes(path, problems);
  if (!text) return text;
  if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
  const auto line_of = [&](std::size_t at) {
    return 1 + std::count(text->begin(), text->begin() + at, '\n');
  };
  const auto nul = text->find('\0'), odd = first_not_utf8(*text);
  const std::string what =
      nul != std::string::npos || odd != std::string_view::npos ? looks_like(*text) : std::string();
  if (!what.empty() && !what.starts_with("no UTF-8") && what != "JSON") {
    problems.push_back({path.string(), fmt::format("it is no text but {}", what),
                        what.starts_with("packed") ? "Unpack it first" : "Give the file itself"});
    return std::nullopt;
  }
  if (const auto at = nul; at != std::string::npos) {
    problems.push_back({fmt::format("{}:{}", path.string(), line_of(at)),
                        "the file holds a NUL byte, so it is not UTF-8 text (perhaps UTF-16)",
                        "Save it as UTF-8"});
    return std::nullopt;
  }
  if (const auto at = odd; at != std::string::npos) {
    problems.push_back(
        {fmt::format("{}:{}", path.string(), line_of(at)),
         fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>((*text)[at])),
         "Save the file as UTF-8"});
    return std::nullopt;
  }
  return text;
}

}  // namespace tenbin
