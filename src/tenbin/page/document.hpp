// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/page/language.hpp"

namespace tenbin {

/// A script that runs in a file, with a worker and WebAssembly of its own, and the SHA-256 (base64)
/// of the style that it adds.
struct DocumentScript {
  std::string text, style_hash;
};

/// One HTML file that makes no request; its policy allows its own style and, if there is one, its
/// own script, and images that are written in it, only. `title` and `about` (one or two sentences
/// for search engines and previews) are plain text, `body` is HTML.
std::string html_document(const std::string& title, const std::string& about, Language language,
                          const std::string& css, const std::string& body,
                          const DocumentScript& script = {});

}  // namespace tenbin
