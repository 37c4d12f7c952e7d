// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tenbin {

/// One HTML file without script, whose policy allows its own style only. `title` is plain text,
/// `body` is HTML.
std::string html_document(const std::string& title, const std::string& css,
                          const std::string& body);

}  // namespace tenbin
