// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tenbin {

/// SHA-256 of bytes, 32 of them.
std::string sha256(std::string_view bytes);
/// The same in 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace tenbin
