// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/document.hpp"

#include <fmt/format.h>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

/// A pair of scales, as a data address.
constexpr std::string_view icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath "
    "d='M8 2v11M4 14h8M2 4h12M2 4l-1.5 5h3zM14 4l-1.5 5h3z' stroke='%230072b2' stroke-width='1.5' "
    "fill='none'/%3E%3C/svg%3E";

}  // namespace

std::string html_document(const std::string& title, const std::string& about, Language language,
                          const std::string& css, const std::string& body,
                          const DocumentScript& script) {
  std::string policy =
      fmt::format("default-src 'none'; img-src data:; style-src 'sha256-{}'", base64(sha256(css)));
  std::string element;
  if (!script.text.empty()) {
    policy +=
        fmt::format(" 'sha256-{}'; script-src 'sha256-{}' 'wasm-unsafe-eval'; worker-src blob:",
                    script.style_hash, base64(sha256(script.text)));
    element = "<script>" + script.text + "</script>\n";
  }
  std::string head = fmt::format(
      "<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{0}; base-uri 'none'; form-action "
      "'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
      "name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{1}</title>\n<meta name=\"description\" content=\"{2}\">\n<meta "
      "property=\"og:type\" content=\"article\">\n<meta property=\"og:title\" "
      "content=\"{1}\">\n<meta property=\"og:description\" content=\"{2}\">\n<link rel=\"icon\" "
      "href=\"{3}\">\n<style>{4}</style>\n",
      policy, escape(title), escape(about), icon, css);
  if (!script.text.empty())
    head += fmt::format("<meta name=\"tenbin-seal\" content=\"{}\">\n", seal(head, body));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n{}</head>\n<body>\n{}\n{}</body>\n</html>\n",
      code(language), head, body, element);
}

}  // namespace tenbin
