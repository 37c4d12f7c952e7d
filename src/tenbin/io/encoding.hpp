// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tenbin {

std::string base64(std::string_view bytes);
/// Nothing where the text is not base64 with its padding and nothing else, or has 2^31 digits.
std::optional<std::string> from_base64(std::string_view text);

/// In zlib's format, which a browser's DecompressionStream calls deflate.
std::string deflated(std::string_view bytes);
/// Nothing where the bytes are damaged, or hold more than `most`.
std::optional<std::string> inflated(std::string_view bytes, std::size_t most);

}  // namespace tenbin
