// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/document.hpp"

#include <fmt/format.h>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
std::string html_document(const std::string& title, const std::string& css, const std::string& body,
                          const DocumentScript& script) {
  std::string policy =
      fmt::format("default-src 'none'; style-src 'sha256-{}'", base64(sha256(css)));
  std::string element, meta;
  if (!script.text.empty()) {
    policy +=
        fmt::format(" 'sha256-{}'; script-src 'sha256-{}' 'wasm-unsafe-eval'; worker-src blob:",
                    script.style_hash, base64(sha256(script.text)));
    element = "<script>" + script.text + "</script>\n";
    meta = "<meta name=\"tenbin-seal\" content=\"" + seal(body) + "\">\n";
  }
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}; base-uri 'none'; form-action "
      "'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
      "name=\"referrer\" content=\"no-referrer\">\n{}"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}\n{}</body>\n</html>\n",
      policy, meta, escape(title), css, body, element);
}

}  // namespace tenbin
