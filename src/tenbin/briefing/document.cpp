// SPDX-License-Identifier: Apache-2.0
#include "tenbin/briefing/document.hpp"

#include <fmt/format.h>

#include <string_view>

#include "tenbin/briefing/words.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin {
namespace {

std::string base64(std::string_view bytes) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t k = 0; k < bytes.size(); k += 3) {
    const auto byte = [&](std::size_t o) {
      return k + o < bytes.size() ? static_cast<unsigned char>(bytes[k + o]) : 0u;
    };
    const unsigned triple = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (int d = 0; d < 4; ++d)
      text += k + d > bytes.size() ? '=' : digits[triple >> (18 - 6 * d) & 63];
  }
  return text;
}

}  // namespace

std::string html_document(const std::string& title, const std::string& css,
                          const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
      "name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}\n</body>\n</html>\n",
      base64(sha256(css)), escape(title), css, body);
}

}  // namespace tenbin
