// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tenbin {

std::string base64(std::string_view bytes);

/// In zlib's format, which a browser's DecompressionStream calls deflate.
std::string deflated(std::string_view bytes);

}  // namespace tenbin
